"""HanLP models of every kind behind one face; long sentences; what a broken model says. Nothing may be downloaded."""

import json
import shutil
import socket
from itertools import pairwise
from pathlib import Path

import hanlp
import hanlp_models
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Entity
from pipeline.recognize.ner import HanLP, ModelError, load_ner
from pipeline.recognize.ner.lstm_crf import LstmCrfTagger
from pipeline.recognize.ner.windows import Span, cut, group, join

KINDS = {"ORG": "organization", "PER": "person"}
MAKERS = {
    "characters": hanlp_models.make_characters,
    "transformer": hanlp_models.make_transformer,
    "multi_task": hanlp_models.make_multi_task,
}
each_kind = pytest.mark.parametrize("kind", MAKERS)


@pytest.fixture(autouse=True)
def network(monkeypatch):
    """Every attempt to reach the network fails and is noted; a test that expects none finds the list empty."""
    attempts = []

    def refuse(*arguments, **_):
        attempts.append(arguments)
        raise OSError("no network in this test")

    for place, name in ((socket.socket, "connect"), (socket.socket, "connect_ex"), (socket, "getaddrinfo")):
        monkeypatch.setattr(place, name, refuse)
    return attempts


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A folder with a tiny model for each kind, made when first asked for."""
    base, made = tmp_path_factory.mktemp("models"), {}

    def folder(kind: str) -> Path:
        if kind not in made:
            made[kind] = MAKERS[kind](base / kind)
        return made[kind]

    return folder


@pytest.fixture(scope="module")
def models(folders):
    loaded = {}

    def model(kind: str):
        if kind not in loaded:
            loaded[kind] = load_ner(str(folders(kind)))
        return loaded[kind]

    return model


@pytest.fixture
def copy(folders, tmp_path):
    """A model's folder that a test may break."""
    return lambda kind: Path(shutil.copytree(folders(kind), tmp_path / kind))


def expected(entities) -> list[Entity]:
    return [Entity(KINDS[label], start, end) for start, end, label in entities]


def edit(path: Path, **changes) -> None:
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


@each_kind
def test_a_batch_of_unlike_lengths_gives_each_sentence_its_entities(kind, folders, network, capfd):
    folder = folders(kind)
    capfd.readouterr()
    model = load_ner(str(folder))
    found = model([sentence for sentence, _ in hanlp_models.SENTENCES])
    assert found == [expected(entities) for _, entities in hanlp_models.SENTENCES]
    assert model.name == kind
    assert network == []
    assert capfd.readouterr() == ("", "")


@each_kind
def test_nothing_in_nothing_out(kind, models):
    assert models(kind)([]) == []
    assert models(kind)(["", "  ", "\u3000\t\n", "今天天气很好。"]) == [[], [], [], []]


@each_kind
@pytest.mark.parametrize(
    "sentence",
    [
        "…陈远航来到青石县财政局。",
        "①½ﷺ陈远航来到青石县财政局。",
        "\u200b陈远航来到青石县财政局。",
        "陈远航来到青石县\u3000财政局。",
        "青石县财政局公布预算，林晓说明情况。👨‍👩‍👧\t云岭市发展和改革委员会主任陈远航今天讲话。",
    ],
)
def test_offsets_are_code_points_of_the_sentence_as_given(kind, sentence, models):
    texts = [sentence[e.start : e.end] for e in models(kind)([sentence])[0]]
    names = [
        n for n in ("陈远航", "林晓", "青石县财政局", "青石县\u3000财政局", "云岭市发展和改革委员会") if n in sentence
    ]
    assert set(names) <= set(texts)


ALPHABET = sorted({c for s, _ in hanlp_models.SENTENCES for c in s}) + list(
    " \t\u3000…！Ａ½ﷺ한é①\u200b\x00😀\u200d👧𠮷[]"
)


@each_kind
@settings(max_examples=25, deadline=None)
@given(sentences=st.lists(st.text(st.sampled_from(ALPHABET), max_size=150), min_size=1, max_size=5))
def test_any_text_gives_sorted_disjoint_trimmed_spans_whatever_else_is_in_the_batch(kind, models, sentences):
    model = models(kind)
    found = model(sentences)
    assert [model([s])[0] for s in reversed(sentences)] == found[::-1]
    for sentence, entities in zip(sentences, found, strict=True):
        ends = [0] + [e.end for e in entities]
        for entity, previous_end in zip(entities, ends, strict=False):
            assert previous_end <= entity.start < entity.end <= len(sentence)
            text = sentence[entity.start : entity.end]
            assert text == text.strip()


