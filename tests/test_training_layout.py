"""The recipe behind `zhengce train layout`: small models from invented texts and pages, and what faulty input says."""

import gzip
import json
import random
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.clean.cues import Cues
from pipeline.clean.evidence import layout_model, shipped_layout_model
from pipeline.clean.joints import JointModel
from pipeline.clean.layout import blocks
from pipeline.clean.lines import lines_of
from pipeline.clean.page import Page
from pipeline.cli import app
from pipeline.hashing import folded
from pipeline.rulebook import load_rulebook
from pipeline.training import CorpusError, TrainingError, joints
from pipeline.training.layout import train
from pipeline.training.pages import read_pages
from pipeline.training.texts import read_texts

CUES = Cues(load_rulebook())
QUICK = {"draws": 20_000, "batch_size": 256, "bits": {"joint": 14, "upper": 12, "lower": 12}}
SHIPPED = Path(joints.__file__).parents[1] / "model" / "layout.json"

WHO = ("临川高新区", "云岭市", "青石县", "海棠区", "全市各部门", "科技企业", "项目专班")
DOES = ("加快推进", "持续完善", "认真落实", "大力支持", "统筹安排", "稳步扩大")
WHAT = ("重点项目建设", "营商环境改革", "人才服务体系", "数字经济发展", "基层治理工作", "绿色转型任务")
HEADLINES = ("加快", "抓好", "聚焦", "推动")
CAPTIONS = ("俯瞰云岭市新城。", "图为青石县的生产车间。", "海棠区新建的学校。")


def dice(seed):
    return random.Random(seed)  # noqa: S311  not for secrets


def paragraph(rng):
    clauses = [rng.choice(WHO) + rng.choice(DOES) + rng.choice(WHAT) for _ in range(rng.randint(6, 10))]
    return "，".join(clauses) + "。"


def article(rng):
    """Headlines, each with paragraphs below it."""
    parts = [(rng.choice(HEADLINES) + rng.choice(WHAT), [paragraph(rng), paragraph(rng)]) for _ in range(4)]
    return [block for headline, text in parts for block in (headline, *text)]


def write_page(folder, name, article, rng, width=18):
    """Sets an article in a column; some paragraphs have a caption in them."""
    raw, truth = "", []

    def put(line, kind, ranges):
        nonlocal raw
        if not ranges:
            truth.append({"type": kind, "raw": ranges})
        ranges.append([len(raw), len(raw) + len(line)])
        raw += line + "\n"

    for text in article:
        lines = [text[:width], *(text[i : i + width] for i in range(width, len(text), width))]
        broken = len(lines) > 2 and rng.random() < 0.5
        ranges = []
        for i, line in enumerate(lines):
            if broken and i == 2:
                put(rng.choice(CAPTIONS), "caption", [])
            put(line, "paragraph" if len(lines) > 1 else "heading", ranges)
    folder.mkdir(exist_ok=True, parents=True)
    (folder / f"{name}.raw.txt").write_text(raw, "utf-8", newline="")
    (folder / f"{name}.truth.json").write_text(json.dumps({"raw_len": len(raw), "blocks": truth}), "utf-8")


@pytest.fixture(scope="module")
def given_files(tmp_path_factory):
    """A text, training pages and development pages."""
    folder, rng = tmp_path_factory.mktemp("given"), dice(1)
    articles = [article(rng) for _ in range(20)]
    records = [json.dumps({"text": "\n".join(a)}, ensure_ascii=False) for a in articles]
    (folder / "texts.jsonl").write_text("\n".join(records) + "\n", "utf-8")
    for name, count in (("pages", 12), ("held-out", 4)):
        for i in range(count):
            write_page(folder / name / "deeper", f"p{i}", article(rng), rng)
    return folder


@pytest.fixture(scope="module")
def trained(given_files, tmp_path_factory):
    out = tmp_path_factory.mktemp("trained") / "model"
    f = given_files
    scores = train([f / "texts.jsonl"], [f / "pages"], out, CUES, development=[f / "held-out"], **QUICK)
    return out, scores


def load(folder):
    weights = json.loads((folder / "layout.json").read_text("utf-8"))
    return layout_model(JointModel(folder / "joints.npz"), weights["breaks"], weights["asides"])


