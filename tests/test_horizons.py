"""Words that say when or for how long: their spans and what they mean. All sentences are invented."""

import re
from itertools import pairwise

import pytest
from clean_text import NORMALIZER, RECOGNIZER, RULES, document
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Article, Horizon
from pipeline.normalize import Evidence, interpreters
from pipeline.normalize.calendar import folded, read_date
from pipeline.normalize.dates import ArticleDates

KNOWN = interpreters(RULES)
NORMALIZERS = {name: KNOWN[name] for name in ("calendar", "duration", "plan", "era", "recurring", "vague")}


def horizons(text, published=None):
    """(the words, what they mean) for each horizon of a text."""
    found = document(text, published)
    RECOGNIZER(found)
    NORMALIZER(found)
    return [(text[m.start : m.end], m.value) for m in found.mentions if m.kind == "horizon"]


def check(marked, published, *expected):
    """Asserts that exactly the marked spans are found, and means of each: type and dates or lengths."""
    spans = re.findall("⟦(.*?)⟧", marked, re.DOTALL)
    found = horizons(re.sub("[⟦⟧]", "", marked), published)
    assert [words for words, _ in found] == spans
    assert [describe(value) for _, value in found] == list(expected)


def describe(value):
    """`period 2013 2014`, `deadline ~ 2013`, `duration P3Y P5Y`, `about` before what is approximate."""
    first, last = value.start_date or value.duration_min, value.end_date or value.duration_max
    parts = ["about"] * value.approximate + [value.type] + [p or "~" for p in (first, last) if first or last]
    return " ".join(parts)


