"""`zhengce schema` and `zhengce train`: for those who build on the records, or on the model."""

from __future__ import annotations

import json
import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import fail


def schema_command() -> None:
    """Print the JSON Schema of one line of records.jsonl.

    \b
    Example:
      zhengce schema > records.schema.json
    """
    from pipeline.records import record_schema

    typer.echo(json.dumps(record_schema(), ensure_ascii=False, indent=2))


def train_command(
    training: Annotated[
        list[Path], typer.Argument(metavar="TRAIN...", help="Labelled files: character<TAB>tag, blank line between.")
    ],
    dev: Annotated[list[Path], typer.Option(metavar="FILE", help="Labelled file to choose the best epoch by.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the model, as `run --model` takes it.")],
    test: Annotated[list[Path] | None, typer.Option(metavar="FILE", help="Labelled file to score on.")] = None,
    text: Annotated[list[Path] | None, typer.Option(metavar="FILE", help="Plain lines for the vectors.")] = None,
    start: Annotated[Path | None, typer.Option(metavar="DIR", help="A trained model to go on from.")] = None,
    epochs: Annotated[int, typer.Option(min=1)] = 14,
    seed: int = 7,
) -> None:
    """Train a model for organizations and people.

    Needs the extra: pip install 'zhengce[train]'. Files may be gzipped; --dev, --test and --text may be given again.

    \b
    Example:
      zhengce train train.tsv.gz --dev dev.tsv.gz --test test.tsv.gz --out my-model

    Exit code: 0 trained, 2 a file is not what it should be.
    """
    if start is None and find_spec("gensim") is None:
        fail("training needs gensim: pip install 'zhengce[train]'")
    from pipeline.training import TrainingError, train

    # Half an hour without a word would be long.
    logging.basicConfig(format="%(message)s")
    logging.getLogger("pipeline.training").setLevel(logging.INFO)

    try:
        scores = train(training, dev, out, tests=test or (), texts=text or (), start=start, epochs=epochs, seed=seed)
    except TrainingError as error:
        fail(str(error))
    for name, by_label in scores.items():
        for label, score in by_label.items():
            measures = " ".join(f"{measure} {score[measure]:.2f}" for measure in ("precision", "recall", "f1"))
            typer.echo(f"{name} {label}: {measures}")
