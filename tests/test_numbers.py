from decimal import Decimal

import pytest
from hypothesis import given
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
    """A numeral below 10^8 as Chinese writes it."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]

    def section(part: int) -> str:
        out, gap = "", False
        for power in (3, 2, 1, 0):
            digit = part // 10**power % 10
            if digit:
                out += ("零" if gap and out else "") + digits[digit] + units[power]
            gap = not digit
        return out

    high, low = divmod(number, 10**4)
    if not high:
        return section(low)
    joint = "零" if low and low < 1000 else ""
    return f"{section(high)}万{joint}{section(low)}"


@given(st.integers(min_value=1, max_value=10**8 - 1))
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