YEARS = [
    ("⟦2006、2007两年⟧茶园连续丰收。", "period 2006 2007"),
    ("⟦2006年⟧和⟦2007年⟧各修一座桥。", "period 2006 2006", "period 2007 2007"),
    ("⟦2014年国庆中秋假期⟧游客如云。", "period 2014 2014"),
    ("⟦到2032年前后⟧通航。", "about deadline ~ 2032"),
    ("⟦2013年⟧，青石县新修水渠。", "period 2013 2013"),
    ("⟦二〇一三年⟧的雨水比⟦2012年⟧多。", "period 2013 2013", "period 2012 2012"),
    ("⟦2013 年⟧，渠成。", "period 2013 2013"),
    ("⟦２０１３年⟧，渠成。", "period 2013 2013"),
    ("公布⟦2012年度⟧考核结果。", "period 2012 2012"),
    ("⟦2011-2014年⟧逐户走访。", "period 2011 2014"),
    ("⟦2011—2014年⟧逐户走访。", "period 2011 2014"),
    ("⟦2011～2014年⟧逐户走访。", "period 2011 2014"),
    ("⟦2011至2014年⟧逐户走访。", "period 2011 2014"),
    ("⟦2011年到2014年⟧逐户走访。", "period 2011 2014"),
    ("⟦2011年至2014年期间⟧逐户走访。", "period 2011 2014"),
    ("⟦2011年-2014年⟧的水质。", "period 2011 2014"),
    ("⟦2011⟧和⟦2012年⟧连续丰收。", "period 2011 2011", "period 2012 2012"),
    ("⟦2011⟧、⟦2012⟧、⟦2013年⟧连续丰收。", "period 2011 2011", "period 2012 2012", "period 2013 2013"),
    ("参加⟦2018⟧云岭茶业博览会。", "period 2018 2018"),
    ("参加⟦2018⟧云岭S20茶廊暨临川（海棠）推介会。", "period 2018 2018"),
    ("参加“云岭高峰论坛⟦2018⟧”。", "period 2018 2018"),
    ("从⟦2012年到2015年11月⟧检修。", "period 2012 2015-11"),
    ("⟦2012年的4月3日⟧开闸。", "point 2012-04-03 2012-04-03"),
    ("⟦2012年末到目前为止⟧发行三期。", "since 2012 ~"),
    ("自⟦2012年夏季以来⟧少雨，自⟦2011年⟧投用以来未封。", "since 2012-06 ~", "since 2011 ~"),
    ("“⟦2018⟧云岭旅游年”开幕。", "period 2018 2018"),
    ("⟦1⟧、⟦2月份⟧少雨。", "period XXXX-01 XXXX-01", "period XXXX-02 XXXX-02"),
    ("⟦2031年内⟧须完成登记。", "period 2031 2031"),
    ("⟦2031年初⟧换届。", "period 2031 2031"),
    ("⟦2012年末⟧存栏过万。", "deadline ~ 2012"),
    ("⟦2012年年底⟧存栏过万。", "deadline ~ 2012"),
    ("⟦20世纪80年代⟧兴建的水库。", "period 1980 1989"),
    ("⟦2010年代⟧兴建的水库。", "period 2010 2019"),
    ("⟦2013年全年⟧无旱情。", "period 2013 2013"),
    ("⟦2032年前后⟧合龙。", "about period 2032 2032"),
]
PARTS = [
    ("⟦2013年上半年⟧雨水偏多。", "period 2013-01 2013-06"),
    ("⟦2013年第二季度⟧雨水偏多。", "period 2013-04 2013-06"),
    ("⟦2013年前三季度⟧雨水偏多。", "period 2013-01 2013-09"),
    ("⟦2013年一季度末⟧收官。", "deadline ~ 2013-03"),
    ("⟦2012年冬天⟧少雪。", "period 2012-12 2013-02"),
    ("⟦2012年秋季⟧移栽银杏。", "period 2012-09 2012-11"),
    ("⟦2013年11月⟧改选。", "period 2013-11 2013-11"),
    ("⟦二〇一三年十一月⟧改选。", "period 2013-11 2013-11"),
    ("⟦08年5月⟧投产。", "period 2008-05 2008-05"),
    ("⟦2012年11月-2013年3月⟧供暖。", "period 2012-11 2013-03"),
    ("⟦2012年11月至次年3月⟧供暖。", "period 2012-11 2013-03"),
    ("⟦2013年3月至5月⟧干旱。", "period 2013-03 2013-05"),
    ("⟦2012年2月下旬⟧春耕。", "period 2012-02-21 2012-02-29"),
    ("⟦2013年9月末⟧开渠。", "deadline ~ 2013-09"),
    ("⟦2012年底至2013年初⟧试运行。", "period 2012 2013"),
    ("⟦2013年11月23日⟧奠基。", "point 2013-11-23 2013-11-23"),
    ("⟦2013年11月23日上午9时30分⟧奠基。", "point 2013-11-23 2013-11-23"),
    ("⟦2013-11-23⟧，奠基。", "point 2013-11-23 2013-11-23"),
    ("⟦2012年12月27日—2013年1月3日⟧闭馆。", "period 2012-12-27 2013-01-03"),
    ("请于⟦2013年9月18日上午9时至9月22日内⟧缴费。", "period 2013-09-18 2013-09-22"),
    ("请于⟦2013年9月18日-22日内⟧缴费。", "period 2013-09-18 2013-09-22"),
    ("⟦2013年元月⟧改选。", "period 2013-01 2013-01"),
    ("⟦2013年元月9日⟧改选。", "point 2013-01-09 2013-01-09"),
    ("较⟦2013年底⟧增加两成。", "deadline ~ 2013"),
    ("货值由九亿元增至⟦2013年⟧的两倍。", "period 2013 2013"),
    ("⟦2013年9月18日至19日⟧展出。", "period 2013-09-18 2013-09-19"),
    ("⟦2013年7月2日9：00—7月4日17:00⟧报到。", "period 2013-07-02 2013-07-04"),
]
TOLD_FROM_TODAY = [
    # words, published, value
    ("⟦昨天（7月31日）到今天⟧有雨。", "2014-08-01", "period 2014-07-31 2014-08-01"),
    ("⟦今（8月1日）明两天⟧有雨。", "2014-08-01", "period 2014-08-01 2014-08-02"),
    ("⟦今天（8月1日）起至12日⟧休渔。", "2014-08-01", "period 2014-08-01 2014-08-12"),
    ("⟦本世纪⟧的大旱。", "1984", "period 1901 2000"),
    ("⟦本世纪⟧的大旱。", None, "period XXXX XXXX"),
    ("⟦下世纪初⟧再修。", "1984", "period 2001 2010"),
    ("⟦本世纪末⟧通水。", "1984", "deadline ~ 2000"),
    ("⟦今年⟧修桥。", "2014", "period 2014 2014"),
    ("⟦今年⟧修桥。", None, "period XXXX XXXX"),
    ("⟦去年⟧修桥。", "2014-03", "period 2013 2013"),
    ("⟦明年⟧修桥。", "2014", "period 2015 2015"),
    ("⟦上年度⟧决算。", "2014", "period 2013 2013"),
    ("完成⟦上年⟧结转任务。", "2014", "period 2013 2013"),
    ("⟦今明两年⟧修桥。", "2014", "period 2014 2015"),
    ("⟦年内⟧通水。", "2014", "period 2014 2014"),
    ("⟦全年⟧培训两批。", "2014", "period 2014 2014"),
    ("争取⟦年底⟧封顶。", "2014", "deadline ~ 2014"),
    ("⟦年底前⟧封顶。", None, "deadline ~ XXXX"),
    ("⟦今年底⟧封顶。", "2014", "deadline ~ 2014"),
    ("⟦明年年中⟧封顶。", "2014", "period 2015 2015"),
    ("⟦上半年⟧少雨。", "2014", "period 2014-01 2014-06"),
    ("⟦二季度⟧少雨。", None, "period XXXX-04 XXXX-06"),
    ("⟦首季⟧少雨。", "2014", "period 2014-01 2014-03"),
    ("⟦去年四季度⟧少雨。", "2014", "period 2013-10 2013-12"),
    ("⟦5月份⟧蓄水。", "2014", "period 2014-05 2014-05"),
    ("⟦今年三月⟧蓄水。", "2014", "period 2014-03 2014-03"),
    ("⟦3—5月份⟧干旱。", None, "period XXXX-03 XXXX-05"),
    ("⟦今年1至4月⟧造林。", "2014", "period 2014-01 2014-04"),
    ("⟦今年前5个月⟧造林。", "2014", "period 2014-01 2014-05"),
    ("⟦前两个月⟧造林。", "2014-03-19", "period 2014-01 2014-02"),
    ("⟦7月中旬⟧入梅。", "2014", "period 2014-07-11 2014-07-20"),
    ("⟦月底⟧完工。", "2014-08", "deadline ~ 2014-08"),
    ("⟦本月⟧完工。", "2014", "period 2014-XX 2014-XX"),
    ("⟦下个月⟧试航。", "2014", "period 2014-XX 2014-XX"),
    ("⟦下个月⟧试航。", "2014-12", "period 2015-01 2015-01"),
    ("⟦上个月⟧试航。", "2015-01-09", "period 2014-12 2014-12"),
    ("⟦17日⟧，海棠区放榜。", None, "point XXXX-XX-17 XXXX-XX-17"),
    ("⟦17日⟧，海棠区放榜。", "2014-06-19", "point 2014-06-17 2014-06-17"),
    ("⟦8月6日上午⟧开闸。", "2014", "point 2014-08-06 2014-08-06"),
    ("⟦8月6日（星期三）⟧开闸。", None, "point XXXX-08-06 XXXX-08-06"),
    ("⟦9月18日至19日⟧展出。", "2014", "period 2014-09-18 2014-09-19"),
    ("⟦12月30日至1月2日⟧闭馆。", "2014", "period 2014-12-30 2015-01-02"),
    ("⟦今天⟧开幕。", "2014-03-29", "point 2014-03-29 2014-03-29"),
    ("⟦昨天⟧开幕。", "2014-03-01", "point 2014-02-28 2014-02-28"),
    ("⟦今晚⟧开幕。", None, "point XXXX-XX-XX XXXX-XX-XX"),
    ("⟦上周五⟧放榜。", "2014-04-02", "point 2014-03-28 2014-03-28"),
    ("⟦今冬⟧少雪。", "2014", "period 2014-12 2015-02"),
    ("⟦今明两天⟧有雪。", "2013-12-31", "period 2013-12-31 2014-01-01"),
]
BOUNDS = [
    ("争取⟦到2032年⟧通航。", "deadline ~ 2032"),
    ("⟦至2033年⟧，全部改造。", "deadline ~ 2033"),
    ("⟦到2033年底⟧全部改造。", "deadline ~ 2033"),
    ("⟦到2033年底前⟧全部改造。", "deadline ~ 2033"),
    ("⟦2032年前⟧更新。", "deadline ~ 2032"),
    ("⟦2013年5月底前⟧播完。", "deadline ~ 2013-05"),
    ("请于⟦2013年7月31日之前⟧报送。", "deadline ~ 2013-07-31"),
    ("⟦截至2013年8月20日⟧，报名两千人。", "deadline ~ 2013-08-20"),
    ("⟦截止2013年底⟧，报名两千人。", "deadline ~ 2013"),
    ("⟦2017年以来⟧，候鸟增多。", "since 2017 ~"),
    ("⟦2013年至今⟧无事故。", "since 2013 ~"),
    ("自⟦2031年8月12日起⟧施行。", "since 2031-08-12 ~"),
    ("从⟦2011年开始⟧，逐村通水。", "since 2011 ~"),
    ("⟦2013年7月4日12:00后⟧，闸门关闭。", "since 2013-07-04 ~"),
    ("大桥自⟦2011年⟧投用以来，从未封闭。", "since 2011 ~"),
    ("数据恢复到⟦2013年⟧水平。", "period 2013 2013"),
    ("从⟦2011年到2014年⟧，逐村通水。", "period 2011 2014"),
    ("⟦2032年前三季度⟧通航。", "period 2032-01 2032-09"),
    ("⟦2014年⟧起草条例。", "period 2014 2014"),
    ("⟦2014年⟧后续工作。", "period 2014 2014"),
    ("⟦2014年5月⟧开始试种。", "period 2014-05 2014-05"),
]
PLANS = [
    ("⟦“十四五”前四年⟧，新修水渠。", "period 2021 2024"),
    ("⟦“十四五”后两年⟧，再修水渠。", "period 2024 2025"),
    ("⟦“十四五”期间⟧，新修水渠。", "period 2021 2025"),
    ("⟦截至“十四五”末⟧，渠成。", "deadline ~ 2025"),
    ("⟦“十五五”时期⟧，新修水渠。", "period 2026 2030"),
    ("编制“⟦十四五⟧规划”。", "period 2021 2025"),
    ("编制⟦“十三五”⟧规划。", "period 2016 2020"),
    ("⟦十二五期间⟧，新修水渠。", "period 2011 2015"),
    ("⟦“九五”⟧时的老路。", "period 1996 2000"),
    ("⟦“十五”期间⟧的老路。", "period 2001 2005"),
    ("⟦“一五”⟧时的老路。", "period 1953 1957"),
    ("⟦“三五”⟧时的老路。", "period 1966 1970"),
    ("⟦第十一个五年⟧规划。", "period 2006 2010"),
    ("⟦“十四五”末⟧村村通车。", "deadline ~ 2025"),
    ("⟦到“十五五”末⟧村村通车。", "deadline ~ 2030"),
    ("⟦“十三五”以来⟧，新修水渠。", "since 2016 ~"),
]
LENGTHS = [
    ("历时⟦一年零两个月⟧建成。", "duration P1Y2M P1Y2M"),
    ("守林⟦半个多世纪⟧。", "about duration P50Y P50Y"),
    ("启动治水⟦四年⟧行动。", "duration P4Y P4Y"),
    ("连续⟦11年⟧丰收。", "duration P11Y P11Y"),
    ("封航⟦6天⟧。", "duration P6D P6D"),
    ("见习⟦半年⟧。", "duration P6M P6M"),
    ("历时⟦两年半⟧。", "duration P2Y6M P2Y6M"),
    ("见习⟦3个月⟧。", "duration P3M P3M"),
    ("轮训⟦两周⟧。", "duration P2W P2W"),
    ("已有⟦30余年⟧。", "about duration P30Y P30Y"),
    ("已有⟦一个多月⟧。", "about duration P1M P1M"),
    ("⟦前三年⟧免租。", "duration P3Y P3Y"),
    ("已有⟦三年多⟧。", "about duration P3Y P3Y"),
    ("争取⟦2-4年⟧收回成本。", "duration P2Y P4Y"),
    ("争取⟦2—4年⟧收回成本。", "duration P2Y P4Y"),
    ("用⟦四到六年⟧治沙。", "duration P4Y P6Y"),
    ("用⟦两三年⟧治沙。", "duration P2Y P3Y"),
    ("⟦6个月至1年⟧。", "duration P6M P1Y"),
    ("用⟦四年左右⟧的时间治沙。", "about duration P4Y P4Y"),
    ("要在⟦6年内⟧还清。", "duration P6Y P6Y"),
    ("在⟦8年时间内⟧治沙。", "duration P8Y P8Y"),
    ("驻村⟦2年以上⟧的干部。", "duration P2Y P2Y"),
    ("发行⟦7年期⟧债券。", "duration P7Y P7Y"),
    ("⟦12年来⟧，义务护林。", "duration P12Y P12Y"),
    ("⟦未来八年⟧，分段改造。", "duration P8Y P8Y"),
    ("⟦未来一年内⟧，分段改造。", "duration P1Y P1Y"),
    ("⟦过去的6年间⟧，种树万株。", "duration P6Y P6Y"),
    ("查看⟦近2年⟧的账目。", "duration P2Y P2Y"),
    ("⟦这四年⟧，人口回流。", "duration P4Y P4Y"),
    ("⟦今后四年⟧，人口回流。", "duration P4Y P4Y"),
    ("⟦7年前⟧，这里是荒滩。", "duration P7Y P7Y"),
    ("应在⟦40日内⟧答复。", "duration P40D P40D"),
    ("⟦5个工作日内⟧办结。", "duration P5D P5D"),
    ("须⟦24小时内⟧响应。", "duration PT24H PT24H"),
    ("用好⟦96小时⟧过境免签政策。", "duration PT96H PT96H"),
    ("处⟦3年以上7年以下⟧徒刑。", "duration P3Y P7Y"),
    ("在⟦不到两年的时间内⟧修通。", "duration P2Y P2Y"),
    ("在⟦将近七年的时间里⟧修通。", "about duration P7Y P7Y"),
    ("⟦随后的一个月里⟧，水位回落。", "duration P1M P1M"),
    ("⟦过去五年中⟧，种树万株。", "duration P5Y P5Y"),
    ("茶园项目⟦未来5年内⟧回本。", "duration P5Y P5Y"),
    ("⟦大概7年⟧，渠修通了。", "about duration P7Y P7Y"),
    ("管护⟦至少3周以上⟧。", "duration P3W P3W"),
    ("出土⟦距今7000年至5000年前⟧的茶碗。", "duration P5000Y P7000Y"),
    ("⟦未来五年⟧中国茶园更广。", "duration P5Y P5Y"),
    ("这座桥⟦距今80年⟧。", "duration P80Y P80Y"),
    ("应在合同期满前⟦3个月⟧提出。", "duration P3M P3M"),
]
OTHERS = [
    ("⟦每年⟧清淤一次。", "recurring"),
    ("⟦每季度⟧通报一次。", "recurring"),
    ("⟦每月⟧清淤一次。", "recurring"),
    ("办起书屋，⟦年⟧接待读者八千人。", "recurring"),
    *((f"⟦{word}⟧，候鸟增多。", "vague") for word in ("近年来", "近日", "日前", "目前", "下一步", "如今", "接下来")),
    *(
        (f"⟦{word}⟧，候鸟增多。", "vague")
        for word in ("现在", "当前", "近期", "多年来", "截至目前", "疫情期间", "今后")
    ),
    ("核对⟦以前年度⟧的账目。", "vague"),
    ("经过⟦多年⟧的努力，荒山变绿。", "vague"),
    ("先种百亩，⟦以后⟧逐步扩大。", "vague"),
    ("展望⟦未来⟧，茶香更浓。", "vague"),
    ("⟦短期内⟧难以回落。", "vague"),
    ("⟦明清时期⟧建桥。", "vague"),
]


