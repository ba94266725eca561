"""Cues that matter only among blocks: who signs, and how captions speak."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.rulebook import Rulebook

_LONGEST = 45
"""Code points of a text that are looked at."""


class RoleCues:
    """The cues, compiled. Raises `RulebookError` where one is missing or broken."""

    def __init__(self, rulebook: Rulebook) -> None:
        def cue(name: str) -> Callable[[str], bool]:
            pattern = rulebook.compile(f"{{layout_{name}}}")
            return lambda text: pattern.occurs(text[:_LONGEST])

        self._authors = cue("authors")
        self._no_names = (*rulebook.words("not_people"), *rulebook.words("common_word"))
        self.name = cue("surname")
        self.issuer = cue("issuer")
        self.preface = cue("preface")
        self.scene = cue("scene")
        self.argues = cue("argues")

    def authors(self, text: str) -> bool:
        """Whether the text is nothing but names of people, one or more."""
        return (
            self._authors(text)
            and not self.preface(text)
            and not any(word.startswith(self._no_names) for word in text.split())
        )
