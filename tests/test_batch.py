"""A run over files and folders: nothing is lost, nothing half written."""

import json

import pytest

from pipeline.batch import InputError, find_sources, run
from pipeline.records import parse_record
from pipeline.settings import Settings

TEXT = "今年以来，云岭市新增企业30家。"


@pytest.fixture
def folder(tmp_path):
    raw = tmp_path / "raw"
    (raw / "sub").mkdir(parents=True)
    (raw / "b.txt").write_text(TEXT, "utf-8")
    (raw / "sub" / "a.txt").write_text(TEXT, "utf-8")
    (raw / "notes.md").write_text("no article", "utf-8")
    return raw


def records_of(out):
    return [parse_record(line) for line in (out / "records.jsonl").read_bytes().splitlines()]


def horizons(out):
    return {r.doc: r.start_date for r in records_of(out) if r.kind == "horizon"}


def test_documents_are_named_by_their_path_in_the_input_folder(folder):
    assert [s.name for s in find_sources([folder])] == ["b.txt", "sub/a.txt"]
    assert [s.name for s in find_sources([folder / "sub" / "a.txt"])] == ["a.txt"]


def test_a_file_given_twice_is_read_once(folder):
    assert [s.name for s in find_sources([folder / "b.txt", folder / "b.txt"])] == ["b.txt"]


def test_two_files_of_one_name_are_refused(folder):
    with pytest.raises(InputError, match=r"would both be 'b.txt'"):
        (folder / "sub" / "b.txt").write_text(TEXT, "utf-8")
        find_sources([folder / "b.txt", folder / "sub"])


@pytest.mark.parametrize(
    ("csv", "given", "expected"),
    [
        (None, None, {"b.txt": "XXXX", "sub/a.txt": "XXXX"}),
        (None, "2019", {"b.txt": "2019", "sub/a.txt": "2019"}),
        ("doc,published\nb.txt,2021\nsub/a.txt,2022-03-05\n", None, {"b.txt": "2021", "sub/a.txt": "2022"}),
        ("doc,published\nb.txt,\nsub/a.txt,2022\n", "2018", {"b.txt": "2018", "sub/a.txt": "2022"}),
        ("\ufeffdoc,published\r\nb.txt,2021\r\n", None, {"b.txt": "2021", "sub/a.txt": "XXXX"}),
    ],
)
def test_an_article_is_dated_by_articles_csv_then_by_the_run(folder, tmp_path, csv, given, expected):
    if csv:
        (folder / "articles.csv").write_text(csv, "utf-8", newline="")
    run([folder], tmp_path / "out", Settings(published=given))
    assert horizons(tmp_path / "out") == expected


def test_articles_csv_beside_a_file_in_a_subfolder_counts(folder, tmp_path):
    (folder / "sub" / "articles.csv").write_text("doc,published\na.txt,2017\n", "utf-8")
    run([folder], tmp_path / "out")
    assert horizons(tmp_path / "out")["sub/a.txt"] == "2017"


@pytest.mark.parametrize(
    ("csv", "cause"),
    [
        ("doc,published\nb.txt,last year\n", r"articles.csv:2: 'last year' is neither a year nor an ISO date"),
        ("file,date\nb.txt,2021\n", r"articles.csv:2: the columns must be doc and published"),
    ],
)
def test_a_broken_articles_csv_stops_the_run_before_it_writes(folder, tmp_path, csv, cause):
    (folder / "articles.csv").write_text(csv, "utf-8")
    with pytest.raises(InputError, match=cause):
        run([folder], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_bad_file_is_a_problem_and_the_others_are_processed(folder, tmp_path):
    (folder / "c.txt").write_bytes(b"\x00\x01\x02")
    (folder / "a.txt").write_bytes(b"")
    summary = run([folder], tmp_path / "out")
    assert summary.failed == 2
    assert [(p.doc, p.stage) for p in summary.problems] == [("a.txt", "read"), ("c.txt", "read")]
    assert all(str(folder / p.doc) in p.message for p in summary.problems)
    assert {r.doc for r in records_of(tmp_path / "out")} == {"b.txt", "sub/a.txt"}
    manifest = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert [d["doc"] for d in manifest["documents"]] == ["a.txt", "b.txt", "c.txt", "sub/a.txt"]
    assert [p["doc"] for p in manifest["problems"]] == ["a.txt", "c.txt"]


def test_a_run_that_breaks_off_leaves_the_old_records(folder, tmp_path):
    out = tmp_path / "out"
    run([folder], out)
    before = (out / "records.jsonl").read_bytes()

    def interrupt(source, total):
        if source.name == "sub/a.txt":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([folder], out, advance=interrupt)
    assert (out / "records.jsonl").read_bytes() == before
    assert sorted(p.name for p in out.iterdir()) == ["records.jsonl", "run.json"]


def test_records_are_sorted_and_do_not_depend_on_the_order_of_the_inputs(folder, tmp_path):
    files = [folder / "b.txt", folder / "sub" / "a.txt"]
    run(files, tmp_path / "one")
    run(files[::-1], tmp_path / "two")
    found = records_of(tmp_path / "one")
    assert (tmp_path / "one" / "records.jsonl").read_bytes() == (tmp_path / "two" / "records.jsonl").read_bytes()
    assert found == sorted(found, key=lambda r: (r.doc, r.start, r.end, r.kind))


def test_the_manifest_says_what_the_records_came_from(folder, tmp_path):
    run([folder], tmp_path / "out", Settings(published="2020"))
    manifest = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert {"schema_version", "versions", "model", "rules", "counts", "documents", "problems"} <= set(manifest)
    assert manifest["model"]["name"] == "zhengce-ner"
    assert len(manifest["model"]["sha256"]) == 64
    assert len(manifest["rules"]["sha256"]) == 64
    assert sum(manifest["counts"].values()) == len(records_of(tmp_path / "out"))
    assert manifest["documents"][0]["encoding"] == "utf-8"
