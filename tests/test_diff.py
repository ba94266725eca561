"""The reviewers' door: what a change of rules, model or text did to the mentions."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.diff import compare, compare_manifests
from pipeline.records import HorizonRecord, OrganizationRecord, QuantityRecord

SENTENCE = "到2025年，云岭市新建学校12所以上。"


def shared(id_, start, text, doc="a.txt", **fields):
    place = {"article": 0, "article_title": None, "start": start, "end": start + len(text), "text": text}
    return {"id": id_, "doc": doc, "sentence": SENTENCE, "source": "rules.one", **place, **fields}


def quantity(id_="q1", start=13, text="12所", kind="target", value=12, **fields):
    meaning = {"op": "=", "value_max": None, "unit": "所", "measure": "level", "direction": None}
    links = {"indicator": None, "subject": None, "baseline": None, "horizon": None}
    return QuantityRecord(**shared(id_, start, text), kind=kind, value=value, **{**meaning, **links}).model_copy(
        update=fields
    )


def organization(id_="o1", start=7, text="云岭市", **fields):
    return OrganizationRecord(**shared(id_, start, text), kind="organization", name=text, type="other").model_copy(
        update=fields
    )


def horizon(id_="h1", start=0, text="到2025年"):
    dates = {"duration_min": None, "duration_max": None, "start_date": None, "end_date": "2025", "approximate": False}
    return HorizonRecord(**shared(id_, start, text), kind="horizon", type="deadline", **dates)


def outline(difference):
    return {
        "added": [r.id for r in difference.added],
        "removed": [r.id for r in difference.removed],
        "changed": [(c.old.id, sorted(c.classes), dict(c.fields)) for c in difference.changed],
        "quiet": [(c.old.id, sorted(c.classes)) for c in difference.quiet],
    }


NOTHING = {"added": [], "removed": [], "changed": [], "quiet": []}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], {}),
        ([quantity()], [quantity()], {}),
        ([], [quantity()], {"added": ["q1"]}),
        ([quantity()], [], {"removed": ["q1"]}),
        ([quantity()], [quantity(op=">=")], {"changed": [("q1", ["value"], {"op": ("=", ">=")})]}),
        ([quantity()], [quantity(kind="figure")], {"changed": [("q1", ["kind"], {"kind": ("target", "figure")})]}),
        ([quantity()], [quantity(source="model")], {"quiet": [("q1", ["source"])]}),
        ([quantity()], [quantity(sentence="新建学校12所", article=1)], {"quiet": [("q1", ["context"])]}),
        (
            [quantity()],
            [quantity(source="model", value=13)],
            {"changed": [("q1", ["source", "value"], {"value": (12, 13), "source": ("rules.one", "model")})]},
        ),
        # An edit before it has moved the mention: no change.
        ([quantity()], [quantity(start=40)], {}),
        # A wider span has another id, and is the same mention all the same.
        (
            [quantity()],
            [quantity("q2", text="12所以上", op=">=")],
            {
                "changed": [
                    (
                        "q1",
                        ["span", "value"],
                        {"id": ("q1", "q2"), "end": (16, 18), "text": ("12所", "12所以上"), "op": ("=", ">=")},
                    )
                ]
            },
        ),
        # Touching is no overlap; another family or another file is another mention.
        ([quantity()], [quantity("q2", start=16)], {"added": ["q2"], "removed": ["q1"]}),
        ([quantity()], [organization("o2", start=13, text="12所")], {"added": ["o2"], "removed": ["q1"]}),
        ([quantity()], [quantity("q2", doc="b.txt")], {"added": ["q2"], "removed": ["q1"]}),
        # One became two: the larger overlap is the same mention, the other is new.
        (
            [organization(text="云岭市财政局教育局", name="同")],
            [
                organization("o2", text="云岭市财政局", name="同"),
                organization("o3", start=13, text="教育局", name="同"),
            ],
            {
                "added": ["o3"],
                "changed": [
                    (
                        "o1",
                        ["span"],
                        {"id": ("o1", "o2"), "end": (16, 13), "text": ("云岭市财政局教育局", "云岭市财政局")},
                    )
                ],
            },
        ),
        # Offsets of an edited file are compared after the shift of the records around.
        (
            [organization(), quantity()],
            [organization(start=107), quantity("q2", start=113, text="12所以上")],
            {
                "changed": [
                    (
                        "q1",
                        ["span"],
                        {"id": ("q1", "q2"), "start": (13, 113), "end": (16, 118), "text": ("12所", "12所以上")},
                    )
                ]
            },
        ),
    ],
)
def test_records_are_paired_by_id_and_then_by_overlap(old, new, expected):
    assert outline(compare(old, new)) == NOTHING | expected


def test_a_link_to_a_horizon_is_compared_by_the_horizons_text():
    old = [horizon(), quantity(horizon="h1")]
    same = [horizon("h9"), quantity(horizon="h9")]
    other = [horizon(), horizon("h2", 30, "年内"), quantity(horizon="h2")]
    assert [c.fields for c in compare(old, same).changed if c.new.id == "q1"] == []
    assert [dict(c.fields) for c in compare(old, other).changed] == [{"horizon": ("到2025年", "年内")}]


@st.composite
def runs(draw):
    """Records of one family, side by side, with ids that may or may not be those of another run."""
    starts = sorted(draw(st.sets(st.integers(0, 60), max_size=12)))
    ids = draw(st.permutations([f"q{i}" for i in range(16)]))
    ends = [draw(st.integers(a + 1, b)) for a, b in pairwise([*starts, 64])]
    return [
        quantity(i, a, "一" * (b - a), value=draw(st.integers(0, 2)))
        for i, a, b in zip(ids, starts, ends, strict=False)
    ]


@given(old=runs(), new=runs())
def test_every_record_has_one_place_in_a_difference(old, new):
    there, back = compare(old, new), compare(new, old)
    pairs = [*there.changed, *there.quiet]
    gone = [r.id for r in there.removed] + [c.old.id for c in pairs]
    come = [r.id for r in there.added] + [c.new.id for c in pairs]
    assert len(gone) == len(set(gone))
    assert len(come) == len(set(come))
    assert {r.id for r in old} - set(gone) == {r.id for r in new} - set(come)
    assert {r.id for r in back.added} | {r.id for r in back.removed} <= set(gone) | set(come)
    assert not compare(old, old)


def manifest(**changes):
    content = {
        "schema_version": "1.0",
        "versions": {"python": "3.11.7", "torch": "2.13.0"},
        "model": {"name": "zhengce-ner", "sha256": "2" * 64},
        "rules": {"sha256": "0" * 64, "count": 3},
        "counts": {"target": 1},
        "documents": [{"doc": "a.txt", "sha256": "a" * 64, "encoding": "utf-8", "records": 1}],
        "problems": [],
    }
    return content | changes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"counts": {}, "problems": [{}]}, {}),
        (
            {"model": {"name": "zhengce-ner", "sha256": "3" * 64}},
            {"model.sha256": ("2" * 64, "3" * 64)},
        ),
        ({"rules": {"sha256": "1" * 64, "count": 3}}, {"rules": ("0" * 64, "1" * 64)}),
        ({"versions": {"python": "3.11.7", "torch": "3"}}, {"versions.torch": ("2.13.0", "3")}),
        (
            {"documents": [{"doc": "b.txt", "sha256": "b" * 64}]},
            {"documents.a.txt": ("a" * 64, None), "documents.b.txt": (None, "b" * 64)},
        ),
    ],
)
def test_the_circumstances_of_two_runs_are_compared(changes, expected):
    assert compare_manifests(manifest(), manifest(**changes)) == expected


@pytest.fixture
def folders(tmp_path):
    """Writes the records and manifests of two runs."""

    def written(old, new, **changes):
        for name, records, facts in (("old", old, manifest()), ("new", new, manifest(**changes))):
            (tmp_path / name).mkdir(exist_ok=True)
            content = "".join(r.model_dump_json() + "\n" for r in records)
            (tmp_path / name / "records.jsonl").write_text(content, "utf-8")
            (tmp_path / name / "run.json").write_text(json.dumps(facts), "utf-8")
        return [str(tmp_path / "old"), str(tmp_path / "new")]

    return written


def zhengce(*arguments):
    return CliRunner().invoke(app, ["diff", *arguments])


def test_equal_runs_have_no_difference(folders):
    result = zhengce(*folders([quantity()], [quantity()]))
    assert (result.exit_code, result.stdout) == (0, "0 added, 0 removed, 0 changed\n")


def test_the_text_shows_what_a_reviewer_needs(folders):
    old = [horizon(), organization(), quantity(horizon="h1")]
    new = [
        horizon(),
        quantity("q2", text="12所以上", op=">=", horizon="h1"),
        quantity("q3", 60, "3所", value=3, horizon="h1"),
    ]
    result = zhengce(*folders(old, new, model={"name": "other", "sha256": "2" * 64}))
    assert result.exit_code == 1
    assert (
        result.stdout
        == f"""model.name: zhengce-ner → other

