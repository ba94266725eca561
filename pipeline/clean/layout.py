"""Lines → blocks: which line continues which, and what was only put between the halves of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.clean.cues import Cues
from pipeline.clean.evidence import INDENT, SENTENCE_END, Evidence, Growing
from pipeline.clean.lines import Line

_JOIN_ABOVE = 1.0
_POINTING = re.compile("[本该这其此他她它]")
_CAPTION, _ASIDES = 45, 4


@dataclass(slots=True)
class Draft:
    """A block in the making. `aside` marks what stood between the halves of another block."""

    lines: list[Line]
    column: float | None = None
    aside: bool = False

    @property
    def text(self) -> str:
        """The lines' text without what separates them."""
        return "".join(line.text for line in self.lines)


class Layout:
    """Joins the lines of one page."""

    def __init__(self, lines: Sequence[Line], cues: Cues) -> None:
        self._lines = lines
        self._evidence = Evidence(lines, cues)

    def blocks(self) -> list[Draft]:
        """The page's blocks, in the order in which it has them."""
        drafts: list[Draft] = []
        asides: list[Draft] = []
        block: Growing | None = None
        i = 0
        while i < len(self._lines):
            if block is not None:
                evidence = self._evidence.weight(block, i)
                past = self._past_aside(block, i, evidence)
                if past > i:
                    asides += [Draft([self._lines[k]], self._evidence.columns[k], aside=True) for k in range(i, past)]
                    i = past
                    evidence = _JOIN_ABOVE + 1
                if evidence > _JOIN_ABOVE:
                    drafts[-1].lines.append(self._lines[i])
                    self._evidence.grow(block, i)
                    i += 1
                    continue
                drafts += asides
                asides = []
            drafts.append(Draft([self._lines[i]], self._evidence.columns[i]))
            block = Growing(i, i)
            self._evidence.grow(block, i)
            i += 1
        return drafts + asides

    def _past_aside(self, block: Growing, i: int, evidence: float) -> int:
        """The line that takes up the block's unfinished sentence past a caption at `i`; `i` itself where none does."""
        lines, facts = self._lines, self._evidence.facts
        last = block.last
        if (
            facts[last].finished
            or (evidence >= 6 and lines[i].gap <= self._evidence.usual_gap)
            or SENTENCE_END.search(lines[i].text[:-1])
        ):
            return i
        if not (block.is_open or block.has_end or block.has_comma):
            return i
        caption = lines[i]
        if len(caption.text) > _CAPTION or caption.apart:
            return i
        if not facts[i].caption and (
            facts[i].begins or _POINTING.match(caption.text) or not (facts[i].finished or facts[i].headline)
        ):
            return i
        k = i + 1
        while k < min(len(lines), i + 4) and (
            facts[k].caption
            or (len(lines[k].text) < 32 and facts[k].finished and lines[k].gap > self._evidence.usual_gap)
        ):
            k += 1
        if k >= len(lines) or facts[k].begins:
            return i
        column = self._evidence.columns[i]
        odd = (
            caption.gap > self._evidence.usual_gap
            or (
                self._evidence.columns[last] is not None
                and facts[i].headline
                and (column is None or caption.width < column - INDENT)
            )
            or facts[i].caption
        )
        over = self._evidence.weight(block, k)
        alone = Growing(i, i)
        self._evidence.grow(alone, i)
        away = self._evidence.weight(alone, k)
        if over > max(evidence - (1 if odd else 0), 2.5) and (odd or (evidence < 3 and over >= 5)) and away < 2:
            return k
        return i
