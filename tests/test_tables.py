"""The analysts' door: tables with exact types, or an error that names the line."""

import json
import subprocess
import sys

import pandas as pd
import pytest
from pydantic import TypeAdapter

import pipeline
from pipeline import load
from pipeline.records import ContractError, Record

SHARED = {
    "doc": "001",
    "article": 0,
    "article_title": None,
    "start": 3,
    "end": 5,
    "text": "001",
    "sentence": "编号001。",
    "source": "mine.rule",
}
QUANTITY = {
    "op": ">=",
    "value": 10600000000,
    "value_max": None,
    "unit": "元",
    "measure": "level",
    "direction": None,
    "indicator": None,
    "subject": None,
    "baseline": None,
    "horizon": "h1",
}
HORIZON = {
    "type": "period",
    "duration_min": None,
    "duration_max": None,
    "start_date": None,
    "end_date": None,
    "approximate": False,
}
RECORDS = [
    {**SHARED, **QUANTITY, "id": "001", "kind": "target"},
    {**SHARED, **QUANTITY, "id": "f1", "kind": "figure", "op": "range", "value": 0.5, "value_max": 2, "horizon": None},
    {**SHARED, "id": "o1", "kind": "organization", "name": "云岭市财政局", "type": "government", "article_title": "题"},
    {**SHARED, "id": "p1", "kind": "person", "name": "李青", "post": None, "organization": None},
    {**SHARED, **HORIZON, "id": "h1", "kind": "horizon", "start_date": "2024", "end_date": "2024"},
    {**SHARED, "id": "d1", "kind": "document", "name": "007"},
]
TABLES = {
    "target": "targets",
    "figure": "figures",
    "organization": "organizations",
    "person": "people",
    "horizon": "horizons",
    "document": "documents",
}


def lines(records):
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)


@pytest.fixture
def write(tmp_path):
    def written(content):
        (tmp_path / "records.jsonl").write_text(content, "utf-8")
        return tmp_path

    return written


def all_dtypes(run):
    return {name: table.dtypes.astype(str).to_dict() for name, table in vars(run).items()}


def test_a_run_is_loaded_by_its_folder_or_its_file(write):
    folder = write(lines(RECORDS))
    for path in (folder, str(folder), folder / "records.jsonl"):
        run = load(path)
        assert {name: list(table["id"]) for name, table in vars(run).items()} == {
            "records": ["001", "f1", "o1", "p1", "h1", "d1"],
            "targets": ["001"],
            "figures": ["f1"],
            "organizations": ["o1"],
            "people": ["p1"],
            "horizons": ["h1"],
            "documents": ["d1"],
        }


def test_types_are_exact_and_the_same_for_an_empty_run(write):
    full = all_dtypes(load(write(lines(RECORDS))))
    assert all_dtypes(load(write(""))) == full
    text = dict.fromkeys(("id", "kind", "doc", "article_title", "text", "sentence", "source"), "str")
    shared = {**text, "article": "Int64", "start": "Int64", "end": "Int64"}
    quantity = dict.fromkeys(("op", "unit", "measure", "direction", "indicator", "subject", "horizon"), "str")
    quantity |= dict.fromkeys(("value", "value_max", "baseline"), "float64")
    dates = dict.fromkeys(("type", "duration_min", "duration_max", "start_date", "end_date"), "str")
    assert full == {
        "records": shared,
        "targets": shared | quantity,
        "figures": shared | quantity,
        "organizations": {**shared, "name": "str", "type": "str"},
        "people": {**shared, "name": "str", "post": "str", "organization": "str"},
        "horizons": shared
        | dates
        | dict.fromkeys(("first_day", "last_day"), "datetime64[s]")
        | {"approximate": "bool"},
        "documents": {**shared, "name": "str"},
    }


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_has_every_field_of_its_records_in_their_order(write, kind):
    record = next(r for r in RECORDS if r["kind"] == kind)
    fields = TypeAdapter(Record).validate_python(record).model_dump()
    columns = list(getattr(load(write(lines(RECORDS))), TABLES[kind]).columns)
    assert [c for c in columns if c not in ("first_day", "last_day")] == list(fields)


