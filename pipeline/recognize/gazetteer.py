"""The user's own names: a CSV file of bodies and people that are known for sure, and where a text has them.

The header is `name,type,aliases`; a `.tsv` file has tabs instead of commas. `type` is a type of organizations or
`person`; left empty, the name's own words decide which organization it is. `aliases`, a column that may lack, are set
apart by `|` and stand for the name.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.document import Mention, MentionKind, OrganizationType
from pipeline.read import ReadError, decode

_PERSON = "person"
_TYPES = (*get_args(OrganizationType), _PERSON)
_COLUMNS = ("name", "type", "aliases")
# full width and half width are the same name; each character stays one, so that offsets do
_WIDE = re.compile("[！-～•・‧]")
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "•・‧"), "·")


class GazetteerError(ValueError):
    """A gazetteer cannot be used; the message names the file, the line and the cause."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with its type, empty where the name decides, and the line of the file it comes from."""

    name: str
    type: str
    line: int


class Gazetteer:
    """Names of one file, found in one pass over a text, however many they are."""

    def __init__(self, forms: Mapping[str, Entry], source: str, digest: str) -> None:
        """`forms`: what may stand in a text, names and aliases, with the entry it stands for."""
        self.source = source
        """The file's name, without its folder."""
        self.digest = digest
        """SHA-256 of the file."""
        self._entries = list(forms.values())
        self._search = AhoCorasick(map(_folded, forms), MatchKind.LeftmostLongest, store_patterns=False)

    def __len__(self) -> int:
        """How many names and aliases it holds."""
        return len(self._entries)

    def find(self, text: str) -> Iterator[Mention]:
        """The names in `text`, left to right, the longest at each place, without overlaps; offsets in code points."""
        # the search reads UTF-8, which has no lone surrogates
        folded = _folded(text).encode(errors="replace").decode()
        for number, start, end in self._search.find_matches_as_indexes(folded):
            if not (_continues(folded, start) or _continues(folded, end)):
                yield _mention(self._entries[number], start, end)


def load_gazetteer(path: Path) -> Gazetteer:
    """Reads a gazetteer. Raises `GazetteerError`.

    A name may come again with more aliases, but no form may stand for two names, and no name have two types.
    """
    try:
        content = path.read_bytes()
        text = decode(content)[0]
    except OSError as error:
        raise GazetteerError(f"{path}: {error.strerror or error}") from error
    except ReadError as error:
        raise GazetteerError(f"{path}: {error}") from error
    forms: dict[str, Entry] = {}
    for entry, written in _entries(path, text):
        for form in (entry.name, *written):
            _check(path, entry, form)
            other = forms.setdefault(_folded(form), entry)
            if (other.name, other.type) != (entry.name, entry.type):
                raise GazetteerError(
                    f"{path}:{entry.line}: {form!r} stands for {_shown(entry)} here, "
                    f"but for {_shown(other)} in line {other.line}"
                )
    if not forms:
        raise GazetteerError(f"{path}: no name below the header")
    return Gazetteer(forms, path.name, hashlib.sha256(content).hexdigest())


def _entries(path: Path, text: str) -> Iterator[tuple[Entry, list[str]]]:
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        if not {"name", "type"} <= set(header) <= set(_COLUMNS) or len(header) != len(set(header)):
            wanted = delimiter.join(_COLUMNS)
            raise GazetteerError(f"{path}:1: the header must be {wanted!r}, not {delimiter.join(header)!r}")
        for fields in reader:
            if not any(map(str.strip, fields)):
                continue
            if len(fields) > len(header):
                raise GazetteerError(
                    f"{path}:{reader.line_num}: {len(fields)} fields under {len(header)} columns "
                    "(aliases are set apart by |)"
                )
            row = dict(zip(header, map(str.strip, fields), strict=False))
            entry = Entry(row["name"], row.get("type", ""), reader.line_num)
            if entry.type and entry.type not in _TYPES:
                raise GazetteerError(
                    f"{path}:{entry.line}: {entry.type!r} is no type; there are {', '.join(_TYPES)}, or none"
                )
            yield entry, [alias for a in row.get("aliases", "").split("|") if (alias := a.strip())]
    except csv.Error as error:
        raise GazetteerError(f"{path}:{reader.line_num}: {error}") from error


def _check(path: Path, entry: Entry, form: str) -> None:
    if not form:
        cause = "the name is empty"
    elif len(form) < 2:
        cause = f"{form!r} is one character: it would be found everywhere"
    elif not any(map(str.isalpha, form)):
        cause = f"{form!r} has no letter"
    elif not form.isprintable():
        cause = f"{form!r} holds a line break or another control character"
    else:
        return
    raise GazetteerError(f"{path}:{entry.line}: {cause}")


def _mention(entry: Entry, start: int, end: int) -> Mention:
    person = entry.type == _PERSON
    kind: MentionKind = "person" if person else "organization"
    options = {"name": entry.name} | ({"type": entry.type} if entry.type and not person else {})
    source = "people.gazetteer" if person else "organizations.gazetteer"
    return Mention(kind, start, end, source, {"full": entry.name}, kind, options)


def _shown(entry: Entry) -> str:
    return f"{entry.name!r} ({entry.type or 'no type'})"


def _folded(text: str) -> str:
    return text.translate(_FOLDED) if _WIDE.search(text) else text


def _continues(text: str, at: int) -> bool:
    """Whether a Latin word or a number goes on across `at`: no name ends in the middle of one."""
    around = text[max(0, at - 1) : at + 1]
    return len(around) == 2 and around.isascii() and around.isalnum()