def test_lines_that_the_text_below_goes_on_with_are_no_aside():
    states = ("open", "headline", "finished")
    weights = {"": 13.5, "together": 6.0, "strangers": 6.0}
    model = layout_model(
        shipped_layout_model().joints,
        {f"{where} {state}": weights for where in ("column", "paragraph") for state in states},
        {state: {"": 100.0} for state in states},
    )
    printed = ["评茶会在茶馆开幕", "走进云岭茶业园的审评室里，审评人", "员正盯着杯里翻动的叶片，一言不发。"]
    found = blocks(Page([*lines_of("\n".join(printed))], CUES), model)
    assert [draft.text for draft in found if draft.aside] == []
    assert found[-1].text.endswith(printed[1] + printed[2])


def test_a_place_inside_a_sentence_scores_higher_than_a_border_of_blocks(trained):
    model, rng = load(trained[0]).joints, dice(2)
    for _ in range(20):
        above, below = paragraph(rng), paragraph(rng)
        # Inside a word: elsewhere a clause may begin as a paragraph does.
        at = above.index(rng.choice([what for what in WHAT if what in above])) + 2
        inside, border = model(above[:at], above[at:]), model(above, below)
        headline = model(rng.choice(HEADLINES) + rng.choice(WHAT), below)
        assert inside.together > max(0, border.together, headline.together)
        assert inside.cut > border.cut
        assert inside.midway > headline.midway


@pytest.mark.parametrize("caption", [None, "图为云岭市的新校舍。"])
def test_lines_become_the_blocks_they_were(trained, caption):
    rng = dice(3)
    texts = article(rng)
    printed = [text[i : i + 18] for text in texts for i in range(0, len(text), 18)]
    if caption:
        printed.insert(4, caption)
    found = blocks(Page([*lines_of("\n".join(printed))], CUES), load(trained[0]))
    assert [b.text for b in found if not b.aside] == texts
    assert [b.text for b in found if b.aside] == ([caption] if caption else [])


def test_the_scores_are_returned_and_written(trained):
    out, scores = trained
    assert {name: list(by_set) for name, by_set in scores.items()} == {
        "joints": ["joint", "upper", "lower"],
        "breaks": ["training", "development"],
        "asides": ["training", "development"],
    }
    written = json.loads((out / "layout_scores.json").read_text("utf-8"))
    breaks = scores["breaks"]["development"]
    assert written["breaks"]["development"] == {
        "number": breaks.number,
        "errors": breaks.errors,
        "log_loss": breaks.log_loss,
    }
    assert breaks.number > 100
    for kind in ("breaks", "asides"):
        assert scores[kind]["development"].errors <= 0.02 * scores[kind]["development"].number
        assert 0 < scores[kind]["development"].log_loss < 0.1
    assert scores["asides"]["training"].number > 20


def test_every_setting_has_a_bias_even_if_no_page_has_it(trained):
    shipped = json.loads(SHIPPED.read_text("utf-8"))
    weights = json.loads((trained[0] / "layout.json").read_text("utf-8"))
    assert {kind: set(w) for kind, w in weights.items()} == {kind: set(w) for kind, w in shipped.items()}
    assert all("" in w for part in weights.values() for where, w in part.items() if where != "shared")


