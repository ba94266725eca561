"""Is it a name at all? Kinds of bodies and ordinary words look like names to models and open patterns."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

from pipeline.rulebook import Rulebook, alternation

_HAN = re.compile(r"[\u4e00-\u9fff]+")
# 三一 counts nothing, 三 does
_NO_COUNT = re.compile(r"[一二三四五六七八九]{2}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&.\- ]*")
_NAMES = 4096
"""Names about which it is remembered what they are made of."""
_PAIRS = (("“", "”"), ("[（(]", "[)）]"))
_GLOSS = re.compile("[（(][A-Z]{2,8}[)）]$")
# “虚拟产业园”
_QUOTED = re.compile("[“‘].*[”’]")
_BRACKETED = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}[（(][\u4e00-\u9fff]{2,4}[)）][\u4e00-\u9fff]{2,}")


class Plausibility:
    """Judges names by their own words."""

    def __init__(self, rulebook: Rulebook) -> None:
        any_of = rulebook.any_of
        proper = rulebook.words("universities")
        self._generic = frozenset((*rulebook.words("generic_parts"), *rulebook.words("industries"))) | {
            head for head in rulebook.meanings("organization_heads") if len(head) > 1 and head not in proper
        }
        self._countries = (*rulebook.words("own_country"), *rulebook.words("countries"))
        self._regions = frozenset((*rulebook.words("provinces"), *self._countries))
        self._cities = frozenset(rulebook.words("cities"))
        # 华中, 中缅, 缅中
        two_countries = (pair for c in rulebook.words("countries_in_short") for pair in (f"中{c}", f"{c}中"))
        self._areas = self._regions.union(rulebook.words("wide_areas"), two_countries)
        self._longest = max(map(len, self._generic))
        self._plain = frozenset(rulebook.words("generic_parts"))
        # 国家茶叶工程技术研究中心: there is one for its field
        state_centres = alternation(rulebook.words("state_centres"))
        self._state_centre = re.compile(rf"国家(?!级)(?P<field>[\u4e00-\u9fff]{{2,10}}?){state_centres}")
        self._no_bodies = frozenset(rulebook.words("not_bodies"))
        self._no_body_ends = rulebook.words("not_body_ends")
        self._body_ends = rulebook.words("body_ends")
        self._settled = re.compile(
            rf"{any_of('provinces')}|[\u4e00-\u9fff]{{2,3}}{any_of('place_suffixes', 'counties', 'towns')}"
        )
        self._own = rulebook.words("own_body_starts", "bodies")
        self._state = rulebook.words("own_body_starts", "state")
        self._own_or_state = (*self._own, *self._state)
        self._no_own = rulebook.words("own_body_starts", "kinds")
        self._levels = rulebook.words("levels")
        self._offices = frozenset(rulebook.words("kinds_of_office"))
        self._common = rulebook.words("common_kinds", "kinds")
        self._particular = re.compile(any_of("common_kinds", "particular"))
        # 万吨以上企业集团, 两大公司, 北京某公司, 市（县）医院
        self._some = re.compile(
            rf"{any_of('some_within')}|[两三四五]大{any_of('firm_kinds', 'firms', 'banks')}"
            rf"|第[一二三四五六七八九十]{{1,2}}(?:大|{any_of('counters', 'bodies', 'buildings')})"
            r"|^[省市县区州旗镇乡][（(][省市县区州旗镇乡、]+[)）]"
            rf"|{any_of('authority_ends', 'with_sections')}[（(]{any_of('authority_ends', 'in_brackets')}[)）]$"
            r"|[一二三四五六七八九十]组$|十[一二三四五六七八九]?大$"
        )
        # 星云A6, 星云iTab, EXPO2030, 采购21部: products, fairs and counts
        goods = alternation((*rulebook.words("counters", "bodies"), *rulebook.words("counting", "goods")))
        self._product = re.compile(
            rf"[A-Za-z][0-9]|[0-9]$|i[A-Z]|Pad$|[0-9]{goods}|^{any_of('own_country')}[A-Z]{{1,4}}$"
        )
        self._negated = re.compile(f"(?!{any_of('not_negated')})不.")
        self._help = re.compile(f"市{any_of('no_names', 'help')}")
        self._lessons = rulebook.words("no_names", "at_the_end")
        self._trade_bodies = (*rulebook.words("firm_kinds", "firms", "banks"), *rulebook.words("trade_bodies"))
        self._newspapers = rulebook.words("newspapers")
        self._words = frozenset(
            (
                *rulebook.words("department_topics"),
                *rulebook.words("name_cues"),
                *rulebook.words("no_names", "whole"),
            )
        )
        self._surnames = frozenset((*rulebook.words("surnames"), *rulebook.words("rare_surnames")))
        self._japanese = re.compile(
            rf"(?:[\u4e00-\u9fff]{any_of('japanese_names', 'surname_ends')}|{any_of('japanese_names', 'surnames')})"
            rf"[\u4e00-\u9fff]{any_of('japanese_names', 'given_ends')}"
        )
        self._transliteration = frozenset(rulebook.words("transliteration"))
        self._no_people = frozenset(rulebook.words("not_people"))
        self._no_given = frozenset(rulebook.words("not_in_given_names", "words", "anywhere"))
        self._no_ends = rulebook.words("not_at_name_ends")
        self._address = rulebook.words("forms_of_address")
        self.generic = lru_cache(_NAMES)(lambda name: self._made_of(name, self._generic))
        """Whether a name is made of general words alone (各类创新中心, 国有银行). The last names are remembered."""
        self.body = lru_cache(_NAMES)(self._body)
        """Whether a proposed name can be a body's: it has a proper element and is no sentence. Remembered likewise."""
        self.modelled = lru_cache(_NAMES)(self._modelled)
        """Like `body`, for a name that only a model vouches for: no place, no product, no word of another kind."""

    def _body(self, name: str) -> bool:
        if len(name) < 2 or name in self._no_bodies:
            return False
        # 云岭商务区（CBD）
        plain = _GLOSS.sub("", name)
        if plain.endswith(self._no_body_ends) and not plain.endswith(self._body_ends):
            return False
        if not (_HAN.search(name) or (_LATIN.fullmatch(name) and name[0].isupper())):
            return False
        if name in self._offices or self._some.search(name) or self._of_a_common_kind(name):
            return False
        if any(c in "。；;！？!?：:《》=+" for c in name) or any(
            len(re.findall(a, name)) != len(re.findall(b, name)) for a, b in _PAIRS
        ):
            return False
        if (centre := self._state_centre.fullmatch(name)) and not self._made_of(centre["field"], self._plain):
            return True
        own = name.startswith(self._own) and not name.startswith(self._no_own)
        if len(name) >= 4 and (own or name.endswith(self._newspapers)):
            return True
        return not self.generic(name)

    def _of_a_common_kind(self, name: str) -> bool:
        """Whether a name is a place's and a kind of which it has several: 海棠区小学, 云岭市公安机关."""
        place = self._settled.match(name)
        rest = name[place.end() :] if place else ""
        kind = max((k for k in self._common if rest.endswith(k)), key=len, default="")
        # 实验 makes a school particular, no 重点实验室; 中医 a hospital, whose first character it shares
        return bool(kind) and self.generic(rest) and not self._particular.search(rest, 0, len(rest) - len(kind) + 1)

    def opens_like_a_body(self, name: str) -> bool:
        """Whether the name begins as only names of bodies do: 第一人民医院, 临川市第二中学, 启明（云岭）公司."""
        return (
            (name.startswith(self._own_or_state) and not name.startswith(self._no_own))
            or self._settled.match(name) is not None
            or _BRACKETED.fullmatch(name) is not None
        )

    def opens_with_a_region(self, name: str) -> bool:
        """Whether a province or country and a proper element make the name up: 云南青禾, but not 云南经验."""
        region = next((r for r in self._regions if name.startswith(r)), "")
        rest = name[len(region) :]
        return bool(region) and len(rest) >= 2 and not self.generic(rest) and not rest.endswith(self._lessons)

    def of_level(self, name: str) -> bool:
        """Whether the name opens with the level that has one such body only: 市经济和信息化委员会."""
        named = len(name) >= 5 and name.startswith(self._levels) and name not in self._no_bodies
        general = any(name[:size] in self._generic for size in (2, 3, 4))
        return named and (not general or name.startswith(self._state))

    def _modelled(self, name: str) -> bool:
        return (
            self.body(name)
            and not self.trade(name)
            and name not in self._areas
            and name not in self._words
            and self._product.search(name) is None
            and self._negated.search(name) is None
            and _QUOTED.fullmatch(name) is None
            and self._help.search(name) is None
        )

    def trade(self, name: str) -> bool:
        """Whether a name is a country's trade: 中国茶业; 中国茶业协会 is none."""
        country = next((c for c in self._countries if name.startswith(c)), None)
        return country is not None and not name.endswith(self._trade_bodies) and self.generic(name[len(country) :])

    def _made_of(self, name: str, words: Set[str]) -> bool:
        if _NO_COUNT.match(name):
            return False
        reached = {0}
        for end in range(1, len(name) + 1):
            if any(
                end - size in reached and name[end - size : end] in words
                for size in range(1, min(self._longest, end) + 1)
            ):
                reached.add(end)
        return len(name) in reached

    def brand(self, name: str) -> bool:
        """Whether a short form can stand for a firm: neither general words nor a city, a province or a country."""
        return name not in self._regions and name not in self._cities and not self.generic(name)

    def branded(self, name: str) -> bool:
        """Whether a brand of two characters opens the name, whatever trade follows: 青禾食品, but not 国内食品."""
        brand = name[:2]
        return brand not in self._words and self.brand(brand) and self.body(brand + "公司")

    def person(self, name: str) -> bool:
        """Whether a proposed name can be a person's: a surname and a given name, or a foreign name in parts."""
        if name in self._no_people or name[:2] in self._no_people or name.endswith(self._address):
            return False
        if name in self._regions:
            return False
        if "·" in name:
            # 开放·创新 is a motto
            odd = [c for c in name if c != "·" and c not in self._transliteration]
            return 3 <= len(name) <= 16 and "·" not in name[0] + name[-1] and len(odd) <= 1
        if name.endswith(self._no_ends):
            return False
        if not _HAN.fullmatch(name):
            return False
        if self._japanese.fullmatch(name):
            return True
        for size in (2, 1):
            if name[:size] in self._surnames and 1 <= len(name) - size <= 2:
                return not set(name[size:]) & self._no_given
        return False

    def transliterated(self, name: str) -> bool:
        """Whether a name is written as foreign ones are; so are many firms and places, so it needs a post beside it."""
        return 2 <= len(name) <= 8 and self._transliteration.issuperset(name) and name[:2] not in self._no_people
