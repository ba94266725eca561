"""Words of the calendar → the first and the last day that they mean.

Reads one expression (今年3月, 第二季度, 7月中旬) or one that goes from a moment to another (9月18日至19日). A year,
month or day that the words leave out is that of `today`, as far as it is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.normalize.calendar import Date, days_in_month, folded
from pipeline.rulebook import Rulebook, alternation

_GLOSS = re.compile(r"\(([^()]*)\)")
_DASH = re.compile("[-/至到、和与]")
_ISO_DAY = re.compile("([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{2}|[0-9])(?:[0-9]{1,2}:[0-9:]{2,5})?")
_UNITS = ("", "月", "日", "季度")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the calendar; `ends` where the words mean its end (年底)."""

    first: Date
    last: Date
    ends: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """What follows the year, with the year and month of the moment as far as they are known."""

    part: re.Match[str]
    year: int | None
    month: int | None


class Moments:
    """Reads moments. Raises `RulebookError` where the rules lack its word lists."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._years = _steps(rulebook, "time_years_on")
        self._months = _steps(rulebook, "time_months_on")
        self._days = _steps(rulebook, "time_days_on") | _steps(rulebook, "time_days_short")
        self._weeks = _steps(rulebook, "time_weeks_on")
        self._two_years = _steps(rulebook, "time_two_years")
        self._two_days = _steps(rulebook, "time_two_days")
        self._seasons = _steps(rulebook, "time_seasons")
        self._two_seasons = frozenset(map(folded, rulebook.words("time_two_seasons")))
        self._thirds = rulebook.meanings("time_month_parts")
        self._week = re.compile(f"({alternation(self._weeks)})([1-6日天末])?")
        of_day = alternation(map(folded, rulebook.words("time_of_day")))
        seasons = alternation(self._seasons)
        time = f"{of_day}?(?:[0-9]{{1,2}}(?::[0-9]{{2}}){{1,2}}|[0-9]{{1,2}}[时点](?:[0-9]{{1,2}}分|半|整)?)"
        self._clock = re.compile(f"{time}(?:-{time})?|{of_day}")
        self._year = re.compile(
            "(?P<number>[0-9]{4})(?:年度?的?|$|(?=[上下全]))|'?(?P<short>[0-9]{2})年(?=[0-9底末初]|$)"
            f"|(?P<word>{alternation(self._years)})度?的?|(?P<stem>[今去明])(?={seasons})"
        )
        full_day = "((?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日)"
        # 今天(8月1日)
        self._glossed_day = re.compile(rf"{alternation(_steps(rulebook, 'time_days_on'))}\({full_day}\)")
        of_month = f"(?:(?P<day>[0-9]{{1,2}})[日号]|(?P<third>{alternation(self._thirds)})|(?P<edge>[底末初]))"
        self._parts: tuple[tuple[re.Pattern[str], Callable[[_Words], Stretch | None]], ...] = (
            (re.compile(f"(?P<month>[0-9]{{1,2}}|元)月份?{of_month}?"), self._of_month),
            (re.compile(f"(?P<word>{alternation(self._months)}){of_month}?"), self._of_month),
            (re.compile(f"(?P<word>)月(?![0-9]){of_month}"), self._of_month),
            (re.compile("([0-9]{1,2})[日号]"), _day),
            (re.compile("[年岁]?([底末初中])|全?年"), _edge_of_year),
            (re.compile("第?([1-4]|首)个?季度?(末)?"), _quarter),
            (re.compile("前([1-4])个?季度(末)?"), _first_quarters),
            (re.compile("([上下])半年"), _half),
            (re.compile(f"({seasons})[季天]?"), self._of_season),
            (re.compile("[前头]([0-9]{1,2})个?月"), _first_months),
        )

    def read(self, words: str, today: Date) -> Stretch | None:
        """What folded words mean, or None where they mean nothing."""
        if match := _ISO_DAY.fullmatch(words):
            return _days(Date(int(match[1]), int(match[2]), int(match[3]), 3))
        words = self._glossed_day.sub(r"\1", words)
        glosses = [m[1] for m in _GLOSS.finditer(words)]
        words = _GLOSS.sub("", words)
        if words not in self._days:
            words = self._clock.sub("", words) or words
        if words in self._days:
            told = (self._moment(gloss, today) for gloss in glosses)
            return next((t for t in told if t and t.first.precision == 3), self._moment(words, today))
        if words in self._two_years:
            first = _on(today.year, self._two_years[words])
            return _days(Date(first), Date(_on(first, 1)))
        if words in self._two_days:
            day = today.moved(self._two_days[words])
            return _days(day, day.moved(1))
        if match := self._week.fullmatch(words):
            return _week(self._weeks[match[1]], match[2], today)
        if stretch := self._moment(words, today):
            return stretch
        if words in self._two_seasons:
            return self._range(words[:2], words[2:], today)
        for dash in _DASH.finditer(words):
            if stretch := self._range(words[: dash.start()], words[dash.end() :], today):
                return stretch
        return None

    def _range(self, left: str, right: str, today: Date) -> Stretch | None:
        """The left side may lack the unit (3-5月), the right side the year and the month (9月18日至19日)."""
        for unit in _UNITS:
            start = self._moment(left + unit, today)
            if not start or unit not in right.replace("号", "日"):
                continue
            own = self._year.match(right)
            told_from_today = (own or right in self._days) and right[0] in "今本去明昨后"
            end = self._moment(right, today if told_from_today else start.first)
            if not end or (unit and end.first.precision != start.first.precision):
                continue
            last = end.last
            if not own and last.precision > 1 and str(last) < str(start.first):
                # From December to March: of the next year.
                last = Date(_on(last.year, 1), last.month, last.day, last.precision)
            if last.year and start.first.year and last.year < start.first.year:
                return None
            return _days(start.first, last, end.ends)
        return None

    def _moment(self, words: str, today: Date) -> Stretch | None:
        """One expression that goes to no other: its year, where it has one, and what follows."""
        if words in self._days:
            return _days(today.moved(self._days[words]))
        year, month, rest = today.year, today.month, words
        if match := self._year.match(words):
            year, rest = self._year_of(match, today), words[match.end() :]
            if not rest and not match["stem"]:
                return _days(Date(year))
            month = month if year == today.year else None
        for pattern, read in self._parts:
            if part := pattern.fullmatch(rest):
                return read(_Words(part, year, month))
        return None

    def _year_of(self, match: re.Match[str], today: Date) -> int | None:
        if match["number"]:
            return int(match["number"])
        if match["short"]:
            return int(match["short"]) + (1900 if int(match["short"]) >= 50 else 2000)
        return _on(today.year, self._years[match["word"] or f"{match['stem']}年"])

    def _of_month(self, words: _Words) -> Stretch | None:
        part, year, month = words.part, words.year, words.month
        if "month" in part.re.groupindex:
            month = 1 if part["month"] == "元" else int(part["month"])
        elif month is not None:
            months = month - 1 + self._months.get(part["word"], 0)
            year, month = _on(year, months // 12), months % 12 + 1
        if part["day"]:
            return _days(Date(year, month, int(part["day"]), 3))
        if part["third"] and month in range(1, 13):
            first, last = map(int, self._thirds[part["third"]].split("-"))
            return _days(Date(year, month, first, 3), Date(year, month, min(last, days_in_month(year, month)), 3))
        return _days(Date(year, month, None, 2), ends=part["edge"] in ("底", "末"))

    def _of_season(self, words: _Words) -> Stretch | None:
        first = self._seasons[words.part[1]]
        return _months(words.year, first, first + 2)


def _day(words: _Words) -> Stretch | None:
    return _days(Date(words.year, words.month, int(words.part[1]), 3))


def _edge_of_year(words: _Words) -> Stretch | None:
    return _days(Date(words.year), ends=words.part[1] in ("底", "末"))


def _quarter(words: _Words) -> Stretch | None:
    quarter = 1 if words.part[1] == "首" else int(words.part[1])
    return _months(words.year, 3 * quarter - 2, 3 * quarter, ends=bool(words.part[2]))


def _first_quarters(words: _Words) -> Stretch | None:
    return _months(words.year, 1, 3 * int(words.part[1]), ends=bool(words.part[2]))


def _half(words: _Words) -> Stretch | None:
    return _months(words.year, *((1, 6) if words.part[1] == "上" else (7, 12)))


def _first_months(words: _Words) -> Stretch | None:
    months = int(words.part[1])
    return _months(words.year, 1, months) if 1 <= months <= 12 else None


def _months(year: int | None, first: int, last: int, *, ends: bool = False) -> Stretch | None:
    end = Date(_on(year, (last - 1) // 12), (last - 1) % 12 + 1, None, 2)
    return _days(Date(year, first, None, 2), end, ends)


def _week(weeks: int, day: str | None, today: Date) -> Stretch | None:
    weekday = today.weekday
    if weekday is None:
        return _days(Date(today.year, None, None, 3))
    monday = today.moved(7 * weeks - weekday)
    if day is None:
        return _days(monday, monday.moved(6))
    if day == "末":
        return _days(monday.moved(5), monday.moved(6))
    return _days(monday.moved(6 if day in "日天" else int(day) - 1))


def _days(first: Date, last: Date | None = None, ends: bool = False) -> Stretch | None:
    last = last or first
    return Stretch(first, last, ends) if first.valid and last.valid else None


def _on(year: int | None, years: int) -> int | None:
    return None if year is None else year + years


def _steps(rulebook: Rulebook, name: str) -> dict[str, int]:
    return {folded(word): int(steps) for word, steps in rulebook.meanings(name).items()}
