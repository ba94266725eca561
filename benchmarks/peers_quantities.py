"""`python -m benchmarks.peers_quantities --peers PYTHON`: numbers and times beside JioNLP and Recognizers-Text.

All read the same texts in one run, and what they read is compared with the same gold. The peers have an environment of
their own (JioNLP needs a package under the GPL):

    python3.11 -m venv ../peers
    ../peers/bin/pip install jionlp==1.5.31 recognizers-text-suite==1.0.2a2 emoji==1.1.0
    make peers PEERS=../peers/bin/python

That is `python -m benchmarks.peers_quantities --peers PYTHON` over the compiled stages; called so without more, it
measures the sources.

The comparison favours the peers. A reading counts if it overlaps the gold span, wherever its borders lie.
`number` is the number alone with its magnitude, of a range both ends; `value` asks for its unit and its bound
as well (不超过 is no 以上; more and at least are taken for one). A time is right with the same length, or the same
last day (the first one where there is no last), at the precision written; the year is asked for only where the
mention writes it or `articles.csv` gives it; of 每年 and 近日 it is only asked that they are found. `wrong` are the
spans for which a tool gives nothing but other numbers or times. We run for numbers and times alone, as the
peers do, and for all kinds, over as many documents at a time as `zhengce run` takes together. JioNLP reads sums
of money only, so those are also counted by themselves. Each peer reads the lines of the raw file and those of
our cleaned text; the better result counts, and the table says which.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from pipeline.batch import TOGETHER, InputError, find_sources, published_dates
from pipeline.document import Document
from pipeline.read import read_text
from pipeline.records import Record
from pipeline.settings import Settings
from pipeline.stages import Pipeline
from pipeline.write import records

SHARED = Path(__file__).parents[2] / "shared"
SETS = ((SHARED / "articles", SHARED / "gold" / "articles"), (SHARED / "excerpts", SHARED / "gold" / "policy"))
WORKER = Path(__file__).with_name("peers_worker.py")
NUMBERS = ("target", "figure", "horizon")
PEERS = ("jionlp", "recognizers")
ROUNDS = 5
TURN = 1.0
"""Processor seconds of a tool's turn, at least: a reading of a tenth of a second would tell how one gets going."""
_DURATION = re.compile(r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?)?")
_LENGTHS = (365.25, 30.44, 7, 1, 1 / 24, 1 / 1440)
Mention = Mapping[str, Any]


@dataclass
class Text:
    """A raw file with its gold, and what the pipeline made of it."""

    document: Document
    gold: list[Mention]
    records: list[Record] = field(default_factory=list)

    def lines(self, cleaned: bool) -> list[tuple[str, int]]:
        """Each line with its offset, of the raw or of the cleaned text."""
        text = self.document.text.text if cleaned else self.document.raw
        return [(m.group(), m.start()) for m in re.finditer(r"[^\r\n]+", text)]


@dataclass
class Score:
    """What one tool read of the gold spans, by kind: overlapped at all, right, right with unit and bound."""

    name: str
    seconds: float
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    misread: int = 0
    """Quantities of the gold that were read as times."""


def overlap(one: Mention, other: Mention) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def same_numbers(readings: Sequence[Mention], gold: Mention) -> bool:
    """Whether the readings together give the number, or both ends of the range."""
    numbers = [n for r in readings for n in r["numbers"]]
    wanted = [gold["value"]] + ([gold["value_max"]] if gold["value_max"] is not None else [])
    return all(any(abs(n - float(w)) <= 1e-4 * max(abs(float(w)), 1e-9) for n in numbers) for w in wanted)


def same_value(readings: Sequence[Mention], gold: Mention) -> bool:
    """Whether the readings give the number with its unit and its bound."""
    bound = gold["op"].rstrip("=") or "="
    fitting = [r for r in readings if r["bound"] == bound and (r["unit"] or "") == (gold["unit"] or "")]
    return same_numbers(fitting, gold)


def length(duration: str) -> float:
    """An ISO 8601 duration in days."""
    match = _DURATION.fullmatch(duration)
    return sum(float(n or 0) * days for n, days in zip(match.groups(), _LENGTHS, strict=True)) if match else -1


