"""Finding cue words of the rulebook in short pieces of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.rulebook import Rulebook


class Cue(NamedTuple):
    """A cue word at `text[start:end]`."""

    start: int
    end: int
    word: str


class CuePattern:
    """The words that a pattern of the rulebook describes; `masks` are longer words in which they do not count."""

    def __init__(self, rulebook: Rulebook, pattern: str, masks: str | None = None) -> None:
        self._pattern = rulebook.watch(pattern)
        self._masks = rulebook.watch(masks) if masks else None
        self._matching = rulebook.matching

    def all(self, text: str) -> Iterator[Cue]:
        """All cues in `text`, from left to right."""
        if self._pattern not in self._matching(text):
            return
        masks = self._masks.spans(text) if self._masks and self._masks in self._matching(text) else iter(())
        mask_start, mask_end = next(masks, (len(text), len(text)))
        for start, end in self._pattern.spans(text):
            while mask_end <= start < len(text):
                mask_start, mask_end = next(masks, (len(text), len(text)))
            if start < mask_start:
                yield Cue(start, end, text[start:end])

    def last(self, text: str) -> Cue | None:
        """The rightmost cue in `text`."""
        return max(self.all(text), default=None)

    def __contains__(self, text: str) -> bool:
        matching = self._matching(text)
        if self._masks is None or self._masks not in matching:
            return self._pattern in matching
        return next(self.all(text), None) is not None
