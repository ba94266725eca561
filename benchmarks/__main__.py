"""`python -m benchmarks`: prints each ratio with the two figures it comes from.

Absolute times say more about the machine than about the code; a ratio travels.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba

from benchmarks.growth import growth
from benchmarks.timing import REPEATS, seconds, show
from pipeline.document import Document
from pipeline.recognize.rules import RuleMatcher
from pipeline.stages import Pipeline
from pipeline.write import records

RAW = Path(__file__).parents[1] / "data" / "raw"


def peak(work: Callable[[], object]) -> int:
    """Bytes of Python objects alive at the worst moment."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def segmented(texts: Sequence[str]) -> float:
    """How long jieba takes over the same texts: what other repair tools would spend on words alone."""
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    return seconds(lambda: [list(jieba.cut(text)) for text in texts])


def main() -> None:
    pipeline = Pipeline()
    texts = [p.read_text("utf-8") for p in sorted(RAW.glob("*.txt"))]
    page = "\n".join(texts)

    def stage_seconds() -> dict[str, float]:
        spent = dict.fromkeys(pipeline.stages, float("inf"))
        for _ in range(REPEATS):
            document = Document("page.txt", page)
            for name, stage in pipeline.stages.items():
                start = time.process_time()
                stage(document)
                spent[name] = min(spent[name], time.process_time() - start)
        return spent

    print(f"{'ratio of':58} {'ratio':>7}   measured")
    spent = stage_seconds()
    for name, took in spent.items():
        show(f"stage {name} / all stages", took, sum(spent.values()), "s")

    cleaned = seconds(lambda: [pipeline.stages["clean"](Document("page.txt", text)) for text in texts])
    show("clean / jieba's segmentation of the same text", cleaned, segmented(texts), "s")
    show("clean, of 5 ms for 1000 characters", 1e6 * cleaned / sum(map(len, texts)), 5, "ms")

    def whole(text: str) -> None:
        records(pipeline.process(Document("page.txt", text)))

    documents = [pipeline.process(Document("page.txt", text)) for text in texts]
    sentences = [sentence for document in documents for sentence in document.sentence_texts()]
    matcher = RuleMatcher(pipeline.rulebook.rules)
    by_rule = seconds(lambda: matcher.matches(sentences))
    show("the model / the rules, same sentences", seconds(lambda: pipeline.ner(sentences)), by_rule, "s")

    show("time: page × 4 / page (4 is linear)", seconds(lambda: whole(page * 4)), seconds(lambda: whole(page)), "s")
    show("memory: page × 4 / page (4 is linear)", peak(lambda: whole(page * 4)), peak(lambda: whole(page)), "bytes")
    growth(pipeline)


if __name__ == "__main__":
    main()
