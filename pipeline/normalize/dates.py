"""An article's own date: the one from which 今年, 9月 and 昨天 are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.document import Document
from pipeline.normalize.calendar import Date, folded, read_date
from pipeline.normalize.years import OwnYears
from pipeline.patterns import Pattern, Prefilter
from pipeline.rulebook import Rulebook

_OPENING = 400
"""Code points at the head of a speech or report in which its session's date stands."""
_NUMBERS = re.compile("(?:([0-9]{4})[-./年])?([0-9]{1,2})[-./月]([0-9]{1,2})日?")


class ArticleDates:
    """Finds each article's own date: `2013`, `2013-08-05`, or `XXXX-08-05` where its year is not known.

    The year comes from `Document.published`, else from a dateline, a signature or a gloss (今天（2013年3月4日）), else
    from a year that the article calls its own (`OwnYears`). A year that stands only in its plans never counts. What an
    article does not tell, its page may.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        def pattern(name: str) -> Pattern:
            return rulebook.compile(f"{{{name}}}")

        told = ("page_labelled", "page_stamp", "page_agency", "page_gloss", "page_signed", "page_end")
        self._days = [pattern(name) for name in told]
        self._session = pattern("page_session")
        self._own_year = OwnYears(rulebook)
        # Most pages have few of all these; they are looked for together.
        self._of_days = Prefilter([*self._days, self._session])

    def __call__(self, document: Document) -> list[str | None]:
        """One date for each of `articles`, or None where nothing tells it."""
        published = read_date(document.published)
        # Cleaning takes the page's datelines away; the raw text still has them.
        page = _joined(published, self._told(document.raw))
        page = self._with_year(page, document.raw)
        dates = []
        for article in document.articles:
            text = document.text.text[article.start : article.end]
            date = _joined(_joined(published, self._told(text)), page)
            dates.append(self._with_year(date, text))
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
