"""What a quantity's own words say: comparator, number, unit, and the measure where they settle it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast, get_args

from pipeline.document import Comparator, Direction, Measure, Quantity
from pipeline.normalize.evidence import Evidence, Interpreter
from pipeline.normalize.numbers import parse_number
from pipeline.rule_files import RulebookError
from pipeline.rulebook import Rulebook

_MYRIADS = "万亿余多来 　"
_MAGNITUDES = "十百千" + _MYRIADS
_PARTS = {"百分之": (Decimal(1), "%"), "千分之": (Decimal(1), "‰"), "万分之": (Decimal(1), "‱")}


def quantity_interpreters(rulebook: Rulebook) -> dict[str, Interpreter]:
    """The normalizers of quantities, by the names that rules use. Raises `RulebookError` for a broken word list."""
    reader = _Reader(rulebook)
    return {
        "quantity": reader.quantity,
        "percent": reader.percent,
        "fraction": reader.fraction,
        "multiple": reader.multiple,
        "rank": reader.rank,
        "timed": reader.timed,
    }


class _Reader:
    """Named groups: `lead`, `trail` and, apart from the number, `bound` are words of approximation; `amount`, `low` and
    `high`, or the two `neighbours` in one are numerals.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._before = rulebook.meanings("approximators_before")
        self._after = rulebook.meanings("approximators_after")
        self._more = rulebook.words("more")
        self._unit_names = rulebook.meanings("unit_names")
        unknown = {*self._before.values(), *self._after.values()} - set(get_args(Comparator))
        if unknown:
            raise RulebookError(f"words approximators_before/approximators_after: no comparator {min(unknown)!r}")

    def quantity(self, evidence: Evidence) -> Quantity | None:
        """A number or a range with its unit; options: `unit`, `measure`, `comparator`, `approximated` (required)."""
        captures, options = evidence.captures, evidence.options
        unit = options.get("unit") or self._unit(captures.get("unit"))
        if per := captures.get("per"):
            unit = f"{unit}/{per}"
        measure = cast("Measure | None", options.get("measure") or ("multiple" if unit == "倍" else None))
        if "low" in captures or "neighbours" in captures:
            # 四五十 is 四 to 五十.
            pair = captures.get("neighbours", "")
            bounds = self._range(captures.get("low", pair[:1]), captures.get("high", pair[1:]))
            return bounds and Quantity("range", *bounds, unit=unit, measure=measure)
        number, more = self._number(captures.get("amount", "零"))
        if number is not None and "half" in captures:
            number += Decimal("0.5")
        if number is not None and "magnitude" in captures:
            number *= parse_number(captures["magnitude"]) or 1
        comparator = cast(Comparator, options.get("comparator") or self._comparator(captures, more))
        if number is None or (comparator == "=" and options.get("approximated") == "required"):
            return None
        direction: Direction | None = "down" if "sign" in captures else None
        return Quantity(comparator, number, unit=unit, measure=measure, direction=direction)

    def percent(self, evidence: Evidence) -> Quantity | None:
        """百分之五, and tenths: 六成 → 60 %, 六成五 → 65 %; ranges of both."""
        captures = evidence.captures
        if "low" in captures:
            bounds, scale = self._range(captures["low"], captures["high"]), 10 if "成" in evidence.text else 1
            return bounds and Quantity("range", bounds[0] * scale, bounds[1] * scale, unit="%")
        if "tenths" in captures:
            tenths = parse_number(captures["tenths"])
            half = (
                Decimal(5) if "成半" in evidence.text else parse_number(captures.get("hundredths", "零")) or Decimal(0)
            )
            more = any(f"成{word}" in evidence.text for word in self._more)
            if tenths is None:
                return None
            return Quantity(self._comparator(captures, more), tenths * 10 + half, unit="%")
        number = parse_number(captures["amount"])
        return None if number is None else Quantity(self._comparator(captures), number, unit=_PARTS[captures["per"]][1])

    def fraction(self, evidence: Evidence) -> Quantity | None:
        """三分之二 → 0.666667, 一半 → 0.5, 2.5∶1 → 2.5, without a unit; option `measure` where it is no share."""
        captures = evidence.captures
        numerator, denominator = Decimal(1), Decimal(2)
        if "half" not in captures:
            top, bottom = parse_number(captures["numerator"]), parse_number(captures["denominator"])
            if not top or not bottom:
                return None
            numerator, denominator = top, bottom
        part = round(numerator / denominator, 6).normalize()
        comparator = self._comparator(captures, "more" in captures)
        return Quantity(comparator, part, measure=cast(Measure, evidence.options.get("measure", "share")))

    def multiple(self, evidence: Evidence) -> Quantity | None:
        """3倍, and doubling: 翻番 and 翻一番 → 2, 翻两番 → 4."""
        captures = evidence.captures
        if "amount" in captures:
            number, more = self._number(captures["amount"])
            more = more or evidence.text.rstrip("".join(self._after)).endswith(tuple(f"倍{m}" for m in self._more))
            if number is None:
                return None
            return Quantity(self._comparator(captures, more), number, unit="倍", measure="multiple")
        times = parse_number(captures.get("doublings", "一"))
        if times is None:
            return None
        return Quantity(self._comparator(captures), 2**times, unit="倍", measure="multiple", direction="up")

    def rank(self, evidence: Evidence) -> Quantity | None:
        """第3位, 前三名 (option `comparator`), 首位 (option `rank`): the unit of every rank is 名."""
        number = parse_number(evidence.options.get("rank") or evidence.captures["rank"])
        comparator = cast(Comparator, evidence.options.get("comparator", "="))
        return None if number is None else Quantity(comparator, number, unit="名", measure="rank")

    def timed(self, evidence: Evidence) -> Quantity | None:
        """2分5秒30 → 125.3 秒."""
        captures = evidence.captures
        minutes, seconds = parse_number(captures["minutes"]), parse_number(captures["seconds"])
        part = parse_number("0." + captures.get("hundredths", "0"))
        if minutes is None or seconds is None or part is None:
            return None
        return Quantity("=", minutes * 60 + seconds + part, unit="秒")

    def _unit(self, written: str | None) -> str | None:
        return None if written is None else self._unit_names.get(written, written)

    def _number(self, written: str) -> tuple[Decimal | None, bool]:
        plain = written
        for word in self._more:
            plain = plain.replace(word, "")
        return parse_number(plain), plain != written

    def _range(self, low: str, high: str) -> tuple[Decimal, Decimal] | None:
        bottom, top = self._number(low)[0], self._number(high)[0]
        if bottom is None or top is None:
            return None
        # 3-5万 means 3万 to 5万, 三十到五十亿 means 三十亿 to 五十亿.
        for shared in (_MAGNITUDES, _MYRIADS):
            bare_top = parse_number(high.rstrip(shared))
            if bare_top and low.strip()[-1] not in shared and bottom < bare_top:
                bottom *= top / bare_top
                break
        return (bottom, top) if bottom < top else None

    def _comparator(self, captures: Mapping[str, str], more: bool = False) -> Comparator:
        before = self._before.get(captures.get("lead", "").strip())
        after = self._after.get(captures.get("trail", "").removeprefix("（含）").removeprefix("(含)"))
        return cast(Comparator, before or after or (">" if more else self._before.get(captures.get("bound", ""), "=")))
