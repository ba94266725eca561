"""How well one line continues another, judged by the characters on both sides of the break.

Three logistic regressions with hashed features (Weinberger et al. 2009): over the strings that end the upper line, over
those that begin the lower line, and over both together with the strings that meet at the break. They were trained on
places inside paragraphs against places where blocks end and begin; `pipeline/model/README.md` has the recipe and the
scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

REACH = 4
"""How many characters on each side are looked at."""

CROSSED = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 1), (1, 2))
"""Which strings across the break are looked at: characters before it less one, characters after it less one."""

MULTIPLIER, MASK, SHIFT = 0x9E3779B1, 0xFFFFFFFF, 15
UPPER, LOWER = 1, 2
"""What the hashes of each side begin with. Training has the same hashes, of many breaks at once."""

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("0123456789０１２３４５６７８９", "0"),
        **dict.fromkeys(
            map(chr, [*range(65, 91), *range(97, 123), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]), "A"
        ),
        **dict(zip("，；：！？（）％．", ",;:!?()%.", strict=True)),
        '"': "”",
        **dict.fromkeys(" \t\r\n\u00a0\u2002\u2003\u2009\u202f\u3000"),
    }
)


class Joint(NamedTuple):
    """Log odds about one break: that the two sides belong together, that the upper one is cut off, that the lower one
    is in the middle of something.
    """

    together: float
    cut: float
    midway: float


class JointModel:
    """The trained weights. Raises `OSError` or `ValueError` for a file that holds none."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self._scale = float(stored["scale"])
            self._together, self._cut, self._midway = (_Table(stored, name) for name in ("joint", "upper", "lower"))

    def __call__(self, upper: str, lower: str) -> Joint:
        """What the characters around a break say."""
        return self.between(self.upper(upper), self.lower(lower))

    def upper(self, text: str) -> Side:
        """The text's end, as the upper side of breaks."""
        return self._side(UPPER, folded(text[-2 * REACH :])[-REACH:].rjust(REACH)[::-1], self._cut)

    def lower(self, text: str) -> Side:
        """The text's beginning, as the lower side of breaks."""
        return self._side(LOWER, folded(text[: 2 * REACH])[:REACH].ljust(REACH), self._midway)

    def between(self, upper: Side, lower: Side) -> Joint:
        """What the characters of two sides say."""
        weights, drop = self._together.weights, self._together.drop
        before, after = upper.states, lower.states
        total = upper.part + lower.part
        for i, j in CROSSED:
            state = ((before[i] ^ after[j]) * MULTIPLIER) & MASK
            total += weights[(state ^ (state >> SHIFT)) >> drop]
        return Joint(total * self._scale + self._together.bias, upper.torn, lower.torn)

    def _side(self, state: int, text: str, alone: _Table) -> Side:
        weights, drop = self._together.weights, self._together.drop
        own, own_drop = alone.weights, alone.drop
        states = []
        part = torn = 0
        for character in text:
            state = ((state ^ ord(character)) * MULTIPLIER) & MASK
            state ^= state >> SHIFT
            states.append(state)
            part += weights[state >> drop]
            torn += own[state >> own_drop]
        return Side(states, part, torn * self._scale + alone.bias)


class Side(NamedTuple):
    """One side of a break: the hash of each string that touches it, their part of the joint's weight, and the log odds
    that this side is torn.
    """

    states: Sequence[int]
    part: int
    torn: float


class _Table:
    """Weights of hashed features, in steps of the model's scale."""

    def __init__(self, stored: Mapping[str, np.ndarray[Any, np.dtype[Any]]], name: str) -> None:
        weights = stored[name].astype(np.int8)
        self.bias = float(stored[f"{name}_bias"])
        self.weights = memoryview(weights.tobytes()).cast("b")
        self.drop = 32 - (len(weights) - 1).bit_length()


def folded(text: str) -> str:
    """The text as the model sees it: no spaces, one digit, one Latin letter, narrow marks."""
    return text.translate(_FOLDED)
