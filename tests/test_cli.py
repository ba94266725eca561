"""The command, end to end: what goes wrong is one line and an exit code, and the same input gives the same bytes."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import pipeline as package
from pipeline.cli import app
from pipeline.cli.console import Kind
from pipeline.records import KINDS, record_schema

ROOT = Path(__file__).parents[1]
TEXT = "云岭市财政局印发《云岭市学校建设方案》，将于2025年新建学校12所。"


@pytest.fixture
def zhengce(pipeline, monkeypatch):
    """Runs the command in this process, with the model that is loaded already."""
    load = __import__("pipeline.stages").stages.load_ner
    monkeypatch.setattr("pipeline.stages.load_ner", lambda model: pipeline.ner if model is None else load(model))
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "good.txt").write_text(TEXT, "utf-8")
    return folder


def is_one_error(result, *causes):
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    assert all(str(cause) in result.stderr for cause in causes)
    return True


def test_a_run_prints_its_counts(zhengce, raw, tmp_path):
    result = zhengce("run", raw, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith(f"1 file → {tmp_path / 'out' / 'records.jsonl'}\n")
    records = (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()
    last = [line for line in result.stdout.splitlines() if "all" in line]
    assert [word for word in last[0].split() if word.isdigit()] == [str(len(records))]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary file"),
        (b"\xff\xfe\x00", "not valid utf-16"),
        (bytes(range(128, 256)) * 3, "encoding"),
    ],
)
def test_a_bad_file_is_named_and_the_others_are_processed(zhengce, raw, tmp_path, content, cause):
    (raw / "bad.txt").write_bytes(content)
    result = zhengce("run", raw, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {raw / 'bad.txt'}: ")
    assert cause in result.stderr
    assert result.stderr.count("\n") == 1
    docs = {json.loads(line)["doc"] for line in (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()}
    assert docs == {"good.txt"}
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["records.jsonl", "run.json"]


def test_a_file_that_a_stage_fails_on_is_named_and_the_others_are_processed(zhengce, raw, tmp_path, monkeypatch):
    class Relater:
        def __init__(self, *arguments):
            pass

        def __call__(self, document):
            if document.name == "bad.txt":
                raise RuntimeError("no luck")

    monkeypatch.setattr("pipeline.stages.Relater", Relater)
    (raw / "good.txt").write_text("好。", "utf-8")
    (raw / "bad.txt").write_text(TEXT, "utf-8")
    result = zhengce("run", raw, "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (1, "error: bad.txt: relate: RuntimeError: no luck\n")
    result = zhengce("explain", raw / "bad.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"error: {raw / 'bad.txt'}: relate: RuntimeError: no luck\n"


def test_an_input_that_is_not_there_stops_the_run(zhengce, raw, tmp_path):
    assert is_one_error(
        zhengce("run", raw, tmp_path / "no", "--out", tmp_path / "out"), tmp_path / "no", "no such file"
    )
    assert not (tmp_path / "out").exists()


def test_a_folder_without_articles_stops_the_run(zhengce, tmp_path):
    assert is_one_error(zhengce("run", tmp_path, "--out", tmp_path / "out"), tmp_path)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("verb", ["run", "explain", "check", "list"])
def test_a_broken_rule_file_stops_every_command(zhengce, raw, tmp_path, verb):
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "mine.yaml").write_text("rules:\n  - id: mine.one\n", "utf-8")
    arguments = {
        "run": ("run", raw, "--out", tmp_path / "out"),
        "explain": ("explain", raw / "good.txt"),
        "check": ("rules", "check"),
        "list": ("rules", "list"),
    }
    assert is_one_error(zhengce(*arguments[verb], "--rules", rules), rules / "mine.yaml", "rules.0.")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [{}, {"config.json": "{}"}, {"config.json": "{", "model.pt": ""}])
@pytest.mark.parametrize("verb", ["run", "explain"])
def test_a_folder_that_is_no_model_is_refused(zhengce, raw, tmp_path, verb, content):
    model = tmp_path / "model"
    model.mkdir()
    for name, text in content.items():
        (model / name).write_text(text, "utf-8")
    arguments = {"run": ("run", raw, "--out", tmp_path / "out"), "explain": ("explain", raw / "good.txt")}
    assert is_one_error(zhengce(*arguments[verb], "--model", model), model)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("verb", ["run", "explain"])
def test_a_broken_gazetteer_stops_every_command(zhengce, raw, tmp_path, verb):
    names = tmp_path / "names.csv"
    names.write_text("name,type\n启明,firm\n", "utf-8")
    arguments = {"run": ("run", raw, "--out", tmp_path / "out"), "explain": ("explain", raw / "good.txt")}
    assert is_one_error(zhengce(*arguments[verb], "--gazetteer", names), f"{names}:2: 'firm' is no type")
    assert not (tmp_path / "out").exists()


def test_a_run_finds_the_names_of_a_gazetteer_and_says_which_it_used(zhengce, tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("由青禾驿站办负责。\n", "utf-8")
    names = tmp_path / "names.csv"
    names.write_text("name,type,aliases\n青禾驿站建设办公室,government,青禾驿站办\n", "utf-8")
    assert zhengce("run", tmp_path / "raw", "--out", tmp_path / "out", "--gazetteer", names).exit_code == 0
    records = [json.loads(line) for line in (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()]
    assert [(r["text"], r["name"], r["source"]) for r in records] == [
        ("青禾驿站办", "青禾驿站建设办公室", "organizations.gazetteer")
    ]
    used = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["gazetteer"]
    assert used == {"name": "names.csv", "sha256": hashlib.sha256(names.read_bytes()).hexdigest()}
    (explained,) = (
        line
        for line in zhengce("explain", tmp_path / "raw" / "a.txt", "--gazetteer", names).stdout.splitlines()
        if "gazetteer" in line
    )
    assert "A name of the user's gazetteer" in explained


def test_every_kind_of_record_can_be_asked_for():
    assert {kind.value for kind in Kind} == set(KINDS)


@pytest.mark.parametrize("kinds", [("target", "figure", "horizon"), ("document",), ("person", "horizon")])
def test_a_run_for_some_kinds_finds_what_a_run_for_all_finds_of_them(zhengce, tmp_path, kinds):
    """Only the fields that hold a body's name may differ, and only where no names are looked for."""
    wanted = [option for kind in kinds for option in ("--kind", kind)]
    assert zhengce("run", ROOT / "data" / "raw", "--out", tmp_path / "some", *wanted).exit_code == 0
    assert zhengce("run", ROOT / "data" / "raw", "--out", tmp_path / "all").exit_code == 0
    some, every = (
        [json.loads(line) for line in (tmp_path / name / "records.jsonl").read_text("utf-8").splitlines()]
        for name in ("some", "all")
    )
    named = "person" in kinds
    varying = set() if named else {"subject", "indicator"}
    bare = [{field: value for field, value in r.items() if field not in varying} for r in every if r["kind"] in kinds]
    assert bare == [{field: value for field, value in r.items() if field not in varying} for r in some]
    manifest = json.loads((tmp_path / "some" / "run.json").read_text("utf-8"))
    assert manifest["kinds"] == sorted(kinds)
    assert (manifest["model"] is not None) == named
    assert named or all(record.get("subject") is None for record in some)


