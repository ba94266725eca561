"""Sentences → mentions where no names are wanted: numbers, times and titles are the business of rules alone."""

from __future__ import annotations

from pipeline.document import Document, Mention, MentionKind
from pipeline.recognize.merge import merge, proposals, without_works, works_in
from pipeline.recognize.rules import RuleMatcher
from pipeline.rulebook import Rulebook

_KINDS: frozenset[MentionKind] = frozenset(("document", "horizon", "quantity"))


class NumberRecognizer:
    """The stage that sets `mentions`, in text order, without values and without names."""

    def __init__(self, rulebook: Rulebook) -> None:
        rules = [c for c in rulebook.rules if not _KINDS.isdisjoint((c.rule.kind, *c.rule.excludes))]
        self._matcher = RuleMatcher(rules)

    def __call__(self, document: Document) -> None:
        """Sets `mentions`."""
        mentions: list[Mention] = []
        works: set[str] = set()
        contents = document.sentence_texts()
        for sentence, content, matches in zip(
            document.sentences, contents, self._matcher.matches(contents), strict=True
        ):
            candidates, exclusions = proposals(matches)
            works.update(works_in(content, exclusions))
            mentions += (m.at(m.start + sentence.start, m.end + sentence.start) for m in merge(candidates, exclusions))
        document.mentions = without_works(mentions, works, document.text.text)
