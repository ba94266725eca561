"""Cuts blocks into sentences, for the pipeline and for spaCy."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.document import BlockRole, Document, Sentence

MAX_LENGTH = 1000
"""In code points. Text without any punctuation is cut here, at a comma where it has one."""

_WHOLE: frozenset[BlockRole] = frozenset({"title", "heading", "byline", "caption", "repeat"})

# `!` and `;` inside an address end nothing; nor does the dot of a list number, 3.5 or U.S., as it follows no such mark.
_MARK = re.compile(
    # `re` passes over what cannot open any of these.
    r"(?=[。！？；!?;.．《》〈〉（）()\[\]【】〔〕“”‘’「」『』\"＂])"
    r"(?:(?:[。！？；]|(?<![!-~])[!?;]|[!?;](?![A-Za-z=&/#]))+"
    r"|(?<=[%％）)”’」』》])[.．](?=\s{0,2}(?:[一-鿿“‘「『《（(]|$))"
    r"|[《〈（(\[【〔“‘「『》〉）)\]】〕”’」』\"＂])"
)
_LIST_NUMBER = re.compile("[0-9一二三四五六七八九十]{1,3}[）)]$")
_PAIRS = ("《》", "〈〉", "（）", "()", "[]", "【】", "〔〕", "“”", "‘’", "「」", "『』")
# Scanning mixes widths and shapes: a pair may be half of one and half of the other.
_STRAIGHT = '"＂'
_FAMILY = (
    {mark: pair for pair in _PAIRS for mark in pair} | dict.fromkeys("()", "（）") | dict.fromkeys(_STRAIGHT, "“”")
)
_OPENING = {pair[0] for pair in _PAIRS}
_QUOTES = {"“”", "‘’", "「」", "『』"}
_TITLES = {"《》", "〈〉"}
# What is longer holds sentences of its own.
_LONGEST_TITLE, _LONGEST_ENCLOSURE = 100, 60
_DEPTH, _INDENT = 8, 4
_GOES_ON = re.compile("[，,、：:；;。的等]")
_GOES_ON_INSIDE = re.compile("[，、：]|等等|等方面")
_LINKS = re.compile("[和与及或之]")
_WORD, _WORD_OR_QUOTE = re.compile(r"\w"), re.compile(r"[\w“]")
_CUT = re.compile("[，、：]|[,: ](?![0-9])")


@dataclass(frozen=True, slots=True)
class _Enclosure:
    """An opened pair: where it opened, and how many sentences had ended before it."""

    family: str
    start: int
    ends: int


def sentence_spans(text: str, *, whole: bool = False) -> Iterator[tuple[int, int]]:
    """The sentences of one block, without white space at their ends; together they hold everything else in it.

    A sentence ends in 。！？； with the quotation marks and brackets that close after it, but not inside 《》, a short
    bracket or a short quotation that is part of its sentence. A pair that never closes encloses nothing. `whole`: the
    block is one sentence, however it is punctuated.
    """
    start = 0
    for end in _ends(text) if not whole else ():
        yield from _bounded(text, start, end)
        start = end
    yield from _bounded(text, start, len(text))


def _ends(text: str) -> list[int]:
    """Where the sentences of a block end, ascending."""
    ends: list[int] = []
    opened: deque[_Enclosure] = deque(maxlen=_DEPTH)
    # The end that waits for the marks that may close with it.
    pending: int | None = None
    for m in _MARK.finditer(text):
        family = _FAMILY.get(m[0])
        closes = family is not None and _is_closing(text, m.start(), opened)
        if pending is not None and not (closes and text[pending : pending + 2].startswith((m[0], " " + m[0]))):
            if not _GOES_ON_INSIDE.match(text, pending):
                ends.append(pending)
            pending = None
        if family is None:
            numbered = m[0] in ".．" and _LIST_NUMBER.search(text, max(0, m.start() - 4), m.start())
            pending = None if numbered else m.end()
        elif not closes:
            opened.append(_Enclosure(family, m.start(), len(ends)))
        else:
            enclosure = _closed(opened, family)
            pending = None if pending is None else m.end()
            if enclosure is not None and _holds_together(text, enclosure, m.end(), ended=pending is not None):
                del ends[enclosure.ends :]
                if not _stands_alone(text, enclosure, ends):
                    pending = None
            elif pending is not None and _GOES_ON.match(text, pending):
                pending = None
    if pending is not None:
        ends.append(pending)
    return ends


def _is_closing(text: str, at: int, opened: Iterable[_Enclosure]) -> bool:
    """Straight quotation marks close what is open, except after a colon; all others say themselves what they do."""
    if text[at] in _STRAIGHT:
        return text[at - 1 : at] not in ("：", ":") and any(e.family == _FAMILY[text[at]] for e in opened)
    return text[at] not in _OPENING


def _closed(opened: deque[_Enclosure], family: str) -> _Enclosure | None:
    """Takes the innermost enclosure of this family, and those left open inside it, off the stack."""
    if all(e.family != family for e in opened):
        return None
    while (enclosure := opened.pop()).family != family:
        pass
    return enclosure


def _holds_together(text: str, enclosure: _Enclosure, end: int, *, ended: bool) -> bool:
    """Whether no sentence ends in the enclosure that closes at `end`, where it is `ended` as a sentence is."""
    if end - enclosure.start > (_LONGEST_TITLE if enclosure.family in _TITLES else _LONGEST_ENCLOSURE):
        return False
    return enclosure.family not in _QUOTES or not ended or _is_part(text, enclosure.start, end)


def _stands_alone(text: str, enclosure: _Enclosure, ends: list[int]) -> bool:
    """Whether a bracket is no part of another sentence: （以上为初步统计。）"""
    start = ends[-1] if ends else 0
    within = enclosure.family in _QUOTES | _TITLES or enclosure.start - start > _INDENT
    return not within and not text[start : enclosure.start].strip()


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether the quotation `text[start:end]`, which ends like a sentence, is part of one: 喊出“快！”的口号."""
    if _GOES_ON.match(text, end):
        return True
    if text[end - 2] not in "！？!?":
        return False
    within = start > 0 and _WORD.match(text, start - 1) and _WORD_OR_QUOTE.match(text, end)
    return bool(within or _LINKS.match(text, end))


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
