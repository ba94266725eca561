"""What the commands share: the two streams, options with the same meaning, and the way to fail."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.text import Text


class Kind(StrEnum):
    """The kinds of records."""

    ORGANIZATION = "organization"
    PERSON = "person"
    TARGET = "target"
    FIGURE = "figure"
    HORIZON = "horizon"
    DOCUMENT = "document"


RulesOption = Annotated[
    list[Path] | None, typer.Option("--rules", metavar="DIR", help="A folder of further rules; may be given again.")
]
ModelOption = Annotated[
    str | None, typer.Option("--model", help="A name from hanlp.pretrained, or a model's folder. [default: shipped]")
]
GazetteerOption = Annotated[
    Path | None,
    typer.Option("--gazetteer", metavar="FILE", help="Your own names, a CSV file: name,type,aliases (set apart by |)."),
]
PublishedOption = Annotated[
    str | None,
    typer.Option(
        "--published", metavar="DATE", help="Date of what articles.csv has no date for: 2020, 2020-09 or 2020-09-07."
    ),
]

STDOUT = Console()
STDERR = Console(stderr=True)


def show(line: str | Text) -> None:
    """Prints to stdout as it is: colours only on a terminal, no wrapping, no markup."""
    if isinstance(line, str):  # rich would turn tabs into spaces
        typer.echo(line)
        return
    STDOUT.print(line, highlight=False, markup=False, emoji=False, soft_wrap=True)


def complain(line: str) -> None:
    """Prints one line to stderr."""
    STDERR.print(line, highlight=False, markup=False, emoji=False, soft_wrap=True)


def fail(message: str, code: int = 2) -> NoReturn:
    """Ends the command with `error: …` on stderr."""
    complain(f"error: {message}")
    raise typer.Exit(code)
