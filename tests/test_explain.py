"""The reviewers' door to one file: what cleaning did, and each record with its sentence, origin, value and links."""

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
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
    Repair,
    RepairKind,
    Sentence,
)
from pipeline.review import explain, explain_cleaning, printable
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


RAW = "云岭市高新区科技领军企\n业12家,\n图片来源:云岭发布\n改革and创新，产值1O亿元,园区\nSmart\nPark开园。"


def repair(kind, was, text="", reason="a reason", confidence=None, *, raw=RAW):
    """A repair of the only place where the raw text has `was`."""
    assert raw.count(was) == 1
    return Repair(kind, raw.index(was), raw.index(was) + len(was), text, reason, confidence)


def join(before, text="", reason="a word crosses the break", confidence=None):
    """A join of the line that ends in `before` with the next one."""
    found = repair("join", f"{before}\n", text, reason, confidence)
    return found._replace(start=found.end - 1)


def cleaned(*repairs, raw=RAW):
    return Document("a.txt", raw, repairs=sorted(repairs, key=lambda r: r.start))


def shown(*repairs, raw=RAW, **options):
    """The lines between the heading and the summary."""
    lines = [line.plain for line in explain_cleaning(cleaned(*repairs, raw=raw), **options)]
    assert lines[:2] == ["a.txt, cleaning", ""]
    return lines[2:-1]


def summary(*repairs, **options):
    return [line.plain for line in explain_cleaning(cleaned(*repairs), **options)][-1]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            join("领军企", confidence=0.73),
            "join  …高新区科技领军企|业12家,  [11:12]  doubtful: a word crosses the break, 0.73",
        ),
        (
            repair("join", "\n图片来源:云岭发布\n", "", "a quotation is open", 0.5),
            "join  业12家,|改革and创新，…  [17:28]  doubtful: a quotation is open, 0.50",
        ),
        (join("Smart", " ", "two words", 0.1), "join  Smart| |Park开园。  [51:52]  doubtful: two words, 0.10"),
        (
            repair("furniture", "图片来源:云岭发布", "", "credit"),
            "furniture  图片来源:云岭发布  [18:27]  credit",
        ),
        (
            repair("aside", "业12家,", "业12家，", "stands alone", 0.95),
            "aside  业12家，  [12:17]  stands alone, 0.95",
        ),
        (
            repair("move", "Park开园。", "Park开园。", "no title", 0.2),
            "move  Park开园。  [52:59]  doubtful: no title, 0.20",
        ),
        (
            repair("look-alike", "O", "0", "inside a number"),
            "look-alike  …nd创新，产值1⟦O → 0⟧亿元,园区  [39:40]  inside a number",
        ),
        (
            repair("conjunction", "and", "和", "between Chinese words"),
            "conjunction  改革⟦and → 和⟧创新，产值1O亿…  [30:33]  between Chinese words",
        ),
    ],
)
def test_one_line_for_each_repair_of_layout_or_words(found, expected):
    assert shown(found) == [expected, ""]


def test_layout_comes_in_raw_order_then_words_then_characters():
    repairs = [
        repair("width", "12", "１２"),
        repair("conjunction", "and", "和"),
        repair("furniture", "图片来源:云岭发布"),
        join("领军企", confidence=0.4),
    ]
    assert [line.split(" ")[0] for line in shown(*repairs)] == ["join", "furniture", "", "conjunction", "", "width", ""]


def test_a_join_is_always_a_join_and_one_without_doubt_is_counted():
    repairs = [join("领军企", confidence=0.9), join("Smart", " "), join("云岭发布", confidence=0.89)]
    assert [line.split("  ")[2] for line in shown(*repairs)[:-1]] == ["[27:28]"]
    assert [line.split("  ")[2] for line in shown(*repairs, every_join=True)[:-1]] == ["[11:12]", "[27:28]", "[51:52]"]
    assert summary(*repairs) == "join 3 (1 doubtful); 2 joins without doubt not shown"
    assert summary(*repairs, every_join=True) == "join 3 (1 doubtful)"


def test_doubt_stands_out_in_colour_too():
    lines = explain_cleaning(cleaned(join("领军企", confidence=0.1), join("云岭发布", confidence=1)), every_join=True)
    marked = [[line.plain[s.start : s.end] for s in line.spans if "yellow" in str(s.style)] for line in lines]
    assert [m for m in marked if m] == [["doubtful"]]


