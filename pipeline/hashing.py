"""Strings as features: folded characters, and hashes in which strings are gone on with or put together.

The hashing trick of Weinberger et al. 2009; the multiplier is that of Knuth's multiplicative hashing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]
"""Hashes of 32 bits; products keep their lower half."""

_MULTIPLIER, _SHIFT = np.uint32(0x9E3779B1), np.uint32(15)

FOLDED = str.maketrans(
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
"""What stands for a code point in the eyes of a model; None for what it does not see."""


def folded(text: str) -> str:
    """The text as a model sees it: no spaces, one digit, one Latin letter, narrow marks."""
    return text.translate(FOLDED)


def mixed(state: Hashes, other: Hashes) -> Hashes:
    """The hash of a string gone on with, or of two strings that meet."""
    state = (state ^ other) * _MULTIPLIER
    return state ^ (state >> _SHIFT)
