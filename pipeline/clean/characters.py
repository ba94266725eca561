"""Characters: which are Chinese, which can be seen, and what is invisible goes."""

from __future__ import annotations

import re
import unicodedata

from pipeline.alignment import Edit

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
# <U+00A0>: what cannot be printed, written out by the program that saved the text.
_ESCAPE = re.compile(r"<U\+([0-9A-F]{4,6})>")

HAN = "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0010ffff]"
"""One Chinese character, rare ones included, as a pattern."""

FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ％]")
"""A digit, a letter or % as wide as a Chinese character."""

SET_WIDE = "\u3000\u00a0"
"""Spaces that no accident makes: one as wide as a character, one that does not break."""


def is_han(character: str) -> bool:
    """Whether it is a Chinese character, rare ones included; false for the empty string."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or character >= "\U00020000"


def is_visible(character: str) -> bool:
    """Whether it leaves a mark on paper."""
    return not character.isspace() and not _INVISIBLE.match(character)


def narrow(text: str) -> str:
    """Full-width digits, letters and % at half width; nothing else changes, nor does the length."""
    return FULL_WIDTH.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)


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
            edits.append(Edit(m.start(), m.end(), character if character in SET_WIDE else " " * character.isspace()))
    return edits
