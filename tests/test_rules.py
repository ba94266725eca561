"""Every shipped rule keeps its promises, and a broken rule file is refused with its cause."""

import re
from collections import Counter
from decimal import Decimal

import pytest
import yaml

from pipeline.document import Horizon, Organization, Person, Quantity, Title
from pipeline.normalize import interpreters
from pipeline.rule_files import DEFAULT_FOLDER, RulebookError
from pipeline.rulebook import load_rulebook
from pipeline.rulecheck import check_rule, check_rules, value_fields

SHIPPED = load_rulebook()
NORMALIZERS = interpreters(SHIPPED)

RULE = r"""
rules:
  - id: mine.title
    kind: document
    description: A paper in corner brackets.
    pattern: "「[^「」]{1,80}」"
    normalizer: title
    positive:
      - 印发⟦「云岭方案」⟧和⟦「青石办法」⟧。
    negative:
      - 印发了方案。
"""


@pytest.fixture
def load_beside_shipped(tmp_path):
    """Loads the shipped rules and a user's `mine.yaml`, and what further files are given."""

    def loaded(content, **others):
        for name, text in {"mine": content, **others}.items():
            (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
        return load_rulebook([tmp_path])

    return loaded


@pytest.fixture
def load(load_beside_shipped, tmp_path_factory, monkeypatch):
    """The same without the shipped rules, which take a while."""
    empty = tmp_path_factory.mktemp("shipped")
    (empty / "nothing.yaml").write_text("{}", "utf-8")
    monkeypatch.setattr("pipeline.rulebook.DEFAULT_FOLDER", empty)
    return load_beside_shipped


@pytest.mark.parametrize("compiled", SHIPPED.rules, ids=lambda compiled: compiled.rule.id)
def test_a_shipped_rule_does_what_its_examples_say(compiled):
    assert [str(failure) for failure in check_rule(compiled, NORMALIZERS)] == []


@pytest.mark.parametrize("path", sorted(DEFAULT_FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_shipped_list_has_a_word_twice(path):
    lists = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader).get("words", {})  # noqa: S506
    groups = [(n, words) for n, e in lists.items() for words in (e.values() if isinstance(e, dict) else [e])]
    assert [(name, word) for name, words in groups for word, n in Counter(words).items() if n > 1] == []


def test_a_users_rule_adds_to_the_shipped_ones(load_beside_shipped):
    book = load_beside_shipped(RULE)
    assert [c.rule.id for c in book.rules if c.path.name == "mine.yaml"] == ["mine.title"]
    assert len(book.rules) == len(SHIPPED.rules) + 1
    assert book.digest != SHIPPED.digest
    assert failures(book) == []


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (RULE.replace("    kind: document\n", "    kind: document\n    kind: person\n"), "key 'kind' is given twice"),
        (RULE + RULE.replace("\nrules:\n", ""), "rule id 'mine.title' is taken"),
        (RULE + "retired: [mine.title]\n", "rule id 'mine.title' is retired"),
        (RULE.replace("「[^", "{no_such_fragment}「[^"), "no fragment or words 'no_such_fragment'"),
        (RULE.replace("「[^", "(?<=印发)「[^"), "mine.yaml: rule 'mine.title': RE2 refuses the pattern"),
        (RULE.replace("「[^", "(「[^"), "RE2 refuses the pattern"),
        (RULE.replace('"「[^「」]{1,80}」"', '"「*"'), "the pattern matches the empty text"),
        (RULE.replace("id: mine.title", "id: other.title"), "rule 'other.title' does not begin with the file's name"),
        (RULE.replace("id: mine.title", "id: Mine"), "rules.0.id: String should match pattern"),
        (RULE.split("    negative:")[0], "rules.0.negative: Field required"),
        (RULE.split("    negative:")[0] + "    negative: []\n", "rules.0.negative: Tuple should have at least 1 item"),
        (RULE.replace("⟦「云岭方案」⟧和⟦「青石办法」⟧", "「云岭方案」"), "positive example marks no span"),
        (
            RULE.replace("- 印发⟦", "- values: [{name: 云岭方案}]\n        text: 印发⟦"),
            "positive example has 2 spans",
        ),
        (RULE.replace("    normalizer: title\n", ""), "a rule that yields mentions names a `normalizer`"),
        (RULE.replace("kind: document", "kind: exclusion"), "`excludes` goes with kind `exclusion`"),
        (RULE.replace("    normalizer", "    normaliser"), "rules.0.normaliser: Extra inputs are not permitted"),
        ("fragments: {a: '{b}', b: '{a}'}\n" + RULE.replace("「[^", "{a}「[^"), "refers to itself"),
        ("rules: [\n", "not valid YAML"),
        ("- a\n", "mine.yaml: file: "),
    ],
)
def test_a_broken_rule_file_is_refused_with_file_and_cause(load, content, cause):
    with pytest.raises(RulebookError) as refused:
        load(content)
    assert "mine.yaml: " in str(refused.value)
    assert cause in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_folder_without_rules_is_refused(tmp_path):
    with pytest.raises(RulebookError, match=r"no \*.yaml file"):
        load_rulebook([tmp_path])
    with pytest.raises(RulebookError, match="no such folder"):
        load_rulebook([tmp_path / "missing"])


