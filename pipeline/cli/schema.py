"""`zhengce schema`: the shape of a record, for those who build on them."""

from __future__ import annotations

import json

import typer


def schema_command() -> None:
    """Print the JSON Schema of one line of records.jsonl.

    \b
    Example:
      zhengce schema > records.schema.json
    """
    from pipeline.records import record_schema

    typer.echo(json.dumps(record_schema(), ensure_ascii=False, indent=2))
