"""`zhengce explain`: why each record of one file is there."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import ModelOption, PublishedOption, RulesOption, complain, fail, show


class Kind(StrEnum):
    """The kinds of records."""

    ORGANIZATION = "organization"
    PERSON = "person"
    TARGET = "target"
    FIGURE = "figure"
    HORIZON = "horizon"
    DOCUMENT = "document"


def explain_command(
    file: Annotated[Path, typer.Argument(help="A raw file.")],
    kind: Annotated[list[Kind] | None, typer.Option(help="Only this kind; may be given again.")] = None,
    rules: RulesOption = None,
    model: ModelOption = None,
    published: PublishedOption = None,
) -> None:
    """Process one raw file and show where each record comes from: sentence, rule or model, value, links.

    \b
    Examples:
      zhengce explain page.txt
      zhengce explain page.txt --kind target --kind figure --published 2020

    Exit code: 0 all good, 1 the file failed, 2 the command cannot run as given.
    """
    from pipeline.batch import InputError, find_sources, published_dates
    from pipeline.document import Document
    from pipeline.read import ReadError, read_text
    from pipeline.recognize.ner import ModelError
    from pipeline.review import explain
    from pipeline.rulebook import RulebookError
    from pipeline.settings import Settings
    from pipeline.stages import Pipeline

    if not file.is_file():
        fail(f"{file}: no such file")
    try:
        (source,) = find_sources([file])
        dates = published_dates([source], published)
        raw = read_text(file)[0]
        pipeline = Pipeline(Settings(tuple(rules or ()), model, published))
    except ReadError as error:
        fail(f"{file}: {error}", code=1)
    except (InputError, RulebookError, ModelError) as error:
        fail(str(error))
    document = pipeline.process(Document(source.name, raw, dates.get(source.name)))
    lines = list(explain(document, pipeline.rulebook, [k.value for k in kind] if kind else None))
    failed = any(issue.fatal for issue in document.issues)
    for line in lines:
        show(line)
    if not lines and not failed:
        show("no records")
    for issue in document.issues:
        complain(f"{'error' if issue.fatal else 'note'}: {file}: {issue.stage}: {issue.message}")
    raise typer.Exit(1 if failed else 0)
