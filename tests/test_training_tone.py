"""The recipe behind `zhengce train tone`: a model from invented reports, and what faulty input says."""

import json
import random

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.relate.quantities.tone import ToneModel
from pipeline.rulebook import load_rulebook
from pipeline.training import CorpusError
from pipeline.training.tone import train

RULEBOOK = load_rulebook()
WHAT = ("茶园", "驿站", "茶路", "茶馆", "书屋", "茶窑", "茶市", "茶田")
DO, DID = ("加快建设", "大力提升", "着力推动", "健全完善"), ("建成投用", "明显改善", "超额完成", "居全区前列")


def sentences(rng, plan):
    one = (lambda: rng.choice(DO) + rng.choice(WHAT)) if plan else (lambda: rng.choice(WHAT) + rng.choice(DID))
    return "".join(f"{one()}，{one()}，{one()}。" for _ in range(3))


def report(rng):
    review, plan = ([sentences(rng, kind) for _ in range(4)] for kind in (False, True))
    return "\n".join(["海棠区工作报告", "一、2031年工作回顾", *review, "二、2032年主要任务", *plan])


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder, rng = tmp_path_factory.mktemp("given"), random.Random(1)  # noqa: S311  not for secrets
    for name, make in (("reports", report), ("news", lambda r: sentences(r, False))):
        lines = [json.dumps({"text": make(rng)}, ensure_ascii=False) for _ in range(20)]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def trained(files):
    return files / "out", train([files / "reports.jsonl"], files / "out", RULEBOOK, news=[files / "news.jsonl"])


def odds(model, text):
    return model.odds(model.sums(text, [(0, len(text))]))[0]


def test_plans_are_told_from_reviews(trained):
    model, rng = ToneModel(trained[0] / "tone.npz"), random.Random(2)  # noqa: S311
    for _ in range(10):
        assert odds(model, sentences(rng, True)) > 1
        assert odds(model, sentences(rng, False)) < -1
    assert trained[1].keys() == {"passages", "paragraphs"}
    assert json.loads((trained[0] / "tone_scores.json").read_text("utf-8"))["passages"]["errors"] == 0


def test_spaces_digits_and_letters_count_alike(trained):
    model = ToneModel(trained[0] / "tone.npz")
    assert odds(model, "加快建设 茶路9里，a级。") == odds(model, "加快建设茶路６里,B级。")


def test_a_span_has_only_its_own_strings(trained):
    model, text = ToneModel(trained[0] / "tone.npz"), "茶路建成。加快建设茶馆。"
    spans = [(0, 5), (5, 12), (12, 12)]
    alone = [model.sums(text[a:b], [(0, b - a)])[0].tolist() for a, b in spans]
    assert model.sums(text, spans).tolist() == alone


def test_the_same_files_give_the_same_bytes(files, trained, tmp_path):
    train([files / "reports.jsonl"], tmp_path, RULEBOOK, news=[files / "news.jsonl"])
    for name in ("tone.npz", "tone_scores.json"):
        assert (tmp_path / name).read_bytes() == (trained[0] / name).read_bytes()


def test_nothing_is_learned_of_texts_to_be_judged_by(files, tmp_path):
    with pytest.raises(CorpusError, match="no report with chapters of both kinds"):
        train([files / "reports.jsonl"], tmp_path, RULEBOOK, without=[files / "reports.jsonl"])


def test_the_command_says_what_is_wrong(files, tmp_path):
    result = CliRunner().invoke(app, ["train", "tone", str(files / "news.jsonl"), "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert "no report with chapters of both kinds" in " ".join(result.output.split())
