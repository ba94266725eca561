"""Development zones: 甲高新区 is a name only where 甲 is a place, and one sure sight of it settles the whole text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.document import Entity
from pipeline.recognize.names.short_names import Occurrences
from pipeline.rulebook import Rulebook

_GLOSS = re.compile(r"[（(][^（）()]*[)）]$")


class ZoneNames:
    """Knows which words before 高新区, 经开区 and the like make a zone's own name."""

    def __init__(self, rulebook: Rulebook) -> None:
        kind = rulebook.any_of("zone_kinds")
        self._kind = re.compile(kind)
        self._own = re.compile(
            rf"([\u4e00-\u9fff]{{2,6}}?){rulebook.any_of('bare_zones', 'development', 'customs', 'full')}"
        )
        self._general = rulebook.words("zone_kind_cues")
        county = rulebook.any_of("place_suffixes", "counties")
        self._settled = re.compile(
            rf"(?:{rulebook.any_of('provinces')}[省市]?[\u4e00-\u9fff]{{0,6}}|[\u4e00-\u9fff]{{2,6}}{county}){kind}$"
        )

    def known(self, sentences: Sequence[str], entities: Sequence[Sequence[Entity]]) -> frozenset[str]:
        """The names of the zones in a text: a place or body that a model found reaches up to the kind of zone."""
        names: set[str] = set()
        longer: Counter[str] = Counter()
        for sentence, named in zip(sentences, entities, strict=True):
            for kind in self._kind.finditer(sentence):
                for entity in named:
                    gap = kind.start() - entity.end
                    if entity.kind == "person" or not 2 <= kind.start() - entity.start <= 9 or gap > 2:
                        continue
                    name = sentence[entity.start : kind.end()]
                    proper = name[: kind.start() - entity.start]
                    if proper in self._general or proper.endswith(self._general) or not name.isalnum():
                        continue
                    if gap <= 0:
                        names.add(name)
                    elif gap == 2:
                        longer[name] += 1
        # 临川云石高新区: two more characters that come again are part of the name
        names |= {name for name, count in longer.items() if count > 1}
        return frozenset(n for n in names if not any(n != m and n.endswith(m) and len(n) - len(m) > 3 for m in names))

    def places(self, known: frozenset[str]) -> Occurrences:
        """Finds the known zones in sentences, and the places that they are named after."""
        return Occurrences(known | {p for name in known if len(p := self._kind.split(name)[0]) >= 2})

    def named(self, name: str, known: frozenset[str], *, sure: bool) -> bool:
        """Whether a zone's proposed name is one: known in its text, opened by a place's full name, or `sure` to begin
        where it does, with no more than a place's name before the kind of zone."""
        plain = _GLOSS.sub("", name)
        if sure and (kind := self._own.fullmatch(plain)) and not kind[1].endswith(self._general):
            return True
        # 青石市云石新区海棠园区
        outer = self._kind.search(plain)
        if outer and 2 < outer.end() < len(plain) and self.named(plain[: outer.end()], known, sure=sure):
            return True
        return plain in known or (self._settled.match(plain) is not None and not plain.startswith(self._general))