a.txt
- organization 云岭市  [7:10]
    name 云岭市, type other
    {SENTENCE}
~ target 12所以上  [13:18]  (span, value changed)
    text: 12所 → 12所以上
    op: = → >=
    {SENTENCE}
+ target 3所  [60:62]
    op =, value 3, unit 所, measure level, horizon 到2025年
    {SENTENCE}

1 added, 1 removed, 1 changed
"""
    )


def test_the_json_has_the_shape_of_csv_diff(folders):
    result = zhengce(*folders([quantity(), organization()], [quantity(value=13, unit="座")]), "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "run": {},
        "added": [],
        "removed": [organization().model_dump()],
        "changed": [
            {
                "id": "q1",
                "doc": "a.txt",
                "kind": "target",
                "classes": ["value"],
                "changes": {"value": [12, 13], "unit": ["所", "座"]},
            }
        ],
    }


def test_a_change_of_source_alone_shows_on_demand(folders):
    paths = folders([quantity()], [quantity(source="model")])
    hidden, shown = zhengce(*paths), zhengce(*paths, "--all")
    assert (hidden.exit_code, shown.exit_code) == (0, 1)
    assert hidden.stdout == (
        "0 added, 0 removed, 0 changed; 1 changed only in source, sentence or article (--all shows them)\n"
    )
    assert "source: rules.one → model" in shown.stdout
    assert json.loads(zhengce(*paths, "--all", "--format", "json").stdout)["changed"][0]["classes"] == ["source"]


def test_context_shows_on_demand_and_the_source_beside_other_changes(folders):
    paths = folders([quantity()], [quantity(value=13, source="model", sentence="建12所。", article_title="题")])
    assert zhengce(*paths).stdout.startswith("""a.txt
