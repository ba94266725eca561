"""Trains `pipeline.clean.joints`: which characters stand around a break inside a text, and which around its borders.

Places inside paragraphs and sentences, drawn at random, are what belongs together. What does not: the end of a block
and the beginning of the next or of any other, and either of them with a place inside a text. Three logistic regressions
over hashed strings, with AdaGrad (Duchi et al. 2011); the weights are rounded to steps of `SCALE`, a byte each.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.cues import Cues
from pipeline.clean.furniture import without_furniture
from pipeline.clean.joints import CROSSED, LOWER, MASK, MULTIPLIER, REACH, SHIFT, UPPER, folded
from pipeline.clean.lines import lines_of
from pipeline.training.corpus import Advance, CorpusError, read_lines, read_tsv
from pipeline.training.scores import Score, score_of

Places = NDArray[np.int64]
"""Where breaks are, or could be, as offsets into the code points of all texts."""

SCALE = 0.05
BITS = {"joint": 20, "upper": 18, "lower": 18}
"""How many weights each table has, as powers of two."""

_PARTS = {"joint": ("upper", "lower", "across"), "upper": ("upper",), "lower": ("lower",)}
_RATE, _SMALLEST = 0.1, 1e-8
_HELD_OUT, _MOST_HELD_OUT = 20, 50_000
_AT_ONCE = 1 << 18
_PARAGRAPH, _HEADLINE, _ITEM, _SHORTEST = 60, 45, 80, 4
# As the model sees them: folded.
_SENTENCE_END, _CLAUSE_END, _GOES_ON = "。!?", ";:", ",、"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Table:
    """The weights of hashed strings in steps of `SCALE`, and the bias."""

    weights: NDArray[np.int8]
    bias: float


@dataclass(frozen=True, slots=True)
class Texts:
    """The code points of all texts, folded, spaces between blocks; and where breaks are or could be.

    `inside` are places within paragraphs and sentences. `above` and `below` are the two sides of real block borders;
    `headlines`, `ended` and `items` are those of `above` where something like a headline, something finished and an
    item of a list end; `openings` are the beginnings of those headlines.
    """

    codes: NDArray[np.uint32]
    inside: Places
    above: Places
    below: Places
    headlines: Places
    openings: Places
    ended: Places
    items: Places


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
        features = _features(texts.codes, upper, lower, _PARTS[name], bits[name])
        fit = _Fit(features, label, 1 << bits[name], rng, name)
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


def read_texts(paths: Iterable[Path], cues: Cues, advance: Advance | None = None) -> Texts:
    """The texts of files, by their names' ends, each of which `.gz` may follow.

    `.txt` holds a block a line, `.jsonl` objects with such a text as `text`, `.tsv` labelled sentences, of which only
    the places inside count. Raises `CorpusError` for a file that will not do, or all together if they teach nothing.
    """
    paths = list(paths)
    gathered = _Gathered()
    for done, path in enumerate(paths):
        if advance:
            advance("texts", done, len(paths))
        match path.name.lower().removesuffix(".gz").rpartition(".")[2]:
            case "txt":
                gathered.add_blocks(_blocks("\n".join(read_lines(path)), cues))
            case "jsonl":
                for text in _json_texts(path):
                    gathered.add_blocks(_blocks(text, cues))
            case "tsv":
                for sentence in read_tsv(path):
                    gathered.add_sentence("".join(character for character, _ in sentence))
            case _:
                raise CorpusError(f"{path}: not .txt, .jsonl or .tsv, nor one of them with .gz")
    return gathered.texts(", ".join(map(str, paths)) or "no text given")


def _json_texts(path: Path) -> Iterator[str]:
    for number, line in enumerate(read_lines(path), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise CorpusError(f"{path}:{number}: no JSON: {error}") from error
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise CorpusError(f"{path}:{number}: no object with a `text`")
        yield "\n".join(record["text"].splitlines())


def _blocks(text: str, cues: Cues) -> list[str]:
    lines, _ = without_furniture(lines_of(text), cues)
    return [folded(line.text) for line in lines if not line.apart]


class _Gathered:
    """Texts put one after the other, with the places in them."""

    def __init__(self) -> None:
        self._pieces: list[str] = [" " * REACH]
        self._length = REACH
        self._inside: list[Places] = []
        self._above: list[int] = []
        self._below: list[int] = []
        self._headlines: list[int] = []
        self._openings: list[int] = []
        self._ended: list[int] = []
        self._items: list[int] = []

    def add_blocks(self, blocks: Sequence[str]) -> None:
        """Adds the blocks of one text, in their order."""
        starts = []
        for block in blocks:
            starts.append(self._add(block))
            if len(block) >= _PARAGRAPH and block[-1] in _SENTENCE_END:
                self._add_inside(starts[-1], len(block), 1)
        for (block, start), (following, below) in zip(
            zip(blocks, starts, strict=True), [*zip(blocks, starts, strict=True)][1:], strict=False
        ):
            if min(len(block), len(following)) >= _SHORTEST:
                self._add_border(block, start, below)

    def add_sentence(self, sentence: str) -> None:
        """Adds a sentence, of which only the places inside are of use."""
        sentence = folded(sentence)
        # Every other place: corpora of sentences would outweigh the texts.
        self._add_inside(self._add(sentence), len(sentence), 2)

    def texts(self, source: str) -> Texts:
        """All that was added; `source` names it in the `CorpusError` raised if it teaches nothing."""
        if not self._inside:
            raise CorpusError(f"{source}: no paragraph of {_PARAGRAPH} characters and no sentence")
        if not self._headlines and not self._ended:
            raise CorpusError(f"{source}: no two blocks of text, one below the other")
        text = "".join(self._pieces)
        return Texts(
            np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"),
            np.concatenate(self._inside),
            *(
                np.array(places, np.int64)
                for places in (
                    self._above,
                    self._below,
                    self._headlines,
                    self._openings,
                    self._ended,
                    self._items,
                )
            ),
        )

    def _add(self, block: str) -> int:
        start = self._length
        # Neighbours that no block has are spaces.
        self._pieces.append(block + " " * REACH)
        self._length += len(block) + REACH
        return start

    def _add_inside(self, start: int, length: int, step: int) -> None:
        if length > 3:
            self._inside.append(np.arange(start + 2, start + length - 1, step, dtype=np.int64))

    def _add_border(self, block: str, start: int, below: int) -> None:
        end, last = start + len(block), block[-1]
        if last in _GOES_ON:
            return
        self._above.append(end)
        self._below.append(below)
        if last in _SENTENCE_END or last in _CLAUSE_END:
            self._ended.append(end)
        elif len(block) <= _HEADLINE:
            self._headlines.append(end)
            self._openings.append(start)
        if last == ";" and len(block) < _ITEM:
            self._items.append(end)


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


def _features(
    codes: NDArray[np.uint32], upper: Places, lower: Places, parts: Sequence[str], bits: int
) -> NDArray[np.int32]:
    """The numbers of the weights of each example, a row each."""
    rows = []
    for first in range(0, len(upper), _AT_ONCE):
        above, below = upper[first : first + _AT_ONCE], lower[first : first + _AT_ONCE]
        states = {
            "upper": _states(UPPER, [codes[above - 1 - k] for k in range(REACH)]),
            "lower": _states(LOWER, [codes[below + k] for k in range(REACH)]),
        }
        states["across"] = [_mixed(states["upper"][i], states["lower"][j]) for i, j in CROSSED]
        columns = [state >> np.uint64(32 - bits) for part in parts for state in states[part]]
        rows.append(np.stack(columns, axis=1).astype(np.int32))
    return np.concatenate(rows)


States = NDArray[np.uint64]
"""Hashes of 32 bits; a product of two has 64."""


def _states(seed: int, characters: Sequence[NDArray[np.uint32]]) -> list[States]:
    """The hashes of each prefix of many strings, given as their first characters, their second ones, and so on."""
    state = np.full(len(characters[0]), seed, np.uint64)
    states = []
    for column in characters:
        state = _mixed(state, column.astype(np.uint64))
        states.append(state)
    return states


def _mixed(state: States, other: States) -> States:
    state = ((state ^ other) * np.uint64(MULTIPLIER)) & np.uint64(MASK)
    return state ^ (state >> np.uint64(SHIFT))


class _Fit:
    """One logistic regression in the making."""

    def __init__(
        self, features: NDArray[np.int32], label: NDArray[np.float32], size: int, rng: np.random.Generator, name: str
    ) -> None:
        order = rng.permutation(len(label))
        held_out = min(_MOST_HELD_OUT, len(label) // _HELD_OUT)
        self._features, self._label, self._rng, self._name = features, label, rng, name
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
        features = self._features[batch]
        odds = self._weights[features].sum(axis=1) + np.float32(self._bias)
        error = (1 / (1 + np.exp(-odds)) - self._label[batch]) / len(batch)
        slopes = np.bincount(features.ravel(), np.repeat(error, features.shape[1]), len(self._weights))
        touched = np.flatnonzero(slopes)
        slope = slopes[touched]
        self._squares[touched] += slope * slope
        self._weights[touched] -= _RATE * slope / np.sqrt(self._squares[touched])
        total = float(error.sum())
        self._bias_square += total * total
        self._bias -= _RATE * total / self._bias_square**0.5

    def _score(self, weights: NDArray[np.float32], bias: float) -> Score:
        odds = weights[self._features[self._development]].sum(axis=1) + np.float32(bias)
        return score_of(odds, self._label[self._development])
