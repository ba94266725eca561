"""The recipe behind `zhengce train names`: a small model from invented sentences, and what a faulty corpus says."""

import builtins
import gzip
import json
import re
import shutil
from pathlib import Path

import hanlp_models
import pytest

from pipeline.document import Entity
from pipeline.recognize.ner import load_ner
from pipeline.training.corpus import CorpusError, TrainingError, read_tsv
from pipeline.training.names import evaluate, train

QUICK = {"pretrain": False, "epochs": 2, "hidden": 8, "batch_size": 32}
GOOD = "陈\tB-PER\n航\tI-PER\n来\tO\n\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return hanlp_models.write_characters(tmp_path_factory.mktemp("corpus") / "corpus.tsv", repeats=10)


@pytest.fixture(scope="module")
def trained(corpus, tmp_path_factory):
    out = tmp_path_factory.mktemp("trained") / "model"
    scores = train(
        [corpus], [corpus], out, tests=[corpus], pretrain=False, epochs=12, hidden=32, learning_rate=2e-2, batch_size=8
    )
    return out, scores


def test_the_scores_say_what_the_model_finds(trained, corpus):
    out, scores = trained
    assert scores["corpus"]["all"] == {"precision": 100.0, "recall": 100.0, "f1": 100.0, "gold": 80}
    assert scores["corpus"]["PER"]["gold"] == 40
    assert json.loads((out / "scores.json").read_text("utf-8")) == scores
    assert evaluate(out, corpus) == scores["corpus"]


def test_the_folder_is_a_hanlp_model_that_can_move(trained, tmp_path):
    out, _ = trained
    moved = tmp_path / "moved"
    out.rename(moved)
    try:
        assert load_ner(str(moved))(["陈远航来到青石县财政局。"]) == [
            [Entity("person", 0, 3), Entity("organization", 5, 11)]
        ]
        assert sorted(p.name for p in moved.iterdir()) == ["config.json", "model.pt", "scores.json", "vocabs.json"]
        config = (moved / "config.json").read_text("utf-8")
        assert json.loads(config)["classpath"] == "pipeline.recognize.ner.char_ner.CharNER"
        assert str(out.parent) not in config
    finally:
        moved.rename(out)


def test_a_trained_model_goes_on_learning_from_where_it_was(trained, corpus, tmp_path):
    start, before = trained
    scores = train([corpus], [corpus], tmp_path / "model", tests=[corpus], start=start, epochs=1, learning_rate=1e-6)
    assert scores == before
    assert (tmp_path / "model" / "vocabs.json").read_bytes() == (start / "vocabs.json").read_bytes()


@pytest.mark.parametrize("broken", [None, "config.json", "vocabs.json", "model.pt"])
def test_a_folder_without_a_model_to_go_on_from_is_named(trained, corpus, tmp_path, broken):
    start = tmp_path / "start"
    if broken:
        shutil.copytree(trained[0], start)
        (start / broken).write_text("no such thing", "utf-8")
    with pytest.raises(TrainingError, match=rf"^{re.escape(str(start))}: no model of this kind to go on from"):
        train([corpus], [corpus], tmp_path / "model", start=start, epochs=1)
    assert not (tmp_path / "model").exists()


def test_training_again_gives_the_same_weights_and_prints_nothing(corpus, tmp_path, capfd, caplog):
    caplog.set_level("INFO", "pipeline.training")
    for name in ("one", "two"):
        train([corpus], [corpus], tmp_path / name, **QUICK)
    assert (tmp_path / "one" / "vocabs.json").read_bytes() == (tmp_path / "two" / "vocabs.json").read_bytes()
    assert (tmp_path / "one" / "model.pt").read_bytes() == (tmp_path / "two" / "model.pt").read_bytes()
    assert capfd.readouterr() == ("", "")
    assert "Epoch 2 / 2:" in caplog.messages


def test_skip_gram_vectors_are_learned_from_plain_text_too(corpus, tmp_path):
    pytest.importorskip("gensim")
    plain = tmp_path / "plain.txt.gz"
    plain.write_bytes(gzip.compress("临川高新区加快建设创新平台。\n".encode() * 10))
    train([corpus], [corpus], tmp_path / "model", texts=[plain], **(QUICK | {"pretrain": True}))
    assert "创" in (tmp_path / "model" / "vocabs.json").read_text("utf-8")


