"""Words that say when or for how long → a `Horizon`.

The rules say which words; here they are read: `calendar` for all that lies on the calendar, `duration` for lengths of
time, `plan` for five-year plans, `era` for decades and centuries, and the constants `recurring` and `vague`. A rule's
option `type` is what the words around the mention decide (自2011年投用以来 is a `since`). A group `moment` is the part
of the mention that lies on the calendar (2012年 of 2012年汛期), an option `unit` what the mention shares with the next
(月 of 1 in 1、2月).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from pipeline.document import Horizon, HorizonType
from pipeline.normalize.calendar import Date, folded, plan_years, read_date
from pipeline.normalize.evidence import Evidence, Interpreter
from pipeline.normalize.moments import Moments
from pipeline.rulebook import Rulebook, alternation

_TYPES: Mapping[str, HorizonType] = {name: name for name in get_args(HorizonType)}


def horizon_interpreters(rulebook: Rulebook) -> dict[str, Interpreter]:
    """The normalizers of horizons, by the names that rules use."""
    return {
        "calendar": _Calendar(rulebook),
        "duration": _Duration(rulebook),
        "plan": _plan,
        "era": _Era(rulebook),
        "recurring": lambda _: Horizon("recurring"),
        "vague": lambda _: Horizon("vague"),
    }


class _Calendar:
    """Dates, with the words before and after them that make a deadline or a beginning of them."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._moments = Moments(rulebook)
        self._about = _words(rulebook, "time_about", "{}")
        self._until = _words(rulebook, "time_until", "^{}")
        self._ends: tuple[tuple[HorizonType, re.Pattern[str]], ...] = (
            ("since", _words(rulebook, "time_since", "-?{}$")),
            ("deadline", _words(rulebook, "time_before", "{}$")),
            ("period", _words(rulebook, "time_within", "{}$")),
        )

    def __call__(self, evidence: Evidence) -> Horizon | None:
        words = folded(evidence.captures.get("moment", evidence.text)) + evidence.options.get("unit", "")
        kind = _TYPES.get(evidence.options.get("type", ""))
        moment = self._about.sub("", words)
        approximate = moment != words
        if self._until.match(moment):
            kind, moment = kind or "deadline", self._until.sub("", moment)
        for meaning, pattern in self._ends:
            if pattern.search(moment):
                kind, moment = kind or meaning, pattern.sub("", moment)
                break
        moment = _FROM.sub("", moment)
        stretch = self._moments.read(moment, read_date(evidence.published) or Date())
        if stretch is None:
            return None
        first, last = str(stretch.first), str(stretch.last)
        if kind == "deadline" or (kind is None and stretch.ends):
            return Horizon("deadline", end_date=last, approximate=approximate)
        if kind == "since":
            return Horizon("since", start_date=first, approximate=approximate)
        one_day = first == last and stretch.first.precision == 3
        return Horizon("point" if one_day else "period", None, None, first, last, approximate)


# 起 of 8月1日起至12日 only tells that a day is the first.
_FROM = re.compile("起(?=[至到])")

# 两三年 is two to three years, and no numeral.
_NEIGHBOURS = re.compile("([一二三四五六七八])([二两三四五六七八九])(?=[年周天]|个月)|(两)(三)(?=[年周天]|个月)")

_YEARS_AND_MONTHS = re.compile("([0-9]{1,3})年又?([0-9]{1,3})个月")