@pytest.mark.parametrize("marked, expected", [(marked, expected) for marked, *expected in YEARS])
def test_years(marked, expected):
    check(marked, None, *expected)


@pytest.mark.parametrize("marked, expected", PARTS)
def test_parts_of_a_named_year(marked, expected):
    check(marked, None, expected)


@pytest.mark.parametrize("marked, published, expected", TOLD_FROM_TODAY)
def test_the_articles_own_date_supplies_what_the_words_leave_out(marked, published, expected):
    check(marked, published, expected)


@pytest.mark.parametrize("marked, expected", BOUNDS)
def test_up_to_and_from_a_date(marked, expected):
    check(marked, None, expected)


@pytest.mark.parametrize("marked, expected", PLANS)
def test_five_year_plans(marked, expected):
    check(marked, None, expected)


@pytest.mark.parametrize("marked, expected", LENGTHS)
def test_lengths_of_time(marked, expected):
    check(marked, None, expected)


@pytest.mark.parametrize("marked, expected", OTHERS)
def test_recurring_and_vague(marked, expected):
    check(marked, None, expected)


@pytest.mark.parametrize(
    "text",
    [
        "海棠区开展百日攻坚。",
        "建成20分钟品茶圈。",
        "月薪八千，年薪面议。",
        "完成年度计划。",
        "产量逐年提高，定期通报，即将开工。",
        "印发《云岭市2031年治水三年行动方案》。",
        "收入同比增长，比上年多，较上年同期多，与上年持平。",
        "发布时间：2012-08-19",
        "2012年8月19日",
        "云岭市人民政府办公室  二〇一二年八月十九日",
        "中新社云岭4月17日电（记者张山）",
        "云政办〔2012〕36号",
        "建县七十周年。",
        "小学三年级招生。",
        "极不平凡的一年。",
        "年均增长较快，年吞吐量大，日产量高。",
        "主要体现在三个方面。",
        "做好项目前期准备。",
        "面向未来的课程。",
        "自通车以来，从未封闭。",
        "开展“八五”普法。",
        "二十五家企业，第十五届。",
        "把用时压缩至4个工作日。",
        "把用时压缩至4个工作日以内。",
        "水位较前一周回落。",
        "时限由14个工作日压缩到4个工作日。",
        "栏目“今日头条”。",
        "渔业协会同日本企业签约。",
        "奠基仪式的前一天下了雨。",
        "生产能力由原来年产三万箱扩大到六万箱。",
    ],
)
def test_no_horizon(text):
    assert horizons(text) == []


