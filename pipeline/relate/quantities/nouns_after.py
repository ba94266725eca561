"""The noun after a quantity: what is counted, what a sum is paid as, what an amount is of."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.document import Horizon, Organization
from pipeline.relate.quantities.cues import Cue, CuePattern
from pipeline.relate.quantities.nouns import LONG, LONGEST, MARKS, Nouns
from pipeline.relate.quantities.passages import Passage, Site
from pipeline.rulebook import Rulebook, alternation

_SHORT_ITEM = 4
"""Code points of an attribute with its 的: 的水平."""
_ELLIPSIS = re.compile(r"…|\.{3}|——")
_OPENING = "“‘《"
_GLOSS = re.compile(r"[（(][\u4e00-\u9fff、]{1,6}[）)][\u4e00-\u9fff]{0,30}")
_GLOSSED = 3
"""Code points of a noun that its gloss belongs to: 省（区、市）."""
_DONE = re.compile(r"[\u4e00-\u9fff]{2}了(?!解)")
_SUM = re.compile(r"[十百千万亿]+[元斤吨]?")
_SUMMED_UP = re.compile(r"[两三四五六七八九十]个?大?")
"""两个 of 7万亿、8万亿两个台阶."""
_SAID = 4
"""Code points of the shortest predicate that tells a share's part from its whole."""
_WHOLE = 2
"""Code points of the shortest noun left when what it is measured by is taken off."""


