"""How well one line continues another, judged by the characters on both sides of the break.

Three logistic regressions with hashed features (Weinberger et al. 2009): over the strings that end the upper line, over
those that begin the lower line, and over both together with the strings that meet at the break. They were trained on
places inside paragraphs against places where blocks end and begin; `pipeline/model/README.md` has the recipe and the
scores.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

REACH = 4
"""How many characters on each side are looked at."""

CROSSED = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 1), (1, 2))
"""Which strings across the break are looked at: characters before it less one, characters after it less one."""

MULTIPLIER, MASK, SHIFT = 0x9E3779B1, 0xFFFFFFFF, 15
UPPER, LOWER = 1, 2
"""What the hashes of each side begin with. Training has the same hashes, of many breaks at once."""

_SPACE = re.compile(r"\s+")
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("0123456789０１２３４５６７８９", "0"),
        **dict.fromkeys(
            map(chr, [*range(65, 91), *range(97, 123), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]), "A"
        ),
        **dict(zip("，；：！？（）％．", ",;:!?()%.", strict=True)),
        '"': "”",
    }
)


@dataclass(frozen=True, slots=True)
class Joint:
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
            self._together, self._cut, self._midway = (_Table(stored, n) for n in ("joint", "upper", "lower"))

    def __call__(self, upper: str, lower: str) -> Joint:
        """What the characters around a break say."""
        before = _states(UPPER, folded(upper[-2 * REACH :])[-REACH:].rjust(REACH)[::-1])
        after = _states(LOWER, folded(lower[: 2 * REACH])[:REACH].ljust(REACH))
        across = []
        for i, j in CROSSED:
            state = ((before[i] ^ after[j]) * MULTIPLIER) & MASK
            across.append(state ^ (state >> SHIFT))
        together, cut, midway = self._together, self._cut, self._midway
        return Joint(
            together.sum(before) + together.sum(after) + together.sum(across) + together.bias,
            cut.sum(before) + cut.bias,
            midway.sum(after) + midway.bias,
        )


class _Table:
    """Weights of hashed features."""

    def __init__(self, stored: Mapping[str, np.ndarray[Any, np.dtype[Any]]], name: str) -> None:
        weights = stored[name].astype(np.int8)
        self.bias = float(stored[f"{name}_bias"])
        self._scale = float(stored["scale"])
        self._weights = memoryview(weights.tobytes()).cast("b")
        self._drop = 32 - (len(weights) - 1).bit_length()

    def sum(self, states: Sequence[int]) -> float:
        weights, drop = self._weights, self._drop
        total = 0
        for state in states:
            total += weights[state >> drop]
        return total * self._scale


def _states(state: int, text: str) -> list[int]:
    """The hash of each prefix of the text."""
    states = []
    for character in text:
        state = ((state ^ ord(character)) * MULTIPLIER) & MASK
        state ^= state >> SHIFT
        states.append(state)
    return states


def folded(text: str) -> str:
    """The text as the model sees it: no spaces, one digit, one Latin letter, narrow marks."""
    return _SPACE.sub("", text).translate(_FOLDED)


@cache
def shipped_joint_model() -> JointModel:
    """The model that comes with the package."""
    return JointModel(Path(__file__).parents[1] / "model" / "joints.npz")
