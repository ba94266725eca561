"""The command `zhengce`: one module for each door. What is heavy is imported inside the commands."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.diff import diff_command
from pipeline.cli.explain import explain_command
from pipeline.cli.rules import rules_app
from pipeline.cli.run import run_command
from pipeline.cli.schema import schema_command
from pipeline.cli.train import train_app

app = typer.Typer(
    name="zhengce",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("run")(run_command)
app.command("diff")(diff_command)
app.command("explain")(explain_command)
app.add_typer(rules_app, name="rules")
app.command("schema")(schema_command)
app.add_typer(train_app, name="train")


def _version(wanted: bool) -> None:
    if wanted:
        import pipeline

        typer.echo(f"zhengce {pipeline.__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Facts out of OCR'd Chinese policy text, as JSONL records whose offsets point into the raw files."""


def main() -> None:
    """Entry point."""
    app()
