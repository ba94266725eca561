"""Is it a name at all? Kinds of bodies and ordinary words look like names to models and open patterns."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.rulebook import Rulebook

_HAN = re.compile(r"[\u4e00-\u9fff]+")
# 三一 counts nothing, 三 does
_NO_COUNT = re.compile(r"[一二三四五六七八九]{2}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&.\- ]*")
# 星云A6, 星云iTab, EXPO2030, 采购21部: products, fairs and counts
_PRODUCT = re.compile(r"[A-Za-z][0-9]|[0-9]$|i[A-Z]|Pad$|[0-9][部个家台辆件]|^中国[A-Z]{1,4}$")
_NAMES = 4096
"""Names about which it is remembered what they are made of."""
# 万吨以上企业集团, 两大公司, 北京某公司
_SOME = re.compile(
    "以[上下]|[两三四五]大(?:公司|集团|银行)|第[一二三四五六七八九十]{1,2}[大所家个座]|[一二三四五六七八九十]组$|部门|[厅局委][（(][厅局委办][)）]$|某|十[一二三四五六七八九]?大$"
)
_PAIRS = (("“", "”"), ("[（(]", "[)）]"))
_GLOSS = re.compile("[（(][A-Z]{2,8}[)）]$")
# 信中|称, “虚拟产业园”
_NO_NAME = re.compile("[信文书会网图表][中上里内]|[“‘].*[”’]")
_HELP = re.compile("市(?:对口)?(?:支援|援建|帮扶)")
_NEGATED = re.compile("不[^锈动二凡老莱]")
_BRACKETED = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}[（(][\u4e00-\u9fff]{2,4}[)）][\u4e00-\u9fff]{2,}")


class Plausibility:
    """Judges names by their own words."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._generic = frozenset((*rulebook.words("generic_parts"), *rulebook.words("industries"))) | {
            head for head in rulebook.meanings("organization_heads") if len(head) > 1
        }
        self._countries = ("中国", *rulebook.words("countries"))
        self._regions = frozenset((*rulebook.words("provinces"), *rulebook.words("countries"), "中国"))
        self._longest = max(map(len, self._generic))
        self._no_bodies = frozenset(rulebook.words("not_bodies"))
        self._no_body_ends = tuple(rulebook.words("not_body_ends"))
        self._body_ends = tuple(rulebook.words("body_ends"))
        provinces = "|".join(rulebook.words("provinces"))
        self._settled = re.compile(rf"(?:{provinces})|[\u4e00-\u9fff]{{2,3}}[市县区州旗盟镇]")
        self._own = tuple(rulebook.words("own_body_starts"))
        self._levels = tuple(rulebook.words("levels"))
        self._offices = frozenset(rulebook.words("kinds_of_office"))
        self._common = rulebook.words("common_kinds", "kinds")
        self._particular = re.compile("|".join(rulebook.words("common_kinds", "particular")))
        self._bodily = ("公司", "集团", "银行", "协会", "学会", "联合会", "大学", "学院", "局", "院", "中心", "会")
        self._newspapers = tuple(rulebook.words("newspapers"))
        self._words = frozenset((*rulebook.words("department_topics"), *rulebook.words("name_cues")))
        self._surnames = frozenset((*rulebook.words("surnames"), *rulebook.words("rare_surnames")))
        ends = "".join(rulebook.words("japanese_names", "surname_ends"))
        whole = "|".join(rulebook.words("japanese_names", "surnames"))
        given = "".join(rulebook.words("japanese_names", "given_ends"))
        self._japanese = re.compile(rf"(?:[\u4e00-\u9fff][{ends}]|{whole})[\u4e00-\u9fff][{given}]")
        self._transliteration = frozenset(rulebook.words("transliteration"))
        self._no_people = frozenset(rulebook.words("not_people"))
        self._no_given = frozenset("".join(rulebook.words("not_in_given_names")))
        self._no_ends = rulebook.words("not_at_name_ends")
        self._address = rulebook.words("forms_of_address")
        self.generic = lru_cache(_NAMES)(self._made_of_general_words)
        """Whether a name is made of general words alone (各类创新中心, 国有银行). The last names are remembered."""

    def body(self, name: str) -> bool:
        """Whether a proposed name can be a body's: it has a proper element and is no sentence."""
        if len(name) < 2 or name[0] == "某" or name in self._no_bodies:
            return False
        # 云岭商务区（CBD）
        plain = _GLOSS.sub("", name)
        if plain.endswith(self._no_body_ends) and not plain.endswith(self._body_ends):
            return False
        if not (_HAN.search(name) or (_LATIN.fullmatch(name) and name[0].isupper())):
            return False
        if name in self._offices or _SOME.search(name) or self._of_a_common_kind(name):
            return False
        if any(c in "。；;！？!?：:《》=+" for c in name) or any(
            len(re.findall(a, name)) != len(re.findall(b, name)) for a, b in _PAIRS
        ):
            return False
        own = name.startswith(self._own) and not name.startswith("第三方")
        if len(name) >= 4 and (own or name.endswith(self._newspapers)):
            return True
        return not self.generic(name)

    def _of_a_common_kind(self, name: str) -> bool:
        """Whether a name is a place's and a kind of which it has several: 海棠区小学, 云岭市公安机关."""
        place = self._settled.match(name)
        rest = name[place.end() :] if place else ""
        return rest.endswith(self._common) and self.generic(rest) and not self._particular.search(rest)

    def opens_like_a_body(self, name: str) -> bool:
        """Whether the name begins as only names of bodies do: 第一人民医院, 临川市第二中学, 启明（云岭）公司."""
        return (
            name.startswith(self._own)
            or (name.startswith("国家") and not name.startswith(("国家级", "国家和", "国家重点")))
            or self._settled.match(name) is not None
            or _BRACKETED.fullmatch(name) is not None
        )

    def opens_with_a_region(self, name: str) -> bool:
        """Whether a province or country and a proper element make the name up: 云南青禾, but not 云南经验."""
        region = next((r for r in self._regions if name.startswith(r)), "")
        rest = name[len(region) :]
        return (
            bool(region) and len(rest) >= 2 and not self.generic(rest) and not rest.endswith(("模式", "经验", "样板"))
        )

    def of_level(self, name: str) -> bool:
        """Whether the name opens with the level that has one such body only: 市经济和信息化委员会."""
        named = len(name) >= 5 and name.startswith(self._levels) and name not in self._no_bodies
        general = any(name[:size] in self._generic for size in (2, 3, 4))
        return named and (not general or name.startswith(("国家", "中央")))

    def modelled(self, name: str) -> bool:
        """Like `body`, for a name that only a model vouches for: no place, no product, no word of another kind."""
        return (
            self.body(name)
            and not self.trade(name)
            and name not in self._regions
            and name not in self._words
            and _PRODUCT.search(name) is None
            and _NEGATED.search(name) is None
            and _NO_NAME.fullmatch(name) is None
            and _HELP.search(name) is None
            and not (len(name) == 2 and name.isascii())
        )

    def trade(self, name: str) -> bool:
        """Whether a name is a country's trade: 中国茶业; 中国茶业协会 is none."""
        country = next((c for c in self._countries if name.startswith(c)), None)
        return country is not None and not name.endswith(self._bodily) and self.generic(name[len(country) :])

    def _made_of_general_words(self, name: str) -> bool:
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
