"""Long sentences in overlapping windows, and the windows' entities back as one list.

A model has a limit; what lies beyond it must not be cut off silently, nor an entity be lost at the border between two
pieces. So the pieces overlap, and an entity in the overlap is taken from the window that sees more text around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """A labelled `text[start:end]`, in code points."""

    start: int
    end: int
    label: str


Window = tuple[int, int]
"""A half-open range of the sentence, in code points."""


def cut(costs: Sequence[int], limit: int, overlap: int) -> list[Window]:
    """The windows over characters that cost `costs`; together they cover all of them.

    Each window costs at most `limit`, unless a single character costs more, and shares characters worth up to `overlap`
    (less than `limit`) with the next one.
    """
    if sum(costs) <= limit:
        return [(0, len(costs))] if costs else []
    windows: list[Window] = []
    start = end = 0
    total = 0
    while end < len(costs):
        while end < len(costs) and (end == start or total + costs[end] <= limit):
            total += costs[end]
            end += 1
        windows.append((start, end))
        if end == len(costs):
            break
        shared, begin = 0, end
        # The next window must have room for at least one character more than it shares.
        while begin > start + 1 and shared + costs[begin - 1] <= min(overlap, limit - costs[end]):
            begin -= 1
            shared += costs[begin]
        start, total = begin, shared
    return windows


def join(length: int, windows: Sequence[Window], found: Sequence[Iterable[Span]]) -> list[Span]:
    """The entities of a sentence of `length` characters, in text order, without overlaps.

    `found` holds each window's entities with offsets in that window. An entity counts only in the window (of those
    that contain it) whose border is furthest from it; of two that overlap the one further from its border wins, then
    the longer, then the earlier one. Empty spans are dropped.
    """
    candidates: list[tuple[int, Span]] = []
    for index, (window, spans) in enumerate(zip(windows, found, strict=True)):
        neighbours = windows[max(0, index - 1) : index + 2]
        for start, end, label in spans:
            span = Span(window[0] + start, window[0] + end, label)
            margin = _margin(span, window, length)
            if start < end and margin >= max(_margin(span, other, length) for other in neighbours):
                candidates.append((margin, span))
    candidates.sort(key=lambda c: (-c[0], c[1].start - c[1].end, c[1]))
    taken = [False] * length
    kept = []
    for _, span in candidates:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = [True] * (span.end - span.start)
            kept.append(span)
    return sorted(kept)


def _margin(span: Span, window: Window, length: int) -> int:
    """Characters between the span and the nearest border of the window; the sentence's own ends are no borders."""
    if span.start < window[0] or window[1] < span.end:
        return -1
    left = span.start - window[0] if window[0] else length
    right = window[1] - span.end if window[1] < length else length
    return min(left, right)


def group(costs: Mapping[str, int], budget: int) -> list[list[str]]:
    """The items in batches of like cost, each of a padded size of at most `budget`.

    The batches depend on the set of the items only. An item that alone exceeds the budget is a batch of its own.
    """
    batches: list[list[str]] = []
    for item in sorted(costs, key=lambda i: (costs[i], i)):
        if batches and (len(batches[-1]) + 1) * costs[item] <= budget:
            batches[-1].append(item)
        else:
            batches.append([item])
    return batches
