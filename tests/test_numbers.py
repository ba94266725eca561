from decimal import Decimal

import pytest
from clean_text import NORMALIZER, RECOGNIZER, document
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.normalize.numbers import parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", "7"),
        ("12.5", "12.5"),
        ("１２．５", "12.5"),
        ("1,234,500", "1234500"),
        ("２，３４５", "2345"),
        ("4.5万", "45000"),
        ("3千万", "30000000"),
        ("5百万", "5000000"),
        ("3650万亿", "3650000000000000"),
        ("1亿2000万", "120000000"),
        ("1万5千亿", "1500000000000"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("两千三百", "2300"),
        ("一百零五", "105"),
        ("一百一十", "110"),
        ("一万零五百", "10500"),
        ("三万五", "35000"),
        ("三万零五", "30005"),
        ("二〇三一", "2031"),
        ("三点五", "3.5"),
        ("十二点五万", "125000"),
        ("一百零二点零五", "102.05"),
        ("一百亿亿", "1000000000000000000"),
        ("千", "1000"),
        ("百万", "1000000"),
        ("亿", "100000000"),
        ("1 2万", "120000"),
    ],
)
def test_reads_what_the_numeral_says(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "三五", "几十", "1.2.3", "12个", "abc", "1,23", "9" * 60])
def test_refuses_what_is_no_single_number(text):
    assert parse_number(text) is None


