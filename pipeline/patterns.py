"""RE2 patterns over UTF-8 bytes, one and many: linear time on any text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import re2

_PATTERNS = 100
"""Patterns in one filter."""

_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 64 << 20


@dataclass(frozen=True, eq=False)
class Pattern:
    """A compiled RE2 pattern over UTF-8 bytes, and the names of its groups."""

    source: str
    compiled: Any

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """All matches in a text, from left to right, in code points."""
        encoded = text.encode(errors="replace")
        # where a byte offset stands in the text, in code points
        at_byte = at_character = 0
        for match in self.compiled.finditer(encoded):
            first, last = match.span()
            start = at_character + len(encoded[at_byte:first].decode())
            at_byte, at_character = last, start + len(encoded[first:last].decode())
            yield start, at_character

    @cached_property
    def groups(self) -> Mapping[str, int]:
        """Group name → number."""
        return self.compiled.groupindex  # type: ignore[no-any-return]


class Prefilter:
    """Tells in one go which of many patterns match a text: only those are tried whose literals occur in it.

    RE2's filter (`FilteredRE2`) takes the literals from the patterns by itself. It looks for them with one automaton of
    bounded memory, which starts anew whenever that is full: a few hundred patterns are ten times slower in one filter
    than in several.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._filters: list[tuple[int, Any]] = []
        for first in range(0, len(self.patterns), _PATTERNS):
            part = re2.Filter()
            for pattern in self.patterns[first : first + _PATTERNS]:
                part.Add(pattern.source, _OPTIONS)
            part.Compile()
            self._filters.append((first, part))

    def matching(self, text: bytes) -> list[int]:
        """The numbers of the patterns that match somewhere in `text` (UTF-8), in their order."""
        return [first + number for first, part in self._filters for number in part.Match(text) or ()]


def compiled(source: str) -> Pattern:
    """Compiles a pattern. Raises `re2.error`."""
    return Pattern(source, re2.compile(source, _OPTIONS))
