"""The year and month that an expression takes from the text before it, not from the article's own date.

In 2013年5月动工，9月合龙 September is of 2013, and 全年 is the year told last. 今年 and 昨天 always tell from the
article's own date.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Document, Horizon, Mention
from pipeline.rulebook import Rulebook

_REACH = 400
"""How many code points back 这一年 and 全年 look for their year."""


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

    def is_yardstick(self, before: str, words: str, after: str) -> bool:
        """较2013年, 2013年同期, 上年: a year that others are compared with."""
        return self._before.occurs(before) or self._after.occurs(after) or self._prior.occurs(words)


@dataclass(frozen=True, slots=True)
class _Told:
    start: int
    date: str
    whole: bool = False


class Discourse:
    """The dates that an article has told so far; `base` and `note` are called for its horizons in text order."""

    def __init__(self, document: Document, published: str | None, deixis: Deixis) -> None:
        self.published = published
        """The article's own date."""
        self._text = document.text.text
        self._sentences = [s.start for s in document.sentences]
        self._blocks = [b.start for b in document.blocks]
        self._deixis = deixis
        self._last: _Told | None = None
        self._day: _Told | None = None

    def base(self, mention: Mention) -> str | None:
        """The date from which a mention's words are told."""
        words, last = self._text[mention.start : mention.end], self._last
        if self._day and self._deixis.names_day(words) and mention.start - self._day.start <= _REACH:
            return self._day.date
        if last is None:
            return self.published
        if mention.normalizer == "era":
            # 本世纪: any year that is told tells which, however far back.
            near = self.published is None or self.published.startswith("XXXX")
        elif self._deixis.is_own(words):
            near = False
        elif self._deixis.looks_back(words):
            near = mention.start - last.start <= _REACH
        else:
            reaches = last.whole or len(last.date) >= len("2013-01")
            starts = self._blocks if reaches else self._sentences
            near = _same(starts, last.start, mention.start)
        return last.date if near else self.published

    def note(self, mention: Mention, value: Horizon) -> None:
        """Remembers a year or a date that later words may refer to: not a deadline, a plan, or a yardstick."""
        first, last = value.start_date or "", value.end_date or ""
        if value.type == "point" and not first.endswith("XX"):
            self._day = _Told(mention.start, first)
        if value.type not in ("period", "point") or first[:4] != last[:4] or not self._tells(first):
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
