"""Trains the NER model that the package ships, with HanLP's own trainer.

Recipe: skip-gram vectors for characters and bigrams (Mikolov et al. 2013) from the training sentences and any plain
text given, then `CharNER` with Adam, the learning rate falling linearly to zero. One thread, so that the same files,
seed and versions give the same weights; the best epoch on the development set is kept. `pipeline/model/README.md` has
the data and the scores of the shipped model.

HanLP reports its progress to the logger of this module, at level INFO.
"""

from __future__ import annotations

import json
import logging
import pickle
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
from hanlp.utils.log_util import remove_color_tag
from torch import nn

from pipeline.recognize.ner.char_ner import BigramEmbedding, CharNER, LookupEmbedding, bigrams, fold_character
from pipeline.recognize.ner.isolation import silence
from pipeline.training.corpus import CorpusError, Sentence, TrainingError, make_folder, read_lines, read_tsv

Scores = dict[str, dict[str, float]]
"""Strict entity precision, recall and F1 (percent) and the number of gold entities, by label and for `all`."""

_LONGEST_SENTENCE = 200
_SHORTEST_TEXT_LINE = 8
_MIN_COUNT = {"token": 3, "bigram": 8}

_log = logging.getLogger(__name__)


def train(
    training: Sequence[Path],
    development: Sequence[Path],
    out: Path,
    *,
    tests: Sequence[Path] = (),
    texts: Sequence[Path] = (),
    pretrain: bool = True,
    start: Path | None = None,
    epochs: int = 14,
    hidden: int = 128,
    learning_rate: float = 2e-3,
    batch_size: int = 96,
    development_sentences: int = 1000,
    seed: int = 7,
) -> dict[str, Scores]:
    """Trains a model into `out` and returns its scores on `tests`, which it also writes to `out/scores.json`.

    `training`, `development` and `tests` are labelled files: one `character<TAB>tag` a line, a blank line between
    sentences, tags `O` and `B-`/`I-` with `PER`, `ORG`, `LOC`. `texts` hold plain lines, for the vectors. All are UTF-8
    and may be gzipped. The scores' keys are the test files' names up to `.tsv`.

    `pretrain` makes the skip-gram vectors, with gensim; without it the embeddings start random. `start` is the folder
    of a model of this kind to go on from, with its vocabularies and weights, and so without `texts`: a small corpus of
    the own field, given more than once among large ones, adapts a model within a few epochs. `hidden` is the width
    of the LSTM in each direction (that of `start`, where there is one); `development_sentences` are drawn from the
    development files. Raises `TrainingError` (`CorpusError` for a file) before `out` is touched.
    """
    torch.set_num_threads(1)
    shuffled = [s for path in training for s in _chop(read_tsv(path))]
    held_out = [s for path in development for s in read_tsv(path)]
    _check(training, shuffled, "training")
    _check(development, held_out, "development")
    for path in tests:
        read_tsv(path)  # a mistake in there should not show after the training
    random.Random(seed).shuffle(shuffled)  # noqa: S311  not for secrets
    random.Random(seed).shuffle(held_out)  # noqa: S311
    trainer: _Trainer
    if start:
        trainer = _Continued(start)
        hidden = trainer.hidden
    else:
        trainer = _Fresh(_tables(shuffled, texts, seed, pretrain))
    make_folder(out)
    with tempfile.TemporaryDirectory() as folder, silence():
        train_tsv, dev_tsv = Path(folder, "train.tsv"), Path(folder, "dev.tsv")
        _write_tsv(train_tsv, shuffled)
        _write_tsv(dev_tsv, list(_chop(held_out[:development_sentences])))
        trainer.fit(
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
            logger=_hanlp_log(),
        )
    _export(out)
    scores = {path.name.split(".tsv")[0]: evaluate(out, path) for path in tests}
    (out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
    return scores


def evaluate(model: Path, corpus: Path) -> Scores:
    """The scores of the model in a folder on a labelled file, through `hanlp.load` and predict.

    Raises `CorpusError`; a folder that holds no model raises what HanLP raises.
    """
    import hanlp

    ner = hanlp.load(str(model), devices=-1, verbose=False)
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


def _check(paths: Sequence[Path], sentences: Sequence[Sentence], purpose: str) -> None:
    names = ", ".join(map(str, paths)) or "no file given"
    if not sentences:
        raise CorpusError(f"{names}: no {purpose} sentences")
    if not any(tag[2:] in ("ORG", "PER") for sentence in sentences for _, tag in sentence):
        raise CorpusError(f"{names}: no ORG and no PER among the {purpose} tags")


def _plain_lines(path: Path) -> Iterator[str]:
    for line in read_lines(path):
        squeezed = "".join(line.split())
        if len(squeezed) >= _SHORTEST_TEXT_LINE:
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


Table = tuple[list[str], torch.Tensor | None]
"""The tokens of a vocabulary, most frequent first, and their vectors, shape (tokens, dimension), if there are any."""


def _tables(training: Sequence[Sentence], texts: Sequence[Path], seed: int, pretrain: bool) -> dict[str, Table]:
    lines = [[fold_character(c) for c, _ in s] for s in training]
    lines += [[fold_character(c) for c in line] for path in texts for line in _plain_lines(path)]
    pairs = [bigrams(line) for line in lines]
    return {
        "token": _table(lines, LookupEmbedding().dim, _MIN_COUNT["token"], seed, pretrain),
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


def _hanlp_log() -> logging.Logger:
    log = _log.getChild("hanlp")
    if not log.filters:
        log.addFilter(_without_color)
    return log


def _without_color(record: logging.LogRecord) -> bool:
    record.msg = remove_color_tag(str(record.msg))
    return True


class _Trainer(CharNER):
    """`CharNER` with a loop that does not decode the training batches."""

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0

    def build_dataset(self, data: Any, transform: Any) -> Any:
        return TSVTaggingDataset(data, transform, cache=isinstance(data, str))

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


class _Fresh(_Trainer):
    """Begins with given vocabularies and vectors."""

    def __init__(self, tables: dict[str, Table]) -> None:
        super().__init__()
        self._tables = tables

    def build_vocabs(self, dataset: Any, logger: Any) -> None:
        self.vocabs.tag = Vocab(unk_token=None, pad_token=None)
        for field, (tokens, _) in self._tables.items():
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
                tokens, vectors = self._tables[lookup.field]
                if vectors is not None:
                    lookup.table.weight[-len(tokens) :] = vectors
        return model


class _Continued(_Trainer):
    """Begins with the vocabularies and weights of a trained model. Raises `TrainingError` for a folder without one."""

    def __init__(self, start: Path) -> None:
        super().__init__()
        try:
            self.hidden: int = json.loads((start / "config.json").read_text("utf-8"))["rnn_hidden"]
            self.vocabs.load_vocabs(str(start))
            self._weights = torch.load(start / "model.pt", map_location="cpu", weights_only=True)
        except (OSError, ValueError, LookupError, RuntimeError, pickle.UnpicklingError) as error:
            raise TrainingError(f"{start}: no model of this kind to go on from: {error}") from error

    def build_model(self, **kwargs: Any) -> nn.Module:
        model = super().build_model(**kwargs)
        model.load_state_dict(self._weights)
        return model


def _export(out: Path) -> None:
    """Makes the folder loadable on its own: the public class path, half-precision weights, no paths of this machine."""
    config_path = out / "config.json"
    config = json.loads(config_path.read_text("utf-8"))
    config["classpath"] = f"{CharNER.__module__}.{CharNER.__qualname__}"
    for name in ("trn_data", "dev_data", "save_dir"):
        config.pop(name, None)
    config_path.write_text(json.dumps(config, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    weights = torch.load(out / "model.pt", map_location="cpu", weights_only=True)
    torch.save({k: w.half() if not k.startswith("crf") else w for k, w in weights.items()}, out / "model.pt")
