"""RE2 patterns, one and many: linear time on any text. Only this module and the sets of the cleaning cues call RE2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import re2

_PATTERNS = 110
"""Patterns in one filter."""

_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 64 << 20

ByteSpans = list[tuple[int, int]]
"""The match and its groups by number, in bytes of the text; (-1, -1) for a group that took no part."""


class Match(NamedTuple):
    """A match at `[start, end)`, in code points, and the text of the named groups that took part."""

    start: int
    end: int
    groups: Mapping[str, str]


class Pattern:
    """A compiled RE2 pattern. Raises `re2.error`.

    The engine is called without the wrapper's generators and match objects: they take twice as long as the search of
    a sentence does.
    """

    def __init__(self, source: str) -> None:
        compiled = re2.compile(source, _OPTIONS)
        self.source = source
        self.groups: Mapping[str, int] = compiled.groupindex
        """Group name → number."""
        self._engine: Any = compiled._regexp.Match
        self._anchor: Any = re2._Anchor.UNANCHORED

    def search_bytes(self, text: bytes, start: int = 0) -> ByteSpans | None:
        """The first match in UTF-8 text from a byte on."""
        spans: ByteSpans = self._engine(self._anchor, text, start, len(text))
        return None if spans[0][0] < 0 else spans

    def occurs(self, text: str) -> bool:
        """Whether the pattern matches somewhere in a text."""
        encoded = text.encode(errors="replace")
        found: bool = self._engine(self._anchor, encoded, 0, len(encoded))[0][0] >= 0
        return found

    def search(self, text: str) -> Match | None:
        """The first match in a text."""
        return next(self.finditer(text), None)

    def finditer(self, text: str) -> Iterator[Match]:
        """All matches in a text, from left to right."""
        encoded = text.encode(errors="replace")
        for start, end, spans in self._matches(encoded):
            groups = {
                name: encoded[spans[number][0] : spans[number][1]].decode()
                for name, number in self.groups.items()
                if spans[number][0] >= 0
            }
            yield Match(start, end, groups)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The spans of all matches in a text, from left to right, in code points."""
        return [(start, end) for start, end, _ in self._matches(text.encode(errors="replace"))]

    def _matches(self, text: bytes) -> Iterator[tuple[int, int, ByteSpans]]:
        # where a byte offset stands in the text, in code points
        at_byte = at_character = position = 0
        while position <= len(text) and (spans := self.search_bytes(text, position)):
            first, last = spans[0]
            start = at_character + len(text[at_byte:first].decode())
            at_byte, at_character = last, start + len(text[first:last].decode())
            yield start, at_character, spans
            position = last if last > first else _next_character(text, last)


def _next_character(text: bytes, position: int) -> int:
    """Where the next character begins: UTF-8's continuation bytes are 10xxxxxx."""
    position += 1
    while position < len(text) and text[position] & 0xC0 == 0x80:
        position += 1
    return position


class Prefilter:
    """Tells in one go which of many patterns may match a text: those whose literals occur in it.

    RE2's filter (`FilteredRE2`) takes the literals from the patterns by itself. It looks for them with one automaton of
    bounded memory, which starts anew whenever that is full: a few hundred patterns are ten times slower in one filter
    than in several. Patterns that no literal rules out (a number before %) are tried on every text, by one set
    (`RE2::Set`) all at once.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        without_literal: list[int] = _filter(self.patterns).Match(b"", True) or []
        with_literal = sorted({*range(len(self.patterns))}.difference(without_literal))
        self._filters: list[tuple[list[int], Any]] = []
        """The numbers of some patterns, and what looks for their literals."""
        for first in range(0, len(with_literal), _PATTERNS):
            part = with_literal[first : first + _PATTERNS]
            self._filters.append((part, _filter(self.patterns[number] for number in part)))
        self._without_literal = without_literal
        self._set = re2.Set.SearchSet(_OPTIONS)
        for number in without_literal:
            self._set.Add(self.patterns[number].source)
        self._set.Compile()

    def matching(self, text: str) -> list[Pattern]:
        """The patterns that match somewhere in a text, in their order."""
        encoded = text.encode(errors="replace")
        candidates = [self.patterns[number] for number, texts in enumerate(self.candidates([encoded])) if texts]
        return [pattern for pattern in candidates if pattern.search_bytes(encoded)]

    def candidates(self, texts: Sequence[bytes]) -> list[list[int]]:
        """For each pattern the numbers of those of some UTF-8 texts in which it may match."""
        found: list[list[int]] = [[] for _ in self.patterns]
        # All texts, then the next part: the automatons of all parts together are larger than a processor's cache.
        for part, literals in self._filters:
            for number, text in enumerate(texts):
                for k in literals.Match(text, True) or ():
                    found[part[k]].append(number)
        if self._without_literal:
            for number, text in enumerate(texts):
                for k in self._set.Match(text) or ():
                    found[self._without_literal[k]].append(number)
        return found


def _filter(patterns: Iterable[Pattern]) -> Any:
    made = re2.Filter()
    for pattern in patterns:
        made.Add(pattern.source, _OPTIONS)
    made.Compile()
    return made
