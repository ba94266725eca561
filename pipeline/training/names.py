"""Trains the NER model that the package ships, with HanLP's own trainer.

Recipe: skip-gram vectors for characters and bigrams (Mikolov et al. 2013) from plain text, or from the training
sentences where none is given, then `CharNER` with Adam, the learning rate falling linearly to zero. One thread, so that
the same files, seed and versions give the same weights; the best epoch on the development set is kept.
`pipeline/model/README.md` has the data and the scores of the shipped model.

HanLP reports its progress to the logger of this module, at level INFO.
"""

from __future__ import annotations

import json
import logging
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import torch
from hanlp.layers.embeddings.embedding import EmbeddingList

from pipeline.recognize.ner.char_ner import BigramEmbedding, CharNER, LookupEmbedding, fold_character
from pipeline.recognize.ner.isolation import silence
from pipeline.rulebook import Rulebook, load_rulebook
from pipeline.training.corpus import CorpusError, Sentence, file_texts, make_folder, read_tsv
from pipeline.training.damage import Damage
from pipeline.training.generation import Generator
from pipeline.training.hanlp_trainer import Continued, Fresh, Trainer, hanlp_log
from pipeline.training.overlap import Overlap
from pipeline.training.vectors import tables

Scores = dict[str, dict[str, float]]
"""Strict entity precision, recall and F1 (percent) and the number of gold entities, by label and for `all`."""

_LONGEST_SENTENCE = 200
_SHORTEST_TEXT_LINE = 8

_log = logging.getLogger(__name__)


def train(
    training: Sequence[Path],
    development: Sequence[Path],
    out: Path,
    *,
    tests: Sequence[Path] = (),
    texts: Sequence[Path] = (),
    without: Sequence[Path] = (),
    pretrain: bool = True,
    start: Path | None = None,
    generated: int = 0,
    damage: float = 0.0,
    rulebook: Rulebook | None = None,
    epochs: int = 14,
    hidden: int = 192,
    learning_rate: float = 2e-3,
    batch_size: int = 96,
    development_sentences: int = 1000,
    seed: int = 7,
) -> dict[str, Scores]:
    """Trains a model into `out` and returns its scores on `tests`, which it also writes to `out/scores.json`.

    `training`, `development` and `tests` are labelled files: one `character<TAB>tag` a line, a blank line between
    sentences, tags `O` and `B-`/`I-` with `PER`, `ORG`, `LOC`. `texts` (.txt, .jsonl with `text`) are for the vectors,
    in place of the training sentences. All are UTF-8 and may be gzipped. What shares 20 characters in a row with a text
    of `without` (the same kinds of files, or folders of .txt) teaches nothing. The scores' keys are the test files'
    names up to `.tsv`.

    `pretrain` makes the skip-gram vectors, with gensim; without it the embeddings start random. `start` is the folder
    of a model of this kind to go on from, with its vocabularies and weights, and so without `texts`: a small corpus of
    the own field, given more than once among large ones, adapts a model within a few epochs. `generated` sentences are
    put to those of the files, and the share `damage` of all (0 to 1) gets what scanners leave; both are drawn with
    words of `rulebook` (None is that of the package). `hidden` is the width of the LSTM in each direction (that of
    `start`, where there is one); `development_sentences` are drawn from the development files. Raises `TrainingError`
    (`CorpusError` for a file) before `out` is touched.
    """
    torch.set_num_threads(1)
    judges = [p for path in without for p in (sorted(path.rglob("*.txt")) if path.is_dir() else [path])]
    barred = Overlap(text for path in judges for text in file_texts(path))
    shuffled = [s for path in training for s in _chop(read_tsv(path)) if not barred(_text(s))]
    held_out = [s for path in development for s in read_tsv(path)]
    _check(training, shuffled, "training")
    _check(development, held_out, "development")
    for path in tests:
        read_tsv(path)  # a mistake in there should not show after the training
    if generated or damage:
        rulebook = rulebook or load_rulebook()
        shuffled += Generator(rulebook, seed)(generated)
        shuffled = list(Damage(rulebook, damage, seed)(shuffled))
    random.Random(seed).shuffle(shuffled)  # noqa: S311  not for secrets
    random.Random(seed).shuffle(held_out)  # noqa: S311
    trainer: Trainer
    if start:
        trainer = Continued(start)
        hidden = trainer.hidden
    else:
        trainer = Fresh(tables([*_lines(texts, barred)] or [_text(s) for s in shuffled], seed, pretrain))
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
            logger=hanlp_log(_log),
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


def _lines(texts: Iterable[Path], barred: Overlap) -> Iterator[str]:
    for path in texts:
        for text in file_texts(path):
            for line in text.splitlines():
                line = " ".join(line.split())
                if len(line) >= _SHORTEST_TEXT_LINE and not barred(line):
                    yield line


def _text(sentence: Sentence) -> str:
    return "".join(character for character, _ in sentence)


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