class NounsAfter:
    """Reads the noun that a quantity stands before."""

    def __init__(self, rulebook: Rulebook, nouns: Nouns) -> None:
        self._named, self._verbs = nouns.named, nouns.verbs
        conjunctions = rulebook.words("conjunctions")
        self._and = rulebook.words("conjunctions", "and")
        self._listed = re.compile(rf"(?:[、\s]|{alternation(rulebook.words('conjunctions', 'and'))}){{0,3}}")
        self._list = re.compile(
            "[^的，、等]{2,8}、[^的，等]{2,16}等[各多]?[类种项]?(?:重[大点])?[^的，、和与及等]{2,6}$"
        )
        closed = alternation((*rulebook.words("said_of_kinds", "not"), *conjunctions))
        openers = alternation(rulebook.words("said_of_kinds", "openers"))
        self._said = re.compile(rf"(?!{closed}|[、（(]){openers}?(.{{2,20}})")
        self._abstract = frozenset(
            (*rulebook.words("abstract_units", "points"), *rulebook.words("abstract_units", "ratios"))
        )
        self._of_people = frozenset((*rulebook.words("people_classifiers"), None))
        self._predicates = CuePattern(rulebook, "{predicates}", "{not_change}|{indicator_masks}")
        self._closing = CuePattern(rulebook, "{closing_verbs}", "{not_change}|{indicator_masks}")
        self._paid = rulebook.compile("{给付}")
        self._granting = rulebook.words("granting")
        self._rated = rulebook.compile("{按标准}")
        self._tails = rulebook.words("noun_tails")
        self._hollow = rulebook.words("hollow_nouns")
        self._measured_ends = rulebook.words("measured_ends")
        self._plain = frozenset(rulebook.words("counted_hollow_nouns"))
        self._places = frozenset(rulebook.words("counted_places"))
        self._attributes = rulebook.words("attributes")
        self._measured = (*self._attributes, *rulebook.words("money_nouns"), *rulebook.words("investment", "nouns"))
        self._sizing = (*self._measured, *rulebook.words("dimensions"))
        self._owned = re.compile(f"(?P<what>{alternation(self._measured)})的")
        self._having = rulebook.words("having")
        self._currencies = frozenset(rulebook.words("currency_units"))
        self._classifiers = frozenset(rulebook.words("classifiers"))
        self._short_nouns = frozenset(rulebook.words("short_nouns"))
        self._people = rulebook.words("people_after")
        self._who = re.compile(alternation((*self._people, *rulebook.words("aged"))))
        self._ages = frozenset(rulebook.words("age_units"))
        self._kinds = frozenset(rulebook.words("kinds"))
        self._kind_ends = rulebook.words("kinds")
        self._nominal = rulebook.words("nominal_verbs")
        self._levels = rulebook.words("official_levels")

    def noun(self, passage: Passage, number: int) -> str | None:
        """The noun after a passage's quantity, or after the last one of its list: 8万元、5万元和3万元补助."""
        site = passage.sites[number]
        last = number + site.count - site.place - 1
        listed = passage.sites[number : last + 1]
        unit = site.value.unit
        if len(listed) > 1 and (unit in self._currencies or unit in self._classifiers):
            marks = all(self._listed.fullmatch(passage.text, a.end, b.start) for a, b in pairwise(listed))
            if marks and all(other.value.unit == unit for other in listed):
                return self._own(passage, last)
        own = self._own(passage, number)
        if own in self._levels and number + 1 < len(passage.sites):
            # 3个国家级、14个省级茶园
            other = self._own(passage, number + 1)
            level = next((level for level in self._levels if other and other.startswith(level)), None)
            return own + other.removeprefix(level) if other and level else own
        return own

    def _own(self, passage: Passage, number: int) -> str | None:
        site = passage.sites[number]
        if site.value.measure == "rank":
            return self._ranked(passage, site)
        if site.value.unit in self._abstract:
            # 处货款二倍以下的罚款
            paid = self._paid.search(site.right) if site.value.unit == "倍" else None
            return self._named(paid.groups["use"]) if paid else None
        following = passage.sites[number + 1] if number + 1 < len(passage.sites) else None
        counts = site.value.unit in self._classifiers
        if following and following.start == site.end:
            return self._sized(passage, site, following) if counts else None
        right = self._right(passage, site).removeprefix("这样").removeprefix("的")
        if not right or not (right[0].isalnum() or right[0] in _OPENING) or right[0] == "于":
            return None
        if right[0] == "中" and right.endswith("的有"):
            # 9家中获奖的有3家
            return None
        if not counts and (rated := self._rated.search(site.right)):
            return f"{rated.groups['use'].removeprefix('进行')}标准"
        # 按茶款的30%给予奖励
        granted = site.value.unit == "%" and site.left.endswith("的") and right.startswith(self._granting)
        if (granted or site.value.unit in self._currencies) and (paid := self._paid.search(right)):
            return self._named(paid.groups["use"])
        if not counts and (own := self._owned.match(right)):
            if own["what"] not in self._hollow:
                # 3亿元产值的茶企
                return own["what"]
            # 3亿元规模的茶业
            right = right[own.end() :]
        return self._noun_of(right, site, self._measuring(site, following))

    def _measuring(self, site: Site, following: Site | None) -> Site | None:
        """The next quantity if it may measure what this one counts, 5亿元 of 3家产值5亿元的茶企; else None."""
        adjacent = following is not None and following.start - site.end == len(site.right)
        # 9个高产的茶园、3家茶企: the second has its own
        return following if adjacent and not site.right.endswith(("、", *self._and)) else None

    def _noun_of(self, right: str, site: Site, measuring: Site | None) -> str | None:
        """The noun in what stands `right` of a quantity."""
        unit = site.value.unit
        counts = unit in self._classifiers
        if counts and measuring and right.endswith("的") and "的" in measuring.right:
            # 2个有名的3亿元产值的茶企
            right, measuring = measuring.right.rpartition("的")[2], None
        if measuring and (attribute := self._attribute(right, counts)):
            right = self._without(right, attribute, measuring)
        listed = self._list.match(right) if counts else None
        if listed and len(listed[0]) <= LONGEST and listed[0].partition("、")[0] not in self._predicates:
            # 9项节水、节电和节煤等茶事, but not 9家茶企将参加茶展、茶会等活动
            return self._named(listed[0])
        predicate = self._predicate(right)
        described = counts and unit != "人" and "的" in right and not right.startswith(self._and)
        if predicate and predicate.start == 0 and described:
            # 3架由本省研制的飞机, but not 9万人出现不同程度的缺水
            right = right.rpartition("的")[2]
            predicate = self._predicate(right)
        name = right[: predicate.start] if predicate else right
        if measuring and predicate is None and not (measuring.right if counts else site.right[0] == "的"):
            # 9吨茶机、青石7吨茶具; 9座茶园、茶厂7座
            name = name.rpartition("、")[0] or name
        elif counts and measuring:
            name = self._without_measured(name)
        if unit in self._ages:
            # 65岁以上老人健康管理率
            who = self._who.search(name)
            return self._named(name[: who.end()]) if who else None
        name, closed = self._closed(name)
        if self._says_nothing(name, site):
            return None
        told = unit == "%" and (predicate is not None or closed) and (len(name) >= _WHOLE or name in self._short_nouns)
        if told and (said := self._said.fullmatch(right[len(name) :])) and len(said[1]) >= _SAID:
            # 90%的茶农用上自来水: the share is that of those
            return self._named(f"{said[1].replace('了', '').strip(MARKS)}的{name}")
        if unit not in self._currencies and name in self._short_nouns:
            return name
        if counts and name in self._kinds and not measuring and (said := self._said.fullmatch(right[len(name) :])):
            # 9家茶企列入茶谱: which companies these are
            return self._named(f"{said[1].replace('了', '')}的{name}")
        return self._named(self._head(name, unit, measuring))

    def _predicate(self, right: str) -> Cue | None:
        return next((cue for cue in self._predicates.all(right) if self._parts(right, cue)), None)

    def _without_measured(self, name: str) -> str:
        """新建9个茶园、覆盖率达80%: 覆盖率 is what the next quantity measures."""
        head, _, tail = name.rpartition("、")
        measured = tail.rstrip("达").endswith(self._measured_ends) and not head.endswith(self._measured_ends)
        return head if head and measured else name

    def _closed(self, name: str) -> tuple[str, bool]:
        """A noun up to where it is closed, and whether a verb closes it."""
        if done := _DONE.search(name):
            name = name[: done.start() if done.start() >= _WHOLE else done.start() + 1]
        closing = next((cue for cue in self._closing.all(name) if self._closes(name, cue)), None)
        name = _ELLIPSIS.split(name[: closing.start] if closing else name)[0].strip(MARKS).removesuffix("共")
        if "”" in name and not -1 < name.find("“") < name.find("”"):
            name = name[: name.find("”")]
        return name, closing is not None

    def _closes(self, name: str, cue: Cue) -> bool:
        """Whether a noun ends at a verb; not in 茶叶生产流通企业."""
        whole = cue.start >= _WHOLE or name[: cue.start] in self._short_nouns
        return whole and not (cue.word in self._nominal and name.endswith(self._kind_ends))

    def _says_nothing(self, name: str, site: Site) -> bool:
        """以5%的幅度增长 says how, not what; 两个 of 7万亿、8万亿两个台阶 sums up."""
        hollow = name in self._hollow and not (site.value.unit in self._classifiers and name in self._plain)
        short = len(name) <= _SHORT_ITEM and (site.right[0] == "的" or hollow)
        if name in self._attributes or (short and name.endswith(self._hollow)):
            return True
        return bool(_SUM.fullmatch(name) or _SUMMED_UP.fullmatch(name))

    def _head(self, name: str, unit: str | None, measuring: Site | None) -> str:
        """The part of a noun with 的 that is counted."""
        head, _, tail = name.rpartition("的")
        counts, people = unit in self._classifiers, unit in self._of_people
        if people != tail.endswith(self._people) and (head.endswith(self._people) if people else head and counts):
            # 9万名农村居民的饮水问题, 9所茶校的学生
            return head
        if head in self._places or (head and counts and tail.endswith(self._nominal)):
            return head
        if head and counts and measuring and not measuring.joint:
            # 3家茶企的产值达5亿元
            return head
        return tail if head and len(tail) >= _WHOLE and len(name) > LONG else name

    def _ranked(self, passage: Passage, site: Site) -> str | None:
        """第二大茶企: which of its kind."""
        if kind := next((k for k in self._kind_ends if site.right.startswith(k)), None):
            # 前十位企业
            return kind if site.value.comparator == "<=" else None
        if not site.right.startswith("大") or site.left in self._verbs:
            return None
        stop = site.end + len(site.right)
        bodies = (m.start - passage.start for m in passage.between(site.end, stop) if isinstance(m.value, Organization))
        name = passage.text[site.end + 1 : min(bodies, default=stop)]
        predicate = self._predicates.first(name)
        # 第一大国 has no noun for 大.
        return (
            self._named(name[: predicate.start] if predicate else name) if name[:1] not in self._short_nouns else None
        )

    def _right(self, passage: Passage, site: Site) -> str:
        """What stands after a quantity up to a mark or a time, with the parenthesis that belongs to its noun."""
        right = site.right
        stop = site.end + len(right)
        if len(right) <= _GLOSSED and right and passage.text[stop : stop + 1] in ("（", "("):
            gloss = _GLOSS.match(passage.text, stop)
            return right + gloss[0] if gloss else right
        for mention in passage.between(site.end, stop):
            at = mention.start - passage.start - site.end
            if isinstance(mention.value, Organization) and at > 0 and right[at - 1] == "、":
                return right[: at - 1]
            if isinstance(mention.value, Horizon):
                return right[:at] if at else right[mention.end - mention.start :]
        return right

    def _parts(self, right: str, cue: Cue) -> bool:
        """Whether what is counted ends at a predicate; not in 许可和备案事项, 通过率."""
        if cue.word in self._and and right.startswith(self._having):
            return False
        if cue.word in self._and and 0 < cue.start <= _WHOLE and len(right) > cue.end + 1:
            return right[: cue.start] in self._kinds or right[: cue.start] in self._places
        return cue.start > 0 or not right.startswith(self._tails, cue.end)

    def _attribute(self, right: str, counts: bool) -> str | None:
        """产值 of 3家年产值过百亿元的企业; of what is counted also 海拔 of 9所海拔900米以上学校."""
        return max(
            (word for word in (self._sizing if counts else self._measured) if right.endswith(word)),
            key=len,
            default=None,
        )

    def _without(self, right: str, attribute: str, following: Site) -> str:
        """What has the attribute: companies in 3家年产值过百亿元的企业, projects in 5个项目总投资超3亿元."""
        if following.right.startswith("的"):
            return following.right.removeprefix("的")
        owner = right.removesuffix(attribute).removesuffix("年").removesuffix("的")
        return owner if len(owner) >= _WHOLE else following.right if not owner else right

    def _sized(self, passage: Passage, site: Site, size: Site) -> str | None:
        """What is counted with its size: 7台300千瓦发电机, 6部5000元的手机."""
        noun = size.right.removeprefix("的")
        predicate = self._predicates.first(noun)
        noun = noun[: predicate.start] if predicate else noun
        closing = next((c for c in self._closing.all(noun) if c.start >= _WHOLE and c.word not in self._nominal), None)
        name = self._named(noun[: closing.start] if closing else noun)
        if name is None or len(name) > LONGEST:
            return None
        if size.value.unit in self._classifiers:
            # 9大类80项茶事
            return name
        whole = size.right.startswith("的") or size.value.unit in self._currencies
        return name if whole else passage.text[size.start : size.end] + name
