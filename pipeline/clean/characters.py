"""Characters: what is invisible goes, what scanning narrowed gets its width back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pipeline.alignment import Edit

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)

# <U+00A0>: what cannot be printed, written out by the program that saved the text.
_ESCAPE = re.compile(r"<U\+([0-9A-F]{4,6})>")

_WIDE = dict(zip(",;:!?", "，；：！？", strict=True))
_MARKS = re.compile(r"[,;:!?()\s]+")
_BRACKET = re.compile("[()（）]")
_DOT = re.compile("[.．]")
_CLOSERS = "”’）》」』】%"
_LIST_NUMBER = re.compile(r"(?:^|[。；：，、\s])[（(【\[]?[0-9一二三四五六七八九十百]{1,4}[）)】\]]?$")
_NARROW = re.compile("[０-９Ａ-Ｚａ-ｚ％]")
_ADDRESS = re.compile(r"(?:https?|ftp)://[!-~]+|www\.[!-~]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}", re.ASCII)
_AND = re.compile(r"\s*\band\b\s*", re.ASCII)
_DOTS = re.compile(r"\.{3,}|。{3,}|…+")
_UNBREAKABLE = "\u00a0\u2009\u202f"
_SPACES = re.compile(r"\s+")
# 本报讯 近日; （记者 某某） 近日; 第三条 本条例
_AFTER_DATELINE = re.compile(r"(?:讯|电|消息|报道|记者|通讯员|[)）])\s*$")
_AFTER_LABEL = re.compile(
    r"(?:^|[。；\s])(?:第[一二三四五六七八九十百千零〇0-9]{1,6}[编章节条]|(?:专栏|附件|附表|图|表)[0-9]{1,2})$"
    r"|^(?:[0-9]{1,2}\.|[0-9]{1,2}月[0-9]{1,2}日)$"
)
# （记者 某某）
_AFTER_REPORTER = re.compile("[（(][^（(）)]{0,8}(?:记者|通讯员|评论员)$")
_DATELINE_REACH, _TITLE_REACH, _WORD_REACH = 24, 60, 8
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0010ffff]"
_HAN_CHARACTER = re.compile(_HAN)
# Without any of these a line stays as it is.
_EDITABLE = re.compile(r"[\s,;:!?().．…％０-９Ａ-Ｚａ-ｚ]|。。。|and")
_CHAIN = re.compile(rf"(?<!{_HAN}){_HAN}++(?:\s++{_HAN}++)+")
# Names that sign a text stand a space after its end.
_SET_APART = re.compile(r"(?:^|[。！？!?”）]\s{1,3})$")
_LIST, _LONGEST_LISTED = 4, 16
# “青山绿水 共建共享”: how long the halves of a motto are, and by how much one may be longer.
_MOTTO, _MOTTO_UNEVEN = 4, 2
_MOTTO_BEGINS, _MOTTO_ENDS, _QUOTES = "“‘：—", "”’：—", "“”‘’"
# A space as wide as a character is no accident.
_SET_WIDE = "\u3000\u00a0"
_CLAUSE = re.compile("[，。；]")
_HEADLINE = 45
_PIECE = re.compile(rf"{_HAN}+")
_WHOLE_PART = re.compile(r"(\D)[0-9]{1,8}\.$")
_DECIMALS = re.compile("[0-9]{1,3}(?![0-9年月.、])")

TornWord = Callable[[str, str], bool]
"""Whether a space between two texts stands inside a word or a number."""


def is_han(character: str) -> bool:
    """Whether it is a Chinese character, rare ones included; false for the empty string."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or character >= "\U00020000"


def is_visible(character: str) -> bool:
    """Whether it leaves a mark on paper."""
    return not character.isspace() and not _INVISIBLE.match(character)


def narrow(text: str) -> str:
    """Full-width digits, letters and % at half width; nothing else changes, nor does the length."""
    return _NARROW.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)


def invisible(raw: str) -> list[Edit]:
    r"""The edits that make every line end a `\n` and drop what is neither seen nor space."""
    edits = [Edit(m.start(), m.end(), "\n") for m in _LINE_END.finditer(raw)]
    edits += [Edit(m.start(), m.end(), "") for m in _INVISIBLE.finditer(raw)]
    return edits + _escapes(raw) if "<U+" in raw else edits


def _escapes(raw: str) -> list[Edit]:
    edits = []
    for m in _ESCAPE.finditer(raw):
        character = chr(min(int(m[1], 16), 0x10FFFF))
        if not is_visible(character):
            edits.append(Edit(m.start(), m.end(), character if character in _SET_WIDE else " " * character.isspace()))
    return edits


def typography(line: str, *, prose: bool, torn: TornWord | None = None) -> list[Edit]:
    """The edits that give one line of clean text its Chinese typography.

    In prose a space between Chinese characters, or beside a number, is an accident of scanning, except between the
    names of a list; in headlines and bylines it separates, except where `torn` says that it does not. A line without
    any Chinese character is left alone.
    """
    if not _HAN_CHARACTER.search(line):
        return [Edit(m.start(), m.end(), " ") for m in _SPACES.finditer(line) if m[0] != " "]
    if not _EDITABLE.search(line):
        return []
    addresses = [m.span() for m in _ADDRESS.finditer(line)] if "://" in line or "www." in line or "@" in line else []
    edits = _conjunctions(line) + _ellipses(line)
    taken = {i for start, end in [*addresses, *((e.start, e.end) for e in edits)] for i in range(start, end)}
    widths = [e for e in _widths(line) if e.start not in taken]
    spaces = _spaces(_replaced(line, widths), prose, torn or _never)
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
    edits = [Edit(m.start(), m.end(), narrow(m[0])) for m in _NARROW.finditer(line)]
    line = _replaced(line, edits)
    if brackets := _brackets(line):
        edits += brackets
        line = _replaced(line, brackets)
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


