"""The ways in which a body's full name is shortened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.recognize.names.short_names import ShortNames
from pipeline.rulebook import Rulebook, alternation

_NAMES = 4096
"""Names whose short forms are remembered."""
_STATE_LEVEL = "国家"
_GLOSS = re.compile(r"[（(][^（）()]*[)）]$")
_SETTLED = re.compile("[\u4e00-\u9fff]{2,3}?[省市](?=[\u4e00-\u9fff]{3})")


class FormsOfName(NamedTuple):
    """What may stand for one full name: see the methods of `ShortForms`."""

    endings: tuple[str, ...]
    short: tuple[str, ...]
    without_level: tuple[str, ...]
    inner: tuple[tuple[str, str], ...]
    cores: tuple[str, ...]
    brand: str | None


class ShortForms:
    """The ways in which a full name is shortened."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.short_names = ShortNames(rulebook)
        self.levels = frozenset(rulebook.words("levels"))
        self.zones = tuple(sorted(rulebook.words("bare_zones"), key=len, reverse=True))
        self.ministries = frozenset(rulebook.words("ministries"))
        self.regions = frozenset((*rulebook.words("provinces"), *rulebook.words("cities")))
        self.state_firms = rulebook.words("national_companies")
        self.fixed = self.ministries | {*self.state_firms, *rulebook.words("state_organs")}
        # 中央 is no short form of 九三学社中央
        self.fixed |= {*rulebook.words("own_body_starts", "state")}
        organs = (*rulebook.words("place_organs"), *rulebook.words("party_organs"))
        self.places = (*self.zones, *rulebook.words("place_suffixes"), *organs)
        zones, inner = alternation(self.zones), alternation(rulebook.words("inner_zones"))
        self._zone = re.compile(rf"[\u4e00-\u9fff]{{2,8}}?{zones}(?!$)")
        self._outer = re.compile(rf"{zones}(?=[\u4e00-\u9fff]{{2,}}{inner}$)")
        self._countries = rulebook.words("countries")
        self._sole = rulebook.words("sole_kinds")
        self._associations = rulebook.words("sole_kinds", "associations")
        self._newspapers = rulebook.words("newspapers")
        self._spellings = rulebook.meanings("official_spellings")
        self.of = lru_cache(_NAMES)(self._of)
        """The forms of a full name. The last names are remembered: they come again, and in several scopes."""

    def _of(self, full: str) -> FormsOfName:
        return FormsOfName(
            tuple(self.endings(full)),
            tuple(sorted(self.short_names.forms(full))),
            tuple(self.without_level(full)),
            tuple(self.inner(full)),
            tuple(sorted(core for core in self.short_names.cores(full) if len(core) > 4)),
            self.short_names.before_trade(full),
        )

    def zone_within(self, name: str) -> str | None:
        """The zone whose organ the name is."""
        match = self._zone.match(name)
        return match[0] if match else None

    def zone_before(self, name: str) -> str | None:
        """The zone, by its kind alone, that the name of a park within it opens with."""
        match = self._outer.match(name)
        return match[0] if match else None

    def key(self, name: str) -> str:
        """The name in one spelling: 第六届人大 and 六届人民代表大会 are the same."""
        for long, short in self._spellings.items():
            name = name.replace(long, short)
        return name.replace("第", "")

    def endings(self, full: str) -> Iterator[str]:
        """The keys that the name ends in, where a place may be left out before them."""
        key = self.key(full)
        yield key
        # 云岭供电局 of 云岭市供电局
        if settled := _SETTLED.match(key):
            yield key[: settled.end() - 1] + key[settled.end() :]
        for cut in range(1, len(key) - 1):
            rest = key[cut:]
            left_out_whole = cut > 1 and key[:cut].endswith(self.places)
            # 区政府 is not the government of a special administrative region, 省委 not the 八届省委 alone
            special = key[:cut].endswith(("特别行政", "届"))
            opens = cut > 1 and not special and (rest[0] in self.levels or rest.startswith(self.zones))
            # 云石高新区 of 临川云石高新区
            opens |= cut > 1 and any(rest.endswith(z) and len(rest) - len(z) >= 2 for z in self.zones)
            if rest in self.zones or opens or left_out_whole:
                yield rest
        # 茶山电力 of 德国茶山电力
        if (country := next((c for c in self._countries if full.startswith(c)), "")) and len(full) - len(country) > 2:
            yield key[len(country) :]
        # 能源局 of 国家能源局
        if full in self.ministries and full.startswith(_STATE_LEVEL):
            yield key[len(_STATE_LEVEL) :]
        if kind := next((n for n in self._newspapers if full.endswith(n) and len(full) > len(n)), None):
            yield kind

    def inner(self, full: str) -> Iterator[tuple[str, str]]:
        """(part, its full form): 茶农服务中心 in 临川高新区茶农服务中心财务科, which ends in an office of its own."""
        for start in range(2, len(full) - 4):
            if full[:start].endswith(self.places):
                yield from ((full[start:end], full[:end]) for end in range(start + 4, len(full)))

    def without_level(self, full: str) -> Iterator[str]:
        """The name, and what follows its level: 省茶叶协会, 茶叶协会."""
        full = _GLOSS.sub("", full)
        if full.endswith("委员会"):
            full = full[:-2]
        # 茶协 of 茶叶流通协会
        elif full.endswith(self._associations):
            yield full[:-1]
        yield full
        yield from (full[len(level) :] for level in self.levels if full.startswith(level) and len(full) > len(level))

    def abbreviates(self, written: str, full: str) -> bool:
        """茶协 of 茶叶流通协会: its characters in order, first and last among them."""
        middle = written[_shared(written, full) : -1]
        # 高新区 is no short form of 高新区云石园区, 云岭省委 none of 云岭省茶叶委
        if full.startswith(written) or written in self.zones or written[:-1].endswith(self.places):
            return False
        # 云岭市财政局 and 云岭市地方财政监督局 are two, but there is one 茶叶协会 of its kind
        same = full[-2:] == written[-2:] and not full.endswith(self._sole)
        if len(full) < len(written) + 2 or same or any(c in self.levels for c in middle):
            return False
        return in_order(written, full)


def in_order(written: str, full: str) -> bool:
    """Whether the characters of one stand in the other, in their order."""
    characters = iter(full)
    return all(c in characters for c in written)


def _shared(one: str, other: str) -> int:
    """How many characters both open with, one at least."""
    return max(1, next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one)))
