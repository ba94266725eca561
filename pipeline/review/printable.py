"""Text of unknown origin, made safe to print."""

from __future__ import annotations


def printable(text: str) -> str:
    r"""The text with everything that a terminal might obey or not show written as in Python source.

    That is control and formatting characters and all white space but the plain space: `\n`, `\x1b`, `\u202e`,
    `\u3000`; a backslash is doubled.
    """
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(c if c.isprintable() and c != "\\" else c.encode("unicode_escape").decode() for c in text)
