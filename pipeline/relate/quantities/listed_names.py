"""Names in a list that quantities in a list belong to: 甲、乙分别增长5%、9%."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.relate.quantities.elliptic_names import EllipticNames
from pipeline.relate.quantities.nouns import Nouns, ahead_of_gloss
from pipeline.relate.quantities.passages import Passage
from pipeline.rulebook import Rulebook, alternation

_LIST = 12
"""Items of the longest list whose names and quantities are matched without 分别."""
_CLAUSES = re.compile(r"[，,；;：:]|——")


class ListedNames:
    """Gives each of several joined quantities its own of as many names."""

    def __init__(self, rulebook: Rulebook, nouns: Nouns, elliptic: EllipticNames) -> None:
        self._nouns = nouns
        self._elliptic = elliptic
        sharing = rulebook.groups("sharing")
        self._shared = re.compile(f"(?!{alternation(sharing['other_words'])}){alternation(sharing['words'])}")
        self._items = re.compile(f"、|{alternation(rulebook.words('conjunctions', 'and'))}")
        self._attributes = rulebook.words("attributes")

    def of(self, passage: Passage, number: int, found: list[str | None]) -> str | None:
        """A quantity's own of several names: 甲、乙分别增长5%、9%; 甲3亿元、乙2亿元，分别增长5%、9%.

        `found` are the names of the quantities before it; None where there is no such list.
        """
        site = passage.sites[number]
        if site.count < 2:
            return None
        first = number - site.place
        opening = passage.sites[first]
        marker = max(self._shared.finditer(opening.left), key=re.Match.start, default=None)
        start, noun = opening.start - len(opening.left), None
        if marker:
            stop = start + marker.start()
            noun = self._nouns.find(passage, ahead_of_gloss(passage, start, _CLAUSES), stop)
        elif site.count <= _LIST:
            # 新增甲、乙5家、9家
            others = passage.sites[first : first + site.count]
            alike = all(other.value.unit == site.value.unit for other in others)
            alike = alike and all(a.end < b.start for a, b in pairwise(others))
            noun = self._nouns.find(passage, start, opening.start) if alike else None
        names = self._items.split(noun) if noun else []
        if noun and marker and len(names) > site.count:
            # not 普 and 率 of 普及率
            names = noun.split("、")
        if len(names) == site.count:
            name = self._elliptic.completed(self._nouns.edged(names[site.place]), names[-1])
            name = self._elliptic.headed(name, names[0])
            whole = found[first - 1] if first else None
            return self._elliptic.joined(whole, name) if whole and name in self._attributes else self._nouns.named(name)
        # 收入分别增长5%、9%: of one thing; where nothing stands before 分别, or just 增幅, of those just named
        earlier = found[first - site.count + site.place] if marker and first >= site.count else None
        if noun is None:
            return earlier
        return self._elliptic.joined(earlier, noun) if earlier and noun in self._attributes else None
