"""Trains `pipeline.relate.quantities.tone`: what plans sound like, and what reviews of the past.

The chapters of work reports say in their headings which of the two they are. Reports alone would leave open what other
texts sound like: news tell of what is, demands (regulations, programmes) of what is to be. A logistic regression over
hashed strings, with AdaGrad (Duchi et al. 2011), over passages and over whole paragraphs; the weights are rounded to a
byte each.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean import Cleaner
from pipeline.document import Document
from pipeline.relate.quantities.passages import Passage, PassageReader
from pipeline.relate.quantities.sections import SectionReader
from pipeline.relate.quantities.tone import FEWEST, columns, folded_codes, hashes
from pipeline.rulebook import Rulebook
from pipeline.segment import ArticleSplitter, split_sentences
from pipeline.training.corpus import Advance, CorpusError, file_texts, make_folder
from pipeline.training.overlap import Overlap
from pipeline.training.scores import Score, probability, score_of

BITS = 17
"""How many weights there are, as a power of two."""

_SHARE = 0.5
"""How much of the other texts is seen in each epoch: all of them would outweigh the reports."""
_HELD_OUT = 5
"""One report in so many is for the scores."""
_SHORTEST = 15
"""Code points of the shortest passage that teaches anything."""
_RATE, _SMALLEST, _EPOCHS, _BATCH = 0.1, 1e-8, 8, 512
_LARGEST = 127

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Example:
    """The passages of a paragraph, or one of them, and whether they are part of a plan."""

    passages: tuple[str, ...]
    plan: bool


def train(
    reports: Sequence[Path],
    out: Path,
    rulebook: Rulebook,
    *,
    news: Sequence[Path] = (),
    demands: Sequence[Path] = (),
    without: Sequence[Path] = (),
    seed: int = 7,
    advance: Advance | None = None,
) -> dict[str, Score]:
    """Trains `tone.npz` into `out` and returns the scores, also written as `tone_scores.json`.

    The scores are of a model trained without one report in five, on the passages and paragraphs of these that share no
    20 characters with the others; the model that is written has learned from all. `without` are texts to be judged by:
    paragraphs that share as much with them teach nothing. The same files, seed and version of numpy give the same
    bytes. Raises `TrainingError` for files that teach nothing, or a folder that cannot be written.
    """
    make_folder(out)
    reader, judged = _Reader(rulebook), Overlap(text for path in without for text in file_texts(path))
    rng = np.random.default_rng(seed)
    texts = [text for path in reports for text in file_texts(path)]
    taught = []
    for done, text in enumerate(texts):
        if advance:
            advance("reports", done, len(texts))
        taught.append([example for example in reader.chapters(text) if not _shared(example, judged)])
    if {example.plan for examples in taught for example in examples} != {True, False}:
        raise CorpusError(f"{', '.join(map(str, reports))}: no report with chapters of both kinds, by their headings")
    others = [
        example
        for plan, paths in ((False, news), (True, demands))
        for example in reader.all(paths, plan)
        if not _shared(example, judged)
    ]
    scores = _scores(taught, others, texts, rng, advance)
    if advance:
        advance("training", 1, 2)
    weights, bias = _fitted([e for examples in taught for e in examples], others, rng)
    scale = float(np.abs(weights).max()) / _LARGEST
    rounded = np.rint(weights / scale).astype(np.int8)
    np.savez_compressed(out / "tone.npz", scale=np.float32(scale), bias=np.float32(bias), weights=rounded)
    content = {which: asdict(score) for which, score in scores.items()}
    (out / "tone_scores.json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    return scores


class _Reader:
    """Cuts texts into passages as the pipeline does."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._clean, self._articles = Cleaner(rulebook), ArticleSplitter(rulebook)
        self._passages = PassageReader(rulebook)

    def all(self, paths: Iterable[Path], plan: bool) -> list[_Example]:
        """The passages and paragraphs of files that are plans as a whole, or none."""
        texts = (text for path in paths for text in file_texts(path))
        return [example for text in texts for example in _examples((p, plan) for p in self._read(text))]

    def chapters(self, text: str) -> list[_Example]:
        """The passages and paragraphs of a report's chapters; a chapter that only its first words tell is left out."""
        return [*_examples(self._told_apart(text))]

    def _told_apart(self, text: str) -> Iterator[tuple[Passage, bool]]:
        sections = SectionReader(self._rulebook)
        before, article, by_heading = None, -1, False
        for passage in self._read(text):
            section = sections.read(passage)
            if (passage.article, section) != (article, before):
                article, before, by_heading = passage.article, section, passage.is_heading
            if section and by_heading:
                yield passage, section == "plan"

    def _read(self, text: str) -> Iterator[Passage]:
        document = Document("", text)
        for stage in (self._clean, self._articles, split_sentences):
            stage(document)
        return self._passages(document)