@pytest.mark.parametrize("out", ["file", "file/below"])
def test_an_output_that_cannot_be_written_is_named(zhengce, raw, tmp_path, out):
    (tmp_path / "file").write_text("kept", "utf-8")
    assert is_one_error(zhengce("run", raw, "--out", tmp_path / out), tmp_path / out)
    assert (tmp_path / "file").read_text("utf-8") == "kept"


def test_a_date_that_is_none_is_refused(zhengce, raw, tmp_path):
    assert is_one_error(zhengce("run", raw, "--out", tmp_path / "out", "--published", "last year"), "'last year'")


def test_the_order_of_the_inputs_does_not_matter(zhengce, raw, tmp_path):
    files = [raw / "good.txt", raw / "a.txt", raw / "b.txt"]
    for file in files[1:]:
        file.write_text(TEXT * 2, "utf-8")
    outputs = []
    for name, inputs in (("one", files), ("two", files[::-1]), ("three", [raw])):
        assert zhengce("run", *inputs, "--out", tmp_path / name).exit_code == 0
        outputs.append([(tmp_path / name / file).read_bytes() for file in ("records.jsonl", "run.json")])
    assert outputs[0] == outputs[1] == outputs[2]
    assert zhengce("diff", tmp_path / "one", tmp_path / "two").exit_code == 0


