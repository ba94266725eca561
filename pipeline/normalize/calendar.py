"""Partial dates: what a text says of the calendar, and nothing beyond it.

A date is ISO 8601 at the precision written; `XXXX` and `XX` stand for what is not known.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass

_ISO = re.compile("([0-9]{4}|XXXX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?")
_DASHES = re.compile("[-‐‑‒–—―−~～﹣]+")
# 二0一0年, 二OO九年: typed as a digit or a letter
_YEAR = re.compile("[一二][〇○零O0一二三四五六七八九]{3}(?=年)")
_ZEROS = str.maketrans("O0", "〇〇")
_NUMERAL = re.compile("[〇○零一二两三四五六七八九十百千]+")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_PLAN = re.compile("第(十?[一二三四五六七八九]|十)个五年|(十?[一二三四五六七八九]|十)五")
_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Date:
    """A year, a month of it, or a day of that month; None is unknown.

    `precision` tells how much of it the text names: 1 the year, 2 the month, 3 the day.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    precision: int = 1

    def __str__(self) -> str:
        year = "XXXX" if self.year is None else f"{self.year:04}"
        month = "XX" if self.month is None else f"{self.month:02}"
        day = "XX" if self.day is None else f"{self.day:02}"
        return "-".join((year, month, day)[: self.precision])

    @property
    def valid(self) -> bool:
        """Whether the calendar has it, in some year where the year is not known."""
        if self.year is not None and not 1000 <= self.year <= 2999:
            return False
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        return self.day is None or 1 <= self.day <= days_in_month(self.year, self.month)

    @property
    def weekday(self) -> int | None:
        """0 for a Monday, where the day is known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return dt.date(self.year, self.month, self.day).weekday()

    def moved(self, days: int) -> Date:
        """So many days later; a day whose date is not known stays unknown, save as the same day."""
        if days == 0 and self.day is not None:
            return self
        if self.day is None or self.month is None:
            return Date(self.year, None, None, 3)
        # 2001 lends its calendar to a year that is not known.
        day = dt.date(self.year or 2001, self.month, self.day) + dt.timedelta(days)
        return Date(day.year if self.year is not None else None, day.month, day.day, 3)


def read_date(text: str | None) -> Date | None:
    """The date of an ISO text, or None where the text is none."""
    match = _ISO.fullmatch(text or "")
    if not match:
        return None
    year, month, day = (int(p) if p and not p.startswith("X") else None for p in match.groups())
    date = Date(year, month, day, sum(p is not None for p in match.groups()))
    return date if date.valid else None


def days_in_month(year: int | None, month: int | None) -> int:
    """How many days a month has; the most it can have where year or month is not known."""
    return 31 if month is None else monthrange(2000 if year is None else year, month)[1]


def plan_years(text: str) -> tuple[int, int] | None:
    """The first and the last year of a five-year plan (“十四五”), or None where the text names none.

    The first plan began in 1953, and three years lay between the second and the third.
    """
    match = _PLAN.search("".join(text.split()))
    if not match:
        return None
    number = int(_NUMERAL.sub(_arabic, match[1] or match[2]))
    first = 1953 + 5 * (number - 1) + (3 if number > 2 else 0)
    return first, first + 4


def folded(text: str) -> str:
    """One writing for all: half width, no white space, `-` for every dash, digits for Chinese numerals."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    text = _DASHES.sub("-", text)
    text = _YEAR.sub(lambda year: year[0].translate(_ZEROS), text)
    return _NUMERAL.sub(_arabic, text)


def _arabic(match: re.Match[str]) -> str:
    numeral = match[0]
    if not any(c in _UNITS for c in numeral):
        return "".join(str(_DIGITS[c]) for c in numeral)
    total = pending = 0
    for c in numeral:
        if c in _UNITS:
            total += (pending or 1) * _UNITS[c]
            pending = 0
        else:
            pending = _DIGITS[c]
    return str(total + pending)