~ target 12所  [13:16]  (source, value changed)
    source: rules.one → model
    value: 12 → 13
    建12所。
""")
    assert zhengce(*paths, "--all").stdout.startswith(f"""a.txt
~ target 12所  [13:16]  (context, source, value changed)
    article_title: – → 题
    sentence: {SENTENCE} → 建12所。
    source: rules.one → model
    value: 12 → 13

""")


def test_records_without_a_manifest_can_be_compared(folders, tmp_path):
    folders([quantity()], [quantity(value=13)], model={"name": "other", "sha256": "2" * 64})
    (tmp_path / "new" / "run.json").unlink()
    result = zhengce(str(tmp_path / "old" / "records.jsonl"), str(tmp_path / "new" / "records.jsonl"))
    assert result.exit_code == 1
    assert result.stdout.startswith("a.txt\n~ target 12所")


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("records.jsonl", "{}\n", "records.jsonl:1: "),
        ("run.json", "[]", "run.json: not a run's manifest"),
        ("run.json", "{", "run.json: "),
    ],
)
def test_trouble_is_one_line_and_code_2(folders, tmp_path, name, content, cause):
    paths = folders([], [])
    (tmp_path / "new" / name).write_text(content, "utf-8")
    result = zhengce(*paths)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"error: {tmp_path / 'new'}")
    assert cause in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_missing_run_is_trouble(tmp_path):
    result = zhengce(str(tmp_path / "no"), str(tmp_path / "no"))
    assert (result.exit_code, result.stderr) == (2, f"error: {tmp_path / 'no'}: No such file or directory\n")
