"""Numerals as Chinese text writes them → exact numbers."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_DIGITS = dict(zip("〇零一二三四五六七八九两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[〇零一二三四五六七八九两]+|[十百千万亿]")
_DECIMAL = re.compile(r"(?P<whole>[^点]+)点(?P<fraction>[〇零一二三四五六七八九]+)(?P<magnitude>[百千]?[万亿]*)")
_GROUPED = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_LONGEST = 40
"""Characters of the longest numeral read; nothing real comes near it."""


def parse_number(text: str) -> Decimal | None:
    """The number that `text` writes, magnitudes multiplied out: `4.5万` → 45000, `一百亿亿` → 10^18.

    Reads full-width digits, grouped digits (`1,234`), Chinese numerals and mixtures (`3千万`). None for anything else,
    and for two neighbouring digits that mean "one or the other" (`三五`).
    """
    if len(text) > _LONGEST:
        return None
    text = _GROUPED.sub("", unicodedata.normalize("NFKC", "".join(text.split())))
    if decimal := _DECIMAL.fullmatch(text):
        whole, magnitude = parse_number(decimal["whole"]), parse_number(decimal["magnitude"] or "1")
        fraction = "".join(str(_DIGITS[c]) for c in decimal["fraction"])
        return None if whole is None or magnitude is None else (whole + Decimal(f"0.{fraction}")) * magnitude
    tokens = _TOKEN.findall(text)
    if not tokens or "".join(tokens) != text:
        return None
    # `total` is complete up to the last 万 or 亿, `section` gathers what stands below 万, `digit` waits for its unit.
    total = section = Decimal(0)
    digit: Decimal | None = None
    last_myriad = last_unit = 0
    for index, token in enumerate(tokens):
        if token in _UNITS:
            section += (Decimal(1) if digit is None else digit) * _UNITS[token]
            digit, last_unit = None, _UNITS[token]
        elif token in _MYRIADS:
            unit = _MYRIADS[token]
            section += digit or 0
            if index == 0:
                section = Decimal(1)
            if unit >= last_myriad:
                total = (total + section) * unit
            else:
                total += section * unit
            section, digit, last_myriad, last_unit = Decimal(0), None, unit, unit
        elif digit is not None:
            return None
        elif token[0] in _DIGITS:
            digit = _read_digits(token)
            if digit is None:
                return None
            # 三万五 leaves its last unit out; 三万零五 does not.
            if index and index == len(tokens) - 1 and len(token) == 1 and digit and last_unit >= 100:
                digit = digit * last_unit / 10
        else:
            digit = Decimal(token)
    return total + section + (digit or 0)


def _read_digits(token: str) -> Decimal | None:
    # 零 before a unit only marks a gap: 一百零五.
    whole = token.lstrip("零") or "零"
    if len(whole) == 2 and "〇" not in whole and "零" not in whole:
        return None
    return Decimal("".join(str(_DIGITS[c]) for c in whole))
