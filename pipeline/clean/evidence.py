"""How likely it is that a line continues the block above it, and that lines were put into a block's text.

Both are logistic regressions: the weights of a break's cues add up to log odds. They were fitted to pages damaged on
purpose; `pipeline/model/README.md` has the recipe and the scores.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path
from typing import NamedTuple

from pipeline.clean.asides import Way, aside_cues, aside_setting
from pipeline.clean.breaks import CueValues, break_cues, setting
from pipeline.clean.joints import JointModel, Joints
from pipeline.clean.page import Growing, Page


class CueWeights(dict[str, float]):
    """The weight of each cue in one setting, 0 where it has none; the setting itself stands under the empty name."""

    def __missing__(self, cue: str) -> float:
        return 0.0


Weights = Mapping[str, CueWeights]
"""The weights of cues by setting."""

_NEVER = -100.0
# A byline, a dateline, a date or a source hardly ever goes on with anything; pages on which it could do so are too few
# to learn that from.
_STANDS_ALONE = -5.0
# Digits that were spared as no page number go on with the number that they are part of.
_TORN = 6.0
# By how much the log odds must differ for a join to leave no doubt beside another.
_SURER = 12.0
_MODEL = Path(__file__).parents[1] / "model"


@dataclass(frozen=True, slots=True)
class LayoutModel:
    """What cleaning has learned: the joints of texts, and the weights of breaks (in each setting) and of asides."""

    joints: JointModel
    breaks: Weights
    asides: Weights


@cache
def shipped_layout_model() -> LayoutModel:
    """The model that comes with the package."""
    weights = json.loads((_MODEL / "layout.json").read_text("utf-8"))
    return layout_model(JointModel(_MODEL / "joints.npz"), weights["breaks"], weights["asides"])


def layout_model(
    joints: JointModel, breaks: Mapping[str, Mapping[str, float]], asides: Mapping[str, Mapping[str, float]]
) -> LayoutModel:
    """The model of these weights by setting, those of breaks that all settings share put into each."""
    shared = breaks.get("shared", {})
    return LayoutModel(
        joints,
        {where: CueWeights({**own, **shared}) for where, own in breaks.items() if where != "shared"},
        {where: CueWeights(own) for where, own in asides.items()},
    )


class Join(NamedTuple):
    """The log odds of a join, and the cues that they come from."""

    odds: float
    cues: CueValues
    weights: CueWeights

    @property
    def probability(self) -> float:
        """From 0 to 1."""
        return probability(self.odds)

    @property
    def because(self) -> list[str]:
        """The cues that speak for the join, the weightiest first."""
        grounds = [(-self.weights[cue] * value, cue) for cue, value in self.cues.items()]
        return [cue for against, cue in sorted(grounds) if against < 0]


def probability(odds: float) -> float:
    """The probability, from 0 to 1, that has these log odds."""
    return 1 / (1 + math.exp(-max(-700.0, odds)))


def _weighed(cues: CueValues, weights: CueWeights) -> float:
    total: float = sum(map(mul, map(weights.__getitem__, cues), cues.values()))
    return total


class Evidence:
    """Weighs the line breaks of one page."""

    def __init__(self, page: Page, model: LayoutModel) -> None:
        self._page = page
        self._model = model
        self._joint = Joints(model.joints, [line.text for line in page.lines]).between

    def join(self, block: Growing, j: int) -> Join:
        """How likely line `j` continues the block."""
        lines = self._page.lines
        if lines[j].apart or lines[j].text == lines[block.last].text:
            return Join(_NEVER, {}, CueWeights())
        weights = self._model.breaks[setting(self._page, block)]
        cues = break_cues(self._page, block, j, self._joint(block.last, j))
        above, below = self._page.facts[block.last], self._page.facts[j]
        alone = _STANDS_ALONE * (below.alone + below.dateline + above.alone)
        torn = _TORN if lines[block.last].torn or lines[j].torn else 0.0
        return Join(weights[""] + alone + torn + _weighed(cues, weights), cues, weights)

    def aside(self, block: Growing, i: int, k: int, into: Join, over: Join) -> float:
        """The log odds of lines `i` to `k` having been put into the block, which goes on with the line below them."""
        page = self._page
        weights = self._model.asides[aside_setting(page, block)]
        out = self.join(page.block(k), k + 1)
        if out.odds > over.odds + _SURER:
            # 实验室里，研究人|员正盯着屏幕: the text below goes on with these lines, and with nothing above them.
            return _NEVER
        cues = aside_cues(
            page,
            block,
            i,
            k,
            into=Way(into.odds, self._joint(block.last, i)),
            out=Way(out.odds, self._joint(k, k + 1)),
            over=Way(over.odds, self._joint(block.last, k + 1)),
        )
        return weights[""] + _weighed(cues, weights)
