"""What one mention of a name says about the rest of its article."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.document import Article, Block, Document, Mention
from pipeline.recognize.names.corrections import Corrections
from pipeline.recognize.names.firms import TradeFirms
from pipeline.recognize.names.people import PersonNames
from pipeline.recognize.names.plausibility import Plausibility
from pipeline.recognize.names.short_names import Occurrences, ShortNames, declared
from pipeline.rulebook import Rulebook

_MARKS = " 　\n，,。、；;：:"


class _Known(NamedTuple):
    """The rule by which a name is known, the full name that it stands for, and what the rule says of that."""

    source: str
    full: str
    options: Mapping[str, str] = {}


class Completion:
    """Marks names again where they return, whole or short, and the people in bylines, lists and signatures."""

    def __init__(self, rulebook: Rulebook, plausibility: Plausibility, people: PersonNames) -> None:
        self._plausibility = plausibility
        self._people = people
        self._short_names = ShortNames(rulebook)
        self._firms = TradeFirms(rulebook, plausibility)
        self._corrections = Corrections(rulebook, plausibility)
        self._topics = frozenset(rulebook.words("department_topics"))
        self._words = self._topics.union(rulebook.words("generic_parts"))
        self._bare_zones = rulebook.words("bare_zones", "article", "customs", "trade")
        self._before_zones = frozenset((*_MARKS, *rulebook.words("before_names", "any", "zones")))
        # 镇、街道、开发区
        self._in_a_list_of_kinds = tuple(f"{town}、" for town in rulebook.words("place_suffixes", "towns"))
        self._trades = rulebook.words("legal_forms", "trades")
        self._place_endings = frozenset(rulebook.words("place_endings"))

    def __call__(self, document: Document, mentions: list[Mention], places: Mapping[str, int]) -> list[Mention]:
        """`mentions` and the new ones, in text order, without overlaps.

        `places` says how often the model took a word for a place, which is no short name of a body.
        """
        text = document.text.text
        starts = [article.start for article in document.articles]
        own: list[list[Mention]] = [[] for _ in starts]
        elsewhere: list[Mention] = []
        for mention in mentions:
            at = bisect_right(starts, mention.start) - 1
            inside = at >= 0 and mention.end <= document.articles[at].end
            (own[at] if inside else elsewhere).append(mention)
        blocks: list[list[Block]] = [[] for _ in starts]
        for block in document.blocks:
            at = bisect_right(starts, block.start) - 1
            if at >= 0 and block.start < document.articles[at].end:
                blocks[at].append(block)
        for article, found, inner in zip(document.articles, own, blocks, strict=True):
            elsewhere += self._completed(text, article, found, inner, places)
        return _without_overlaps(elsewhere)

    def _completed(
        self,
        text: str,
        article: Article,
        mentions: Sequence[Mention],
        blocks: Iterable[Block],
        places: Mapping[str, int],
    ) -> list[Mention]:
        """An article's mentions and the new ones, which come last."""
        content = text[article.start : article.end]
        firms = self._firms.repeated(content)
        found = self._corrections(text, content, mentions, firms)
        found += list(self._beside(text, found))
        for block in blocks:
            found += (
                _person(start, end, "people.signature")
                for start, end in self._people.signatures(text, block.start, block.end)
            )
            if block.role == "byline":
                found += (
                    _person(start, end, "people.names_alone")
                    for start, end in self._people.alone(text, block.start, block.end)
                )
        bodies = [m for m in found if m.kind == "organization"]
        people = dict.fromkeys(text[m.start : m.end] for m in found if m.kind == "person")
        known = self._known(text, article, bodies, places, firms)
        again = [
            m.at(m.start + article.start, m.end + article.start)
            for m in (*self._bodies_again(content, known), *self._people_again(content, people))
        ]
        # a known name is surer than a part of it
        longer = {at: m for m in again if m.kind == "person" or m.end - m.start >= 4 for at in range(m.start, m.end)}
        return [m for m in found if not _part(m, longer.get(m.start))] + again

    def _beside(self, text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
        # where lists were followed from already: all names of a list lead to the same next ones
        followed: set[int] = set()
        for mention in mentions:
            if mention.kind == "person" and mention.end not in followed:
                followed.add(mention.end)
                for start, end in self._people.beside(text, mention.end):
                    yield _person(start, end, "people.beside")
                    if end in followed:
                        break
                    followed.add(end)
            elif mention.kind == "organization":
                for start, end in self._firms.beside(text, mention.start, mention.end):
                    yield Mention("organization", start, end, "organizations.firm_beside", normalizer="organization")

    def _known(
        self,
        text: str,
        article: Article,
        bodies: Sequence[Mention],
        places: Mapping[str, int],
        firms: Iterable[str],
    ) -> dict[str, _Known]:
        """The names of bodies, and their short forms, by which the article may call them anywhere."""
        content = text[article.start : article.end]
        known = {name: _Known("organizations.repeated_firm", name) for name in firms}
        names = [text[m.start : m.end] for m in bodies]
        times = Counter(names)
        # what the rule that found a name says of its type holds for its short forms
        types: dict[str, Mapping[str, str]] = {}
        for mention, name in zip(bodies, names, strict=True):
            if kind := mention.options.get("type"):
                types.setdefault(name, {"type": kind})
        # a name that comes again has the same short forms, and counting them reads the whole text
        first: dict[str, Mention] = {}
        for mention, name in zip(bodies, names, strict=True):
            first.setdefault(name, mention)
        for name, mention in first.items():
            # 云石 of 云石、海棠3家高新区 is a place elsewhere
            if "name" in mention.options:
                continue
            if len(name) >= 4 and not self._plausibility.generic(name):
                known.setdefault(name, _Known(mention.source, name))
            for short in self._short_forms(name, text, content, times, places):
                known.setdefault(short, _Known("organizations.short_name", name))
        for brand in self._brands(content, times, places):
            known.setdefault(brand, _Known("organizations.short_name", brand))
        ends = {m.end - article.start: name for m, name in zip(bodies, names, strict=True)}
        for short, full in declared(content, ends):
            if not any(c in short for c in "《》“”") and not self._plausibility.generic(short):
                known[short] = _Known("organizations.declared_short_name", full)
        for zone in self._bare_zones:
            if named := next((n for n in times if n.endswith(zone) and len(n) - len(zone) >= 2), None):
                known.setdefault(zone, _Known("organizations.short_name", named))
        return {name: found._replace(options=types.get(found.full, {})) for name, found in known.items()}

    def _short_forms(
        self, name: str, text: str, content: str, times: Mapping[str, int], places: Mapping[str, int]
    ) -> Iterator[str]:
        """The short forms of a name that stand for nothing else in its article."""
        for short in self._short_names.of(name):
            votes = places.get(short, 0)
            place = f"{short}市" in text or 0 < times[name] + times.get(short, 0) <= votes
            # a word that comes up all the time is no firm's short name
            rare = len(short) > 4 or content.count(short) <= 8 * content.count(name)
            # 广源药业 may be named for a place 广源
            if len(short) == 2 and name.endswith(self._trades) and not times.get(short):
                continue
            if rare and not place and short not in self._topics and self._plausibility.brand(short):
                yield short

    def _brands(self, content: str, times: Mapping[str, int], places: Mapping[str, int]) -> Iterator[str]:
        """The brands that were taken for a body time and again: each is one wherever it stands."""
        within = _within(times)
        for name, count in times.items():
            if not 2 <= len(name) <= 3 or count <= max(1, places.get(name, 0)):
                continue
            # what belongs to a longer name says nothing
            alone = content.count(name) - within[name]
            if count < alone <= 4 * count and self._plausibility.brand(name) and name not in self._corrections.closed:
                yield name

    def _bodies_again(self, content: str, known: Mapping[str, _Known]) -> Iterator[Mention]:
        for start, end in Occurrences(known)(content):
            name = content[start:end]
            source, full, options = known[name]
            if self._stands_alone(content, start, end):
                # a short form is of the full name's type
                captures = {"full": full} if full != name else {}
                yield Mention("organization", start, end, source, captures, "organization", options)

    def _people_again(self, content: str, names: Iterable[str]) -> Iterator[Mention]:
        people = [name for name in names if " " not in name]
        for start, end in Occurrences(name for name in people if len(name) >= 3)(content):
            yield Mention("person", start, end, "people.again", normalizer="person")
        for start, end in Occurrences(name for name in people if len(name) < 3)(content):
            # two characters may be any word: 何青说 opens a clause and speaks
            if (start == 0 or content[start - 1] in _MARKS) and self._people.speaks(content, end):
                yield Mention("person", start, end, "people.again", normalizer="person")

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        # 开发区 of 国家级开发区, 该开发区 and “侨乡”开发区 is a kind
        if text[start:end] in self._bare_zones and (
            (start > 0 and text[start - 1] not in self._before_zones)
            or text.endswith(self._in_a_list_of_kinds, 0, start)
        ):
            return False
        # 青石路 is no 青石, 不动产投资 no 产投, IT浪花 no 浪花
        if end - start > 2:
            return True
        if start > 0 and text[start - 1].isascii() and text[start - 1].isalpha():
            return False
        behind = text[end : end + 1]
        return not (behind and (behind in self._place_endings or text[end - 1] + behind in self._words))


def _within(times: Mapping[str, int]) -> Counter[str]:
    """How often a part of two or three characters stands in longer names."""
    parts: Counter[str] = Counter()
    for name, count in times.items():
        for part in {name[at : at + size] for size in (2, 3) for at in range(len(name) - size + 1)} - {name}:
            parts[part] += count
    return parts


def _part(mention: Mention, other: Mention | None) -> bool:
    return (
        other is not None
        and mention.kind == other.kind
        and other.start <= mention.start
        and mention.end <= other.end
        and mention.end - mention.start < other.end - other.start
    )


def _person(start: int, end: int, source: str) -> Mention:
    return Mention("person", start, end, source, normalizer="person")


def _without_overlaps(mentions: Sequence[Mention]) -> list[Mention]:
    """The first of overlapping names stays, so what the sentences gave comes before what was added."""
    kept: list[Mention] = []
    taken = bytearray(max((m.end for m in mentions), default=0))
    for mention in mentions:
        span = slice(mention.start, mention.end)
        if 1 in taken[span]:
            continue
        kept.append(mention)
        taken[span] = bytes([1]) * (mention.end - mention.start)
    return sorted(kept, key=lambda m: (m.start, m.end))
