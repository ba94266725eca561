"""Characters: what is invisible goes, what scanning narrowed gets its width back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.alignment import AlignedText, Edit

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)

_WIDE = dict(zip(",;:!?", "，；：！？", strict=True))
_MARKS = re.compile(r"[,;:!?()\s]+")
_BRACKET = re.compile("[()（）]")
_DOT = re.compile("[.．]")
_NUMERALS = "一二三四五六七八九十"
_NARROW = re.compile("[０-９Ａ-Ｚａ-ｚ％]")
_ADDRESS = re.compile(r"(?:https?|ftp)://[!-~]+|www\.[!-~]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}", re.ASCII)
_AND = re.compile(r"\s*\band\b\s*", re.ASCII)
_DOTS = re.compile(r"\.{3,}|。{3,}|…+")
_UNBREAKABLE = "\u00a0\u2009\u202f"
_SPACES = re.compile(r"\s+")
# A space after these belongs to the setting of the page: 本报讯 近日; （记者 某某） 近日.
_AFTER_DATELINE = re.compile(r"(?:讯|电|消息|记者|通讯员|[)）])\s*$")


def is_han(character: str) -> bool:
    """Whether it is a Chinese character, rare ones included; false for the empty string."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or character >= "\U00020000"


def is_visible(character: str) -> bool:
    """Whether it leaves a mark on paper."""
    return not character.isspace() and not _INVISIBLE.match(character)


def narrow(text: str) -> str:
    """Full-width digits, letters and % at half width; nothing else changes, nor does the length."""
    return _NARROW.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)


def without_invisible(text: AlignedText) -> AlignedText:
    r"""Every line end becomes `\n`; what is neither seen nor space is dropped."""
    edits = [Edit(m.start(), m.end(), "\n") for m in _LINE_END.finditer(text.text)]
    edits += [Edit(m.start(), m.end(), "") for m in _INVISIBLE.finditer(text.text)]
    return text.edited(edits) if edits else text


def typography(line: str, *, prose: bool) -> list[Edit]:
    """The edits that give one line of clean text its Chinese typography.

    In prose a space between Chinese characters, or beside a number, is an accident of scanning; in headlines and
    bylines it separates. A line without any Chinese character is left alone.
    """
    if not any(map(is_han, line)):
        return [Edit(m.start(), m.end(), " ") for m in _SPACES.finditer(line) if m[0] != " "]
    addresses = [m.span() for m in _ADDRESS.finditer(line)] if "://" in line or "www." in line or "@" in line else []
    edits = _conjunctions(line) + _ellipses(line)
    taken = {i for start, end in [*addresses, *((e.start, e.end) for e in edits)] for i in range(start, end)}
    edits += [e for e in _widths(line) + _spaces(line, prose) if e.start not in taken and e.end - 1 not in taken]
    return edits


def _conjunctions(line: str) -> list[Edit]:
    if "and" not in line:
        return []
    return [
        Edit(m.start(), m.end(), "和")
        for m in _AND.finditer(line)
        if m.start() and m.end() < len(line) and not line[m.start() - 1].isascii() and not line[m.end()].isascii()
    ]


def _ellipses(line: str) -> list[Edit]:
    # Longer runs of dots lead from a heading to its page number.
    edits = []
    for m in _DOTS.finditer(line):
        if m[0] != "……" and len(m[0]) <= 6 and not (m[0][0] == "." and line[m.start() - 1 : m.start()].isascii()):
            if len(m[0]) == 1:
                edits.append(Edit(m.start(), m.end(), "……"))
            else:
                edits += [Edit(m.start(), m.start() + 1, "…"), Edit(m.start() + 1, m.end(), "…")]
    return edits


def _widths(line: str) -> list[Edit]:
    edits = [Edit(m.start(), m.end(), narrow(m[0])) for m in _NARROW.finditer(line)]
    line = narrow(line)
    brackets = {edit.start: edit for edit in _brackets(line)}
    if brackets:
        line = "".join(brackets[i].text if i in brackets else c for i, c in enumerate(line))
        edits += brackets.values()
    edits += [Edit(i, i + 1, _WIDE[line[i]]) for i in _in_chinese(line) if line[i] in _WIDE]
    for m in _DOT.finditer(line):
        before, after = line[m.start() - 1 : m.start()], line[m.end() : m.end() + 1]
        if is_han(before) and (not after or ((not after.isascii() or after.isdigit()) and before not in _NUMERALS)):
            edits.append(Edit(m.start(), m.end(), "。"))
        elif m[0] == "．" and before.isascii() and before.isalnum():
            edits.append(Edit(m.start(), m.end(), "."))
    return edits


def _brackets(line: str) -> list[Edit]:
    """Both brackets of a pair get the same width."""
    edits = []
    in_chinese = set(_in_chinese(line))
    opened: list[tuple[int, bool]] = []
    for m in _BRACKET.finditer(line):
        wide = not m[0].isascii() or m.start() in in_chinese
        if m[0] in "(（":
            opened.append((m.start(), wide))
            continue
        start, start_wide = opened.pop() if opened else (-1, False)
        if wide or start_wide:
            edits += [Edit(i, i + 1, c) for i, c in ((start, "（"), (m.start(), "）")) if i >= 0 and line[i] != c]
    return edits + [Edit(i, i + 1, "（") for i, wide in opened if wide and line[i] == "("]


def _in_chinese(line: str) -> Iterator[int]:
    """Where marks have Chinese beside them; those of 3,000 and 10:30 and (Smart, Inc.) have not."""
    for m in _MARKS.finditer(line):
        before, after = line[m.start() - 1 : m.start()], line[m.end() : m.end() + 1]
        latin = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        if not latin and (before == "%" or not (before + after).isascii()):
            yield from range(m.start(), m.end())


def _spaces(line: str, prose: bool) -> list[Edit]:
    edits = []
    spaces = list(_SPACES.finditer(line))
    for n, m in enumerate(spaces):
        before, after = line[m.start() - 1 : m.start()], line[m.end() : m.end() + 1]
        keep = not prose or (before.isascii() and after.isascii()) or (m.start() == 1 and not is_han(before))
        if m[0] in _UNBREAKABLE and before.isdigit() and after.isdigit():
            keep = False
        if not keep and is_han(before) and is_han(after):
            # 主持人 某某 某某: short pieces between several spaces are a list, not a word torn apart.
            left = line[spaces[n - 1].end() : m.start()] if n else ""
            right = line[m.end() : spaces[n + 1].start()] if n + 1 < len(spaces) else ""
            keep = _is_name_long(left) or _is_name_long(right) or m.end() - m.start() > 1
        if not keep and m.start() < 24:
            keep = bool(_AFTER_DATELINE.search(line[: m.start()]))
        if not keep:
            keep = line.rfind("《", max(0, m.start() - 60), m.start()) > line.rfind(
                "》", max(0, m.start() - 60), m.start()
            )
        if not keep or m[0] != " ":
            edits.append(Edit(m.start(), m.end(), " " if keep else ""))
    return edits


def _is_name_long(piece: str) -> bool:
    return 0 < len(piece) <= 4 and all(map(is_han, piece))