@pytest.mark.parametrize("kind", ["transformer", "multi_task"])
def test_entities_beyond_the_limit_of_a_transformer_are_found(kind, models):
    sentence = "".join(s for s, _ in hanlp_models.SENTENCES) * 10
    assert len(sentence) > 10 * hanlp_models.LIMIT
    texts = [sentence[e.start : e.end] for e in models(kind)([sentence])[0]]
    for name in ("陈远航", "青石县财政局", "海棠区人民医院"):
        assert texts.count(name) > 0.6 * sentence.count(name)
    last = sentence.rindex("陈远航")
    assert Entity("person", last, last + 3) in models(kind)([sentence])[0]


def test_a_multi_task_model_runs_the_preferred_of_its_ner_tasks(models, copy):
    folder = copy("multi_task")
    assert {e.kind for e in models("multi_task")(["陈远航来到青石县财政局。"])[0]} == {"person", "organization"}
    config = json.loads((folder / "config.json").read_text("utf-8"))
    del config["ner/msra"]
    edit_config = {**config, "task_names": ["tok/fine", "ner/pku"]}
    (folder / "config.json").write_text(json.dumps(edit_config), "utf-8")
    # ner/pku was taught no persons, and calls organizations nt
    assert load_ner(str(folder))(["陈远航来到青石县财政局。"]) == [[Entity("organization", 5, 11)]]


def test_the_stock_rnn_class_of_hanlp_serves_too(copy):
    folder = copy("characters")
    edit(folder / "config.json", classpath="hanlp.components.ner.rnn_ner.RNNNamedEntityRecognizer")
    found = load_ner(str(folder))([sentence for sentence, _ in hanlp_models.SENTENCES])
    assert found == [expected(entities) for _, entities in hanlp_models.SENTENCES]


