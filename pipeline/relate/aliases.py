"""The full form that a short, abbreviated or elliptical name stands for within its document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import Document, Mention, Organization, OrganizationLinks
from pipeline.recognize.short_names import ShortNames, declared
from pipeline.rulebook import Rulebook

_JOINT = re.compile(r"\s*[、，和与及]?\s*")
_GLOSS = re.compile(r"[（(][^（）()]*[)）]$")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as the document writes it, or as a shared head completes it; `start` tells which one stands nearest."""

    text: str
    key: str
    start: int


class Aliases:
    """Sets the canonical name of every organization. A full form in the same article counts before one elsewhere."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._short_names = ShortNames(rulebook)
        self._levels = frozenset(rulebook.words("levels"))
        self._zones = tuple(sorted(rulebook.words("bare_zones"), key=len, reverse=True))
        organs = {*rulebook.words("place_organs"), *rulebook.words("own_organs"), *rulebook.words("party_organs")}
        self._organs = tuple(sorted(organs, key=len, reverse=True))
        self._fixed = frozenset(
            (*rulebook.words("state_organs"), *rulebook.words("ministries"), *rulebook.words("national_companies"))
        )
        self._spellings = rulebook.meanings("official_spellings")
        self._places = (*self._zones, *rulebook.words("place_suffixes"), *self._organs)

    def __call__(self, document: Document) -> list[Mention]:
        """The document's mentions, the organizations among them with links."""
        text = document.text.text
        bodies = [(i, m) for i, m in enumerate(document.mentions) if isinstance(m.value, Organization)]
        starts = [a.start for a in document.articles]
        home = {i: max(0, bisect_right(starts, m.start) - 1) for i, m in bodies}
        every = [*self._names(text, [m for _, m in bodies])]
        inside: dict[int, list[_Name]] = {}
        for name in every:
            inside.setdefault(max(0, bisect_right(starts, name.start) - 1), []).append(name)
        declarations = dict(declared(text, {m.end: text[m.start : m.end] for _, m in bodies}))
        known: dict[tuple[int | None, str], list[_Name]] = {}
        mentions = list(document.mentions)
        for i, mention in bodies:
            written = "".join(text[mention.start : mention.end].split())
            full = declarations.get(written) or self._shared_head(text, bodies, mention) or written
            # 农发行 → 省农发行 → 省农业发展银行
            for _ in range(3):
                longer = None
                for scope in (home[i], None):
                    if longer is None:
                        if (scope, full) not in known:
                            names = every if scope is None else inside.get(scope, [])
                            known[scope, full] = self._candidates(full, names)
                        longer = self._nearest(known[scope, full], mention.start)
                if longer is None:
                    break
                full = longer
            mentions[i] = replace(mention, links=OrganizationLinks(full))
        return mentions

    def _names(self, text: str, bodies: Sequence[Mention]) -> Iterator[_Name]:
        for mention in bodies:
            written = "".join(text[mention.start : mention.end].split())
            yield _Name(written, self._key(written), mention.start)
        for one, other in zip(bodies, bodies[1:], strict=False):
            if full := self._with_head_of(text, one, other):
                yield _Name(full, self._key(full), other.start)

    def _shared_head(self, text: str, bodies: Sequence[tuple[int, Mention]], mention: Mention) -> str | None:
        at = bisect_right(bodies, mention.start, key=lambda b: b[1].start) - 1
        return self._with_head_of(text, bodies[at - 1][1], mention) if at > 0 else None

    def _with_head_of(self, text: str, one: Mention, other: Mention) -> str | None:
        """甲市委、市政府: the second body's full name by the first one's place."""
        if not 0 < other.start - one.end <= 2 or not _JOINT.fullmatch(text, one.end, other.start):
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

    def _key(self, name: str) -> str:
        """The name in one spelling: 第六届人大 and 六届人民代表大会 are the same."""
        for long, short in self._spellings.items():
            name = name.replace(long, short)
        return name.replace("第", "")

    def _candidates(self, written: str, names: Sequence[_Name]) -> list[_Name]:
        """The names that `written` may stand for, by the first way of shortening that fits any."""
        spelled = {n.text: n for n in names if len(n.text) > len(written)}
        ways = (self._of_zone, self._ends, self._shortens, self._abbreviates)
        for way in ways if written not in self._fixed else (self._abbreviates,):
            full = {text for text, name in spelled.items() if way(written, name)}
            if full:
                return [n for n in names if n.text in full]
        return []

    @staticmethod
    def _nearest(names: Sequence[_Name], start: int) -> str | None:
        """The name that stands last before `start`, else the first one after it."""
        before = [n for n in names if n.start < start]
        chosen = max(before, key=lambda n: (n.start, len(n.text)), default=None) or min(
            names, key=lambda n: n.start, default=None
        )
        return chosen.text if chosen else None

    def _of_zone(self, written: str, name: _Name) -> bool:
        return written in self._zones and name.text.endswith(written)

    def _ends(self, written: str, name: _Name) -> bool:
        """市财政局 of 临川市财政局, 科技创新局 of 临川高新区科技创新局; what is left out must be a place."""
        key = self._key(written)
        if name.key == key:
            return True
        if not name.key.endswith(key):
            return False
        left_out = name.key[: -len(key)]
        if key[0] in self._levels or written.startswith(self._zones):
            return len(left_out) > 1
        return left_out.endswith(self._places)

    def _shortens(self, written: str, name: _Name) -> bool:
        return self._short_names.shortens(written, name.text)

    def _abbreviates(self, written: str, name: _Name) -> bool:
        """农发行 of 农业发展银行: its characters in order, first and last among them."""
        full = name.text
        if not 3 <= len(written) <= 6 or len(full) < len(written) + 2 or full[-2:] == written[-2:]:
            return False
        if any(c in self._levels for c in written[1:-1]):
            return False
        full = _GLOSS.sub("", full)
        if full.endswith("委员会") and written.endswith("委"):
            full = full[:-2]
        for level in ("", *self._levels):
            if level and not full.startswith(level):
                continue
            rest = full[len(level) :]
            if rest and rest[0] == written[0] and rest[-1] == written[-1]:
                characters = iter(rest)
                if all(c in characters for c in written):
                    return len(rest) >= len(written) + 2
        return False
