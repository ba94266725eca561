"""Sentences → mentions: rules and model propose, names are fitted, `merge` settles overlaps, the text completes.

A name that is known once is known in its whole article: the last step marks its short forms and repetitions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.document import Document, Mention
from pipeline.recognize.gazetteer import Gazetteer
from pipeline.recognize.merge import Exclusion, insist, merge, proposals, without_works, works_in
from pipeline.recognize.names.boundaries import NameBoundaries
from pipeline.recognize.names.completion import Completion
from pipeline.recognize.names.fitting import Evidence, NameFitter
from pipeline.recognize.names.people import PersonNames
from pipeline.recognize.names.plausibility import Plausibility
from pipeline.recognize.names.zones import ZoneNames
from pipeline.recognize.rules import RuleMatcher
from pipeline.rulebook import Rulebook

__all__ = ["Recognizer"]

_ACRONYM = re.compile(r"[（(][ 　]?(?P<short>[A-Z]{2,8})[ 　]?[)）]")
_TERM = re.compile("[\u4e00-\u9fff]{2,4}$")


class Recognizer:
    """The stage that sets `mentions`, in text order, without values."""

    def __init__(self, rulebook: Rulebook, model: str = "model", gazetteer: Gazetteer | None = None) -> None:
        """`model` stands as the source of what only the model found."""
        self._matcher = RuleMatcher(rulebook.rules)
        self._gazetteer = gazetteer
        self._boundaries = NameBoundaries(rulebook)
        self._zones = ZoneNames(rulebook)
        plausibility = Plausibility(rulebook)
        people = PersonNames(rulebook, plausibility)
        self._fit = NameFitter(rulebook, model, self._boundaries, plausibility, people, self._zones)
        self._completion = Completion(rulebook, plausibility, people)

    def __call__(self, document: Document) -> None:
        """Sets `mentions`."""
        text = document.text.text
        sentences = document.sentence_texts()
        entities = document.entities or [[] for _ in sentences]
        zones = self._zones.known(sentences, entities)
        zone_places = self._zones.places(zones)
        terms = self._terms(text)
        mentions: list[Mention] = []
        shown: Counter[str] = Counter()
        barred: list[Exclusion] = []
        works: set[str] = set()
        for sentence, content, named, matches in zip(
            document.sentences, sentences, entities, self._matcher.matches(sentences), strict=True
        ):
            candidates, exclusions = proposals(matches)
            named = [e for e in named if content[e.start : e.end] not in terms]
            places = sorted([*zone_places(content), *((e.start, e.end) for e in named if e.kind == "place")])
            evidence = Evidence(places, [e for e in named if e.kind == "organization"], zones)
            fitted = list(self._fit(content, candidates, named, evidence))
            barred += (
                Exclusion(e.start + sentence.start, e.end + sentence.start, e.kinds)
                for e in exclusions
                if "organization" in e.kinds or "person" in e.kinds
            )
            works.update(works_in(content, exclusions))
            shown.update(content[e.start : e.end] for e in named if e.kind == "place")
            mentions += (m.at(m.start + sentence.start, m.end + sentence.start) for m in merge(fitted, exclusions))
        mentions = without_works(mentions, works, text)
        barred.sort(key=lambda e: e.end)
        if self._gazetteer:
            mentions = insist(mentions, self._own(document, self._gazetteer), barred)
        completed = self._completion(document, mentions, shown)
        found = set(map(id, mentions))
        document.mentions = [m for m in completed if id(m) in found or not _barred(m, barred)]

    @staticmethod
    def _own(document: Document, gazetteer: Gazetteer) -> Iterator[Mention]:
        starts = [s.start for s in document.sentences]
        for mention in gazetteer.find(document.text.text):
            at = bisect_right(starts, mention.start) - 1
            if at >= 0 and mention.end <= document.sentences[at].end:
                yield mention

    def _terms(self, text: str) -> frozenset[str]:
        """The acronyms that the text gives to a term which is no body's name: 直流供电系统(HVDC)."""
        return frozenset(
            acronym["short"]
            for acronym in _ACRONYM.finditer(text)
            if (term := _TERM.search(text, max(0, acronym.start() - 4), acronym.start()))
            and not self._boundaries.ends_in_head(term[0])
        )


def _barred(mention: Mention, exclusions: Sequence[Exclusion]) -> bool:
    """Whether an exclusion that the sentences gave (in text order) keeps a mention of the completion out."""
    at = bisect_left(exclusions, mention.start, key=lambda e: e.end)
    return any(e.bars(mention) for e in exclusions[at : at + 8])
