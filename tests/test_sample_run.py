"""The committed records of the sample articles are what the pipeline writes today.

A change of rules shows as a diff of `data/out`: run `make run`, read the diff, commit it.
"""

from pathlib import Path

import pytest

from pipeline.batch import run
from pipeline.records import parse_record

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    summary = run([DATA / "raw"], out)
    (note,) = summary.problems
    assert (note.doc, note.stage, note.fatal) == ("004_columns.txt", "clean", False)
    return (out / "records.jsonl").read_bytes()


def test_the_committed_records_have_not_drifted(fresh):
    assert fresh == (DATA / "out" / "records.jsonl").read_bytes()


def test_every_kind_comes_out(fresh):
    kinds = {parse_record(line).kind for line in fresh.splitlines()}
    assert kinds == {"organization", "person", "target", "figure", "horizon", "document"}


def test_every_source_is_a_rule_a_pass_or_the_model(fresh, pipeline):
    sources = {parse_record(line).source for line in fresh.splitlines()}
    assert sources <= {*pipeline.rulebook.descriptions, pipeline.ner.name}


def test_every_offset_points_into_its_raw_file(fresh):
    for record in map(parse_record, fresh.splitlines()):
        raw = (DATA / "raw" / record.doc).read_bytes().decode("utf-8")
        covered = "".join(raw[record.start : record.end].split())
        assert covered[0] == record.text[0] or covered[0] in ",:;()%"
        assert len(covered) >= len("".join(record.text.split()))
