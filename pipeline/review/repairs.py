"""What cleaning did to one document: each repair of the layout on a line, repairs of characters by what changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import get_args

from rich.text import Text

from pipeline.document import Document, Repair, RepairKind
from pipeline.review.printable import printable

DOUBTFUL = 0.9
"""A repair of lower confidence is marked as doubtful."""

_KINDS: tuple[RepairKind, ...] = get_args(RepairKind)
_LAYOUT: frozenset[RepairKind] = frozenset({"join", "move", "aside", "furniture"})
# These change words: a reader judges each one.
_WORDS: frozenset[RepairKind] = frozenset({"look-alike", "conjunction"})
_CONTEXT, _EXAMPLES, _HEAD, _TAIL = 8, 3, 60, 20
_LINE_END = re.compile("[\r\n]+")


def explain_cleaning(document: Document, *, every_join: bool = False) -> Iterator[Text]:
    """The repairs of a cleaned document, line by line, and a last line that counts them. Spans are raw code points.

    Layout comes first, in raw order; then words that were changed; then all other characters, counted. Joins without
    doubt are only counted too, unless `every_join`.
    """
    repairs = document.repairs
    layout = [r for r in repairs if r.kind in _LAYOUT]
    shown = [r for r in layout if every_join or r.kind != "join" or is_doubtful(r)]
    yield Text(f"{printable(document.name)}, cleaning")
    yield Text()
    for section in (
        [_layout(document.raw, r) for r in shown],
        [_word(document.raw, r) for r in repairs if r.kind in _WORDS],
        [*_characters(document.raw, (r for r in repairs if r.kind not in _LAYOUT | _WORDS))],
    ):
        if section:
            yield from section
            yield Text()
    yield Text(_summary(repairs, len(layout) - len(shown)))


def is_doubtful(repair: Repair) -> bool:
    """Whether its confidence is known and low."""
    return repair.confidence is not None and repair.confidence < DOUBTFUL


def _layout(raw: str, repair: Repair) -> Text:
    if repair.kind == "join":
        before, after = _context(raw, repair)
        what = f"{before}|{' |' if repair.text else ''}{after}"
    else:
        what = _shortened(repair.text or raw[repair.start : repair.end])
    line = Text.assemble((repair.kind, "bold"), f"  {what}  {_span(repair)}  ")
    if is_doubtful(repair):
        line.append("doubtful", "bold yellow").append(": ")
    line.append(printable(repair.reason))
    return line if repair.confidence is None else line.append(f", {repair.confidence:.2f}")


def _word(raw: str, repair: Repair) -> Text:
    before, after = _context(raw, repair)
    return Text.assemble(
        (repair.kind, "bold"),
        f"  {before}",
        (f"⟦{_change(raw, repair)}⟧", "bold"),
        f"{after}  {_span(repair)}  {printable(repair.reason)}",
    )


def _characters(raw: str, repairs: Iterable[Repair]) -> Iterator[Text]:
    alike: dict[tuple[RepairKind, str, str], list[int]] = {}
    for repair in repairs:
        alike.setdefault((repair.kind, _change(raw, repair), repair.reason), []).append(repair.start)
    groups = sorted(alike.items(), key=lambda group: (_KINDS.index(group[0][0]), -len(group[1]), group[1]))
    for (kind, change, reason), starts in groups:
        first = ", ".join(map(str, starts[:_EXAMPLES]))
        where = f"{len(starts)} times, first at {first}" if len(starts) > _EXAMPLES else f"at {first}"
        yield Text.assemble((kind, "bold"), f"  {change}  {where}  {printable(reason)}")


def _summary(repairs: Iterable[Repair], hidden: int) -> str:
    counts = dict.fromkeys(_KINDS, 0)
    doubtful = dict.fromkeys(_KINDS, 0)
    for repair in repairs:
        counts[repair.kind] += 1
        doubtful[repair.kind] += is_doubtful(repair)
    parts = [
        f"{kind} {count}" + (f" ({doubtful[kind]} doubtful)" if doubtful[kind] else "")
        for kind, count in counts.items()
        if count
    ]
    if not parts:
        return "cleaning changed nothing"
    return ", ".join(parts) + (f"; {hidden} joins without doubt not shown" if hidden else "")


def _span(repair: Repair) -> str:
    return f"[{repair.start}:{repair.end}]"


def _change(raw: str, repair: Repair) -> str:
    return f"{_quoted(raw[repair.start : repair.end])} → {_quoted(repair.text)}"


def _quoted(text: str) -> str:
    """In quotation marks where nothing else would show how far it goes."""
    return _shortened(text) if text and text == text.strip() else f"'{_shortened(text)}'"


def _shortened(text: str) -> str:
    if len(text) > _HEAD + _TAIL:
        return f"{printable(text[:_HEAD])}…{printable(text[-_TAIL:])}"
    return printable(text)


def _context(raw: str, repair: Repair) -> tuple[str, str]:
    """What stands on the same lines before and after, shortened."""
    first, last = max(0, repair.start - _CONTEXT), min(len(raw), repair.end + _CONTEXT)
    before, after = _LINE_END.split(raw[first : repair.start]), _LINE_END.split(raw[repair.end : last])
    return (
        ("…" if first and len(before) == 1 else "") + printable(before[-1]),
        printable(after[0]) + ("…" if last < len(raw) and len(after) == 1 else ""),
    )
