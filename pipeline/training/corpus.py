"""What the recipes share: the files they read, what they say of those that will not do, how they tell of progress."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

Sentence = list[tuple[str, str]]
"""(character, BIO tag) pairs."""

Advance = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

LABELS = ("ORG", "PER", "LOC")


class TrainingError(ValueError):
    """Training cannot start: a package is missing, the output folder cannot be written, or a corpus will not do."""


class CorpusError(TrainingError):
    """A corpus cannot be trained on; the message names the file, and the line where there is one."""


def read_tsv(path: Path) -> list[Sentence]:
    """The sentences of a labelled file. Raises `CorpusError` for a line that does not fit."""
    sentences: list[Sentence] = [[]]
    previous = "O"
    for number, line in enumerate(read_lines(path), 1):
        if not line:
            sentences.append([])
            previous = "O"
            continue
        character, tab, tag = line.partition("\t")
        if not tab or len(character) != 1 or character.isspace():
            raise CorpusError(f"{path}:{number}: not 'character<TAB>tag'")
        if tag != "O" and not (tag[:2] in ("B-", "I-") and tag[2:] in LABELS):
            raise CorpusError(f"{path}:{number}: tag {tag!r}, expected O or B-/I- with {', '.join(LABELS)}")
        if tag.startswith("I-") and previous[2:] != tag[2:]:
            raise CorpusError(f"{path}:{number}: {tag} follows {previous}, it must continue a {tag[2:]}")
        previous = tag
        sentences[-1].append((character, tag))
    return [s for s in sentences if s]


def file_texts(path: Path) -> Iterator[str]:
    """The texts of a file by its name's end, which `.gz` may follow: `.jsonl` holds objects with a text as `text`,
    any other is one text. Lines end with a line feed. Raises `CorpusError` where it cannot be read.
    """
    if not path.name.lower().removesuffix(".gz").endswith(".jsonl"):
        yield "\n".join(read_lines(path))
        return
    for number, line in enumerate(read_lines(path), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise CorpusError(f"{path}:{number}: no JSON: {error}") from error
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise CorpusError(f"{path}:{number}: no object with a `text`")
        yield "\n".join(record["text"].splitlines())


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file, gzipped or not, without their ends. Raises `CorpusError` where it cannot be read."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8-sig") as stream:
            for line in stream:
                yield line.rstrip("\n")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: {error}") from error


def make_folder(out: Path) -> None:
    """Makes the folder that a model goes to. Raises `TrainingError` where it cannot be made."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TrainingError(f"{out}: cannot write here: {error.strerror}") from error
