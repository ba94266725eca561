"""One page: what is asked of its lines again and again, and what its lines have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.clean.characters import is_han
from pipeline.clean.cues import Cues
from pipeline.clean.lines import Line, column_widths, ends_sentence, open_pairs

SENTENCE_END = re.compile("[。；;？！?!]")
_COMMA = re.compile("[，,]")
_PROSE = re.compile("[，。,]")


@dataclass(slots=True)
class Facts:
    """What a line says about itself.

    `pairs` tells what quotation marks and brackets it leaves open; `first_han` and `last_han` are the Chinese
    characters, at most two, that it begins and ends with.
    """

    finished: bool
    begins: bool
    alone: bool
    listed: bool
    signed: bool
    dateline: bool
    headline: bool
    caption: bool
    comma: bool
    ends_within: bool
    pairs: dict[str, int]
    first_han: str
    last_han: str


@dataclass(slots=True)
class Growing:
    """What the lines of a block say so far, kept up to date in the length of each added line."""

    first: int
    last: int
    length: int = 0
    has_end: bool = False
    has_comma: bool = False
    dateline: bool = False
    open: dict[str, int] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether a quotation mark, bracket or title mark waits for its other half."""
        return any(n > 0 for n in self.open.values())


class Page:
    """The lines of one page, text and sign-offs, furniture taken out."""

    def __init__(self, lines: Sequence[Line], cues: Cues) -> None:
        self.lines = lines
        self.cues = cues
        self.facts = [self._look(line) for line in lines]
        self.columns = column_widths(
            lines, [f.finished or line.text[-1] in "；;" for line, f in zip(lines, self.facts, strict=True)]
        )
        gaps = Counter(line.gap for line in lines[1:])
        apart = [(n, -gap) for gap, n in gaps.items() if gap]
        self.usual_gap = -max(apart)[1] if apart else 1
        # Lines of a paragraph stand close, paragraphs apart.
        self.spaced = sum(n for n, _ in apart) > 2 and gaps[0] <= 0.9 * len(lines)
        self.indented = sum(1.5 <= line.indent <= 2.5 for line in lines) >= 3
        prose = [f.finished for line, f in zip(lines, self.facts, strict=True) if _PROSE.search(line.text)]
        # Most lines of prose stop before their sentence does.
        self.wrapped = sum(prose) < 0.5 * len(prose)
        self._torn = self._torn_grams()

    def block(self, i: int) -> Growing:
        """A block that begins with line `i`."""
        block = Growing(i, i, dateline=self.facts[i].dateline)
        self.grow(block, i)
        return block

    def grow(self, block: Growing, i: int) -> None:
        """Adds line `i` to the block."""
        block.last = i
        block.length += len(self.lines[i].text)
        block.has_end = block.has_end or self.facts[i].ends_within
        block.has_comma = block.has_comma or self.facts[i].comma
        for pair, number in self.facts[i].pairs.items():
            block.open[pair] = block.open.get(pair, 0) + number

    def torn(self, i: int, j: int) -> bool:
        """Whether a three-character string across the break between two lines also stands inside a line of the page."""
        return not self._torn.isdisjoint(self._across(i, j))

    def _look(self, line: Line) -> Facts:
        text = line.text
        cues = self.cues.looks(text)
        alone = line.apart or "markup" in cues or self.cues.stands_alone(text)
        listed, dateline = self.cues.is_listed(text), "dateline" in cues
        return Facts(
            finished=ends_sentence(text) or self.cues.at_end("note", text) is not None,
            begins=alone or listed or dateline or "subtitle" in cues or self.cues.salutation(text),
            alone=alone,
            listed=listed,
            signed=dateline or "byline" in cues,
            dateline=dateline,
            headline=self.cues.like_headline(text),
            caption=line.caption or "caption" in cues,
            comma=bool(_COMMA.search(text)),
            ends_within=bool(SENTENCE_END.search(text[:-1])),
            pairs=open_pairs(text),
            first_han=_leading_han(text[:2]),
            last_han=_leading_han(text[:-3:-1])[::-1],
        )

    def _torn_grams(self) -> frozenset[str]:
        wanted = {gram for i in range(len(self.lines) - 1) for gram in self._across(i, i + 1)}
        found: set[str] = set()
        for text in [line.text for line in self.lines] if wanted else ():
            found.update(wanted.intersection([text[i : i + 3] for i in range(len(text) - 2)]))
        return frozenset(found)

    def _across(self, i: int, j: int) -> list[str]:
        before, after = self.facts[i].last_han, self.facts[j].first_han
        if not before or not after:
            return []
        grams = [before + after[0]] if len(before) == 2 else []
        if len(after) == 2:
            grams.append(before[-1] + after)
        return grams


def _leading_han(text: str) -> str:
    number = 0
    while number < len(text) and is_han(text[number]):
        number += 1
    return text[:number]
