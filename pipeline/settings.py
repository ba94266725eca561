"""What a run can be told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.records import KINDS


@dataclass(frozen=True, slots=True)
class Settings:
    """`rules`: further folders of rules; `model`: a name from `hanlp.pretrained` or a folder, None for the shipped one.

    `gazetteer`: a CSV file of names that are known for sure (`pipeline.recognize.gazetteer`).
    `published`: the date of every article that `articles.csv` says nothing about (`2020`, `2020-09`, `2020-09-07`).
    `kinds`: the kinds of records that are wanted, none for all. Without `organization` and `person` among them no names
    are looked for: neither model nor gazetteer is loaded, and quantities have no subject.
    """

    rules: tuple[Path, ...] = ()
    model: str | None = None
    published: str | None = None
    gazetteer: Path | None = None
    kinds: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Raises `ValueError` for a kind that no record has."""
        if unknown := self.kinds.difference(KINDS):
            raise ValueError(f"no such kind of record: {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")

    @property
    def names(self) -> bool:
        """Whether names are looked for."""
        return not self.kinds or not self.kinds.isdisjoint(("organization", "person"))
