"""HanLP's named entities: a batch of sentences in, spans out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

SHIPPED_MODEL = Path(__file__).parent.parent / "model"


class ModelError(ValueError):
    """A model cannot be loaded; the message names it and the cause."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity of a sentence: `sentence[start:end]`, in code points."""

    kind: Literal["organization", "person"]
    start: int
    end: int


class Ner(Protocol):
    """A model that finds organizations and people."""

    name: str

    def __call__(self, sentences: Sequence[str]) -> list[list[Entity]]:
        """The entities of each sentence, in text order, without overlaps."""
        ...


class HanLP:
    """A HanLP model behind the `Ner` face."""

    def __init__(self, model: str | None) -> None:
        import hanlp
        import torch

        torch.set_num_threads(1)
        self.name = model or "zhengce-ner"
        self._model = hanlp.load(str(model or SHIPPED_MODEL), devices=-1)

    def __call__(self, sentences: Sequence[str]) -> list[list[Entity]]:
        """See `Ner`."""
        if not sentences:
            return []
        kinds: dict[str, Literal["organization", "person"]] = {"ORG": "organization", "PER": "person"}
        return [
            sorted((Entity(kinds[label], b, e) for _, label, b, e in entities if label in kinds), key=lambda x: x.start)
            for entities in self._model([list(s) for s in sentences], batch_size=32)
        ]


def load_ner(model: str | None = None) -> Ner:
    """Loads a model: None for the shipped one. Raises `ModelError`."""
    return HanLP(model)
