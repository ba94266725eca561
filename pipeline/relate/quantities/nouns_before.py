"""The noun before a quantity: what amounts to so much, what moved from there, what is a part of something."""

from __future__ import annotations

import re

from pipeline.document import Horizon
from pipeline.relate.quantities.cues import CuePattern
from pipeline.relate.quantities.elliptic_names import SHARE, SHORT_ITEM
from pipeline.relate.quantities.nouns import LONGEST, Nouns, ahead_of_gloss
from pipeline.relate.quantities.passages import Passage, Site
from pipeline.rulebook import Rulebook, alternation

_WINDOW = 120
"""Code points before a parenthesis in which the name may stand that it explains."""
_OUTSIDE = re.compile(r"[、，,；;：:）)有]")
_OPENING = ("（", "(")
_PART = re.compile(r"占到?([^占比率]*)$")
_SPAN = re.compile(r"[从由自][^，,、]{1,20}[至到][^，,、]{1,20}的[^，,、]{2,}$")
"""从申请之日到办结之日的平均时间, which begins nowhere."""
_LONGEST_ORIGIN = 8
"""Code points of 从 and what moved from there, where no word says that it did."""
_ORIGIN = re.compile("[的原至到为]")
"""由茶会最初的9家, 由茶会原有9家, 由每班不足百件增至."""
_SIZED = re.compile(r"的?[^，,、；;：:（）()。0-9]{2,14}")
_ABOVE = (">", ">=")


class NounsBefore:
    """Reads the noun that stands before a quantity, up to what says how it came to be so much."""

    def __init__(self, rulebook: Rulebook, nouns: Nouns) -> None:
        self._nouns = nouns
        self._ahead = CuePattern(rulebook, "{相较}")
        self._times = CuePattern(rulebook, "{倍于}")
        self._pulled = rulebook.compile("{拉动增长}")
        self._investing = rulebook.words("investment", "verbs")
        self._covering = re.compile(f"(?<=..){alternation(rulebook.words('covering'))}[^，]*等$")
        self._ranks = frozenset(rulebook.words("ranking"))
        self._ranked_by = tuple(end for end in rulebook.words("measured_ends") if end != "度")
        self._moving = (*rulebook.words("rank_verbs_change"), *rulebook.words("origins"))
        self._place = re.compile(rf".{{0,5}}{alternation(rulebook.words('area_ends', 'place'))}")
        self._count_openers = "".join(rulebook.words("count_openers"))
        self._points = frozenset(rulebook.words("abstract_units", "points"))
        self._abstract = frozenset(rulebook.words("abstract_units"))
        self._currencies = frozenset(rulebook.words("currency_units"))
        self._classifiers = frozenset(rulebook.words("classifiers"))
        origin, others = alternation(rulebook.words("origins")), alternation(rulebook.words("not_origins", "opening"))
        ends = "".join(word[0] for word in rulebook.words("not_origins", "closing"))
        self._from = re.compile(f"(?<![{ends}])(?!{others})([将已]?{origin})(?:(?!{origin})[^、])*$")
        self._compared = _comparison(rulebook)

    def noun(self, passage: Passage, site: Site) -> str | None:
        """The noun before a quantity of a passage."""
        return self._sized(passage, site) or self._before(passage, site)

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
        moved = self._move(passage, site)
        part = self._part(site) if moved is None else None
        start = site.start - len(site.left)
        if site.previous is None or site.previous.end != start:
            start = ahead_of_gloss(passage, start, _OUTSIDE)
        counted = site.value.unit in self._classifiers and site.value.measure != "rank"
        name = self._nouns.find(passage, start, self._end(passage, site, moved or part), counted=counted)
        if part and (share := self._share(site, name, part[1].strip(self._nouns.edges))):
            return share
        if name is None:
            if passage.text[max(0, start - 1) : start] in _OPENING:
                # 甲（增长5%）、乙（增长8%); 124万平方米（约2万套）: the same in another unit
                again = site.previous is not None and site.previous.end == start - 1
                return None if again else self._outside(passage, start - 1)
            if (told := _time_before(passage, start)) is not None:
                # 茶票今天（3月4日）突破9亿元
                return self._outside(passage, told)
            return None
        if site.value.unit in self._points and (pulled := self._pulled.search(site.left)):
            return name + pulled.groups["growth"]
        return None if site.value.measure == "rank" and self._place.fullmatch(name) else name

    def _move(self, passage: Passage, site: Site) -> re.Match[str] | None:
        """从41个减少到 of 甲从41个减少到15个: it is 甲 that is measured."""
        moved = None if _SPAN.search(site.left) else self._from.search(site.left)
        if moved is None:
            return None
        start = site.start - len(site.left)
        at = passage.start + start + moved.start() + len(moved[1])
        if any(isinstance(m.value, Horizon) and m.start == at for m in passage.between(start, site.start)):
            # 从2031年起力争实现产值5亿元: the time is no origin.
            return None
        if moved[1].endswith("由") and moved[0].endswith(self._investing):
            # 由甲公司投资5亿元: whose it is
            return None
        done = self._nouns.verbs.last(moved[0]) if "的" not in moved[0] else None
        if done and done.start > 0 and done.end + 1 < len(moved[0]):
            # 从旧址移来茶树8万株: no quantity began there
            return None
        if len(moved[0]) > _LONGEST_ORIGIN and not _ORIGIN.search(moved[0], len(moved[1])):
            # 从境外带回各类茶种700余种
            return None
        return moved

    def _part(self, site: Site) -> re.Match[str] | None:
        """占全部的 of 甲占全部的三成."""
        part = _PART.search(site.left) if site.value.unit in self._abstract else None
        verb = self._nouns.verbs.last(part[1]) if part else None
        # 所占份额达到9%: no part of what follows 占
        return None if part and verb and verb.start > 0 and verb.end == len(part[1]) else part

    def _share(self, site: Site, name: str | None, whole: str) -> str | None:
        """甲占全部: the part with its `whole`, where that is named."""
        alone = len(whole) > SHORT_ITEM or (len(whole) > 1 and SHARE.match(site.left))
        if alone and name is None and whole not in self._nouns.verbs:
            return f"占{whole}"
        owned = whole and name and not whole.startswith("总") and len(name) + len(whole) < LONGEST
        return f"{name}占{whole}" if owned else None

    def _end(self, passage: Passage, site: Site, cut: re.Match[str] | None) -> int:
        """Where the noun ends: at a `cut` that is known, a comparison or a rank."""
        start = site.start - len(site.left)
        if cut := cut or self._compared.search(site.left) or self._covering.search(site.left):
            return start + cut.start()
        if (times := self._ratio(site)) is not None:
            # 茶价是平日的2倍
            return start + times
        ranking = self._ranking(site) if site.value.measure == "rank" else None
        if ranking is not None and (site.left[0] == "、" or self._nouns.find(passage, start, start + ranking)):
            # 茶叶产量9万吨、居全省首位
            return start + ranking
        ahead = self._ahead.first(site.left)
        return start + ahead.start if ahead else site.start

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

    def _outside(self, passage: Passage, end: int) -> str | None:
        """The noun just before a parenthesis or a time."""
        outside = _OUTSIDE.split(passage.text[max(0, end - _WINDOW) : end])[-1]
        return self._nouns.find(passage, end - len(outside), end)


def _time_before(passage: Passage, end: int) -> int | None:
    """Where the time begins whose gloss ends at `end`: 今天（3月4日）."""
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
