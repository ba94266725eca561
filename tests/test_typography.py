"""Characters and spaces get the form that Chinese printing gives them, and still know where they stood."""

import pytest

from pipeline.clean import Cleaner
from pipeline.clean.torn_words import TornWords
from pipeline.clean.typography import typography
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
        ("满意率95% and 好评率都高。", "满意率95%和好评率都高。"),
        ("样机通过科技委员会发 改 组验收，投入使用。", "样机通过科技委员会发改组验收，投入使用。"),
        ("各村村民来到会场。县 委副书记 林知远宣读茶园名单。", "各村村民来到会场。县委副书记林知远宣读茶园名单。"),
        ("青禾银行、\xa0云石 开发银行、海岭银行联合要求。", "青禾银行、云石开发银行、海岭银行联合要求。"),
        ("步道长约3.6 万公 里、名列全州第3。", "步道长约3.6万公里、名列全州第3。"),
        ("茶农存款较 去年多出 70亿元，大多存为定期。", "茶农存款较去年多出70亿元，大多存为定期。"),
        # names, bodies and clauses in a row
        ("主持人 林知远 何青 出席,会议结束。", "主持人 林知远 何青 出席，会议结束。"),
        ("云岭省财政厅 商务厅 农业农村厅 水利厅联合发布通知。", "云岭省财政厅 商务厅 农业农村厅 水利厅联合发布通知。"),
        ("第三条 污染防治坚持预防为主。", "第三条 污染防治坚持预防为主。"),
        ("通 知 书", "通知书"),
        # the two halves of a motto
        ("活动以“云岭春光好 海棠花正红”为主题，今天启动。", "活动以“云岭春光好 海棠花正红”为主题，今天启动。"),
        ("会上举办“山水相连 同舟共济：云岭对话会”，嘉宾出席。", "会上举办“山水相连 同舟共济：云岭对话会”，嘉宾出席。"),
        ("他说，“把项目建设抓 好”是关键。", "他说，“把项目建设抓好”是关键。"),
        # a headline that is long, or asks
        (
            "云岭市坚定不移推动青石县老工业基地改造升级提质增效 奋力谱写海棠区现代化产业体系建设崭新篇章开创良好局面",
            "云岭市坚定不移推动青石县老工业基地改造升级提质增效 奋力谱写海棠区现代化产业体系建设崭新篇章开创良好局面",
        ),
        ("云岭水泥价格连涨三月 海棠厂商如何应对？", "云岭水泥价格连涨三月 海棠厂商如何应对？"),
        # a space as wide as a character is set on purpose
        ("第一节\u3000健全机制\u3000第二节\u3000落实责任，抓好考核。", "第一节 健全机制 第二节 落实责任，抓好考核。"),
        ("全县开展检查，总\u3000则明确了责任。", "全县开展检查，总则明确了责任。"),
        # list numbers, labels, datelines, a timeline
        ("1. 具有本市户籍；", "1. 具有本市户籍；"),
        ("专栏3 带动山区茶农增收，共享成果。", "专栏3 带动山区茶农增收，共享成果。"),
        ("本报讯 记者林知远报道 日前，云岭市开工。", "本报讯 记者林知远报道 日前，云岭市开工。"),
        ("项目已经建成，明年投产。（记者 林知远）", "项目已经建成，明年投产。（记者 林知远）"),
        ("7月6日 云岭市部分超市涨价，多数未变。", "7月6日 云岭市部分超市涨价，多数未变。"),
    ],
)
def test_spaces_between_chinese_characters(raw, text):
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("茶树成活率为63.\xa04%。", "茶树成活率为63.4%。"),
        ("茶树成活率为63. 4%。", "茶树成活率为63.4%。"),
        ("修渠花费37\xa0.6亿元，争取秋后通水。", "修渠花费37.6亿元，争取秋后通水。"),
        ("1. 2021年全市完成投资。", "1. 2021年全市完成投资。"),
        ("有关数字见表1. 2021年完成投资。", "有关数字见表1. 2021年完成投资。"),
        ("记者昨天(\xa04月17日)获悉。", "记者昨天（4月17日）获悉。"),
        # what stood in columns or paragraphs of its own
        ("《云岭市公告》解读    2031-04-19，已经发布。", "《云岭市公告》解读 2031-04-19，已经发布。"),
        (
            "一、茶补标准\u3000\u3000（一）每户每季730元。\u3000\u3000二、附则。",
            "一、茶补标准 （一）每户每季730元。二、附则。",
        ),
    ],
)
def test_spaces_in_numbers_and_beside_brackets(raw, text):
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("海棠茶园产量列全县第三．入夏以后，茶农更忙。", "海棠茶园产量列全县第三。入夏以后，茶农更忙。"),
        ("口号改成“邻里”．今年2—9月，茶客增加。", "口号改成“邻里”。今年2—9月，茶客增加。"),
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
    ("raw", "text"),
    [
        ("因子Ⅷ:C减少,α:β比值升高。", "因子Ⅷ:C减少，α:β比值升高。"),
        ("[云岭水务](http://a.cn/b)发布通知。", "[云岭水务](http://a.cn/b)发布通知。"),
        ("第Ⅱ期,已经开工;第Ⅲ期在建。", "第Ⅱ期，已经开工；第Ⅲ期在建。"),
    ],
)
def test_marks_between_what_is_no_chinese_stay_narrow(raw, text):
    assert clean(raw).text == text


def test_spaces_written_as_escapes_are_spaces():
    text = clean("<U+3000><U+3000>各位代表：<U+200D>\n<U+00A0><U+00A0>云岭市长<U+00A0>林知远作报告，提出<U+4E2D>目标。")
    assert text.text == "各位代表：\n云岭市长 林知远作报告，提出<U+4E2D>目标。"
    assert text.to_raw(text.text.index("云岭市长"), text.text.index("云岭市长") + 4) == (46, 50)


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
