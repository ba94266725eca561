"""Trains what cleaning knows of line breaks: the joints of texts, then the weights of breaks and of asides.

The weights are logistic regressions with an L2 penalty, fitted by L-BFGS to pages whose truth is known. Each decision
is taken below a block that was put together as the truth has it. Asides come last: their cues are made of how likely
the breaks around them are joins.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from pipeline.clean.asides import Way, aside_cues, aside_setting, may_be_aside
from pipeline.clean.breaks import SHARED, break_cues, setting
from pipeline.clean.cues import Cues
from pipeline.clean.evidence import Evidence, LayoutModel, layout_model
from pipeline.clean.joints import JointModel
from pipeline.clean.layout import CERTAIN, MOST_ASIDES
from pipeline.clean.page import Growing
from pipeline.training import joints
from pipeline.training.corpus import Advance, CorpusError, make_folder
from pipeline.training.pages import TruePage, read_pages
from pipeline.training.scores import Score, probability, score_of
from pipeline.training.texts import read_texts

Weights = dict[str, dict[str, float]]
"""The weight of each cue by setting; the setting itself stands under the empty name."""

Scores = dict[str, dict[str, Score]]
"""Of `joints` each table's, on places held out; of `breaks` and `asides` those on `training` and `development`."""

Example = tuple[dict[tuple[str, str], float], bool]
"""A decision: how strongly each cue is there, by setting and name, and whether the answer is yes."""

_ROUNDS = 500
_HEADS = ("finished", "headline", "open")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Recipe:
    """The settings that have weights, how often a cue must occur in one to have a weight, and the L2 penalty."""

    settings: tuple[str, ...]
    least: int
    penalty: float


_RECIPES = {
    "breaks": _Recipe(("shared", *(f"{body} {head}" for body in ("column", "paragraph") for head in _HEADS)), 15, 0.3),
    "asides": _Recipe(_HEADS, 5, 0.1),
}


def train(
    texts: Sequence[Path],
    pages: Sequence[Path],
    out: Path,
    cues: Cues,
    *,
    development: Sequence[Path] = (),
    seed: int = 7,
    advance: Advance | None = None,
    **sizes: Any,
) -> Scores:
    """Trains `joints.npz` and `layout.json` into `out` and returns the scores, also written as `layout_scores.json`.

    `texts` are files as `read_texts` takes them, `pages` and `development` folders as `read_pages` does, `cues` those
    of the rules that the layout will be used with, `sizes` those of `joints.train`. The same input, seed and versions
    give the same bytes. Raises `TrainingError` (`CorpusError` for a file) before anything is trained.
    """
    shown, held_out = read_pages(pages, cues, advance), read_pages(development, cues, advance)
    if {step.joined for page in shown for step in page.steps()} != {False, True}:
        names = ", ".join(map(str, pages)) or "no folder given"
        raise CorpusError(f"{names}: no page with lines that go on with the line above and lines that do not")
    places = read_texts(texts, cues, advance)
    make_folder(out)
    tables, of_joints = joints.train(places, seed=seed, advance=advance, **sizes)
    joints.write(out / "joints.npz", tables)
    model = LayoutModel(JointModel(out / "joints.npz"), {}, {})
    sets = {"training": shown} | ({"development": held_out} if held_out else {})
    breaks, of_breaks = _fitted("breaks", {k: _examples(_breaks, v, model, advance) for k, v in sets.items()})
    model = layout_model(model.joints, breaks, {})
    asides, of_asides = _fitted("asides", {k: _examples(_asides, v, model, advance) for k, v in sets.items()})
    scores = {"joints": of_joints, "breaks": of_breaks, "asides": of_asides}
    _write(out / "layout.json", {"breaks": breaks, "asides": asides})
    _write(out / "layout_scores.json", {name: {k: asdict(s) for k, s in of.items()} for name, of in scores.items()})
    return scores


def _examples(
    of: Callable[[TruePage, LayoutModel], Iterator[Example]],
    pages: Sequence[TruePage],
    model: LayoutModel,
    advance: Advance | None,
) -> list[Example]:
    examples: list[Example] = []
    for done, page in enumerate(pages):
        if advance:
            advance(of.__name__.strip("_"), done, len(pages))
        examples += of(page, model)
    return examples