def test_the_weights_are_laid_out_to_be_read(trained):
    text = (trained[0] / "layout.json").read_text("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    for part in json.loads(text).values():
        assert list(part) == sorted(part)
        for weights in part.values():
            assert list(weights) == sorted(weights)
            assert all(weight == round(weight, 2) and str(weight) != "-0.0" for weight in weights.values())


def test_training_again_gives_the_same_bytes_and_prints_nothing(given_files, trained, tmp_path, capfd, caplog):
    caplog.set_level("INFO", "pipeline.training")
    f, told = given_files, []
    train(
        [f / "texts.jsonl"],
        [f / "pages"],
        tmp_path / "again",
        CUES,
        development=[f / "held-out"],
        advance=lambda *step: told.append(step),
        **QUICK,
    )
    names = ["joints.npz", "layout.json", "layout_scores.json"]
    assert sorted(p.name for p in (tmp_path / "again").iterdir()) == names
    for name in names:
        assert (tmp_path / "again" / name).read_bytes() == (trained[0] / name).read_bytes()
    assert capfd.readouterr() == ("", "")
    assert sum(message.startswith("joint: log loss") for message in caplog.messages) == 4
    assert {what for what, _, _ in told} == {"pages", "texts", "joints", "breaks", "asides"}
    assert all(0 <= done < total for _, done, total in told)


def test_pages_to_score_on_are_optional(given_files, trained, tmp_path):
    scores = train([given_files / "texts.jsonl"], [given_files / "pages"], tmp_path / "out", CUES, **QUICK)
    assert scores["breaks"] == {"training": trained[1]["breaks"]["training"]}


def test_another_seed_gives_other_joints(given_files, trained, tmp_path):
    train([given_files / "texts.jsonl"], [given_files / "pages"], tmp_path / "other", CUES, seed=8, **QUICK)
    assert (tmp_path / "other" / "joints.npz").read_bytes() != (trained[0] / "joints.npz").read_bytes()


@pytest.fixture(scope="module")
def random_model(tmp_path_factory):
    rng = np.random.default_rng(5)
    tables = {
        name: joints.Table(rng.integers(-127, 128, 1 << bits).astype(np.int8), bits / 7)
        for name, bits in joints.BITS.items()
    }
    path = tmp_path_factory.mktemp("random") / "joints.npz"
    joints.write(path, tables)
    return tables, JointModel(path)


SIDE = st.text(st.sampled_from('发展，。；：！?（"“ \u3000９8aＺ%𠀀') | st.characters(), max_size=2 * 4)


@given(SIDE, SIDE)
@settings(max_examples=300)
def test_training_and_cleaning_look_up_the_same_weights(random_model, upper, lower):
    tables, model = random_model
    text = f"    {folded(upper)}{folded(lower)}    "
    before, after = " " * 4 + folded(upper), folded(lower) + " " * 4
    codes = np.array([ord(c) for c in before + after], np.uint32)
    at = np.array([len(before)])
    assert len(codes) == len(text)
    found = {
        name: float(table.weights[joints.features(codes, at, at, name, joints.BITS[name])].astype(float).sum())
        for name, table in tables.items()
    }
    joint = model(upper, lower)
    for name, odds in (("joint", joint.together), ("upper", joint.cut), ("lower", joint.midway)):
        assert odds == pytest.approx(found[name] * joints.SCALE + tables[name].bias, abs=1e-4)


def places(path):
    texts = read_texts([path], CUES)
    return {name: getattr(texts, name).tolist() for name in texts.__slots__}


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.jsonl", "a.jsonl.gz", "A.TXT"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_a_text_is_the_same_in_any_form(tmp_path, name, end):
    text = article(dice(4))
    (tmp_path / "plain.txt").write_text("\n".join(text), "utf-8")
    content = json.dumps({"text": end.join(text)}) + "\n\n" if "jsonl" in name else end.join(text)
    path = tmp_path / name
    path.write_bytes(gzip.compress(content.encode()) if name.endswith(".gz") else content.encode())
    assert places(path) == places(tmp_path / "plain.txt")


def test_furniture_is_no_part_of_a_text(tmp_path):
    text = article(dice(5))
    (tmp_path / "a.txt").write_text("\n".join(text), "utf-8")
    (tmp_path / "b.txt").write_text("\n".join([*text[:2], "第3版", *text[2:]]), "utf-8")
    assert places(tmp_path / "a.txt") == places(tmp_path / "b.txt")


def test_sentences_have_places_inside_but_no_borders(tmp_path):
    text, labelled = tmp_path / "a.txt", tmp_path / "b.tsv"
    text.write_text("\n".join(article(dice(6))), "utf-8")
    labelled.write_text("".join(f"{c}\tO\n" for c in "云岭市新建学校") + "\n海\tB-LOC\n棠\tI-LOC\n", "utf-8")
    alone, both = read_texts([text], CUES), read_texts([text, labelled], CUES)
    assert len(both.inside) > len(alone.inside)
    assert both.above.tolist() == alone.above.tolist()


def test_half_a_character_in_a_text_does_no_harm(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "\ud800" + "\n".join(article(dice(6)))}), "ascii")
    joints.train(read_texts([path], CUES), **QUICK)


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.jsonl", '{"text": "云岭"}\n{"text"', ":2: no JSON: "),
        ("a.jsonl", "[" * 100_000, ":1: no JSON: "),
        ("a.jsonl", "[]", ":1: no object with a `text`"),
        ("a.jsonl", '{"text": 5}', ":1: no object with a `text`"),
        ("a.jsonl.gz", '{"text": ""}', ": Not a gzipped file"),
        ("a.tsv", "云岭\tO\n", ":1: not 'character<TAB>tag'"),
        ("a.csv", "云岭", ": not .txt, .jsonl or .tsv"),
        ("a.txt", b"\xd4\xc6", ": 'utf-8' codec can't decode"),
        ("a.txt", "", ": no paragraph of 60 characters and no sentence"),
        ("a.txt", "云岭市\n青石县\n", ": no paragraph of 60 characters and no sentence"),
        ("a.tsv", "云\tO\n岭\tO\n市\tO\n新\tO\n建\tO\n", ": no two blocks of text, one below the other"),
        ("a.txt", "建" * 80 + "。", ": no two blocks of text, one below the other"),
        ("a.txt", None, "No such file"),
    ],
)
def test_a_text_that_will_not_do_is_named(tmp_path, name, content, cause):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CorpusError) as caught:
        read_texts([path], CUES)
    message = str(caught.value)
    assert str(path) in message
    assert cause in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("damage", "cause"),
    [
        (lambda raw, truth: truth.unlink(), "p.truth.json: No such file"),
        (lambda raw, truth: raw.unlink(), "p.raw.txt: No such file"),
        (lambda raw, truth: raw.write_bytes(b"\xd4\xc6"), "p.raw.txt: 'utf-8' codec can't decode"),
        (lambda raw, truth: truth.write_text("{"), "p.truth.json: Invalid JSON"),
        (lambda raw, truth: truth.write_text("[" * 100_000), "p.truth.json: Invalid JSON"),
        (lambda raw, truth: truth.write_text("[]"), "p.truth.json: "),
        (lambda raw, truth: truth.write_text("{}"), "p.truth.json: blocks: Field required"),
        (lambda raw, truth: truth.write_text('{"blocks": [{"raw": []}]}'), "p.truth.json: blocks.0.type: "),
    ]
    + [
        (
            lambda raw, truth, r=r: truth.write_text(json.dumps({"blocks": [{"type": "title", "raw": [r]}]})),
            f"p.truth.json: blocks.0{cause}",
        )
        for r, cause in [
            ([5, 5], ": [5, 5] of"),
            ([5, 3], ": [5, 3] of"),
            ([0, 10**9], ": [0, 1000000000] of"),
            ([-3, 5], ".raw.0.0: "),
            ([1], ".raw.0.1: "),
            (["1", "2"], ".raw.0.0: "),
            ([0, 10**30], f": [0, {10**30}] of"),
        ]
    ]
    + [
        (
            lambda raw, truth: truth.write_text('{"raw_len": 1, "blocks": []}'),
            "p.truth.json: raw_len 1, but p.raw.txt has ",
        ),
        (lambda raw, truth: (raw.unlink(), truth.unlink()), ": no page (NAME.raw.txt with its NAME.truth.json)"),
        (lambda raw, truth: shutil.rmtree(raw.parent), ": no page (NAME.raw.txt with its NAME.truth.json)"),
    ],
)
def test_a_page_that_will_not_do_is_named(tmp_path, damage, cause):
    folder, rng = tmp_path / "bad", dice(7)
    write_page(folder, "p", article(rng), rng)
    damage(folder / "p.raw.txt", folder / "p.truth.json")
    with pytest.raises(CorpusError) as caught:
        read_pages([folder], CUES)
    assert str(caught.value).startswith(str(folder))
    assert cause in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("raw", ["", "云岭市加快建设重点\n项目。"])
