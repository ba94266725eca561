"""The full form that a short, abbreviated or elliptical name stands for within its document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.document import Document, Mention, Organization, OrganizationLinks
from pipeline.recognize.names.short_names import ShortNames, declared
from pipeline.rulebook import Rulebook

_JOINT = re.compile(r"\s*[、，和与及]?\s*")
_GLOSS = re.compile(r"[（(][^（）()]*[)）]$")


class Aliases:
    """Sets the canonical name of every organization.

    A full form in the same article counts before one elsewhere, and one in its text before one in a caption, which may
    belong to another article of the page.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._forms = _Forms(rulebook)
        organs = {*rulebook.words("place_organs"), *rulebook.words("own_organs"), *rulebook.words("party_organs")}
        self._organs = tuple(sorted(organs, key=len, reverse=True))

    def __call__(self, document: Document) -> list[Mention]:
        """The document's mentions, the organizations among them with links."""
        text = document.text.text
        bodies = [(i, m) for i, m in enumerate(document.mentions) if isinstance(m.value, Organization)]
        starts = [a.start for a in document.articles]
        captions = sorted((b.start, b.end) for b in document.blocks if b.role in ("caption", "repeat"))
        every = _FullNames(self._forms)
        by_article = [_FullNames(self._forms) for _ in document.articles]
        by_running_text = [_FullNames(self._forms) for _ in document.articles]
        for full, start in sorted(self._names(text, [m for _, m in bodies]), key=lambda n: n[1]):
            article = bisect_right(starts, start) - 1
            every.add(full, start)
            by_article[article].add(full, start)
            caption = bisect_right(captions, (start, len(text))) - 1
            if caption < 0 or captions[caption][1] <= start:
                by_running_text[article].add(full, start)
        declarations = dict(declared(text, {m.end: text[m.start : m.end] for _, m in bodies}))
        mentions = list(document.mentions)
        previous: Mention | None = None
        for i, mention in bodies:
            written = _squeezed(text, mention)
            full = declarations.get(written) or self._with_head_of(text, previous, mention) or written
            article = bisect_right(starts, mention.start) - 1
            scopes = (by_running_text[article], by_article[article], every)
            # a short form of a short form: 茶协 → 省茶协 → 省茶叶协会
            for _ in range(3):
                longer = next((name for scope in scopes if (name := scope.meant_by(full, mention.start))), None)
                if longer is None:
                    break
                full = longer
            mentions[i] = replace(mention, links=OrganizationLinks(full))
            previous = mention
        return mentions

    def _names(self, text: str, bodies: Sequence[Mention]) -> Iterator[tuple[str, int]]:
        for mention in bodies:
            yield _squeezed(text, mention), mention.start
        for one, other in pairwise(bodies):
            if full := self._with_head_of(text, one, other):
                yield full, other.start

    def _with_head_of(self, text: str, one: Mention | None, other: Mention) -> str | None:
        """甲市委、市政府: the second body's full name by the first one's place."""
        if one is None or not 0 < other.start - one.end <= 2 or not _JOINT.fullmatch(text, one.end, other.start):
            return None
        first, second = text[one.start : one.end], text[other.start : other.end]
        organ = next((o for o in self._organs if first.endswith(o)), None)
        if organ is None or len(first) - len(organ) < 3:
            return None
        head = first[: -len(organ)]
        if second in self._organs:
            return head + second
        if head.endswith(second[:1]) and second[1:] in self._organs:
            return head + second[1:]
        return None


