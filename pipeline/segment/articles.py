"""Tells the articles of a page apart, and finds each one's headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from pipeline.document import Article, Block, Document
from pipeline.rulebook import Rulebook

_LONGEST, _STACK, _REPEATED = 80, 4, 6
# Headlines speak, with quotation marks, a break or a question; what stands above or below them names.
_SPEAKS = re.compile(r"[“‘，：！？,:!?]|\S \S")
_MARK = re.compile(r"[\W_]")


class ArticleSplitter:
    """Sets a document's `articles`: each begins with its headlines, or with the label of its box.

    Text before the first headline is an article without a title. A headline that repeats the article's own, or is part
    of it (a paper below the notice that issues it), begins none. Raises `RulebookError` where the rules lack a cue.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._box = rulebook.compile("{layout_box}")
        self._dateline = rulebook.compile("{layout_dateline}")
        self._below_headline = rulebook.compile("{layout_below_headline}")
        self._series = rulebook.compile("{layout_series}")
        self._titled = rulebook.compile("{layout_titled}")

    def __call__(self, document: Document) -> None:
        """Splits one document."""
        text, blocks = document.text.text, document.blocks
        firsts = [0] if blocks else []
        heads: list[Block | None] = [None]
        has_text = False
        for is_title, (first, last) in _runs(blocks):
            if not is_title:
                has_text |= any(block.role in ("paragraph", "item") for block in blocks[first:last])
                continue
            titles = [block for block in blocks[first:last] if block.role == "title"]
            head = self._headline(text, titles, blocks[last : last + 1])
            if has_text and not _repeats(text, head, heads[-1]):
                boxed = self._box.occurs(_words(text, blocks[first - 1]))
                firsts.append(first - boxed)
                heads.append(head)
                has_text = False
            elif not has_text:
                # Titles above an article's text are its own, whatever stands between them.
                heads[-1] = heads[-1] or head
        document.articles = [
            _article(text, blocks[first], blocks[last - 1], head)
            for (first, last), head in zip(pairwise([*firsts, len(blocks)]), heads, strict=False)
        ]

    def _headline(self, text: str, heads: Sequence[Block], below: Sequence[Block]) -> Block:
        """Which of several headlines names the article."""
        names = [h for h in heads if not self._below_headline.occurs(_words(text, h))] or list(heads)
        if len(heads) > _STACK:
            # A web page's menu stands above the headline.
            return _longest([h for h in names if self._titled.occurs(_words(text, h))] or names)
        names = [h for h in names if not self._series.occurs(_words(text, h))] or names
        if not any(b.role == "byline" or self._dateline.occurs(_words(text, b)) for b in below):
            # Only length tells.
            return _longest(names)
        # Series and kicker stand above the headline, the headline above the byline; between them a plain second line.
        last = names[-1]
        speaking = next((h for h in reversed(names) if _SPEAKS.search(text[h.start : h.end])), last)
        return speaking if speaking.end - speaking.start < last.end - last.start else last


def _runs(blocks: Sequence[Block]) -> list[tuple[bool, tuple[int, int]]]:
    """The ranges of titles, their repeats among them, and of what is none."""
    runs = []
    first = 0
    for is_headed, run in groupby(blocks, lambda block: block.role in ("title", "repeat")):
        last = first + sum(1 for _ in run)
        runs.append((is_headed and any(block.role == "title" for block in blocks[first:last]), (first, last)))
        first = last
    return runs


def _longest(blocks: Sequence[Block]) -> Block:
    return max(blocks, key=lambda block: block.end - block.start)


def _repeats(text: str, head: Block, known: Block | None) -> bool:
    if known is None:
        return False
    new, old = (_MARK.sub("", text[block.start : block.end]) for block in (head, known))
    return len(new) >= _REPEATED and (new in old or old in new)


def _article(text: str, first: Block, last: Block, head: Block | None) -> Article:
    if head is None:
        return Article(first.start, last.end)
    return Article(first.start, last.end, text[head.start : head.end], (head.start, head.end))


def _words(text: str, block: Block) -> str:
    return text[block.start : min(block.end, block.start + _LONGEST)]
