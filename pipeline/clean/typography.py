"""Typography of one line: what scanning narrowed gets its width back, a stray "and" becomes 和, dots an ellipsis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.alignment import Edit
from pipeline.clean.characters import FULL_WIDTH, HAN, is_han, narrow
from pipeline.clean.spaces import SPACES, TornWord, spaces_of

_WIDE = dict(zip(",;:!?", "，；：！？", strict=True))
_NARROW = re.compile("[,;:!?]")
_MARKS = re.compile(r"[,;:!?()\s]+")
_BRACKET = re.compile("[()（）]")
_DOT = re.compile("[.．]")
_CLOSERS = "”’）》」』】%"
_LIST_NUMBER = re.compile(r"(?:^|[。；：，、\s])[（(【\[]?[0-9一二三四五六七八九十百]{1,4}[）)】\]]?$")
_ADDRESS = re.compile(r"(?:https?|ftp)://[!-~]+|www\.[!-~]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}", re.ASCII)
_AND = re.compile(r"\s*\band\b\s*", re.ASCII)
_DOTS = re.compile(r"\.{3,}|。{3,}|…+")
_HAN_CHARACTER = re.compile(HAN)
# Without any of these a line stays as it is.
_EDITABLE = re.compile(r"[\s,;:!?().．…％０-９Ａ-Ｚａ-ｚ]|。。。|and")


def typography(line: str, *, prose: bool, torn: TornWord | None = None) -> list[Edit]:
    """The edits that give one line of clean text its Chinese typography.

    In prose a space between Chinese characters, or beside a number, is an accident of scanning, except between the
    names of a list; in headlines and bylines it separates, except where `torn` says that it does not. A line without
    any Chinese character is left alone.
    """
    if not _HAN_CHARACTER.search(line):
        return [Edit(m.start(), m.end(), " ") for m in SPACES.finditer(line) if m[0] != " "]
    if not _EDITABLE.search(line):
        return []
    addresses = [m.span() for m in _ADDRESS.finditer(line)] if "://" in line or "www." in line or "@" in line else []
    edits = _conjunctions(line) + _ellipses(line)
    taken = {i for start, end in [*addresses, *((e.start, e.end) for e in edits)] for i in range(start, end)}
    widths = [e for e in _widths(line) if e.start not in taken]
    spaces = spaces_of(_replaced(line, widths), prose, torn or _never)
    return edits + widths + [e for e in spaces if e.start not in taken and e.end - 1 not in taken]


def _never(before: str, after: str) -> bool:
    return False


def _replaced(line: str, edits: Sequence[Edit]) -> str:
    """The line after edits that keep its length, so that what looks at it next sees Chinese marks."""
    if not edits:
        return line
    characters = list(line)
    for edit in edits:
        characters[edit.start : edit.end] = edit.text
    return "".join(characters)


def _conjunctions(line: str) -> list[Edit]:
    if "and" not in line:
        return []
    return [
        Edit(m.start(), m.end(), "和")
        for m in _AND.finditer(line)
        # 满意率95% and 好评率: a figure is Chinese text, too
        if m.start()
        and m.end() < len(line)
        and (not line[m.start() - 1].isascii() or line[m.start() - 1] == "%")
        and not line[m.end()].isascii()
    ]


def _ellipses(line: str) -> list[Edit]:
    if "…" not in line and "..." not in line and "。。。" not in line:
        return []
    # Longer runs of dots lead from a heading to its page number.
    edits = []
    for m in _DOTS.finditer(line):
        start, end = m.span()
        if m[0] == "……" or end - start > 6 or (m[0][0] == "." and line[start - 1 : start].isascii()):
            continue
        if end - start == 1:
            edits.append(Edit(start, end, "……"))
        else:
            half = start + (end - start + 1) // 2
            edits += [Edit(start, half, "…"), Edit(half, end, "…")]
    return edits


def _widths(line: str) -> list[Edit]:
    edits = [Edit(m.start(), m.end(), narrow(m[0])) for m in FULL_WIDTH.finditer(line)]
    line = _replaced(line, edits)
    if brackets := _brackets(line):
        edits += brackets
        line = _replaced(line, brackets)
    if _NARROW.search(line):
        edits += [Edit(i, i + 1, _WIDE[line[i]]) for i in _in_chinese(line) if line[i] in _WIDE]
    for m in _DOT.finditer(line):
        before = line[m.start() - 1 : m.start()]
        if _is_full_stop(line, m.start()):
            edits.append(Edit(m.start(), m.end(), "。"))
        elif m[0] == "．" and before.isascii() and before.isalnum():
            edits.append(Edit(m.start(), m.end(), "."))
    return edits


def _is_full_stop(line: str, at: int) -> bool:
    """Whether the dot at `at` is a 。 that scanning shrank; the dots of 1.5 and of 一.加强 are none."""
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    if after and _LIST_NUMBER.search(line, max(0, at - 8), at):
        return False
    if is_han(before):
        return not after.isascii() or not after or after.isdigit()
    return bool(before) and before in _CLOSERS and (not after or is_han(after) or after in "“《")


def _brackets(line: str) -> list[Edit]:
    """Both brackets of a pair get the same width."""
    if "(" not in line and ")" not in line:
        return []
    edits = []
    in_chinese = set(_in_chinese(line))
    opened: list[tuple[int, bool]] = []
    for m in _BRACKET.finditer(line):
        wide = not m[0].isascii() or m.start() in in_chinese
        if m[0] in "(（":
            opened.append((m.start(), wide))
            continue
        start, start_wide = opened.pop() if opened else (-1, False)
        # [文字](http://…): markup is no text.
        if (wide or start_wide) and line[start - 1 : start] != "]":
            edits += [Edit(i, i + 1, c) for i, c in ((start, "（"), (m.start(), "）")) if i >= 0 and line[i] != c]
    return edits + [Edit(i, i + 1, "（") for i, wide in opened if wide and line[i] == "("]


def _in_chinese(line: str) -> Iterator[int]:
    """Where marks have Chinese beside them; those of 3,000 and 10:30 and (Smart, Inc.) have not."""
    for m in _MARKS.finditer(line):
        before, after = line[m.start() - 1 : m.start()], line[m.end() : m.end() + 1]
        foreign = _is_foreign(before) and _is_foreign(after)
        latin = foreign and before.isalnum() and after.isalnum()
        if not latin and (before == "%" or not foreign):
            yield from range(m.start(), m.end())


def _is_foreign(character: str) -> bool:
    """Whether it is ASCII, Greek or a Roman numeral; true for the empty string."""
    return character.isascii() or "\u0370" <= character <= "\u03ff" or "\u2160" <= character <= "\u2188"
