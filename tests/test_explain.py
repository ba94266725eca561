"""The reviewers' door to one file: each record with its sentence, its origin, its value and its links."""

from decimal import Decimal

import pytest
from typer.testing import CliRunner

from pipeline.alignment import AlignedText
from pipeline.cli import app
from pipeline.document import (
    Article,
    Document,
    Horizon,
    Mention,
    Organization,
    OrganizationLinks,
    Quantity,
    QuantityLinks,
    Sentence,
)
from pipeline.review import explain
from pipeline.rulebook import load_rulebook

FIRST = "到2025年，云岭市新建学校\n12所。"
SECOND = "青石县也建12所。"
RULE = """
rules:
  - id: mine.schools
    kind: quantity
    description: >
      Schools,
      counted.
    pattern: "[0-9]+所"
    normalizer: title
    positive: [新建⟦12所⟧学校。]
    negative: [新建学校。]
"""


@pytest.fixture
def rulebook(tmp_path, monkeypatch):
    (tmp_path / "mine.yaml").write_text(RULE, "utf-8")
    monkeypatch.setattr("pipeline.rulebook.DEFAULT_FOLDER", tmp_path)
    return load_rulebook()


@pytest.fixture
def document():
    text = FIRST + "\n" + SECOND
    mentions = [
        Mention("horizon", 0, 6, "a-model", value=Horizon("deadline", end_date="2025")),
        Mention(
            "organization", 7, 10, "a-model", value=Organization("government"), links=OrganizationLinks("云岭市政府")
        ),
        Mention(
            "quantity",
            15,
            18,
            "mine.schools",
            value=Quantity("=", Decimal(12), unit="所"),
            links=QuantityLinks("target", "level", indicator="学校", subject="云岭市政府", horizon=0),
        ),
        Mention(
            "quantity",
            len(FIRST) + 6,
            len(FIRST) + 9,
            "mine.schools",
            value=Quantity("=", Decimal(12), unit="所"),
            links=QuantityLinks("figure", "level"),
        ),
    ]
    border = len(FIRST) + 1
    return Document(
        "a.txt",
        text,
        text=AlignedText.of_raw(text),
        articles=[Article(0, border, "学校"), Article(border, len(text))],
        sentences=[Sentence(0, len(FIRST), 0), Sentence(border, len(text), 1)],
        mentions=mentions,
    )


def plain(lines):
    return "\n".join(line.plain for line in lines)


def test_each_record_is_shown_with_sentence_origin_value_and_links(document, rulebook):
    assert (
        plain(explain(document, rulebook))
        == """a.txt, article 0: 学校

horizon  到2025年  [0:6]
  ⟦到2025年⟧，云岭市新建学校 12所。
  model  a-model
  value  type deadline, end_date 2025, approximate false

organization  云岭市  [7:10]
  到2025年，⟦云岭市⟧新建学校 12所。
  model  a-model
  value  type government
  links  name 云岭市政府

target  12所  [15:18]
  到2025年，云岭市新建学校 ⟦12所⟧。
  rule   mine.schools: Schools, counted.
  value  op =, value 12, unit 所, measure level
  links  indicator 学校, subject 云岭市政府, horizon 到2025年

a.txt, article 1

figure  12所  [25:28]
  青石县也建⟦12所⟧。
  rule   mine.schools: Schools, counted.
  value  op =, value 12, unit 所, measure level
"""
    )


def test_the_kinds_can_be_narrowed(document, rulebook):
    shown = plain(explain(document, rulebook, ["figure"]))
    assert shown.startswith("a.txt, article 1\n\nfigure  12所")
    assert "organization" not in shown
    # A link still says what it points to.
    assert "horizon 到2025年" in plain(explain(document, rulebook, ["target"]))


@pytest.fixture
def zhengce(pipeline, monkeypatch):
    monkeypatch.setattr("pipeline.stages.load_ner", lambda model: pipeline.ner)
    return lambda *arguments: CliRunner().invoke(app, ["explain", *map(str, arguments)])


def test_a_file_is_explained_as_a_run_would_process_it(zhengce, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("市政府印发《云岭市学校建设方案》。", "utf-8")
    result = zhengce(page)
    assert result.exit_code == 0
    assert (
        "document  《云岭市学校建设方案》  [5:16]\n  市政府印发⟦《云岭市学校建设方案》⟧。\n  rule   documents."
        in result.stdout
    )
    assert "\x1b" not in result.stdout
    page.write_text("好。", "utf-8")
    assert zhengce(page).stdout == "no records\n"


def test_articles_csv_beside_the_file_dates_it(zhengce, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("今年3月，云岭市新建学校12所。", "utf-8")
    (tmp_path / "articles.csv").write_text("doc,published\npage.txt,2019\n", "utf-8")
    assert "start_date 2019-03" in zhengce(page).stdout


@pytest.mark.parametrize(
    ("content", "arguments", "code", "cause"),
    [
        (b"", [], 1, "the file is empty"),
        (b"\0\1\2", [], 1, "this is a binary file"),
        ("方案。".encode(), ["--rules", "no-such-folder"], 2, "no-such-folder: no such folder of rules"),
        ("方案。".encode(), ["--published", "yesterday"], 2, "'yesterday' is no date"),
        (None, [], 2, "no such file"),
    ],
)
def test_what_cannot_be_explained_is_named(zhengce, tmp_path, content, arguments, code, cause):
    page = tmp_path / "page.txt"
    if content is not None:
        page.write_bytes(content)
    result = zhengce(page, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith("error: ")
    assert cause in result.stderr
    assert result.stderr.count("\n") == 1
