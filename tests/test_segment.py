"""Clean text becomes articles and sentences; every character that is not white space is in exactly one sentence."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.clean import Cleaner
from pipeline.document import Document
from pipeline.rulebook import load_rulebook
from pipeline.segment import ArticleSplitter, split_sentences
from pipeline.segment.sentences import MAX_LENGTH, sentence_spans

RULEBOOK = load_rulebook()
CLEANER, SPLITTER = Cleaner(RULEBOOK), ArticleSplitter(RULEBOOK)
TEXT = "青石县坚持把项目建设作为头号工程，全年新开工亿元以上项目31个，完成投资57亿元。"


def segmented(raw: str) -> Document:
    document = Document("page.txt", raw)
    CLEANER(document)
    SPLITTER(document)
    split_sentences(document)
    return document


def titles(raw: str) -> list[str | None]:
    return [article.title for article in segmented(raw).articles]


def sentences(line: str, *, whole: bool = False) -> list[str]:
    return [line[start:end] for start, end in sentence_spans(line, whole=whole)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("一要抓项目；二要抓服务。成效明显！", ["一要抓项目；", "二要抓服务。", "成效明显！"]),
        ("“我们已经投产。”负责人说。", ["“我们已经投产。”", "负责人说。"]),
        ("喊出“干就干最好！”的口号。", ["喊出“干就干最好！”的口号。"]),
        ("“真快啊！”，他说。", ["“真快啊！”，他说。"]),
        ("印发《关于“干什么？怎么干？”的意见》，即日施行。", ["印发《关于“干什么？怎么干？”的意见》，即日施行。"]),
        ("四家企业（甲已投产；乙在建。）入选。", ["四家企业（甲已投产；乙在建。）入选。"]),
        ("真的吗?!是真的。", ["真的吗?!", "是真的。"]),
        ("上门……一张网织密……", ["上门……一张网织密……"]),
        ("增长3.5%。 下一步 将加快。", ["增长3.5%。", "下一步 将加快。"]),
        ("没有标点的一行", ["没有标点的一行"]),
        ("《没有合上的书名。下一句。", ["《没有合上的书名。", "下一句。"]),
        ("", []),
        # Lists
        ("一是稳增长；二是调结构;三是惠民生。", ["一是稳增长；", "二是调结构;", "三是惠民生。"]),
        ("1.抓项目；2.抓服务。（3）抓改革。", ["1.抓项目；", "2.抓服务。", "（3）抓改革。"]),
        ("抓项目；抓服务；等等。成效明显。", ["抓项目；", "抓服务；等等。", "成效明显。"]),
        # Quotations
        ("他说：“投产了。产值翻番。”记者看到，", ["他说：“投产了。", "产值翻番。”", "记者看到，"]),
        ("喊出“快！”“好！”的口号。", ["喊出“快！”“好！”的口号。"]),
        ("“快！”和“好！”两句话。", ["“快！”和“好！”两句话。"]),
        ("以“一切为了群众！”为宗旨。", ["以“一切为了群众！”为宗旨。"]),
        ("他喊：“快！”大家跑了起来。", ["他喊：“快！”", "大家跑了起来。"]),
        ("坚持“稳中求进；以进促稳”的思路；要快。", ["坚持“稳中求进；以进促稳”的思路；", "要快。"]),
        ("“甲厂投产。乙厂在建”，负责人说。", ["“甲厂投产。乙厂在建”，负责人说。"]),
        ("“甲‘快！’乙。”丙。", ["“甲‘快！’乙。”", "丙。"]),
        # Brackets
        ("（以上为初步统计。）下一句。", ["（以上为初步统计。）", "下一句。"]),
        ("落到实处。（记者 王小明）", ["落到实处。", "（记者 王小明）"]),
        (f"甲（{'发展。' * 30}）入选。", [f"甲（{'发展。'}", *["发展。"] * 28, "发展。）", "入选。"]),
        ("【讨论】怎么办？【观点】要改！", ["【讨论】怎么办？", "【观点】要改！"]),
        # Titles
        ("印发《关于印发《快；好》的通知？》。", ["印发《关于印发《快；好》的通知？》。"]),
        ("印发〈怎么干？〉和《甲；乙》。", ["印发〈怎么干？〉和《甲；乙》。"]),
        # Numbers, abbreviations, addresses
        ("占3.5%，排No.5，比为1:1。", ["占3.5%，排No.5，比为1:1。"]),
        ("与U.S.公司、Smart Tech Co.,Ltd.签约。", ["与U.S.公司、Smart Tech Co.,Ltd.签约。"]),
        ("登录http://www.a.cn/x?id=1;lang=zh!a查询。", ["登录http://www.a.cn/x?id=1;lang=zh!a查询。"]),
        ("成本为2元/Wh;2020年再降。", ["成本为2元/Wh;", "2020年再降。"]),
        # What scanning broke
        ("增长3.5%.全市加快建设。", ["增长3.5%.", "全市加快建设。"]),
        ("海棠区(含园区).下一步", ["海棠区(含园区).", "下一步"]),
        ("包括：（1）.抓项目（12）.抓服务", ["包括：（1）.抓项目（12）.抓服务"]),
        ('他说:"投产了。产值翻番。"周工补充。"要快。"', ['他说:"投产了。', '产值翻番。"', "周工补充。", '"要快。"']),
        ('他说："投产了。”周工补充。“要快。"是的。', ['他说："投产了。”', "周工补充。", '“要快。"', "是的。"]),
        ('喊出"干就干！好！"的口号。', ['喊出"干就干！好！"的口号。']),
        ("“投产了。要扩产。他说，“再招人。”是的。", ["“投产了。", "要扩产。", "他说，“再招人。”", "是的。"]),
        ('"投产了。他说："再招人。"是的。', ['"投产了。', '他说："再招人。"', "是的。"]),
        ("投产了。”他说。“再招人。", ["投产了。”", "他说。", "“再招人。"]),
        ("四家企业（甲已投产；乙在建。)入选。", ["四家企业（甲已投产；乙在建。)入选。"]),
        ("四家企业（甲已投产。乙在建。入选（含丙）。", ["四家企业（甲已投产。", "乙在建。", "入选（含丙）。"]),
        ("印发《没有合上的。下一句说《另一方案》好。", ["印发《没有合上的。", "下一句说《另一方案》好。"]),
        ("没有打开的》。下一句）。", ["没有打开的》。", "下一句）。"]),
        ("真快。 ”他说。，好。", ["真快。 ”", "他说。，好。"]),
    ],
)
def test_sentences(line, expected):
    assert sentences(line) == expected


@given(
    st.lists(
        st.sampled_from(["发展", "，", "。", "；", "“好！”", "（甲。乙。）", "3.5%", "No.5", "《快！好；省。》", "？"]),
        max_size=30,
    )
)
def test_titles_brackets_and_numbers_stay_in_one_piece(pieces):
    line = "".join(pieces)
    borders = {start for start, _ in sentence_spans(line)}
    position = 0
    for piece in pieces:
        if len(piece) > 2:
            assert not borders & set(range(position + 1, position + len(piece)))
        position += len(piece)


def test_a_headline_is_one_sentence():
    assert sentences("为什么？怎么办！ 云岭这样答", whole=True) == ["为什么？怎么办！ 云岭这样答"]


@pytest.mark.parametrize(
    "text", ["发展" * 5000, "发展，建设" * 3000, "发 " * 5000, "（" * 5000, "。" * 5000, "“" * 3000 + "。", "1" * 5000]
)
@pytest.mark.parametrize("whole", [True, False])
def test_no_sentence_is_longer_than_the_limit(text, whole):
    pieces = sentences(text, whole=whole)
    assert max(map(len, pieces)) <= MAX_LENGTH
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_long_text_is_cut_at_a_comma():
    assert all(piece.endswith("，") for piece in sentences("发展建设，" * 1000))
    assert all(piece.endswith("，") for piece in sentences("产值1,200.5万元，时间10:30，" * 200))


@given(
    st.text(
        st.sampled_from('发展，。；！？……”“"’）（《》() \u3000?!;的3.%') | st.characters(codec="utf-8"), max_size=120
    )
)
@settings(max_examples=300, deadline=None)
def test_sentences_share_out_a_line(line):
    spans = list(sentence_spans(line))
    assert all(line[start:end] == line[start:end].strip() and start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {i for span in spans for i in range(*span)}
    assert all(i in covered for i, c in enumerate(line) if not c.isspace())


@given(
    st.lists(
        st.sampled_from([TEXT, "云岭高新区再出发", "本报记者 王小明", f"本报讯 近日,{TEXT} 王小明", "延伸阅读 >>>", ""])
    )
)
@settings(max_examples=200, deadline=None)
def test_articles_and_sentences_share_out_a_document(lines):
    document = segmented("\n\n".join(lines))
    text = document.text.text
    covered = [i for s in document.sentences for i in range(s.start, s.end)]
    assert len(covered) == len(set(covered))
    assert all(i in set(covered) for i, c in enumerate(text) if not c.isspace())
    for sentence in document.sentences:
        article = document.articles[sentence.article]
        assert article.start <= sentence.start < sentence.end <= article.end
    for article in document.articles:
        if article.title_span:
            assert text[slice(*article.title_span)] == article.title


class TestArticles:
    def test_short_news_with_titles_datelines_and_sign_offs(self):
        raw = (
            f"云岭高新区:聚力攻坚谋新篇\n\n▶ 周文 王小明 李大江\n\n{TEXT}\n\n抓牢园区建设\n\n{TEXT}\n\n"
            f"海棠高新区新开茶馆900家\n\n本报讯 近日,{TEXT}\n\n{TEXT} 王小明 李大江\n\n"
            f"临川高新区公布茶价\n\n本报讯 近日,{TEXT}\n\n青石高新区办招聘会\n\n本报讯(记者 王小明) {TEXT}"
        )
        assert titles(raw) == [
            "云岭高新区：聚力攻坚谋新篇",
            "海棠高新区新开茶馆900家",
            "临川高新区公布茶价",
            "青石高新区办招聘会",
        ]

    def test_a_box(self):
        raw = (
            f"港城联动专题报道\n\n云岭高新区改革攻坚见实效\n\n把住新机遇,云岭打法清晰\n\n本报记者 王小明\n\n{TEXT}\n\n"
            f"组织保障\n\n{TEXT}\n\n延伸阅读 >>>>\n\n外贸增势喜人 港城联动提速\n\n{TEXT}"
        )
        assert titles(raw) == ["把住新机遇，云岭打法清晰", "外贸增势喜人 港城联动提速"]

    def test_brief_news(self):
        heads = ["云岭市上半年外贸增长8%", "海棠区将建三座污水处理厂", "青石县新增绿地40公顷"]
        raw = "\n".join(f"{head}\n记者今天从市政府获悉，{TEXT}" for head in heads)
        assert titles(raw) == heads
        assert titles(f"记者日前获悉，{TEXT}\n{raw}") == [None, *heads]

    def test_sections_are_no_articles(self):
        raw = "青石县工作报告\n" + "".join(
            f"{head}\n{TEXT}\n" for head in ["指导思想", "目标任务", "重点措施", "组织保障"]
        )
        assert titles(raw) == ["青石县工作报告"]

    def test_a_report_with_its_subtitle_and_source(self):
        raw = (
            "2036年云岭省政府工作报告\n——2036年3月9日在云岭省第十九届人民代表大会第二次会议上\n来源：云岭日报\n"
            f"各位代表：\n现在，我报告工作。\n一、去年主要工作回顾\n{TEXT}"
        )
        assert titles(raw) == ["2036年云岭省政府工作报告"]

    def test_text_alone_has_no_title(self):
        assert titles(f"{TEXT}\n\n（二）扩大投资\n\n{TEXT}") == [None]
        assert titles("") == []

    def test_the_article_covers_its_sign_off(self):
        document = segmented(f"海棠区稳增长\n\n本报讯 近日,{TEXT} 王小明\n\n青石县促就业\n\n本报讯 近日,{TEXT}")
        first, second = document.articles
        assert document.text.text[first.start : first.end].endswith("王小明")
        assert document.text.text[second.start :].startswith("青石县促就业")


class TestSpacy:
    def sents(self, nlp, text):
        doc = Doc(nlp.vocab, words=list(text), spaces=[False] * len(text))
        return [sentence.text.strip() for sentence in nlp.get_pipe("zhengce_segmenter")(doc).sents]

    def test_the_component_cuts_as_the_pipeline_does(self):
        nlp = spacy.blank("zh")
        nlp.add_pipe("zhengce_segmenter")
        text = "一要抓项目；二要抓“服务。”成效明显！\n四家企业（甲已投产；乙在建。）入选。"
        assert self.sents(nlp, text) == [s for line in text.split("\n") for s in sentences(line)]

    def test_it_serves_any_tokenizer_and_survives_nothing(self):
        nlp = spacy.blank("zh")
        nlp.add_pipe("zhengce_segmenter")
        assert [s.text for s in nlp("抓项目。抓服务。").sents] == ["抓项目。", "抓服务。"]
        assert not list(nlp("").sents)
