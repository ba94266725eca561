"""Characters and spaces get the form that Chinese printing gives them, and still know where they stood."""

import pytest

from pipeline.clean import Cleaner
from pipeline.clean.characters import typography
from pipeline.clean.words import TornWords
from pipeline.document import Document
from pipeline.rulebook import load_rulebook

CLEANER = Cleaner(load_rulebook())


def clean(raw):
    document = Document("page.txt", raw)
    CLEANER(document)
    return document.text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        # a conjunction's spaces are no list's
        ("青禾电力 and 云 石电力等公司开始建设。", "青禾电力和云石电力等公司开始建设。"),
        ("样机通过科技委员会发 改 组验收，投入使用。", "样机通过科技委员会发改组验收，投入使用。"),
        ("全体代表出席仪式。县 委副书记 林知远主持签约仪式。", "全体代表出席仪式。县委副书记林知远主持签约仪式。"),
        ("青禾银行、\xa0云石 开发银行、海岭银行联合要求。", "青禾银行、云石开发银行、海岭银行联合要求。"),
        ("航道里程达1.2 万公 里、居全省第3。", "航道里程达1.2万公里、居全省第3。"),
        ("新增贷款比 上年增加 50亿元，重点用于建设。", "新增贷款比上年增加50亿元，重点用于建设。"),
        # names, bodies and clauses in a row
        ("主持人 林知远 何青 出席,会议结束。", "主持人 林知远 何青 出席，会议结束。"),
        ("云岭省财政厅 商务厅 农业农村厅 水利厅联合发布通知。", "云岭省财政厅 商务厅 农业农村厅 水利厅联合发布通知。"),
        ("第三条 污染防治坚持预防为主。", "第三条 污染防治坚持预防为主。"),
        ("通 知 书", "通知书"),
    ],
)
def test_spaces_between_chinese_characters(raw, text):
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("收入增速达到19.\xa08%。", "收入增速达到19.8%。"),
        ("收入增速达到19. 8%。", "收入增速达到19.8%。"),
        ("总投资22\xa0.5亿元，计划年内建成。", "总投资22.5亿元，计划年内建成。"),
        ("1. 2021年全市完成投资。", "1. 2021年全市完成投资。"),
        ("有关数字见表1. 2021年完成投资。", "有关数字见表1. 2021年完成投资。"),
        ("记者今天(\xa011月26日)获悉。", "记者今天（11月26日）获悉。"),
    ],
)
def test_spaces_in_numbers_and_beside_brackets(raw, text):
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("云岭高新区名列全省第三．今年以来，企业增加。", "云岭高新区名列全省第三。今年以来，企业增加。"),
        ("范围扩大至“近邻”．今年1—10月，人数增加。", "范围扩大至“近邻”。今年1—10月，人数增加。"),
        ("全年增长8.1%．", "全年增长8.1%。"),
        ("一．加强领导，落实责任。", "一．加强领导，落实责任。"),
        ("重点工作如下：二．完善制度，落实责任。", "重点工作如下：二．完善制度，落实责任。"),
        ("（二）．完善制度，落实责任。", "（二）．完善制度，落实责任。"),
        ("全年增长8．1%，达到3．5亿元。", "全年增长8.1%，达到3.5亿元。"),
    ],
)
def test_dots_and_full_stops(raw, text):
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("dots", "first", "second"),
    [
        ("…", (4, 5), (4, 5)),
        ("...", (4, 6), (6, 7)),
        ("。。。", (4, 6), (6, 7)),
        ("....", (4, 6), (6, 8)),
        (".....", (4, 7), (7, 9)),
        ("......", (4, 7), (7, 10)),
    ],
)
def test_the_two_halves_of_an_ellipsis_share_its_dots(dots, first, second):
    text = clean(f"服务上门{dots}一张网已经织成。")
    assert text.text == "服务上门……一张网已经织成。"
    assert [text.raw_range(4), text.raw_range(5)] == [first, second]
    assert text.raw_range(6)[0] == second[1]


def test_a_name_at_an_ellipsis_keeps_its_offsets():
    text = clean("走进云岭大学...海岭大学，看变化。")
    assert [text.to_raw(text.text.index(name), text.text.index(name) + 4) for name in ("云岭大学", "海岭大学")] == [
        (2, 6),
        (9, 13),
    ]


class TestTornWords:
    PAGE = "云岭高新区举办招聘会，云岭高新区的企业参加。"

    def headline(self, line, page=PAGE):
        torn = TornWords(page, lambda before, after: (before + after).startswith("发展") and len(before) == 1, ("年",))
        edits = typography(line, prose=False, torn=torn)
        for edit in reversed(edits):
            line = line[: edit.start] + edit.text + line[edit.end :]
        return line

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("云岭高新 区举办招聘会", "云岭高新区举办招聘会"),
            ("2025 年工作报告", "2025年工作报告"),
            ("发 展数字经济", "发展数字经济"),
            ("园区迈进 5个新台阶", "园区迈进 5个新台阶"),
            ("优势互补 产业联动", "优势互补 产业联动"),
            ("林知远 何青", "林知远 何青"),
        ],
    )
    def test_a_headline_keeps_the_spaces_that_separate(self, line, expected):
        assert self.headline(line) == expected

    def test_what_the_page_writes_once_is_no_proof(self):
        assert self.headline("云岭高新 区举办招聘会", "云岭高新区开工。") == "云岭高新 区举办招聘会"