def _written(number: int) -> str:
    """A numeral below 10^12 as Chinese writes it."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]

    def section(part: int) -> str:
        out, gap = "", False
        for power in (3, 2, 1, 0):
            digit = part // 10**power % 10
            if digit:
                out += ("零" if gap and out else "") + digits[digit] + units[power]
            gap = not digit
        return out

    parts = [number // 10**8, number // 10**4 % 10**4, number % 10**4]
    out, gap = "", False
    for part, name in zip(parts, "亿万 ", strict=True):
        if part:
            out += ("零" if out and (gap or part < 1000) else "") + section(part) + name.strip()
        gap = not part
    return out


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_reads_back_every_numeral(number):
    assert parse_number(_written(number)) == number


@given(st.decimals(min_value=0, max_value=10**6, places=2), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]))
def test_a_magnitude_multiplies_exactly(number, magnitude):
    name, factor = magnitude
    assert parse_number(f"{number:f}{name}") == number * factor


@given(st.text(alphabet="0123456789.,〇零一二两三十百千万亿点余 ", max_size=60))
def test_never_breaks_and_never_reads_a_negative(text):
    value = parse_number(text)
    assert value is None or value >= 0


# From here on: what stands in a sentence, through rules and normalizers. A case is (words, comparator, numbers, unit).
MAGNITUDES = {"": 1, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
UNITS = ["家", "元", "人", "吨", "亩", "户", "平方公里", "千瓦时", "人次", "美元", "立方米"]
BOUNDS = [
    ("", "", "="),
    ("近", "", "~"),
    ("约", "", "~"),
    ("", "左右", "~"),
    ("超", "", ">"),
    ("超过", "", ">"),
    ("逾", "", ">"),
    ("突破", "", ">"),
    ("", "以上", ">="),
    ("不低于", "", ">="),
    ("不少于", "", ">="),
    ("至少", "", ">="),
    ("", "以内", "<="),
    ("", "以下", "<="),
    ("不超过", "", "<="),
    ("不高于", "", "<="),
    ("不足", "", "<"),
    ("低于", "", "<"),
]
FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
DIGITS = "零一二三四五六七八九"
JOINTS = st.sampled_from(["-", "—", "～", "~", "到", "至"])

whole = st.integers(1, 10**6)
decimals = st.decimals("0.01", 10**5, places=2)
bounds = st.sampled_from(BOUNDS)


@st.composite
def numerals(draw):
    """(words, number): 128000, 1,200.5, １２．６."""
    number = draw(st.one_of(whole.map(Decimal), decimals))
    words = f"{number:,f}" if draw(st.booleans()) else f"{number:f}"
    return (words.translate(FULL_WIDTH) if draw(st.booleans()) else words), number


@st.composite
def amounts(draw):
    (words, number), (lead, trail, comparator) = draw(numerals()), draw(bounds)
    magnitude, unit = draw(st.sampled_from(sorted(MAGNITUDES))), draw(st.sampled_from(UNITS))
    return f"{lead}{words}{magnitude}{unit}{trail}", comparator, [number * MAGNITUDES[magnitude]], unit


@st.composite
def more_than(draw):
    number, more = draw(st.integers(1, 999)) * 10, draw(st.sampled_from("余多"))
    magnitude, unit = draw(st.sampled_from(["", "万"])), draw(st.sampled_from(UNITS))
    return f"{number}{more}{magnitude}{unit}", ">", [number * MAGNITUDES[magnitude]], unit


@st.composite
def bare_magnitudes(draw):
    magnitude, number = draw(st.sampled_from([("百", 100), ("千", 1000), ("万", 10**4)]))
    return f"{magnitude}余{draw(st.sampled_from('家户名'))}", ">", [number], None


@st.composite
def percents(draw):
    (words, number), (lead, trail, comparator) = draw(numerals()), draw(bounds)
    return f"{lead}{words}{draw(st.sampled_from('%％'))}{trail}", comparator, [number], "%"


@st.composite
def percentage_points(draw):
    number, (lead, trail, comparator) = draw(decimals), draw(bounds)
    return f"{lead}{number:f}个百分点{trail}", comparator, [number], "百分点"


@st.composite
def in_words(draw):
    """四亿零六百二十万吨, 十二点五万吨."""
    number, (lead, trail, comparator) = draw(st.integers(3, 10**10)), draw(bounds)
    words = _written(number)
    if draw(st.booleans()):
        number, fraction = draw(st.integers(3, 9999)), draw(st.integers(1, 9))
        magnitude = draw(st.sampled_from(["", "万", "亿"]))
        words = f"{_written(number)}点{DIGITS[fraction]}{magnitude}"
        number = (number + Decimal(fraction) / 10) * MAGNITUDES[magnitude]
    return f"{lead}{words}吨{trail}", comparator, [number], "吨"


@st.composite
def elliptic(draw):
    """一万五."""
    first, second = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    magnitude, factor = draw(st.sampled_from([("千", 1000), ("万", 10**4), ("亿", 10**8)]))
    return f"{DIGITS[first]}{magnitude}{DIGITS[second]}", "=", [first * factor + second * factor // 10], "元"


@st.composite
def parts_of_a_hundred(draw):
    number, fraction, (lead, trail, comparator) = draw(st.integers(1, 99)), draw(st.integers(0, 9)), draw(bounds)
    words = _written(number) + (f"点{DIGITS[fraction]}" if fraction else "")
    return f"{lead}百分之{words}{trail}", comparator, [number + Decimal(fraction) / 10], "%"


@st.composite
def tenths(draw):
    number, rest, (lead, trail, comparator) = draw(st.integers(1, 9)), draw(st.integers(0, 9)), draw(bounds)
    half = draw(st.sampled_from(["", "半" if rest == 5 else DIGITS[rest].strip("零")]))
    return f"{lead}{DIGITS[number]}成{half}{trail}", comparator, [10 * number + (rest if half else 0)], "%"


@st.composite
def fractions(draw):
    below, (lead, trail, comparator) = draw(st.integers(3, 10)), draw(bounds)
    above = draw(st.integers(1, below - 1))
    return (
        f"{lead}{'十' if below == 10 else DIGITS[below]}分之{DIGITS[above]}{trail}",
        comparator,
        [round(Decimal(above) / below, 6)],
        None,
    )


@st.composite
def ratios(draw):
    above, below = (Decimal(draw(st.integers(1, 999))) / 10 for _ in range(2))
    return f"{above:f}{draw(st.sampled_from('∶:'))}{below:f}", "=", [round(above / below, 6)], None


@st.composite
def multiples(draw):
    number, (lead, trail, comparator) = draw(st.integers(2, 500)), draw(bounds)
    words = draw(
        st.sampled_from([f"{number}", f"{number}.5", _written(number).replace("二", "两") if number < 10 else ""])
    )
    value = number + (Decimal("0.5") if words.endswith(".5") else 0)
    return f"{lead}{words or number}倍{trail}", comparator, [value], "倍"


@st.composite
def doublings(draw):
    times, word = draw(st.sampled_from([(1, ""), (1, "一"), (2, "两"), (2, "2"), (3, "三")]))
    return f"翻{word}番", "=", [2**times], "倍"


@st.composite
def ranges(draw):
    """2000-7000元, 5%—5.5%, 20到30家, 4.5至5.5万人, 1.5亿—2亿元."""
    low, high = sorted(draw(st.lists(decimals | whole.map(Decimal), min_size=2, max_size=2, unique=True)))
    joint, magnitude = draw(JOINTS), draw(st.sampled_from(["", "万", "亿"]))
    unit = draw(st.sampled_from([*UNITS, "%", "倍", "个百分点"]))
    if unit in ("%", "倍", "个百分点"):
        magnitude = ""
    first = draw(st.sampled_from(["", magnitude, magnitude + unit]) if unit != "个百分点" else st.just(""))
    numbers = [n * MAGNITUDES[magnitude] for n in (low, high)]
    name = unit.removeprefix("个") if unit == "个百分点" else unit
    return f"{low:f}{first}{joint}{high:f}{magnitude}{unit}", "range", numbers, name


@st.composite
def ranges_in_words(draw):
    low, high = sorted(draw(st.lists(st.integers(1, 9), min_size=2, max_size=2, unique=True)))
    joint = draw(st.sampled_from("到至"))
    one, two = DIGITS[low], DIGITS[high]
    return draw(
        st.sampled_from(
            [
                (f"{one}{joint}{two}家", "range", [low, high], "家"),
                (f"{one}{joint}{two}个百分点", "range", [low, high], "百分点"),
                (f"{one}十{joint}{two}十户", "range", [10 * low, 10 * high], "户"),
                (f"{one}千{joint}{two}千万元", "range", [low * 10**7, high * 10**7], "元"),
                (f"百分之{one}{joint}百分之{two}", "range", [low, high], "%"),
                (f"百分之{one}{joint}{two}", "range", [low, high], "%"),
                (f"{one}成{joint}{two}成", "range", [10 * low, 10 * high], "%"),
                (f"{one}{joint}{two}成", "range", [10 * low, 10 * high], "%"),
            ]
        )
    )


FORMS = {
    amounts: "全县的规模为{}。",
    more_than: "全县共有{}。",
    bare_magnitudes: "全县共有{}。",
    percents: "产值增长{}。",
    percentage_points: "占比提高{}。",
    in_words: "年产量为{}。",
    elliptic: "每户补助{}。",
    parts_of_a_hundred: "产值增长{}。",
    tenths: "受益面占{}。",
    fractions: "林地占{}。",
    ratios: "收入之比为{}。",
    multiples: "产值增长{}。",
    doublings: "产值{}。",
    ranges: "全县的规模为{}。",
    ranges_in_words: "全县的规模为{}。",
}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_reads_back_whatever_is_written_in_a_sentence(form, data):
    words, comparator, numbers, unit = data.draw(form())
    text = FORMS[form].format(words)
    found = document(text)
    RECOGNIZER(found)
    NORMALIZER(found)
    ((mention, value),) = [(m, m.value) for m in found.mentions if m.kind in ("quantity", "horizon")]
    assert text[mention.start : mention.end] == words
    assert value.comparator == comparator
    assert [n for n in (value.value, value.maximum) if n is not None] == numbers
    assert unit is None or value.unit == unit