@pytest.mark.parametrize(
    "marked, published, expected",
    [
        # a month after a dated month, and the whole year after its year
        ("⟦2012年5月⟧动工，并于⟦9月⟧合龙。", "2014", ["period 2012-05 2012-05", "period 2012-09 2012-09"]),
        ("⟦2012年⟧，青石县修渠，⟦全年⟧完工十处。", "2014", ["period 2012 2012", "period 2012 2012"]),
        ("⟦2012年⟧很难忘。⟦这一年⟧，路通了。", None, ["period 2012 2012", "period 2012 2012"]),
        ("⟦2012年上半年⟧总结和⟦下半年⟧打算。", "2014", ["period 2012-01 2012-06", "period 2012-07 2012-12"]),
        ("⟦去年11月⟧动工，⟦12月⟧合龙。", "2014", ["period 2013-11 2013-11", "period 2013-12 2013-12"]),
        ("⟦9月18日⟧开幕，⟦20日⟧闭幕。", "2014", ["point 2014-09-18 2014-09-18", "point 2014-09-20 2014-09-20"]),
        # where no year is known, at least the month and the day
        ("⟦4月⟧的云岭多雨，⟦23日⟧放晴。", None, ["period XXXX-04 XXXX-04", "point XXXX-04-23 XXXX-04-23"]),
        ("⟦8日上午⟧开会，⟦当日⟧散会。", None, ["point XXXX-XX-08 XXXX-XX-08"] * 2),
        (
            "⟦2012年⟧，渠成，⟦4月⟧试水，⟦全年⟧通水。",
            None,
            ["period 2012 2012", "period 2012-04 2012-04", "period 2012 2012"],
        ),
        # the quarters of a whole year, its end, and the year before it
        (
            "⟦2012年⟧，渠成。⟦全年⟧产茶九吨。分季度看，⟦一季度⟧最少。",
            "2014",
            ["period 2012 2012", "period 2012 2012", "period 2012-01 2012-03"],
        ),
        (
            "⟦2012年⟧，渠成。⟦年末⟧产茶九吨，比⟦上年末⟧多。",
            None,
            ["period 2012 2012", "deadline ~ 2012", "deadline ~ 2011"],
        ),
        ("⟦2012年⟧产茶由⟦上年⟧的八吨增到九吨。", "2014", ["period 2012 2012", "period 2011 2011"]),
        # a century, however far back, where no date is known
        ("⟦1983年⟧，渠成。茶香满山。⟦到本世纪末⟧，村村通水。", None, ["period 1983 1983", "deadline ~ 2000"]),
        # a year told from another is none that others are told from
        ("⟦2012年⟧缴费。领取⟦次年⟧补贴，⟦次年⟧停发。", None, ["period 2012 2012"] + ["period 2013 2013"] * 2),
        # but not after a yardstick, a deadline or a beginning, and never for 今年
        ("比⟦2012年⟧多，⟦9月⟧又增。", "2014", ["period 2012 2012", "period 2014-09 2014-09"]),
        ("恢复至⟦2012年⟧同期，⟦9月⟧又增。", "2014", ["period 2012 2012", "period 2014-09 2014-09"]),
        ("⟦到2032年⟧通航，⟦9月⟧动工。", "2014", ["deadline ~ 2032", "period 2014-09 2014-09"]),
        ("⟦2012年以来⟧，⟦首季⟧最好。", "2014", ["since 2012 ~", "period 2014-01 2014-03"]),
        ("⟦2012年5月⟧动工，⟦今年9月⟧合龙。", "2014", ["period 2012-05 2012-05", "period 2014-09 2014-09"]),
        (
            "⟦2013年⟧产茶从⟦2012年⟧的八吨增到九吨，⟦当年⟧出口三吨。",
            None,
            ["period 2013 2013", "period 2012 2012", "period 2013 2013"],
        ),
        ("⟦2014年⟧云岭茶会⟦20日⟧开幕。", "2014-09-21", ["period 2014 2014", "point 2014-09-20 2014-09-20"]),
        ("⟦2013年⟧云岭茶会⟦20日⟧开幕。", "2014-09-21", ["period 2013 2013", "point 2013-XX-20 2013-XX-20"]),
        # a chapter that looks back, up to the next one
        (
            "一、工作回顾\n青石县修渠。\n⟦全年⟧产茶九吨，⟦9月⟧茶会开幕，为⟦今年⟧打下基础，⟦全年⟧无旱。\n"
            "二、工作安排\n青石县还要修渠。\n⟦全年⟧产茶十吨。",
            "2014",
            [
                "period 2013 2013",
                "period 2013-09 2013-09",
                "period 2014 2014",
                "period 2013 2013",
                "period 2014 2014",
            ],
        ),
        ("一、⟦2012年⟧工作回顾\n" + "修渠。" * 200 + "\n⟦全年⟧产茶九吨。", "2014", ["period 2012 2012"] * 2),
        ("一、⟦上半年⟧工作回顾\n⟦全年⟧产茶九吨。", "2014", ["period 2014-01 2014-06", "period 2014 2014"]),
    ],
)
def test_the_text_before_supplies_the_year(marked, published, expected):
    check(marked, published, *expected)


