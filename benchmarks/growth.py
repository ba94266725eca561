"""How the time for hostile text grows: four times the text should take four times as long.

    python -m benchmarks.growth

The whole pipeline, cleaning to records; processor time, the best of several runs of each length.
"""

from __future__ import annotations

from benchmarks.timing import seconds, show
from pipeline.document import Document
from pipeline.stages import Pipeline
from pipeline.write import records

LENGTH = 6000
"""Code points of the shorter text."""

PIECES = (
    # no end anywhere, or nothing but ends
    "发展改革委员会科技创新局",
    "1234567890",
    "发展，建设。",
    "\n",
    ".",
    " \n\u3000\n",
    " and ",
    "项目要落地服务跟上\n\n",
    "启明集团\n\n",
    # what opens and never closes, or closes and never opened
    "《（“",
    "（甲。",
    '"甲。',
    "。”）》",
    "“甲！”乙",
    "[(《“‘「",
    "%.（1）.",
    "）3个",
    "“发（《",
    # look-alikes of digits and words
    "1O,000",
    "l5 ",
    "人人",
    "2O-",
    "月l",
    "0CR",
    # lists and rows of mentions
    "林知远、何青、",
    "。 王小明 李大江",
    "云岭市财政局、",
    "力争到2025年增长5%左右，",
    "产值3亿元、",
    "增长5%，",
    "（约2万套）",
    "到2031年底将建成3个，",
    "从3个增加到",
    "2031年称“3亿元",
)


def main() -> None:
    print(f"{'time: text × 4 / text (4 is linear)':58} {'ratio':>7}   measured")
    growth(Pipeline())


def growth(pipeline: Pipeline) -> None:
    """Prints the ratio for each piece."""

    def whole(text: str) -> None:
        records(pipeline.process(Document("page.txt", text)))

    for piece in PIECES:
        text = piece * (LENGTH // len(piece))
        whole(text)
        once, fourfold = (seconds(lambda t=t: whole(t)) for t in (text, text * 4))  # type: ignore[misc]
        show(f"time: {piece!r} × 4 / × 1", fourfold, once, "s")


if __name__ == "__main__":
    main()
