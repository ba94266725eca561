"""Clean texts put one after the other, and the places in them where a break is, or could be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.cues import Cues
from pipeline.clean.furniture import without_furniture
from pipeline.clean.joints import REACH
from pipeline.clean.lines import lines_of
from pipeline.hashing import folded
from pipeline.training.corpus import Advance, CorpusError, file_texts, read_tsv

Places = NDArray[np.int64]
"""Where breaks are, or could be, as offsets into the code points of all texts."""

_PARAGRAPH, _HEADLINE, _ITEM, _SHORTEST = 60, 45, 80, 4
# As the model sees them: folded.
_SENTENCE_END, _CLAUSE_END, _GOES_ON = "。!?", ";:", ",、"


@dataclass(frozen=True, slots=True)
class Texts:
    """The code points of all texts, folded, spaces between blocks; and where breaks are or could be.

    `inside` are places within paragraphs and sentences. `above` and `below` are the two sides of real block borders;
    `headlines`, `ended` and `items` are those of `above` where something like a headline, something finished and an
    item of a list end; `openings` are the beginnings of those headlines.
    """

    codes: NDArray[np.uint32]
    inside: Places
    above: Places
    below: Places
    headlines: Places
    openings: Places
    ended: Places
    items: Places


def read_texts(paths: Iterable[Path], cues: Cues, advance: Advance | None = None) -> Texts:
    """The texts of files, by their names' ends, each of which `.gz` may follow.

    `.txt` holds a block a line, `.jsonl` objects with such a text as `text`, `.tsv` labelled sentences, of which only
    the places inside count. Raises `CorpusError` for a file that will not do, or all together if they teach nothing.
    """
    paths = list(paths)
    gathered = _Gathered()
    for done, path in enumerate(paths):
        if advance:
            advance("texts", done, len(paths))
        match path.name.lower().removesuffix(".gz").rpartition(".")[2]:
            case "txt" | "jsonl":
                for text in file_texts(path):
                    gathered.add_blocks(_blocks(text, cues))
            case "tsv":
                for sentence in read_tsv(path):
                    gathered.add_sentence("".join(character for character, _ in sentence))
            case _:
                raise CorpusError(f"{path}: not .txt, .jsonl or .tsv, nor one of them with .gz")
    return gathered.texts(", ".join(map(str, paths)) or "no text given")


def _blocks(text: str, cues: Cues) -> list[str]:
    lines, _ = without_furniture(lines_of(text), cues)
    return [folded(line.text) for line in lines if not line.apart]


class _Gathered:
    """Texts put one after the other, with the places in them."""

    def __init__(self) -> None:
        self._pieces: list[str] = [" " * REACH]
        self._length = REACH
        self._inside: list[Places] = []
        self._above: list[int] = []
        self._below: list[int] = []
        self._headlines: list[int] = []
        self._openings: list[int] = []
        self._ended: list[int] = []
        self._items: list[int] = []

    def add_blocks(self, blocks: Sequence[str]) -> None:
        """Adds the blocks of one text, in their order."""
        starts = []
        for block in blocks:
            starts.append(self._add(block))
            if len(block) >= _PARAGRAPH and block[-1] in _SENTENCE_END:
                self._add_inside(starts[-1], len(block), 1)
        for (block, start), (following, below) in pairwise(zip(blocks, starts, strict=True)):
            if min(len(block), len(following)) >= _SHORTEST:
                self._add_border(block, start, below)

    def add_sentence(self, sentence: str) -> None:
        """Adds a sentence, of which only the places inside are of use."""
        sentence = folded(sentence)
        # Every other place: corpora of sentences would outweigh the texts.
        self._add_inside(self._add(sentence), len(sentence), 2)

    def texts(self, source: str) -> Texts:
        """All that was added; `source` names it in the `CorpusError` raised if it teaches nothing."""
        if not self._inside:
            raise CorpusError(f"{source}: no paragraph of {_PARAGRAPH} characters and no sentence")
        if not self._headlines and not self._ended:
            raise CorpusError(f"{source}: no two blocks of text, one below the other")
        text = "".join(self._pieces)
        borders = self._above, self._below, self._headlines, self._openings, self._ended, self._items
        return Texts(
            np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"),
            np.concatenate(self._inside),
            *(np.array(places, np.int64) for places in borders),
        )

    def _add(self, block: str) -> int:
        start = self._length
        # Neighbours that no block has are spaces.
        self._pieces.append(block + " " * REACH)
        self._length += len(block) + REACH
        return start

    def _add_inside(self, start: int, length: int, step: int) -> None:
        if length > 3:
            self._inside.append(np.arange(start + 2, start + length - 1, step, dtype=np.int64))

    def _add_border(self, block: str, start: int, below: int) -> None:
        end, last = start + len(block), block[-1]
        if last in _GOES_ON:
            return
        self._above.append(end)
        self._below.append(below)
        if last in _SENTENCE_END or last in _CLAUSE_END:
            self._ended.append(end)
        elif len(block) <= _HEADLINE:
            self._headlines.append(end)
            self._openings.append(start)
        if last == ";" and len(block) < _ITEM:
            self._items.append(end)
