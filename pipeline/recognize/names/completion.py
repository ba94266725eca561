"""What one mention of a name says about the rest of its article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from pipeline.document import Document, Mention
from pipeline.recognize.merge import overlap
from pipeline.recognize.names.people import PersonNames
from pipeline.recognize.names.plausibility import Plausibility
from pipeline.recognize.names.short_names import ShortNames, declared, occurrences
from pipeline.rulebook import Rulebook


class Completion:
    """Marks names again where they return, whole or short, and the people in bylines, lists and signatures."""

    def __init__(self, rulebook: Rulebook, plausibility: Plausibility, people: PersonNames) -> None:
        self._plausibility = plausibility
        self._people = people
        self._short_names = ShortNames(rulebook)
        self._place_endings = frozenset(rulebook.words("place_endings"))

    def __call__(self, document: Document, mentions: list[Mention], places: Set[str]) -> list[Mention]:
        """`mentions` and the new ones, in text order, without overlaps; `places` are no short names of bodies."""
        text = document.text.text
        found = list(mentions)
        for article in document.articles:
            own = [m for m in mentions if article.start <= m.start and m.end <= article.end]
            found += self._beside(text, own)
            for block in document.blocks:
                if article.start <= block.start < article.end:
                    found += (
                        _person(start, end, "people.signature")
                        for start, end in self._people.signatures(text, block.start, block.end)
                    )
                    if block.role == "byline":
                        found += (
                            _person(start, end, "people.names_alone")
                            for start, end in self._people.alone(text, block.start, block.end)
                        )
            own = [m for m in found if article.start <= m.start and m.end <= article.end]
            content = text[article.start : article.end]
            again = [
                replace(m, start=m.start + article.start, end=m.end + article.start)
                for m in self._again(content, text, own, article.start, places)
            ]
            # a known name is surer than a part of it
            longer = {at: m for m in again if m.end - m.start >= 4 for at in range(m.start, m.end)}
            found = [m for m in found if not _part(m, longer.get(m.start))] + again
        return _without_overlaps(found)

    def _beside(self, text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
        for mention in mentions:
            if mention.kind == "person":
                for start, end in self._people.beside(text, mention.end):
                    yield _person(start, end, "people.beside")

    def _again(
        self, content: str, text: str, mentions: Iterable[Mention], offset: int, places: Set[str]
    ) -> Iterator[Mention]:
        bodies: dict[str, tuple[str, str]] = {}
        people: set[str] = set()
        ends: dict[int, str] = {}
        for mention in mentions:
            name = text[mention.start : mention.end]
            if mention.kind == "organization":
                ends[mention.end - offset] = name
                if len(name) >= 4 and not self._plausibility.generic(name):
                    bodies.setdefault(name, (mention.source, name))
                for short in self._short_names.of(name) - places:
                    # a word that comes up all the time is no firm's short name
                    rare = len(short) > 4 or content.count(short) <= 8 * content.count(name)
                    if rare and self._plausibility.brand(short):
                        bodies.setdefault(short, ("organizations.short_name", name))
            elif mention.kind == "person" and len(name) >= 3 and " " not in name:
                people.add(name)
        for short, full in declared(content, ends):
            if not any(c in short for c in "《》“”") and not self._plausibility.generic(short):
                bodies[short] = ("organizations.declared_short_name", full)
        for start, end in occurrences(content, bodies):
            source, full = bodies[content[start:end]]
            if self._stands_alone(content, start, end):
                # a short form is of the full name's type
                captures = {"full": full} if full != content[start:end] else {}
                yield Mention("organization", start, end, source, captures, "organization")
        for start, end in occurrences(content, people):
            yield Mention("person", start, end, "people.again", normalizer="person")

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        # 青石路 is no 青石
        return not (end - start == 2 and end < len(text) and text[end] in self._place_endings)


def _part(mention: Mention, other: Mention | None) -> bool:
    return (
        other is not None
        and mention.kind == other.kind == "organization"
        and other.start <= mention.start
        and mention.end <= other.end
        and mention.end - mention.start < other.end - other.start
    )


def _person(start: int, end: int, source: str) -> Mention:
    return Mention("person", start, end, source, normalizer="person")


def _without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """The first of overlapping names stays, so what the sentences gave comes before what was added."""
    kept: list[Mention] = []
    taken: dict[int, Mention] = {}
    for mention in mentions:
        others = (taken.get(at) for at in range(mention.start, mention.end))
        if any(o is not None and overlap(o, mention) for o in others):
            continue
        kept.append(mention)
        taken.update(dict.fromkeys(range(mention.start, mention.end), mention))
    return sorted(kept, key=lambda m: (m.start, m.end))