def test_numerals_in_texts_stay_texts_and_what_is_missing_is_missing(write):
    run = load(write(lines(RECORDS)))
    target, figure = run.targets.iloc[0], run.figures.iloc[0]
    assert (target["id"], target["doc"], target["text"], run.documents["name"][0]) == ("001", "001", "001", "007")
    assert (target["value"], figure["value"], figure["value_max"]) == (10.6e9, 0.5, 2.0)
    missing = target[["article_title", "value_max", "direction", "indicator", "subject", "baseline"]]
    assert missing.isna().all()
    assert run.people[["post", "organization"]].isna().all(axis=None)
    assert run.organizations["article_title"][0] == "题"


def test_a_quantity_joins_its_horizon(write):
    run = load(write(lines(RECORDS)))
    joined = run.targets.merge(run.horizons, left_on="horizon", right_on="id", suffixes=("", "_horizon"))
    assert joined["last_day"][0] == pd.Timestamp("2024-12-31")


@pytest.mark.parametrize(
    ("start", "end", "first_day", "last_day"),
    [
        ("2024", "2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2025-11", "2023-02-01", "2025-11-30"),
        ("2024-09-07", "2024-09-07", "2024-09-07", "2024-09-07"),
        (None, "2025", None, "2025-12-31"),
        ("XXXX-01", "2024-XX", None, None),
        ("2024-13", "2024-02-30", None, None),
        ("0001", "9999", "0001-01-01", "9999-12-31"),
    ],
)
def test_dates_are_days_where_they_are_known(write, start, end, first_day, last_day):
    record = {**SHARED, **HORIZON, "id": "h1", "kind": "horizon", "start_date": start, "end_date": end}
    row = load(write(lines([record]))).horizons.iloc[0]
    days = [None if pd.isna(day) else str(day.date()) for day in (row["first_day"], row["last_day"])]
    assert days == [first_day, last_day]
    assert [None if pd.isna(d) else d for d in (row["start_date"], row["end_date"])] == [start, end]


GOOD = lines(RECORDS[2:3])


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (GOOD + "{\n", ":2: Invalid JSON"),
        (GOOD + "\n" + GOOD, ":2: Invalid JSON"),
        (GOOD + GOOD, ":2: id o1 is on line 1 already"),
        (GOOD + '{"kind": "place"}\n', ":2: Input tag 'place'"),
        (GOOD.replace('"start": 3', '"start": "3"'), ":1: start: Input should be a valid integer"),
        (GOOD.replace('"start": 3', '"start": -3'), ":1: start: Input should be greater than or equal to 0"),
        (GOOD.replace('"start": 3, ', ""), ":1: start: Field required"),
        (GOOD.replace('"start": 3', '"start": 3, "begin": 3'), ":1: begin: Extra inputs are not permitted"),
        (GOOD.replace('"government"', '"club"'), ":1: type: Input should be 'government'"),
        (GOOD.replace("云岭市", "\udce4"), ":1: Invalid JSON"),
    ],
)
def test_a_line_that_breaks_the_contract_is_named(tmp_path, content, cause):
    (tmp_path / "records.jsonl").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(ContractError) as refused:
        load(tmp_path)
    assert str(refused.value).startswith(f"{tmp_path / 'records.jsonl'}{cause}")


def test_a_run_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ContractError, match=r"records\.jsonl: No such file"):
        load(tmp_path)


def test_importing_the_package_imports_nothing_heavy():
    heavy = ("torch", "hanlp", "pandas", "spacy", "pydantic")
    code = f"import sys, pipeline; pipeline.__version__; print([m for m in {heavy} if m in sys.modules])"
    # The command is this very interpreter with a constant program.
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"


def test_the_package_names_what_it_offers():
    assert {name: getattr(pipeline, name) is not None for name in pipeline.__all__} == dict.fromkeys(
        pipeline.__all__, True
    )
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        pipeline.lode  # noqa: B018
