"""Blocks → clean text: each on a line of its own, its characters repaired, and all that was done written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.alignment import AlignedText, Edit
from pipeline.clean.evidence import Join
from pipeline.clean.layout import Draft
from pipeline.clean.lookalikes import Lookalikes
from pipeline.clean.torn_words import TornWords
from pipeline.clean.typography import typography
from pipeline.document import Block, BlockRole, Repair, RepairKind
from pipeline.rulebook import Rulebook

_PROSE: frozenset[BlockRole] = frozenset({"paragraph", "item", "caption"})
_GROUNDS = 2
_BECAUSE = {
    "attribution": "the line names the speaker of the quotation above it",
    "close": "the lines stand close",
    "closing mark first": "the line begins with a closing mark",
    "comma last": "the line above ends in a comma",
    "cut": "the line above breaks off",
    "cuts word": "a word crosses the break",
    "dateline open": "a dateline waits for its text",
    "full": "the line above fills its column",
    "has comma": "the line above is prose",
    "has end": "sentences stand above it",
    "midway": "the line begins in mid-sentence",
    "next full": "the line fills the same column",
    "next indented": "the line fills the same column",
    "number torn": "a number crosses the break",
    "open pair": "a quotation or bracket is open",
    "paragraph begins": "the line above is the indented first line of a paragraph",
    "quantity first": "a quantity is waited for",
    "quotation closes": "the line closes a quotation",
    "same column": "both lines stand in one column",
    "together": "the words on both sides belong together",
    "torn gram": "the page has these words together elsewhere",
    "torn headline": "the page has these words together elsewhere",
    "wrapped page": "the page breaks its lines in mid-sentence",
}
_REASONS: dict[RepairKind, str] = {
    "conjunction": "an English and between Chinese words",
    "ellipsis": "Chinese dots of omission",
    "full stop": "a dot that closes a Chinese sentence",
    "space": "a space that the setting put in",
    "width": "the width of Chinese typography",
    "look-alike": "only the look-alike makes a word or number here",
}


class Composer:
    """Sets clean text from blocks. Raises `RulebookError` where the rules lack a list that it needs."""

    def __init__(self, rulebook: Rulebook, cuts_word: Callable[[str, str], bool]) -> None:
        self._lookalikes = Lookalikes(rulebook)
        self._cuts_word = cuts_word
        self._counted = rulebook.words("counted")

    def __call__(
        self, text: AlignedText, drafts: Sequence[Draft], roles: Sequence[BlockRole]
    ) -> tuple[AlignedText, list[Block], list[Repair]]:
        """The text, its blocks and what was repaired on the way, spans of repairs in code points of the raw text."""
        if not drafts:
            return text.arranged([]), [], []
        repairs = [repair for draft in drafts for repair in _joins(text, draft)]
        text, lines = _arranged(text, drafts)
        text, lines = self._edited(text, lines, repairs, lambda line, i: self._lookalikes(line), "look-alike")
        torn = TornWords(text.text, self._cuts_word, self._counted)
        text, lines = self._edited(
            text, lines, repairs, lambda line, i: typography(line, prose=roles[i] in _PROSE, torn=torn), None
        )
        return text, list(_blocks(lines, roles)), repairs

    @staticmethod
    def _edited(
        text: AlignedText,
        lines: Sequence[str],
        repairs: list[Repair],
        edits_of: Callable[[str, int], Iterable[Edit]],
        kind: RepairKind | None,
    ) -> tuple[AlignedText, list[str]]:
        edits = []
        position = 0
        for i, line in enumerate(lines):
            for edit in edits_of(line, i):
                start, end = position + edit.start, position + edit.end
                edits.append(Edit(start, end, edit.text))
                if (replaced := text.text[start:end]) != edit.text:
                    what = kind or _kind(replaced, edit.text)
                    raw = text.to_raw_or_point(start, end)
                    if raw[0] < raw[1]:
                        repairs.append(Repair(what, *raw, edit.text, _REASONS[what]))
            position += len(line) + 1
        if not edits:
            return text, [*lines]
        text = text.edited(edits)
        return text, text.text.split("\n")


def _kind(replaced: str, text: str) -> RepairKind:
    if replaced.isspace():
        return "space"
    if text.startswith("…"):
        return "ellipsis"
    if text == "。":
        return "full stop"
    return "conjunction" if "and" in replaced else "width"


def _joins(text: AlignedText, draft: Draft) -> Iterator[Repair]:
    for upper, lower, join in zip(draft.lines, draft.lines[1:], draft.joins, strict=False):
        start, end = text.raw_range(upper.end - 1)[1], text.raw_range(lower.start)[0]
        # Where columns changed places, the halves do not stand in this order.
        start, end = min(start, end), max(start, end)
        space = " " if _needs_space(upper.text, lower.text) else ""
        yield Repair("join", start, end, space, _because(join), round(join.probability, 3))


def _because(join: Join) -> str:
    reasons = dict.fromkeys(_BECAUSE[cue] for cue in join.because if cue in _BECAUSE)
    return ", ".join(list(reasons)[:_GROUNDS]) or "no sign of an end"


def _blocks(lines: Sequence[str], roles: Sequence[BlockRole]) -> Iterator[Block]:
    position = 0
    for line, role in zip(lines, roles, strict=False):
        yield Block(position, position + len(line), role)
        position += len(line) + 1


def _arranged(text: AlignedText, drafts: Sequence[Draft]) -> tuple[AlignedText, list[str]]:
    spans = []
    breaks = []
    lines = []
    position = 0
    for draft in drafts:
        pieces: list[str] = []
        if position:
            breaks.append(Edit(position, position, "\n"))
        for line in draft.lines:
            piece = text.text[line.start : line.end]
            if pieces and _needs_space(pieces[-1], piece):
                breaks.append(Edit(position, position, " "))
                pieces.append(" ")
            pieces.append(piece)
            spans.append((line.start, line.end))
            position += len(piece)
        lines.append("".join(pieces))
    return text.arranged(spans).edited(breaks), lines


def _needs_space(before: str, after: str) -> bool:
    """Whether two lines meet between Latin words; PM2.5 and H200 have no space inside."""
    return (
        before[-1].isascii()
        and after[0].isascii()
        and (before[-1].isalpha() or after[0].isalpha())
        and not (before[-1].isupper() and after[0].isdigit())
        and after[0] not in ",.;:!?)%"
    )