def _breaks(true: TruePage, model: LayoutModel) -> Iterator[Example]:
    """Whether each line goes on with the block above it; around asides, every break that they make."""
    page = true.page

    def example(block: Growing, j: int, joined: bool) -> Iterator[Example]:
        if not true.never_joined(block.last, j):
            upper, lower = page.lines[block.last].text, page.lines[j].text
            where = setting(page, block)
            cues = break_cues(page, block, j, model.joints(upper, lower))
            yield {(where, ""): 1.0} | {("shared" if c in SHARED else where, c): v for c, v in cues.items()}, joined

    for step in true.steps():
        if step.past == step.at:
            if not step.optional:
                yield from example(step.block, step.at, step.joined)
            continue
        yield from example(step.block, step.at, False)
        for k in range(step.at, step.past):
            if not true.same_block(k, k + 1):
                yield from example(page.block(k), k + 1, False)
        yield from example(step.block, step.past, True)


def _asides(true: TruePage, model: LayoutModel) -> Iterator[Example]:
    """Whether lines below a block were put into it, wherever cleaning would ask."""
    page, lines = true.page, true.page.lines
    evidence = Evidence(page, model)

    def way(block: Growing, j: int) -> Way:
        return Way(evidence.join(block, j).odds, model.joints(lines[block.last].text, lines[j].text))

    for step in true.steps():
        if step.optional:
            continue
        into = way(step.block, step.at)
        for k in range(step.at, min(len(lines) - 1, step.at + MOST_ASIDES)):
            if not may_be_aside(page, k) or lines[k + 1].apart or (into.odds > CERTAIN and not page.facts[k].caption):
                break
            out, over = way(page.block(k), k + 1), way(step.block, k + 1)
            cues = aside_cues(page, step.block, step.at, k, into=into, out=out, over=over)
            where = aside_setting(page, step.block)
            yield {(where, ""): 1.0} | {(where, c): v for c, v in cues.items()}, step.past == k + 1


def _fitted(kind: str, examples: Mapping[str, Sequence[Example]]) -> tuple[Weights, dict[str, Score]]:
    """The weights that fit the `training` examples, to two places, and how they do on all of them."""
    recipe = _RECIPES[kind]
    seen = Counter(name for cues, _ in examples["training"] for name in cues)
    biases = [(where, "") for where in recipe.settings if where != "shared"]
    names = sorted({*biases, *(name for name, count in seen.items() if count >= recipe.least)})
    tables = {which: _table(found, names) for which, found in examples.items()}
    cues, answer = tables["training"]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = cues @ weights
        slope = cues.T @ (probability(odds) - answer) + recipe.penalty * weights
        return float((np.logaddexp(0, odds) - answer * odds).sum() + recipe.penalty / 2 * weights @ weights), slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}).x
    # 0 is added to make -0.0 a 0.0.
    fitted = np.round(found, 2) + 0.0
    scores = {}
    for which, (shown, wanted) in tables.items():
        scores[which] = score = score_of(shown @ fitted, wanted)
        _log.info("%s, %s: log loss %.4f, errors %d of %d", kind, which, score.log_loss, score.errors, score.number)
    weights: Weights = {where: {} for where in sorted(recipe.settings)}
    for (where, cue), weight in zip(names, fitted, strict=True):
        weights[where][cue] = float(weight)
    return weights, scores


def _table(examples: Sequence[Example], names: Sequence[tuple[str, str]]) -> tuple[Any, NDArray[np.float64]]:
    """The examples as a sparse matrix, a row each and a column for each name, and 1 where the answer is yes, else 0."""
    column = {name: i for i, name in enumerate(names)}
    rows = [[(column[name], value) for name, value in cues.items() if name in column] for cues, _ in examples]
    ends = np.cumsum([0, *map(len, rows)])
    values = np.array([value for row in rows for _, value in row], np.float64)
    columns = np.array([i for row in rows for i, _ in row], np.int64)
    answer = np.array([answer for _, answer in examples], np.float64)
    return csr_array((values, columns, ends), shape=(len(rows), len(names))), answer


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