@pytest.mark.parametrize(
    ("kind", "raw", "text", "expected"),
    [
        ("width", "甲,乙,丙,丁,", "，", "width  , → ，  4 times, first at 1, 3, 5  a reason"),
        ("width", "甲,乙,", "，", "width  , → ，  at 1, 3  a reason"),
        ("full stop", "甲.", "。", "full stop  . → 。  at 1  a reason"),
        ("ellipsis", "甲...乙", "……", "ellipsis  ... → ……  at 1  a reason"),
        ("space", "甲 乙", "", "space  ' ' → ''  at 1  a reason"),
        ("invisible", "甲\u200b乙", "", "invisible  \\u200b → ''  at 1  a reason"),
        ("invisible", "甲\r\n乙", "\n", "invisible  '\\r\\n' → '\\n'  at 1  a reason"),
        ("space", "甲" + " " * 500 + "乙", "", f"space  '{' ' * 60}…{' ' * 20}' → ''  at 1  a reason"),
    ],
)
def test_repairs_of_characters_are_grouped_by_what_changed(kind, raw, text, expected):
    was = raw[1 : raw.find("乙")] if "乙" in raw else raw[1]
    places = [i for i in range(len(raw)) if raw.startswith(was, i) and i]
    if len(was) > 5:
        places = places[:1]
    repairs = [Repair(kind, i, i + len(was), text, "a reason") for i in places]
    assert shown(*repairs, raw=raw) == [expected, ""]


def test_groups_stand_by_kind_then_number():
    raw = "甲,乙:丙,丁 戊"
    repairs = [
        *(Repair("width", i, i + 1, "，", "r") for i in (1, 5)),
        Repair("width", 3, 4, "：", "r"),
        Repair("space", 7, 8, "", "r"),
    ]
    assert [line[:11] for line in shown(*repairs, raw=raw)] == ["space  ' ' ", "width  , → ", "width  : → ", ""]


def test_the_last_line_counts_each_kind():
    assert summary() == "cleaning changed nothing"
    everything = [Repair(kind, 0, 1, "", "r", 0.95) for kind in get_args(RepairKind)]
    assert summary(*everything, repair("width", "12"), repair("move", "Park", confidence=0.3), every_join=True) == (
        "invisible 1, join 1, move 2 (1 doubtful), aside 1, furniture 1, space 1, width 2, full stop 1, ellipsis 1, "
        "conjunction 1, look-alike 1"
    )


@given(
    st.text(st.sampled_from("甲乙\x1b[31m\x9b\x07\u202e\u2028\r\n\t\\\u3000\ud800") | st.characters(), max_size=60),
    st.lists(st.tuples(st.sampled_from(get_args(RepairKind)), st.integers(0, 60), st.integers(0, 60)), max_size=8),
)
def test_nothing_in_a_raw_text_reaches_the_terminal_as_a_command(raw, repairs):
    document = Document(raw or "a", raw, repairs=[Repair(k, a, b, raw[a:b], raw, 0.5) for k, a, b in sorted(repairs)])
    for line in explain_cleaning(document):
        assert line.plain.isprintable()


@given(st.text())
def test_printable_text_can_be_read_back(text):
    assert printable(text).isprintable()
    assert printable(text).encode("latin-1", "backslashreplace").decode("unicode_escape") == text


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
    assert zhengce(page).stdout.endswith("\n\nno records\n")
    assert zhengce(page, "--kind", "person").stdout == "no records\n"


@pytest.mark.parametrize(
    ("arguments", "cleaning", "records"),
    [
        ([], True, ["document", "target"]),
        (["--cleaning"], True, []),
        (["--kind", "target"], False, ["target"]),
        (["--cleaning", "--kind", "target"], True, ["target"]),
    ],
)
def test_what_is_asked_for_is_shown(zhengce, tmp_path, arguments, cleaning, records):
    page = tmp_path / "page.txt"
    page.write_text("市政府印发《云岭市学校建设方案》，将新建学校12所。", "utf-8")
    lines = zhengce(page, *arguments).stdout.splitlines()
    assert ("page.txt, cleaning" in lines) == cleaning
    assert ("page.txt, article 0" in lines) == bool(records)
    kinds = {line.split("  ")[0] for line in lines}
    assert {"document", "target"} & kinds == set(records)


def test_a_mention_with_furniture_inside_is_shown_whole(zhengce, tmp_path):
    page = tmp_path / "page.txt"
    raw = (
        "为改善办学条件，海棠区安排专项资金，支持各镇新建\n学校、扩建校舍，市政府日前印发了《云岭市学校\n"
        "图片来源:云岭发布\n建设方案》，全市将新建学校12所，\n方便群众。"
    )
    page.write_text(raw, "utf-8")
    start, end = raw.index("《"), raw.index("》") + 1
    result = zhengce(page, "--kind", "document")
    assert f"document  《云岭市学校建设方案》  [{start}:{end}]" in result.stdout
    assert "印发了⟦《云岭市学校建设方案》⟧，全市将" in result.stdout
    assert "图片来源" not in result.stdout


def test_what_a_page_hides_is_shown_escaped(zhengce, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("云岭市\u2067印发《学校\u200b建设\u202e方案》。", "utf-8")
    result = zhengce(page)
    assert "《学校建设方案》" in result.stdout
    assert all(line.isprintable() for line in result.output.splitlines())


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
