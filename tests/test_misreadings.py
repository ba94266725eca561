"""What other readers of Chinese numbers and times get wrong without a warning; every mention of a sentence is named."""

import pytest
from clean_text import NORMALIZER, RECOGNIZER, document

from pipeline.document import Quantity


def readings(text, published=None):
    """Of each quantity and horizon its words and what they mean."""
    found = document(text, published)
    RECOGNIZER(found)
    NORMALIZER(found)
    return [(text[m.start : m.end], brief(m.value)) for m in found.mentions if m.kind in ("quantity", "horizon")]


def brief(value):
    if isinstance(value, Quantity):
        ends = [f"{n.normalize():f}" for n in (value.value, value.maximum) if n is not None]
        return " ".join([value.comparator, *ends, value.unit or "-"])
    ends = [value.start_date or value.duration_min, value.end_date or value.duration_max]
    return " ".join(["about"] * value.approximate + [value.type] + [e or "~" for e in ends if any(ends)])


CASES = {
    "years, no day of a month": (
        "4-9年青石集镇总人口突破70万。",
        ("4-9年", "duration P4Y P9Y"),
        ("突破70万", "> 700000 人"),
    ),
    "advance, no years ago": (
        "6年前进31个位次，3年前进5位。",
        ("6年", "duration P6Y P6Y"),
        ("31个位次", "= 31 位次"),
        ("3年", "duration P3Y P3Y"),
        ("5位", "= 5 位次"),
    ),
    "points, no hour": (
        "茶价指数较2014年增加1.7点，其余增加0.4点、2.6点。",
        ("2014年", "period 2014 2014"),
        ("1.7点", "= 1.7 点"),
        ("0.4点", "= 0.4 点"),
        ("2.6点", "= 2.6 点"),
    ),
    "range, no month and no negative number": ("补贴标准为2000-7000元。", ("2000-7000元", "range 2000 7000 元")),
    "metres, no money": ("方圆600米设点。", ("600米", "= 600 米")),
    "at most, not at least": ("单个项目不超过3亿元。", ("不超过3亿元", "<= 300000000 元")),
    "at least, not at most": (
        "投资不低于20亿元，专项不少于6亿元。",
        ("不低于20亿元", ">= 2000000000 元"),
        ("不少于6亿元", ">= 600000000 元"),
    ),
    "months from the first": ("1—8月份，产值增长6.4%。", ("1—8月份", "period XXXX-01 XXXX-08"), ("6.4%", "= 6.4 %")),
    "the last year belongs to the span": (
        "2012年到2014年，新建驿站9座。",
        ("2012年到2014年", "period 2012 2014"),
        ("9座", "= 9 座"),
    ),
    "half a year": ("2014年上半年少雨。", ("2014年上半年", "period 2014-01 2014-06")),
    "items, no year": ("梳理事项1750项，走访企业5500家。", ("1750项", "= 1750 项"), ("5500家", "= 5500 家")),
    "index, no month of the year 103": ("茶价指数为103.6。", ("103.6", "= 103.6 -")),
    "a year of the last century": ("渠道始建于1997年。", ("1997年", "period 1997 1997")),
    "a place, no bits": ("云岭高新区列全省第57位，前移3位。", ("第57位", "= 57 名"), ("3位", "= 3 位次")),
    "minutes, no money": ("车程缩短20分钟。", ("20分钟", "= 20 分钟")),
    "no weights, no times of day, no seasons": ("两大抓手，青石晚报报道，一池碧水。",),
    "magnitude after 余": ("汇集样本3000余万份。", ("3000余万份", "> 30000000 份")),
    "magnitude after digits": (
        "带动6.5万人，投资217亿元。",
        ("6.5万人", "= 65000 人"),
        ("217亿元", "= 21700000000 元"),
    ),
    "decimal in words before a magnitude": ("增产十二点五万吨。", ("十二点五万吨", "= 125000 吨")),
    "hundredths after tenths": ("参保率近七成五。", ("近七成五", "~ 75 %")),
    "numbers in names": ("推进一区九园建设，八河三湖连通。",),
    "no clock of the machine": (
        "第三季度封顶，上半年招标。",
        ("第三季度", "period XXXX-07 XXXX-09"),
        ("上半年", "period XXXX-01 XXXX-06"),
    ),
    "since a day": ("从6月3日起通车。", ("6月3日起", "since XXXX-06-03 ~")),
    "since a year": ("2021年以来，新建桥梁4座。", ("2021年以来", "since 2021 ~"), ("4座", "= 4 座")),
    "within the year": ("年内通水。", ("年内", "period XXXX XXXX")),
    "about": ("用三年左右建成。", ("三年左右", "about duration P3Y P3Y")),
    "plan": ("“十四五”期间，修桥8座。", ("“十四五”期间", "period 2021 2025"), ("8座", "= 8 座")),
    "sums without 元": (
        "年薪在15万以上，争取2000万茶园补贴资金。",
        ("15万以上", ">= 150000 元"),
        ("2000万", "= 20000000 元"),
    ),
    "a campaign's name": ("开展百日攻坚。",),
    "from and to": ("事项由41项压减到15项。", ("41项", "= 41 项"), ("15项", "= 15 项")),
}


@pytest.mark.parametrize("case", CASES)
def test_says_what_the_words_say(case):
    text, *expected = CASES[case]
    assert readings(text) == expected
