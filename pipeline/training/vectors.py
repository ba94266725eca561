"""Vocabularies of characters and bigrams, with skip-gram vectors (Mikolov et al. 2013)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import torch

from pipeline.recognize.ner.char_ner import BigramEmbedding, LookupEmbedding, bigrams, fold_character
from pipeline.training.corpus import CorpusError, TrainingError

_MIN_COUNT = {"token": 3, "bigram": 8}

Table = tuple[list[str], torch.Tensor | None]
"""The tokens of a vocabulary, most frequent first, and their vectors, shape (tokens, dimension), if there are any."""


def tables(lines: Iterable[str], seed: int, pretrain: bool) -> dict[str, Table]:
    """The tables of the model's fields, from lines of text.

    Without `pretrain` there are no vectors. Raises `CorpusError` for too little text, `TrainingError` without gensim.
    """
    folded = [[fold_character(c) for c in line] for line in lines]
    pairs = [bigrams(line) for line in folded]
    return {
        "token": _table(folded, LookupEmbedding().dim, _MIN_COUNT["token"], seed, pretrain),
        "bigram": _table(pairs, BigramEmbedding().dim, _MIN_COUNT["bigram"], seed, pretrain),
    }


def _table(lines: Sequence[Sequence[str]], dimension: int, min_count: int, seed: int, pretrain: bool) -> Table:
    counts = Counter(token for line in lines for token in line)
    tokens = [token for token, count in counts.most_common() if count >= min_count]
    if not tokens:
        raise CorpusError(f"too little text: no character or pair of characters occurs {min_count} times")
    if not pretrain:
        return tokens, None
    try:
        from gensim.models import Word2Vec
    except ImportError as error:
        raise TrainingError("training needs gensim: pip install 'zhengce[train]'") from error

    model = Word2Vec(
        lines, vector_size=dimension, min_count=min_count, sg=1, negative=5, sample=1e-4, epochs=3, workers=1, seed=seed
    )
    vectors = torch.from_numpy(model.wv.vectors.copy())
    return list(model.wv.index_to_key), vectors / vectors.std() * 0.3