def _examples(passages: Iterable[tuple[Passage, bool]]) -> Iterator[_Example]:
    number = 0

    def paragraph(told: tuple[Passage, bool]) -> tuple[int, bool]:
        nonlocal number
        number += told[0].opens_block
        return number, told[1]

    for (_, plan), group in groupby(passages, paragraph):
        texts = tuple(p.text for p, _ in group if len(p.text.strip()) >= _SHORTEST)
        yield from (_Example((text,), plan) for text in texts)
        if len(texts) > 1:
            yield _Example(texts, plan)


def _shared(example: _Example, texts: Overlap) -> bool:
    return any(map(texts, example.passages))


def _scores(
    taught: Sequence[Sequence[_Example]],
    others: Sequence[_Example],
    texts: Sequence[str],
    rng: np.random.Generator,
    advance: Advance | None,
) -> dict[str, Score]:
    """How a model does that has not seen one report in five."""
    if advance:
        advance("training", 0, 2)
    held_out = {*rng.permutation(len(taught))[: len(taught) // _HELD_OUT].tolist()}
    seen = Overlap(text for i, text in enumerate(texts) if i not in held_out)
    weights, bias = _fitted([e for i, es in enumerate(taught) if i not in held_out for e in es], others, rng)
    unseen = [e for i in sorted(held_out) for e in taught[i] if not _shared(e, seen)]
    scores = {}
    for which, long in (("passages", False), ("paragraphs", True)):
        examples = _Strings([e for e in unseen if (len(e.passages) > 1) == long])
        scores[which] = score = score_of(examples.odds(weights, bias), examples.plan)
        _log.info("%s: log loss %.4f, errors %d of %d", which, score.log_loss, score.errors, score.number)
    return scores


class _Strings:
    """Which weights count for each example: rows of different lengths, one after the other."""

    def __init__(self, examples: Sequence[_Example]) -> None:
        rows = [
            np.concatenate([columns(h, BITS) for text in e.passages for h in hashes(folded_codes(text)[1])])
            for e in examples
        ]
        self.plan = np.array([e.plan for e in examples], np.float64)
        self._lengths = np.array([len(row) for row in rows], np.int64)
        self._ends = np.cumsum(self._lengths)
        self._columns = np.concatenate([np.zeros(0, np.int64), *rows]).astype(np.int32)
        self._sizes = np.sqrt(np.maximum(self._lengths, FEWEST))

    def odds(self, weights: NDArray[np.float64], bias: float) -> NDArray[np.float64]:
        """The log odds of a plan for each example."""
        return self._of(weights, self._columns, self._lengths, self._sizes) + bias

    def slopes(
        self, batch: NDArray[np.int64], weights: NDArray[np.float64], bias: float
    ) -> tuple[NDArray[np.float64], float]:
        """How the mean loss of some examples changes with each weight, and with the bias."""
        rows = np.concatenate([self._columns[self._ends[i] - self._lengths[i] : self._ends[i]] for i in batch])
        lengths, sizes = self._lengths[batch], self._sizes[batch]
        odds = self._of(weights, rows, lengths, sizes) + bias
        error = (probability(odds) - self.plan[batch]) / len(batch)
        slopes = np.bincount(rows, np.repeat(error / sizes, lengths), len(weights)).astype(np.float64)
        return slopes, float(error.sum())

    @staticmethod
    def _of(
        weights: NDArray[np.float64],
        rows: NDArray[np.int32],
        lengths: NDArray[np.int64],
        sizes: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        number = np.repeat(np.arange(len(lengths)), lengths)
        sums: NDArray[np.float64] = np.bincount(number, weights[rows], len(lengths)) / sizes
        return sums


def _fitted(
    reports: Sequence[_Example], others: Sequence[_Example], rng: np.random.Generator
) -> tuple[NDArray[np.float64], float]:
    """The weights that fit the examples, and the bias."""
    strings = _Strings([*reports, *others])
    some = round(_SHARE * len(others))
    weights: NDArray[np.float64] = np.zeros(1 << BITS)
    squares = np.full(1 << BITS, _SMALLEST)
    bias, bias_square = 0.0, _SMALLEST
    for _ in range(_EPOCHS):
        drawn = len(reports) + rng.permutation(len(others))[:some]
        order = rng.permutation(np.concatenate([np.arange(len(reports)), drawn]))
        for first in range(0, len(order), _BATCH):
            slopes, total = strings.slopes(order[first : first + _BATCH], weights, bias)
            touched = np.flatnonzero(slopes)
            squares[touched] += slopes[touched] ** 2
            weights[touched] -= _RATE * slopes[touched] / np.sqrt(squares[touched])
            bias_square += total * total
            bias -= _RATE * total / bias_square**0.5
    return weights, bias