@pytest.mark.parametrize(
    "text, published, expected",
    [
        ("青石县修渠。", None, None),
        ("青石县修渠。", "2014", "2014"),
        ("发布时间：2012-08-19\n青石县今年修渠。", None, "2012-08-19"),
        ("青石县修渠\n时间：2012-08-19\n今年修渠。", None, "2012-08-19"),
        ("（2012年8月19日）\n青石县今年修渠。", None, "2012-08-19"),
        ("青石县今年修渠。\n青石县人民政府办公室\n二〇一二年八月十九日", None, "2012-08-19"),
        ("今天（8月5日），青石县修渠。", None, "XXXX-08-05"),
        ("昨天（8月5日），青石县修渠。", None, "XXXX-08-06"),
        ("今天（8月5日），青石县修渠。", "2014", "2014-08-05"),
        ("中新社云岭8月5日电（记者张山）青石县修渠。", "2014", "2014-08-05"),
        ("发布时间：2012-08-19\n青石县修渠。", "2014", "2014"),
        ("今年（2013年），青石县修渠。", None, "2013"),
        ("2013年青石县政府工作报告\n各位代表，今年要修渠。", None, "2013"),
        ("二、2013年修渠安排\n今年的水渠要修到村口。", None, "2013"),
        ("2013年，青石县招生百人。\n8月5日放榜。", None, "2013"),
        ("今天（8月5日），2013云岭茶会在青石县举行。", None, "2013-08-05"),
        ("2013云岭茶会今天（8月5日）在青石县开幕。", None, "2013-08-05"),
        ("2013年云岭茶会将于今天（8月5日）在青石县开幕。", None, "XXXX-08-05"),
        ("8月3日至5日，“2013年青石灯节”活动举办。\n今天（8月5日），海棠区修渠。", None, "2013-08-05"),
        ("2013年云岭茶会启动\n今天（8月5日），青石县迎来茶客。", None, "2013-08-05"),
        ("青石县“2013云岭茶会”开幕\n今天（8月5日），青石县迎来茶客。", None, "2013-08-05"),
        ("三部门启动2013年云岭护林行动\n今天（8月5日），三部门发出通知。", None, "2013-08-05"),
        ("2013年，青石县招生百人。\n比上年多九人，8月放榜。", None, "2013"),
        ("今天（8月5日），青石县修渠。截至2013年6月，水渠过村。", None, "2013-08-05"),
        ("今天（1月5日），青石县修渠。截至2013年12月20日，水渠过村。", None, "2014-01-05"),
        ("今天（8月5日），青石县修渠。2013年1—7月，水渠过村。", None, "2013-08-05"),
        ("今天（8月5日），青石县修渠。2013年上半年，水渠过村。", None, "2013-08-05"),
        ("今天（8月5日），青石县修渠。截至8月3日，2013年新修水渠九条。", None, "2013-08-05"),
        ("今天（8月5日），青石县修渠。2013年暑期档票房过亿，比2012年暑期档多。", None, "2013-08-05"),
        ("今天（1月5日），青石县修渠。\n2012年，全县收茶9.5万吨。", None, "2013-01-05"),
        ("今天（1月5日），青石县修渠。截至2012年底，水渠过村。", None, "2013-01-05"),
        ("在刚刚过去的2012年，青石县修渠。今年还要修。", None, "2013"),
        ("一、2012年工作回顾\n青石县修渠。今年还要修。", None, "2013"),
        ("今年是“十二五”规划的开局之年，青石县修渠。", None, "2011"),
        ("今年是“十二五”收官之年，也是“十三五”谋篇之年。", None, "2015"),
        ("2011年是“十二五”开局之年。今年修渠。", None, "2011"),
        ("今年是新中国成立70周年，青石县修渠。", None, "2019"),
        ("近日，在青石县举行的2013云岭茶会迎来茶客。", None, "2013"),
        ("今天（3月4日），2013云岭茶会定档，茶会将于今年8月举行。", None, "XXXX-03-04"),
        ("2013云岭茶会将于今年8月在青石县迎客。", None, "2013"),
        ("今天（3月4日）获悉，2013年云岭茶会将于8月迎客。", None, "2013-03-04"),
        ("今天（8月5日）获悉，2014年云岭茶会计划于3月在青石县举行。", None, "2013-08-05"),
        ("今天（3月4日），三部门部署2013年护林行动。", None, "2013-03-04"),
        ("三、2013年重点工作\n" + "新修水渠。" * 200 + "\n今年修渠九条。", None, "2013"),
        # a year that is only planned, compared with, or one of several
        ("青石县今年修渠，力争2032年通航。", None, None),
        ("到2032年，青石县通航。", None, None),
        ("2012年，青石县修渠。2013年，海棠区修渠。", None, None),
        ("2032年远景目标纲要\n青石县今年修渠。", None, None),
        ("2012年青石县游客突破百万人次\n今天（1月5日），青石县公布游客人数。", None, "XXXX-01-05"),
        ("2012年的青石县\n今天（1月5日），青石县公布游客人数。", None, "XXXX-01-05"),
        ("2012年，青石县修渠。今年，海棠区修渠。", None, None),
        ("今天（8月5日），青石县修渠。截至2013年2月，水渠过村。", None, "XXXX-08-05"),
        ("2013年云岭茶会启动\n云岭茶会有三十年历史。", None, None),
        ("三部门启动2013届学员实习行动\n今天（8月5日），三部门发出通知。", None, "XXXX-08-05"),
        ("今天（8月5日），2013年度先进表彰会在青石县举行。", None, "XXXX-08-05"),
        ("今天（8月5日），青石县修渠。截至2012年底，水渠过村。", None, "XXXX-08-05"),
        ("今天（8月5日），青石县修渠，比2012年上半年多。", None, "XXXX-08-05"),
        ("2012年青石县水渠情况\n今天（8月5日），青石县今年修渠。截至2012年底，水渠过村。", None, "XXXX-08-05"),
        ("今天（12月5日），三部门部署2013年护林行动。", None, "XXXX-12-05"),
        ("今天（1月5日），青石县修渠。\n2013年，全县将收茶9.5万吨。", None, "XXXX-01-05"),
        ("2012年青石县水渠情况\n今天（1月5日），青石县今年第一条渠通水。", None, "XXXX-01-05"),
        ("今年是青石县建县70周年。", None, None),
    ],
)
def test_the_articles_own_date(text, published, expected):
    assert ArticleDates(RULES)(document(text, published)) == [expected]