class _Forms:
    """The ways in which a full name is shortened."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.short_names = ShortNames(rulebook)
        self.levels = frozenset(rulebook.words("levels"))
        self.zones = tuple(sorted(rulebook.words("bare_zones"), key=len, reverse=True))
        self.fixed = frozenset(
            (*rulebook.words("state_organs"), *rulebook.words("ministries"), *rulebook.words("national_companies"))
        )
        organs = (*rulebook.words("place_organs"), *rulebook.words("party_organs"))
        self.places = (*self.zones, *rulebook.words("place_suffixes"), *organs)
        self._spellings = rulebook.meanings("official_spellings")

    def key(self, name: str) -> str:
        """The name in one spelling: 第六届人大 and 六届人民代表大会 are the same."""
        for long, short in self._spellings.items():
            name = name.replace(long, short)
        return name.replace("第", "")

    def endings(self, full: str) -> Iterator[str]:
        """The keys that the name ends in, where a place may be left out before them."""
        key = self.key(full)
        yield key
        for cut in range(1, len(key) - 1):
            rest = key[cut:]
            left_out_whole = cut > 1 and key[:cut].endswith(self.places)
            opens = cut > 1 and (rest[0] in self.levels or rest.startswith(self.zones))
            # 云石高新区 of 临川云石高新区
            opens |= cut > 1 and any(rest.endswith(z) and len(rest) - len(z) >= 2 for z in self.zones)
            if rest in self.zones or opens or left_out_whole:
                yield rest

    def inner(self, full: str) -> Iterator[tuple[str, str]]:
        """(part, its full form): 园区服务中心 in 临川高新区园区服务中心综合处, which ends in an office of its own."""
        for start in range(2, len(full) - 4):
            if full[:start].endswith(self.places):
                yield from ((full[start:end], full[:end]) for end in range(start + 4, len(full)))

    def without_level(self, full: str) -> Iterator[str]:
        """The name, and what follows its level: 省茶叶协会, 茶叶协会."""
        full = _GLOSS.sub("", full)
        if full.endswith("委员会"):
            full = full[:-2]
        # 茶协 of 茶叶流通协会
        elif full.endswith(("协会", "学会", "商会")):
            yield full[:-1]
        yield full
        yield from (full[len(level) :] for level in self.levels if full.startswith(level) and len(full) > len(level))

    def abbreviates(self, written: str, full: str) -> bool:
        """茶协 of 茶叶流通协会: its characters in order, first and last among them."""
        middle = written[_shared(written, full) : -1]
        if len(full) < len(written) + 2 or full[-2:] == written[-2:] or any(c in self.levels for c in middle):
            return False
        characters = iter(full)
        return all(c in characters for c in written)


def _shared(one: str, other: str) -> int:
    """How many characters both open with, one at least."""
    return max(1, next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one)))


class _FullNames:
    """The names of an article or a document, by what may stand for them; added in text order."""

    def __init__(self, forms: _Forms) -> None:
        self._forms = forms
        self._starts: dict[str, list[int]] = {}
        self._ending: dict[str, list[str]] = {}
        self._short: dict[str, list[str]] = {}
        self._framed: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._inner: dict[str, str] = {}

    def add(self, full: str, start: int) -> None:
        """Adds a name that stands at `start`."""
        self._starts.setdefault(full, []).append(start)
        if len(self._starts[full]) > 1:
            return
        for ending in self._forms.endings(full):
            self._ending.setdefault(ending, []).append(full)
        for short in self._forms.short_names.forms(full):
            self._short.setdefault(short, []).append(full)
        for rest in self._forms.without_level(full):
            self._framed.setdefault((rest[0], rest[-1]), []).append((rest, full))
        for part, whole in self._forms.inner(full):
            self._inner.setdefault(part, whole)

    def meant_by(self, written: str, at: int) -> str | None:
        """The longer name that `written`, standing at `at`, stands for."""
        if written not in self._forms.fixed:
            for meant in (self._ending.get(self._forms.key(written), ()), self._short.get(written, ())):
                longer = [full for full in meant if len(full) > len(written)]
                if longer:
                    return self._nearest(longer, at)
        if 3 <= len(written) <= 6:
            framed = self._framed.get((written[0], written[-1]), ())
            longer = [full for rest, full in framed if self._forms.abbreviates(written, rest)]
            if longer:
                return self._nearest(longer, at)
        return self._inner.get(written) if written not in self._forms.fixed else None

    def _nearest(self, names: Sequence[str], at: int) -> str:
        """The name that stands last before `at`, else the first one after it."""

        def nearness(name: str) -> tuple[bool, int]:
            starts = self._starts[name]
            before = bisect_left(starts, at)
            return (True, starts[before - 1]) if before else (False, -starts[0])

        return max(names, key=nearness)


def _squeezed(text: str, mention: Mention) -> str:
    return "".join(text[mention.start : mention.end].split())