def test_the_encoder_may_lie_in_the_model_folder_itself(copy):
    folder = copy("transformer")
    encoder = json.loads((folder / "encoder" / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps(encoder | json.loads((folder / "config.json").read_text("utf-8"))))
    for name in ("vocab.txt", "tokenizer_config.json"):
        shutil.move(folder / "encoder" / name, folder)
    shutil.rmtree(folder / "encoder")
    assert load_ner(str(folder))(["陈远航来到青石县财政局。"]) == [expected(hanlp_models.SENTENCES[-1][1])]


def test_the_shipped_model(network):
    model = load_ner()
    assert model.name == "zhengce-ner"
    sentence = "云岭市发展和改革委员会主任陈远航今天讲话。"
    assert Entity("person", 13, 16) in model([sentence])[0]
    assert Entity("organization", 0, 11) in model([sentence])[0]
    assert network == []


# What a broken model says


def without(name):
    return lambda folder: (folder / name).unlink()


def with_text(name, text):
    return lambda folder: (folder / name).write_text(text, "utf-8")


def truncated(folder):
    content = (folder / "model.pt").read_bytes()
    (folder / "model.pt").write_bytes(content[: len(content) // 2])


def emptied(folder):
    import torch

    torch.save({}, folder / "model.pt")


def of_class(classpath):
    return lambda folder: edit(folder / "config.json", classpath=classpath)


def relabelled(folder):
    text = (folder / "vocabs.json").read_text("utf-8")
    (folder / "vocabs.json").write_text(text.replace("-ORG", "-GPE").replace("-PER", "-LOC"), "utf-8")


def without_encoder(folder):
    shutil.rmtree(folder / "encoder")


def with_encoder(name):
    def damage(folder):
        without_encoder(folder)
        edit(folder / "config.json", transformer=name)

    return damage


@pytest.mark.parametrize(
    ("kind", "damage", "cause"),
    [
        ("characters", without("config.json"), "no config.json"),
        ("characters", with_text("config.json", "{"), "config.json: "),
        ("characters", with_text("config.json", "[]"), "names no component"),
        ("characters", with_text("config.json", '{"model_type": "bert"}'), "names no component"),
        ("characters", of_class("elsewhere.Tagger"), "elsewhere.Tagger cannot be imported"),
        ("characters", of_class("hanlp.components.taggers.rnn_tagger.RNNTagger"), "no named entity recognizer"),
        ("characters", of_class("os.path.join"), "no named entity recognizer|cannot be imported"),
        ("characters", without("model.pt"), "no model.pt"),
        ("characters", truncated, "model.pt is broken: "),
        ("characters", with_text("model.pt", "version https://git-lfs"), "model.pt is broken: "),
        ("characters", emptied, "model.pt lacks weights"),
        ("characters", without("vocabs.json"), "vocabs.json"),
        ("characters", relabelled, "neither organizations nor persons, its labels are GPE, LOC, O"),
        ("transformer", truncated, "model.pt is broken: "),
        ("transformer", emptied, "model.pt lacks weights"),
        ("transformer", without_encoder, "its encoder /elsewhere/encoder is not"),
        # HanLP has its own copy of the first, and would ask Hugging Face for the second
        (
            "transformer",
            with_encoder("hfl/chinese-electra-180g-small-discriminator"),
            "its encoder hfl/chinese-electra.* is not on this machine",
        ),
        ("transformer", with_encoder("nobody/no-such-encoder"), "its encoder nobody/no-such-encoder is not"),
        ("multi_task", without_encoder, "its encoder /elsewhere/encoder is not"),
        ("multi_task", lambda folder: edit(folder / "config.json", task_names=["tok/fine"]), "without named entities"),
    ],
)
def test_a_broken_folder_is_named_with_the_cause_in_one_line(kind, damage, cause, copy, network, capfd):
    folder = copy(kind)
    damage(folder)
    capfd.readouterr()
    with pytest.raises(ModelError, match=cause) as caught:
        load_ner(str(folder))
    message = str(caught.value)
    assert message.startswith(f"{folder}: ")
    assert "\n" not in message
    assert "=====" not in message
    assert len(message) < len(str(folder)) + 300
    assert network == []
    assert capfd.readouterr() == ("", "")


def test_a_tensorflow_model_is_called_one(tmp_path):
    (tmp_path / "meta.json").write_text("{}", "utf-8")
    with pytest.raises(ModelError, match="TensorFlow"):
        load_ner(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("no/such/folder", "no such folder"),
        ("MSRA_NER_ELECTRA_SMALL", "did you mean MSRA_NER_ELECTRA_SMALL_ZH?"),
        ("COARSE_ELECTRA_SMALL_ZH", "no NER or multi-task model"),  # a tokenizer of hanlp.pretrained
        ("https://example.org/model.zip", "no such folder"),
    ],
)
def test_an_unknown_name_asks_nobody(name, hint, network):
    with pytest.raises(ModelError) as caught:
        load_ner(name)
    assert str(caught.value).startswith(f"{name}: ")
    assert hint in str(caught.value)
    assert network == []


def test_a_published_name_is_loaded_by_hanlp(folders, monkeypatch):
    import hanlp

    for names in (hanlp.pretrained.ner.ALL, hanlp.pretrained.ALL):
        monkeypatch.setitem(names, "TINY_NER_ZH", str(folders("characters")))
    model = load_ner("TINY_NER_ZH")
    assert model.name == "TINY_NER_ZH"
    assert model(["陈远航来到青石县财政局。"]) == [expected(hanlp_models.SENTENCES[-1][1])]


def test_only_a_published_name_is_downloaded_and_a_failure_is_one_line(network, monkeypatch, tmp_path, capfd):
    from hanlp.utils import io_util

    # HanLP's own downloader goes on trying for half a minute.
    monkeypatch.setattr(io_util, "Downloader", lambda url, *_, **__: socket.create_connection((url, 443)))
    monkeypatch.setattr(io_util, "path_from_url", lambda *_: str(tmp_path / "model.zip"))
    with pytest.raises(ModelError, match=r"^MSRA_NER_ELECTRA_SMALL_ZH: cannot be loaded: ") as caught:
        load_ner("MSRA_NER_ELECTRA_SMALL_ZH")
    assert network != []
    assert "\n" not in str(caught.value)
    assert capfd.readouterr().out == ""


# Windows


class Marker:
    """A fake model: every run of 甲 that it sees is an organization, so a window that cuts a run shows."""

    labels = frozenset({"ORG"})
    batch_cost = 8192

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.batches: list[list[str]] = []

    def costs(self, text: str) -> list[int]:
        return [1] * len(text)

    def __call__(self, texts):
        self.batches.append(texts)
        return [list(runs(text)) for text in texts]


def runs(text: str):
    start = None
    for index, character in enumerate(text + "，"):
        if character == "甲" and start is None:
            start = index
        elif character != "甲" and start is not None:
            yield Span(start, index, "ORG")
            start = None


@given(pieces=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 12)), max_size=40), limit=st.integers(40, 60))
def test_windows_change_nothing_about_entities_shorter_than_the_overlap(pieces, limit):
    sentence = "".join("甲" * name + "，" * gap for name, gap in pieces)
    marker = Marker(limit)
    found = HanLP("marker", marker)([sentence])
    assert found == [[Entity("organization", s, e) for s, e, _ in runs(sentence)]]
    assert all(len(text) <= limit for batch in marker.batches for text in batch)


