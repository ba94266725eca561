"""Pages with truth: raw text, and which parts of it make which block of the clean text.

`NAME.raw.txt` is the text as it was found, in UTF-8; every character counts, a byte order mark and `\\r` too.
`NAME.truth.json` beside it holds `blocks`, each with its `type` (`caption` and `furniture` are no part of the text that
they stand in), its `raw` ranges `[start, end)` in code points, and, where its border below is a matter of taste,
`"break_after": "optional"`. `raw_len`, where given, is the length of the raw text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, NonNegativeInt, ValidationError

from pipeline.alignment import AlignedText
from pipeline.clean.characters import invisible
from pipeline.clean.cues import Cues
from pipeline.clean.furniture import without_furniture
from pipeline.clean.layout import MOST_ASIDES
from pipeline.clean.lines import lines_of
from pipeline.clean.page import Growing, Page
from pipeline.training.corpus import Advance, CorpusError

_RAW, _TRUTH = ".raw.txt", ".truth.json"
_NO_TEXT = ("caption", "furniture")


class _Block(BaseModel):
    type: str
    raw: list[tuple[NonNegativeInt, NonNegativeInt]]
    break_after: str | None = None


class _Truth(BaseModel):
    raw_len: int | None = None
    blocks: list[_Block]


@dataclass(frozen=True, slots=True)
class Step:
    """A break below a block as it truly is: above line `at`, or over asides, at line `past`, if that is another one.

    `joined` says whether the block goes on there, `optional` that it might as well, or as well not.
    """

    block: Growing
    at: int
    past: int
    joined: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class TruePage:
    """A page, and for each of its lines the number of its block (`None` if it has none) and what is known of that."""

    page: Page
    block_of: Sequence[int | None]
    aside: Sequence[bool]
    optional: Sequence[bool]

    def same_block(self, i: int, j: int) -> bool:
        """Whether two lines are of one block."""
        return self.block_of[i] is not None and self.block_of[i] == self.block_of[j]

    def never_joined(self, i: int, j: int) -> bool:
        """Whether cleaning sees by itself that line `j` does not continue line `i`."""
        lines = self.page.lines
        return lines[j].apart or lines[j].text == lines[i].text

    def steps(self) -> Iterator[Step]:
        """The breaks of the page from top to bottom, each below a block that was put together as the truth has it."""
        block, i = self.page.block(0), 1
        while i < len(self.page.lines):
            past = self._past_asides(block.last, i)
            joined = self.same_block(block.last, past)
            yield Step(block, i, past, joined, self.optional[block.last] and not joined)
            if joined:
                self.page.grow(block, past)
            else:
                block = self.page.block(i)
            i = past + 1

    def _past_asides(self, last: int, i: int) -> int:
        """The line with which the block of line `last` goes on, if there are only asides before it; else line `i`."""
        for k in range(i, min(len(self.page.lines), i + MOST_ASIDES + 1)):
            if self.same_block(last, k):
                return k
            if not self.aside[k]:
                break
        return i


def read_pages(folders: Sequence[Path], cues: Cues, advance: Advance | None = None) -> list[TruePage]:
    """The pages of folders and of those below them, sorted by path.

    Raises `CorpusError` for a folder without pages, and for a page without truth or whose truth does not fit it.
    """
    names = [name for folder in folders for name in _names(folder)]
    pages = []
    for done, name in enumerate(names):
        if advance:
            advance("pages", done, len(names))
        page = _page(name.with_name(name.name + _RAW), name.with_name(name.name + _TRUTH), cues)
        if page.page.lines:
            pages.append(page)
    return pages


def _names(folder: Path) -> list[Path]:
    paths = sorted(p for p in folder.rglob("*") if p.name.endswith((_RAW, _TRUTH)))
    if not paths:
        raise CorpusError(f"{folder}: no page (NAME{_RAW} with its NAME{_TRUTH})")
    return list(dict.fromkeys(p.with_name(p.name.removesuffix(_RAW).removesuffix(_TRUTH)) for p in paths))


def _page(raw_path: Path, truth_path: Path, cues: Cues) -> TruePage:
    raw, truth = _read(raw_path), _truth(truth_path)
    if truth.raw_len not in (None, len(raw)):
        raise CorpusError(f"{truth_path}: raw_len {truth.raw_len}, but {raw_path.name} has {len(raw)} code points")
    owner: list[int | None] = [None] * len(raw)
    for number, block in enumerate(truth.blocks):
        for start, end in block.raw:
            if not start < end <= len(raw):
                raise CorpusError(f"{truth_path}: blocks.{number}: [{start}, {end}] of {len(raw)} code points")
            owner[start:end] = [number] * (end - start)
    text = AlignedText.of_raw(raw).edited(invisible(raw))
    lines, _ = without_furniture(lines_of(text.text), cues)
    block_of = [owner[text.to_raw(line.start, line.end)[0]] for line in lines]
    blocks = [None if number is None else truth.blocks[number] for number in block_of]
    return TruePage(
        Page(lines, cues),
        block_of,
        [block is not None and block.type in _NO_TEXT for block in blocks],
        [block is not None and block.break_after == "optional" for block in blocks],
    )


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: {error.strerror if isinstance(error, OSError) else error}") from error


def _truth(path: Path) -> _Truth:
    try:
        return _Truth.model_validate_json(_read(path), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise CorpusError(f"{path}: {f'{where}: ' if where else ''}{first['msg']}") from error
