"""`zhengce explain`: what cleaning did to one file, and why each of its records is there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import GazetteerOption, Kind, ModelOption, PublishedOption, RulesOption, complain, fail, show


def explain_command(
    file: Annotated[Path, typer.Argument(help="A raw file.")],
    kind: Annotated[list[Kind] | None, typer.Option(help="Only records of this kind; may be given again.")] = None,
    cleaning: Annotated[bool, typer.Option("--cleaning", help="Only the cleaning, every join included.")] = False,
    rules: RulesOption = None,
    model: ModelOption = None,
    published: PublishedOption = None,
    gazetteer: GazetteerOption = None,
) -> None:
    """Process one raw file and show what cleaning did and where each record comes from.

    First the repairs with their reasons: doubtful joins of lines, captions and page furniture taken out of the text,
    what was moved, words and characters that were changed. Joins without doubt are counted; --cleaning shows them.
    Then the records: sentence, rule or model, value, links. With --cleaning and --kind together, both.

    \b
    Examples:
      zhengce explain page.txt
      zhengce explain page.txt --cleaning
      zhengce explain page.txt --kind target --kind figure --published 2020

    Exit code: 0 all good, 1 the file failed, 2 the command cannot run as given.
    """
    from pipeline.batch import InputError, find_sources, published_dates
    from pipeline.document import Document
    from pipeline.read import ReadError, read_text
    from pipeline.recognize.gazetteer import GazetteerError
    from pipeline.recognize.ner import ModelError
    from pipeline.review import explain, explain_cleaning, printable
    from pipeline.rule_files import RulebookError
    from pipeline.settings import Settings
    from pipeline.stages import Pipeline

    if not file.is_file():
        fail(f"{file}: no such file")
    try:
        (source,) = find_sources([file])
        dates = published_dates([source], published)
        raw = read_text(file)[0]
        pipeline = Pipeline(Settings(tuple(rules or ()), model, published, gazetteer))
    except ReadError as error:
        fail(f"{file}: {error}", code=1)
    except (InputError, RulebookError, GazetteerError, ModelError) as error:
        fail(str(error))
    document = pipeline.process(Document(source.name, raw, dates.get(source.name)))
    failed = any(issue.fatal for issue in document.issues)
    if not failed and (cleaning or not kind):
        for line in explain_cleaning(document, every_join=cleaning):
            show(line)
        if kind or not cleaning:
            show("")
    if kind or not cleaning:
        lines = list(explain(document, pipeline.rulebook, [k.value for k in kind] if kind else None))
        for line in lines:
            show(line)
        if not lines and not failed:
            show("no records")
    for issue in document.issues:
        complain(f"{'error' if issue.fatal else 'note'}: {file}: {issue.stage}: {printable(issue.message)}")
    raise typer.Exit(1 if failed else 0)
