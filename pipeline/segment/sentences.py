"""Cuts blocks into sentences."""

from __future__ import annotations

import re

from pipeline.document import Document, Sentence

_SENTENCE = re.compile(r"[^。！？!?；\n]+[。！？!?；]?[”’」』）)]*")


def split_sentences(document: Document) -> None:
    """Sets `sentences`."""
    document.sentences = [
        Sentence(block.start + m.start(), block.start + m.end(), 0)
        for block in document.blocks
        for m in _SENTENCE.finditer(document.text.text[block.start : block.end])
    ]
