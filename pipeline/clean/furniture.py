"""What stands on a page beside its text: credits, page heads, the buttons of a web page. It is taken out, by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.clean.cues import Cues
from pipeline.clean.lines import Line, ends_sentence, open_pairs

FurnitureKind = Literal["credit", "page head", "page number", "ornament", "web page"]
_CELL, _LONGEST = 8, 80
# How many lines and characters a row of a table may have; a page has more.
_ROWS, _ROW = 12, 400
_ROW_NUMBER = re.compile(r"([0-9]{1,3})(?:$|[、\s])")
_TORN = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Furniture:
    """A piece of the page that is no text, `[start, end)` of it, and what it is taken for."""

    start: int
    end: int
    kind: FurnitureKind


def without_furniture(lines: Iterable[Line], cues: Cues) -> tuple[list[Line], list[Furniture]]:
    """The lines that are text, and the furniture that stood between or at the end of them.

    Sign-offs come out as lines of their own, set apart from the text they follow.
    """
    parts = [part for line in lines for part in _parts(line, cues)]
    kinds = [_kind(line, cues) for line in parts]
    for i, line in enumerate(parts):
        beside = parts[max(0, i - 1) : i] + parts[i + 1 : i + 2]
        around = [] if kinds[i] else kinds[max(0, i - 1) : i] + kinds[i + 1 : i + 2]
        if ("web page" in around and cues.web_weak(line.text)) or (
            around == ["web page", "web page"] and cues.web_issuer(line.text)
        ):
            kinds[i] = "web page"
        elif kinds[i] is None and i and kinds[i - 1] and _closes(parts[i - 1].text, line.text):
            kinds[i] = kinds[i - 1]
        elif kinds[i] == "page number" and line.text.isdigit():
            cell = any(_like_cell(b.text) for b in beside)
            inside = 0 < i < len(parts) - 1 and _in_text(parts[i - 1], line, parts[i + 1], cues)
            if cell or inside or _heads_row(parts, i):
                kinds[i] = None
            if inside and not cell:
                parts[i] = line._replace(torn=True)
    text: list[Line] = []
    beyond = None
    for line, kind in zip(parts, kinds, strict=True):
        if kind is not None:
            beyond = line.gap if beyond is None else max(beyond, line.gap)
            continue
        text.append(line if beyond is None else line._replace(interrupted=bool(text), beyond=beyond))
        beyond = None
    return text, [Furniture(line.start, line.end, kind) for line, kind in zip(parts, kinds, strict=True) if kind]


def _like_cell(text: str) -> bool:
    return len(text) <= _CELL and (len(text) <= _CELL // 2 or any(map(str.isdigit, text)))


def _closes(opened: str, text: str) -> bool:
    """Whether the text only closes the bracket that another one left open."""
    return not text.strip("）)】]") and any(number > 0 for number in open_pairs(opened).values())


def _in_text(above: Line, digits: Line, below: Line, cues: Cues) -> bool:
    """Whether digits between two lines belong to a number that the lines cut, or below a letter of the text: CO2."""
    if above.text[-1].isdigit():
        return below.text[0].isdigit() or cues.goes_on_from_digits(below.text)
    close = digits.gap == below.gap == 0 and len(digits.text) == 1
    return close and above.text[-1].isascii() and above.text[-1].isalpha() and not above.text.isascii()


def _heads_row(lines: Sequence[Line], i: int) -> bool:
    """Whether the number counts on from a row close above, or a row close below counts on from it."""
    number = int(lines[i].text)
    above, below = reversed(lines[max(0, i - _ROWS) : i]), lines[i + 1 : i + 1 + _ROWS]
    return _counts(above, number - 1) or _counts(below, number + 1)


def _counts(lines: Iterable[Line], number: int) -> bool:
    between = 0
    for line in lines:
        m = _ROW_NUMBER.match(line.text)
        if m and int(m[1]) == number:
            return True
        between += len(line.text)
        if between > _ROW:
            return False
    return False


def _parts(line: Line, cues: Cues) -> list[Line]:
    """The line, cut before a sign-off, a credit or an ornament at its end."""
    text = line.text
    cut = None
    if " " in text:
        cut = cues.at_end("sign_off", text)
        if cut and (not ends_sentence(text[:cut].rstrip()) or cues.number(text[cut:].lstrip())):
            cut = None
        cut = cut or cues.signed_heading(text)
    if not cut:
        cut = cues.at_end("ornament", text)
    if cut:
        return [line.part(0, cut), line.part(cut, len(text), apart=True)]
    if cut := cues.at_end("caption_credit", text):
        return [line.part(0, cut, caption=True), line.part(cut, len(text), apart=True)]
    return [line]


def _kind(line: Line, cues: Cues) -> FurnitureKind | None:
    text = line.text
    if len(text) > _LONGEST:
        return None
    found = cues.furniture(text)
    if (
        "credit" in found
        or (" " in text and cues.credit(_TORN.sub("", text)))
        or (line.apart and cues.at_end("caption_credit", "。" + text))
    ):
        return "credit"
    if cues.at_end("ornament", text) == 0:
        return "ornament"
    if "page_head" in found:
        return "page head"
    if "page_number" in found:
        return "page number"
    return "web page" if "web" in found else None
