"""Log odds: what they mean, and how well they foretell what is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Score:
    """How many decisions there were, how many of them came out wrong, and their mean log loss (nats)."""

    number: int
    errors: int
    log_loss: float


def probability(odds: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """From 0 to 1, without overflow."""
    probability: NDArray[np.floating[Any]] = np.exp(-np.logaddexp(0, -odds))
    return probability


def score_of(odds: NDArray[np.floating[Any]], label: NDArray[np.floating[Any]]) -> Score:
    """The score of log odds on what is 1 where the answer is yes, else 0. Nothing to decide scores 0."""
    if not len(odds):
        return Score(0, 0, 0.0)
    loss = np.logaddexp(0, odds.astype(np.float64)) - label * odds
    return Score(len(odds), int(((odds > 0) != (label > 0)).sum()), round(float(loss.mean()), 6))
