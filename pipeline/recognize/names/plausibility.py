"""Is it a name at all? Kinds of bodies and ordinary words look like names to models and open patterns."""

from __future__ import annotations

import re

from pipeline.rulebook import Rulebook

_HAN = re.compile(r"[\u4e00-\u9fff]+")
# 三一 counts nothing, 三 does
_NO_COUNT = re.compile(r"[一二三四五六七八九]{2}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&.\- ]*")


class Plausibility:
    """Judges names by their own words."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._generic = frozenset((*rulebook.words("generic_parts"), *rulebook.words("industries"))) | {
            head for head in rulebook.meanings("organization_heads") if len(head) > 1
        }
        self._regions = frozenset((*rulebook.words("provinces"), *rulebook.words("countries"), "中国"))
        self._longest = max(map(len, self._generic))
        self._no_bodies = frozenset(rulebook.words("not_bodies"))
        self._no_body_ends = tuple(rulebook.words("not_body_ends"))
        provinces = "|".join(rulebook.words("provinces"))
        self._settled = re.compile(rf"(?:{provinces})|[\u4e00-\u9fff]{{2,3}}[市县区州旗盟镇]")
        self._own = tuple(rulebook.words("own_body_starts"))
        self._levels = tuple(rulebook.words("levels"))
        self._surnames = frozenset(rulebook.words("surnames"))
        self._no_people = frozenset(rulebook.words("not_people"))
        self._no_given = frozenset("".join(rulebook.words("not_in_given_names")))

    def body(self, name: str) -> bool:
        """Whether a proposed name can be a body's: it has a proper element and is no sentence."""
        if len(name) < 2 or name[0] == "某" or name in self._no_bodies or name.endswith(self._no_body_ends):
            return False
        if not (_HAN.search(name) or (_LATIN.fullmatch(name) and name[0].isupper())):
            return False
        if any(c in "。；;！？!?：:《》=+" for c in name) or name.count("“") != name.count("”"):
            return False
        if name.startswith(self._own) and len(name) >= 4:
            return True
        return not self.generic(name)

    def opens_like_a_body(self, name: str) -> bool:
        """Whether the name begins as only names of bodies do: 第一人民医院, 市中医院, 临川市第二中学."""
        return name.startswith(self._own) or self._settled.match(name) is not None

    def of_level(self, name: str) -> bool:
        """Whether the name opens with the level that has one such body only: 市经济和信息化委员会."""
        named = len(name) >= 5 and name.startswith(self._levels) and name not in self._no_bodies
        return named and (name[:2] not in self._generic or name.startswith(("国家", "中央")))

    def modelled(self, name: str) -> bool:
        """Like `body`, for a name that only a model vouches for: neither a country nor a province."""
        return self.body(name) and name not in self._regions

    def generic(self, name: str) -> bool:
        """Whether a name is made of general words alone (各类创新中心, 国有银行)."""
        if _NO_COUNT.match(name):
            return False
        reached = {0}
        for end in range(1, len(name) + 1):
            if any(
                end - size in reached and name[end - size : end] in self._generic
                for size in range(1, min(self._longest, end) + 1)
            ):
                reached.add(end)
        return len(name) in reached

    def brand(self, name: str) -> bool:
        """Whether a short form can stand for a firm: neither general words nor a province or a country."""
        return name not in self._regions and not self.generic(name)

    def person(self, name: str) -> bool:
        """Whether a proposed name can be a person's: a surname and a given name, or a foreign name in parts."""
        if name in self._no_people or name[:2] in self._no_people:
            return False
        if "·" in name:
            return 3 <= len(name) <= 16
        if not _HAN.fullmatch(name):
            return False
        for size in (2, 1):
            if name[:size] in self._surnames and 1 <= len(name) - size <= 2:
                return not set(name[size:]) & self._no_given
        return False
