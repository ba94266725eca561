"""Cuts blocks into sentences, for the pipeline and for spaCy."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.document import BlockRole, Document, Sentence

MAX_LENGTH = 1000
"""In code points. Text without any punctuation is cut here, at a comma where it has one."""

_WHOLE: frozenset[BlockRole] = frozenset({"title", "heading", "byline", "caption"})
_END = re.compile('[。！？!?；;]+[”’」』）)】》"]*|[《（(]')
_CLOSES = {"《": "》", "（": "）", "(": ")"}
# Longer brackets hold sentences of their own.
_BRACKET, _TITLE = 60, 100
_GOES_ON = re.compile("[，,、：:；;。的]")
_CUT = re.compile("[，,、：: ]")


def sentence_spans(text: str, *, whole: bool = False) -> Iterator[tuple[int, int]]:
    """The sentences of one block, without white space at their ends; together they hold everything else in it.

    A sentence ends in 。！？； with the quotation marks and brackets that close after it, but not inside 《》 or a
    short bracket. `whole`: the block is one sentence, however it is punctuated.
    """
    start = 0
    for end in _ends(text) if not whole else ():
        yield from _bounded(text, start, end)
        start = end
    yield from _bounded(text, start, len(text))


def _ends(text: str) -> Iterator[int]:
    position = 0
    while m := _END.search(text, position):
        position = m.end()
        closing = _CLOSES.get(m[0])
        if closing:
            limit = position + (_TITLE if closing == "》" else _BRACKET)
            closed = text.find(closing, position, limit)
            position = closed + 1 if closed >= 0 else position
        elif not (m[0][-1] in '”’」』）)】》"' and _GOES_ON.match(text, position)):
            yield position


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span in pieces of at most `MAX_LENGTH`, each without white space at its ends."""
    while True:
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if end - start <= MAX_LENGTH:
            break
        cuts = [m.end() for m in _CUT.finditer(text, start + MAX_LENGTH // 2, start + MAX_LENGTH)]
        cut = cuts[-1] if cuts else start + MAX_LENGTH
        yield start, start + len(text[start:cut].rstrip())
        start = cut
    if start < end:
        yield start, end


def split_sentences(document: Document) -> None:
    """Sets `sentences`."""
    text = document.text.text
    starts = [article.start for article in document.articles]
    document.sentences = [
        Sentence(block.start + start, block.start + end, max(0, bisect_right(starts, block.start) - 1))
        for block in document.blocks
        for start, end in sentence_spans(text[block.start : block.end], whole=block.role in _WHOLE)
    ]


@Language.factory("zhengce_segmenter", assigns=["token.is_sent_start"], default_score_weights={"sents_f": 1.0})
def create_segmenter(nlp: Language, name: str) -> Segmenter:
    """The sentence splitter as a spaCy component. Every line of the text is a block."""
    return Segmenter()


class Segmenter:
    """Sets `token.is_sent_start`, with one token for each character or with any tokenizer that keeps to sentences."""

    def __call__(self, doc: Doc) -> Doc:
        """Marks the sentences of one `Doc`."""
        text = doc.text
        starts: set[int] = set()
        position = 0
        for line in text.split("\n"):
            starts.update(position + start for start, _ in sentence_spans(line))
            position += len(line) + 1
        for token in doc:
            token.is_sent_start = token.i == 0 or token.idx in starts
        return doc
