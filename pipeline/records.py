"""The public contract: one frozen, closed model for each kind of record.

A run writes one record for each mention, one JSON object a line. `start` and `end` are code points of the raw file.
The JSON Schema (`zhengce schema`, committed as `records.schema.json`) is generated from these classes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from pipeline.document import Comparator, Direction, HorizonType, Measure, OrganizationType

SCHEMA_VERSION = "1.0"

Number = int | float


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Annotated[str, Field(description="Stable: kept when text elsewhere in the file, or another rule, changes.")]
    kind: str
    doc: Annotated[str, Field(description="Path of the raw file, relative to the input folder, /-separated.")]
    article: Annotated[int, Field(ge=0, description="Number of the article within the file, from 0.")]
    article_title: Annotated[str | None, Field(description="That article's title.")]
    start: Annotated[int, Field(ge=0, description="First code point of the mention in the raw file.")]
    end: Annotated[int, Field(ge=0, description="One past the last code point of the mention in the raw file.")]
    text: Annotated[str, Field(description="The mention after cleaning.")]
    sentence: Annotated[str, Field(description="The cleaned sentence it stands in.")]
    source: Annotated[str, Field(description="What found it: a rule's id, or the model's name.")]


class OrganizationRecord(_Record):
    """A named body that can act or be a party."""

    kind: Literal["organization"]
    name: Annotated[str, Field(description="Canonical name within the document.")]
    type: OrganizationType


class PersonRecord(_Record):
    """A named person."""

    kind: Literal["person"]
    name: str
    post: Annotated[str | None, Field(description="Post or role as written next to the name.")]
    organization: Annotated[str | None, Field(description="The body that the post belongs to, canonical.")]


class QuantityRecord(_Record):
    """A quantity that measures something: planned (`target`) or not (`figure`)."""

    kind: Literal["target", "figure"]
    op: Comparator
    value: Annotated[Number, Field(description="Magnitude multiplied out; the lower end of a range.")]
    value_max: Annotated[Number | None, Field(description="The upper end of a range.")]
    unit: Annotated[str | None, Field(description="Unit or classifier, without magnitude; every rank has 名.")]
    measure: Measure
    direction: Direction | None
    indicator: Annotated[str | None, Field(description="What is measured, as the text names it.")]
    subject: Annotated[str | None, Field(description="Canonical name of the body whose quantity it is.")]
    baseline: Annotated[Number | None, Field(description="The number it is measured from.")]
    horizon: Annotated[str | None, Field(description="Id of the horizon that bounds it.")]


class HorizonRecord(_Record):
    """An expression that says when or for how long."""

    kind: Literal["horizon"]
    type: HorizonType
    duration_min: Annotated[str | None, Field(description="ISO 8601 duration.")]
    duration_max: Annotated[str | None, Field(description="ISO 8601 duration.")]
    start_date: Annotated[str | None, Field(description="First day, ISO 8601 at the precision written; X = unknown.")]
    end_date: Annotated[str | None, Field(description="Last day, inclusive.")]
    approximate: bool


class DocumentRecord(_Record):
    """A titled paper in 《》."""

    kind: Literal["document"]
    name: Annotated[str, Field(description="Full title without 《》 and white space.")]


Record = OrganizationRecord | PersonRecord | QuantityRecord | HorizonRecord | DocumentRecord

KINDS: tuple[str, ...] = tuple(
    kind for model in get_args(Record) for kind in get_args(model.model_fields["kind"].annotation)
)
"""All kinds of records."""

_ADAPTER: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])


def parse_record(line: str | bytes) -> Record:
    """Reads one line of `records.jsonl`. Raises `pydantic.ValidationError` where it breaks the contract."""
    return _ADAPTER.validate_json(line)


class ContractError(ValueError):
    """A records file cannot be read or breaks the contract; the message names file, line and cause."""


def read_records(path: Path) -> list[Record]:
    """The records of a run's folder or of a `records.jsonl`, in the file's order. Raises `ContractError`."""
    if path.is_dir():
        path /= "records.jsonl"
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise ContractError(f"{path}: {error.strerror}") from error
    if lines[-1] == b"":
        lines.pop()
    line_of: dict[str, int] = {}
    found = []
    for number, line in enumerate(lines, 1):
        try:
            record = parse_record(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"][1:])
            raise ContractError(f"{path}:{number}: {f'{field}: ' if field else ''}{first['msg']}") from error
        if record.id in line_of:
            raise ContractError(f"{path}:{number}: id {record.id} is on line {line_of[record.id]} already")
        line_of[record.id] = number
        found.append(record)
    return found


def record_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one line of `records.jsonl`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "zhengce record",
        "version": SCHEMA_VERSION,
        **_ADAPTER.json_schema(mode="serialization"),
    }


def family(kind: str) -> str:
    """The kind's family: a target and a figure are both a quantity, so that replanning keeps a record's id."""
    return "quantity" if kind in ("target", "figure") else kind