def test_what_teaches_nothing_is_refused_before_anything_is_written(given_files, tmp_path, raw):
    texts, pages = given_files / "texts.jsonl", tmp_path / "pages"
    pages.mkdir()
    (pages / "p.raw.txt").write_text(raw, "utf-8")
    (pages / "p.truth.json").write_text(json.dumps({"blocks": []}))
    for folders, cause in (([pages], "pages: no page with lines that go on"), ([], "no folder given: no page")):
        with pytest.raises(CorpusError, match=cause):
            train([texts], folders, tmp_path / "out", CUES, **QUICK)
    with pytest.raises(CorpusError, match="no text given: no paragraph"):
        train([], [given_files / "pages"], tmp_path / "out", CUES, **QUICK)
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_is_a_file_is_named(given_files, tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(TrainingError, match="out: cannot write here"):
        train([given_files / "texts.jsonl"], [given_files / "pages"], tmp_path / "out", CUES, **QUICK)


def steps(tmp_path, *printed, optional=()):
    """(at, past, joined, optional) of each break; a printed line is (block, type, text)."""
    raw, truth = "", {}
    for number, kind, text in printed:
        block = truth.setdefault(number, {"type": kind, "raw": []})
        block["raw"].append([len(raw), len(raw) + len(text)])
        if number in optional:
            block["break_after"] = "optional"
        raw += text + "\n"
    (tmp_path / "a.raw.txt").write_text(raw, "utf-8")
    (tmp_path / "a.truth.json").write_text(json.dumps({"blocks": [*truth.values()]}), "utf-8")
    (page,) = read_pages([tmp_path], CUES)
    return [(s.at, s.past, s.joined, s.optional) for s in page.steps()]


UPPER, LOWER = (0, "paragraph", "云岭市加快建设重点"), (0, "paragraph", "项目，青石县也在推进。")
ASIDE, SECOND = (1, "caption", "图为云岭市新城。"), (2, "caption", "图为青石县的车间。")
NEXT = (3, "paragraph", "海棠区新建学校三所。")


@pytest.mark.parametrize(
    ("printed", "optional", "expected"),
    [
        ([UPPER, LOWER, NEXT], (), [(1, 1, True, False), (2, 2, False, False)]),
        ([UPPER, LOWER, NEXT], (0,), [(1, 1, True, False), (2, 2, False, True)]),
        ([UPPER, ASIDE, LOWER], (), [(1, 2, True, False)]),
        ([UPPER, ASIDE, SECOND, LOWER, NEXT], (), [(1, 3, True, False), (4, 4, False, False)]),
        ([UPPER, NEXT, LOWER], (), [(1, 1, False, False), (2, 2, False, False)]),
        ([UPPER, ASIDE, NEXT, LOWER], (), [(1, 1, False, False), (2, 2, False, False), (3, 3, False, False)]),
    ],
)
def test_breaks_are_decided_below_blocks_as_they_truly_are(tmp_path, printed, optional, expected):
    assert steps(tmp_path, *printed, optional=optional) == expected


def test_lines_that_no_block_owns_belong_to_none(tmp_path):
    write_page(tmp_path, "p", article(dice(8)), dice(8))
    (tmp_path / "p.truth.json").write_text('{"blocks": []}', "utf-8")
    (page,) = read_pages([tmp_path], CUES)
    assert not any(step.joined for step in page.steps())


def test_ranges_count_every_character_of_the_file(tmp_path):
    raw = "\ufeff\r\n\u200b云岭市加快建设重点\r\n项目。\r\n海棠区新建学校。"
    (tmp_path / "a.raw.txt").write_bytes(raw.encode())
    truth = [
        [[raw.index("云"), raw.index("\r\n项")], [raw.index("项"), raw.index("。") + 1]],
        [[raw.index("海"), len(raw)]],
    ]
    content = {"raw_len": len(raw), "blocks": [{"type": "paragraph", "raw": ranges} for ranges in truth]}
    (tmp_path / "a.truth.json").write_text(json.dumps(content), "utf-8")
    (page,) = read_pages([tmp_path], CUES)
    assert page.block_of == [0, 0, 1]


def zhengce(*arguments):
    return CliRunner().invoke(app, ["train", "layout", *map(str, arguments)])


def test_the_command_trains_and_says_how_well(given_files, tmp_path):
    f, out = given_files, tmp_path / "out"
    result = zhengce(f / "texts.jsonl", "--pages", f / "pages", "--development", f / "held-out", "--out", out)
    assert result.exit_code == 0
    assert re.fullmatch(
        r"(joints (joint|upper|lower): number \d+ errors \d+ log loss \d\.\d{4}\n){3}"
        r"((breaks|asides) (training|development): number \d+ errors \d+ log loss \d\.\d{4}\n){4}",
        result.stdout,
    )
    load(out).joints("云岭", "市")


def test_the_command_names_what_will_not_do(given_files, tmp_path):
    result = zhengce(tmp_path / "none.txt", "--pages", given_files / "pages", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert "none.txt" in result.stderr


def test_without_scipy_the_command_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.cli.train.find_spec", lambda name: None)
    result = zhengce("a.txt", "--pages", "b", "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (2, "error: training needs scipy: pip install 'zhengce[train]'\n")
