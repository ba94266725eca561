"""`zhengce run`: raw files → records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import (
    STDERR,
    STDOUT,
    GazetteerOption,
    Kind,
    ModelOption,
    PublishedOption,
    RulesOption,
    complain,
    fail,
    show,
)

if TYPE_CHECKING:
    from pipeline.batch import Source, Summary


def run_command(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help="Files, and folders of files.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for records.jsonl and run.json.")],
    rules: RulesOption = None,
    model: ModelOption = None,
    published: PublishedOption = None,
    gazetteer: GazetteerOption = None,
    kind: Annotated[
        list[Kind] | None,
        typer.Option(help="Only records of this kind; may be given again. Without names among them, no model runs."),
    ] = None,
) -> None:
    """Process raw articles into records.

    \b
    Examples:
      zhengce run data/raw --out data/out
      zhengce run page.txt --out out --published 2020-09-07 --rules my-rules
      zhengce run data/raw --out data/out --gazetteer bodies.csv
      zhengce run data/raw --out numbers --kind target --kind figure --kind horizon

    Exit code: 0 all good, 1 an article failed (the others are there), 2 the command cannot run as given.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from pipeline.batch import InputError, run
    from pipeline.recognize.gazetteer import GazetteerError
    from pipeline.recognize.ner import ModelError
    from pipeline.rule_files import RulebookError
    from pipeline.settings import Settings

    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=STDERR,
        disable=not STDERR.is_terminal,
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
            settings = Settings(tuple(rules or ()), model, published, gazetteer, frozenset(kind or ()))
            summary = run(inputs, out, settings, advance=advance)
        except (InputError, RulebookError, GazetteerError, ModelError) as error:
            fail(str(error))
    _report(summary, out)
    raise typer.Exit(1 if summary.failed else 0)


def _report(summary: Summary, out: Path) -> None:
    from rich.table import Table

    table = Table("kind", "records")
    table.columns[1].justify = "right"
    for kind, count in sorted(summary.counts.items()):
        table.add_row(kind, str(count))
    table.add_section()
    table.add_row("all", str(sum(summary.counts.values())))
    show(f"{summary.documents} file{'s' * (summary.documents != 1)} → {out / 'records.jsonl'}")
    STDOUT.print(table)
    for problem in summary.problems:
        # A file that cannot be read is named by its path already.
        where = "" if problem.stage == "read" else f"{problem.doc}: {problem.stage}: "
        complain(f"{'error' if problem.fatal else 'note'}: {where}{problem.message}")
