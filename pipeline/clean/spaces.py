"""Spaces of one line: those in words and numbers are accidents and go, those that set names apart stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from pipeline.alignment import Edit
from pipeline.clean.characters import HAN, SET_WIDE, is_han

SPACES = re.compile(r"\s+")
_UNBREAKABLE = "\u00a0\u2009\u202f"
# 本报讯 近日; （记者 某某） 近日; 第三条 本条例
_AFTER_DATELINE = re.compile(r"(?:讯|电|消息|报道|记者|通讯员|[)）])\s*$")
_AFTER_LABEL = re.compile(
    r"(?:^|[。；\s])(?:第[一二三四五六七八九十百千零〇0-9]{1,6}[编章节条]|(?:专栏|附件|附表|图|表)[0-9]{1,2})$"
    r"|^(?:[0-9]{1,2}\.|[0-9]{1,2}月[0-9]{1,2}日)$"
)
# （记者 某某）
_AFTER_REPORTER = re.compile("[（(][^（(）)]{0,8}(?:记者|通讯员|评论员)$")
_DATELINE_REACH, _TITLE_REACH, _WORD_REACH = 24, 60, 8
_CHAIN = re.compile(rf"(?<!{HAN}){HAN}++(?:\s++{HAN}++)+")
# Names that sign a text stand a space after its end.
_SET_APART = re.compile(r"(?:^|[。！？!?”）]\s{1,3})$")
_LIST, _LONGEST_LISTED = 4, 16
# “青山绿水 共建共享”: how long the halves of a motto are, and by how much one may be longer.
_MOTTO, _MOTTO_UNEVEN = 4, 2
_MOTTO_BEGINS, _MOTTO_ENDS, _QUOTES = "“‘：—", "”’：—", "“”‘’"
_CLAUSE = re.compile("[，。；]")
_HEADLINE = 45
_PIECE = re.compile(rf"{HAN}+")
_WHOLE_PART = re.compile(r"(\D)[0-9]{1,8}\.$")
_DECIMALS = re.compile("[0-9]{1,3}(?![0-9年月.、])")

TornWord = Callable[[str, str], bool]
"""Whether a space between two texts stands inside a word or a number."""


def spaces_of(line: str, prose: bool, torn: TornWord) -> list[Edit]:
    """The edits of the spaces in a line that has its Chinese marks; see `typography`."""
    if not SPACES.search(line):
        return []
    edits = []
    separating, tearing = _chained(line)
    # No clause in it: a headline, though it asks or is long.
    prose = prose and (_CLAUSE.search(line) is not None or (len(line) <= _HEADLINE and line[-1] not in "？！"))
    for m in SPACES.finditer(line):
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
            if start - end == 1 and line[end] in SET_WIDE and end - first > 1 and last - start > 1:
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
