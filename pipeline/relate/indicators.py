"""What a quantity measures, as the text names it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from pipeline.document import Horizon
from pipeline.relate.counted import Counted
from pipeline.relate.cues import CuePattern
from pipeline.relate.elliptic_names import SHORT_ITEM, EllipticNames
from pipeline.relate.listed_names import ListedNames
from pipeline.relate.nouns import LONGEST, Nouns, ahead_of_gloss
from pipeline.relate.passages import Passage, Site
from pipeline.rulebook import Rulebook, alternation

_WINDOW = 120
"""Code points before a quantity in which its name may stand."""
_CLAUSES = re.compile(r"[，,；;：:]|——")
_OUTSIDE = re.compile(r"[、，,；;：:）)有]")
_INSIDE = re.compile(r"[\s　]*在?([^在]{2,60})[中上里]")
_PART = re.compile(r"占到?([^占比率]*)$")
_SHARE = re.compile(r"[\s　、]*其?约?占")
_ABOVE = (">", ">=")
_WITH_CLAUSE = ("人", "次")
"""What counts those who did, or how often was done, what stands behind it."""
_ITEM = re.compile(r"[；;](?P<clause>[^，,；;：:按0-9]{2,60})[，,][^；;]*$")
"""The first clause of what a semicolon parts; 按不变价格计算 names nothing, nor does what holds a number."""
_SPAN = re.compile(r"[从由自][^，,、]{1,20}[至到][^，,、]{1,20}的[^，,、]{2,}$")
"""从申请之日到办结之日的平均时间, which begins nowhere."""
_SIZED = re.compile(r"的?[^，,、；;：:（）()。0-9]{2,14}")


class IndicatorReader:
    """Takes the noun after a quantity where there is one, else the noun before it, else that of the quantity before."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._nouns = Nouns(rulebook)
        self._counted = Counted(rulebook, self._nouns)
        self._elliptic = EllipticNames(rulebook)
        self._grade = rulebook.compile("{等次}")
        self._ahead = CuePattern(rulebook, "{相较}")
        self._money = CuePattern(rulebook, "{money_nouns}")
        self._sum = CuePattern(rulebook, "{年额}")
        self._payers = frozenset(rulebook.words("payers"))
        self._times = CuePattern(rulebook, "{倍于}")
        self._use = rulebook.compile("{用途}")
        self._payees = rulebook.words("payees")
        self._sums = tuple(
            word
            for words in ("measured_ends", "money_nouns", "attributes", "hollow_nouns")
            for word in rulebook.words(words)
        )
        self._attributes = rulebook.words("attributes")
        self._totals = frozenset(rulebook.words("totals"))
        self._changes = frozenset(rulebook.words("rate_nouns"))
        self._sizes = frozenset(rulebook.words("sizes"))
        self._investing = rulebook.words("investment", "verbs")
        self._spending = (*self._investing, *rulebook.words("spending"))
        self._pulled = rulebook.compile("{拉动增长}")
        self._points = frozenset(rulebook.words("abstract_units", "points"))
        self._bare = frozenset(rulebook.words("money_nouns"))
        self._covering = re.compile(f"(?<=..){alternation(rulebook.words('covering'))}[^，]*等$")
        self._doing = re.compile(f"(?!{alternation(rulebook.words('said_of_kinds', 'not'))})[^，,。；;、]{{4,16}}$")
        self._ranks = frozenset(rulebook.words("ranking"))
        self._ranked_by = tuple(end for end in rulebook.words("measured_ends") if end != "度")
        self._moving = (*rulebook.words("rank_verbs_change"), *rulebook.words("origins"))
        dimensions = alternation((*rulebook.words("dimensions"), *rulebook.words("money_nouns")))
        soft = alternation(rulebook.words("count_openers"))
        self._described = re.compile(f"{dimensions}(?:[均仅在为]|{soft})?$")
        self._abstract = frozenset(rulebook.words("abstract_units"))
        self._ages = frozenset(rulebook.words("age_units"))
        self._age_nouns = rulebook.words("age_nouns")
        self._count_openers = "".join(rulebook.words("count_openers"))
        place, within = (alternation(rulebook.words("area_ends", ends)) for ends in ("place", "within"))
        self._place = re.compile(rf".{{0,5}}{place}")
        self._area = re.compile(rf".{{1,8}}(?:{place}|{within})")
        self._listed = ListedNames(rulebook, self._nouns, self._elliptic)
        origin, others = alternation(rulebook.words("origins")), alternation(rulebook.words("not_origins", "opening"))
        ends = "".join(word[0] for word in rulebook.words("not_origins", "closing"))
        self._from = re.compile(f"(?<![{ends}])(?!{others})([将已]?{origin})(?:(?!{origin})[^、])*$")
        self._compared = _comparison(rulebook)
        self._currencies = frozenset(rulebook.words("currency_units"))
        self._classifiers = frozenset(rulebook.words("classifiers"))
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
        last = found[_ahead_of_parenthesis(passage, number) - 1] if found else None
        money = site.value.unit in self._currencies
        after = self._counted.noun(passage, number)
        shared = self._listed.of(passage, number, found)
        if shared:
            # 对甲、乙分别给予5万元、3万元补助
            return after if money and after else shared
        if money and site.left.endswith(self._spending) and (use := self._use.search(site.right)):
            invested = site.left.endswith(self._investing) and not use.groups["use"].endswith(self._investing)
            return self._nouns.named(use.groups["use"] + (self._investing[0] if invested else ""))
        if money and after in self._payers and passage.text[site.start] == "过":
            after = self._passed(passage, site) or after
        # 投资3亿元的项目 says what was invested, 3亿元的项目 what the project costs.
        bounded = site.right.startswith("的") or site.value.comparator in _ABOVE
        invested = money and bounded and site.left in self._money
        # 海拔900米的茶园
        described = not money and bounded and self._described.search(site.left)
        if after and not invested and not described:
            return after
        if last and site.previous and (grade := self._grade.search(site.left)) and not grade.start:
            return (
                self._elliptic.graded(last, grade.groups["grade"])
                if site.previous.value.unit == site.value.unit
                else grade.groups["grade"]
            )
        before = self._sized(passage, site) or self._before(passage, site)
        if site.value.unit in self._ages and not (before and before.endswith(self._age_nouns)):
            # 年满18周岁; 预期寿命提高2岁、达到80岁
            return last if last and last.endswith(self._age_nouns) else self._age_nouns[0]
        if money and before and before.endswith(self._payees):
            # 投资9亿元，其中甲公司2亿元; 补助标准为职工30元: a body is no sum
            opening = site.start - len(site.left)
            if of := self._nouns.find(passage, opening, opening + max(0, site.left.rfind(before))):
                return after or of
            alike = site.previous is not None and site.previous.value.unit in (site.value.unit, "%")
            topic = self._elliptic.kind(last) if last and alike else self._clause_before(passage, site)
            # 细则只有薄薄几页：博士每月3000元
            return after or (topic if topic and topic.endswith(self._sums) else None) or before
        if not (before or after) and site.value.unit in _WITH_CLAUSE and (done := self._doing.match(site.right)):
            # 9万人获得茶补, 三次提高茶价
            return self._nouns.named(done[0].replace("了", ""))
        if before in self._sizes:
            last = last or self._clause_before(passage, site, first=True)
        elif before in self._totals and not last:
            # 茶企不断壮大，数量达9家
            last = self._clause_before(passage, site, first=True) or self._topic(passage, site)
        elif before in self._changes:
            # 产量连年下降，累计降幅达5%
            last = last or self._clause_before(passage, site)
        total = before is not None and before[0] == "总" and (len(before) <= SHORT_ITEM or before in self._sizes)
        if before and last and total and last.rfind("总") > 0:
            # 基金总收入9亿元，总支出7亿元
            return last[: last.rfind("总")] + before
        if before and last and site.previous and before in self._bare:
            # 水渠落实投资9亿元，完成投资7亿元; 新建茶厂9家、投资7亿元
            between = passage.text[site.previous.end : site.start]
            if last.endswith(before) and site.previous.value.unit == site.value.unit:
                return last
            if site.previous.value.unit in self._classifiers and between.startswith("、"):
                return last + before
        if before and last and before not in self._sizes and _SHARE.match(site.left):
            # 茶业产值达9亿元，占工业产值的9%
            of = f"{last.partition('占')[0]}占{before.removeprefix('占')}"
            return of if len(of) < LONGEST else before
        if before and last and (before in self._attributes or before in self._sizes):
            return self._elliptic.joined(last, before)
        if last and site.left.startswith("其中") and site.joint is False and before and self._area.fullmatch(before):
            # 重点项目9个，其中海棠区5个
            return last
        return before or after or self._opening(passage, site) or last or self._clause_before(passage, site)

    def _opening(self, passage: Passage, site: Site) -> str | None:
        """茶叶产量9万吨；茶具保持高位，完成7万件: what the clause behind the semicolon names."""
        if not site.parted or site.previous is None:
            return None
        clause = _ITEM.search(passage.text, site.previous.end, site.start - len(site.left))
        return self._nouns.find(passage, *clause.span("clause")) if clause else None

    def _passed(self, passage: Passage, site: Site) -> str | None:
        """年产值 of 年产值亿元以上茶企20家，过30亿元茶企3家."""
        sums = self._sum.all(passage.text[max(0, site.start - _WINDOW) : site.start])
        return sums[-1].word if sums else None

    def _sized(self, passage: Passage, site: Site) -> str | None:
        """亿元以上项目 before a count of them."""
        size = site.previous
        if size is None or size.value.comparator not in _ABOVE or size.value.unit not in self._currencies:
            return None
        between = passage.text[size.end : site.start].rstrip(self._count_openers)
        if site.value.unit not in self._classifiers or not _SIZED.fullmatch(between) or between in self._nouns.verbs:
            return None
        return passage.text[size.start : size.end] + between

    def _before(self, passage: Passage, site: Site) -> str | None:
        start, end = site.start - len(site.left), site.start
        # 甲从41个减少到15个; 甲占全部的三成: it is 甲 that is measured.
        moved = None if _SPAN.search(site.left) else self._from.search(site.left)
        if moved and any(
            isinstance(m.value, Horizon) and m.start - passage.start == start + moved.start() + len(moved[1])
            for m in passage.between(start, end)
        ):
            # 从2031年起力争实现产值5亿元: the time is no origin.
            moved = None
        if moved and moved[1].endswith("由") and moved[0].endswith(self._investing):
            # 由甲公司投资5亿元: whose it is
            moved = None
        done = self._nouns.verbs.last(moved[0]) if moved and "的" not in moved[0] else None
        if moved and done and done.start > 0 and done.end + 1 < len(moved[0]):
            # 从旧址移来茶树8万株: no quantity began there
            moved = None
        part = _PART.search(site.left) if moved is None and site.value.unit in self._abstract else None
        last_verb = self._nouns.verbs.last(part[1]) if part else None
        if part and last_verb and last_verb.start > 0 and last_verb.end == len(part[1]):
            # 所占份额达到9%: no part of what follows 占
            part = None
        ranking = self._ranking(site) if site.value.measure == "rank" else None
        if cut := moved or part or self._compared.search(site.left) or self._covering.search(site.left):
            end = start + cut.start()
        elif (times := self._ratio(site)) is not None:
            # 茶价是平日的2倍
            end = start + times
        elif ranking is not None and (site.left[0] == "、" or self._nouns.find(passage, start, start + ranking)):
            # 茶叶产量9万吨、居全省首位
            end = start + ranking
        elif ahead := self._ahead.first(site.left):
            end = start + ahead.start
        start = ahead_of_gloss(passage, start, _OUTSIDE)
        counted = site.value.unit in self._classifiers and site.value.measure != "rank"
        name = self._nouns.find(passage, start, end, counted=counted)
        whole = part[1].strip(self._nouns.edges) if part else ""
        alone = len(whole) > SHORT_ITEM or (len(whole) > 1 and _SHARE.match(site.left))
        if alone and name is None and whole not in self._nouns.verbs:
            return f"占{whole}"
        if whole and name and not whole.startswith("总") and len(name) + len(whole) < LONGEST:
            return f"{name}占{whole}"
        if name is None and passage.text[max(0, start - 1) : start] in ("（", "("):
            if site.previous and site.previous.end == start - 1:
                # 124万平方米（约2万套）: the same in another unit
                return None
            # 甲（增长5%）、乙（增长8%）
            outside = _OUTSIDE.split(passage.text[max(0, start - 1 - _WINDOW) : start - 1])[-1]
            return self._nouns.find(passage, start - 1 - len(outside), start - 1)
        if name is None and (told := _time_before(passage, start)) is not None:
            # 票房今天（9月23日）突破9亿元
            outside = _OUTSIDE.split(passage.text[max(0, told - _WINDOW) : told])[-1]
            return self._nouns.find(passage, told - len(outside), told)
        if name and site.value.unit in self._points and (pulled := self._pulled.search(site.left)):
            return name + pulled.groups["growth"]
        return None if site.value.measure == "rank" and name and self._place.fullmatch(name) else name

    def _ratio(self, site: Site) -> int | None:
        """Where 是平日的 opens in what stands before a multiple or a share."""
        if site.value.measure != "multiple" and site.value.unit != "%":
            return None
        cue = self._times.last(site.left) if site.left.endswith("的") else None
        # 是平日的2倍 alone says nothing of what is so much, 按茶价的90% alone of nothing else.
        return cue.start if cue and (cue.start > 1 or cue.word[0] == "是") else None

    def _ranking(self, site: Site) -> int | None:
        """Where 居全国第二 opens in what stands before the rank."""
        cues = [
            cue.start
            for cue in self._nouns.verbs.all(site.left)
            # 茶馆排名提升到第8位: it is the 排名 that moves; 茶企位列销售额前三: what it is ranked by
            if cue.word in self._ranks
            and not site.left.startswith(self._moving, cue.end)
            and not site.left.endswith(self._ranked_by)
        ]
        return cues[-1] if cues else None

    def _topic(self, passage: Passage, site: Site) -> str | None:
        """茶企不断壮大。总量达9家: what the sentence before is about."""
        if self._earlier is None or passage.opens_block or len(site.left) < site.start:
            return None
        return self._nouns.find(self._earlier, 0, min(_WINDOW, self._earlier.end - self._earlier.start), first=True)

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
        return self._nouns.find(passage, start, end, first)


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


def _time_before(passage: Passage, end: int) -> int | None:
    """Where the time begins whose gloss ends at `end`: 今天（9月23日）."""
    if passage.text[max(0, end - 1) : end] not in ("）", ")"):
        return None
    times = (m for m in passage.between(max(0, end - LONGEST), end) if isinstance(m.value, Horizon))
    return next((m.start - passage.start for m in times if m.end - passage.start == end), None)


def _comparison(rulebook: Rulebook) -> re.Pattern[str]:
    """比上年增长: what a clause that ends so is compared with, and how."""
    words = {name: alternation(found) for name, found in rulebook.groups("comparison").items()}
    # A pattern may look back only over words of one length.
    no_end = "".join(f"(?<!{re.escape(word)})" for word in rulebook.words("comparison", "other_words_to"))
    return re.compile(
        f"(?:(?!{words['other_words_from']}){words['marks']}{no_end}|{words['periods']}(?!{words['changes']}))"
        f"[^，,；;：:]{{1,16}}{words['outcomes']}[^，,；;：:]{{0,4}}$"
    )
