"""What differs between two runs, as a reviewer sees it: mentions found, lost and changed, not lines of JSON.

Records are paired by id first, then, among the rest, by family and the overlap of their spans within one raw file.
Where the raw file itself was edited, offsets are compared after the shift of the nearest record before.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.records import ContractError, Record, family

ChangeClass = Literal["kind", "span", "value", "source", "context"]
"""`source`: found by another rule or model; `context`: the sentence or article around it reads differently."""

QUIET: frozenset[ChangeClass] = frozenset({"source", "context"})
"""Classes that leave the mention and its meaning as they were."""

CLASSES: Mapping[str, ChangeClass] = {
    "kind": "kind",
    **dict.fromkeys(("id", "start", "end", "text"), "span"),
    "source": "source",
    **dict.fromkeys(("sentence", "article", "article_title"), "context"),
}
"""Field → class; a field that is not here is part of the value."""


@dataclass(frozen=True, slots=True)
class Change:
    """A pair of records that is not equal: field → (old, new). A `horizon` is given by its text, not by its id."""

    old: Record
    new: Record
    fields: Mapping[str, tuple[Any, Any]]

    @property
    def classes(self) -> frozenset[ChangeClass]:
        """What kinds of change the fields amount to."""
        return frozenset(CLASSES.get(name, "value") for name in self.fields)


@dataclass(frozen=True, slots=True)
class Difference:
    """All differences, each list in the order of the records file; `quiet` are changes of the classes `QUIET` alone."""

    added: Sequence[Record]
    removed: Sequence[Record]
    changed: Sequence[Change]
    quiet: Sequence[Change]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def compare(old: Sequence[Record], new: Sequence[Record]) -> Difference:
    """The difference from `old` to `new`."""
    new_by_id = {record.id: record for record in new}
    pairs = [(record, new_by_id[record.id]) for record in old if record.id in new_by_id]
    paired = {record.id for record, _ in pairs}
    removed = [record for record in old if record.id not in paired]
    added = [record for record in new if record.id not in paired]
    overlapping = list(_overlapping(removed, added, _Shifts(pairs)))
    kept_old, kept_new = {o.id for o, _ in overlapping}, {n.id for _, n in overlapping}
    texts = horizon_texts(old), horizon_texts(new)
    changes = [Change(o, n, _changed_fields(o, n, texts)) for o, n in (*pairs, *overlapping)]
    changes = sorted((c for c in changes if c.fields), key=lambda c: _place(c.new))
    return Difference(
        added=[r for r in added if r.id not in kept_new],
        removed=[r for r in removed if r.id not in kept_old],
        changed=[c for c in changes if c.classes - QUIET],
        quiet=[c for c in changes if not c.classes - QUIET],
    )


def horizon_texts(records: Iterable[Record]) -> dict[str, str]:
    """Id → text of the horizons: what the `horizon` of a quantity says to a reader."""
    return {record.id: record.text for record in records if record.kind == "horizon"}


def compare_manifests(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Why two runs may differ: the raw files, rules, model, versions and settings, as name → (old, new).

    A manifest is a run's `run.json`; a raw file is given by its SHA-256 under `documents.NAME`.
    """
    sides = [dict(_circumstances(manifest)) for manifest in (old, new)]
    names = [*sides[0], *(name for name in sides[1] if name not in sides[0])]
    both = {name: (sides[0].get(name), sides[1].get(name)) for name in names}
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}


def read_manifest(path: Path) -> dict[str, Any] | None:
    """The `run.json` of a run's folder, or beside a `records.jsonl`; None where none is. Raises `ContractError`."""
    manifest = (path if path.is_dir() else path.parent) / "run.json"
    if not manifest.is_file():
        return None
    try:
        content = json.loads(manifest.read_bytes())
    except (OSError, ValueError) as error:
        raise ContractError(f"{manifest}: {error}") from error
    if not isinstance(content, dict):
        raise ContractError(f"{manifest}: not a run's manifest")
    return content


def _circumstances(manifest: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in manifest.items():
        match name, value:
            case (("counts" | "problems"), _):
                pass  # outcomes: the records show them
            case "documents", list():
                yield from ((f"documents.{facts['doc']}", facts["sha256"]) for facts in value)
            case "rules", {"sha256": digest}:
                yield name, digest
            case _, dict():
                yield from ((f"{name}.{part}", content) for part, content in value.items())
            case _:
                yield name, value


def _place(record: Record) -> tuple[str, int, int, str]:
    return record.doc, record.start, record.end, record.kind


def _changed_fields(
    old: Record, new: Record, horizons: tuple[Mapping[str, str], Mapping[str, str]]
) -> dict[str, tuple[Any, Any]]:
    before, after = old.model_dump(), new.model_dump()
    for side, texts in zip((before, after), horizons, strict=True):
        if side.get("horizon") is not None:
            side["horizon"] = texts.get(side["horizon"], side["horizon"])
    if old.id == new.id:
        # The mention is the same one; an edit before it has moved it.
        for name in ("start", "end"):
            del before[name], after[name]
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


class _Shifts:
    """How far each place of a raw file has moved, as its paired records tell."""

    def __init__(self, pairs: Iterable[tuple[Record, Record]]) -> None:
        self._moves: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for old, new in pairs:
            self._moves[old.doc].append((old.start, new.start - old.start))
        for moves in self._moves.values():
            moves.sort()

    def at(self, record: Record) -> int:
        moves = self._moves.get(record.doc)
        return moves[max(0, bisect_right(moves, record.start, key=lambda m: m[0]) - 1)][1] if moves else 0


def _overlapping(old: Iterable[Record], new: Iterable[Record], shifts: _Shifts) -> Iterator[tuple[Record, Record]]:
    """Pairs of one document and family whose spans overlap, the largest overlaps first; each record at most once."""
    candidates = []
    # (doc, family) → the records of either side that reach beyond the current start
    open_spans: dict[tuple[str, str], tuple[list[_Span], list[_Span]]] = defaultdict(lambda: ([], []))
    spans = [_Span(r.start + shifts.at(r), r.end + shifts.at(r), 0, r) for r in old]
    spans += [_Span(r.start, r.end, 1, r) for r in new]
    for span in sorted(spans, key=lambda s: (s.start, s.end, s.side)):
        sides = open_spans[span.record.doc, family(span.record.kind)]
        for side in sides:
            side[:] = [s for s in side if s.end > span.start]
        for other in sides[1 - span.side]:
            pair = (other, span) if span.side else (span, other)
            candidates.append((min(span.end, other.end) - span.start, pair))
        sides[span.side].append(span)
    taken: set[tuple[int, str]] = set()
    for _, pair in sorted(candidates, key=lambda c: (-c[0], c[1][0].start, c[1][1].start)):
        keys = {(s.side, s.record.id) for s in pair}
        if not keys & taken:
            taken |= keys
            yield pair[0].record, pair[1].record


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    side: int
    record: Record
