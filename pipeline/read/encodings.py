"""Which encoding is it? Certain answers first, a statistical one last, never a guess that reads anything."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_TEXT_CONTROLS = "\t\n\r\f\v"


class ReadError(ValueError):
    """A file cannot be read as text; the message gives the cause (the caller knows the file)."""


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; a byte-order mark is not part of the text.

    Order: byte-order mark, strict UTF-8, detection (GB18030 and Big5 cannot be told apart by trying: GB18030 decodes
    most Big5 text without an error, to nonsense). Raises `ReadError` for an empty or binary file, or one in no
    encoding that fits.
    """
    if not content.strip():
        raise ReadError("the file is empty")
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _checked(content, encoding)
    if b"\0" in content:
        raise ReadError("this is a binary file, not text")
    try:
        return _printable(content.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        return _detected(content)


def _detected(content: bytes) -> tuple[str, str]:
    best = from_bytes(content, cp_isolation=["gb18030", "big5", "big5hkscs"]).best()
    if best is None:
        raise ReadError("the encoding is not known: neither UTF-8 nor GB18030 nor Big5")
    return _checked(content, "gb18030" if best.encoding.startswith("gb") else best.encoding)


def _checked(content: bytes, encoding: str) -> tuple[str, str]:
    try:
        return _printable(content.decode(encoding)), encoding.removesuffix("-sig")
    except UnicodeDecodeError as error:
        raise ReadError(f"the file is not valid {encoding.removesuffix('-sig')}: {error.reason}") from error


def _printable(text: str) -> str:
    controls = sum(1 for c in text if c < " " and c not in _TEXT_CONTROLS)
    if controls > 0.01 * len(text):
        raise ReadError("this is a binary file, not text")
    if not text.strip():
        raise ReadError("the file is empty")
    return text
