"""Mention → typed value, or an explicit "cannot": then the mention is dropped."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from pipeline.document import Document, Horizon, Mention
from pipeline.normalize.dates import ArticleDates
from pipeline.normalize.discourse import Deixis, Discourse
from pipeline.normalize.evidence import Evidence, Interpreter
from pipeline.normalize.horizons import horizon_interpreters
from pipeline.normalize.names import name_interpreters
from pipeline.normalize.quantities import quantity_interpreters
from pipeline.normalize.titles import read_title
from pipeline.rulebook import Rulebook

__all__ = ["Evidence", "Interpreter", "Normalizer", "interpreters"]


def interpreters(rulebook: Rulebook) -> dict[str, Interpreter]:
    """All normalizers by the names that rules use."""
    return {
        "title": read_title,
        **horizon_interpreters(rulebook),
        **name_interpreters(rulebook),
        **quantity_interpreters(rulebook),
    }


class Normalizer:
    """The stage that sets every mention's `value`, and every article's `published`."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._interpreters = interpreters(rulebook)
        self._dates = ArticleDates(rulebook)
        self._deixis = Deixis(rulebook)

    def __call__(self, document: Document) -> None:
        """Replaces `mentions` by those that have a value."""
        text = document.text.text
        starts = [s.start for s in document.sentences]
        dates = self._dates(document)
        document.articles = [replace(a, published=date) for a, date in zip(document.articles, dates, strict=True)]
        discourses = [Discourse(document, article, self._deixis) for article in document.articles]
        valued: list[Mention] = []
        for mention in document.mentions:
            discourse = discourses[document.sentences[bisect_right(starts, mention.start) - 1].article]
            published = discourse.base(mention) if mention.kind == "horizon" else discourse.published
            value = self._interpreters[mention.normalizer or ""](
                Evidence(text[mention.start : mention.end], mention.captures, mention.options, published)
            )
            if value is not None:
                valued.append(mention.valued(value))
            if isinstance(value, Horizon):
                discourse.note(mention, value)
        document.mentions = valued
