from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naming import of_kind, process


def bodies(text, **names):
    return [t for t, _ in of_kind(process(text, **names), "organization")]


def canonical(text, **names):
    return [m.links.name for _, m in of_kind(process(text, **names), "organization")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("临川市财政局发布公告。", ["临川市财政局"]),
        ("由市财政局会同县教育局落实。", ["市财政局", "县教育局"]),
        ("市委、市政府决定，区管委会落实。", ["市委", "市政府", "区管委会"]),
        ("财政部、国家发展改革委等九部门联合印发。", ["财政部", "国家发展改革委"]),
        ("推动启明集团和青禾集团战略性重组。", ["启明集团", "青禾集团"]),
        ("与云岭大学生命科学学院合作。", ["云岭大学生命科学学院"]),
        ("临川日报·云岭壹点记者获悉。", ["临川日报·云岭壹点"]),
        ("镇党群服务中心的人说。", ["镇党群服务中心"]),
        ("中央财政安排资金，省委党校印发方案。", ["中央", "省委党校"]),
        ("记者从县防汛抗旱指挥部办公室获悉。", ["县防汛抗旱指挥部办公室"]),
        ("央视网消息，总台综合频道播出。", ["央视网", "总台综合频道"]),
        ("财政部应急管理部预拨中央自然灾害救灾资金。", ["财政部", "应急管理部", "中央"]),
        ("商务部云端秩序司在欧盟发言。", ["商务部云端秩序司", "欧盟"]),
        ("临川市财政局临川市教育局印发。", ["临川市财政局", "临川市教育局"]),
        ("在市委市政府领导下。", ["市委", "市政府"]),
        ("合格的单位报市人力资源社会保障局。", ["市人力资源社会保障局"]),
        ("从市经济和信息化委员会了解到，将市房产交易中心合并。", ["市经济和信息化委员会", "市房产交易中心"]),
        ("行业最大的民营企业启明集团扩产，仅有数个青禾集团。", ["启明集团", "青禾集团"]),
        ("住房城乡建设部分别部署。", ["住房城乡建设部"]),
        ("项目布局青石云店经济技术开发区。", ["青石云店经济技术开发区"]),
        ("财政部与云南省在北京共同举办论坛。", ["财政部", "云南省"]),
        ("第五条市政府统筹。", ["市政府"]),
    ],
)
def test_rules_find_bodies_whole(text, expected):
    assert bodies(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "优化产业布局，形成发展新格局。",
        "各级政府、各部门和科研院所共同参与。",
        "我们的干部全部到位，局部地区有雨。",
        "建设一批制造业创新中心、重点实验室和技术研究院。",
        "支持国有银行、保险公司等金融机构发展。",
        "在全国143家高新区里居中。",
        "城市政府委托专业机构办理。",
        "引进俄罗斯、越南、泰国等国家的企业。",
        "收购意大利、西班牙等国家的品牌。",
        "各区人民政府、全市综治中心落实。",
        "西部一家太阳能公司和五个企业集团投产。",
        "中央企业建设世界一流大学。",
    ],
)
def test_kinds_of_bodies_and_ordinary_words_are_none(text):
    assert bodies(text) == []


@pytest.mark.parametrize(
    ("text", "model", "expected"),
    [
        # the post's first character
        ("临川茶科局局长到场。", "临川茶科局局", "临川茶科局"),
        # a verb in front, a bracket behind
        ("建成青禾微晶研究所。", "建成青禾微晶研究所", "青禾微晶研究所"),
        ("与青禾钢铁厂（QHGT）签约。", "青禾钢铁厂", "青禾钢铁厂（QHGT）"),
        ("启明发展集团党委委员到场。", "启明发展集团党委", "启明发展集团"),
        ("落实党中央站位要求。", "党中央站", "党中央"),
    ],
)
def test_the_models_borders_are_put_right(text, model, expected):
    assert bodies(text, organization=(model,)) == [expected]


