"""What a quantity measures, as the text names it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from pipeline.relate.quantities.cues import CuePattern
from pipeline.relate.quantities.elliptic_names import EllipticNames
from pipeline.relate.quantities.listed_names import ListedNames
from pipeline.relate.quantities.nouns import Nouns
from pipeline.relate.quantities.nouns_after import NounsAfter
from pipeline.relate.quantities.nouns_before import NounsBefore
from pipeline.relate.quantities.passages import Passage, Site
from pipeline.rulebook import Rulebook, alternation

_WINDOW = 120
"""Code points before a quantity in which its name may stand."""
_CLAUSES = re.compile(r"[，,；;：:]|——")
_INSIDE = re.compile(r"[\s　]*在?([^在]{2,60})[中上里]")
_ABOVE = (">", ">=")
_TOPIC = 10
"""Code points of the longest topic of a sentence that is a noun and no more."""
_NEAR = 8
"""Quantities before one that are looked through for another of its unit."""
_WITH_CLAUSE = ("人", "次")
"""What counts those who did, or how often was done, what stands behind it."""
_ITEM = re.compile(r"[；;](?P<clause>[^，,；;：:按0-9]{2,60})[，,][^；;]*$")
"""The first clause of what a semicolon parts; 按不变价格计算 names nothing, nor does what holds a number."""


class IndicatorReader:
    """Takes the noun after a quantity where there is one, else the noun before it, else that of the quantity before."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._nouns = Nouns(rulebook)
        self._after = NounsAfter(rulebook, self._nouns)
        self._before = NounsBefore(rulebook, self._nouns)
        self._elliptic = EllipticNames(rulebook)
        self._listed = ListedNames(rulebook, self._nouns, self._elliptic)
        self._grade = rulebook.compile("{等次}")
        self._money = CuePattern(rulebook, "{money_nouns}")
        self._sum = CuePattern(rulebook, "{年额}")
        self._payers = frozenset(rulebook.words("payers"))
        self._use = rulebook.compile("{用途}")
        self._payees = rulebook.words("payees")
        self._sums = tuple(
            word
            for words in ("measured_ends", "money_nouns", "attributes", "hollow_nouns", "budgeted")
            for word in rulebook.words(words)
        )
        self._attributes = frozenset(rulebook.words("attributes")) - {
            *rulebook.words("rate_nouns"),
            *rulebook.words("self_contained"),
        }
        self._totals = frozenset(rulebook.words("totals"))
        self._changes = frozenset(rulebook.words("rate_nouns"))
        self._sizes = frozenset(rulebook.words("sizes"))
        self._investing = rulebook.words("investment", "verbs")
        self._spending = (*self._investing, *rulebook.words("spending"))
        self._of_fines = tuple(f"的{word}" for word in rulebook.words("fines"))
        self._of_these = frozenset(rulebook.words("of_these"))
        self._giving = (*rulebook.words("granting"), *rulebook.words("spending"))
        self._reporting = (*rulebook.words("reporting"), *rulebook.words("saying"))
        self._doing = re.compile(f"(?!{alternation(rulebook.words('said_of_kinds', 'not'))})[^，,。；;、]{{4,16}}$")
        dimensions = alternation((*rulebook.words("dimensions"), *rulebook.words("money_nouns")))
        soft = alternation(rulebook.words("count_openers"))
        self._described = re.compile(f"{dimensions}(?:[均仅在为]|{soft})?$")
        self._ages = frozenset(rulebook.words("age_units"))
        self._age_nouns = rulebook.words("age_nouns")
        self._currencies = frozenset(rulebook.words("currency_units"))
        self.begin()

    def begin(self) -> None:
        """Begins a new document."""
        self._current: Passage | None = None
        self._earlier: Passage | None = None

    def read(self, passage: Passage, baselines: Sequence[Decimal | None]) -> list[str | None]:
        """The indicator of each quantity of a passage; where it has a baseline, that of the baseline. In text order."""
        found: list[str | None] = []
        self._earlier, self._current = self._current, passage
        for number, baseline in enumerate(baselines):
            origin = found[-1] if baseline is not None else None
            found.append(origin or self._indicator(passage, number, found))
        return found

    def _indicator(self, passage: Passage, number: int, found: list[str | None]) -> str | None:
        site = passage.sites[number]
        money = site.value.unit in self._currencies
        after = self._after.noun(passage, number)
        if shared := self._listed.of(passage, number, found):
            # 对甲、乙分别给予5万元、3万元补助
            return after if money and after else shared
        if money and site.left.endswith(self._spending) and (use := self._use.search(site.right)):
            invested = site.left.endswith(self._investing) and not use.groups["use"].endswith(self._investing)
            return self._nouns.named(use.groups["use"] + (self._investing[0] if invested else ""))
        if money and after in self._payers and passage.text[site.start] == "过":
            after = self._passed(passage, site) or after
        if after and not self._is_measured(site, money):
            return after
        last = found[_ahead_of_parenthesis(passage, number) - 1] if found else None
        if last and site.previous and (grade := self._grade.search(site.left)) and not grade.start:
            alike = site.previous.value.unit == site.value.unit
            return self._elliptic.graded(last, grade.groups["grade"]) if alike else grade.groups["grade"]
        if site.left in self._of_these and (kind := self._alike(passage, number, found)):
            # 茶企40家，其中产值超9亿元的有8家
            return kind
        if last and site.left.endswith("的有") and (site.left[0] == "中" or site.left == site.clause):
            # 茶企39家，其中盈利的有9家
            which = site.left.removeprefix("其").removeprefix("中").removesuffix("有")
            return self._nouns.named(which + last.rpartition("的")[2])
        before = self._before.noun(passage, site)
        if site.value.unit in self._ages and not (before and before.endswith(self._age_nouns)):
            # 年满18周岁; 预期寿命提高2岁、达到80岁
            return last if last and last.endswith(self._age_nouns) else self._age_nouns[0]
        if money and before and before.endswith(self._payees):
            return self._of_body(passage, site, before, after, last)
        if money and site.left.endswith(self._giving) and not (before and before.endswith(self._sums)):
            # 县财政安排3亿元, 给予3万元: who gives it is no sum
            named = (last, self._clause_before(passage, site))
            return after or next((name for name in named if name and name.endswith(self._sums)), None)
        if not (before or after) and site.value.unit in _WITH_CLAUSE and (done := self._doing.match(site.right)):
            # 9万人获得茶补, 三次提高茶价
            return self._nouns.named(done[0].replace("了", ""))
        if before and (whole := last or self._whole(passage, site, before)):
            before = self._elliptic.leaning(passage, site, before, whole)
        return before or after or self._opening(passage, site) or last or self._clause_before(passage, site)

    def _alike(self, passage: Passage, number: int, found: list[str | None]) -> str | None:
        """What the nearest quantity before counts in the same unit."""
        unit = passage.sites[number].value.unit
        near = range(number - 1, max(-1, number - 1 - _NEAR), -1)
        return next((found[n] for n in near if passage.sites[n].value.unit == unit), None)

    def _is_measured(self, site: Site, money: bool) -> bool:
        """Whether the noun before tells what is measured, whatever stands behind: 投资3亿元的项目, 海拔900米的茶园."""
        bounded = site.right.startswith("的") or site.value.comparator in _ABOVE
        if site.value.unit == "倍" or site.right.startswith(self._of_fines) or not bounded:
            # 处茶费用二倍的罚款
            return False
        return site.left in self._money if money else self._described.search(site.left) is not None

    def _of_body(self, passage: Passage, site: Site, body: str, after: str | None, last: str | None) -> str | None:
        """投资9亿元，其中甲公司2亿元; 补助标准为职工30元: a body is no sum."""
        opening = site.start - len(site.left)
        if of := self._nouns.find(passage, opening, opening + max(0, site.left.rfind(body))):
            return after or of
        alike = site.previous is not None and site.previous.value.unit in (site.value.unit, "%")
        topic = self._elliptic.kind(last) if last and alike else self._clause_before(passage, site)
        # 细则只有薄薄几页：博士每月3000元
        return after or (topic if topic and topic.endswith(self._sums) else None) or body

    def _passed(self, passage: Passage, site: Site) -> str | None:
        """年产值 of 年产值亿元以上茶企20家，过30亿元茶企3家."""
        sums = self._sum.all(passage.text[max(0, site.start - _WINDOW) : site.start])
        return sums[-1].word if sums else None

    def _whole(self, passage: Passage, site: Site, name: str) -> str | None:
        """What a name leans on that no quantity has: 茶企 of 茶企不断壮大，数量达9家."""
        if name in self._sizes:
            return self._opening_clause(passage, site)
        if name in self._totals:
            return self._clause_before(passage, site, first=True) or self._topic(passage, site)
        if name in self._attributes:
            # 茶机业迎来高峰，产量增长5%
            topic = self._opening_clause(passage, site)
            return topic if topic and len(topic) <= _TOPIC else None
        # 产量连年下降，累计降幅达5%
        return self._clause_before(passage, site) if name in self._changes else None

    def _opening(self, passage: Passage, site: Site) -> str | None:
        """茶叶产量9万吨；茶具保持高位，完成7万件: what the clause behind the semicolon names."""
        if not site.parted or site.previous is None:
            return None
        clause = _ITEM.search(passage.text, site.previous.end, site.start - len(site.left))
        return self._nouns.find(passage, *clause.span("clause")) if clause else None

    def _topic(self, passage: Passage, site: Site) -> str | None:
        """茶企不断壮大。总量达9家: what the sentence before is about."""
        if self._earlier is None or passage.opens_block or len(site.left) < site.start:
            return None
        return self._nouns.find(self._earlier, 0, min(_WINDOW, self._earlier.end - self._earlier.start), first=True)

    def _opening_clause(self, passage: Passage, site: Site) -> str | None:
        """What the sentence, or an item in it, is about: 甲铁路起自乙，经过丙，全长9公里."""
        window = max(0, site.start - _WINDOW)
        start = max(window, *(passage.text.rfind(mark, window, site.start) + 1 for mark in "；;：:"))
        while clause := _CLAUSES.search(passage.text, start, site.start):
            told = passage.text.startswith("据", start) or passage.text.endswith(self._reporting, start, clause.start())
            if not told and (name := self._nouns.find(passage, start, clause.start(), first=True)):
                return name
            start = clause.end()
        return None

    def _clause_before(self, passage: Passage, site: Site, first: bool = False) -> str | None:
        """在年度评价中，甲名列第一: what the clause before names, its `first` noun for 甲连接乙和丙，全长9公里."""
        window = max(0, site.start - _WINDOW)
        marks = [m.span() for m in _CLAUSES.finditer(passage.text, window, site.start)]
        if not marks:
            return None
        start, end = marks[-2][1] if len(marks) > 1 else window, marks[-1][0]
        inside = _INSIDE.fullmatch(passage.text, start, end)
        if inside:
            start, end = inside.span(1)
        name = self._nouns.find(passage, start, end, first)
        if name is None or site.previous is None:
            return name
        # 建成9套，开工8套: a quantity names nothing.
        return self._nouns.named(name.removesuffix(passage.text[site.previous.start : site.previous.end]))


def _ahead_of_parenthesis(passage: Passage, number: int) -> int:
    """The number of the first quantity in the parenthesis that closes just before: 茶产9万吨（茶园8亩），增长5%."""
    previous, site = passage.sites[number].previous, passage.sites[number]
    if previous is None or passage.text[previous.end : previous.end + 1] not in ("）", ")"):
        return number
    if any(mark in passage.text[previous.end : site.start] for mark in "（("):
        return number
    opened = max(passage.text.rfind(mark, max(0, previous.start - _WINDOW), previous.start) for mark in "（(")
    ahead = bisect_left(passage.sites, opened, key=lambda other: other.start)
    return ahead if ahead > 0 and opened >= 0 else number
