"""The command `zhengce`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipeline.batch import InputError, Source, Summary, run
from pipeline.recognize.ner import ModelError
from pipeline.rulebook import RulebookError
from pipeline.settings import Settings

app = typer.Typer(
    name="zhengce",
    help="Facts out of OCR'd Chinese policy text, as JSONL records whose offsets point into the raw files.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(help="The rules: check them.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")

_stderr = Console(stderr=True)
_stdout = Console()


@app.command("run")
def run_command(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help="Files and folders (.txt).")],
    out: Annotated[Path, typer.Option(help="Folder for records.jsonl and run.json.")],
    rules: Annotated[list[Path] | None, typer.Option(help="A folder of further rules; may be given again.")] = None,
    model: Annotated[str | None, typer.Option(help="A name from hanlp.pretrained, or a model's folder.")] = None,
    published: Annotated[
        str | None, typer.Option(help="Date of the articles that articles.csv says nothing about: 2020 or 2020-09-07.")
    ] = None,
) -> None:
    """Process raw articles into records.

    Exit code: 0 all good, 1 an article failed (the others are there), 2 the command cannot run as given.
    """
    settings = Settings(tuple(rules or ()), model, published)
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=_stderr,
        disable=not _stderr.is_terminal,
        transient=True,
    )
    with progress:
        task = progress.add_task("loading", total=None)
        done = -1

        def advance(source: Source, total: int) -> None:
            nonlocal done
            done += 1
            progress.update(task, description=source.name, total=total, completed=done)

        try:
            summary = run(inputs, out, settings, advance=advance)
        except (InputError, RulebookError, ModelError) as error:
            _fail(str(error))
    _report(summary, out)
    raise typer.Exit(1 if summary.failed else 0)


def _report(summary: Summary, out: Path) -> None:
    table = Table("kind", "records", title=f"{summary.documents} files → {out / 'records.jsonl'}", title_justify="left")
    table.columns[1].justify = "right"
    for kind, count in sorted(summary.counts.items()):
        table.add_row(kind, str(count))
    table.add_section()
    table.add_row("all", str(sum(summary.counts.values())))
    _stdout.print(table)
    for problem in summary.problems:
        _stderr.print(f"{'error' if problem.fatal else 'note'}: {problem.message}", highlight=False, markup=False)


def _fail(message: str) -> None:
    _stderr.print(f"error: {message}", highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(2)


def main() -> None:
    """Entry point."""
    app()
