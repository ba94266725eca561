"""Raw text → clean text: characters, furniture, reading order, lines → paragraphs."""

from __future__ import annotations

from pipeline.alignment import AlignedText, Edit
from pipeline.document import Block, Document


def clean(document: Document) -> None:
    """Sets `text` and `blocks`."""
    text = AlignedText.of_raw(document.raw)
    document.text = text
    position = 0
    blocks = []
    for line in text.text.split("\n"):
        if line.strip():
            blocks.append(Block(position, position + len(line), "paragraph"))
        position += len(line) + 1
    document.blocks = blocks
