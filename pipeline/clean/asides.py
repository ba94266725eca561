"""What lines look like that were put between the halves of a sentence, as cues by name.

Two stories can be told of lines below an unfinished one: they go on with it, or they are captions and the text goes on
below them. The cues compare how well each story fits.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.clean.breaks import INDENT, RAGGED, CueValues, clipped
from pipeline.clean.joints import Joint
from pipeline.clean.page import Growing, Page

_LONGEST = 45


@dataclass(frozen=True, slots=True)
class Way:
    """One way on from an upper text to a lower one: the log odds of a join, and what the characters say."""

    odds: float
    joint: Joint


def may_be_aside(page: Page, k: int) -> bool:
    """Whether a line could be a caption, by its own looks."""
    line, facts = page.lines[k], page.facts[k]
    if len(line.text) > _LONGEST or line.apart or facts.ends_within or page.cues.depends(line.text):
        return False
    if facts.caption:
        return True
    return not facts.begins and (facts.finished or facts.headline) and not page.cues.attribution(line.text)


def aside_setting(page: Page, block: Growing) -> str:
    """What the block above the aside leaves behind."""
    a = page.facts[block.last]
    return "finished" if a.finished else "headline" if block.first == block.last and a.headline else "open"


def aside_cues(page: Page, block: Growing, i: int, k: int, *, into: Way, out: Way, over: Way) -> CueValues:
    """The cues of lines `i` to `k` being asides: `into` them, `out` of them, and `over` them from the block."""
    facts = page.facts
    plain = sum(not facts[n].caption for n in range(i, k + 1))
    cues: CueValues = {
        "more lines": float(max(0, plain - 1)),
        "captions": float(k - i + 1 - plain),
        "goes on over": clipped(over.odds),
        "goes on into": clipped(into.odds),
        "goes on out": clipped(out.odds),
        "together over": clipped(over.joint.together),
        "together into": clipped(into.joint.together),
        "together out": clipped(out.joint.together),
        "cut": clipped(over.joint.cut),
        "lower midway": clipped(over.joint.midway),
        "aside midway": clipped(into.joint.midway),
    }
    if not plain:
        cues["caption"] = 1
        cues["caption: goes on over"] = clipped(over.odds)
        cues["caption: lower midway"] = clipped(over.joint.midway)
        cues["caption: together over"] = clipped(over.joint.together)
    if facts[k].finished:
        cues["sentence"] = 1
        cues["sentence: lower midway"] = clipped(over.joint.midway)
        cues["sentence: together over"] = clipped(over.joint.together)
        cues["sentence: goes on into"] = clipped(into.odds)
    else:
        cues["aside cut"] = clipped(out.joint.cut)
    _looks(cues, page, block, i, k)
    return cues


def _looks(cues: CueValues, page: Page, block: Growing, i: int, k: int) -> None:
    upper, first, lower = page.lines[block.last], page.lines[i], page.lines[k + 1]
    if page.cues.points(first.text):
        cues["pointing"] = 1
    if page.facts[i].headline and page.facts[i].comma:
        cues["headline with comma"] = 1
    if first.gap > page.usual_gap:
        cues["far above"] = 1
    if lower.gap > page.usual_gap:
        cues["far below"] = 1
    if first.interrupted or lower.interrupted:
        cues["furniture"] = 1
    if page.facts[k + 1].begins:
        cues["lower begins"] = 1
    if page.facts[k + 1].headline:
        cues["lower headline"] = 1
    column = page.columns[block.last]
    if column is None:
        return
    cues["column"] = 1
    if page.columns[k + 1] == column:
        cues["same column below"] = 1
    if upper.width < column - INDENT:
        cues["upper short"] = 1
    if first.width > column + RAGGED:
        cues["wide"] = 1
    elif first.width < column - INDENT:
        cues["short"] = 1
    elif abs(first.width - column) <= RAGGED:
        cues["full"] = 1