def same_time(readings: Sequence[Mention], gold: Mention, year_known: bool) -> bool:
    """Whether one reading gives the same length of time, or the same last day."""
    if gold["type"] == "vague":
        return True
    if gold["type"] == "recurring":
        return any(r["recurring"] for r in readings)
    if gold["type"] == "duration":
        days = [d for r in readings for d in r["days"]]
        days += [
            (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
            for r in readings
            for start, end in r["ranges"]
            if start and end and re.fullmatch(r"[\d-]{10}", start) and re.fullmatch(r"[\d-]{10}", end)
        ]
        wanted = [length(d) for d in (gold["duration_min"], gold["duration_max"]) if d]
        return all(any(abs(d - w) <= max(1.0 if w >= 3 else 0.01, 0.02 * w) for d in days) for w in wanted)
    side = 1 if gold["end_date"] else 0
    asked = year_known or re.search(r"\d{4}", gold["text"]) is not None
    wanted_day = gold["end_date"] or gold["start_date"] or ""
    return any(day and same_day(day, wanted_day, asked) for r in readings for day in (x[side] for x in r["ranges"]))


def same_day(day: str, wanted: str, year: bool) -> bool:
    """Whether a date agrees with the gold's as far as that goes; X is unknown."""
    pairs = list(zip(day.split("-"), wanted.split("-"), strict=False))
    return all("X" in w or "X" in d or d == w for d, w in (pairs if year else pairs[1:]))


def kinds(gold: Mention) -> list[str]:
    """What a gold mention is counted as."""
    if gold["kind"] == "horizon":
        return ["horizon"]
    return ["quantity", "money"] if (gold["unit"] or "").endswith("元") else ["quantity"]


def score(name: str, seconds: float, texts: Sequence[Text], readings: Sequence[Sequence[Mention]]) -> Score:
    """Compares each text's readings, in offsets of its raw file, with its gold."""
    result = Score(name, seconds)
    for text, read in zip(texts, readings, strict=True):
        horizons = [g for g in text.gold if g["kind"] == "horizon"]
        for gold in text.gold:
            if gold["kind"] == "horizon":
                near = [r for r in read if "days" in r and overlap(r, gold)]
                right = same_time(near, gold, text.document.published is not None)
                whole = right
            else:
                near = [r for r in read if "numbers" in r and overlap(r, gold)]
                right, whole = same_numbers(near, gold), same_value(near, gold)
                times = [r for r in read if "days" in r and overlap(r, gold)]
                result.misread += any(not any(overlap(r, h) for h in horizons) for r in times)
            for kind in kinds(gold):
                result.found[kind] += bool(near)
                result.right[kind] += bool(near) and right
                result.whole[kind] += bool(near) and whole
    return result


def load(folders: Sequence[tuple[Path, Path]]) -> list[Text]:
    """The texts that have gold. Raises `InputError`."""
    texts = []
    for raw, gold in folders:
        for folder in (raw, gold):
            if not folder.is_dir():
                raise InputError(f"{folder}: no such folder; name others with --raw and --gold")
        sources = find_sources([raw])
        dates = published_dates(sources, None)
        for source in sources:
            marked = gold / f"{source.path.stem}.gold.jsonl"
            if marked.is_file():
                mentions = [json.loads(line) for line in marked.read_text("utf-8").splitlines() if line.strip()]
                mentions = [m for m in mentions if m["kind"] in NUMBERS]
                document = Document(source.name, read_text(source.path)[0], dates.get(source.name))
                texts.append(Text(document, mentions))
    if not texts:
        raise InputError(f"no *.gold.jsonl for the texts in {', '.join(str(raw) for raw, _ in folders)}")
    return texts


class Reader(Protocol):
    """A tool that reads all texts again and again."""

    def seconds(self) -> float:
        """Reads them once; the processor time that took."""

    def score(self, seconds: float) -> Score:
        """What it read."""


def turn(reader: Reader) -> float:
    """The seconds of one reading, on the average of a turn."""
    spent = [reader.seconds()]
    while sum(spent) < TURN:
        spent.append(reader.seconds())
    return sum(spent) / len(spent)


class Zhengce:
    """From cleaning to records, without the model of names; for all kinds, or for numbers and times, as the peers."""

    def __init__(self, name: str, texts: Sequence[Text], kinds: Iterable[str] = ()) -> None:
        self._name = name
        self._texts = texts
        self._groups = list(together(texts))
        self._kinds = frozenset(kinds)
        self._pipeline = Pipeline(Settings(kinds=self._kinds))
        self._pipeline.stages.pop("names", None)

    def seconds(self) -> float:
        start = time.process_time()
        for group in self._groups:
            for text in group:
                text.document = Document(text.document.name, text.document.raw, text.document.published)
            self._pipeline.process_together([text.document for text in group])
            for text in group:
                text.records = records(text.document, self._kinds)
        return time.process_time() - start

    def score(self, seconds: float) -> Score:
        readings = [[reading(record.model_dump()) for record in text.records] for text in self._texts]
        return score(self._name, seconds, self._texts, readings)


def together(texts: Iterable[Text]) -> Iterator[list[Text]]:
    """The texts in groups, each as long as what a run processes together."""
    group: list[Text] = []
    for text in texts:
        group.append(text)
        if sum(len(t.document.raw) for t in group) >= TOGETHER:
            yield group
            group = []
    if group:
        yield group


def reading(record: Mention) -> Mention:
    """A record in the form of a peer's reading."""
    place = {"start": record["start"], "end": record["end"]}
    if record["kind"] in ("target", "figure"):
        numbers = [float(n) for n in (record["value"], record["value_max"]) if n is not None]
        return place | {"numbers": numbers, "unit": record["unit"], "bound": record["op"].rstrip("=") or "="}
    if record["kind"] == "horizon":
        return place | {
            "days": [length(d) for d in (record["duration_min"], record["duration_max"]) if d],
            "ranges": [[record["start_date"], record["end_date"]]],
            "recurring": record["type"] == "recurring",
        }
    return place


class Peer:
    """A peer in a process of its own; it reads the lines of the raw files, or of our cleaned texts."""

    def __init__(self, python: Path, name: str, texts: Sequence[Text], cleaned: bool) -> None:
        self._name, self._texts, self._cleaned = f"{python}: {name}", texts, cleaned
        self._lines = [text.lines(cleaned) for text in texts]
        self._process = subprocess.Popen(  # noqa: S603
            [python, WORKER, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        job = [
            {"lines": [line for line, _ in of_text], "today": _day(text.document.published)}
            for text, of_text in zip(texts, self._lines, strict=True)
        ]
        self._answer = json.loads(self._ask(json.dumps(job)))

    def seconds(self) -> float:
        return float(self._ask("again"))

    def score(self, seconds: float) -> Score:
        readings = [
            [*_in_raw(text, lines, read, self._cleaned)]
            for text, lines, read in zip(self._texts, self._lines, self._answer["readings"], strict=True)
        ]
        label = f"{self._answer['name']}, {'cleaned' if self._cleaned else 'raw'} lines"
        return score(label, seconds, self._texts, readings)

    def _ask(self, line: str) -> str:
        pipe, answers = self._process.stdin, self._process.stdout
        if pipe is None or answers is None:
            raise InputError(f"{self._name} has no pipes")
        with suppress(BrokenPipeError):
            pipe.write(line + "\n")
            pipe.flush()
        answer = answers.readline()
        if not answer:
            _, said = self._process.communicate()
            raise InputError(f"{self._name} does not run there:\n{said.strip()[-2000:]}")
        return answer


def _day(published: str | None) -> str:
    """A day for peers that need one: the middle of a year or a month, any year where none is known."""
    return (published or "2020") + "-06-15"[{None: 0, 4: 0, 7: 3, 10: 6}[len(published) if published else None] :]


def _in_raw(
    text: Text, lines: Sequence[tuple[str, int]], readings: Sequence[Sequence[Mention]], cleaned: bool
) -> Iterator[Mention]:
    for (_, offset), read in zip(lines, readings, strict=True):
        for r in read:
            start, end = offset + r["start"], offset + r["end"]
            if start >= end:
                continue
            if cleaned:
                start, end = text.document.text.to_raw_or_point(start, end)
            yield {**r, "start": start, "end": end}


def _right(of: Score) -> int:
    return of.right["quantity"] + of.right["horizon"]


def show(scores: Sequence[Score], texts: Sequence[Text]) -> None:
    gold = Counter(k for text in texts for g in text.gold for k in kinds(g))
    size = sum(len(text.document.raw) for text in texts)
    columns = [(kind, title) for kind in gold for title in ("found", "number", "value", "wrong")]
    columns = [(kind, title) for kind, title in columns if kind != "horizon" or title != "number"]
    print(f"{'':44}" + "".join(f"{f'{kind} {n}':>{21 if kind == 'horizon' else 28}}" for kind, n in gold.items()))
    print(f"{'':44}" + "".join(f"{title:>7}" for _, title in columns) + "  number as time  chars/CPU s  zhengce is")
    for s in scores:
        cells = {"found": s.found, "number": s.right, "value": s.whole, "wrong": s.found - s.right}
        row = "".join(f"{cells[title][kind]:7}" for kind, title in columns)
        print(f"{s.name:44}{row}{s.misread:16}{size / s.seconds:13.0f}{s.seconds / scores[0].seconds:11.1f}x")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="peers_quantities", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--peers", type=Path, required=True, metavar="PYTHON", help="Python of the peers' environment")
    parser.add_argument("--raw", type=Path, metavar="FOLDER", help="raw texts; the default is ../shared")
    parser.add_argument("--gold", type=Path, metavar="FOLDER", help="their gold: STEM.gold.jsonl")
    given = parser.parse_args(arguments)
    if (given.raw is None) != (given.gold is None):
        parser.error("--raw and --gold go together")
    try:
        if not given.peers.is_file():
            raise InputError(f"{given.peers}: no such Python; how to make the environment:\n{__doc__}")
        texts = load([(given.raw, given.gold)] if given.raw else SETS)
        form = "" if (sys.modules[Document.__module__].__file__ or "").endswith(".py") else " (compiled)"
        readers: list[Reader] = [
            Zhengce(f"zhengce{form} --kind target figure horizon", texts, NUMBERS),
            Zhengce(f"zhengce{form}, all kinds", texts),
        ]
        for reader in readers:
            reader.seconds()
        gc.freeze()  # as a run does
        readers += [Peer(given.peers, name, texts, cleaned) for name in PEERS for cleaned in (False, True)]
        # They take turns: what else the machine does must not hit one of them alone.
        spent = [[turn(reader) for reader in readers] for _ in range(ROUNDS)]
        scores = [reader.score(min(times)) for reader, times in zip(readers, zip(*spent, strict=True), strict=True)]
        scores[2:] = [max(scores[i : i + 2], key=_right) for i in range(2, len(scores), 2)]
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    show(scores, texts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