def test_gensim_missing_is_said_before_anything_is_written(corpus, tmp_path, monkeypatch):
    importing = builtins.__import__

    def without_gensim(name, *arguments, **named):
        if name.startswith("gensim"):
            raise ImportError(name)
        return importing(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without_gensim)
    with pytest.raises(TrainingError, match=r"pip install 'zhengce\[train\]'"):
        train([corpus], [corpus], tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_an_output_folder_that_is_a_file_is_named(corpus, tmp_path):
    (tmp_path / "model").write_text("")
    with pytest.raises(TrainingError, match="model: cannot write here"):
        train([corpus], [corpus], tmp_path / "model", **QUICK)


@pytest.mark.parametrize(
    ("text", "place", "cause"),
    [
        ("陈\tB-PER\n航 I-PER\n", ":2", "not 'character<TAB>tag'"),
        ("陈\tO\n\n陈远\tO\n", ":3", "not 'character<TAB>tag'"),
        ("\u3000\tO\n", ":1", "not 'character<TAB>tag'"),
        ("陈\tPER\n", ":1", "tag 'PER'"),
        ("陈\tB-GPE\n", ":1", "tag 'B-GPE', expected O or B-/I- with ORG, PER, LOC"),
        ("陈\tB-\n", ":1", "tag 'B-'"),
        ("陈\tO\n航\tI-PER\n", ":2", "I-PER follows O"),
        ("陈\tB-PER\n航\tI-ORG\n", ":2", "I-ORG follows B-PER"),
        ("陈\tB-PER\n\n航\tI-PER\n", ":3", "I-PER follows O"),
    ],
)
def test_a_line_that_does_not_fit_is_named_with_its_number(text, place, cause, tmp_path):
    path = tmp_path / "bad.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(CorpusError) as caught:
        read_tsv(path)
    assert str(caught.value).startswith(f"{path}{place}: ")
    assert cause in str(caught.value)


def test_line_ends_and_a_byte_order_mark_do_not_matter(tmp_path):
    path = tmp_path / "windows.tsv"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_tsv(path) == [[("陈", "B-PER"), ("航", "I-PER"), ("来", "O")]]


@pytest.mark.parametrize(
    "content",
    [
        b"\xb3\xc2\tB-PER\n",  # GBK
        gzip.compress(GOOD.encode())[:-12],
        b"no archive",
        None,
    ],
)
@pytest.mark.parametrize("name", ["file.tsv.gz", "file.tsv"])
def test_a_file_that_cannot_be_read_is_named(name, content, tmp_path):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CorpusError) as caught:
        read_tsv(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("training", "development", "tests", "cause"),
    [
        ("", GOOD, GOOD, "no training sentences"),
        (GOOD, "\n\n", GOOD, "no development sentences"),
        ("陈\tO\n", GOOD, GOOD, "no ORG and no PER among the training tags"),
        ("海\tB-LOC\n", GOOD, GOOD, "no ORG and no PER among the training tags"),
        (GOOD, "陈\tO\n", GOOD, "no ORG and no PER among the development tags"),
        (GOOD, GOOD, "陈\n", "tests.tsv:1: "),
        (GOOD, GOOD, GOOD, "too little text: no character or pair of characters occurs 3 times"),
        (GOOD * 3, GOOD, GOOD, "too little text: no character or pair of characters occurs 8 times"),
    ],
)
def test_a_corpus_that_teaches_nothing_is_refused_before_anything_is_written(
    training, development, tests, cause, tmp_path
):
    paths: dict[str, Path] = {}
    for name, text in (("training", training), ("development", development), ("tests", tests)):
        paths[name] = tmp_path / f"{name}.tsv"
        paths[name].write_text(text, "utf-8")
    with pytest.raises(CorpusError, match=cause):
        train(
            [paths["training"]],
            [paths["development"]],
            tmp_path / "model",
            tests=[paths["tests"]],
            **QUICK,
        )
    assert not (tmp_path / "model").exists()


def test_no_training_file_at_all():
    with pytest.raises(CorpusError, match="no file given"):
        train([], [], Path("unused"))
