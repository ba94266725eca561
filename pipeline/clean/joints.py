"""How well one line continues another, judged by the characters on both sides of the break.

Three logistic regressions with hashed features (Weinberger et al. 2009): over the strings that end the upper line, over
those that begin the lower line, and over both together with the strings that meet at the break. They were trained on
places inside paragraphs against places where blocks end and begin; `pipeline/model/layout.md` has the recipe and the
scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.hashing import Hashes, folded, mixed

REACH = 4
"""How many characters on each side are looked at."""

CROSSED = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 1), (1, 2))
"""Which strings across the break are looked at: characters before it less one, characters after it less one."""

UPPER, LOWER = 1, 2
"""What the hashes of each side begin with."""


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
            self.scale = float(stored["scale"])
            self.together, self.cut, self.midway = (Table(stored, name) for name in ("joint", "upper", "lower"))

    def __call__(self, upper: str, lower: str) -> Joint:
        """What the characters around one break say."""
        return Joints(self, [upper, lower]).between(0, 1)


class Joints:
    """What the characters around the breaks between some texts say, worked out for the whole page at once."""

    def __init__(self, model: JointModel, texts: Sequence[str]) -> None:
        self._model = model
        self._number = len(texts)
        # The end of each text, back to front, and its beginning; both sides are hashed together.
        codes = _columns([*map(_end, texts), *map(_beginning, texts)])
        hashes = states(np.repeat(np.array([UPPER, LOWER], np.uint32), self._number), codes)
        self._uppers, self._lowers = hashes[:, : self._number], hashes[:, self._number :]
        self._alone = model.together.sum(hashes)
        self._cut = model.cut.sum(self._uppers).tolist()
        self._midway = model.midway.sum(self._lowers).tolist()
        self._together: dict[int, list[int]] = {}

    def between(self, i: int, j: int) -> Joint:
        """What the characters say of text `j` going on with text `i`, which stands above it."""
        distance = j - i
        if distance not in self._together:
            self._together[distance] = self._at(distance)
        model = self._model
        return Joint(
            self._together[distance][i] * model.scale + model.together.bias,
            self._cut[i] * model.scale + model.cut.bias,
            self._midway[j] * model.scale + model.midway.bias,
        )

    def _at(self, distance: int) -> list[int]:
        """The joint of each text with the one so far below it."""
        above = self._number - distance
        upper, lower = zip(*CROSSED, strict=True)
        across = mixed(self._uppers[list(upper), :above], self._lowers[list(lower), distance:])
        alone = self._alone[:above] + self._alone[self._number + distance :]
        return (alone + self._model.together.sum(across)).tolist()  # type: ignore[no-any-return]


class Table:
    """Weights of hashed strings, in steps of the model's scale."""

    def __init__(self, stored: Mapping[str, NDArray[Any]], name: str) -> None:
        self._weights = stored[name].astype(np.int8)
        self._drop = np.uint32(32 - (len(self._weights) - 1).bit_length())
        self.bias = float(stored[f"{name}_bias"])

    def sum(self, hashes: Hashes) -> NDArray[np.int64]:
        """For each place the weights of its strings together; `hashes` has a row for each string."""
        total: NDArray[np.int64] = self._weights.take(hashes >> self._drop).sum(axis=0, dtype=np.int64)
        return total


def states(seeds: Hashes, codes: NDArray[np.uint32]) -> Hashes:
    """The hashes of each prefix of many strings, a row for each length; `codes` has a row for each character."""
    found = np.empty(codes.shape, np.uint32)
    state = seeds
    for row, characters in enumerate(codes):
        found[row] = state = mixed(state, characters)
    return found


def _columns(strings: Sequence[str]) -> NDArray[np.uint32]:
    """The code points of strings of `REACH` characters, a row for the first ones, one for the second, and so on."""
    codes = np.frombuffer("".join(strings).encode("utf-32-le", "surrogatepass"), np.uint32)
    return codes.reshape(len(strings), REACH).T


def _end(text: str) -> str:
    return folded(text[-2 * REACH :])[-REACH:].rjust(REACH)[::-1]


def _beginning(text: str) -> str:
    return folded(text[: 2 * REACH])[:REACH].ljust(REACH)
