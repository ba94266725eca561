"""Text that knows, for every character, where it stands in the raw file.

The map is carried through every edit instead of being worked out by a diff afterwards: it is exact by construction,
also for repeated passages and for text whose order was changed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np


class Edit(NamedTuple):
    """Replace `text[start:end]` (code points of the text being edited) by `text`."""

    start: int
    end: int
    text: str


class AlignedText:
    """Clean text with the raw range `[starts[i], ends[i])` of every character, in code points.

    An inserted character has an empty range. Instances are never changed: an edit returns a new one.
    """

    __slots__ = ("_ends", "_in_order", "_starts", "text")

    def __init__(self, text: str, starts: array[int], ends: array[int], *, in_order: bool = True) -> None:
        if not len(text) == len(starts) == len(ends):
            raise ValueError("one raw range for each character")
        self.text = text
        self._starts = starts
        self._ends = ends
        self._in_order = in_order

    @classmethod
    def of_raw(cls, raw: str) -> AlignedText:
        """The raw text itself: every character stands for itself."""
        offsets = np.arange(len(raw) + 1, dtype=np.int64)
        return cls(raw, array("q", offsets[:-1].tobytes()), array("q", offsets[1:].tobytes()))

    def __len__(self) -> int:
        return len(self.text)

    def raw_range(self, index: int) -> tuple[int, int]:
        """The raw range of one character."""
        return self._starts[index], self._ends[index]

    def raw_ranges(self) -> Iterator[tuple[int, int]]:
        """The raw range of every character, in the order of the text."""
        return zip(self._starts, self._ends, strict=True)

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw range from the first to the last character of `text[start:end]`.

        Where reading order was changed inside the span, the range covers all of its characters. Raises `ValueError`
        for a span without any raw character.
        """
        first, last = start, end - 1
        while first <= last and self._starts[first] == self._ends[first]:
            first += 1
        while first < last and self._starts[last] == self._ends[last]:
            last -= 1
        if first > last:
            raise ValueError(f"text[{start}:{end}] has no raw character")
        if self._in_order:
            return self._starts[first], self._ends[last]
        kept = [i for i in range(first, last + 1) if self._ends[i] > self._starts[i]]
        return min(self._starts[i] for i in kept), max(self._ends[i] for i in kept)

    def edited(self, edits: Iterable[Edit]) -> AlignedText:
        """Applies edits that do not overlap.

        A replacement of the same length maps character by character; of another length, each new character stands for
        the whole replaced range. Raises `ValueError` for edits that overlap or lie outside.
        """
        edits = sorted(edits, key=lambda e: (e.start, e.end))
        if not edits:
            return self
        pieces: list[str] = []
        starts, ends = array("q"), array("q")
        done = mapped = 0
        for edit in edits:
            if not done <= edit.start <= edit.end <= len(self.text):
                raise ValueError(f"edit {edit} overlaps another or lies outside")
            pieces += (self.text[done : edit.start], edit.text)
            done = edit.end
            if len(edit.text) == edit.end - edit.start:
                continue
            starts.extend(self._starts[mapped : edit.start])
            ends.extend(self._ends[mapped : edit.start])
            mapped = edit.end
            if edit.start < edit.end:
                first, last = self.to_raw_or_point(edit.start, edit.end)
            else:
                first = last = self._ends[edit.start - 1] if edit.start else 0
            starts.extend([first] * len(edit.text))
            ends.extend([last] * len(edit.text))
        pieces.append(self.text[done:])
        starts.extend(self._starts[mapped:])
        ends.extend(self._ends[mapped:])
        return AlignedText("".join(pieces), starts, ends, in_order=self._in_order)

    def to_raw_or_point(self, start: int, end: int) -> tuple[int, int]:
        """Like `to_raw`, but an empty range where the span has only inserted characters."""
        try:
            return self.to_raw(start, end)
        except ValueError:
            return self._starts[start], self._starts[start]

    def arranged(self, spans: Sequence[tuple[int, int]]) -> AlignedText:
        """The given pieces `text[start:end]`, one after another in the given order; what no span names is left out."""
        starts, ends = array("q"), array("q")
        for start, end in spans:
            starts.extend(self._starts[start:end])
            ends.extend(self._ends[start:end])
        in_order = self._in_order and all(one[1] <= other[0] for one, other in pairwise(spans))
        return AlignedText("".join(self.text[start:end] for start, end in spans), starts, ends, in_order=in_order)
