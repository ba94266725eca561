"""The articles of a page are told apart, and each block is what it is: headline, byline, text, caption."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import Cleaner
from pipeline.document import Document
from pipeline.rulebook import load_rulebook
from pipeline.segment import ArticleSplitter

RULEBOOK = load_rulebook()
CLEANER, SPLITTER = Cleaner(RULEBOOK), ArticleSplitter(RULEBOOK)
TEXT = "青石县坚持把项目建设作为头号工程，全年新开工亿元以上项目31个，完成投资57亿元，比上年多出9亿元。"
NEWS = f"本报讯 近日，{TEXT}"


def page(*lines: str) -> Document:
    document = Document("page.txt", "\n\n".join(lines))
    CLEANER(document)
    SPLITTER(document)
    return document


def roles(*lines: str) -> str:
    return " ".join(block.role for block in page(*lines).blocks)


def titles(*lines: str) -> list[str | None]:
    return [article.title for article in page(*lines).articles]


class TestHeadline:
    @pytest.mark.parametrize(
        "lines",
        [
            ["阔步新时代专题报道", "海棠区“双链”融合见实效", "本报记者 王小明"],
            ["一线蹲点", "海棠区“双链”融合见实效", "云岭市供应链服务体系加快成形", "本报记者 王小明"],
            ["海棠区“双链”融合见实效", "——云岭市供应链观察", "记者 王小明"],
            ["云岭市供应链服务体系加快成形", "海棠区“双链”融合见实效", "王小明 李大江"],
            ["海棠区“双链”融合见实效", "海棠区“双链”融合见实效", "本报记者 王小明"],
            ["海棠区“双链”融合见实效", "前言", "王小明 李大江"],
            ["海棠区“双链”融合见实效", "王小明"],
            ["海棠区“双链”融合见实效"],
        ],
    )
    def test_it_is_chosen_among_what_stands_with_it(self, lines):
        assert titles(*lines, TEXT, TEXT) == ["海棠区“双链”融合见实效"]

    def test_a_menu_above_it_is_none(self):
        menu = ["首页", "政务公开", "政务服务", "互动交流", "政策发布", "云岭市人民政府办公厅公报"]
        title = "云岭市人民政府关于印发青石县水库管理办法的通知"
        assert titles(*menu, title, TEXT) == [title]

    @pytest.mark.parametrize("line", ["王小明", "王 明", "王小明 李大江", "云岭市人民政府办公室", "云岭市市长 王小明"])
    def test_who_signs_below_it_is_no_second_headline(self, line):
        assert roles("关于支持海棠湾发展的若干措施", line, TEXT, TEXT) == "title byline paragraph paragraph"

    @pytest.mark.parametrize("line", ["前言", "项目", "党建", "目标任务"])
    def test_a_section_is_nobody(self, line):
        assert "byline" not in roles("云岭市规划", "重点措施", line, TEXT)


class TestArticles:
    @pytest.mark.parametrize("signed", ["王小明", "王小明 李大江", "（记者 王小明）"])
    def test_a_sign_off_ends_one(self, signed):
        assert titles("青石县办招聘会", NEWS, TEXT, signed, "海棠区促就业", TEXT) == ["青石县办招聘会", "海棠区促就业"]
        assert titles("青石县办招聘会", NEWS, f"{TEXT} {signed}", "海棠区促就业", NEWS)[1:] == ["海棠区促就业"]

    def test_a_caption_may_follow_the_sign_off(self):
        lines = ["青石县办招聘会", NEWS, f"{TEXT} 王小明", "图为招聘会现场。", "海棠区促就业", TEXT]
        assert titles(*lines) == ["青石县办招聘会", "海棠区促就业"]

    @pytest.mark.parametrize("below", ["云政办发〔2021〕3号", "云岭市人民政府办公室", "各县人民政府："])
    def test_a_paper_begins_one(self, below):
        paper = "关于加强水库管理的通知"
        assert titles("青石县办招聘会", NEWS, TEXT, paper, below, TEXT) == ["青石县办招聘会", paper]

    def test_a_paper_below_the_notice_that_issues_it_begins_none(self):
        notice = "云岭市人民政府关于印发云岭市水库管理办法的通知"
        lines = ["云政发〔2021〕3号", "各县人民政府：", TEXT, "云岭市水库管理办法", "云政发〔2021〕3号", TEXT]
        assert titles(notice, *lines) == [notice]

    def test_headlines_with_a_source_between_them_share_one_text(self):
        lines = ["2036年云岭省政府工作报告", "来源：云岭日报", "去年主要工作回顾", TEXT]
        assert titles(*lines) == ["2036年云岭省政府工作报告"]

    @pytest.mark.parametrize("heading", ["重点措施", "一、重点措施", "● 重点措施", "钱从哪里来？"])
    def test_a_heading_begins_none(self, heading):
        lines = ["青石县：项目建设再提速", "本报记者 王小明", TEXT, heading, TEXT]
        assert roles(*lines) == "title byline paragraph heading paragraph"
        assert titles(*lines) == ["青石县：项目建设再提速"]

    def test_a_page_may_begin_with_text(self):
        assert titles(TEXT, "海棠区促就业", "本报记者 王小明", TEXT) == [None, "海棠区促就业"]

    @given(
        st.lists(
            st.sampled_from(
                [TEXT, NEWS, "海棠区促就业", "重点措施", "王小明", "图为海棠湾。", "延伸阅读", "来源：云岭网"]
            )
        )
    )
    @settings(max_examples=200, deadline=None)
    def test_they_share_out_the_blocks(self, lines):
        document = page(*lines)
        shared = [
            block
            for article in document.articles
            for block in document.blocks
            if article.start <= block.start and block.end <= article.end
        ]
        assert shared == document.blocks


class TestCaptions:
    @pytest.mark.parametrize(
        "caption", ["游客在海棠湾观看花灯展。", "云岭港区一角。", "工人正在车间装配水泵。", "俯瞰海棠湾。"]
    )
    def test_a_scene_at_the_end(self, caption):
        assert roles("海棠区促就业", NEWS, TEXT, caption) == "title paragraph paragraph caption"

    @pytest.mark.parametrize("caption", ["海棠湾供水能力提升。", "海棠湾供水能力提升"])
    def test_what_stands_far_from_the_text(self, caption):
        assert (
            roles("海棠区促就业", NEWS, TEXT, TEXT, f"\n\n{caption}") == "title paragraph paragraph paragraph caption"
        )

    def test_captions_stand_together(self):
        lines = ["海棠区促就业", NEWS, TEXT, "\n\n云岭港区一角。", "海棠湾供水能力提升。"]
        assert roles(*lines) == "title paragraph paragraph caption caption"

    @pytest.mark.parametrize(
        "line",
        [
            "特此通知。",
            "他说，这只是开始。",
            "下一步，青石县将再建水库3座。",
            "目前，工人正在加紧施工，力争年底前完工。",
        ],
    )
    @pytest.mark.parametrize("gap", ["", "\n\n"])
    def test_text_is_none(self, line, gap):
        assert roles("海棠区促就业", NEWS, TEXT, gap + line) == "title paragraph paragraph paragraph"

    def test_a_short_last_sentence_is_none(self):
        assert roles("海棠区促就业", NEWS, TEXT, "未来可期。") == "title paragraph paragraph paragraph"

    def test_short_sentences_that_begin_alike_are_a_list(self):
        lines = ["加快建成科创中心。", "加快推行一网通办。", "加快培育绿色产业。"]
        assert roles("海棠区促就业", NEWS, *lines, TEXT) == "title paragraph item item item paragraph"
