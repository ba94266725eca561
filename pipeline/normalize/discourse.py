"""The year and month that an expression takes from the text before it, not from the article's own date.

In 2013年5月动工，9月合龙 September is of 2013, and 全年 is the year told last. In a chapter that looks back on the year
before, both are of that year. 今年 and 昨天 always tell from the article's own date.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import Article, Block, Document, Horizon, Mention
from pipeline.normalize.calendar import folded, read_date
from pipeline.rulebook import Rulebook

_REACH = 400
"""How many code points back 这一年 and 全年 look for their year."""
_HEADING = 40
"""Code points of the longest heading of a chapter."""
_NAMED_YEAR = re.compile("[12][0-9]{3}(?=年)")


class Deixis:
    """Which words tell from the article's own date, and which from a date told before."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._told = rulebook.compile("{time_told}")
        self._whole = frozenset(rulebook.words("time_told", "whole"))
        self._day = rulebook.compile("^{time_same_day}")
        self._own = rulebook.compile("[0-9]{4}|[0-9]{2}年[0-9]|[一二][〇○零九八]|{time_own}")
        self._prior = rulebook.compile("{time_yardstick}")
        self._before = rulebook.compile("{time_yardstick_before}$")
        self._after = rulebook.compile("^{time_yardstick_after}")
        self._origin = rulebook.compile("{origins}$")
        self._chapter = rulebook.compile("^{章号}|工作回顾[ \t　]*$")
        self._review = rulebook.compile("{年回顾}")
        self._same_year = rulebook.compile("{not_the_year_before}")

    def looks_back(self, words: str) -> bool:
        """全年, 当年: of the year told last."""
        return self._told.occurs(words)

    def is_whole(self, words: str) -> bool:
        """全年: what follows may tell of its quarters."""
        return words in self._whole

    def names_day(self, words: str) -> bool:
        """同日, 次日: of the day told last."""
        return self._day.occurs(words)

    def is_own(self, words: str) -> bool:
        """今年, 2013年: needs nothing of the text before it."""
        return self._own.occurs(words)

    def is_chapter(self, heading: str) -> bool:
        """一、2013年工作回顾: a heading with which a chapter begins."""
        return self._chapter.occurs(heading)

    def reviewed(self, heading: str, own: int | None) -> str | None:
        """The year on which a chapter looks back, in an article of the year `own`."""
        if not self._review.occurs(heading) or self._same_year.occurs(heading):
            return None
        named = [int(year) for year in _NAMED_YEAR.findall(folded(heading))]
        before = [year for year in named if own is None or year < own]
        if before:
            return str(max(before))
        return None if named or own is None else str(own - 1)

    def is_yardstick(self, before: str, words: str, after: str) -> bool:
        """较2013年, 2013年同期, 从2013年的9户, 上年: a year that others are compared with."""
        if after.startswith("的") and self._origin.occurs(before):
            return True
        return self._before.occurs(before) or self._after.occurs(after) or self._prior.occurs(words)


@dataclass(frozen=True, slots=True)
class _Told:
    start: int
    date: str
    whole: bool = False


class Discourse:
    """The dates that an article has told so far; `base` and `note` are called for its horizons in text order."""

    def __init__(self, document: Document, article: Article, deixis: Deixis) -> None:
        self.published = article.published
        """The article's own date."""
        self._text = document.text.text
        self._sentences = [s.start for s in document.sentences]
        self._blocks = [b.start for b in document.blocks]
        self._deixis = deixis
        self._last: _Told | None = None
        self._day: _Told | None = None
        self._any_date: str | None = None
        first, last = (bisect_left(self._blocks, border) for border in (article.start, article.end))
        chapters = [*self._chapters(document.blocks[first:last])]
        self._chapters_at = [start for start, _ in chapters]
        self._years_reviewed = [year for _, year in chapters]

    def _chapters(self, blocks: Sequence[Block]) -> Iterator[tuple[int, str | None]]:
        """Where chapters begin, and the year on which each looks back."""
        today = read_date(self.published)
        for block in blocks:
            if block.end - block.start <= _HEADING:
                heading = self._text[block.start : block.end]
                if self._deixis.is_chapter(heading):
                    yield block.start, self._deixis.reviewed(heading, today.year if today else None)

    def _reviewed(self, position: int) -> str | None:
        """The year on which the chapter looks back that stands at a position."""
        chapter = bisect_right(self._chapters_at, position)
        return self._years_reviewed[chapter - 1] if chapter else None

    def base(self, mention: Mention) -> str | None:
        """The date from which a mention's words are told."""
        words, last = self._text[mention.start : mention.end], self._last
        if self._day and self._deixis.names_day(words) and mention.start - self._day.start <= _REACH:
            return self._day.date
        if mention.normalizer == "era":
            # 本世纪: any year that is told tells which, however far back.
            known = self.published is not None and not self.published.startswith("XXXX")
            return self.published if known else self._any_date or self.published
        if self._deixis.is_own(words):
            return self.published
        if last is None:
            near = False
        elif self._deixis.looks_back(words):
            near = mention.start - last.start <= _REACH and _same(self._chapters_at, last.start, mention.start)
        else:
            reaches = last.whole or len(last.date) >= len("2013-01")
            starts = self._blocks if reaches else self._sentences
            near = _same(starts, last.start, mention.start)
        if last is None or not near:
            return self._reviewed(mention.start) or self.published
        # 2013年云岭茶会20日开幕: of the article's own month, if it is of that year.
        finer = self.published and self.published.startswith(last.date) and not self._deixis.looks_back(words)
        return self.published if finer else last.date

    def note(self, mention: Mention, value: Horizon) -> None:
        """Remembers a year or a date that later words may refer to: not a deadline, a plan, or a yardstick."""
        first, last = value.start_date or "", value.end_date or ""
        if value.type == "point" and not first.endswith("XX"):
            self._day = _Told(mention.start, first)
        if value.type not in ("period", "point") or first[:4] != last[:4] or not self._tells(first):
            return
        if not last.startswith("XXXX"):
            self._any_date = last
        if last[:4] > (self._reviewed(mention.start) or last):
            # 这为2014年的发展打下基础: nothing that a review of 2013 goes on from
            return
        before = self._text[max(0, mention.start - 2) : mention.start].rstrip()
        words = self._text[mention.start : mention.end]
        after = self._text[mention.end : mention.end + 4].lstrip()
        if not value.approximate and not self._deixis.is_yardstick(before, words, after):
            self._last = _Told(mention.start, last[:7], self._deixis.is_whole(words))

    def _tells(self, date: str) -> bool:
        """Whether a date has a year, or at least a month where no year is known."""
        if date.startswith("XXXX"):
            known = self.published or (self._last.date if self._last else "XXXX")
            return date[5:7] not in ("", "XX") and known.startswith("XXXX")
        return bool(date)


def _same(starts: Sequence[int], one: int, other: int) -> bool:
    return bisect_right(starts, one) == bisect_right(starts, other)
