"""`zhengce diff`: what changed between two runs, for a reviewer or for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from pipeline.cli.console import fail, show

if TYPE_CHECKING:
    from pipeline.diff import Change, Difference
    from pipeline.records import Record


class Format(StrEnum):
    """For people, or for programs."""

    TEXT = "text"
    JSON = "json"


def diff_command(
    old: Annotated[Path, typer.Argument(help="A run's folder, or its records.jsonl.")],
    new: Annotated[Path, typer.Argument(help="The other one.")],
    format_: Annotated[Format, typer.Option("--format", help="For people, or for programs.")] = Format.TEXT,
    everything: Annotated[
        bool, typer.Option("--all", help="Also changes of the source, the sentence or the article alone.")
    ] = False,
) -> None:
    """Show which mentions were added, removed and changed between two runs.

    Records are paired by id, then by overlapping spans. In the JSON, every change is field: [old, new].

    \b
    Examples:
      zhengce diff data/out new-out
      zhengce diff old/records.jsonl new/records.jsonl --format json

    Exit code: 0 no difference, 1 differences, 2 trouble.
    """
    from pipeline.diff import compare, compare_manifests, horizon_texts, read_manifest
    from pipeline.records import ContractError, read_records

    try:
        records = read_records(old), read_records(new)
        manifests = read_manifest(old), read_manifest(new)
    except ContractError as error:
        fail(str(error))
    difference = compare(*records)
    before, after = manifests
    circumstances = compare_manifests(before, after) if before is not None and after is not None else {}
    changed = [*difference.changed, *(difference.quiet if everything else ())]
    if format_ is Format.JSON:
        typer.echo(_json(difference, changed, circumstances))
    else:
        horizons = horizon_texts(records[0]) | horizon_texts(records[1])
        for line in _text(difference, changed, circumstances, horizons, everything):
            show(line)
    raise typer.Exit(1 if difference.added or difference.removed or changed else 0)


def _json(difference: Difference, changed: list[Change], circumstances: Mapping[str, tuple[Any, Any]]) -> str:
    content = {
        "run": circumstances,
        "added": [record.model_dump() for record in difference.added],
        "removed": [record.model_dump() for record in difference.removed],
        "changed": [
            {"id": c.old.id, "doc": c.new.doc, "kind": c.new.kind, "classes": sorted(c.classes), "changes": c.fields}
            for c in changed
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _text(
    difference: Difference,
    changed: list[Change],
    circumstances: Mapping[str, tuple[Any, Any]],
    horizons: Mapping[str, str],
    everything: bool,
) -> Iterator[str | Text]:
    for name, (old, new) in circumstances.items():
        yield f"{name}: {_short(old)} → {_short(new)}"
    if circumstances:
        yield ""
    entries = [(record, _one_sided("+", "green", record, horizons)) for record in difference.added]
    entries += [(record, _one_sided("-", "red", record, horizons)) for record in difference.removed]
    entries += [(change.new, _change(change, everything)) for change in changed]
    entries.sort(key=lambda entry: (entry[0].doc, entry[0].start, entry[0].end, entry[0].kind))
    for doc, group in groupby(entries, key=lambda entry: entry[0].doc):
        yield Text(doc, "bold")
        for _, lines in group:
            yield from lines
        yield ""
    counts = [(len(difference.added), "added"), (len(difference.removed), "removed"), (len(changed), "changed")]
    summary = ", ".join(f"{count} {what}" for count, what in counts)
    hidden = 0 if everything else len(difference.quiet)
    yield summary + (f"; {hidden} changed only in source, sentence or article (--all shows them)" if hidden else "")


def _one_sided(sign: str, colour: str, record: Record, horizons: Mapping[str, str]) -> Iterator[Text]:
    from pipeline.review import facts

    yield Text(f"{sign} {record.kind} {record.text}  [{record.start}:{record.end}]", colour)
    yield Text(f"    {facts(record, horizons)}")
    yield Text(f"    {_one_line(record.sentence)}", "dim")


def _change(change: Change, everything: bool) -> Iterator[Text]:
    from pipeline.diff import CLASSES

    new = change.new
    classes = change.classes if everything else change.classes - {"context"}
    yield Text(f"~ {new.kind} {new.text}  [{new.start}:{new.end}]  ({', '.join(sorted(classes))} changed)", "yellow")
    for name, (before, after) in change.fields.items():
        # An id says nothing to a reader, and the text shows a moved border better than two offsets.
        if name not in ("id", "start", "end") and CLASSES.get(name, "value") in classes:
            yield Text(f"    {name}: {_written(before)} → {_written(after)}")
    if not everything or "sentence" not in change.fields:
        yield Text(f"    {_one_line(new.sentence)}", "dim")


def _written(value: object) -> str:
    return "–" if value is None else _one_line(str(value))


def _short(value: object) -> str:
    """Enough of a hash to tell two apart."""
    return _written(value)[:12] if isinstance(value, str) and len(value) == 64 else _written(value)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))