def test_every_article_of_a_page_has_its_own_date():
    text = "今天（8月5日），青石县修渠。\n今天（8月7日），海棠区修渠。"
    page = document(text, "2014")
    middle = text.index("\n") + 1
    page.articles = [Article(0, middle), Article(middle, len(text))]
    assert ArticleDates(RULES)(page) == ["2014-08-05", "2014-08-07"]


DATE = re.compile("([0-9]{4}|XXXX)(-([0-9]{2}|XX)(-([0-9]{2}|XX))?)?")
LENGTH = re.compile(r"P([0-9.]+[YMWD])+|PT[0-9.]+H")
PIECES = [
    *[
        "今",
        "去",
        "明",
        "上",
        "下",
        "本",
        "年",
        "月",
        "日",
        "号",
        "周",
        "个",
        "季度",
        "半年",
        "旬",
        "底",
        "末",
        "初",
        "前",
        "后",
        "起",
        "以来",
        "到",
        "至",
        "截至",
        "-",
        "—",
        "、",
        "（",
        "）",
        "(",
        ")",
        "第",
        "十",
        "二",
        "三",
        "〇",
        "零",
    ],
    *[
        "两",
        "五",
        "1",
        "2",
        "7",
        "12",
        "31",
        "99",
        "2013",
        "2032",
        "“",
        "”",
        "天",
        "小时",
        "约",
        "左右",
        "内",
        "间",
        "全",
        "每",
        ":",
        "15:00",
        "余",
        "多",
        ".5",
    ],
]
EXPRESSIONS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=30)
TODAYS = st.sampled_from([None, "2014", "2014-02", "2014-12-31", "2016-02-29", "XXXX-03-01", "XXXX-XX-05", "nonsense"])


