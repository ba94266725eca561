"""Words torn by a space: told by frequent words, by what follows numbers, and by what the page writes whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from pipeline.clean.characters import is_han

_FEWEST, _SHARE = 2, 0.8
_FEW = 200
"""Strings that are looked for one by one on a page."""


class TornWords:
    """Whether a space on a page stands inside a word.

    `cuts_word` tells whether a break between two texts cuts a frequent word; `counted` are the words that follow
    numbers.
    """

    def __init__(self, page: str, cuts_word: Callable[[str, str], bool], counted: tuple[str, ...]) -> None:
        self._page = page
        self._cuts_word = cuts_word
        self._counted = counted
        self._often: dict[str, int] = {}
        self._strings: Counter[tuple[str, ...]] | None = None

    def __call__(self, before: str, after: str) -> bool:
        """Whether the text before a space and the text after it meet inside a word or behind a number."""
        if before[-1:].isdigit():
            return after.startswith(self._counted)
        if not (is_han(before[-1:]) and is_han(after[:1])):
            return False
        return self._cuts_word(before, after) or self._written_whole(before[-2:], after[:2])

    def _written_whole(self, left: str, right: str) -> bool:
        """Whether the page nearly always goes on from `left`, or comes to `right`, in just this way."""
        for whole, part in ((left + right[0], left), (left[-1] + right, right)):
            # The space's own place counts for the part, and not against it.
            often = self._count(whole) if len(whole) == 3 else 0
            if often >= _FEWEST and often >= _SHARE * (self._count(part) - 1):
                return True
        return False

    def _count(self, string: str) -> int:
        """How often the page has the two or three characters."""
        if string not in self._often:
            if len(self._often) < _FEW:
                self._often[string] = self._page.count(string)
            else:
                # Asked this often, it is cheaper to count all strings once.
                self._often[string] = self._all()[tuple(string)]
        return self._often[string]

    def _all(self) -> Counter[tuple[str, ...]]:
        if self._strings is None:
            page = self._page
            self._strings = Counter[tuple[str, ...]](pairwise(page))
            self._strings.update(zip(page, page[1:], page[2:], strict=False))
        return self._strings
