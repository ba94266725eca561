"""How much speaks for a line continuing the block above it.

No single sign of a line break decides it. On one page a blank line stands between paragraphs, on another between any
two lines; a line of full width may be the last of its paragraph. So each cue adds its weight, for or against. The
weights come from hand-marked pages and from pages damaged on purpose; a cue that was never wrong outweighs everything
but a finished sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.clean.characters import is_han
from pipeline.clean.cues import Cues
from pipeline.clean.lines import Line, column_widths, ends_sentence, open_pairs

_CLOSING = "，。、；：”’）》」』】,;:)!?！？%％"
_QUANTITY = re.compile(r"[0-9][0-9.,]*\s*[^年月日0-9.,、．\s]")
_QUOTED_END = re.compile(r"[。！？!?…][”\"]$")
_QUOTE = re.compile("[“”]")
SENTENCE_END = re.compile("[。；;？！?!]")
_COMMA = re.compile("[，,]")
_PROSE = re.compile("[，。,]")
# In em: how far a line of justified text may fall short of its column, how far a new paragraph is indented, and what
# is too narrow for a line of prose that no column holds.
_RAGGED, INDENT, _MENU = 1.1, 3.1, 20


@dataclass(slots=True)
class Facts:
    """What is asked of a line again and again."""

    finished: bool
    begins: bool
    alone: bool
    listed: bool
    signed: bool
    headline: bool
    caption: bool


@dataclass(slots=True)
class Growing:
    """What the lines of a block say so far, kept up to date in the length of each added line."""

    first: int
    last: int
    length: int = 0
    has_end: bool = False
    has_comma: bool = False
    dateline: bool = False
    open: Counter[str] = field(default_factory=Counter)

    @property
    def is_open(self) -> bool:
        """Whether a quotation mark, bracket or title mark waits for its other half."""
        return max(self.open.values(), default=0) > 0


class Evidence:
    """Weighs the line breaks of one page."""

    def __init__(self, lines: Sequence[Line], cues: Cues) -> None:
        self._lines = lines
        self._cues = cues
        self.facts = [self._look(line) for line in lines]
        self.columns = column_widths(
            lines, [f.finished or line.text[-1] in "；;" for line, f in zip(lines, self.facts, strict=True)]
        )
        gaps = Counter(line.gap for line in lines[1:])
        apart = [(n, -gap) for gap, n in gaps.items() if gap]
        wide = sum(n for n, _ in apart)
        self.usual_gap = -max(apart)[1] if apart else 1
        # Lines of a paragraph stand close, paragraphs apart.
        self._spaced = wide > 2 and gaps[0] <= 0.9 * len(lines)
        self._indented = sum(1.5 <= line.indent <= 2.5 for line in lines) >= 3
        self._wrapped = self._is_wrapped()
        self._torn = self._torn_grams()

    def _look(self, line: Line) -> Facts:
        text = line.text
        cues = self._cues
        alone, listed, dateline = cues.stands_alone(text), cues.is_listed(text), cues.dateline(text)
        return Facts(
            finished=ends_sentence(text),
            begins=alone or listed or dateline or cues.subtitle(text) or cues.salutation(text),
            alone=alone,
            listed=listed,
            signed=dateline or cues.byline(text),
            headline=cues.like_headline(text),
            caption=line.caption or cues.caption(text),
        )

    def _is_wrapped(self) -> bool:
        """Whether most lines of prose stop before their sentence does."""
        prose = [f.finished for line, f in zip(self._lines, self.facts, strict=True) if _PROSE.search(line.text)]
        return sum(prose) < 0.5 * len(prose)

    def _torn_grams(self) -> set[str]:
        """The three-character strings across line breaks that also stand inside a line of this page."""
        wanted = set()
        for before, after in zip(self._lines, self._lines[1:], strict=False):
            wanted |= set(_grams_across(before.text, after.text))
        if not wanted:
            return wanted
        return {
            gram
            for line in self._lines
            for gram in map("".join, zip(line.text, line.text[1:], line.text[2:], strict=False))
            if gram in wanted
        }

    def grow(self, block: Growing, i: int) -> None:
        """Adds line `i` to the block."""
        text = self._lines[i].text
        if i == block.first:
            block.dateline = self._cues.dateline(text)
        block.last = i
        block.length += len(text)
        block.has_end = block.has_end or bool(SENTENCE_END.search(text[:-1]))
        block.has_comma = block.has_comma or bool(_COMMA.search(text))
        block.open.update(open_pairs(text))

    def weight(self, block: Growing, j: int) -> float:
        """The weight of what speaks for line `j` continuing the block, less what speaks against it."""
        if self._lines[j].apart or self._lines[j].text == self._lines[block.last].text:
            return -100.0
        return self._words(block, j) + self._marks(block, j) + self._setting(block, j)

    def _words(self, block: Growing, j: int) -> float:
        before, after = self._lines[block.last].text, self._lines[j].text
        finished = self.facts[block.last].finished
        weight = 0.0
        headline = block.first == block.last and self.facts[block.last].headline and not self._wrapped
        if self._cues.cuts_word(before, after):
            weight += 8
        elif any(gram in self._torn for gram in _grams_across(before, after)):
            # Headlines are made of the words of their articles.
            weight += 2.5 if headline else 5
        if self._cues.depends(after) and not finished:
            weight += 4
        if self._cues.awaits(before) and not finished:
            weight += 3
        if _QUANTITY.match(after) and not finished:
            weight += 1.5
        if before[-1].isascii() and after[0].isascii() and before[-1].isalnum() and after[0].isalnum():
            # A number torn apart; the cells of a table hold nothing else.
            torn = before[-1].isdigit() and after[0].isdigit() and _has_han(before) and _has_han(after)
            weight += 7 if torn else 2
        if before[-1].isdigit() and len(before) > 8 and len(after) <= 2 and is_han(after[0]):
            weight += 4
        if _QUOTED_END.search(before) and self._cues.attribution(after):
            weight += 9 if self._wrapped else 5
        if block.dateline and not finished:
            weight += 4
        if self.facts[j].begins or self.facts[j].caption or self.facts[block.last].caption:
            weight -= 8
        if block.first == block.last and self.facts[block.last].alone:
            weight -= 8
        return weight

    def _marks(self, block: Growing, j: int) -> float:
        before, after = self._lines[block.last].text, self._lines[j].text
        weight = 0.0
        if block.is_open:
            weight += 4
        if block.open["“”"] > 0 and (quote := _QUOTE.search(after)):
            weight += 3 if quote[0] == "”" else 0
        elif block.open["“”"] > 0 and self.facts[j].finished:
            weight -= 2
        if after[0] in _CLOSING:
            weight += 6
        if before[-1] in "，,、":
            weight += 4
        elif before[-1] in "：:" and self.columns[block.last] is None:
            weight -= 6
        elif before[-1] in "；;":
            weight += 2 if self.columns[block.last] is not None else -3
        return weight

    def _setting(self, block: Growing, j: int) -> float:
        line, after = self._lines[block.last], self._lines[j]
        gap = after.gap if j == block.last + 1 else 1
        weight = 0.0
        if gap == 0 and self._spaced:
            weight += 3 if line.width > 20 else 1
        if self._indented and after.indent >= 1.5:
            weight -= 4
        column = self.columns[block.last]
        if column is not None:
            weight += self._in_column(block, j, column)
        elif self.facts[block.last].finished:
            weight -= 7
        else:
            weight += self._in_paragraph(block, j)
        if (after.interrupted or j > block.last + 1) and not self.facts[block.last].finished and block.has_comma:
            weight += 2
        return weight

    def _in_column(self, block: Growing, j: int, column: float) -> float:
        line, after = self._lines[block.last], self._lines[j]
        full = line.width >= column - _RAGGED
        short = line.width < column - INDENT
        if self.facts[block.last].finished:
            if short:
                return -8
            flush = self.columns[j] == column and after.width >= column - 0.6 and after.text[0] not in "“（"
            if self.facts[j].headline and not _COMMA.search(after.text) and j + 1 < len(self._lines):
                # A heading; the lines of a paragraph seldom come without a comma twice.
                flush = flush and self.facts[j + 1].headline
            return (1.5 if full else -2) if flush else -3
        if block.first == block.last and self.facts[block.last].headline:
            # A headline, or the first line of a paragraph, its indent lost?
            if line.width >= column - 0.6:
                if column - INDENT <= after.width <= column - 0.9:
                    return -1.5
                return 2.0 if block.has_comma or self.facts[j].finished or not after.gap else 0.8
            if not short:
                return 2 if after.width >= column - _RAGGED else -0.5
            return -4
        if line.width < 0.6 * column:
            return -5
        if full:
            return 3.5
        if not short:
            return 2
        return -5 if self.facts[block.last].headline and not block.has_end else -1

    def _in_paragraph(self, block: Growing, j: int) -> float:
        facts, after = self.facts[block.last], self.facts[j]
        weight = 0.0
        if block.first == block.last and facts.headline and not (block.has_comma and block.length > 24):
            weight -= 2
        elif block.has_end:
            weight += 5
        elif block.length > 40:
            weight += 3.5
        elif block.has_comma:
            weight += 1.2 if block.length > 24 else 0
        else:
            weight += 0.5
        if self._wrapped:
            weight += 1.5
        else:
            if block.first == block.last and (
                (facts.headline and facts.listed) or self._cues.titled(self._lines[block.last].text)
            ):
                weight -= 4
            following = self._lines[j + 1].text if j + 1 < len(self._lines) else ""
            ends_later = block.is_open or (following and following[0] in _CLOSING)
            if after.headline and not ends_later and (self._lines[j].gap or self._lines[j].width <= _MENU):
                # What is left of a sentence ends like one.
                weight -= 4
        if after.headline and j + 1 < len(self._lines) and self.facts[j + 1].signed:
            weight -= 5
        return weight


def _has_han(text: str) -> bool:
    return any(map(is_han, text))


def _grams_across(before: str, after: str) -> list[str]:
    grams = []
    if is_han(before[-1:]) and is_han(after[:1]):
        if is_han(before[-2:-1]):
            grams.append(before[-2:] + after[0])
        if is_han(after[1:2]):
            grams.append(before[-1] + after[:2])
    return grams
