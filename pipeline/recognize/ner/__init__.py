"""HanLP's named entities: a batch of sentences in, spans out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from pipeline.document import Entity, EntityKind
from pipeline.recognize.ner.hanlp_model import ModelError, Tagger, load_folder, load_published
from pipeline.recognize.ner.windows import Span, cut, group, join

__all__ = ["SHIPPED_MODEL", "HanLP", "ModelError", "Ner", "load_ner"]

SHIPPED_MODEL = Path(__file__).parents[2] / "model"
SHIPPED_NAME = "zhengce-ner"

# The names that MSRA, OntoNotes, PKU, CLUENER and their kin give to the kinds; all other labels are dropped.
# Places are no mentions: they tell where the name of a body begins.
_KINDS: dict[str, EntityKind] = {
    **dict.fromkeys(("ORG", "ORGANIZATION", "NT", "COMPANY", "GOVERNMENT"), "organization"),
    **dict.fromkeys(("PER", "PERSON", "NR", "NAME"), "person"),
    **dict.fromkeys(("LOC", "LOCATION", "GPE", "NS"), "place"),
}

_MODEL_FILES = (".json", ".pt", ".bin", ".safetensors", ".txt")


class Ner(Protocol):
    """A model that finds organizations and people."""

    name: str
    digest: str | None
    """SHA-256 over the files of a model that lies in a folder: two of one name need not be the same."""

    def __call__(self, sentences: Sequence[str]) -> list[list[Entity]]:
        """The entities of each sentence, in text order, without overlaps."""
        ...


class HanLP:
    """A HanLP model behind the `Ner` face. A sentence over its limit is read in overlapping windows, never cut."""

    def __init__(self, name: str, tagger: Tagger, digest: str | None = None) -> None:
        self.name = name
        self.digest = digest
        self._tagger = tagger

    def __call__(self, sentences: Sequence[str]) -> list[list[Entity]]:
        """See `Ner`. What is found in a sentence does not depend on the order of the sentences."""
        limit = self._tagger.limit
        windows = [cut(self._tagger.costs(s), limit, limit // 4) for s in sentences]
        pieces = [[s[start:end] for start, end in ws] for s, ws in zip(sentences, windows, strict=True)]
        found = self._find([p for ps in pieces for p in ps if p.strip()])
        return [
            [
                Entity(_KINDS[s.label.upper()], s.start, s.end)
                for s in join(len(sentence), ws, [found.get(p, ()) for p in ps])
            ]
            for sentence, ws, ps in zip(sentences, windows, pieces, strict=True)
        ]

    def _find(self, texts: Sequence[str]) -> dict[str, list[Span]]:
        costs = {text: sum(self._tagger.costs(text)) for text in texts}
        found: dict[str, list[Span]] = {}
        for batch in group(costs, self._tagger.batch_cost):
            for text, spans in zip(batch, self._tagger(batch), strict=True):
                found[text] = [_trimmed(text, span) for span in spans if span.label.upper() in _KINDS]
        return found


def _trimmed(text: str, span: Span) -> Span:
    """The span without the blanks at its ends, which models take for part of a name now and then."""
    name = text[span.start : span.end]
    start = span.start + len(name) - len(name.lstrip())
    return Span(start, max(start, span.start + len(name.rstrip())), span.label)


def load_ner(model: str | None = None) -> Ner:
    """Loads a model on the CPU, with one torch thread for the whole process. Raises `ModelError`.

    None is the shipped model; else a folder with a HanLP model (RNN or transformer NER over characters, or multi-task),
    named by the folder's name; else a name of `hanlp.pretrained`, the only case in which anything is downloaded.
    A transformer's encoder configuration and tokenizer may lie in the folder itself or in a folder below.
    """
    import torch

    torch.set_num_threads(1)
    folder = SHIPPED_MODEL if model is None else Path(model)
    if folder.is_dir():
        # Not the path: records should be the same on every machine.
        name = SHIPPED_NAME if model is None else folder.resolve().name
        tagger, digest = load_folder(model or name, folder), _digest(folder)
    else:
        name, tagger, digest = model or SHIPPED_NAME, load_published(model or SHIPPED_NAME), None
    if not any(_KINDS.get(label.upper(), "place") != "place" for label in tagger.labels):
        labels = ", ".join(sorted(tagger.labels))
        raise ModelError(f"{model or name}: knows neither organizations nor persons, its labels are {labels}")
    return HanLP(name, tagger, digest)


def _digest(folder: Path) -> str:
    """What decides about a model's answers: its configuration, vocabularies and weights."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in _MODEL_FILES):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()