def test_a_slogan_in_quotation_marks_is_no_body():
    assert bodies("推进“青云快办”改革。", organization=("青云快办",)) == []


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("临川高新区动工。开创高新区新局面。", {"place": ("临川",)}, ["临川高新区", "临川高新区"]),
        ("临川高新区管委会、青石县委出席。管委会强调。", {}, ["临川高新区管委会", "青石县委", "临川高新区管委会"]),
        ("临川市委、市政府部署。市政府要求落实。", {}, ["临川市委", "临川市政府", "临川市政府"]),
        ("按照市委、市政府部署。", {}, ["市委", "市政府"]),
        ("云岭省生态环境厅发文。省生态环境厅要求。", {}, ["云岭省生态环境厅"] * 2),
        ("临川市启明电子科技有限公司投产。启明电子扩建。", {}, ["临川市启明电子科技有限公司"] * 2),
        ("启明集团签约。启明奶业经营有限公司投产，启明奶业扩建。", {}, ["启明集团"] + ["启明奶业经营有限公司"] * 2),
        ("在青石云店经济技术开发区，云店经开区动工。", {}, ["青石云店经济技术开发区"] * 2),
        ("云岭省茶叶流通协会参展。云岭省茶协发言。", {"organization": ("云岭省茶协",)}, ["云岭省茶叶流通协会"] * 2),
        (
            "市茶叶市场管理委员会办公室（以下称茶叶市场管委办）受理，报茶叶市场管委办。",
            {},
            ["市茶叶市场管理委员会办公室"] * 3,
        ),
        ("青禾（云岭）机械有限公司开业，青禾落户。", {}, ["青禾（云岭）机械有限公司"] * 2),
        ("云岭市茶叶流通协会（以下简称茶协）成立。茶协发言。", {}, ["云岭市茶叶流通协会"] * 3),
        ("中国农业发展银行放贷。农发行负责人说。", {}, ["中国农业发展银行"] * 2),
        ("第二届大会在云岭市第六届人民代表大会后召开。市六届人大确定。", {}, ["云岭市第六届人民代表大会"] * 2),
    ],
)
def test_short_forms_take_the_full_name_of_their_document(text, names, expected):
    assert canonical(text, **names) == expected


def test_a_name_of_the_text_counts_before_one_of_a_caption():
    text = "临川高新区扩大投资。\n图为云石高新区一角。\n高新区已经开工。"
    names = of_kind(process(text, roles=("paragraph", "caption"), place=("临川", "云石")), "organization")
    assert [m.links.name for _, m in names] == ["临川高新区", "云石高新区", "临川高新区"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("临川市财政局", "government"),
        ("青石县委", "party"),
        ("云岭大学", "university"),
        ("云岭大学医学院", "school"),
        ("云岭煤化工研究院", "institute"),
        ("临川市启明电子有限公司", "company"),
        ("临川市第二人民医院", "hospital"),
        ("云岭省茶叶流通协会", "alliance"),
        ("临川日报", "media"),
        ("临川市茶叶交易中心", "platform"),
    ],
)
def test_a_names_end_tells_its_type(name, kind):
    [(text, mention)] = of_kind(process(f"{name}，"), "organization")
    assert (text, mention.value.type) == (name, kind)


def test_firms_are_found_by_their_list():
    assert bodies("发挥青禾、云石、海岭等龙头企业带动作用。") == ["青禾", "云石", "海岭"]
    assert bodies("青禾、云石、海岭和云又多等超市参展。") == ["青禾", "云石", "海岭", "云又多"]
    assert bodies("发展生猪、蔬菜、白酒等特色企业。") == []


def test_a_place_in_a_firms_name_is_no_short_form_of_it():
    assert bodies("云南钢铁集团有限公司成立，云南的钢铁产业整合。") == ["云南钢铁集团有限公司"]


_PIECES = st.sampled_from(
    [
        "临川市",
        "财政局",
        "市委",
        "、",
        "和",
        "高新区",
        "启明",
        "有限公司",
        "（",
        "）",
        "会同",
        "，",
        "记者",
        "林知远",
        "“",
        "\n",
    ]
)


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_names_never_overlap_and_are_never_blank(text):
    names = [m for m in process(text).mentions if m.kind in ("organization", "person")]
    for one, other in pairwise(names):
        assert one.end <= other.start
    for mention in names:
        assert len(text[mention.start : mention.end].strip()) == mention.end - mention.start > 1
