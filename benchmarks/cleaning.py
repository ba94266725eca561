"""`clean` for scorers that compare a cleaner's text and offsets with a hand-made truth."""

from __future__ import annotations

from typing import TypedDict

from pipeline.clean import Cleaner
from pipeline.document import Document
from pipeline.rulebook import load_rulebook


class Cleaned(TypedDict):
    """Clean text, one block a line.

    `map` has the raw offset of each character, None for an invented one; `asides` the numbers of the lines that are no
    running text: captions and repeated titles.
    """

    text: str
    map: list[int | None]
    asides: list[int]


# Built here: a scorer that takes the time of `clean` shall not take that of loading the rules.
_CLEANER = Cleaner(load_rulebook())


def clean(raw: str) -> Cleaned:
    """Cleans one raw text."""
    document = Document("page.txt", raw)
    _CLEANER(document)
    ranges = [document.text.raw_range(i) for i in range(len(document.text))]
    return {
        "text": document.text.text,
        "map": [start if end > start else None for start, end in ranges],
        "asides": [i for i, block in enumerate(document.blocks) if block.role in ("caption", "repeat")],
    }
