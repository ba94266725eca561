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
    """Tells in one go which of many patterns match a text: only those are tried whose literals occur in it.

    RE2's filter (`FilteredRE2`) takes the literals from the patterns by itself. It looks for them with one automaton of
    bounded memory, which starts anew whenever that is full: a few hundred patterns are ten times slower in one filter
    than in several. What no literal rules out (a number before %) it would try one by one on every text; one set
    (`RE2::Set`) tries all of that at once.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        without_literal = set(_filter(self.patterns).Match(b"", True) or ())
        with_literal = [number for number in range(len(self.patterns)) if number not in without_literal]
        self._parts: list[tuple[list[int], Any]] = []
        """The numbers of some patterns, and what tells which of those match."""
        for first in range(0, len(with_literal), _PATTERNS):
            part = with_literal[first : first + _PATTERNS]
            self._parts.append((part, _filter(self.patterns[number] for number in part)))
        if without_literal:
            matcher = re2.Set.SearchSet(_OPTIONS)
            for number in sorted(without_literal):
                matcher.Add(self.patterns[number].source)
            matcher.Compile()
            self._parts.append((sorted(without_literal), matcher))

    def matching(self, text: str) -> list[Pattern]:
        """The patterns that match somewhere in a text, in their order."""
        return [self.patterns[number] for number in self.numbers([text.encode(errors="replace")])[0]]

    def numbers(self, texts: Sequence[bytes]) -> list[list[int]]:
        """For each of some UTF-8 texts the numbers of the patterns that match somewhere in it, in their order."""
        found: list[list[int]] = [[] for _ in texts]
        # All texts, then the next part: the automatons of all parts together are larger than a processor's cache.
        for part, matcher in self._parts:
            for text, of_text in zip(texts, found, strict=True):
                of_text += [part[k] for k in matcher.Match(text) or ()]
        for of_text in found:
            of_text.sort()
        return found


def _filter(patterns: Iterable[Pattern]) -> Any:
    made = re2.Filter()
    for pattern in patterns:
        made.Add(pattern.source, _OPTIONS)
    made.Compile()
    return made
