"""What a run can be told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """`rules`: further folders of rules; `model`: a name from `hanlp.pretrained` or a folder, None for the shipped one.

    `gazetteer`: a CSV file of names that are known for sure (`pipeline.recognize.gazetteer`).
    `published`: the date of every article that `articles.csv` says nothing about (`2020`, `2020-09`, `2020-09-07`).
    """

    rules: tuple[Path, ...] = ()
    model: str | None = None
    published: str | None = None
    gazetteer: Path | None = None
