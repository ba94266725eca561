"""What a normalizer gets, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.document import Value


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a normalizer sees of a mention: its text, the rule's named groups and options, the article's own date."""

    text: str
    captures: Mapping[str, str]
    options: Mapping[str, str]
    published: str | None = None


Interpreter = Callable[[Evidence], Value | None]
"""Returns None for "this means nothing"."""
