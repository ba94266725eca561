"""Passages and the surroundings of each quantity in them.

A passage is what a full stop closes: sentences that are only parted by semicolons belong together, since what opens the
first (a date, an aim) holds for all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.document import BlockRole, Document, Mention, Quantity
from pipeline.rulebook import Rulebook, alternation

_BORDERS = re.compile(r"[，,；;：:。！？!?（）()\n]|——")
_SEMICOLONS = "；;"
_CONTINUES = _SEMICOLONS + "："
_STOPS = "。；;！!？?：:，,、"
_HEADING = 40
"""Code points of the longest line that can be a headline."""
_WINDOW = 240
"""Code points around a quantity that are looked at: whatever the text, the work stays linear."""


@dataclass(slots=True)
class Site:
    """A quantity and what stands around it, within its passage.

    `start` and `end` are offsets in the passage. `left` and `right` reach to the next mark or quantity; `clause` is
    all of the clause before the quantity. `joint` says that nothing but a conjunction parts it from the previous one.
    """

    index: int
    value: Quantity
    start: int
    end: int
    left: str
    right: str
    clause: str
    previous: Site | None
    joint: bool
    place: int = 0
    """Which one it is among the quantities joined with it."""
    count: int = 1
    """How many these are."""
    lead: str = ""
    """What `left` is for the first of them."""
    counterpart: Site | None = None
    """The one at the same place among as many just before: 41 for 15, 9 for 3 in 从41个和9个减少到15个和3个."""
    parted: bool = False
    """Whether a semicolon stands between it and the previous one."""


@dataclass(slots=True)
class Passage:
    """`text` is `Document.text.text[start:end]`; `mentions` are all kinds of mentions in it, in text order."""

    start: int
    end: int
    text: str
    article: int
    opens_block: bool
    is_heading: bool
    paragraph: str
    """The whole block that it stands in."""
    first: int
    """Index of the first mention in `Document.mentions`."""
    mentions: list[Mention]
    sites: list[Site]

    def opens_with(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words stands at the head, an indent aside."""
        return self.text.lstrip(" \u3000").startswith(words)

    def holds(self, at: int, site: Site) -> bool:
        """Whether what is told at `at` holds for a later quantity: 年内 of 项目9个，预计年内开工；… does not."""
        item = max(self.text.rfind(mark, max(at, site.start - _WINDOW), site.start) for mark in _SEMICOLONS)
        if item < 0:
            return True
        start = max(self.text.rfind(mark, max(0, at - _WINDOW), at) for mark in _SEMICOLONS)
        number = bisect_left(self.sites, at, key=lambda s: s.start)
        return number == 0 or self.sites[number - 1].start < start

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in `text[start:end]`."""
        offset = self.start
        low = bisect_left(self.mentions, start + offset, key=lambda m: m.start)
        return self.mentions[low : bisect_left(self.mentions, end + offset, key=lambda m: m.start)]


class PassageReader:
    """Cuts documents into passages."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._joint = re.compile(rf"(?:[、，,\s]|{alternation(rulebook.words('conjunctions'))}){{0,8}}")

    def __call__(self, document: Document) -> Iterator[Passage]:
        """The document's passages in text order, with the sites of their quantities."""
        starts = [m.start for m in document.mentions]
        text = document.text.text
        number, paragraph = -1, ""
        for start, end, article, block in _spans(document):
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            border = document.blocks[block]
            opens = not text[border.start : start].strip()
            if block != number:
                number, paragraph = block, text[border.start : border.end]
            line = text[border.start : min(border.end, border.start + _HEADING + 1)]
            heading = opens and _is_heading(border.role, line)
            mentions = document.mentions[first:last]
            found = Passage(start, end, text[start:end], article, opens, heading, paragraph, first, mentions, [])
            found.sites = _sites(found, self._joint)
            yield found


def _is_heading(role: BlockRole, text: str) -> bool:
    return role in ("title", "heading", "repeat") or (
        len(text) <= _HEADING and text.rstrip("”’）) ")[-1:] not in _STOPS
    )


def _spans(document: Document) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, article, block) of each passage."""
    blocks = [b.start for b in document.blocks]
    text = document.text.text
    current: tuple[int, int, int, int] | None = None
    for sentence in document.sentences:
        block = bisect_right(blocks, sentence.start) - 1
        if current and current[2:] == (sentence.article, block) and _goes_on(text, current[1]):
            current = (current[0], sentence.end, sentence.article, block)
            continue
        if current:
            yield current
        current = (sentence.start, sentence.end, sentence.article, block)
    if current:
        yield current


def _goes_on(text: str, end: int) -> bool:
    return text[max(0, end - 8) : end].rstrip(" 　”’")[-1:] in _CONTINUES


def _sites(passage: Passage, joints: re.Pattern[str]) -> list[Site]:
    text = passage.text
    sites: list[Site] = []
    found = [(i, m, m.value) for i, m in enumerate(passage.mentions, passage.first) if isinstance(m.value, Quantity)]
    if not found:
        return sites
    borders = [m.span() for m in _BORDERS.finditer(text)]
    border_starts, border_ends = [s for s, _ in borders], [e for _, e in borders]
    for number, (index, mention, value) in enumerate(found):
        start, end = mention.start - passage.start, mention.end - passage.start
        earlier = sites[-1].end if sites else 0
        later = found[number + 1][1].start - passage.start if number + 1 < len(found) else len(text)
        at = bisect_right(border_ends, start)
        clause = max(border_ends[at - 1] if at else 0, start - _WINDOW)
        at = bisect_left(border_starts, end)
        stop = min(border_starts[at] if at < len(borders) else len(text), later, end + _WINDOW)
        joint = bool(sites) and joints.fullmatch(text, earlier, start) is not None
        left = text[max(clause, min(earlier, start)) : start]
        previous = sites[-1] if sites else None
        site = Site(index, value, start, end, left, text[end:stop], text[clause:start], previous, joint)
        site.parted = any(mark in text[earlier:start] for mark in _SEMICOLONS)
        sites.append(site)
    _number_joined(sites)
    return sites


def _number_joined(sites: list[Site]) -> None:
    first, earlier = 0, list[Site]()
    for after in range(1, len(sites) + 1):
        if after < len(sites) and sites[after].joint:
            continue
        joined = sites[first:after]
        for place, site in enumerate(joined):
            site.place, site.count, site.lead = place, len(joined), joined[0].left
            site.counterpart = earlier[place] if len(earlier) == len(joined) else None
        first, earlier = after, joined
