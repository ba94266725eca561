"""Reading order: columns that came in the wrong order are put right where the page itself proves it.

The proof: the page begins with text that no headline stands above, its one headline with a byline or dateline stands
below, and the text at the top belongs there, because a heading at the end of the page has no text of its own, or
because both speak of the same things in the same words. Without proof the order stays, and the doubt is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.clean.characters import is_han
from pipeline.clean.cues import Cues
from pipeline.clean.layout import Draft

# How much text in how many lines makes a column, and what is too long for a headline.
_ORPHAN, _COLUMN, _TEXT = 60, 3, 45
_SAME_COLUMN = 3.0
_OPENING, _CLOSING = "《“（(〈「『", "》”）)〉」』，。、；"
# Two parts of one article share one in twelve of their three-character strings, two articles one in two hundred. Where
# the text is signed and the article has no end, a few are enough.
_SHARED, _SHARED_PART, _SHARED_SIGNED = 6, 0.05, 3
_HEADED = 2


@dataclass(frozen=True, slots=True)
class Order:
    """Blocks in the order in which they are to be read, those of them that stood elsewhere, and why, or why not."""

    drafts: list[Draft]
    moved: list[Draft]
    note: str | None = None


def reading_order(drafts: list[Draft], cues: Cues) -> Order:
    """The blocks in the order in which they are to be read; each block exactly once."""
    page = _Page(drafts, cues)
    top = page.headline()
    if not top or sum(len(d.text) for d in drafts[:top] if len(d.lines) >= _COLUMN) < _ORPHAN:
        return Order(drafts, [])
    orphan, rest = drafts[:top], drafts[top:]
    below = _Page(rest, cues)
    bare = below.heading_without_text()
    if bare is not None:
        ordered = rest[: bare + 1] + orphan + rest[bare + 1 :]
        after = f"below its last heading, {rest[bare].text}"
    elif below.is_one_article() and _same_article(
        orphan, rest, signed=orphan[-1].lines[0].apart and not below.is_signed()
    ):
        ordered = rest + orphan
        after = "to the end of the article whose words it shares"
    else:
        return Order(drafts, [], "the page begins with text that has no headline; its order was left as it is")
    page = _Page(ordered, cues)
    final, headings = page.with_headings_apart(page.stacked_headings())
    note = f"the page begins in the middle of an article; that text was moved {after}"
    return Order(final, orphan + headings, note)


class _Page:
    """Blocks in some order, and what each of them could be."""

    def __init__(self, drafts: Sequence[Draft], cues: Cues) -> None:
        self.drafts = list(drafts)
        texts = [draft.text for draft in drafts]
        self._bylined = [
            (not draft.aside and cues.byline(text)) or cues.dateline(text) or cues.document_number(text)
            for draft, text in zip(drafts, texts, strict=True)
        ]
        self._headlines = [
            not d.aside and not signed and not d.lines[0].apart and cues.like_headline(text) and not self._is_cut(i)
            for i, (d, text, signed) in enumerate(zip(drafts, texts, self._bylined, strict=True))
        ]
        self._titled = [head and cues.titled(text) for text, head in zip(texts, self._headlines, strict=True)]
        self._numbers = [cues.number(text) for text in texts]
        # Headlines that stand right above a byline or dateline, or name a paper. A sign-off has its text above it.
        self._heads = [
            i
            for i, head in enumerate(self._headlines)
            if head and (self._titled[i] or (i + 1 < len(drafts) and self._bylined[i + 1]))
        ]
        self._texts = [len(d.lines) > 1 or len(text) > _TEXT for d, text in zip(drafts, texts, strict=True)]

    def _is_cut(self, i: int) -> bool:
        """Whether the block stands between marks that the blocks beside it open and close: 《 and 》."""
        above, below = self.drafts[max(0, i - 1) : i], self.drafts[i + 1 : i + 2]
        opened = any(draft.lines[-1].text[-1] in _OPENING for draft in above)
        return opened or any(draft.lines[0].text[0] in _CLOSING for draft in below)

    def headline(self) -> int | None:
        """The first of the headlines above the page's first byline or dateline; None if the page begins with them."""
        if not self._heads or (self._headlines[0] and not self._numbers[0]):
            return None
        first = self._heads[0]
        while first and self._headlines[first - 1] and not self._numbers[first - 1]:
            first -= 1
        return first if any(self._texts[:first]) else None

    def is_one_article(self) -> bool:
        """Whether nothing below the first headlines looks like the headline of another article."""
        return len(self._heads) == 1

    def is_signed(self) -> bool:
        """Whether the last block is a sign-off."""
        return bool(self.drafts) and self.drafts[-1].lines[0].apart

    def heading_without_text(self) -> int | None:
        """The last heading, where nothing but captions follows it."""
        last = max((i for i, is_head in enumerate(self._headlines) if is_head), default=None)
        if (
            last is None
            or not any(map(is_han, self.drafts[last].text))
            or any(self._texts[last + 1 :])
            or not any(self._texts[:last])
        ):
            return None
        return last

    def stacked_headings(self) -> list[Draft]:
        """The first headings that stand in a row, text above and below them."""
        first = next((i for i, text in enumerate(self._texts) if text and not self._headlines[i]), len(self.drafts))
        for i in range(first, len(self.drafts) - 1):
            if self._headlines[i] and self._headlines[i + 1]:
                last = i
                while last < len(self.drafts) and self._headlines[last]:
                    last += 1
                return self.drafts[i:last] if last < len(self.drafts) else []
        return []

    def with_headings_apart(self, stacked: Sequence[Draft]) -> tuple[list[Draft], list[Draft]]:
        """Stacked headings, each above the text that it heads, and which of them changed places.

        The first one heads text above the stack, if that has no heading; the second one stands where it belongs; the
        others head text below.
        """
        if not stacked:
            return self.drafts, []
        at = self.drafts.index(stacked[0])
        first = at
        while first and not self._headlines[first - 1] and not self._bylined[first - 1]:
            first -= 1
        place = self._column_begins(first, at) or self._speaks_of(stacked[0].text, first + 1, at)
        if place is None:
            return self.drafts, []
        places = {place: [stacked[0]]}
        below = at + len(stacked)
        last = next((i for i in range(below, len(self.drafts)) if self._headlines[i]), len(self.drafts))
        moved = [stacked[0]]
        for heading in stacked[2:]:
            below_heading = self._speaks_of(heading.text, below + 1, last)
            if below_heading is None:
                break
            places[below_heading] = [heading]
            moved.append(heading)
            below = below_heading
        order: list[Draft] = []
        for i, draft in enumerate(self.drafts):
            order += places.get(i, [])
            if not any(draft is heading for heading in moved):
                order.append(draft)
        return order, moved

    def _column_begins(self, first: int, last: int) -> int | None:
        """Where narrow column text begins below a wide lead."""
        texts = [i for i in range(first, last) if self._texts[i]]
        for above, below in pairwise(reversed(texts)):
            if abs(self._width(above) - self._width(below)) >= _SAME_COLUMN:
                return above
        return None

    def _speaks_of(self, heading: str, first: int, last: int) -> int | None:
        """Where the text begins that has most of a heading's words."""
        words = _grams([heading], 2)
        shared = [len(words & _grams([self.drafts[i].text], 2)) for i in range(first, last)]
        if not shared or max(shared) < _HEADED:
            return None
        return first + shared.index(max(shared))

    def _width(self, i: int) -> float:
        return max(line.width for line in self.drafts[i].lines)


def _same_article(orphan: Sequence[Draft], rest: Sequence[Draft], *, signed: bool) -> bool:
    here, there = (_grams([d.text for d in drafts if not d.aside], 3) for drafts in (orphan, rest))
    shared = len(here & there)
    if signed and shared >= _SHARED_SIGNED:
        return True
    return shared >= _SHARED and shared >= _SHARED_PART * min(len(here), len(there))


def _grams(texts: Iterable[str], length: int) -> set[str]:
    return {
        gram
        for text in texts
        for gram in (text[i : i + length] for i in range(len(text) - length + 1))
        if all(map(is_han, gram))
    }