def test_another_process_with_another_hash_seed_gives_the_same_bytes(zhengce, raw, tmp_path):
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    command = [sys.executable, "-m", "pipeline.cli", "run", str(raw), "--out", str(tmp_path / "other")]
    done = subprocess.run(  # noqa: S603 - this very interpreter
        command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert zhengce("run", raw, "--out", tmp_path / "this").exit_code == 0
    for file in ("records.jsonl", "run.json"):
        assert (tmp_path / "other" / file).read_bytes() == (tmp_path / "this" / file).read_bytes()


MINE = """
rules:
  - id: mine.title
    kind: document
    description: A paper in corner brackets.
    pattern: "「[^「」]{1,80}」"
    normalizer: title
    positive: [印发⟦「云岭方案」⟧。]
    negative: [印发了方案。]
"""


def test_the_rules_examples_are_checked(zhengce, tmp_path):
    (tmp_path / "mine.yaml").write_text(MINE, "utf-8")
    result = zhengce("rules", "check", "--rules", tmp_path)
    assert result.exit_code == 0, result.stdout
    assert result.stdout.endswith(" examples, all hold\n")
    (tmp_path / "mine.yaml").write_text(MINE.replace("印发了方案", "印发「青石方案」"), "utf-8")
    result = zhengce("rules", "check", "--rules", tmp_path)
    assert result.exit_code == 1
    assert (
        f"""{tmp_path / "mine.yaml"}: mine.title
  example:  印发「青石方案」。
  expected: nothing
  got:      印发⟦「青石方案」⟧。
"""
        in result.stdout
    )
    assert result.stdout.endswith(" examples, 1 fail\n")


def test_the_rules_are_listed(zhengce, tmp_path):
    (tmp_path / "mine.yaml").write_text(MINE, "utf-8")
    result = zhengce("rules", "list", "--rules", tmp_path)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "mine.title\tdocument\tstable\tA paper in corner brackets."
    assert all(line.count("\t") == 3 for line in result.stdout.splitlines())


def test_the_committed_schema_is_the_one_of_the_code(zhengce):
    printed = zhengce("schema").stdout
    assert json.loads(printed) == record_schema()
    assert printed == (ROOT / "records.schema.json").read_text("utf-8"), "run: zhengce schema > records.schema.json"


def test_the_schema_accepts_what_a_run_writes(zhengce, raw, tmp_path):
    validator = Draft202012Validator(record_schema())
    zhengce("run", raw, "--out", tmp_path / "out")
    written = [json.loads(line) for line in (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()]
    assert written
    for record in written:
        assert list(validator.iter_errors(record)) == []
        assert list(validator.iter_errors({**record, "more": 1}))


@pytest.mark.parametrize(
    ("content", "cause"),
    [("云\tO\n岭O\n", ":2: not 'character<TAB>tag'"), ("云岭\tO\n", ":1: not"), (None, "No such file")],
)
def test_a_corpus_that_is_none_is_refused(zhengce, tmp_path, monkeypatch, content, cause):
    monkeypatch.setattr("pipeline.cli.train.find_spec", lambda name: name)
    corpus = tmp_path / "train.tsv"
    if content is not None:
        corpus.write_text(content, "utf-8")
    result = zhengce("train", "names", corpus, "--dev", corpus, "--out", tmp_path / "model")
    assert is_one_error(result, corpus, cause)
    assert not (tmp_path / "model").exists()


def test_training_gets_what_the_command_says(zhengce, tmp_path, monkeypatch):
    calls = []

    def train(training, development, out, **options):
        calls.append((training, development, out, options))
        return {"test": {"all": {"precision": 90.0, "recall": 80.0, "f1": 84.7, "gold": 5}}}

    monkeypatch.setattr("pipeline.training.names.train", train)
    monkeypatch.setattr("pipeline.cli.train.find_spec", lambda name: name)
    result = zhengce(
        *("train", "names", "a.tsv", "b.tsv", "--dev", "d.tsv", "--test", "test.tsv", "--text", "x.txt", "--out", "m"),
        *("--epochs", "3", "--seed", "5", "--without", "w", "--generated", "40", "--damage", "0.1"),
    )
    options = {
        "tests": [Path("test.tsv")],
        "texts": [Path("x.txt")],
        "without": [Path("w")],
        "generated": 40,
        "damage": 0.1,
        "start": None,
        "epochs": 3,
        "seed": 5,
    }
    assert calls == [([Path("a.tsv"), Path("b.tsv")], [Path("d.tsv")], Path("m"), options)]
    assert result.stdout == "test all: precision 90.00 recall 80.00 f1 84.70\n"


def test_training_without_gensim_says_what_to_install(zhengce, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.cli.train.find_spec", lambda name: None)
    assert is_one_error(
        zhengce("train", "names", "a.tsv", "--dev", "d.tsv", "--out", tmp_path), "pip install 'zhengce[train]'"
    )


def test_labelling_without_its_teacher_says_what_to_install(zhengce, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.cli.train.find_spec", lambda name: None)
    assert is_one_error(
        zhengce("train", "labels", "a.txt", "--out", tmp_path / "out.tsv"), "pip install 'zhengce[teacher]'"
    )


def test_labelling_tells_how_many_names_there_are(zhengce, tmp_path, monkeypatch):
    calls = []

    def write_labels(sources, out, rulebook, model):
        calls.append((sources, out, model))
        return {"PER": 2, "ORG": 5}

    monkeypatch.setattr("pipeline.training.agreement.write_labels", write_labels)
    monkeypatch.setattr("pipeline.cli.train.find_spec", lambda name: name)
    result = zhengce("train", "labels", "a.jsonl", "b.tsv", "--model", "step-1", "--out", "agreed.tsv")
    assert calls == [([Path("a.jsonl"), Path("b.tsv")], Path("agreed.tsv"), Path("step-1"))]
    assert result.stdout == "ORG 5 PER 2\n"


def verbs():
    lines = (
        "run",
        "diff",
        "explain",
        "rules",
        "rules check",
        "rules list",
        "schema",
        "train",
        "train names",
        "train labels",
        "train layout",
    )
    return [[], *map(str.split, lines)]


@pytest.mark.parametrize("verb", verbs(), ids=" ".join)
def test_every_verb_has_help(verb):
    result = CliRunner().invoke(app, [*verb, "--help"])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 5
    if verb and verb not in (["rules"], ["schema"], ["rules", "list"], ["train"]):
        assert "Example" in result.stdout
        assert "Exit code: 0" in result.stdout


@pytest.mark.parametrize(
    "arguments", [["run"], ["run", "a.txt"], ["explain", "a.txt", "--kind", "place"], ["diff", "a"], ["fly"]]
)
def test_a_command_that_is_none_exits_with_2(arguments):
    assert CliRunner().invoke(app, arguments).exit_code == 2


def test_the_version_is_printed():
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"zhengce {package.__version__}\n")


def test_help_loads_nothing_heavy():
    code = (
        "import sys; sys.argv = ['zhengce', '--help']; from pipeline.cli import main\n"
        "try: main()\nexcept SystemExit: print([m for m in ('torch', 'hanlp', 'spacy', 'pandas', 'pydantic', 're2') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.splitlines()[-1] == "[]"
