"""One run over files and folders: every article is processed or its problem is named; the output is whole."""

from __future__ import annotations

import csv
import gc
import hashlib
import json
import platform
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from pipeline.document import Document
from pipeline.read import ReadError, decode, read_text
from pipeline.records import SCHEMA_VERSION
from pipeline.settings import Settings
from pipeline.stages import Pipeline
from pipeline.write import records, whole_file

DATES_FILE = "articles.csv"
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
TOGETHER = 20_000
"""Code points of documents that are processed together."""


class InputError(ValueError):
    """The inputs or the output folder cannot be used; the message names them and the cause."""


@dataclass(frozen=True, slots=True)
class Source:
    """A raw file and its name in the records."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong with one file, or what a reader of its records should know."""

    doc: str
    stage: str
    message: str
    fatal: bool


@dataclass(slots=True)
class Summary:
    """What a run did: records by kind, files read, and the problems."""

    documents: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """How many files gave no records because something broke."""
        return len({p.doc for p in self.problems if p.fatal})


def find_sources(inputs: Sequence[Path]) -> list[Source]:
    """The .txt files among `inputs` and below their folders, sorted by name. Raises `InputError`.

    A file in a folder is named by its path within that folder, a file given itself by its own name.
    """
    sources: dict[str, Source] = {}
    for given in inputs:
        if given.is_dir():
            found = [Source(p.relative_to(given).as_posix(), p) for p in given.rglob("*.txt") if p.is_file()]
            if not found:
                raise InputError(f"{given}: no .txt file in this folder")
        elif given.is_file():
            found = [Source(given.name, given)]
        else:
            raise InputError(f"{given}: no such file or folder")
        for source in found:
            other = sources.setdefault(source.name, source)
            if other.path.resolve() != source.path.resolve():
                raise InputError(f"{source.path} and {other.path} would both be {source.name!r} in the records")
    return [sources[name] for name in sorted(sources)]


