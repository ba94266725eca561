"""Keeps texts that a model is to be judged by out of its training."""

from __future__ import annotations

from collections.abc import Iterable

_SHARED = 20
_WHOLE = 10


class Overlap:
    """Tells what shares text with given texts; white space does not count."""

    def __init__(self, texts: Iterable[str]) -> None:
        squeezed = ["".join(text.split()) for text in texts]
        self._text = "\n".join(squeezed)
        self._grams = {text[i : i + _SHARED] for text in squeezed for i in range(len(text) - _SHARED + 1)}

    def __call__(self, text: str) -> bool:
        """Whether it has 20 characters in a row with them in common, or is shorter, at least 10, and part of one."""
        text = "".join(text.split())
        if len(text) < _SHARED:
            return len(text) >= _WHOLE and text in self._text
        return any(text[i : i + _SHARED] in self._grams for i in range(len(text) - _SHARED + 1))