def _spaces(line: str, prose: bool, torn: TornWord) -> list[Edit]:
    if not _SPACES.search(line):
        return []
    edits = []
    separating, tearing = _chained(line)
    # No clause in it: a headline, though it asks or is long.
    prose = prose and (_CLAUSE.search(line) is not None or (len(line) <= _HEADLINE and line[-1] not in "？！"))
    for m in _SPACES.finditer(line):
        start, end = m.span()
        before, after = line[start - 1 : start], line[end : end + 1]
        between_han = is_han(before) and is_han(after)
        if start in tearing or _in_number(line, start, end):
            keep = False
        elif not prose or _is_set(line, start):
            keep = True
        elif between_han:
            keep = start in separating or end - start > 1
        elif _is_gap(m[0]) and (before.isalnum() or before in "）》”"):
            keep = is_han(after) or after.isalnum() or after in "（《“"
        else:
            # Latin words, or a bullet and its text
            keep = (before.isascii() and after.isascii()) or (start == 1 and not is_han(before))
        if keep and end - start == 1 and (between_han or before.isdigit()):
            keep = not torn(line[max(0, start - _WORD_REACH) : start], line[end : end + _WORD_REACH])
        if not keep or m[0] != " ":
            edits.append(Edit(start, end, " " if keep else ""))
    return edits


def _is_gap(space: str) -> bool:
    """Whether it is so wide that what stands beside it was set apart."""
    return len(space) > 2 or (len(space) > 1 and space.strip(" ") != "")


def _is_set(line: str, at: int) -> bool:
    """Whether a space belongs to the setting of the page, or stands in a title between 《》."""
    opened = max(0, at - _TITLE_REACH)
    return (
        (at < _DATELINE_REACH and _AFTER_DATELINE.search(line, 0, at) is not None)
        or _AFTER_LABEL.search(line, max(0, at - 9), at) is not None
        or _AFTER_REPORTER.search(line, max(0, at - 13), at) is not None
        or line.rfind("《", opened, at) > line.rfind("》", opened, at)
    )


def _chained(line: str) -> tuple[set[int], set[int]]:
    """Where spaces separate names (主持人 某某 某某), and where they spread a word (通 知 书)."""
    separating: set[int] = set()
    tearing: set[int] = set()
    for chain in _CHAIN.finditer(line):
        set_apart = bool(_SET_APART.search(line, max(0, chain.start() - 4), chain.start()))
        pieces = [m.span() for m in _PIECE.finditer(line, *chain.span())]
        sizes = [end - start for start, end in pieces]
        listed = len(sizes) >= _LIST and all(2 <= size <= _LONGEST_LISTED for size in sizes[1:-1])
        if listed or _is_motto(line[chain.start() - 1 : chain.start()], line[chain.end() : chain.end() + 1], sizes):
            separating.update(end for _, end in pieces[:-1])
        for (first, end), (start, last) in pairwise(pieces):
            if start - end == 1 and line[end] in _SET_WIDE and end - first > 1 and last - start > 1:
                separating.add(end)
        for i, size in enumerate(sizes):
            inner = (i > 0 or set_apart) and (i + 1 < len(sizes) or chain.end() == len(line))
            beside = sizes[max(0, i - 1) : i] + sizes[i + 1 : i + 2]
            if inner and 2 <= size <= 4 and any(2 <= other <= 4 for other in beside):
                separating.update(pieces[k][1] for k in (i - 1, i) if 0 <= k < len(pieces) - 1)
            if size == 1 and sizes[max(0, i - 1) : i + 2] == [1, 1, 1]:
                tearing.update((pieces[i - 1][1], pieces[i][1]))
    return separating, tearing


def _is_motto(before: str, after: str, sizes: Sequence[int]) -> bool:
    """Whether pieces of these sizes, between those marks, are the halves of a motto in quotation marks."""
    return (
        before in _MOTTO_BEGINS
        and after in _MOTTO_ENDS
        and (before in _QUOTES or after in _QUOTES)
        and min(sizes) >= _MOTTO
        and max(sizes) - min(sizes) <= _MOTTO_UNEVEN
    )


def _in_number(line: str, start: int, end: int) -> bool:
    """Whether a space stands inside a number: 22 .5, 亩产63. 4斤; the one of 1. 2021年 does not."""
    before, after = line[start - 1 : start], line[end : end + 1]
    if line[start:end] in _UNBREAKABLE and before.isdigit() and after.isdigit():
        return True
    if before.isdigit() and after == ".":
        return line[end + 1 : end + 2].isdigit()
    whole = _WHOLE_PART.search(line, max(0, start - 12), start)
    return whole is not None and is_han(whole[1]) and _DECIMALS.match(line, end) is not None