def test_words_stay_text_whatever_yaml_makes_of_them(load):
    book = load("words:\n  mine_words: [NO, 12:30, 1.10, null, 0x1F, 2020-01-01, ~, yes]\n")
    assert book.words("mine_words") == ("NO", "12:30", "1.10", "null", "0x1F", "2020-01-01", "~", "yes")


def test_a_later_folder_lengthens_word_lists_and_meanings(load):
    one = "words:\n  mine_list: [甲]\n  mine_groups: {a: [乙]}\n"
    two = "words:\n  mine_list: [丙]\n  mine_groups: {a: [丁], b: [戊]}\n"
    book = load(one, other=two)
    assert book.words("mine_list") == ("甲", "丙")
    assert book.meanings("mine_groups") == {"乙": "a", "丁": "a", "戊": "b"}
    assert book.words("mine_groups", "b") == ("戊",)
    with pytest.raises(RulebookError, match="no words 'mine_groups', 'c'"):
        book.words("mine_groups", "c")


def test_any_word_of_some_meanings_is_a_pattern_that_takes_the_longest(load):
    book = load("words: {mine_ends: {a: [中心, 创新中心], b: ['A+'], c: [丙]}}")
    pattern = re.compile(book.any_of("mine_ends", "a", "b"))
    assert pattern.findall("创新中心、中心、A+、AA、丙") == ["创新中心", "中心", "A+"]
    assert book.words("mine_ends", "a", "b") == ("中心", "创新中心", "A+")


def test_a_fragment_may_not_be_defined_twice(load):
    with pytest.raises(RulebookError, match="fragment 'mine_part' is defined already"):
        load("fragments: {mine_part: 甲}\n", other="fragments: {mine_part: 乙}\n")


def failures(book):
    """Those of the user's own rules."""
    return [(f.rule, f.example, f.expected, f.got) for f in check_rules(book) if f.path.name == "mine.yaml"]


def test_the_check_names_rule_example_and_what_came_instead(load_beside_shipped):
    content = RULE.replace("⟦「青石办法」⟧", "「青石办法」").replace("印发了方案", "印发「海棠方案」")
    book = load_beside_shipped(content)
    assert failures(book) == [
        (
            "mine.title",
            "印发⟦「云岭方案」⟧和「青石办法」。",
            "印发⟦「云岭方案」⟧和「青石办法」。",
            "印发⟦「云岭方案」⟧和⟦「青石办法」⟧。",
        ),
        ("mine.title", "印发「海棠方案」。", "nothing", "印发⟦「海棠方案」⟧。"),
    ]
    first = next(f for f in check_rules(book) if f.path.name == "mine.yaml")
    assert str(first).startswith(f"{first.path}: mine.title\n")


@pytest.mark.parametrize(
    ("values", "expected", "got"),
    [
        ("{name: 云岭方案}, {name: 青石办法}", None, None),
        ("{name: 云岭方案}, {name: 错}", "「青石办法」 name: 错", "「青石办法」 name: 青石办法"),
        ("{op: '='}, {}", "「云岭方案」 op: =", "「云岭方案」 op: no such field"),
    ],
)
def test_the_check_compares_the_fields_that_an_example_names(load_beside_shipped, values, expected, got):
    content = (
        RULE.replace("- 印发⟦", f"- values: [{values}]\n        text: 印发⟦").replace("「", "《").replace("」", "》")
    )
    found = failures(load_beside_shipped(content))
    marks = str.maketrans("「」", "《》")
    assert [f[2:] for f in found] == ([(expected.translate(marks), got.translate(marks))] if expected else [])


def test_an_exclusion_is_checked_by_its_spans(load_beside_shipped):
    exclusion = RULE.replace("kind: document", "kind: exclusion\n    excludes: [quantity]")
    assert failures(load_beside_shipped(exclusion.replace("    normalizer: title\n", ""))) == []


def test_an_unknown_normalizer_is_a_failure_of_its_rule(load_beside_shipped):
    found = failures(load_beside_shipped(RULE.replace("normalizer: title", "normalizer: guess")))
    assert [(rule, got) for rule, _, _, got in found] == [("mine.title", "normalizer 'guess'")]


@pytest.mark.parametrize(
    ("number", "written"),
    [("1.06E+10", "10600000000"), ("12.50", "12.5"), ("100", "100"), ("100.00", "100"), ("0.0001", "0.0001")],
)
def test_numbers_are_written_without_exponent_or_closing_zeros(number, written):
    assert value_fields(Quantity(">=", Decimal(number), unit="元")) == {
        "op": ">=",
        "value": written,
        "value_max": "null",
        "unit": "元",
        "measure": "null",
        "direction": "null",
    }


def test_the_fields_of_a_value_have_the_names_of_the_records():
    assert value_fields(Horizon("duration", "P3Y", "P5Y", approximate=True)) == {
        "type": "duration",
        "duration_min": "P3Y",
        "duration_max": "P5Y",
        "start_date": "null",
        "end_date": "null",
        "approximate": "true",
    }
    assert value_fields(Organization("zone")) == {"type": "zone"}
    assert value_fields(Person("李青")) == {"name": "李青"}
    assert value_fields(Title("云岭方案")) == {"name": "云岭方案"}
