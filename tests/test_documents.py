"""Titles in 《》: which are documents, and which full title a short form stands for. All titles are invented."""

import re

import pytest
from clean_text import NORMALIZER, RECOGNIZER, RULES, document
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Article
from pipeline.relate.titles import TitleLinker

LINKER = TitleLinker(RULES)


def documents(text, borders=()):
    """(the words, the full title) for each document of a text; `borders` are where further articles begin."""
    found = document(text)
    starts = [0, *borders]
    found.articles = [Article(a, b) for a, b in zip(starts, [*borders, len(text)], strict=True)]
    RECOGNIZER(found)
    NORMALIZER(found)
    LINKER(found)
    return [(text[m.start : m.end], m.links.name) for m in found.mentions if m.kind == "document"]


@pytest.mark.parametrize(
    "marked, names",
    [
        ("云岭市印发⟦《营商环境条例》⟧。", ["营商环境条例"]),
        ("⟦《建设“八湖联通” 实施方案（2031—2034年）》⟧公布。", ["建设“八湖联通”实施方案（2031—2034年）"]),
        ("落实⟦《关于印发《海棠区产业目录》的通知》⟧。", ["关于印发《海棠区产业目录》的通知"]),
        ("落实⟦《关于印发〈海棠区产业目录〉的通知》⟧。", ["关于印发〈海棠区产业目录〉的通知"]),
        ("出台⟦《若干措施》⟧⟦《奖励办法》⟧。", ["若干措施", "奖励办法"]),
        ("他的⟦《青石县水土保持的经验》⟧一文刊出。", ["青石县水土保持的经验"]),
        ("制定⟦《山洪预案；第二版》⟧。", ["山洪预案；第二版"]),
        ("修改⟦《渔港条例》⟧⟦《渔船条例》⟧等8部行政法规。", ["渔港条例", "渔船条例"]),
        ("发布⟦《云岭省统计公报》⟧。", ["云岭省统计公报"]),
    ],
)
def test_titles(marked, names):
    expected = list(zip(re.findall("⟦(.*?)⟧", marked), names, strict=True))
    assert documents(re.sub("[⟦⟧]", "", marked)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "印发了条例。",
        "电影《春到云岭》上映。",
        "电视剧《春到云岭》开播。",
        "合唱《青石谣》。",
        "《云岭日报》报道了此事。",
        "在《云岭学刊》杂志发表。",
        "收看《云岭新闻》栏目。",
        "须持《渔港作业许可证》。",
        "电影《春到云岭》《青石谣》和《海棠红》上映。",
        "《青石谣》《海棠红》等八部优秀作品获奖。",
        "《云岭新世代》今日报道。\n局长告诉《云岭新世代》记者。",
        "系列节目《云岭行》开播。\n《云岭行》共八集。",
        "据《云岭财金报》报道。",
        "《》",
    ],
)
def test_what_is_no_document(text):
    assert documents(text) == []


LONG = "关于振兴临川高新区的实施意见"


@pytest.mark.parametrize(
    "text, names",
    [
        (f"传达《{LONG}》（以下简称《实施意见》），落实《实施意见》。", [LONG] * 3),
        (f"传达《{LONG}》(以下简称《意见》),落实《意见》。", [LONG] * 3),
        (f"传达《{LONG}》（下称“《高新二十条》”）。落实《高新二十条》。", [LONG] * 3),
        (f"传达《{LONG}》。\n落实《实施意见》。", [LONG] * 2),
        (f"《实施意见》发布\n传达《{LONG}》。", [LONG] * 2),
        (
            "《青石县治水行动计划（2031—2034年）》发布。《行动计划》提出八条。",
            ["青石县治水行动计划（2031—2034年）"] * 2,
        ),
        ("学习《中华人民共和国渔港法》。《渔港法》有八章。", ["中华人民共和国渔港法"] * 2),
        # the nearest full title before it
        ("《甲镇治水方案》和《乙镇护林方案》。《方案》提出八条。", ["甲镇治水方案", "乙镇护林方案", "乙镇护林方案"]),
        # what the text says counts before what a title ends in
        (f"《{LONG}》（以下简称《意见》）与《云岭市治水意见》。《意见》有八条。", [LONG, LONG, "云岭市治水意见", LONG]),
        (f"《{LONG}》（云政发〔2031〕8号，以下称《办法》）。\n《办法》有八条。", [LONG] * 3),
        (f"《{LONG}》（云政办发〔2031〕18号）（以下称《办法》）。\n《办法》有八条。", [LONG] * 3),
        ("发布《山茶油》地方标准（下称《标准》）。\n《标准》有八条。", ["山茶油"] * 3),
        # without its brackets
        ("《渔港规划（2031—2034年）》印发。《渔港规划》有八章。", ["渔港规划（2031—2034年）"] * 2),
        ("《渔港规划》将印发。《渔港规划（2031—2034年）》有八章。", ["渔港规划（2031—2034年）"] * 2),
        ("符合《渔港准入条件》。《准入条件》有八条。", ["渔港准入条件"] * 2),
        # a title of its own, though another one ends like it
        ("依据《省级山洪应急预案》，制定《山洪应急预案》。", ["省级山洪应急预案", "山洪应急预案"]),
        ("《实施意见》发布。", ["实施意见"]),
    ],
)
def test_short_forms(text, names):
    assert [name for _, name in documents(text)] == names


def test_a_short_form_stands_for_no_title_of_another_article():
    first = f"传达《{LONG}》。\n"
    text = first + "《实施意见》提出八条。"
    assert [name for _, name in documents(text, [len(first)])] == [LONG, "实施意见"]
    assert [name for _, name in documents(text)] == [LONG, LONG]


@given(
    st.lists(st.sampled_from(["《", "》", "（以下简称", "）", "意见", "实施", "关于", "。", "\n", "，", "2031年"])).map(
        "".join
    )
)
def test_any_text_gives_every_title_a_name(text):
    assert all(words[0] == "《" and words[-1] == "》" and name for words, name in documents(text))
