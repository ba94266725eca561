"""The lines of a page as printed: what they say, how wide they ran, what lies between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.clean.characters import is_han, narrow

_LINE = re.compile(r"[^\n]+")
_SPACE = re.compile(r"\s")
_NARROW_MARK = re.compile("[,;:()!?]")
_MARK = re.compile("[，。、；“”,;]")
_ENDS = "。！？!?…"
_CLOSERS = "”’\"')）」』】"
_PAIRED = re.compile("[“”‘’（）《》「」【】()]")
# What each mark belongs to, and whether it opens or closes it.
_PAIRS = {
    mark: (pair, step)
    for pair in ("“”", "‘’", "（）", "《》", "「」", "【】")
    for mark, step in zip(pair, (1, -1), strict=True)
}
_PAIRS |= {"(": _PAIRS["（"], ")": _PAIRS["）"]}


class Line(NamedTuple):
    """One printed line, or the part of it that stands by itself: `page[start:end]` with plain spaces and narrow digits.

    `gap` counts the blank lines above it, `indent` and `width` are in em (a Chinese character is one em wide);
    `apart` says that it was cut from the line before it and never continues that, `caption` that a credit followed it,
    `interrupted` that furniture stood above it, with `beyond` blank lines above that, `torn` that it holds nothing but
    digits of a number that the lines around it cut.
    """

    start: int
    end: int
    text: str
    gap: int
    indent: float
    width: float
    apart: bool = False
    caption: bool = False
    interrupted: bool = False
    beyond: int = 0
    torn: bool = False

    def part(self, start: int, end: int, *, apart: bool = False, caption: bool = False) -> Line:
        """The part `text[start:end]` of the line, as a line."""
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        text = self.text[start:end]
        gap, indent = (0, 0.0) if apart else (self.gap, self.indent)
        return Line(self.start + start, self.start + end, text, gap, indent, width(text), apart, caption)


def lines_of(page: str) -> Iterator[Line]:
    r"""The lines of a page that have anything on them; line ends are `\n`."""
    seen = 0
    # One for one: offsets stay.
    page = narrow(page)
    for m in _LINE.finditer(page):
        line = m[0]
        bare = line.lstrip()
        text = _SPACE.sub(" ", bare.rstrip())
        if not text:
            continue
        margin = line[: len(line) - len(bare)]
        above, start = m.start(), m.start() + len(margin)
        blank = page.count("\n", seen, above) - (seen > 0)
        indent = 0.5 * (len(margin) + margin.count("\u3000"))
        yield Line(start, start + len(text), text, max(0, blank), indent, width(text))
        seen = m.end()


def width(text: str) -> float:
    """The printed width in em. Marks that scanning narrowed count as wide as they were printed."""
    narrow_ones = len(text.encode("ascii", "ignore"))
    if not narrow_ones:
        return float(len(text))
    printed_wide = sum(
        not (text[m.start() - 1 : m.start()].isascii() and text[m.end() : m.end() + 1].isascii())
        for m in _NARROW_MARK.finditer(text)
    )
    return len(text) - 0.5 * (narrow_ones + text.count(" ") - printed_wide)


def ends_sentence(text: str) -> bool:
    """Whether the text is finished: 。！？ or an ellipsis, with what closes after it."""
    bare = text.rstrip(_CLOSERS)
    if not bare:
        return False
    # Scanning makes a dot of 。
    return bare[-1] in _ENDS or (
        bare[-1] in ".．" and (is_han(bare[-2:-1]) or bare[-2:-1] in _CLOSERS or bare.endswith("..."))
    )


def open_pairs(text: str) -> dict[str, int]:
    """How many quotation marks, brackets and 《》 of each sort the text leaves open; negative if it closes more."""
    found: dict[str, int] = {}
    for mark in _PAIRED.findall(text):
        pair, step = _PAIRS[mark]
        found[pair] = found.get(pair, 0) + step
    return found


# Where neighbours are looked for (from, to), by how much more than one em they may be narrower, and which share of them
# must be of one width. Wide columns have few lines for each paragraph, so more of theirs are first or last lines.
_WINDOWS = ((-6, 1, 0, 0.55), (0, 7, 0, 0.55), (-3, 4, 0, 0.55), (-10, 11, 2, 0.45))
_FEWEST, _NARROWEST, _WIDEST, _OVERHANG, _NEAR = 4, 5, 60, 2, 7


def column_widths(lines: Sequence[Line], finished: Sequence[bool]) -> list[float | None]:
    """For each line, the width in em of the narrow column it was set in; None where lines have no common width.

    Columns change within a page (a wide lead, then narrow text), so each line looks only at its neighbours.
    """
    page = _Widths([round(line.width) for line in lines], finished, [bool(_MARK.search(line.text)) for line in lines])
    return [page.column(i) for i in range(len(lines))]


class _Widths:
    def __init__(self, widths: Sequence[int], finished: Sequence[bool], marked: Sequence[bool]) -> None:
        self._widths, self._finished, self._marked = widths, finished, marked
        self._common: dict[tuple[int, int, int], int | None] = {}

    def column(self, i: int) -> float | None:
        own = self._widths[i]
        if own > _WIDEST + _OVERHANG:
            return None
        best: int | None = None
        for first, last, indent, share in _WINDOWS:
            span = max(0, i + first), min(len(self._widths), i + last), indent
            if span not in self._common:
                self._common[span] = self._common_width(*span, share, int(last - first <= _NEAR))
            top = self._common[span]
            if top is None or own > top + _OVERHANG:
                continue
            if best is None or abs(own - top) < abs(own - best):
                best = top
            if best == own:
                break
        return best

    def _common_width(self, start: int, end: int, indent: int, share: float, wider: int) -> int | None:
        """The width that most of some lines have; at most `wider` of them may be wider."""
        widths = sorted([width for width in self._widths[start:end] if width > _NARROWEST])
        number = len(widths)
        if number < _FEWEST:
            return None
        # In sorted widths, those near one another stand together: [low:high] are like widths[at:after], one width.
        at = low = 0
        likest = (0, 0, 0)
        while at < number:
            width = widths[at]
            after = bisect_right(widths, width, at)
            while widths[low] < width - 1 - indent:
                low += 1
            high = bisect_right(widths, width + 1, after)
            if (found := (high - low, after - at, width)) > likest:
                likest = found
            at = after
        most, _, top = likest
        if top > _WIDEST or most < _FEWEST or most < share * number:
            return None
        if number - bisect_right(widths, top + _OVERHANG) > wider:
            return None
        full = [k for k in range(start, end) if -1 - indent <= self._widths[k] - top <= 1]
        # Lines of one width that are all sentences, or all bare names, are a list and not a column.
        sentences, prose = (sum([flags[k] for k in full]) for flags in (self._finished, self._marked))
        return top if sentences <= 0.5 * len(full) and prose >= 0.4 * len(full) else None
