"""Tells the articles of a page apart, and finds each one's headline."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from pipeline.document import Article, Block, Document
from pipeline.rulebook import Rulebook


class ArticleSplitter:
    """Sets a document's `articles`: each begins with its headlines, or with the label of its box.

    Text before the first headline is an article without a title. Raises `RulebookError` where the rules lack a cue.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._box = rulebook.compile("{layout_box}").compiled
        self._dateline = rulebook.compile("{layout_dateline}").compiled
        self._below_headline = rulebook.compile("{layout_below_headline}").compiled

    def __call__(self, document: Document) -> None:
        """Splits one document."""
        text, blocks = document.text.text, document.blocks
        firsts = [0] if blocks else []
        for i, block in enumerate(blocks):
            if i and block.role == "title" and blocks[i - 1].role != "title":
                firsts.append(i - 1 if self._box.search(_bytes(text, blocks[i - 1])) else i)
        firsts = sorted(set(firsts))
        document.articles = [
            self._article(text, blocks[first:last]) for first, last in pairwise([*firsts, len(blocks)])
        ]

    def _article(self, text: str, blocks: Sequence[Block]) -> Article:
        start, end = blocks[0].start, blocks[-1].end
        body = blocks[1:] if blocks[0].role != "title" else blocks
        heads = list(takewhile(lambda block: block.role == "title", body))
        if not heads:
            return Article(start, end)
        head = self._headline(text, heads, body[len(heads) : len(heads) + 1])
        return Article(start, end, text[head.start : head.end], (head.start, head.end))

    def _headline(self, text: str, heads: Sequence[Block], following: Sequence[Block]) -> Block:
        """Which of several headlines names the article."""
        names = [h for h in heads if not self._below_headline.search(_bytes(text, h))] or list(heads)
        signed = any(b.role == "byline" or self._dateline.search(_bytes(text, b)) for b in following)
        # Series and kicker stand above the headline, the headline above the byline. Without one, only length tells.
        return names[-1] if signed else max(names, key=lambda block: block.end - block.start)


def _bytes(text: str, block: Block) -> bytes:
    return text[block.start : min(block.end, block.start + 80)].encode(errors="replace")
