"""Short forms of titles → the full title: 《实施意见》 after 《关于…的实施意见》（以下简称《实施意见》）."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.document import Document, Mention, Title, TitleLinks
from pipeline.rulebook import Rulebook

_CLOSING_BRACKET = re.compile(r"[（(][^（()）]{0,40}[）)]$")
_LONGEST_CUE = 30
"""Code points between a full title and the short form that the text gives it, at most."""
_ANY_ENDING, _LONGEST_ENDING = 5, 14
"""Code points up to which any ending of a title is short for it, and up to which one that names a kind of paper is."""


class TitleLinker:
    """Gives every title its full form. Raises `RulebookError` where the rules lack its words.

    A title is short for another where the text says so (以下简称), where it is only a few characters or a kind of paper
    (《实施方案》) and a full title ends in it, or where it lacks only the opening that all laws share or the brackets
    at the end. What the text says counts first, then the nearest full title before it in its article, then one that
    comes after it.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._short_form = rulebook.compile("{paper_short_form}")
        self._cue = rulebook.compile("{paper_short_form_cue}")
        self._openings = rulebook.words("title_opening")

    def __call__(self, document: Document) -> None:
        """Sets the links of all titles among the document's mentions."""
        starts = [article.start for article in document.articles]
        titles: dict[int, list[Mention]] = {}
        for mention in document.mentions:
            if isinstance(mention.value, Title):
                titles.setdefault(bisect_right(starts, mention.start), []).append(mention)
        full: dict[int, str] = {}
        for of_article in titles.values():
            full |= self._full_names(of_article, document.text.text)
        document.mentions = [
            m.linked(TitleLinks(full[m.start])) if m.start in full and isinstance(m.value, Title) else m
            for m in document.mentions
        ]

    def _full_names(self, titles: Sequence[Mention], text: str) -> dict[int, str]:
        """start → full title, for the titles of one article."""
        names: dict[int, str] = {}
        given: dict[str, str] = {}
        by_ending: dict[str, str] = {}
        waiting = []
        before: Mention | None = None
        for mention in titles:
            name = mention.value.name if isinstance(mention.value, Title) else ""
            if before and self._gives(text[before.end : mention.start]):
                given[name] = names[before.start]
            known = given.get(name) or by_ending.get(name)
            names[mention.start] = known or name
            if known is None:
                waiting.append((mention.start, name))
                by_ending |= dict.fromkeys(self._endings(name), name)
            before = mention
        later = by_ending | given
        return names | {start: later[name] for start, name in waiting if name in later}

    def _gives(self, between: str) -> bool:
        return len(between) <= _LONGEST_CUE and self._cue.occurs(between)

    def _endings(self, name: str) -> list[str]:
        """The short forms under which a full title may be spoken of."""
        stem = _CLOSING_BRACKET.sub("", name)
        if self._is_kind(stem):
            return []
        ends = [stem[-length:] for length in range(1, min(_LONGEST_ENDING, len(stem) - 1) + 1)]
        openings = [name.removeprefix(o) for o in self._openings if name.startswith(o)]
        shorter = [o for o in openings if o] + ([stem] if len(stem) < len(name) else [])
        return [end for end in ends if 1 < len(end) <= _ANY_ENDING or self._is_kind(end)] + shorter

    def _is_kind(self, name: str) -> bool:
        return self._short_form.occurs(name)
