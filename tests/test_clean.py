"""Raw text becomes clean text: nothing is lost, everything knows where it stood, and well-formed text is left alone."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.clean import Cleaner
from pipeline.clean.characters import is_visible
from pipeline.document import Document
from pipeline.rulebook import load_rulebook

CLEANER = Cleaner(load_rulebook())

ALIKE = str.maketrans({"。": ".", "…": ".", "“": '"', "”": '"'})
TEXTS = st.text(
    st.sampled_from(
        "发展的高新区和记者摄版《》“”（）()，,。.．…；：:！?、 \u3000\u00a0\n\r\t\f0１5%％and图讯\u200b\ufeff▶●-一𠀀"
    )
    | st.characters(codec="utf-8"),
    max_size=200,
)
PAGES = st.lists(TEXTS, max_size=8).map("\n".join)


def clean(raw: str) -> Document:
    document = Document("page.txt", raw)
    CLEANER(document)
    return document


def lines(raw: str) -> list[str]:
    return clean(raw).text.text.split("\n")


def roles(raw: str) -> list[str]:
    return [block.role for block in clean(raw).blocks]


def fold(character: str) -> str:
    return unicodedata.normalize("NFKC", character).translate(ALIKE)


LONG = "青石县坚持把项目建设作为头号工程，全年新开工亿元以上项目31个，完成投资57亿元"


class TestProperties:
    @given(PAGES)
    @settings(max_examples=300, deadline=None)
    def test_blocks_are_the_lines_of_the_text(self, raw):
        document = clean(raw)
        text = document.text.text
        blocks = [text[block.start : block.end] for block in document.blocks]
        assert "\n".join(blocks) == text
        assert all(block == block.strip() and block for block in blocks)

    @given(PAGES)
    @settings(max_examples=300, deadline=None)
    def test_every_visible_character_is_in_the_text_or_named_as_furniture(self, raw):
        document = clean(raw)
        kept = {i for at in range(len(document.text)) for i in range(*document.text.raw_range(at))}
        dropped = {i for r in document.repairs if r.kind == "furniture" for i in range(r.start, r.end)}
        lost = [i for i, c in enumerate(raw) if is_visible(c) and i not in kept and i not in dropped]
        assert not lost, [raw[i] for i in lost]

    @given(PAGES)
    @settings(max_examples=300, deadline=None)
    @example("0B%")
    def test_a_character_stands_for_itself_in_the_raw_file_or_is_named_as_a_look_alike(self, raw):
        document = clean(raw)
        text = document.text
        repaired = {r.start for r in document.repairs if r.kind == "look-alike"}
        for at, character in enumerate(text.text):
            start, end = text.raw_range(at)
            if end - start == 1 and not character.isspace() and start not in repaired:
                assert fold(raw[start]) in (fold(character), "."), (raw[start], character)

    @given(PAGES)
    @settings(max_examples=200, deadline=None)
    def test_line_ends_do_not_matter(self, raw):
        raw = raw.replace("\r", "")
        assert clean(raw.replace("\n", "\r\n")).text.text == clean(raw).text.text

    @given(st.lists(st.text("发展建设高新区，、2019年％:;和", min_size=30, max_size=80), min_size=1, max_size=6))
    @settings(max_examples=200, deadline=None)
    def test_one_finished_paragraph_a_line_stays_as_it_is(self, paragraphs):
        raw = "\n".join(f"今年，{paragraph}。" for paragraph in paragraphs)
        once = lines(raw)
        assert len(once) == len(paragraphs)
        assert lines("\n".join(once)) == once


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("投资12亿元,增长8%;其中:", "投资12亿元，增长8%；其中："),
        ("共3,771项,10:30开始", "共3,771项，10:30开始"),
        ("云岭电网(Smart Grid)建设", "云岭电网（Smart Grid）建设"),
        ("见http://www.yunling.cn/a,b(1)?id=3。", "见http://www.yunling.cn/a,b(1)?id=3。"),
        ("An English line, with (marks); all right?", "An English line, with (marks); all right?"),
        ("技术 and 资金,标准 and 规范。", "技术和资金，标准和规范。"),
        ("R and D投入。", "R and D投入。"),
        ("服务上门...一张网", "服务上门……一张网"),
        ("总则..........3", "总则..........3"),
        ("２０２１年增长３．５％。", "2021年增长3.5%。"),
        ("到2021 年建成 30 个,占全 区一半。", "到2021年建成30个，占全区一半。"),
        ("本报讯 近日,云岭高新区开工。", "本报讯 近日，云岭高新区开工。"),
        ("主持人 王小明 李大江 出席,会议结束。", "主持人 王小明 李大江 出席，会议结束。"),
        ("《海棠区 条例》印发,即日施行。", "《海棠区 条例》印发，即日施行。"),
        ("项目建成.", "项目建成。"),
        ("1.加强领导，落实责任。", "1.加强领导，落实责任。"),
        ("高\u00ad新\u200b区\ufeff建设。", "高新区建设。"),
        ("𠮷祥里完成改造,新增车位9个。", "𠮷祥里完成改造，新增车位9个。"),
        ("\u3000\u3000全年目标已经完成。", "全年目标已经完成。"),
        ("", ""),
        (" \n\u3000\r\n\f", ""),
    ],
)
def test_typography(raw, text):
    assert clean(raw).text.text == text
    assert clean(text).text.text == text


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\f", "\v", "\u2028"])
def test_every_line_end_counts(line_end):
    assert lines(f"第一件事已经办完。{line_end}第二件事正在办理。") == ["第一件事已经办完。", "第二件事正在办理。"]


class TestJoining:
    @pytest.mark.parametrize(
        ("upper", "lower"),
        [
            (f"{LONG}。同时培育科技领军企", "业12家，引进高级技工80名。"),
            (f"{LONG}，", "比上年多9个。"),
            (f"{LONG}。园区负责人说：“我们将把服务", "做到企业门口。”"),
            (f"{LONG}。为项目落地提供有力的", "资金保障。"),
            (f"{LONG}。全年新增就业", "3000人，比上年多一成。"),
        ],
    )
    def test_a_paragraph_cut_by_a_column(self, upper, lower):
        assert len(lines(f"{upper}\n\n{lower}")) == 1

    @pytest.mark.parametrize(
        ("upper", "lower"),
        [
            (f"{LONG}。", f"{LONG}。"),
            ("抓牢园区建设", f"{LONG}。"),
            ("敢闯敢试,争当改革先锋", f"{LONG}。"),
            ("（三）着力扩大内需，为畅通循环释放新的活力", f"{LONG}。"),
            (
                "青石县人民政府办公室关于印发青石县加快工业园区发展壮大若干政策措施的通知",
                "各镇人民政府，县政府各部门：",
            ),
            ("各位代表：", f"现在，我报告工作，{LONG}。"),
            (f"{LONG}；", f"（二）{LONG}。"),
            ("2021年3月5日", "青石县促进就业办法"),
            ("青石县发展和改革局", "青石县工业和信息化局"),
            ("首页", "政务公开"),
        ],
    )
    def test_lines_that_stand_for_themselves(self, upper, lower):
        assert len(lines(f"{upper}\n{lower}")) == 2
        assert len(lines(f"{upper}\n\n{lower}")) == 2

    def test_a_narrow_column_with_a_blank_line_after_every_line(self):
        text = (
            "海棠区把人才工作摆在优先位置，出台政策二十条，设立专项资金一亿元，建成人才公寓八百套。"
            "一年来，引进博士三十二名，其中海外归来的有九名，组建创新团队十一个，转化成果四十项，"
            "带动企业新增产值六亿元，人才对发展的支撑作用日益明显。"
        )
        narrow = [text[:11], *(text[i : i + 13] for i in range(11, len(text), 13))]
        assert lines("\n\n".join(narrow)) == [text]

    def test_a_caption_between_the_halves_of_a_sentence_follows_the_paragraph(self):
        raw = f"{LONG}。为了把这些项目\n\n\n\n海棠湾港区一角。\n\n建设好，县里成立了专班。"
        assert lines(raw) == [f"{LONG}。为了把这些项目建设好，县里成立了专班。", "海棠湾港区一角。"]
        assert roles(raw) == ["paragraph", "caption"]

    def test_words_meet_with_a_space_only_where_they_are_latin(self):
        assert lines(f"{LONG}，引进了Smart\nGrid系统。") == [f"{LONG}，引进了Smart Grid系统。"]


class TestWebPages:
    @pytest.mark.parametrize(
        "line",
        [
            "[政策](https://www.yunling.cn/zc/index.html)",
            "![图 6](https://www.yunling.cn/a.png)粤商通",
            "云岭市水务局 http://www.yunling.cn",
        ],
    )
    def test_an_address_goes_on_with_nothing(self, line):
        assert len(lines(f"青石县办事指南，详情看这里\n{line}\n海棠区图书馆周末也开放")) == 3


class TestFurniture:
    @pytest.mark.parametrize(
        "line",
        [
            "图片来源:云岭高新区",
            "图片来源：云岭日报",
            "（资料图片）",
            "本报记者 王小明 摄",
            "王小明/摄",
            "云岭市融媒体中心供图",
            "第3版",
            "3版 综合新闻",
            "云岭日报 8月11日 第6版",
            "责任编辑:王小明 美编:李大江",
            "（下转第4版）",
            "- 5 -",
            "【字体：大 中 小】",
            "打印本页",
            "扫一扫在手机打开当前页",
            "云ICP备11019954号 云岭水泥集团有限公司",
            "云公网安备 53010002000001号",
            "云岭市人民政府 © 版权所有",
            "承办：云岭市信息中心 技术支持：青禾科技有限公司",
            ">>>>",
        ],
    )
    def test_it_goes_and_the_sentence_around_it_closes(self, line):
        raw = f"{LONG}。为用好用活专项资\n\n\n\n{line}\n\n金，设立了工作组。"
        assert lines(raw) == [f"{LONG}。为用好用活专项资金，设立了工作组。"]
        assert [raw[r.start : r.end] for r in clean(raw).repairs if r.kind == "furniture"] == [line]

    def test_the_foot_of_a_web_page_goes(self):
        foot = ["关闭", "云岭市大数据管理局", "云岭市人民政府 版权所有", "承办：云岭市信息中心", "学习强国", "返回顶部"]
        assert lines("\n".join([f"{LONG}。", *foot])) == [f"{LONG}。"]

    def test_a_signature_and_an_organizer_above_it_stay(self):
        text = [f"{LONG}。", "承办：云岭市茶叶协会", f"{LONG}。", "云岭市大数据管理局"]
        assert lines("\n".join([*text, "返回顶部"])) == text

    def test_a_credit_goes_and_its_caption_stays(self):
        raw = f"{LONG}。\n\n俯瞰云岭高新区。云岭晚报通讯员 王小明 摄"
        assert lines(raw)[1:] == ["俯瞰云岭高新区。"]
        assert roles(raw) == ["paragraph", "caption"]
        assert ("aside", "俯瞰云岭高新区。") in [(r.kind, r.text) for r in clean(raw).repairs]

    @pytest.mark.parametrize(
        "line",
        ["记者走进车间拍摄", "本报记者 王小明", "图为云岭高新区一角。", "第三版权保护中心", "打印机产业园", "12家企业"],
    )
    def test_what_only_looks_like_it_stays(self, line):
        assert line in lines(f"{LONG}。\n\n{line}\n\n{LONG}。")

    def test_numbers_in_the_cells_of_a_table_stay(self):
        assert lines("指标\n12\n35\n7家") == ["指标", "12", "35", "7家"]

    @pytest.mark.parametrize(
        "rows",
        [
            ["1", "村里的居民", f"{LONG}。", "2", "中小学生", f"{LONG}。", "3", "其他居民"],
            ["18、禁止占用水库。", "19", "禁止占用河道、湖泊、湿地和滩涂。", "20、禁止占用公园。"],
        ],
    )
    def test_numbers_of_the_rows_of_a_table_stay(self, rows):
        assert lines("\n".join(rows)) == rows

    def test_numbers_of_pages_go(self):
        page = f"{LONG}。{LONG}。{LONG}。{LONG}。\n" * 4
        assert lines(f"{page}1\n{page}2\n{page}") == [page.split("\n")[0]] * 12

    def test_a_bracket_that_closes_it_goes_with_it(self):
        assert lines(f"{LONG}。\n\n（责任编辑：王小明\n）\n\n{LONG}。") == [f"{LONG}。", f"{LONG}。"]

    def test_a_digit_below_a_letter_stays(self):
        assert lines(f"{LONG}。广义货币M\n2\n增长11.3%，低于预期。") == [f"{LONG}。广义货币M2增长11.3%，低于预期。"]

    def test_a_repeated_headline_is_set_aside(self):
        raw = f"云岭高新区改革再出发\n\n云岭高新区改革再出发\n\n本报记者 王小明\n\n{LONG}。"
        assert lines(raw).count("云岭高新区改革再出发") == 2
        assert roles(raw) == ["title", "repeat", "byline", "paragraph"]
        assert ("aside", "it repeats a title") in [(r.kind, r.reason) for r in clean(raw).repairs]

    @pytest.mark.parametrize("line", ["图 片来源:云岭高新区", "图片来 源：云岭日报"])
    def test_a_credit_with_torn_words(self, line):
        assert lines(f"{LONG}。\n\n{line}\n\n{LONG}。") == [f"{LONG}。", f"{LONG}。"]

    def test_digits_that_belong_to_a_number_stay(self):
        assert lines(f"{LONG};20\n\n13\n\n年茶价指数上升。") == [f"{LONG}；2013年茶价指数上升。"]

    def test_names_behind_a_marked_heading_are_a_line_of_their_own(self):
        raw = f"云岭高新区改革再出发\n\n▶ 前言 王小明 李大江\n\n{LONG}。"
        assert lines(raw)[1:3] == ["▶ 前言", "王小明 李大江"]


class TestRoles:
    def test_a_page(self):
        raw = (
            "三次跨越专题报道\n\n云岭高新区:把链条拉长 把集群做强\n\n本报记者 王小明 通讯员 李大江\n\n"
            f"{LONG}。\n\n重点措施\n\n● 建设科创中心\n\n{LONG}。\n\n- 建成港口集疏运网。\n- 推开一次办成改革。\n"
        )
        expected = "title title byline paragraph heading heading paragraph item item"
        assert roles(raw) == expected.split()

    def test_a_sign_off_stands_by_itself(self):
        raw = f"{LONG}。 王小明 李大江\n\n海棠区新开茶馆900家\n\n本报讯 近日,{LONG}。"
        assert roles(raw) == ["paragraph", "byline", "title", "paragraph"]

    @pytest.mark.parametrize(
        "end", ["云岭市人民政府    二〇二一年三月五日", " 2021年3月5日", "（此件公开发布）", "（记者 王小明）"]
    )
    def test_a_paper_begins_below_the_end_of_another(self, end):
        upper, lower = f"{LONG}，比上年多。{end}", f"云岭市人民政府关于加强水库管理的意见，各县要落实。{LONG}。"
        assert lines(f"{upper}\n\n{lower}")[-1] == lower

    def test_a_number_before_a_year_opens_an_item(self):
        item = f"2.2024年底前，{LONG}。"
        assert lines(f"{LONG}（以对照表为准）\n\n{item}")[-1] == item

    def test_a_heading_that_enumerates_is_no_caption(self):
        raw = f"海棠区促就业\n\n{LONG}。\n\n\n\n第六，逐步改善居民生活"
        assert roles(raw)[-1] == "heading"

    def test_dates_of_a_list_are_no_repeats(self):
        raw = "云岭公告目录\n海棠区办公告通知\n[ 2026-08-20 ]\n青石县局公告通知\n[ 2026-08-20 ]"
        assert "repeat" not in roles(raw)

    @pytest.mark.parametrize("line", ["来源：云岭日报", "2021年3月5日", "发布时间：2021-03-05", "云政发〔2021〕3号"])
    def test_what_is_known_about_the_paper_is_no_headline(self, line):
        assert roles(f"云岭市数字经济规划\n{line}\n{LONG}。") == ["title", "byline", "paragraph"]


@pytest.mark.parametrize("paragraph_end", ["\n\n", "\n"])
def test_clean_text_is_clean(paragraph_end):
    raw = paragraph_end.join(
        [
            "云岭高新区:把链条拉长 把集群做强",
            "本报记者 王小明 通讯员 李大江",
            f"{LONG},增长8%;其中",
            "新能源项目12个。",
            "重点措施",
            "● 建设科创中心",
            f"{LONG}... 王小明 李大江",
            "俯瞰云岭高新区。云岭晚报通讯员 王小明 摄",
        ]
    )
    once = clean(raw).text.text
    assert clean(once).text.text == once


class TestReadingOrder:
    COLUMN = (
        "青石县的项目要落地，服务要跟上。园",
        "区设立代办专窗，企业少跑腿、数据多",
        "跑路，平均办结时间缩短到三天，比上",
        "年少了一半，企业都说好。",
    )
    LAST = "".join(COLUMN)
    ORPHAN = "\n\n".join(COLUMN)
    TEXT = f"{LONG}。{LONG}。"
    TOP = "云岭市项目建设跑出加速度\n\n本报记者 王小明 李大江\n\n"

    def test_text_above_the_headline_goes_below_the_heading_that_has_none(self):
        raw = f"{self.ORPHAN}\n\n{self.TOP}{self.TEXT}\n\n招来项目有办法\n\n{self.TEXT}\n\n建好园区有保障"
        assert lines(raw)[0] == "云岭市项目建设跑出加速度"
        assert lines(raw)[-2:] == ["建好园区有保障", self.LAST]

    def test_text_above_the_headline_goes_below_the_article_that_has_its_words(self):
        raw = f"{self.ORPHAN}\n\n{self.TOP}园区设立代办专窗，平均办结时间缩短，青石县的企业少跑腿、数据多跑路。{LONG}。"
        assert lines(raw)[0] == "云岭市项目建设跑出加速度"
        assert lines(raw)[-1] == self.LAST

    def test_it_is_told_and_what_moved_is_named(self):
        raw = f"{self.ORPHAN}\n\n{self.TOP}{self.TEXT}\n\n建好园区有保障"
        document = clean(raw)
        (issue,) = document.issues
        assert not issue.fatal
        assert "moved below its last heading, 建好园区有保障" in issue.message
        (move,) = [r for r in document.repairs if r.kind == "move"]
        assert (move.text, raw[move.start : move.end]) == (self.LAST, self.ORPHAN)

    def test_a_title_cut_out_of_its_sentence_is_no_headline(self):
        cut = "要落实《\n\n关于加强水库管理的决定\n\n》，园区设立代办专窗，企业少跑腿、数据多跑路。"
        document = clean(f"{self.ORPHAN}\n\n{self.TEXT}\n\n{LONG}。{cut}")
        assert document.text.text.startswith(self.LAST)
        assert not document.issues

    def test_without_proof_the_order_stays_and_the_doubt_is_told(self):
        document = clean(f"{self.ORPHAN}\n\n{self.TOP}{self.TEXT}\n\n招来好项目的办法\n\n{self.TEXT}")
        assert document.text.text.startswith(self.LAST)
        assert [i.message for i in document.issues] == [
            "the page begins with text that has no headline; its order was left as it is"
        ]
        assert not any(r.kind == "move" for r in document.repairs)


class TestRepairs:
    """Everything that cleaning did is written down, in code points of the raw text."""

    RAW = (
        f"{LONG}。为了把这些项目\n\n\n\n海棠湾港区一角。\n\n建设好,县里成立了专\u200b班, "
        "请来技术 and 管理人员,投入l00万元。\n\n图片来源:云岭日报\n"
    )

    def test_each_kind(self):
        found = {(r.kind, self.RAW[r.start : r.end], r.text) for r in clean(self.RAW).repairs}
        assert found == {
            ("aside", "海棠湾港区一角。", "海棠湾港区一角。"),
            ("join", "\n\n\n\n海棠湾港区一角。\n\n", ""),
            ("width", ",", "，"),
            ("invisible", "\u200b", ""),
            ("space", " ", ""),
            ("conjunction", " and ", "和"),
            ("look-alike", "l", "1"),
            ("furniture", "图片来源:云岭日报", ""),
        }

    def test_a_join_says_why_and_how_sure_it_is(self):
        (join,) = [r for r in clean(self.RAW).repairs if r.kind == "join"]
        assert join.reason
        assert join.confidence is not None
        assert 0.5 < join.confidence <= 1

    @given(PAGES)
    @settings(max_examples=200, deadline=None)
    def test_they_lie_in_the_raw_text_in_order(self, raw):
        repairs = clean(raw).repairs
        assert all(0 <= r.start <= r.end <= len(raw) for r in repairs)
        assert repairs == sorted(repairs, key=lambda r: (r.start, r.end, r.kind))
