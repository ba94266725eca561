"""Lines → blocks: which line continues which, and what was only put between the halves of a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.clean.asides import may_be_aside
from pipeline.clean.evidence import Evidence, Join, LayoutModel, probability
from pipeline.clean.lines import Line
from pipeline.clean.page import Growing, Page

MOST_ASIDES = 3
"""How many lines may stand between two halves of a text."""

CERTAIN = 6.0
"""The log odds of a join past which nobody looks for other ways on."""

# A caption left in its place does less harm than a sentence taken out of it.
_SURE = 1.0


@dataclass(slots=True)
class Draft:
    """A block in the making, with the joins between its lines.

    `aside` is the probability of its being only put between the halves of another block; 0 for all others.
    """

    lines: list[Line]
    joins: list[Join] = field(default_factory=list)
    aside: float = 0.0

    @property
    def text(self) -> str:
        """The lines' text without what separates them."""
        return "".join(line.text for line in self.lines)


def blocks(page: Page, model: LayoutModel) -> list[Draft]:
    """The page's blocks, in the order in which it has them; an aside follows the block that it stood in."""
    lines = page.lines
    evidence = Evidence(page, model)
    drafts: list[Draft] = []
    asides: list[Draft] = []
    block: Growing | None = None
    i = 0
    while i < len(lines):
        if block is not None:
            join = evidence.join(block, i)
            past, over, odds = _past_asides(page, evidence, block, i, join)
            if past > i:
                asides += [Draft([lines[k]], aside=probability(odds)) for k in range(i, past)]
                i, join = past, over
            if join.odds > 0:
                drafts[-1].lines.append(lines[i])
                drafts[-1].joins.append(join)
                page.grow(block, i)
                i += 1
                continue
            drafts += asides
            asides = []
        drafts.append(Draft([lines[i]]))
        block = page.block(i)
        i += 1
    return drafts + asides


def _past_asides(page: Page, evidence: Evidence, block: Growing, i: int, into: Join) -> tuple[int, Join, float]:
    """The line that takes up the block's text past asides at `i`, its join, and the log odds of the asides being some.

    The line is `i` itself where there are none.
    """
    best = (i, into, _SURE)
    for k in range(i, min(len(page.lines) - 1, i + MOST_ASIDES)):
        if not may_be_aside(page, k) or page.lines[k + 1].apart:
            break
        if into.odds > CERTAIN and not page.facts[k].caption:
            break
        over = evidence.join(block, k + 1)
        if over.odds > 0 and (odds := evidence.aside(block, i, k, into, over)) > best[2]:
            best = (k + 1, over, odds)
    return best
