"""A run's records as pandas tables.

    from pipeline import load

    run = load("data/out")
    run.targets.groupby("unit")["value"].sum()

Columns of every table, in this order: `id` (what other columns refer to), `kind`, `doc` (the raw file), `article`
(its number within the file, from 0), `article_title`, `start`, `end` (code points of the raw file, half-open), `text`
(the mention), `sentence` (the evidence), `source` (the rule's id, or the model's name). Then, by table:

- `targets` and `figures`: `op` (=, >, >=, <, <=, ~, range), `value` (magnitude multiplied out; the lower end of a
  range), `value_max` (its upper end), `unit`, `measure` (level, change, rate, share, rank, multiple), `direction` (up,
  down), `indicator` (what is measured), `subject` (whose it is), `baseline` (the number it is measured from), `horizon`
  (the `id` of a row of `horizons`);
- `organizations`: `name` (the full form within its document), `type`;
- `people`: `name`, `post` (as written), `organization` (the body it belongs to);
- `horizons`: `type`, `duration_min` and `duration_max` (ISO 8601, such as P3Y), `start_date` and `end_date` (ISO 8601
  at the precision written, X for what is unknown), `approximate`, and, made from the dates, `first_day` and `last_day`:
  the first day of `start_date` and the last of `end_date`, NaT where one is missing or holds an X;
- `documents`: `name` (the full title without 《》).

Types hold for empty tables too: texts and ids are `str`, `article`, `start` and `end` `Int64`, `value`, `value_max` and
`baseline` `float64`, `approximate` `bool`, `first_day` and `last_day` `datetime64[s]`. What is missing is missing for
`isna()`, never an empty text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path

import pandas as pd

from pipeline.records import (
    DocumentRecord,
    HorizonRecord,
    OrganizationRecord,
    PersonRecord,
    QuantityRecord,
    Record,
    read_records,
)

_SHARED = ("id", "kind", "doc", "article", "article_title", "start", "end", "text", "sentence", "source")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_DTYPES = {
    **dict.fromkeys(("article", "start", "end"), "Int64"),
    **dict.fromkeys(("value", "value_max", "baseline"), "float64"),
    "approximate": "bool",
}


@dataclass(frozen=True)
class Run:
    """One table for each kind of record, rows in the file's order; `records` has all kinds, with the shared columns."""

    records: pd.DataFrame
    targets: pd.DataFrame
    figures: pd.DataFrame
    organizations: pd.DataFrame
    people: pd.DataFrame
    horizons: pd.DataFrame
    documents: pd.DataFrame


def load(path: str | PathLike[str]) -> Run:
    """Reads a run's folder, or its `records.jsonl`.

    Raises `pipeline.records.ContractError`, a `ValueError`, that names file and line where the file cannot be read or a
    line is no record.
    """
    found = read_records(Path(path))
    return Run(
        records=_table(found, _SHARED),
        targets=_table((r for r in found if r.kind == "target"), QuantityRecord.model_fields),
        figures=_table((r for r in found if r.kind == "figure"), QuantityRecord.model_fields),
        organizations=_table((r for r in found if r.kind == "organization"), OrganizationRecord.model_fields),
        people=_table((r for r in found if r.kind == "person"), PersonRecord.model_fields),
        horizons=_with_days(_table((r for r in found if r.kind == "horizon"), HorizonRecord.model_fields)),
        documents=_table((r for r in found if r.kind == "document"), DocumentRecord.model_fields),
    )


def _table(records: Iterable[Record], columns: Iterable[str]) -> pd.DataFrame:
    rows = list(records)
    return pd.DataFrame(
        {name: pd.Series([getattr(row, name) for row in rows], dtype=_DTYPES.get(name, "str")) for name in columns}
    )


def _with_days(horizons: pd.DataFrame) -> pd.DataFrame:
    for column, written, last in (("first_day", "start_date", False), ("last_day", "end_date", True)):
        horizons[column] = pd.Series([_day(text, last) for text in horizons[written]], dtype="datetime64[s]")
    return horizons


def _day(written: object, last: bool) -> date | None:
    """The first or last day of a year, month or day; None where it is not known."""
    if not isinstance(written, str) or not _DATE.fullmatch(written):
        return None
    year, month, day = [int(part) for part in written.split("-")] + [0] * (2 - written.count("-"))
    try:
        month = month or (12 if last else 1)
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:
        return None
