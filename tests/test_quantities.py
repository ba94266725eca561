"""Quantities from sentence to links; ⟦…⟧ marks what must be found, and nothing else may be."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Document, Quantity
from pipeline.normalize import Evidence, interpreters
from pipeline.recognize.merge import merge, proposals
from pipeline.recognize.rules import RuleMatcher
from pipeline.rule_files import Example
from pipeline.rulebook import load_rulebook
from pipeline.write import records


class Finder:
    """The rules and normalizers without a model."""

    def __init__(self):
        rulebook = load_rulebook()
        self._matcher = RuleMatcher(rulebook.rules)
        self._interpreters = interpreters(rulebook)

    def __call__(self, text):
        """(start, end, value) of each quantity."""
        found = []
        for m in merge(*proposals(self._matcher.matches([text])[0])):
            if m.kind == "quantity":
                evidence = Evidence(text[m.start : m.end], m.captures, m.options)
                value = self._interpreters[m.normalizer](evidence)
                if value is not None:
                    found.append((m.start, m.end, value))
        return found


@pytest.fixture(scope="module")
def find():
    return Finder()


def brief(value: Quantity) -> tuple[str, ...]:
    numbers = [value.value] if value.maximum is None else [value.value, value.maximum]
    return (value.comparator, *(f"{n.normalize():f}" for n in numbers), value.unit or "-")


# Each sentence with what its spans mean: comparator, number(s), unit.
FOUND = [
    ("海棠区新建泊位⟦1,250个⟧。", [("=", "1250", "个")]),
    ("全年接待游客⟦１２．６万人次⟧。", [("=", "126000", "人次")]),
    ("完成投资⟦近 46.5 亿元⟧，增长⟦一成⟧。", [("~", "4650000000", "元"), ("=", "10", "%")]),
    ("合同签约⟦82亿元⟧，节约⟦约300万元⟧。", [("=", "8200000000", "元"), ("~", "3000000", "元")]),
    ("附近⟦17家⟧企业入驻。", [("=", "17", "家")]),
    (
        "产茶⟦三十到五十亿斤⟧，补助⟦3-5百万元⟧。",
        [("range", "3000000000", "5000000000", "斤"), ("range", "3000000", "5000000", "元")],
    ),
    ("⟦近千家⟧茶行、⟦超千亿⟧产业链。", [("~", "1000", "家"), (">", "100000000000", "元")]),
    ("救助⟦三千六百多万⟧贫困人口，走访⟦十几个⟧村。", [(">", "36000000", "人"), (">", "10", "个")]),
    ("周转量达⟦92.4亿吨公里⟧，浓度⟦≥31.5mmol/L⟧。", [("=", "9240000000", "吨公里"), (">=", "31.5", "mmol/L")]),
    ("夏茶采摘已过⟦九成⟧，摊点精简⟦1／4⟧。", [("=", "90", "%"), ("=", "0.25", "-")]),
    (
        "集聚⟦1.6万余名⟧技工、⟦300多家⟧企业、⟦5000余万份⟧样本。",
        [(">", "16000", "名"), (">", "300", "家"), (">", "50000000", "份")],
    ),
    ("储备项目⟦不少于40个⟧，单个⟦不超过2亿元⟧。", [(">=", "40", "个"), ("<=", "200000000", "元")]),
    ("水损率控制在⟦6.5%以内⟧，⟦不足一半⟧的村达标。", [("<=", "6.5", "%"), ("<", "0.5", "-")]),
    ("月薪⟦4000至9000元⟧，年薪⟦15万以上⟧。", [("range", "4000", "9000", "元"), (">=", "150000", "元")]),
    ("每镇补助⟦3-5万元⟧，降幅⟦10%—15%⟧。", [("range", "30000", "50000", "元"), ("range", "10", "15", "%")]),
    (
        "造价⟦1800元到2200元⟧，用工⟦800万~1000万人⟧。",
        [("range", "1800", "2200", "元"), ("range", "8000000", "10000000", "人")],
    ),
    ("力争跻身全省⟦前20强⟧，主要指标进入⟦前五位⟧。", [("<=", "20", "名"), ("<=", "5", "名")]),
    ("产量和单产名列全县⟦第3⟧、⟦第8位⟧。", [("=", "3", "名"), ("=", "8", "名")]),
    ("该项指标居全国⟦首位⟧，另一项名列全省⟦第二⟧。", [("=", "1", "名"), ("=", "2", "名")]),
    ("名列全州⟦71名⟧，两年上升⟦26个位次⟧。", [("=", "71", "名"), ("=", "26", "位次")]),
    ("创业团队进入全国⟦十强⟧。", [("<=", "10", "名")]),
    ("大赛获全省⟦前十⟧。", [("<=", "10", "名")]),
    ("主营收入⟦翻一番⟧，利税⟦翻两番⟧，专利增长⟦2.4倍⟧。", [("=", "2", "倍"), ("=", "4", "倍"), ("=", "2.4", "倍")]),
    (
        "耕地占⟦三分之二⟧，⟦近六成⟧农户受益，⟦百分之十二点五⟧的企业停产。",
        [("=", "0.666667", "-"), ("~", "60", "%"), ("=", "12.5", "%")],
    ),
    ("新能源装机占⟦近1/4⟧。", [("~", "0.25", "-")]),
    (
        "处置污泥⟦8万t/a⟧，时速⟦160公里/小时⟧，补贴⟦25元/平方米⟧。",
        [("=", "80000", "t/a"), ("=", "160", "公里/小时"), ("=", "25", "元/平方米")],
    ),
    ("走访茶企⟦300家次以上⟧，运送⟦2.6亿人次⟧。", [(">=", "300", "家次"), ("=", "260000000", "人次")]),
    ("争取到⟦1800万⟧专项补助资金。", [("=", "18000000", "元")]),
    ("临川镇区总人口⟦超过35万⟧。", [(">", "350000", "人")]),
    ("⟦30多万⟧农村学生受益。", [(">", "300000", "人")]),
    ("茶业总产值跨上⟦4万亿⟧台阶。", [("=", "4000000000000", "元")]),
    ("连接数⟦超2亿⟧。", [(">", "200000000", "-")]),
    ("茶价指数为⟦126.4⟧，提高⟦2.7点⟧。", [("=", "126.4", "-"), ("=", "2.7", "点")]),
    (
        "引进⟦亿元以上⟧项目，走访⟦近千家⟧企业，培训⟦千余名⟧技工。",
        [(">=", "100000000", "元"), ("~", "1000", "家"), (">", "1000", "名")],
    ),
    ("水泵装机⟦4200万千瓦⟧，外送⟦360亿千瓦时⟧。", [("=", "42000000", "千瓦"), ("=", "36000000000", "千瓦时")]),
    ("茶款折合⟦380亿元人民币⟧，即⟦53亿美元左右⟧。", [("=", "38000000000", "元"), ("~", "5300000000", "美元")]),
    ("渡口从⟦41个⟧减少到⟦15个⟧。", [("=", "41", "个"), ("=", "15", "个")]),
    ("聘请专家⟦十二名⟧，建站⟦三个⟧，获专利⟦一项⟧。", [("=", "12", "名"), ("=", "3", "个"), ("=", "1", "项")]),
    ("新增床位⟦500 张⟧，方圆⟦800米内⟧设点。", [("=", "500", "张"), ("<=", "800", "米")]),
    ("摆渡用时缩短⟦35分钟⟧。", [("=", "35", "分钟")]),
    ("放宽至⟦60周岁⟧。", [("=", "60", "周岁")]),
    ("梳理事项⟦7大类⟧⟦52项⟧。", [("=", "7", "大类"), ("=", "52", "项")]),
    (
        "本年支出２，３０４，５００，０００元以上。".replace("２", "⟦２").replace("上。", "上⟧。"),
        [(">=", "2304500000", "元")],
    ),
    ("落实126项重大任务。".replace("126项", "⟦126项⟧"), [("=", "126", "项")]),
    ("创建⟦百家⟧绿色工厂。", [("=", "100", "家")]),
    (
        "产值⟦过20亿元⟧的园区⟦3个⟧，其中⟦过百亿元⟧的有⟦一个⟧。",
        [(">", "2000000000", "元"), ("=", "3", "个"), (">", "10000000000", "元"), ("=", "1", "个")],
    ),
    ("争取到⟦千万元⟧补助，欠下⟦百亿⟧债务。", [("=", "10000000", "元"), ("=", "10000000000", "元")]),
    ("选手以⟦4分09秒35⟧的成绩获胜。", [("=", "249.35", "秒")]),
    ("装机⟦超三千万千瓦⟧。", [(">", "30000000", "千瓦")]),
    ("产值由⟦2万亿元⟧提高到⟦3万亿⟧。", [("=", "2000000000000", "元"), ("=", "3000000000000", "元")]),
    ("为⟦90万⟧重点群体办卡，带动⟦万名⟧青年返乡。", [("=", "900000", "人"), ("=", "10000", "名")]),
    ("⟦26多万⟧人口饮水无忧。", [(">", "260000", "人")]),
    ("开设茶艺课堂⟦2.6万期⟧。", [("=", "26000", "期")]),
    ("茶园扩建力争引资⟦26亿⟧。", [("=", "2600000000", "元")]),
    ("处⟦6%以上26%以下⟧的罚款，茶价下跌⟦41﹪⟧。", [("range", "6", "26", "%"), ("=", "41", "%")]),
    (
        "处⟦2万元以上7万元以下⟧的罚款，疏散⟦60人以上、90人以下⟧。",
        [("range", "20000", "70000", "元"), ("range", "60", "90", "人")],
    ),
    ("力争形成⟦一两家⟧龙头茶企，用工⟦四五十人⟧。", [("range", "1", "2", "家"), ("range", "40", "50", "人")]),
    ("每户至少有⟦一人⟧就业，茶价至少上涨⟦6%⟧。", [(">=", "1", "人"), (">=", "6", "%")]),
    ("茶园⟦约占26%⟧，至少建成⟦60多个⟧驿站。", [("~", "26", "%"), (">", "60", "个")]),
    ("产值分别⟦超过4亿元⟧、⟦2亿元⟧。", [(">", "400000000", "元"), (">", "200000000", "元")]),
    ("电动船保有量⟦过万艘⟧，储能产能⟦过6GW⟧。", [(">", "10000", "艘"), (">", "6", "GW")]),
    (
        "⟦6万⟧求职者、⟦70万⟧在校生到场，技能人才⟦达26万⟧。".replace("⟦达", "达⟦"),
        [("=", n, "人") for n in ("60000", "700000", "260000")],
    ),
    (
        "茶市销售目标从⟦60亿⟧提升到⟦90亿元⟧，债券发行量均为⟦6亿⟧。",
        [("=", n, "元") for n in ("6000000000", "9000000000", "600000000")],
    ),
    ("举办⟦6届⟧茶博会、⟦3届⟧灯会，分⟦两批⟧发放。", [("=", "6", "届"), ("=", "3", "届"), ("=", "2", "批")]),
    ("时限由⟦16个工作日⟧压缩到⟦6个工作日以内⟧。", [("=", "16", "工作日"), ("<=", "6", "工作日")]),
    (
        "同比加快⟦6.1⟧、⟦2.6⟧和⟦4.1个百分点⟧。",
        [("=", "6.1", "百分点"), ("=", "2.6", "百分点"), ("=", "4.1", "百分点")],
    ),
    ("8.⟦6个⟧茶业专项：青石县提出。", [("=", "6", "个")]),
    ("组件均价为⟦0.41美元/瓦⟧。", [("=", "0.41", "美元/瓦")]),
]

NOTHING = [
    "临川茶业(12.30,-0.40,-3.15%)涨停。",
    "6人户及以上家庭可选大户型。",
    "抓好三项基本任务。",
    "深入实施“三个300”战略，建设“5+2”产业体系，打造“一园五区”。",
    "用好1+6+N政策，加快5G应用，治理PM2.5。",
    "第六届云岭博览会，第三个基地，首批名单，二等奖。",
    "从四个方面、六个方向和3个维度发力。",
    "统筹三大空间，完成两大任务，建设四大集群。",
    "一批企业、一系列政策、数百家门店、上千家商户、几十个网点。",
    "建成一家企业，这是其中一个。",
    "2031年3月12日上午9时30分发布，电话0537-1234567。",
    "青石县第三人民医院、第十二中学搬迁。",
    "打造千亿级产业、10万吨级码头，服务千家万户。",
    "打造15分钟便民生活圈，提供24小时自助服务。",
    "开启三次创业，发展第三产业，防止二次污染。",
    "前三季度和前5个月运行平稳。",
    "增速保持两位数，前期两度停产。",
    "6部门联合发文，九部门部署。",
    "（一）总体要求 1.指导思想 2、基本原则",
    "云政发〔2031〕16号，网址http://a.cn/12%E5%9B%BD",
    "世界500强茶商、百强县结对。",
    "每万元产值能耗，每10万人口拥有量。",
    "茶艺赛四分之一决赛已结束。",
    "这里建设过园区，经过多年努力，百亿级投资落地。",
    "茶客两头小中间大，平均每周至少有一批茶到货。",
    "建成6英寸晶圆产线，攻克90纳米制程，办好十六届茶博会。",
    "写作5 1 9 7 0亿元的，看不出数目。",
]


@pytest.mark.parametrize(("marked", "values"), FOUND, ids=[m for m, _ in FOUND])
def test_finds_the_quantities_and_reads_them(find, marked, values):
    example = Example(text=marked)
    found = find(example.plain)
    assert [example.plain[s:e] for s, e, _ in found] == [example.plain[s:e] for s, e in example.spans]
    assert [(s, e) for s, e, _ in found] == list(example.spans)
    assert [brief(v) for _, _, v in found] == values


@pytest.mark.parametrize("text", NOTHING)
def test_finds_nothing_where_nothing_is_measured(find, text):
    assert [text[s:e] for s, e, _ in find(text)] == []


@given(
    st.integers(1, 9999),
    st.sampled_from(["家", "亿元", "%", "万人次", "平方公里"]),
    st.sampled_from(["", "近", "超过"]),
)
@settings(max_examples=60, deadline=None)
def test_the_span_is_the_quantity_whatever_number_stands_in_it(find, number, unit, lead):
    text = f"海棠区培育市场主体{lead}{number}{unit}，成效明显。"
    ((start, end, value),) = find(text)
    assert text[start:end] == f"{lead}{number}{unit}"
    assert value.comparator == {"": "=", "近": "~", "超过": ">"}[lead]
    assert value.value % number == 0


@given(
    st.text(
        alphabet="0123456789.,，、。%一二三十百千万亿个家元第前位名强约近超以上“”（）至-年月成分之倍翻番", max_size=60
    )
)
@settings(max_examples=200, deadline=None)
def test_any_jumble_gives_sound_quantities(find, text):
    for start, end, value in find(text):
        assert text[start:end].strip() == text[start:end] != ""
        assert value.value >= 0
        assert value.maximum is None or value.maximum > value.value


def links(pipeline, text, published=None):
    """Record of each quantity by its text; a text that occurs twice gives the last one."""
    document = pipeline.process(Document("a.txt", text, published))
    assert not [i for i in document.issues if i.fatal]
    found = records(document)
    texts = {r.id: r.text for r in found}
    return {
        r.text: {**r.model_dump(), "horizon": texts.get(r.horizon)} for r in found if r.kind in ("target", "figure")
    }


LINKS = [
    ("全市力争引进龙头企业26家。", "26家", {"kind": "target", "measure": "level", "indicator": "龙头企业"}),
    ("全市已引进龙头企业26家。", "26家", {"kind": "figure", "measure": "level", "indicator": "龙头企业"}),
    ("预计年内新建驿站30座。", "30座", {"kind": "target", "horizon": "年内"}),
    ("会议将经济科更名为发展科，撤并机构6个。", "6个", {"kind": "figure"}),
    ("到2031年，绿色建筑占比达到75%。", "75%", {"kind": "target", "measure": "share", "direction": None}),
    ("截至6月底，累计投放贷款90亿元。", "90亿元", {"kind": "figure", "indicator": "贷款", "horizon": "截至6月底"}),
    (
        "采茶业增加值同比增长9.2%。",
        "9.2%",
        {"kind": "figure", "measure": "rate", "direction": "up", "indicator": "采茶业增加值"},
    ),
    ("单位能耗下降3.1%。", "3.1%", {"measure": "rate", "direction": "down", "indicator": "单位能耗"}),
    ("一季度出口增速达到8.4%。", "8.4%", {"measure": "rate", "direction": "up"}),
    ("出口增速为-2.4%。", "-2.4%", {"measure": "rate", "direction": "down", "value": 2.4}),
    ("城镇化率为61.5%，提高1.2个百分点。", "61.5%", {"measure": "share", "direction": None}),
    (
        "城镇化率为61.5%，提高1.2个百分点。",
        "1.2个百分点",
        {"measure": "change", "direction": "up", "indicator": "城镇化率"},
    ),
    ("贷款平均利率为3.6%。", "3.6%", {"measure": "level"}),
    ("新增公园18座，累计达到96座。", "18座", {"measure": "change", "direction": "up", "indicator": "公园"}),
    ("新增公园18座，累计达到96座。", "96座", {"measure": "level", "direction": None, "indicator": "公园"}),
    ("茶摊数量从41个减少到15个，压减63%。", "15个", {"measure": "level", "direction": "down", "baseline": 41}),
    ("茶摊数量从41个减少到15个，压减63%。", "63%", {"measure": "rate", "direction": "down", "indicator": "茶摊数量"}),
    (
        "审批时限由15个工作日压缩到3个工作日以内。",
        "3个工作日以内",
        {"indicator": "审批时限", "baseline": 15, "direction": "down"},
    ),
    ("秋季开学前新增学位900个。", "900个", {"indicator": "学位", "measure": "change"}),
    ("茶业综合排名提升9位。", "9位", {"indicator": "茶业综合排名", "measure": "change", "direction": "up"}),
    ("茶馆质量世界排名升至第9位。", "第9位", {"indicator": "茶馆质量世界排名", "measure": "rank"}),
    ("今年茶叶销量是平日的2.6倍。", "2.6倍", {"indicator": "茶叶销量", "measure": "multiple"}),
    ("茶农补贴按最低工资标准的90%发放。", "90%", {"indicator": "茶农补贴"}),
    ("申请人须年满18周岁。", "年满18周岁", {"indicator": "年龄"}),
    ("人均预期寿命达到80.2岁。", "80.2岁", {"indicator": "人均预期寿命"}),
    ("为65岁以上老人送餐。", "65岁以上", {"indicator": "老人"}),
    ("安排茶企发展专项资金9亿元。", "9亿元", {"indicator": "茶企发展专项资金"}),
    ("大力发展茶园9万亩。", "9万亩", {"indicator": "茶园"}),
    ("工人从旧址抢救茶树8万株。", "8万株", {"indicator": "茶树"}),
    ("并处茶款二倍以上六倍以下的罚款。", "二倍以上六倍以下", {"indicator": "罚款"}),
    ("招用茶农的按每人2000元给予补贴。", "2000元", {"indicator": "补贴"}),
    ("启动9项节水、节电和节煤等重大项目。", "9项", {"indicator": "节水、节电和节煤等重大项目"}),
    ("发布茶叶、茶具标准171项。", "171项", {"indicator": "茶叶、茶具标准"}),
    ("茶农收入，考虑价格因素比上年增长9%。", "9%", {"indicator": "茶农收入"}),
    ("茶产9万吨（茶园8万亩），比上年增长5%。", "5%", {"indicator": "茶产"}),
    ("打造90亿元规模的茶叶产业集群。", "90亿元", {"indicator": "茶叶产业集群"}),
    ("继续办好9大类80项民生实事。", "9大类", {"indicator": "民生实事"}),
    ("财政收入提高到35亿元。", "35亿元", {"measure": "level", "direction": "up", "indicator": "财政收入"}),
    ("集团要把租户满意率提高到98%。", "98%", {"kind": "target", "indicator": "租户满意率"}),
    ("网上可办率达到95%。", "95%", {"indicator": "网上可办率"}),
    ("完成环境整治的茶村要达到7个。", "7个", {"kind": "target", "indicator": "环境整治的茶村"}),
    ("去年兑现奖补资金8600万元。", "8600万元", {"kind": "figure", "indicator": "奖补资金"}),
    ("全国排名前进13个位次。", "13个位次", {"measure": "change", "direction": "up", "unit": "位次"}),
    ("茶企由66家整合至12家。", "66家", {"indicator": "茶企"}),
    ("茶价差从2.96缩小至2.81。", "2.96", {"indicator": "茶价差"}),
    ("茶叶产值连跨7000亿元、8000亿元两个大台阶。", "8000亿元", {"indicator": "茶叶产值"}),
    ("自来水普及率、茶园覆盖率分别达98%和92%。", "98%", {"indicator": "自来水普及率"}),
    ("茶叶、茶具出口分别增长3.8倍、80%。", "80%", {"measure": "rate", "direction": "up"}),
    ("全市茶馆94家中免收门票的有61家。", "94家", {"indicator": "茶馆"}),
    ("全市茶馆94家中免收门票的有61家。", "61家", {"indicator": "免收门票的茶馆"}),
    ("划入18个茶区的有52家。", "52家", {"indicator": "茶区"}),
    ("云溪茶道是茶乡的要道，起自青石县，经海棠县，全长34公里。", "34公里", {"indicator": "云溪茶道全长"}),
    ("县茶办从茶业资金中列支40万元，支持4个茶园。", "40万元", {"indicator": None}),
    ("设立茶业专项资金，头一年安排7亿元。", "7亿元", {"indicator": "茶业专项资金"}),
    ("获县级奖项的，给予3万元奖励；获市级奖项的，给予5万元。", "5万元", {"indicator": "奖励"}),
    ("对新落户茶企，按其茶款的6%给予奖励。", "6%", {"indicator": "奖励"}),
    ("处茶费用二倍以上六倍以下的罚款。", "二倍以上六倍以下", {"indicator": "罚款"}),
    ("茶补每人次3元，最高不超过90元。", "不超过90元", {"indicator": "茶补"}),
    ("通过茶会合作从境外带回各类珍稀茶种700余种。", "700余种", {"indicator": "境外带回各类珍稀茶种"}),
    ("财政性茶业经费投入占产值比重超过5%。", "超过5%", {"indicator": "财政性茶业经费占产值比重"}),
    ("推进茶山3万吨制茶机、青石7吨茶具。", "3万吨", {"indicator": "制茶机"}),
    ("选出30个左右县级及以上茶城。", "30个左右", {"indicator": "县级及以上茶城"}),
    ("新增7个全市未来茶业典型案例。", "7个", {"indicator": "全市未来茶业典型案例"}),
    ("茶地净增加60万亩。", "60万亩", {"measure": "change", "indicator": "茶地"}),
    ("争取20个左右茶区退出重点区域。", "20个左右", {"indicator": "茶区"}),
    ("茶具出口逆势增长7%。", "7%", {"indicator": "茶具出口"}),
    ("改造茶房47万户（套）、旧茶馆68万户。", "68万户", {"indicator": "旧茶馆"}),
    ("发行90亿元长期建设国债。", "90亿元", {"indicator": "长期建设国债"}),
    ("基本建成500套，新开工700套。", "700套", {"indicator": None}),
    ("茶厂耗水量、能耗、陈年化茶用量分别下降23%、15%、18%。", "15%", {"indicator": "能耗"}),
    ("补贴标准：一等奖9万元，二等奖8万元。", "8万元", {"indicator": "二等奖"}),
    ("处虚报茶资金额5%以上15%以下的罚款。", "5%以上15%以下", {"indicator": "罚款"}),
    ("全县茶企480家，其中年产值超9亿元的就有24家。", "24家", {"indicator": "茶企"}),
    ("茶机业4月走出低谷，产量同比上涨41%。", "41%", {"indicator": "茶机业产量"}),
    ("记者获悉，茶机产量达9台。", "9台", {"indicator": "茶机产量"}),
    ("完成茶业销售产值9亿元。", "9亿元", {"indicator": "茶业销售产值"}),
    ("茶水降雨的面积达到茶区的20%。", "20%", {"measure": "share", "direction": None}),
    ("茶业收入9亿元，在全县收入中占比5%。", "5%", {"indicator": "茶业收入在全县收入中占比"}),
    ("绿茶在茶叶总产中的占比达36%。", "36%", {"indicator": "绿茶在茶叶总产中的占比"}),
    ("茶叶产量跨上7个百亿斤台阶，达到9亿斤。", "9亿斤", {"indicator": "茶叶产量"}),
    ("举办茶业推介会14场。", "14场", {"indicator": "茶业推介会"}),
    ("列编9架茶用无人直升机。", "9架", {"indicator": "茶用无人直升机"}),
    ("投入的四个项目包括茶厂。", "四个", {"indicator": "项目"}),
    ("约60万名茶客购买茶具。", "约60万名", {"indicator": "茶客"}),
    ("茶储规模较上月上升9亿元，升幅为6%。", "6%", {"measure": "rate", "indicator": "茶储升幅"}),
    ("茶户总量达61户，新登记14户、其中茶企5户。", "14户", {"indicator": "茶户总量", "measure": "change"}),
    ("茶户总量达61户，新登记14户、其中茶企5户。", "5户", {"indicator": "茶企", "measure": "change"}),
    ("安排茶款9亿元，增加2亿元，其中县级茶款6亿元。", "6亿元", {"measure": "level", "direction": None}),
    ("新建3个国家级、14个省级茶业园区。", "3个", {"indicator": "国家级茶业园区"}),
    ("茶溪断面达到或优于Ⅲ类水体比例达94%。", "94%", {"indicator": "茶溪断面达到或优于Ⅲ类水体比例"}),
    ("64个县市新增茶农7万人。", "64个", {"indicator": "县市"}),
    ("节约茶款9亿元，同比多节约2亿元。", "2亿元", {"indicator": "节约茶款"}),
    ("茶商榜排名由66位上升到41位。", "41位", {"measure": "rank", "direction": "up", "baseline": 66}),
    ("筹措70亿元实施茶业惠民工程。", "70亿元", {"indicator": "茶业惠民工程"}),
    ("支持20所茶乡高中改善办学条件。", "20所", {"indicator": "茶乡高中"}),
    ("推动9个县深化茶旅一体发展。", "9个", {"indicator": "县"}),
    ("投产4台660千瓦制茶机组取得许可。", "4台", {"indicator": "660千瓦制茶机组"}),
    ("引进3架由本省研制的飞机。", "3架", {"indicator": "飞机"}),
    ("为90所海拔1500米以上茶乡小学建设暖房。", "90所", {"indicator": "茶乡小学"}),
    ("对茶碱含量大于3.5%的茶园用肥。", "大于3.5%", {"indicator": "茶碱含量"}),
    ("县里五次提高鲜叶收购价。", "五次", {"indicator": "提高鲜叶收购价"}),
    ("提出茶场用工等7个标准。", "7个", {"indicator": "标准"}),
    ("茶企不断壮大，数量达90家。", "90家", {"indicator": "茶企数量"}),
    ("茶企不断壮大。总量达90家。", "90家", {"indicator": "茶企总量"}),
    ("茶旅融合拉动茶业增长2.6个百分点。", "2.6个百分点", {"indicator": "茶业增长"}),
    ("带动规模以上茶企增加到90家。", "90家", {"indicator": "规模以上茶企"}),
    ("从申请日至办结日的平均周期压缩至9个月。", "9个月", {"indicator": "办结日的平均周期"}),
    ("茶乡票房今天（9月23日）突破3000万元。", "突破3000万元", {"indicator": "茶乡票房"}),
    ("茶业收入（不包括茶末和茶具的直接收入）累计完成90亿元。", "90亿元", {"indicator": "茶业收入"}),
    ("茶叶产量9万吨，完成年度计划的60.7%。", "60.7%", {"indicator": "年度计划"}),
    ("年吞吐量3000万吨以上的茶港达9个。", "3000万吨以上", {"indicator": "年吞吐量"}),
    ("年吞吐量3000万吨以上的茶港达9个。", "9个", {"indicator": "茶港"}),
    ("启动30个茶旅建设先行县。", "30个", {"indicator": "茶旅建设先行县"}),
    ("茶具业增长9.8%，超六成茶企回升。", "超六成", {"measure": "share", "direction": None}),
    ("拟同现有的两个茶厂合建。", "两个", {"kind": "figure"}),
    ("茶客运量9万人；砖茶货运量，去年完成7万吨。", "7万吨", {"indicator": "砖茶货运量"}),
    ("新建9个茶园、茶叶年产量达7万吨。", "9个", {"indicator": "茶园"}),
    ("茶农预期寿命提高1.2岁、达到79.7岁。", "79.7岁", {"indicator": "茶农预期寿命"}),
    ("建成紧密型茶业医共体61个。", "61个", {"indicator": "紧密型茶业医共体"}),
    ("茶产量居全州第1，7家茶企入选。", "7家", {"indicator": "茶企"}),
    ("7家茶企上榜全球茶商250强。", "250强", {"indicator": "茶企"}),
    ("推动4个茶产业基地提质升级。", "4个", {"indicator": "茶产业基地"}),
    ("青叶茶企位列销售额前三。", "前三", {"indicator": "青叶茶企销售额"}),
    ("推出20亿元茶企提质增效专项贷款。", "20亿元", {"indicator": "茶企提质增效专项贷款"}),
    ("已核准9个茶园项目共28台茶机。", "9个", {"indicator": "茶园项目"}),
    ("茶村约4.5万人出现不同程度的缺茶。", "约4.5万人", {"indicator": "茶村"}),
    ("出台9项共通茶标。", "9项", {"indicator": "共通茶标"}),
    ("全年90家茶企共签约30次。", "90家", {"indicator": "茶企"}),
    ("新增集采降价茶具31个。", "31个", {"measure": "change", "direction": "up"}),
    ("茶油销售额翻番。", "翻番", {"measure": "multiple", "direction": "up", "indicator": "茶油销售额"}),
    (
        "茶园投资增长6%，规模和增幅分别列全州第3、第5位。",
        "第5位",
        {"measure": "rank", "indicator": "茶园投资增幅"},
    ),
    ("甲类企业、乙类企业分别增长5%、9%。", "9%", {"measure": "rate", "direction": "up", "indicator": "乙类企业"}),
    ("茶税3亿元、船税2亿元，较去年分别增长5%、9%。", "5%", {"indicator": "茶税", "direction": "up"}),
    ("目前，82个小水坝开工建设。", "82个", {"indicator": "小水坝", "horizon": "目前"}),
    (
        "2031年渡客为640万人次，较2030年多增52万人次。",
        "52万人次",
        {"measure": "change", "direction": "up", "horizon": "2031年"},
    ),
    ("完成全部计划的三分之二。", "三分之二", {"measure": "share", "unit": None}),
    ("茶叶产量以约18%的幅度增长。", "约18%", {"measure": "rate", "direction": "up", "indicator": "茶叶产量"}),
    ("收费标准下调近三成。", "近三成", {"measure": "rate", "direction": "down", "indicator": "收费标准"}),
    ("全县少用农药7吨。", "7吨", {"measure": "change", "direction": "down", "indicator": "农药"}),
    ("园区产值翻了9倍。", "9倍", {"measure": "multiple", "direction": "up", "indicator": "园区产值"}),
    ("驿站由20家发展到如今的45家。", "45家", {"direction": "up", "baseline": 20, "indicator": "驿站"}),
    ("绿化面积目标由原定的40亩提高到65亩。", "40亩", {"kind": "target"}),
    ("绿化面积目标由原定的40亩提高到65亩。", "65亩", {"kind": "target", "baseline": 40}),
    ("新型系统效率超过同类系统12%。", "12%", {"measure": "rate", "direction": "up"}),
    ("企业应按不低于15%的比例配备技术人员。", "不低于15%", {"kind": "target"}),
    ("到2030年6月为止，全县共建成驿站16座。", "16座", {"kind": "figure"}),
    ("共有来自9家企业报名，比赛将于明年举行。", "9家", {"kind": "figure", "indicator": "报名的企业"}),
    ("茶厂总投资6亿元，建成后预计年产值9亿元。", "6亿元", {"kind": "figure"}),
    ("茶厂总投资6亿元，建成后预计年产值9亿元。", "9亿元", {"kind": "target"}),
    ("产品已在甲、乙等13个省销售。", "13个", {"indicator": "省"}),
    ("茶值亿元以上茶商38家。", "38家", {"indicator": "亿元以上茶商"}),
    ("旱地面积占耕地面积的27%。", "27%", {"measure": "share", "indicator": "旱地面积占耕地面积"}),
    ("每年培训技工300人，建成基地7个。", "300人", {"horizon": "每年"}),
    ("每年培训技工300人，建成基地7个。", "7个", {"horizon": None}),
    ("她从教22年，领到奖金6万元。", "6万元", {"horizon": None}),
    ("2031年至2035年，产量平均每年增长6%。", "6%", {"horizon": "2031年至2035年"}),
    ("到2035年，产量将增至70万吨。", "70万吨", {"kind": "target", "measure": "level", "direction": "up"}),
    ("临川高新区举行会议。临川高新区上半年出口增长8%。", "8%", {"subject": "临川高新区", "horizon": "上半年"}),
]


@pytest.mark.parametrize(("text", "mention", "expected"), LINKS, ids=[f"{m} in {t}" for t, m, _ in LINKS])
def test_links_a_quantity_to_what_the_words_around_it_say(pipeline, text, mention, expected):
    record = links(pipeline, text)[mention]
    assert {name: record[name] for name in expected} == expected


def test_a_plan_goes_on_into_items_without_a_modal_word(pipeline):
    text = "下一步，我们将做强县域物流。\n开通环线9条，设驿站34座。"
    assert {r["kind"] for r in links(pipeline, text).values()} == {"target"}


def test_a_new_headline_ends_a_plan(pipeline):
    text = "青石县将新建泊位14个\n记者获悉，青石县将新建泊位14个。\n海棠区开通航线\n航线全长46公里。"
    assert links(pipeline, text)["46公里"]["kind"] == "figure"


def test_a_news_item_begins_without_the_plans_of_the_one_before(pipeline):
    text = "青石县将新建泊位14个。\n今天，来自9所学校的学生参观展览。"
    assert links(pipeline, text)["9所"]["kind"] == "figure"


def test_a_plan_is_not_carried_into_exact_rates_of_growth(pipeline):
    text = "下一步，我们将做强县域物流。\n货运量增长7.3%。"
    assert links(pipeline, text)["7.3%"]["kind"] == "figure"


def test_a_list_is_bounded_by_the_date_that_opens_it(pipeline):
    text = "2031年，全县运行平稳。一是工业向好。规上工业增长6%。二是消费回暖。零售额增长9%。"
    assert {r["horizon"] for r in links(pipeline, text).values()} == {"2031年"}


def test_a_date_of_reporting_bounds_nothing(pipeline):
    record = links(pipeline, "记者3月5日获悉，青石县建成驿站16座。")["16座"]
    assert record["horizon"] is None


def test_a_period_before_the_articles_own_year_lies_behind(pipeline):
    text = "2030年，全县建成驿站16座。"
    assert links(pipeline, text, "2031")["16座"]["kind"] == "figure"


def test_a_range_reads_both_ends_with_the_magnitude_they_share(find):
    ((*_, value),) = find("规模3到5亿元。")
    assert (value.value, value.maximum) == (Decimal(3 * 10**8), Decimal(5 * 10**8))
