"""The year that an article calls its own, in so many words or by what it tells as of its day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from pipeline.normalize.calendar import folded, plan_years
from pipeline.patterns import Match, Pattern, Prefilter
from pipeline.rulebook import Rulebook

_LEAD = 600
"""Code points after a headline in which the text must say 今年 for the headline's year to be that year."""
_RECENT = 2
"""Months after which numbers are still told as news."""
_LAST = 12
_EARLY, _LATE = range(1, 3), range(3, 13)
"""Months in which the numbers of a year are those of the one before, and in which the year's own are told."""
_MIDDLE, _ORDERED = range(3, 11), range(1, 11)
"""Months whose headlines are of their own year, and in which nothing is ordered yet for the next."""


class _Clue(NamedTuple):
    """A pattern, the year that a match of it tells, and the months of the article's day in which it may be trusted.

    Without months, it is trusted whatever the month, and where none is known. So many `matches` are looked at: each may
    ask about the whole text.
    """

    pattern: Pattern
    year: Callable[[str, Match, int | None], int | None]
    months: range | None = None
    matches: int = 40


class OwnYears:
    """Finds the year of a text whose month may be known. Raises `RulebookError` where the rules lack a cue.

    In words: 今年（2013年）, 今年是“十二五”开局之年, 刚刚过去的2012年, the headline of a report, or one above 今年. By
    what is held on the day told (今天，2013年…茶会在…举行), or will be in this year. By numbers that go as far as to
    the months before the day told (截至2013年6月), or that only the first months of a year tell (2012年全年). Or the
    year that opens the text where it knows no other and tells nothing from today.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        def clue(name: str, year: Callable[[str, Match, int | None], int | None], months: range | None = None) -> _Clue:
            return _Clue(rulebook.compile(f"{{{name}}}"), year, months)

        self._over = rulebook.compile("{page_year_over}")
        self._other = rulebook.compile("{not_the_current_year}")
        self._relative = rulebook.compile("{told_from_today}")
        self._year = rulebook.compile("{page_year}")
        self._parts = {part: int(month) for part, month in rulebook.meanings("time_year_parts").items()}
        self._feasts = {feast: int(month) for feast, month in rulebook.meanings("time_feast_months").items()}
        self._founded = {event: int(year) for event, year in rulebook.meanings("founding_years").items()}
        # The surest first.
        self._clues = (
            clue("page_this_year", _named),
            clue("page_event", _named),
            clue("page_event_today", _named),
            clue("page_event_of", _named),
            clue("page_event_this_year", _named),
            clue("page_event_ahead", _ahead),
            clue("page_report", _named),
            clue("page_passed", _after),
            clue("page_plan_year", _of_plan),
            clue("page_anniversary", self._of_anniversary),
            clue("page_opening_year", self._of_opening),
            clue("page_to_date", _named, _LATE),
            clue("page_season", self._of_season, range(1, 13)),
            clue("page_so_far", self._recent, range(1, 13)),
            clue("page_whole_year", _after, _EARLY),
            clue("page_headline", self._of_headline),
            clue("page_held", self._of_event),
            clue("page_begun", self._of_event),
            clue("page_announced", _named, _ORDERED),
            _Clue(rulebook.compile("{page_sentence}"), self._sole, matches=1),
        )
        # Most pages have few of these; they are looked for together.
        self._filter = Prefilter(clue.pattern for clue in self._clues)
        self._of_any_month = Prefilter(clue.pattern for clue in self._clues if clue.months is None)

    def __call__(self, text: str, month: int | None) -> int | None:
        """The latest year that the surest clue of the text tells, or None."""
        found = (self._of_any_month if month is None else self._filter).matching(text)
        for clue in self._clues:
            if clue.pattern in found and (clue.months is None or month in clue.months):
                years = list(self._years(clue, text, month))
                # 截至2012年底: what is known to the end of a year is told in a later one, save in its last month.
                over = (_number(match.groups["year"]) for match in self._over.finditer(text) if month != _LAST)
                if years and max(years) > max(over, default=0):
                    return max(years)
        return None

    def _years(self, clue: _Clue, text: str, month: int | None) -> Iterator[int]:
        for match in islice(clue.pattern.finditer(text), clue.matches):
            year = clue.year(text, match, month)
            if year is not None:
                yield year

    def _of_opening(self, text: str, match: Match, _month: int | None) -> int | None:
        return _number(match.groups["year"]) if "今年" in text else None

    def _of_anniversary(self, _text: str, match: Match, _month: int | None) -> int:
        return self._founded[match.groups["event"]] + int(folded(match.groups["years"]))

    def _of_season(self, _text: str, match: Match, month: int | None) -> int | None:
        near = month is not None and abs(month - self._feasts[match.groups["season"]]) <= 1
        return _number(match.groups["year"]) if near else None

    def _recent(self, _text: str, match: Match, month: int | None) -> int | None:
        """The year in which this month is, if numbers go as far as to it or to the months just before."""
        groups = match.groups
        last = self._parts.get(groups.get("part", "")) or int(groups.get("until_month") or groups["month"])
        if month is None or not (1 <= last <= 12 and (month - last) % 12 <= _RECENT):
            return None
        return _number(groups.get("until") or groups["year"]) + (last > month)

    def _of_headline(self, text: str, match: Match, month: int | None) -> int | None:
        # What a chapter of a report is called holds for all of it; other headlines of the first and the last months
        # tell as well of the year before and of the next.
        if "number" in match.groups:
            lead = text[match.end :]
        elif month is None or month in _MIDDLE:
            lead = text[match.end : match.end + _LEAD]
        else:
            return None
        told = "今年" in lead and not self._other.occurs(match.groups["line"])
        return _number(match.groups["year"]) if told else None

    def _of_event(self, text: str, match: Match, _month: int | None) -> int | None:
        told = self._relative.occurs(text[match.end : match.end + _LEAD])
        return _number(match.groups["year"]) if told else None

    def _sole(self, text: str, match: Match, _month: int | None) -> int | None:
        """The year that opens a sentence where the text knows no other, and tells nothing from today."""
        if self._relative.occurs(text):
            return None
        years = {_number(text[slice(*span)]) for span in self._year.spans(text)}
        return _number(match.groups["year"]) if len(years) == 1 else None


def _named(_text: str, match: Match, _month: int | None) -> int:
    return _number(next(iter(match.groups.values())))


def _ahead(_text: str, match: Match, month: int | None) -> int:
    """What is ahead in a month that is over is ahead in the next year."""
    ahead = int(folded(match.groups["month"]))
    return _number(match.groups["year"]) - (month is not None and ahead < month)


def _after(_text: str, match: Match, _month: int | None) -> int:
    return _number(next(iter(match.groups.values()))) + 1


def _of_plan(_text: str, match: Match, _month: int | None) -> int | None:
    years = plan_years(match.groups["plan"])
    return years and (years[0] if "opening" in match.groups else years[1])


def _number(year: str) -> int:
    return int(folded(year)[:4])
