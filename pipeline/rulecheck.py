"""Runs the rules' own examples: each rule alone, against the spans and values that its file promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path

from pipeline.document import Value
from pipeline.normalize import Evidence, Interpreter, interpreters
from pipeline.recognize.rules import rule_matches
from pipeline.rule_files import Example
from pipeline.rulebook import CompiledRule, Rulebook

_RECORD_NAMES = {"comparator": "op", "maximum": "value_max"}


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold: its rule and file, the example as written, what it expects and what it got."""

    path: Path
    rule: str
    example: str
    expected: str
    got: str

    def __str__(self) -> str:
        return (
            f"{self.path}: {self.rule}\n  example:  {self.example}\n  expected: {self.expected}\n  got:      {self.got}"
        )


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    value: Value | None


def check_rules(rulebook: Rulebook) -> Iterator[Failure]:
    """The failures of all rules, in the order of the files. Raises `RulebookError` where the word lists are broken."""
    known = interpreters(rulebook)
    for compiled in rulebook.rules:
        yield from check_rule(compiled, known)


def check_rule(compiled: CompiledRule, known: Mapping[str, Interpreter]) -> Iterator[Failure]:
    """The failures of one rule: a positive example asserts exactly its spans and values, a negative asserts none.

    As in a run, a match that its normalizer makes nothing of does not count. `known` is what `interpreters` returns.
    """
    rule = compiled.rule
    if rule.normalizer is not None and rule.normalizer not in known:
        expected = f"a normalizer: {', '.join(sorted(known))}"
        yield Failure(compiled.path, rule.id, "-", expected, f"normalizer {rule.normalizer!r}")
        return
    interpret = known[rule.normalizer] if rule.normalizer is not None else None
    for example in (*rule.positive, *(Example(text=text) for text in rule.negative)):
        difference = _difference(compiled, interpret, example)
        if difference:
            yield Failure(compiled.path, rule.id, example.text, *difference)


def value_fields(value: Value) -> dict[str, str]:
    """A value's fields under the names that `records.jsonl` has, as the text that a rule file writes for them.

    Numbers have no exponent and no closing zeros, a missing value is `null`, a truth value `true` or `false`.
    """
    return {_RECORD_NAMES.get(f.name, f.name): _written(getattr(value, f.name)) for f in fields(value)}


def _written(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
        case _:
            return str(value)


def _difference(compiled: CompiledRule, interpret: Interpreter | None, example: Example) -> tuple[str, str] | None:
    """What the example expects and what there is instead, or None where it holds."""
    try:
        found = list(_find(compiled, interpret, example))
    # The author of a rule wants to know which example broke a normalizer.
    except Exception as error:
        return "a value", f"{type(error).__name__}: {error}"
    if [(f.start, f.end) for f in found] != list(example.spans):
        return _marked(example.plain, example.spans), _marked(example.plain, [(f.start, f.end) for f in found])
    for one, expected in zip(found, example.values, strict=False):
        actual = value_fields(one.value) if one.value is not None else {}
        got = {name: actual.get(name, "no such field") for name in expected}
        if got != dict(expected):
            wrong = [name for name in expected if got[name] != expected[name]]
            mention = example.plain[one.start : one.end]
            return _fields(mention, expected, wrong), _fields(mention, got, wrong)
    return None


def _find(compiled: CompiledRule, interpret: Interpreter | None, example: Example) -> Iterator[_Found]:
    for match in rule_matches(compiled, example.plain):
        if interpret is None:
            yield _Found(match.start, match.end, None)
            continue
        text = example.plain[match.start : match.end]
        value = interpret(Evidence(text, match.captures, compiled.rule.options, example.published))
        if value is not None:
            yield _Found(match.start, match.end, value)


def _fields(mention: str, fields: Mapping[str, str], names: Sequence[str]) -> str:
    return f"{mention} " + ", ".join(f"{name}: {fields[name]}" for name in names)


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    if not spans:
        return "nothing"
    for start, end in reversed(spans):
        text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    return text
