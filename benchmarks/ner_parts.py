"""What the model and the rules are worth on marked texts: each alone, and both together.

    python -m benchmarks.ner_parts RAW GOLD [RAW GOLD ...] [--model DIR ...]

RAW is a folder of .txt files, GOLD one of STEM.gold.jsonl files: `kind`, `start`, `end`, code points of the raw text.
A span counts when start, end and kind are equal; each line gives precision, recall and F1 in percent.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.document import Document
from pipeline.read import read_text
from pipeline.recognize import Recognizer
from pipeline.recognize.ner import load_ner
from pipeline.recognize.tagging import NameTagger
from pipeline.settings import Settings
from pipeline.stages import Pipeline

KINDS = ("organization", "person")
Span = tuple[str, int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--model", action="append", help="as `zhengce run --model` takes it; the shipped one if none")
    arguments = parser.parse_args()
    pipeline = Pipeline(Settings())
    recognize = Recognizer(pipeline.rulebook)
    for raw, gold in zip(arguments.folders[::2], arguments.folders[1::2], strict=True):
        print(f"{gold}")
        documents = [prepared(pipeline, path) for path in sorted(raw.glob("*.txt"))]
        marked = [set(marks(gold / f"{Path(d.name).stem}.gold.jsonl")) for d in documents]
        report("rules alone", [recognized(recognize, d) for d in documents], marked)
        for model in arguments.model or [None]:
            ner = load_ner(model)
            tag = NameTagger(ner)
            report(f"{ner.name} alone", [modelled(tag, d) for d in documents], marked)
            report(f"{ner.name} + rules", [recognized(recognize, d) for d in documents], marked)
            for document in documents:
                document.entities = []


def prepared(pipeline: Pipeline, path: Path) -> Document:
    document = Document(path.name, read_text(path)[0])
    for stage in ("clean", "articles", "sentences"):
        pipeline.stages[stage](document)
    return document


def modelled(tag: NameTagger, document: Document) -> set[Span]:
    tag(document)
    return {
        (e.kind, *document.text.to_raw(s.start + e.start, s.start + e.end))
        for s, entities in zip(document.sentences, document.entities, strict=True)
        for e in entities
        if e.kind in KINDS
    }


def recognized(recognizer: Recognizer, document: Document) -> set[Span]:
    recognizer(document)
    return {(m.kind, *document.text.to_raw(m.start, m.end)) for m in document.mentions if m.kind in KINDS}


def marks(path: Path) -> Iterator[Span]:
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["kind"] in KINDS:
            yield record["kind"], record["start"], record["end"]


def report(name: str, found: Sequence[set[Span]], marked: Sequence[set[Span]]) -> None:
    counts = {what: Counter() for what in ("found", "marked", "right")}
    for spans, gold in zip(found, marked, strict=True):
        for what, some in (("found", spans), ("marked", gold), ("right", spans & gold)):
            counts[what].update(kind for kind, _, _ in some)
    scores = []
    for kind in KINDS:
        right, of, all_ = (counts[what][kind] for what in ("right", "found", "marked"))
        scores.append(
            f"{kind} P {percent(right, of):5.1f} R {percent(right, all_):5.1f} F1 {percent(2 * right, of + all_):5.1f}"
        )
    print(f"  {name:24} {'   '.join(scores)}", flush=True)


def percent(part: int, whole: int) -> float:
    return 100 * part / max(1, whole)


if __name__ == "__main__":
    main()
