"""An article's own date: the one from which 今年, 9月 and 昨天 are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.document import Document
from pipeline.normalize.calendar import Date, folded, read_date
from pipeline.patterns import Pattern, Prefilter
from pipeline.rulebook import Rulebook

_OPENING = 400
"""Code points at the head of a speech or report in which its session's date stands."""
_LEAD = 600
"""Code points after a headline in which the text must say 今年 for the headline's year to be that year."""
_RECENT = 2
"""Months after which numbers are still told as news."""
_NUMBERS = re.compile("(?:([0-9]{4})[-./年])?([0-9]{1,2})[-./月]([0-9]{1,2})日?")


class ArticleDates:
    """Finds each article's own date: `2013`, `2013-08-05`, or `XXXX-08-05` where its year is not known.

    The year comes from `Document.published`, else from a dateline, a signature or a gloss (今天（2013年3月4日）), else
    from a year that the article calls its own: 今年（2013年）, the year of an event that is held on the day told
    (今天，2013年…茶会在…举行), the year of a headline whose text says 今年 or which tells what is held or begun
    (三部门启动2013年护林行动), the one of numbers that go as far as to the months before the day told (截至2013年6月),
    or the one that opens a sentence where the article knows no other and never says 今年. A year that stands only in
    its plans never counts. What an article does not tell, its page may.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        def pattern(name: str) -> Pattern:
            return rulebook.compile(f"{{{name}}}")

        told = ("page_labelled", "page_stamp", "page_agency", "page_gloss", "page_signed", "page_end")
        self._days = [pattern(name) for name in told]
        self._session = pattern("page_session")
        self._this_year = pattern("page_this_year")
        self._events = [pattern(name) for name in ("page_event", "page_event_today")]
        self._headline = pattern("page_headline")
        self._held = [pattern(name) for name in ("page_held", "page_begun")]
        self._so_far = pattern("page_so_far")
        self._sentence = pattern("page_sentence")
        self._other = pattern("not_the_current_year")
        self._relative = pattern("told_from_today")
        self._year = pattern("page_year")
        # Most pages have few of all these; they are looked for together.
        self._of_days = Prefilter([*self._days, self._session])
        years = (self._this_year, *self._events, self._headline, *self._held, self._so_far, self._sentence)
        self._of_years = Prefilter(years)

    def __call__(self, document: Document) -> list[str | None]:
        """One date for each of `articles`, or None where nothing tells it."""
        published = read_date(document.published)
        # Cleaning takes the page's datelines away; the raw text still has them.
        page = _joined(published, self._told(document.raw))
        page = self._with_year(page, document.raw)
        dates = []
        for article in document.articles:
            text = document.text.text[article.start : article.end]
            date = _joined(published, self._told(text))
            if date is None or date.year is None:
                date = self._with_year(date, text)
            dates.append(_joined(date, page))
        return [str(date) if date else None for date in dates]

    def _told(self, text: str) -> Date | None:
        """The first day that a dateline, a gloss or a signature gives with its year, else the first without."""
        days = list(self._told_days(text))
        return next((d for d in days if d.year is not None), days[0] if days else None)

    def _told_days(self, text: str) -> Iterator[Date]:
        for pattern in self._of_days.matching(text):
            for match in pattern.finditer(text[:_OPENING] if pattern is self._session else text):
                date = _read(match.groups["date"])
                if date and "yesterday" in match.groups:
                    date = date.moved(1)
                if date:
                    yield date

    def _with_year(self, date: Date | None, text: str) -> Date | None:
        if date and date.year is not None:
            return date
        year = self._own_year(text, date.month if date else None)
        if year is None:
            return date
        return replace(date, year=year) if date else Date(year)

    def _own_year(self, text: str, month: int | None) -> int | None:
        found = self._of_years.matching(text)
        if self._this_year in found and (match := self._this_year.search(text)):
            return _number(match.groups.get("after") or match.groups["before"])
        for event in self._events:
            if event in found and (match := event.search(text)):
                return _number(match.groups["year"])
        for match in self._headline.finditer(text) if self._headline in found else ():
            lead = text[match.end : match.end + _LEAD]
            if "今年" in lead and not self._other.occurs(match.groups["line"]):
                return _number(match.groups["year"])
        for headline in self._held:
            match = headline.search(text) if headline in found else None
            if match and self._relative.occurs(text[match.end : match.end + _LEAD]):
                return _number(match.groups["year"])
        if month and self._so_far in found and (recent := set(self._recent(text, month))):
            return max(recent)
        if self._sentence not in found or self._relative.occurs(text):
            return None
        years = {_number(text[slice(*span)]) for span in self._year.spans(text)}
        opening = self._sentence.search(text)
        return _number(opening.groups["year"]) if opening and len(years) == 1 else None

    def _recent(self, text: str, month: int) -> Iterator[int]:
        """The years in which this month is, if the text's numbers go as far as to it or to the months just before."""
        for match in self._so_far.finditer(text):
            last = int(match.groups["month"])
            if 1 <= last <= 12 and (month - last) % 12 <= _RECENT:
                yield _number(match.groups.get("until") or match.groups["year"]) + (last > month)


def _joined(date: Date | None, told: Date | None) -> Date | None:
    """The date, made more precise by another that does not speak against it."""
    if date is None or told is None:
        return date or told
    if date.year is None or told.year in (None, date.year):
        finer = told if told.precision > date.precision else date
        return replace(finer, year=date.year or told.year)
    return date


def _read(text: str) -> Date | None:
    match = _NUMBERS.fullmatch(folded(text))
    if not match:
        return None
    date = Date(int(match[1]) if match[1] else None, int(match[2]), int(match[3]), 3)
    return date if date.valid else None


def _number(year: str) -> int:
    return int(folded(year)[:4])
