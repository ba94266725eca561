"""Whether a passage sounds like a plan or like a review of what was done, judged by its characters.

A logistic regression over hashed strings of one to three characters (Weinberger et al. 2009). It was trained on the
chapters of work reports, which say what they are in their headings; `pipeline/model/tone.md` has the recipe and the
scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.hashing import FOLDED, Hashes, mixed
from pipeline.relate.quantities.passages import Passage

LONGEST = 3
"""Characters of the longest string."""

SEED = 3
"""What the hash of each string begins with."""

FEWEST = 20
"""A passage of fewer strings is judged as one of so many: a word or two are not enough to be sure."""

_NEAR, _FARTHEST = 0.5, 3.0
"""How much of its neighbours' log odds a paragraph takes over, and how much a neighbour can say at most."""

_DROPPED = 0x110000
_PLANE = 0x10000
_MODEL = Path(__file__).parents[2] / "model" / "tone.npz"


class Tone(NamedTuple):
    """Log odds that a plan is told: of a passage by itself, and of its paragraph between its neighbours."""

    passage: float
    paragraph: float


class ToneModel:
    """The trained weights. Raises `OSError` or `ValueError` for a file that holds none."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self._scale, self._bias = float(stored["scale"]), float(stored["bias"])
            self._weights = stored["weights"].astype(np.int8)
        self._bits = (len(self._weights) - 1).bit_length()

    def sums(self, text: str, spans: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
        """For each span of the text two numbers: the weights of its strings together, and how many strings it has."""
        kept, codes = folded_codes(text)
        borders = np.searchsorted(kept, np.array(spans, np.int64).reshape(-1, 2))
        found = np.zeros((len(spans), 2))
        for length, strings in enumerate(hashes(codes), 1):
            total = np.zeros(len(strings) + 1, np.int64)
            self._weights.take(columns(strings, self._bits)).cumsum(out=total[1:])
            first = borders[:, 0]
            # A string belongs to the span that it lies in as a whole.
            last = np.maximum(first, borders[:, 1] - length + 1)
            inside = last > first
            found[inside, 0] += (total[last[inside]] - total[first[inside]]) * self._scale
            found[:, 1] += last - first
        return found

    def odds(self, sums: NDArray[np.float64]) -> list[float]:
        """The log odds of a plan for each row of such sums."""
        return (sums[:, 0] / np.sqrt(np.maximum(sums[:, 1], FEWEST)) + self._bias).tolist()  # type: ignore[no-any-return]


@cache
def shipped_tone_model() -> ToneModel:
    """The model that comes with the package."""
    return ToneModel(_MODEL)


def tones(model: ToneModel, text: str, passages: Sequence[Passage]) -> list[Tone]:
    """The tone of each passage of the text; passages are given in text order."""
    sums = model.sums(text, [(p.start, p.end) for p in passages])
    opens = [
        number
        for number, passage in enumerate(passages)
        if number == 0 or passage.opens_block or passage.article != passages[number - 1].article
    ]
    if not opens:
        return []
    alone = model.odds(np.add.reduceat(sums, opens))
    between = _between(alone, [passages[first].article for first in opens])
    lengths = np.diff([*opens, len(passages)])
    return [Tone(*pair) for pair in zip(model.odds(sums), np.repeat(between, lengths).tolist(), strict=True)]


def _between(odds: Sequence[float], articles: Sequence[int]) -> list[float]:
    """What paragraphs and their neighbours in the same article say together; the farther away, the less."""
    found = list(odds)
    for order in (range(len(odds)), range(len(odds) - 1, -1, -1)):
        said, article = 0.0, -1
        for number in order:
            if articles[number] != article:
                said, article = 0.0, articles[number]
            found[number] += said
            said = _NEAR * max(-_FARTHEST, min(_FARTHEST, odds[number] + said))
    return found


def folded_codes(text: str) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Where the characters stand that count, and their code points: no spaces, one digit, one Latin letter."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if codes.max(initial=0) < _PLANE:
        folded = _folding().take(codes)
    else:
        folded = np.where(codes < _PLANE, _folding()[np.minimum(codes, _PLANE - 1)], codes)
    kept = np.flatnonzero(folded != _DROPPED)
    return kept, folded.take(kept)


def hashes(codes: NDArray[np.uint32]) -> list[Hashes]:
    """The hashes of the strings that begin at each place, the shorter ones first."""
    state, found = np.full(len(codes), SEED, np.uint32), []
    for length in range(min(LONGEST, len(codes))):
        state = mixed(state[: len(codes) - length], codes[length:])
        found.append(state)
    return found


def columns(strings: Hashes, bits: int) -> NDArray[Any]:
    """Which of `2 ** bits` weights each string has."""
    return strings >> np.uint32(32 - bits)


@cache
def _folding() -> NDArray[np.uint32]:
    """What stands for each code point of the basic plane."""
    table = np.arange(_PLANE, dtype=np.uint32)
    for code, folded in FOLDED.items():
        table[code] = ord(folded) if folded else _DROPPED
    return table