@given(
    costs=st.lists(st.integers(1, 5), max_size=80),
    limit=st.integers(5, 30),
    share=st.floats(0, 0.9),
)
def test_windows_cover_every_character_within_the_limit_and_overlap(costs, limit, share):
    overlap = int(limit * share)
    windows = cut(costs, limit, overlap)
    assert {i for start, end in windows for i in range(start, end)} == set(range(len(costs)))
    assert all(sum(costs[start:end]) <= limit for start, end in windows)
    for (start, end), (next_start, next_end) in pairwise(windows):
        assert start < next_start <= end < next_end
        assert sum(costs[next_start:end]) <= overlap


def test_a_character_over_the_limit_is_a_window_of_its_own():
    assert cut([9, 1, 1, 9, 1], 4, 1) == [(0, 1), (1, 3), (3, 4), (4, 5)]


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        # both windows see it: once
        ([[(8, 10)], [(2, 4)]], [(8, 10)]),
        # the left window cuts it short, the right one sees it whole
        ([[(9, 12)], [(3, 8)]], [(9, 14)]),
        # the right window cuts it short
        ([[(4, 8)], [(0, 2)]], [(4, 8)]),
        # at the left window's border, where the right one, which sees more of it, finds nothing
        ([[(10, 12)], []], []),
        # the sentence's own ends are no borders
        ([[(0, 2)], [(12, 14)]], [(0, 2), (18, 20)]),
        # of two that overlap, the one further from its border
        ([[(5, 9)], [(2, 7)]], [(5, 9)]),
    ],
)
def test_the_window_that_sees_more_around_an_entity_decides(found, kept):
    windows = [(0, 12), (6, 20)]
    spans = [[Span(s, e, "ORG") for s, e in of_window] for of_window in found]
    assert [(s.start, s.end) for s in join(20, windows, spans)] == kept


@given(st.lists(st.text("甲乙丙", min_size=1, max_size=30), max_size=60), st.randoms(use_true_random=False))
def test_batches_are_bounded_and_do_not_depend_on_the_order(items, random):
    batches = group({item: len(item) for item in items}, 100)
    assert sorted(i for b in batches for i in b) == sorted(set(items))
    assert all(len(b) == 1 or len(b) * max(map(len, b)) <= 100 for b in batches)
    random.shuffle(items)
    assert group({item: len(item) for item in items}, 100) == batches


def test_the_batches_that_reach_a_model_are_bounded():
    marker = Marker(500)
    HanLP("marker", marker)([f"甲{'，' * (n % 490)}{n}" for n in range(600)])
    assert len(marker.batches) > 10
    for batch in marker.batches:
        assert len(batch) * max(map(len, batch)) <= marker.batch_cost


# What HanLP says, faster


@pytest.fixture(scope="module")
def component(folders):
    return hanlp.load(str(folders("characters")), devices=-1, verbose=False)


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(st.sampled_from(ALPHABET), min_size=1, max_size=90), min_size=1, max_size=30))
def test_the_fast_tagger_says_what_hanlp_says(texts, component):
    wanted = [sorted(Span(s, e, label) for _, label, s, e in found) for found in component([list(t) for t in texts])]
    assert [sorted(found) for found in LstmCrfTagger(component, 1000)(texts)] == wanted
