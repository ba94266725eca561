"""Trains the NER model that the package ships, with HanLP's own trainer.

Recipe: skip-gram vectors for characters and bigrams (Mikolov et al. 2013) from the training sentences and any plain
text given, then `CharNER` with Adam, the learning rate falling linearly to zero. One thread; the best epoch on the
development set is kept. `pipeline/model/README.md` has the data and the scores of the shipped model.
"""

from __future__ import annotations

import gzip
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from hanlp.common.vocab import Vocab
from hanlp.datasets.ner.loaders.tsv import TSVTaggingDataset
from hanlp.layers.embeddings.embedding import EmbeddingList
from torch import nn

from pipeline.recognize.char_ner import BigramEmbedding, CharNER, LookupEmbedding, bigrams, fold_character

Sentence = list[tuple[str, str]]
"""(character, BIO tag) pairs."""

_LONGEST_SENTENCE = 200
_MIN_COUNT = {"token": 3, "bigram": 8}


class CorpusError(ValueError):
    """A training file is not what it should be; the message names file and line."""


def train(
    training: Sequence[Path],
    development: Sequence[Path],
    out: Path,
    *,
    tests: Sequence[Path] = (),
    texts: Sequence[Path] = (),
    epochs: int = 14,
    hidden: int = 128,
    learning_rate: float = 2e-3,
    batch_size: int = 96,
    development_sentences: int = 1000,
    seed: int = 7,
) -> dict[str, dict[str, dict[str, float]]]:
    """Trains a model into `out` and returns its scores on `tests`, which it also writes to `out/scores.json`.

    The labelled files hold one `character<TAB>tag` a line and a blank line between sentences, tags `O` and `B-`/`I-`
    with `PER`, `ORG`, `LOC`; `texts` hold plain lines. All may be gzipped. Raises `CorpusError`.
    """
    torch.set_num_threads(1)
    shuffled = [s for path in training for s in _chop(read_tsv(path))]
    random.Random(seed).shuffle(shuffled)
    held_out = [s for path in development for s in read_tsv(path)]
    random.Random(seed).shuffle(held_out)
    lines = [[fold_character(c) for c, _ in s] for s in shuffled]
    lines += [[fold_character(c) for c in line] for path in texts for line in _plain_lines(path)]
    vectors = {
        "token": _skip_gram(lines, 100, _MIN_COUNT["token"], seed),
        "bigram": _skip_gram([bigrams(line) for line in lines], 50, _MIN_COUNT["bigram"], seed),
    }
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        train_tsv, dev_tsv = Path(folder, "train.tsv"), Path(folder, "dev.tsv")
        _write_tsv(train_tsv, shuffled)
        _write_tsv(dev_tsv, list(_chop(held_out[:development_sentences])))
        _Trainer(vectors).fit(
            str(train_tsv),
            str(dev_tsv),
            str(out),
            epochs=epochs,
            batch_size=batch_size,
            embed=EmbeddingList(LookupEmbedding(), BigramEmbedding()),
            rnn_hidden=hidden,
            drop=0.4,
            lr=learning_rate,
            tagging_scheme="BIO",
            token_delimiter="",
            devices=-1,
            seed=seed,
            patience=epochs,
        )
    _export(out)
    scores = {path.name.split(".tsv")[0]: evaluate(out, path) for path in tests}
    (out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
    return scores


def evaluate(model: Path, corpus: Path) -> dict[str, dict[str, float]]:
    """Strict entity precision, recall and F1 (percent) by type and over all, through `hanlp.load` and predict."""
    import hanlp

    ner = hanlp.load(str(model), devices=-1)
    sentences = list(_chop(read_tsv(corpus)))
    with torch.no_grad():
        predicted = ner([[c for c, _ in s] for s in sentences], batch_size=128)
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for sentence, entities in zip(sentences, predicted, strict=True):
        got = {(label, start, end) for _, label, start, end in entities}
        gold = set(_spans([tag for _, tag in sentence]))
        for counter, spans in ((found, got), (wanted, gold), (right, got & gold)):
            counter.update(label for label, _, _ in spans)
            counter["all"] += len(spans)
    return {
        label: {
            "precision": round(100 * right[label] / max(1, found[label]), 2),
            "recall": round(100 * right[label] / max(1, wanted[label]), 2),
            "f1": round(200 * right[label] / max(1, found[label] + wanted[label]), 2),
            "gold": wanted[label],
        }
        for label in sorted(wanted)
    }


def read_tsv(path: Path) -> list[Sentence]:
    """The sentences of a labelled file. Raises `CorpusError` for a line that is not `character<TAB>tag`."""
    sentences: list[Sentence] = [[]]
    for number, line in enumerate(_lines(path), 1):
        if not line:
            sentences.append([])
            continue
        character, tab, tag = line.partition("\t")
        if not tab or len(character) != 1 or not (tag == "O" or tag[:2] in ("B-", "I-")):
            raise CorpusError(f"{path}:{number}: not 'character<TAB>tag'")
        sentences[-1].append((character, tag))
    return [s for s in sentences if s]


def _lines(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                yield line.rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: {error}") from error


def _plain_lines(path: Path) -> Iterator[str]:
    for line in _lines(path):
        squeezed = "".join(line.split())
        if len(squeezed) >= 8:
            yield squeezed


def _chop(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Cuts over-long sentences after a punctuation mark, never inside an entity."""
    for sentence in sentences:
        piece: Sentence = []
        for (character, tag), following in zip(sentence, [*sentence[1:], ("", "O")], strict=True):
            piece.append((character, tag))
            inside = following[1].startswith("I-")
            if not inside and len(piece) >= _LONGEST_SENTENCE and character in "。，；、！？,;":
                yield piece
                piece = []
        if piece:
            yield piece


def _write_tsv(path: Path, sentences: Iterable[Sentence]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for sentence in sentences:
            stream.write("".join(f"{fold_character(c)}\t{tag}\n" for c, tag in sentence) + "\n")


def _spans(tags: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    start = None
    for index, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            yield tags[start][2:], start, index
            start = None
        if tag.startswith("B-"):
            start = index


Vectors = tuple[list[str], torch.Tensor]
"""Tokens, most frequent first, and their vectors, shape (tokens, dimension)."""


def _skip_gram(lines: Sequence[Sequence[str]], dimension: int, min_count: int, seed: int) -> Vectors:
    from gensim.models import Word2Vec  # only training needs it

    model = Word2Vec(
        lines, vector_size=dimension, min_count=min_count, sg=1, negative=5, sample=1e-4, epochs=3, workers=2, seed=seed
    )
    vectors = torch.from_numpy(model.wv.vectors.copy())
    return list(model.wv.index_to_key), vectors / vectors.std() * 0.3


class _Trainer(CharNER):
    """`CharNER` with given vocabularies and vectors, and a loop that does not decode the training batches."""

    def __init__(self, vectors: dict[str, Vectors]) -> None:
        super().__init__()
        self._vectors = vectors
        self._steps = 0

    def build_dataset(self, data: Any, transform: Any) -> Any:
        return TSVTaggingDataset(data, transform, cache=isinstance(data, str))

    def build_vocabs(self, dataset: Any, logger: Any) -> None:
        self.vocabs.tag = Vocab(unk_token=None, pad_token=None)
        for field, (tokens, _) in self._vectors.items():
            self.vocabs[field] = Vocab()
            self.vocabs[field].update(tokens)
            self.vocabs[field].lock()
        for _ in dataset:  # reading a sample adds its tags
            pass
        self.vocabs.lock()
        self.vocabs.summary(logger)

    def build_model(self, **kwargs: Any) -> nn.Module:
        model = super().build_model(**kwargs)
        with torch.no_grad():
            for lookup in model.embed:  # type: ignore[union-attr]
                tokens, vectors = self._vectors[lookup.field]
                lookup.table.weight[-len(tokens) :] = vectors
        return model

    def build_optimizer(self, lr: float, **_: Any) -> list[torch.optim.Optimizer]:
        # Adam's momentum would go on moving a rare bigram's row long after its one gradient; SparseAdam does not.
        sparse = [lookup.table.weight for lookup in self.model.embed if lookup.table.sparse]
        dense = [p for p in self.model.parameters() if all(p is not q for q in sparse)]
        return [torch.optim.Adam(dense, lr=lr), torch.optim.SparseAdam(sparse, lr=lr)]

    def build_scheduler(self, **_: Any) -> None:
        return None

    def execute_training_loop(self, *, optimizer: list[torch.optim.Optimizer], **kwargs: Any) -> Any:
        # HanLP's log wants one optimizer; the loop below uses both.
        self._optimizers = optimizer
        return super().execute_training_loop(optimizer=optimizer[0], **kwargs)

    def fit_dataloader(self, trn: Any, criterion: Any, *_: Any, **__: Any) -> None:
        self.model.train()
        total = len(trn) * self.config.epochs
        for batch in trn:
            rate = self.config.lr * min(1.0, (self._steps + 1) / 100) * (1 - self._steps / total)
            for optimizer in self._optimizers:
                for group in optimizer.param_groups:
                    group["lr"] = rate
                optimizer.zero_grad()
            scores, mask = self.feed_batch(batch)
            self.compute_loss(criterion, scores, batch["tag_id"], mask).backward()
            nn.utils.clip_grad_norm_(self._optimizers[0].param_groups[0]["params"], 5.0)
            for optimizer in self._optimizers:
                optimizer.step()
            self._steps += 1


def _export(out: Path) -> None:
    """Makes the folder loadable on its own: the public class path, half-precision weights, no training log."""
    config_path = out / "config.json"
    config = json.loads(config_path.read_text("utf-8"))
    config["classpath"] = f"{CharNER.__module__}.{CharNER.__qualname__}"
    for name in ("trn_data", "dev_data", "save_dir"):
        config.pop(name, None)
    config_path.write_text(json.dumps(config, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    weights = torch.load(out / "model.pt", map_location="cpu", weights_only=True)
    torch.save({k: w.half() if not k.startswith("crf") else w for k, w in weights.items()}, out / "model.pt")
    for log in out.glob("*.log"):
        log.unlink()
