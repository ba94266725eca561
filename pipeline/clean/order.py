"""Reading order: columns that came in the wrong order are put right where the page itself proves it.

The proof has two halves: the page begins with text that no headline stands above, and below its headline and byline it
has a heading without any text. Then the text at the top belongs to that heading. Without both halves the order stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.clean.cues import Cues
from pipeline.clean.layout import Draft

_ORPHAN = 60
_TEXT = 45
_NEAR = 4
_SAME_COLUMN = 3.0


def reading_order(drafts: list[Draft], cues: Cues) -> list[Draft]:
    """The blocks in the order in which they are to be read; each block exactly once."""
    page = _Page(drafts, cues)
    top = page.headline()
    if not top or sum(len(d.text) for d in drafts[:top]) < _ORPHAN:
        return drafts
    orphan, rest = drafts[:top], drafts[top:]
    page = _Page(rest, cues)
    bare = page.heading_without_text()
    if bare is None:
        return drafts
    ordered = rest[: bare + 1] + orphan + rest[bare + 1 :]
    return _Page(ordered, cues).with_stacked_headings_apart()


class _Page:
    """Blocks in some order, and what each of them could be."""

    def __init__(self, drafts: Sequence[Draft], cues: Cues) -> None:
        self.drafts = list(drafts)
        self._bylines = [not d.aside and cues.byline(d.text) for d in drafts]
        self._headlines = [
            not d.aside and not byline and cues.like_headline(d.text)
            for d, byline in zip(drafts, self._bylines, strict=True)
        ]
        self._texts = [len(d.lines) > 1 or len(d.text) > _TEXT for d in drafts]

    def headline(self) -> int | None:
        """The first of the headlines above the page's first byline; None if text may stand at the top by right."""
        byline = next((i for i, is_byline in enumerate(self._bylines) if is_byline), None)
        # A sign-off is a byline too, but stands right below its text.
        if byline is None or self._headlines[0]:
            return None
        first = byline
        while first and self._headlines[first - 1]:
            first -= 1
        return first if first < byline else None

    def heading_without_text(self) -> int | None:
        """The last heading, where nothing but captions follows it."""
        last = max((i for i, is_head in enumerate(self._headlines) if is_head), default=None)
        if last is None or any(self._texts[last + 1 :]) or not any(self._texts[:last]):
            return None
        return last

    def with_stacked_headings_apart(self) -> list[Draft]:
        """Of two headings in a row, the first goes above the column text before it, if that has no heading."""
        for i in range(_NEAR - 1, len(self.drafts) - 1):
            if not (self._headlines[i] and self._headlines[i + 1]):
                continue
            width = self._width(i - 1)
            first = i
            while first and self._texts[first - 1] and abs(self._width(first - 1) - width) < _SAME_COLUMN:
                first -= 1
            # The wide lead above it shows that the column text begins here.
            if 0 < first < i and self._texts[first - 1]:
                return [*self.drafts[:first], self.drafts[i], *self.drafts[first:i], *self.drafts[i + 1 :]]
            break
        return self.drafts

    def _width(self, i: int) -> float:
        return max(line.width for line in self.drafts[i].lines)