class _Duration:
    """Lengths of time."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._units = rulebook.meanings("time_durations")
        self._halves = rulebook.meanings("time_half_durations")
        unit, more = alternation(self._units), alternation(rulebook.words("time_more"))
        number = r"[0-9]{1,4}(?:\.[0-9])?"
        self._lengths = re.compile(
            f"(?:(?P<low>{number})(?P<low_unit>{unit})?(?:[-至到]|以上[、,]?))?"
            f"(?:(?P<number>{number}){more}?(?P<unit>{unit})|(?P<half>{alternation(self._halves)}))"
        )
        self._about = _words(rulebook, "time_about", f"{{}}|{more}")

    def __call__(self, evidence: Evidence) -> Horizon | None:
        words = folded(_NEIGHBOURS.sub(lambda m: f"{m[1] or m[3]}至{m[2] or m[4]}", evidence.text))
        if match := _YEARS_AND_MONTHS.search(words):
            length = f"P{int(match[1])}Y{int(match[2])}M"
            return Horizon("duration", length, length, approximate=bool(self._about.search(words)))
        match = self._lengths.search(words)
        if not match:
            return None
        if match["half"]:
            low = high = self._halves[match["half"]]
        else:
            high = self._length(match["number"], match["unit"])
            low = self._length(match["low"], match["low_unit"] or match["unit"]) if match["low"] else high
            # 距今7000至5000年
            if (
                match["low"]
                and match["low_unit"] in (None, match["unit"])
                and float(match["low"]) > float(match["number"])
            ):
                low, high = high, low
        return Horizon("duration", low, high, approximate=bool(self._about.search(words)))

    def _length(self, number: str, unit: str) -> str:
        return self._units[unit].format(n=number.lstrip("0") or "0", quarters=3 * int(float(number)))


_PLAN_YEARS = re.compile("([前头后])([1-5])年$")


def _plan(evidence: Evidence) -> Horizon | None:
    plan = plan_years(evidence.text)
    if plan is None:
        return None
    first, last = plan
    if part := _PLAN_YEARS.search(folded(evidence.text)):
        years = int(part[2])
        first, last = (last - years + 1, last) if part[1] == "后" else (first, first + years - 1)
    match evidence.options.get("type"):
        case "deadline":
            return Horizon("deadline", end_date=str(last))
        case "since":
            return Horizon("since", start_date=str(first))
        case _:
            return Horizon("period", start_date=str(first), end_date=str(last))


_DECADE = re.compile("(?:([0-9]{2})世纪|(19|20))?([0-9]0)年代")
_CENTURY = re.compile("(?:([0-9]{2})|([^0-9到至])个?)?世纪(?:的?头([0-9]{1,2})年)?")
_OWN_CENTURY = 21
"""The century of an article whose date is not known: the one that plans reach into."""


class _Era:
    """Decades, centuries, and the middle and the end of a century."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._of_decade = rulebook.meanings("time_decade_parts")
        self._of_century = rulebook.meanings("time_century_parts")
        self._edges = rulebook.meanings("time_century_edges")
        self._centuries = {word: int(steps) for word, steps in rulebook.meanings("time_centuries_on").items()}

    def __call__(self, evidence: Evidence) -> Horizon | None:
        words = folded(evidence.text)
        if match := _DECADE.search(words):
            hundreds = int(match[1]) - 1 if match[1] else int(match[2] or 19)
            return self._years(100 * hundreds + int(match[3]), _part(self._of_decade, words) or "0-9")
        match = _CENTURY.search(words)
        if not match:
            return None
        published = read_date(evidence.published)
        today = published.year if published else None
        own = (today - 1) // 100 + 1 if today else None
        edge = _part(self._edges, words)
        if match[1]:
            century: int | None = int(match[1])
        elif own is None and edge:
            century = _OWN_CENTURY
        else:
            century = None if own is None else own + self._centuries.get(match[2] or "", 0)
        if century is None:
            return Horizon("period", start_date="XXXX", end_date="XXXX")
        if edge:
            return Horizon("deadline", end_date=str(100 * (century - 1) + int(edge)))
        years = f"1-{int(match[3])}" if match[3] else _part(self._of_century, words) or "1-100"
        return self._years(100 * (century - 1), years)

    def _years(self, base: int, years: str) -> Horizon:
        first, last = map(int, years.split("-"))
        return Horizon("period", start_date=str(base + first), end_date=str(base + last))


def _part(parts: Mapping[str, str], words: str) -> str | None:
    return next((meaning for part, meaning in parts.items() if part in words), None)


def _words(rulebook: Rulebook, name: str, pattern: str) -> re.Pattern[str]:
    words = map(folded, rulebook.words(name))
    return re.compile(pattern.format(alternation(words)))
