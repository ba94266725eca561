"""Processor time of a piece of work, and a ratio of two of them as a line of text."""

from __future__ import annotations

import time
from collections.abc import Callable

REPEATS = 5


def seconds(work: Callable[[], object]) -> float:
    """The best processor time of several runs: what else the machine does only ever adds."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def show(name: str, numerator: float, denominator: float, unit: str) -> None:
    """Prints a ratio with the two figures it comes from."""
    print(f"{name:58} {numerator / denominator:7.2f}   {numerator:.4g} / {denominator:.4g} {unit}")
