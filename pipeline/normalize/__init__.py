"""Mention → typed value, or an explicit "cannot": then the mention is dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pipeline.document import Document, Mention, Organization, Person, Title, Value
from pipeline.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a normalizer sees of a mention: its text, the rule's named groups and options, the article's own date."""

    text: str
    captures: Mapping[str, str]
    options: Mapping[str, str]
    published: str | None = None


Interpreter = Callable[[Evidence], Value | None]
"""Returns None for "this means nothing"."""


def interpreters(rulebook: Rulebook) -> dict[str, Interpreter]:
    """All normalizers by the names that rules use."""
    return {
        "organization": lambda e: Organization("other"),
        "person": lambda e: Person("".join(e.text.split())),
        "title": lambda e: Title("".join(e.text.split()).strip("《》")),
    }


class Normalizer:
    """The stage that sets every mention's `value`."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._interpreters = interpreters(rulebook)

    def __call__(self, document: Document) -> None:
        """Replaces `mentions` by those that have a value."""
        text = document.text.text
        valued: list[Mention] = []
        for mention in document.mentions:
            value = self._interpreters[mention.normalizer or ""](
                Evidence(text[mention.start : mention.end], mention.captures, mention.options, document.published)
            )
            if value is not None:
                valued.append(replace(mention, value=value))
        document.mentions = valued
