"""`clean` for scorers that compare a cleaner's text and offsets with a hand-made truth."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from pipeline.clean import Cleaner
from pipeline.document import Document
from pipeline.read import read_text
from pipeline.rulebook import load_rulebook


class Cleaned(TypedDict):
    """Clean text, one block a line.

    `map` has the raw offset of each character, None for an invented one; `asides` the numbers of the lines that are no
    running text: captions and repeated titles.
    """

    text: str
    map: list[int | None]
    asides: list[int]


# Built and run here: a scorer that takes the time of `clean` shall not take that of loading the rules, nor that of the
# automata which RE2 builds the first time that it needs them.
_CLEANER = Cleaner(load_rulebook())
for _page in sorted((Path(__file__).parents[1] / "data" / "raw").glob("*.txt")):
    _CLEANER(Document(_page.name, read_text(_page)[0]))


def clean(raw: str) -> Cleaned:
    """Cleans one raw text."""
    document = Document("page.txt", raw)
    _CLEANER(document)
    return {
        "text": document.text.text,
        "map": [start if end > start else None for start, end in document.text.raw_ranges()],
        "asides": [i for i, block in enumerate(document.blocks) if block.role in ("caption", "repeat")],
    }