def run(
    inputs: Sequence[Path],
    out: Path,
    settings: Settings | None = None,
    *,
    advance: Callable[[Source, int], None] = lambda source, total: None,
) -> Summary:
    """Processes `inputs` into `out/records.jsonl` and `out/run.json`.

    `advance` is called before each file, with the number of files. Raises `InputError`, `RulebookError`,
    `GazetteerError` and `ModelError` before anything is written; a file that fails is a problem in the summary, and
    the run goes on.
    """
    settings = settings or Settings()
    sources = find_sources(inputs)
    if out.exists() and not out.is_dir():
        raise InputError(f"{out}: not a folder")
    published = published_dates(sources, settings.published)
    pipeline = Pipeline(settings)
    # Rules and libraries live as long as the run: no collection of garbage need look through them.
    gc.freeze()
    summary = Summary()
    files = []
    try:
        with whole_file(out / "records.jsonl") as stream:
            for inputs_together in _together(sources, published, lambda source: advance(source, len(sources))):
                pipeline.process_together([i.document for i in inputs_together if i.document])
                for read in inputs_together:
                    summary.documents += 1
                    facts, lines = _outcome(read, settings.kinds, summary)
                    files.append(facts)
                    stream.writelines(lines)
    except OSError as error:
        raise InputError(f"{out}: cannot write here: {error.strerror}") from error
    with whole_file(out / "run.json") as stream:
        manifest = _manifest(pipeline, settings, summary, files)
        stream.write((json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode())
    return summary


@dataclass(slots=True)
class _Input:
    """A source that was read, or the error that came of it."""

    source: Source
    document: Document | None = None
    encoding: str | None = None
    sha256: str | None = None
    error: ReadError | None = None


def _together(
    sources: Iterable[Source], published: Mapping[str, str], advance: Callable[[Source], None]
) -> Iterator[list[_Input]]:
    """The sources, read, as many at once as the model reads well together."""
    inputs: list[_Input] = []
    length = 0
    for source in sources:
        advance(source)
        try:
            raw, encoding, content = read_text(source.path)
        except ReadError as error:
            inputs.append(_Input(source, error=error))
            continue
        document = Document(source.name, raw, published.get(source.name))
        inputs.append(_Input(source, document, encoding, hashlib.sha256(content).hexdigest()))
        length += len(raw)
        if length >= TOGETHER:
            yield inputs
            inputs, length = [], 0
    if inputs:
        yield inputs


def _outcome(read: _Input, kinds: Collection[str], summary: Summary) -> tuple[dict[str, object], list[bytes]]:
    source, document = read.source, read.document
    if document is None:
        summary.problems.append(Problem(source.name, "read", f"{source.path}: {read.error}", fatal=True))
        return {"doc": source.name, "sha256": None, "encoding": None, "records": 0}, []
    summary.problems += [Problem(source.name, i.stage, i.message, i.fatal) for i in document.issues]
    found = records(document, kinds)
    summary.counts.update(r.kind for r in found)
    facts: dict[str, object] = {
        "doc": source.name,
        "sha256": read.sha256,
        "encoding": read.encoding,
        "records": len(found),
    }
    return facts, [(r.model_dump_json() + "\n").encode() for r in found]


def published_dates(sources: Sequence[Source], otherwise: str | None) -> dict[str, str]:
    """Each document's date: from the `articles.csv` nearest to it, else the one given. Raises `InputError`."""
    if otherwise is not None and not _DATE.fullmatch(otherwise):
        raise InputError(f"{otherwise!r} is no date: give a year, a month or a day as 2020, 2020-09 or 2020-09-07")
    dates: dict[str, str] = {}
    for source in sources:
        for folder, doc in _places(source):
            known = _dates(folder / DATES_FILE).get(doc)
            if known:
                dates[source.name] = known
                break
        else:
            if otherwise:
                dates[source.name] = otherwise
    return dates


def _places(source: Source) -> Iterator[tuple[Path, str]]:
    """Folders from the file up to the input folder, each with the file's path within it."""
    folder, doc = source.path.parent, source.path.name
    for _ in Path(source.name).parts:
        yield folder, doc
        folder, doc = folder.parent, f"{folder.name}/{doc}"


def _dates(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        rows = list(csv.DictReader(decode(path.read_bytes())[0].splitlines()))
    except (OSError, ReadError, csv.Error) as error:
        raise InputError(f"{path}: {error}") from error
    dates = {}
    for number, row in enumerate(rows, 2):
        if row.get("doc") is None or row.get("published") is None:
            raise InputError(f"{path}:{number}: the columns must be doc and published")
        if row["published"] and not _DATE.fullmatch(row["published"]):
            raise InputError(f"{path}:{number}: {row['published']!r} is neither a year nor an ISO date")
        dates[row["doc"]] = row["published"]
    return dates


def _manifest(
    pipeline: Pipeline, settings: Settings, summary: Summary, files: list[dict[str, object]]
) -> dict[str, object]:
    packages = ("zhengce", "hanlp", "torch", "spacy", "pydantic", "google-re2")
    return {
        "schema_version": SCHEMA_VERSION,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
        "model": {"name": pipeline.ner.name, "sha256": pipeline.ner.digest} if pipeline.ner else None,
        "rules": {"sha256": pipeline.rulebook.digest, "count": len(pipeline.rulebook.rules)},
        "gazetteer": {"name": pipeline.gazetteer.source, "sha256": pipeline.gazetteer.digest}
        if pipeline.gazetteer
        else None,
        "published": settings.published,
        "kinds": sorted(settings.kinds) or None,
        "counts": dict(sorted(summary.counts.items())),
        "documents": files,
        "problems": [
            {"doc": p.doc, "stage": p.stage, "message": p.message, "fatal": p.fatal} for p in summary.problems
        ],
    }
