"""Trains `pipeline.clean.joints`: which characters stand around a break inside a text, and which around its borders.

Places inside paragraphs and sentences, drawn at random, are what belongs together. What does not: the end of a block
and the beginning of the next or of any other, and either of them with a place inside a text. Three logistic regressions
over hashed strings, with AdaGrad (Duchi et al. 2011); the weights are rounded to steps of `SCALE`, a byte each.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.joints import CROSSED, LOWER, REACH, UPPER, states
from pipeline.hashing import Hashes, mixed
from pipeline.training.corpus import Advance
from pipeline.training.scores import Score, probability, score_of
from pipeline.training.texts import Places, Texts

SCALE = 0.05
BITS = {"joint": 20, "upper": 18, "lower": 18}
"""How many weights each table has, as powers of two."""

_PARTS = {"joint": ("upper", "lower", "across"), "upper": ("upper",), "lower": ("lower",)}
_RATE, _SMALLEST = 0.1, 1e-8
_HELD_OUT, _MOST_HELD_OUT = 20, 50_000
_AT_ONCE = 1 << 18

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Table:
    """The weights of hashed strings in steps of `SCALE`, and the bias."""

    weights: NDArray[np.int8]
    bias: float


def train(
    texts: Texts,
    *,
    draws: int = 2_500_000,
    epochs: int = 4,
    batch_size: int = 8192,
    bits: Mapping[str, int] = BITS,
    seed: int = 7,
    advance: Advance | None = None,
) -> tuple[dict[str, Table], dict[str, Score]]:
    """The tables `joint`, `upper` and `lower`, and their scores on places held out.

    `draws` is how many places inside the texts are drawn, at most all; the other places are drawn in proportion.
    The same texts, seed and version of numpy give the same tables.
    """
    rng = np.random.default_rng(seed)
    draws = min(draws, len(texts.inside))
    breaks, ends = _breaks(texts, draws, rng), _ends(texts, draws, rng)
    tables, scores = {}, {}
    for step, name in enumerate(_PARTS):
        upper, lower, label = breaks if name == "joint" else ends
        rows = features(texts.codes, upper, lower, name, bits[name])
        fit = _Fit(rows, label, 1 << bits[name], rng, name)
        for epoch in range(epochs):
            if advance:
                advance("joints", step * epochs + epoch, len(_PARTS) * epochs)
            fit.epoch(batch_size)
        tables[name], scores[name] = fit.result()
    return tables, scores


def write(path: Path, tables: Mapping[str, Table]) -> None:
    """Writes what `JointModel` reads."""
    arrays: dict[str, Any] = {"scale": np.float32(SCALE)}
    for name, table in tables.items():
        arrays |= {name: table.weights, f"{name}_bias": np.float32(table.bias)}
    np.savez_compressed(path, **arrays)


Examples = tuple[Places, Places, NDArray[np.float32]]
"""The upper and the lower side of each example, and 1 where it is inside a text, else 0."""


def _breaks(texts: Texts, draws: int, rng: np.random.Generator) -> Examples:
    """What belongs together, and what does not."""

    def end(share: float) -> Places:
        return _drawn(rng, round(share * draws), (0.6, texts.headlines), (0.4, texts.ended))

    def start(share: float) -> Places:
        return _drawn(rng, round(share * draws), (0.7, texts.below), (0.3, texts.openings))

    def inside(share: float) -> Places:
        return rng.choice(texts.inside, round(share * draws))

    together = rng.permutation(texts.inside)[:draws]
    border = rng.integers(len(texts.above), size=round(0.05 * draws))
    upper = [together, texts.above[border], end(0.55), inside(0.28), end(0.28), inside(0.14)]
    lower = [together, texts.below[border], start(0.55), start(0.28), inside(0.28), inside(0.14)]
    return np.concatenate(upper), np.concatenate(lower), _labels(sum(map(len, upper)), draws)


def _ends(texts: Texts, draws: int, rng: np.random.Generator) -> Examples:
    """Places inside texts, and ends beside beginnings of blocks; the two sides have nothing to do with each other."""
    within, without = round(0.56 * draws), round(0.24 * draws)
    ended = np.concatenate([texts.items, texts.ended])
    upper = [rng.choice(texts.inside, within), _drawn(rng, without, (0.75, texts.headlines), (0.25, ended))]
    lower = [rng.choice(texts.inside, within), rng.choice(texts.below, without)]
    return np.concatenate(upper), np.concatenate(lower), _labels(within + without, within)


def _labels(length: int, inside: int) -> NDArray[np.float32]:
    return (np.arange(length) < inside).astype(np.float32)


def _drawn(rng: np.random.Generator, size: int, *pools: tuple[float, Places]) -> Places:
    """So many places out of the pools, each of which has its share of them if it is not empty."""
    filled = [(share, pool) for share, pool in pools if len(pool)]
    shares = np.array([share for share, _ in filled])
    counts = rng.multinomial(size, shares / shares.sum())
    drawn = [rng.choice(pool, count) for (_, pool), count in zip(filled, counts, strict=True)]
    return rng.permutation(np.concatenate(drawn))


def features(codes: NDArray[np.uint32], upper: Places, lower: Places, name: str, bits: int) -> NDArray[np.int32]:
    """Which weights of a table count for each example, a row each; the same as `JointModel` looks up."""
    rows = []
    for first in range(0, len(upper), _AT_ONCE):
        above, below = upper[first : first + _AT_ONCE], lower[first : first + _AT_ONCE]
        hashes = {
            "upper": _states(UPPER, [codes[above - 1 - k] for k in range(REACH)]),
            "lower": _states(LOWER, [codes[below + k] for k in range(REACH)]),
        }
        before, after = (list(at) for at in zip(*CROSSED, strict=True))
        hashes["across"] = mixed(hashes["upper"][before], hashes["lower"][after])
        columns = [row >> np.uint32(32 - bits) for part in _PARTS[name] for row in hashes[part]]
        rows.append(np.stack(columns, axis=1).astype(np.int32))
    return np.concatenate(rows)


def _states(seed: int, characters: Sequence[NDArray[np.uint32]]) -> Hashes:
    return states(np.full(len(characters[0]), seed, np.uint32), np.stack(characters))


class _Fit:
    """One logistic regression in the making."""

    def __init__(
        self, rows: NDArray[np.int32], label: NDArray[np.float32], size: int, rng: np.random.Generator, name: str
    ) -> None:
        order = rng.permutation(len(label))
        held_out = min(_MOST_HELD_OUT, len(label) // _HELD_OUT)
        self._rows, self._label, self._rng, self._name = rows, label, rng, name
        self._development, self._training = order[:held_out], order[held_out:]
        self._weights = np.zeros(size, np.float32)
        self._bias = 0.0
        self._squares = np.full(size, _SMALLEST, np.float32)
        self._bias_square = _SMALLEST

    def epoch(self, batch_size: int) -> None:
        """Sees every example once."""
        order = self._rng.permutation(self._training)
        for first in range(0, len(order), batch_size):
            self._step(order[first : first + batch_size])
        score = self._score(self._weights, self._bias)
        _log.info("%s: log loss %.4f, errors %d of %d", self._name, score.log_loss, score.errors, score.number)

    def result(self) -> tuple[Table, Score]:
        """The weights, rounded, and how they do on the examples held out."""
        weights = np.clip(np.rint(self._weights / SCALE), -127, 127).astype(np.int8)
        return Table(weights, self._bias), self._score(weights.astype(np.float32) * np.float32(SCALE), self._bias)

    def _step(self, batch: NDArray[np.int64]) -> None:
        rows = self._rows[batch]
        odds = self._weights[rows].sum(axis=1) + np.float32(self._bias)
        error = (probability(odds) - self._label[batch]) / len(batch)
        slopes = np.bincount(rows.ravel(), np.repeat(error, rows.shape[1]), len(self._weights))
        touched = np.flatnonzero(slopes)
        slope = slopes[touched]
        self._squares[touched] += slope * slope
        self._weights[touched] -= _RATE * slope / np.sqrt(self._squares[touched])
        total = float(error.sum())
        self._bias_square += total * total
        self._bias -= _RATE * total / self._bias_square**0.5

    def _score(self, weights: NDArray[np.float32], bias: float) -> Score:
        odds = weights[self._rows[self._development]].sum(axis=1) + np.float32(bias)
        return score_of(odds, self._label[self._development])
