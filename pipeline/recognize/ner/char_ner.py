"""The HanLP component behind the shipped model: a character BiLSTM-CRF tagger.

Built from HanLP's own parts (`RNNNamedEntityRecognizer`, the `Embedding` interface). A saved model's `config.json`
names these classes by class path, so `hanlp.load(folder)` works wherever this package is installed.

The architecture is Lample et al. 2016, "Neural Architectures for Named Entity Recognition" (BiLSTM-CRF), with character
and character-bigram embeddings as its only input.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import torch
from hanlp.common.vocab import Vocab
from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer
from hanlp.layers.embeddings.embedding import Embedding, EmbeddingDim
from torch import nn

_FULL_WIDTH = str.maketrans(",:;?!()", "，：；？！（）")
_FOLDED = {
    **dict.fromkeys("“”„‟″＂", '"'),
    **dict.fromkeys("‘’`´＇", "'"),
    **dict.fromkeys("—–―─━－﹣‐‑", "-"),
    **dict.fromkeys("•・‧∙●．", "·"),
}


@lru_cache(maxsize=65536)
def fold_character(character: str) -> str:
    """One character in, exactly one out, so that offsets hold.

    OCR writes the same mark in several widths; the model sees one: letters half width, punctuation full width, one
    kind of quote, dash, dot and space, and `0` for every digit.
    """
    if character in _FOLDED:
        return _FOLDED[character]
    if character.isspace():
        return "␣"
    compatible = unicodedata.normalize("NFKC", character)
    if len(compatible) == 1:
        character = compatible
    character = character.translate(_FULL_WIDTH)
    return "0" if character.isascii() and character.isdigit() else character


class _BigramTransform:
    """Adds the bigrams c(i)c(i+1) of a sample's tokens, one for each token."""

    def __init__(self, field: str) -> None:
        self.field = field

    def __call__(self, sample: dict[str, Any]) -> dict[str, Any]:
        tokens = sample["token"]
        sample[self.field] = bigrams(tokens)
        return sample

    def __eq__(self, other: object) -> bool:
        # HanLP asks whether the transform is in a data set's list already.
        return isinstance(other, _BigramTransform) and other.field == self.field

    def __hash__(self) -> int:
        return hash(self.field)


def bigrams(tokens: Sequence[str]) -> list[str]:
    """The bigram that starts at each token; the last one is closed with `$`."""
    return [first + second for first, second in zip(tokens, [*tokens[1:], "$"], strict=True)]


class _Lookup(nn.Module, EmbeddingDim):  # type: ignore[misc]
    def __init__(self, field: str, table: nn.Embedding) -> None:
        super().__init__()
        self.field = field
        self.table = table

    def forward(self, batch: dict[str, torch.Tensor], **_: Any) -> torch.Tensor:
        return self.table(batch[f"{self.field}_id"])  # type: ignore[no-any-return]

    @property
    def embedding_dim(self) -> int:
        return self.table.embedding_dim


class LookupEmbedding(Embedding):  # type: ignore[misc]
    """A trainable table over the vocabulary of one field of the samples."""

    def __init__(self, field: str = "token", dim: int = 100, sparse: bool = False) -> None:
        super().__init__()
        self.field = field
        self.dim = dim
        self.sparse = sparse

    def transform(self, vocabs: Any = None, **_: Any) -> Callable[[dict[str, Any]], dict[str, Any]] | None:
        """Announces the vocabulary; the samples have the field already."""
        if self.field not in vocabs:
            vocabs[self.field] = Vocab()
        return None

    def module(self, vocabs: Any = None, **_: Any) -> nn.Module:
        """The table, random, with a zero row for the padding."""
        vocab = vocabs[self.field]
        table = nn.Embedding(len(vocab), self.dim, padding_idx=vocab.pad_idx, sparse=self.sparse)
        nn.init.normal_(table.weight, std=0.1)
        with torch.no_grad():
            table.weight[vocab.pad_idx].zero_()
        return _Lookup(self.field, table)


class BigramEmbedding(LookupEmbedding):
    """A table over character bigrams, the cheapest stand-in for words."""

    def __init__(self, field: str = "bigram", dim: int = 50, sparse: bool = True) -> None:
        super().__init__(field, dim, sparse)

    def transform(self, vocabs: Any = None, **_: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
        """Announces the vocabulary; the returned transform adds the bigrams to a sample."""
        super().transform(vocabs)
        return _BigramTransform(self.field)


class CharNER(RNNNamedEntityRecognizer):  # type: ignore[misc]
    """HanLP's RNN NER over folded characters, with its CRF put right.

    hanlp 2.1.5 builds `CRF(n_out, crf_constraints)`, but the second parameter of `CRF` is `batch_first`: it is None
    there, and the CRF runs over the batch axis instead of the time axis, in training and in decoding.
    """

    def build_model(self, **kwargs: Any) -> nn.Module:
        """HanLP's model, its CRF over the time axis."""
        model: nn.Module = super().build_model(**kwargs)
        model.crf.batch_first = True  # type: ignore[union-attr]
        return model

    def build_samples(self, data: list[list[str]], **_: Any) -> list[dict[str, list[str]]]:
        """Samples of folded characters."""
        key = self.config.token_key
        return [{key: [fold_character(c) for c in sentence]} for sentence in data]
