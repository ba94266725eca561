"""Finding cue words of the rulebook in short pieces of text."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import NamedTuple

from pipeline.rulebook import Rulebook

_TEXTS = 2048
"""Texts whose cues are remembered: the same few words stand before most numbers."""
_NO_MASK = (sys.maxsize, sys.maxsize)


class Cue(NamedTuple):
    """A cue word at `text[start:end]`."""

    start: int
    end: int
    word: str


class CuePattern:
    """The words that a pattern of the rulebook describes; `masks` are words in which shorter ones do not count."""

    def __init__(self, rulebook: Rulebook, pattern: str, masks: str | None = None) -> None:
        self._pattern = rulebook.compile(pattern)
        self._masks = rulebook.compile(masks) if masks else None
        self.all = lru_cache(_TEXTS)(self._all)
        """All cues in a text, from left to right."""

    def _all(self, text: str) -> list[Cue]:
        cues = [Cue(start, end, text[start:end]) for start, end in self._pattern.spans(text)]
        if not cues or self._masks is None:
            return cues
        masks = iter(self._masks.spans(text))
        mask_start, mask_end = next(masks, _NO_MASK)
        unmasked = []
        for cue in cues:
            while mask_end <= cue.start:
                mask_start, mask_end = next(masks, _NO_MASK)
            if cue.start < mask_start or (cue.start == mask_start and cue.end > mask_end):
                unmasked.append(cue)
        return unmasked

    def first(self, text: str) -> Cue | None:
        """The leftmost cue in `text`."""
        return next(iter(self.all(text)), None)

    def last(self, text: str) -> Cue | None:
        """The rightmost cue in `text`."""
        return max(self.all(text), default=None)

    def __contains__(self, text: str) -> bool:
        return bool(self.all(text))


class PassageCue(CuePattern):
    """A cue that is looked for in whole passages: of many such, one filter tells which are worth a search."""

    def __init__(self, rulebook: Rulebook, pattern: str, masks: str | None = None) -> None:
        super().__init__(rulebook, pattern, masks)
        rulebook.watch(pattern)
        self._matching = rulebook.matching

    def _all(self, text: str) -> list[Cue]:
        return super()._all(text) if self._pattern in self._matching(text) else []

    def __contains__(self, text: str) -> bool:
        return self._pattern in self._matching(text) and (self._masks is None or bool(self.all(text)))
