"""Sentences → mentions: rules and model propose, names are fitted, `merge` settles overlaps, the text completes.

A name that is known once is known in its whole article: the last step marks its short forms and repetitions.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import Document, Mention
from pipeline.recognize.merge import Candidate, Exclusion, merge, proposals
from pipeline.recognize.names.boundaries import Fitted, NameBoundaries
from pipeline.recognize.names.completion import Completion
from pipeline.recognize.names.coordinations import ActingPlaces, FirmLists
from pipeline.recognize.names.people import PersonNames
from pipeline.recognize.names.plausibility import Plausibility
from pipeline.recognize.names.zones import ZoneNames
from pipeline.recognize.ner import Entity, Ner
from pipeline.recognize.rules import RuleMatcher
from pipeline.rulebook import Rulebook

__all__ = ["Recognizer"]

_REACH = 30
"""Code points that a name with an open left side can be long; its pattern takes the whole clause before the head."""

_ACRONYM = re.compile(r"(?P<term>[\u4e00-\u9fff]{2,4})[（(][ 　]?(?P<short>[A-Z]{2,8})[ 　]?[)）]")


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a sentence and its text say about where names begin."""

    places: Sequence[tuple[int, int]]
    bodies: Sequence[Entity]
    zones: frozenset[str]

    def known(self, fit: Fitted) -> bool:
        """Whether a place or a body that the model found opens the name, or the model's body reaches into its end."""
        return any(start == fit.start for start, _ in self.places) or any(
            e.start == fit.start or (0 < e.start - fit.start <= 2 and fit.end == e.end) for e in self.bodies
        )


