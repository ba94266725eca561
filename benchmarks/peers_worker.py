"""Runs one peer over lines of text; needs nothing but the standard library and the peer.

`peers_quantities` starts it with the Python of the peers' environment: the peer's name is the argument, the texts come
as one line of JSON on standard input (for each text `lines` and `today`, an ISO date), the answer goes as one line of
JSON to standard output. For each further line of input all is read once more, and the processor seconds that took are
the answer.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import date, datetime, timedelta
from importlib import import_module
from importlib.metadata import version
from typing import Any

Reader = Callable[[str, date], Iterator[dict[str, Any]]]

_DAYS = {"year": 365.25, "season": 91.3, "month": 30.44, "week": 7, "day": 1, "workday": 1}
_DAYS |= {"hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}

_BOUNDS = {"blur+": ">", "blur-": "<", "blur": "~"}
_UNITS = {"Chinese yuan": "元", "United States dollar": "美元", "Euro": "欧元", "Square meter": "平方米", "Meter": "米"}
_UNITS |= {"Square kilometer": "平方公里", "Kilometer": "公里", "Mu": "亩", "Hectare": "公顷", "Metric ton": "吨"}
_UNITS |= {"Kilogram": "公斤", "Cubic meter": "立方米", "Year": "岁", "Ton": "吨"}


def jionlp() -> tuple[str, Reader]:
    ner = import_module("jionlp").ner

    def read(line: str, today: date) -> Iterator[dict[str, Any]]:
        for found in ner.extract_money(line, with_parsing=True):
            detail = found["detail"] or {"num": []}
            numbers, ranged = detail["num"], isinstance(detail["num"], list)
            bound = "range" if ranged else _BOUNDS.get(detail["definition"], "=")
            start, end = found["offset"]
            yield _number(start, end, numbers if ranged else [numbers], detail.get("case"), bound)
        base = {"year": today.year, "month": today.month, "day": today.day}
        for found in ner.extract_time(line, time_base=base):
            told, kind = found["detail"]["time"], found["type"]
            if kind == "time_delta":
                deltas = told if isinstance(told, list) else [told]
                days = [sum(_DAYS.get(unit, 0) * n for unit, n in delta.items()) for delta in deltas]
                yield _time(*found["offset"], days=days)
            elif kind == "time_period":
                yield _time(*found["offset"], recurring=True)
            else:
                yield _time(*found["offset"], ranges=[[None if "inf" in day else day[:10] for day in told]])

    return f"jionlp {version('jionlp')}", read


def recognizers() -> tuple[str, Reader]:
    culture = import_module("recognizers_text").Culture.Chinese
    number = import_module("recognizers_number").NumberRecognizer(culture)
    unit = import_module("recognizers_number_with_unit").NumberWithUnitRecognizer(culture)
    models = [number.get_number_model(), number.get_percentage_model(), number.get_ordinal_model()]
    models += [unit.get_currency_model(), unit.get_dimension_model(), unit.get_age_model()]
    dates = import_module("recognizers_date_time").DateTimeRecognizer(culture).get_datetime_model()

    def read(line: str, today: date) -> Iterator[dict[str, Any]]:
        for model in models:
            for found in model.parse(line):
                told = found.resolution or {}
                value = told.get("value") or ""
                named = "%" if value.endswith("%") else _UNITS.get(told.get("unit", ""), told.get("unit"))
                yield _number(found.start, found.end + 1, [value.rstrip("%")], named, "=")
        for found in dates.parse(line, datetime(today.year, today.month, today.day)):
            values = (found.resolution or {}).get("values") or []
            yield _time(
                found.start,
                found.end + 1,
                days=[
                    int(v["value"]) / 86400 for v in values if v["type"] == "duration" and v.get("value", "").isdigit()
                ],
                ranges=[_dates(v) for v in values if v["type"].startswith("date")],
                recurring=any(v["type"] == "set" for v in values),
            )

    def _dates(value: dict[str, str]) -> list[str | None]:
        if "value" in value:
            return [value["value"][:10]] * 2
        start, end = value.get("start"), value.get("end")
        # its ranges end before their end
        last = (datetime.fromisoformat(end[:10]) - timedelta(1)).date().isoformat() if end else None
        return [start[:10] if start else None, last]

    return f"recognizers-text-suite {version('recognizers-text-suite')}", read


def _number(start: int, end: int, numbers: list[str], unit: str | None, bound: str) -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "unit": unit,
        "bound": bound,
        "numbers": [float(n) for n in numbers if re.fullmatch(r"-?[0-9.]*[0-9](?:[eE]\+?[0-9]+)?", n)],
    }


def _time(start: int, end: int, **told: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "days": [], "ranges": [], "recurring": False, **told}


def main(peer: str) -> None:
    texts = json.loads(sys.stdin.readline())
    # peers greet on standard output
    with redirect_stdout(sys.stderr):
        name, read = {"jionlp": jionlp, "recognizers": recognizers}[peer]()

        def read_all() -> list[list[list[dict[str, Any]]]]:
            return [
                [list(read(line, date.fromisoformat(text["today"]))) if line.strip() else [] for line in text["lines"]]
                for text in texts
            ]

        answer = {"name": name, "readings": read_all()}
    print(json.dumps(answer), flush=True)
    for _ in sys.stdin:
        start = time.process_time()
        with redirect_stdout(sys.stderr):
            read_all()
        print(time.process_time() - start, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
