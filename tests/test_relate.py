"""What reports say of their quantities: done or to be done, chapter by chapter; what is measured; by when."""

import pytest

from pipeline.document import Document
from pipeline.write import records


def quantities(pipeline, text, published=None):
    """Record of each quantity by its text, its horizon as text."""
    document = pipeline.process(Document("a.txt", text, published))
    assert not [i for i in document.issues if i.fatal]
    found = records(document)
    texts = {r.id: r.text for r in found}
    return {
        r.text: {**r.model_dump(), "horizon": texts.get(r.horizon)} for r in found if r.kind in ("target", "figure")
    }


REVIEW = "一、2031年工作回顾\n{}\n"
PLAN = "二、2032年主要目标任务\n{}\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "积极争取上级支持，全年落实专项资金26亿元。",
        "圆满完成年度目标任务。新建驿站26座。",
        "单位能耗预计下降26%。",
        "聚焦发展目标，奋力拼搏，就业增加26万人。",
        "确保用水安全，改造管网26公里。",
    ],
)
def test_a_stray_word_of_planning_makes_no_plan_of_what_was_done(pipeline, sentence):
    assert {r["kind"] for r in quantities(pipeline, REVIEW.format(sentence)).values()} == {"figure"}


def test_a_chapter_on_what_was_done_may_look_ahead(pipeline):
    text = REVIEW.format("环线开工建设，将于明年新增泊位26个。步道全长41公里。")
    found = quantities(pipeline, text)
    assert (found["26个"]["kind"], found["41公里"]["kind"]) == ("target", "figure")


@pytest.mark.parametrize("sentence", ["产值增长6%。", "突出项目攻坚，完成投资26亿元。", "新增驿站26座。"])
def test_a_chapter_on_what_is_to_be_done_needs_no_modal_words(pipeline, sentence):
    assert {r["kind"] for r in quantities(pipeline, PLAN.format(sentence)).values()} == {"target"}


def test_a_chapter_on_what_is_to_be_done_may_look_back(pipeline):
    found = quantities(pipeline, PLAN.format("去年已建成驿站26座。\n铺设管网41公里。"))
    assert (found["26座"]["kind"], found["41公里"]["kind"]) == ("figure", "target")


def test_the_next_chapter_ends_the_one_before(pipeline):
    found = quantities(pipeline, PLAN.format("新增驿站26座。") + "三、附则\n环线全长41公里。")
    assert (found["26座"]["kind"], found["41公里"]["kind"]) == ("target", "figure")


def test_an_aim_in_so_many_words_opens_a_plan(pipeline):
    text = "今年青石县的预期目标是：产值增长6%。居民收入与经济增长同步。零售额增长9%。"
    assert {r["kind"] for r in quantities(pipeline, text).values()} == {"target"}


@pytest.mark.parametrize(
    ("text", "mention", "kind"),
    [
        ("试验线可望在今年投产。全年施工项目74个。", "74个", "figure"),
        ("财政赤字拟安排9亿元，比去年预算减少2亿元。", "2亿元", "target"),
        ("充电量比去年同期增长37%左右。", "37%左右", "figure"),
        ("预算由2007年的32亿元增加到2011年的168亿元。", "168亿元", "figure"),
        ("产值比原定计划还少3%。", "3%", "figure"),
    ],
)
def test_planned_or_reached(pipeline, text, mention, kind):
    assert quantities(pipeline, text)[mention]["kind"] == kind


@pytest.mark.parametrize(
    ("text", "mention", "indicator"),
    [
        ("城镇居民人均可支配收入增长6%。", "6%", "城镇居民人均可支配收入"),
        ("细颗粒物年均浓度下降9%。", "9%", "细颗粒物年均浓度"),
        ("饮料、糕点抽检合格率分别达98%、97%。", "98%", "饮料抽检合格率"),
        ("高技术制造业、数字产品制造业增加值分别增长7%、6%。", "7%", "高技术制造业增加值"),
        ("跨境贸易增速高于全国8个百分点。", "8个百分点", "跨境贸易增速"),
        ("而钾肥产量为50万吨。", "50万吨", "钾肥产量"),
        ("各类养老机构比上年增加7家。", "7家", "各类养老机构"),
        ("与28个国家和地区通航。", "28个", "国家和地区通航"),
        ("班列（临川）今年开行超100列。", "超100列", "班列（临川）开行"),
        ("经济增长预期下调至3%。", "3%", "经济增长预期"),
        ("取缔非法社会组织34家。", "34家", "非法社会组织"),
        ("国内生产总值增长5%。", "5%", "国内生产总值"),
    ],
)
def test_what_is_measured(pipeline, text, mention, indicator):
    assert quantities(pipeline, text)[mention]["indicator"] == indicator


@pytest.mark.parametrize(
    ("text", "mention", "horizon"),
    [
        ("一季度产值增长4%，二季度增长6%，三季度增长5%。", "6%", "二季度"),
        ("进出口连续4年居全省前列，新建码头9个。", "9个", None),
        ("产量连续4年超过9亿斤。", "超过9亿斤", "4年"),
        ("产值比2030年增长6%。", "6%", None),
    ],
)
def test_the_time_that_bounds_it(pipeline, text, mention, horizon):
    assert quantities(pipeline, text)[mention]["horizon"] == horizon


@pytest.mark.parametrize(("text", "mention"), [("粮食增产42亿斤。", "42亿斤"), ("粮食减产42亿斤。", "42亿斤")])
def test_a_harvest_that_grows_is_a_change(pipeline, text, mention):
    found = quantities(pipeline, text)[mention]
    assert (found["measure"], found["indicator"]) == ("change", "粮食")