class Recognizer:
    """The stage that sets `mentions`, in text order, without values."""

    def __init__(self, rulebook: Rulebook, ner: Ner) -> None:
        self._matcher = RuleMatcher(rulebook)
        self._ner = ner
        self._plausibility = Plausibility(rulebook)
        self._boundaries = NameBoundaries(rulebook)
        self._people = PersonNames(rulebook, self._plausibility)
        self._firms = FirmLists(rulebook, self._boundaries, self._plausibility)
        self._zones = ZoneNames(rulebook)
        self._acting = ActingPlaces(rulebook)
        self._levels = frozenset(rulebook.words("levels"))
        self._all = frozenset(rulebook.words("all_before"))
        self._some = frozenset(rulebook.words("some_before"))
        self._completion = Completion(rulebook, self._plausibility, self._people)

    def __call__(self, document: Document) -> None:
        """Sets `mentions`."""
        text = document.text.text
        sentences = [text[s.start : s.end] for s in document.sentences]
        entities = self._ner(sentences)
        zones = self._zones.known(sentences, entities)
        terms = self._terms(text)
        mentions: list[Mention] = []
        shown: set[str] = set()
        barred: list[Exclusion] = []
        for sentence, content, named, matches in zip(
            document.sentences, sentences, entities, self._matcher.matches(sentences), strict=True
        ):
            candidates, exclusions = proposals(matches)
            fitted = list(
                self._fitted(content, candidates, [e for e in named if content[e.start : e.end] not in terms], zones)
            )
            barred += (
                replace(e, start=e.start + sentence.start, end=e.end + sentence.start)
                for e in exclusions
                if "organization" in e.kinds or "person" in e.kinds
            )
            shown.update(content[e.start : e.end] for e in named if e.kind == "place")
            mentions += (
                replace(m, start=m.start + sentence.start, end=m.end + sentence.start)
                for m in merge(fitted, exclusions)
            )
        barred.sort(key=lambda e: e.end)
        completed = self._completion(document, mentions, shown)
        found = set(map(id, mentions))
        document.mentions = [m for m in completed if id(m) in found or not _barred(m, barred)]

    def _terms(self, text: str) -> frozenset[str]:
        """The acronyms that the text gives to a term which is no body's name: 直流供电系统(HVDC)."""
        return frozenset(m["short"] for m in _ACRONYM.finditer(text) if not self._boundaries.ends_in_head(m["term"]))

    def _fitted(
        self, text: str, candidates: Iterable[Candidate], entities: Sequence[Entity], zones: frozenset[str]
    ) -> Iterator[Candidate]:
        places = sorted([*self._zones.spans(text, zones), *((e.start, e.end) for e in entities if e.kind == "place")])
        evidence = _Evidence(places, [e for e in entities if e.kind == "organization"], zones)
        ruled = [c for candidate in candidates for c in self._by_rule(text, candidate, evidence)]
        ruled += [Candidate(self._organization(*span, "organizations.firm_list")) for span in self._firms(text, places)]
        ruled += [
            Candidate(self._organization(start, end, "organizations.acting_places"))
            for start, end in self._acting(text)
        ]
        yield from ruled
        bodies = [(c.mention.start, c.mention.end) for c in ruled if c.mention.kind == "organization"]
        for entity in entities:
            if entity.kind == "person":
                for start, end in self._people.fit(text, entity.start, entity.end):
                    yield Candidate(Mention("person", start, end, self._ner.name, normalizer="person"))
            elif entity.kind == "organization":
                for fit in self._boundaries.fit(text, entity.start, entity.end, places):
                    if self._vouched(text, fit.start, fit.end, bodies):
                        yield Candidate(self._organization(fit.start, fit.end, self._ner.name))

    def _by_rule(self, text: str, candidate: Candidate, evidence: _Evidence) -> Iterator[Candidate]:
        mention = candidate.mention
        opens = mention.options.get("opens")
        if mention.kind == "organization" and self._any_of_its_kind(text, mention.start):
            return
        if mention.kind == "person":
            for start, end in self._people.fit(text, mention.start, mention.end):
                yield Candidate(replace(mention, start=start, end=end), candidate.priority)
        elif mention.kind != "organization":
            yield candidate
        elif mention.options.get("left") != "open":
            name = text[mention.start : mention.end]
            if opens != "proper" or self._plausibility.body(name) or self._plausibility.of_level(name):
                yield candidate
        else:
            start = max(mention.start, mention.end - _REACH)
            for fit in self._boundaries.fit(text, start, mention.end, evidence.places):
                name = text[fit.start : fit.end]
                if self._any_of_its_kind(text, fit.start):
                    continue
                if mention.options.get("type") == "zone" and not self._zones.named(
                    name, evidence.zones, sure=fit.sure and not self._plausibility.generic(name)
                ):
                    continue
                known = evidence.known(fit) or (opens == "known" and self._plausibility.opens_like_a_body(name))
                # 市交易中心 is the one of its city, general as its words may be
                plausible = self._plausibility.body(name) or (opens == "level" and self._plausibility.of_level(name))
                if (known or (fit.sure and opens != "known")) and plausible:
                    yield Candidate(replace(mention, start=fit.start, end=fit.end), candidate.priority)

    def _any_of_its_kind(self, text: str, start: int) -> bool:
        """各|区人民政府, 全|市综治中心, 一家|太阳能公司."""
        return text[start - 2 : start] in self._some or (
            text[start - 1 : start] in self._all and text[start : start + 1] in self._levels
        )

    def _vouched(self, text: str, start: int, end: int, bodies: Sequence[tuple[int, int]]) -> bool:
        """Whether a name stands that the model alone proposes; `bodies` are the rules' in the same sentence."""
        name = text[start:end]
        if not self._plausibility.modelled(name) or _quoted(text, start, end):
            return False
        inside = [(a, b) for a, b in bodies if start <= a and b <= end and b - a < end - start]
        # 党中央站|在: a body that the rules know, and a rest that is none
        if inside and not self._boundaries.ends_in_head(name):
            return False
        # 甲省委省政府 are two
        return sum(b - a for a, b in set(inside)) < end - start or not any(b == end for _, b in inside)

    def _organization(self, start: int, end: int, source: str) -> Mention:
        return Mention("organization", start, end, source, normalizer="organization")


def _barred(mention: Mention, exclusions: Sequence[Exclusion]) -> bool:
    """Whether an exclusion that the sentences gave (in text order) keeps a mention of the completion out."""
    at = bisect_left(exclusions, mention.start, key=lambda e: e.end)
    return any(e.bars(mention) for e in exclusions[at : at + 8])


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether quotation marks enclose just the span: a slogan or a label."""
    return start > 0 and end < len(text) and text[start - 1] in '“‘"' and text[end] in '”’"'
