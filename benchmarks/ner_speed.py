"""How fast names are found: bare HanLP, this package's use of the same model, the whole pipeline; jieba beside them.

    python -m benchmarks.ner_speed [FOLDER ...]

All read the same sentences of the folders' .txt files, on one thread; processor time, the best and the median of
several rounds in which they take turns. The pipeline's time is for the raw texts, cleaning to relations.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import hanlp
import jieba

from pipeline.document import Document
from pipeline.read import read_text
from pipeline.recognize.ner import SHIPPED_MODEL
from pipeline.stages import Pipeline

RAW = Path(__file__).parents[1] / "data" / "raw"
ROUNDS = 5


def main() -> None:
    folders = [Path(name) for name in sys.argv[1:]] or [RAW]
    raws = [read_text(path)[0] for folder in folders for path in sorted(folder.glob("*.txt"))]
    pipeline = Pipeline()
    bare = hanlp.load(str(SHIPPED_MODEL), devices=-1, verbose=False)
    jieba.setLogLevel("ERROR")
    jieba.initialize()

    def whole() -> list[Document]:
        documents = [Document(str(number), raw) for number, raw in enumerate(raws)]
        pipeline.process_together(documents)
        return documents

    sentences = [text for document in whole() for text in document.sentence_texts()]
    tokens = [list(sentence) for sentence in sentences]
    contenders: dict[str, Callable[[], object]] = {
        "bare HanLP": lambda: bare(tokens),
        "load_ner": lambda: pipeline.ner(sentences),
        "jieba.cut": lambda: [list(jieba.cut(sentence)) for sentence in sentences],
        "whole pipeline": whole,
    }
    spent: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, work in contenders.items():
            start = time.process_time()
            work()
            spent[name].append(time.process_time() - start)
    characters = sum(map(len, sentences))
    print(f"{characters} characters in {len(sentences)} sentences")
    for name, times in spent.items():
        best, median = min(times), statistics.median(times)
        print(f"{name:16} {characters / best:9,.0f} characters/s at best, {characters / median:9,.0f} in the median")
    for name in ("load_ner", "whole pipeline"):
        ratios = [own / other for own, other in zip(spent[name], spent["bare HanLP"], strict=True)]
        print(f"{name} / bare HanLP: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