@given(st.sampled_from(sorted(NORMALIZERS)), EXPRESSIONS, TODAYS, st.sampled_from(["", "deadline", "since", "period"]))
def test_any_words_give_a_sound_horizon_or_none(name, words, today, kind):
    value = NORMALIZERS[name](Evidence(words, {}, {"type": kind} if kind else {}, today))
    if value is None:
        return
    assert isinstance(value, Horizon)
    for date in (value.start_date, value.end_date):
        assert date is None or (DATE.fullmatch(date) and read_date(date))
    for length in (value.duration_min, value.duration_max):
        assert length is None or LENGTH.fullmatch(length)
    assert (value.duration_min is None) == (value.duration_max is None)
    if value.type == "deadline":
        assert value.start_date is None
    if value.type == "since":
        assert value.end_date is None


@given(st.lists(st.sampled_from([*PIECES, "，", "。", "\n", "青石县", "修渠", " "]), max_size=40).map("".join))
def test_any_text_is_read_without_failing_and_no_horizon_overlaps_another(text):
    found = document(text)
    RECOGNIZER(found)
    NORMALIZER(found)
    spans = sorted((m.start, m.end) for m in found.mentions if m.kind == "horizon")
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("二〇一三年十二月", "2013年12月"),
        ("２０１３ 年", "2013年"),
        ("三—五", "3-5"),
        ("一百二十", "120"),
        ("〇五", "05"),
    ],
)
def test_folding_makes_one_writing_of_many(text, expected):
    assert folded(text) == expected


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)
