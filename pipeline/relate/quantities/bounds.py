"""The horizon that bounds a quantity."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import accumulate, pairwise

from pipeline.document import Horizon, Measure, Mention
from pipeline.relate.quantities.cues import CuePattern
from pipeline.relate.quantities.passages import Passage, Site
from pipeline.rulebook import Rulebook, alternation

_CONTEXT = 12
"""Code points around a horizon that tell what it is for."""
_VERB = 6
"""Code points of 连续 and the verb between it and its duration."""
_REACH = 8
"""Horizons before a quantity that are looked at."""
_BARE_LENGTH = re.compile("[0-9一二两三四五六七八九十半多余]+个?[年月天周]")
_CLAUSES = 60
"""Code points before a quantity or a quotation that tell what its clause is about."""
_OF = ("同期的", "的")
_WHOLE = "占"
"""After it stands the whole of which something is a part."""
_MARKS = "，,、；;。"
_NESTING = {"（": 1, "(": 1, "）": -1, ")": -1}
_QUOTING = {"“": 1, "”": -1}


class BoundReader:
    """The nearest horizon before a quantity in its passage, or the one that opens the list the passage belongs to."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._compared_before = CuePattern(rulebook, "{compared_before}$")
        self._equated = CuePattern(rulebook, "{equated}$", "[成作因认]为$")
        self._compared_after = CuePattern(rulebook, "^{compared_after}")
        self._through = CuePattern(rulebook, "{time_context.through}近?$")
        self._saying = CuePattern(rulebook, "{saying}")
        self._lived = CuePattern(rulebook, "{lived}了?近?$")
        self._ahead = CuePattern(rulebook, "{looking_ahead}")
        self._reporting = CuePattern(rulebook, "{reporting}")
        self._told = CuePattern(rulebook, "{events}|{saying}[，,：:]")
        self._marks = rulebook.words("list_marks")
        self._continuing = rulebook.words("continuing")
        self._new_plan = re.compile(f"[，,]{alternation(rulebook.words('planned_besides'))}[^，,]*$")
        self._origins = rulebook.words("origins")
        self._compared = (*self._origins, *rulebook.words("comparison", "marks"), "于")
        self._reaching = rulebook.words("reaching")
        self._announcing = rulebook.compile("{以下}")
        self._issued = rulebook.compile("^{发文}")
        self._running = rulebook.words("time_context", "running")
        self._average = rulebook.words("time_context", "average")
        self._growth = rulebook.words("time_context", "growth")
        self._tellers = rulebook.words("time_context", "teller")
        self._of_news = rulebook.words("time_context", "news")
        self._describing = rulebook.words("time_context", "describing")
        self._named = rulebook.words("time_context", "named")
        self._naming = rulebook.words("time_context", "naming")
        self._joints = {"、", "，", ",", *rulebook.words("conjunctions", "and")}
        self.begin()

    def begin(self) -> None:
        """Begins a new document."""
        self._heads: int | None = None
        self._opening: int | None = None
        self._latest: int | None = None
        self._spans = False

    def read(self, passage: Passage, measures: list[Measure]) -> list[int | None]:
        """An index into `Document.mentions`, or None, for each quantity. Passages are given in text order."""
        continues = passage.opens_with(self._continuing)
        if passage.opens_block:
            if passage.is_heading and passage.text.lstrip()[:1] not in "（(":
                # （一）抓茶业 is an item of the list.
                self._heads = None
            self._opening = self._heads
            if not (continues and self._spans):
                # A programme of three years goes on over paragraphs, a date does not.
                self._latest = None
        bounding = [
            (index, mention)
            for index, mention in enumerate(passage.mentions, passage.first)
            if isinstance(mention.value, Horizon) and self._bounds(passage, mention)
        ]
        if self._opening is None and passage.opens_with(self._marks):
            self._opening = self._latest
        carried = self._latest if continues else None
        otherwise = self._opening if carried is None else carried
        found = self._of_sites(passage, measures, bounding, carried, otherwise) if passage.sites else []
        if bounding:
            # 2031年的目标是：⏎茶园…⏎驿站…: what opens a list holds for its paragraphs, up to another time.
            self._heads = bounding[-1][0] if self._opens_list(passage, bounding[-1][1]) else None
        if bounding or carried is None:
            # 今年比率从去年的2%提高到3%。其中…: the year goes on that the last quantity has.
            last = found[-1] if found else None
            self._latest = bounding[-1][0] if bounding and (last is None or last < passage.first) else last
            value = bounding[-1][1].value if bounding else None
            self._spans = isinstance(value, Horizon) and value.type == "duration"
        return found

    def _of_sites(
        self,
        passage: Passage,
        measures: list[Measure],
        bounding: list[tuple[int, Mention]],
        carried: int | None,
        otherwise: int | None,
    ) -> list[int | None]:
        """The horizon of each quantity among the `bounding` ones before it, or else the one that is `carried` on."""
        ends = [m.end - passage.start for _, m in bounding]
        nested, quoted = _depth(passage.text, _NESTING), _depth(passage.text, _QUOTING)
        found: list[int | None] = []
        for site, measure in zip(passage.sites, measures, strict=True):
            near = bounding[max(0, (at := bisect_right(ends, site.start)) - _REACH) : at]
            if len(near) > 1:
                near = [(i, m) for i, m in near if passage.holds(m.end - passage.start, site)] or near
            if nested:
                # What stands in parentheses holds up to their end.
                near = [(i, m) for i, m in near if _holds(nested, m.end - passage.start, site.start)]
            if quoted:
                near = [
                    (i, m)
                    for i, m in near
                    if quoted[m.end - passage.start] == quoted[site.start] or self._reaches(passage, m, site, quoted)
                ]
            if (own := self._of_whole_phrase(passage, site)) is not None:
                found.append(own)
            elif near:
                found.append(self._bound(passage, site, measure, near))
            else:
                # 其中，总投资3亿元的项目: what describes a thing has no date of its own.
                found.append(None if carried is not None and site.right.startswith("的") else otherwise)
        return found

    def _opens_list(self, passage: Passage, mention: Mention) -> bool:
        if not isinstance(mention.value, Horizon):
            return False
        if self._announcing.occurs(passage.text[-2 * _CONTEXT :]):
            # 一年来，抓了以下工作。
            return mention.value.type in ("deadline", "period", "duration")
        if not passage.text.rstrip().endswith(("：", ":")):
            return False
        return (
            mention.value.type in ("deadline", "period")
            and passage.text[mention.end - passage.start :] not in self._saying
        )

    def of_baseline(self, passage: Passage, site: Site, bound: int | None) -> int | None:
        """`bound` if it stands with the baseline: 2031年 in 从2031年的41个减少到15个."""
        if bound is None or bound < passage.first:
            return None
        end = passage.mentions[bound - passage.first].end - passage.start
        between = passage.text[max(end, site.start - len(site.clause)) : site.start]
        return None if any(origin in between for origin in self._origins) else bound

    def _of_whole_phrase(self, passage: Passage, site: Site) -> int | None:
        """The 2031年 of 比2031年的9户增加3户: a yardstick bounds nothing but what it stands with.

        恢复到2031年的90% and 2031年的3倍 are not of 2031.
        """
        joint = next((joint for joint in _OF if passage.text.endswith(joint, 0, site.start)), None)
        if joint is None or site.value.unit == "倍":
            return None
        end = passage.start + site.start - len(joint)
        times = ((i, m) for i, m in enumerate(passage.mentions, passage.first) if m.end == end and _is_date(m))
        index, time = next(times, (None, None))
        if time is None or site.value.unit != "%":
            return index
        return index if passage.text.endswith(self._compared, 0, time.start - passage.start) else None

    def _bound(self, passage: Passage, site: Site, measure: Measure, before: list[tuple[int, Mention]]) -> int | None:
        if site.count > 1 and len(before) >= site.count and self._listed(passage, before[-site.count :]):
            return before[site.place - site.count][0]
        index, mention = before[-1]
        end = mention.end - passage.start
        if self._new_plan.search(passage.text, max(end, site.start - _CLAUSES), site.start):
            # 2031年底前安装300部，并计划换新200部: when is not told.
            return None
        between = passage.text[max(end, site.start - max(len(site.clause) + 1, _CLAUSES)) : site.start]
        apart = any(c in between for c in "，,；;")
        earlier = before[:-1]
        match mention.value:
            # 5年前进8个位次，列第60: how long a climb took says nothing about the place.
            case Horizon(type="duration") if apart and measure == "rank":
                if passage.text[max(0, mention.start - passage.start - 2) : end] not in self._ahead:
                    return self._bound(passage, site, measure, earlier) if earlier else None
            case Horizon(type="duration") if apart and self._of_first(passage, site, mention):
                return self._bound(passage, site, measure, earlier) if earlier else None
            case Horizon(type="point") if apart and passage.text[end : min(end + _CLAUSES, site.start)] in self._told:
                # 6日，展会在茶馆开幕，来客90人; 昨日，茶农认为，茶园在9亩以下的难有收成
                return None
            case Horizon() if earlier and (
                passage.text.startswith(self._named, end)
                or passage.text.endswith(_WHOLE, 0, mention.start - passage.start)
            ):
                # 到9月底，完成投资3亿元，占全年任务的60%: when the whole is to be says nothing of its part.
                return self._bound(passage, site, measure, earlier)
            case Horizon() if apart and self._attributive(passage.text, end):
                # 年初出台的意见着力扶持茶企，扶持9家: when it came out, not when the 9 were helped.
                return self._bound(passage, site, measure, earlier) if earlier else None
            case Horizon() if self._of_origin(passage, site, mention):
                return self._bound(passage, site, measure, earlier) if earlier else None
            case Horizon(type="recurring") if apart and self._used(passage, site, mention):
                # 每年培训3000人，建成基地9个: only the first is of every year.
                return self._bound(passage, site, measure, earlier) if earlier else None
            case Horizon(type="recurring" | "duration") if earlier and self._averages(passage, mention):
                # 2031年至2035年平均每年增长6%
                return index if self._used(passage, site, earlier[-1][1]) else earlier[-1][0]
        return index

    def _reaches(self, passage: Passage, mention: Mention, site: Site, quoted: list[int]) -> bool:
        """Whether a time holds over the marks of a quotation: not 三年 of “三年大变样”, nor the time of saying it."""
        if quoted[mention.end - passage.start] > quoted[site.start]:
            return not (isinstance(mention.value, Horizon) and mention.value.type == "duration")
        return not self._said(passage, mention, site)

    def _said(self, passage: Passage, mention: Mention, site: Site) -> bool:
        """Whether a time is that of saying the words in which a quantity stands: 2031年9月，县志写道：“…”."""
        said_from = mention.end - passage.start
        opening = passage.text.rfind("“", max(said_from, site.start - 4 * _CLAUSES), site.start)
        return opening >= 0 and passage.text[max(said_from, opening - _CLAUSES) : opening] in self._saying

    def _used(self, passage: Passage, site: Site, mention: Mention) -> bool:
        return site.previous is not None and site.previous.start >= mention.end - passage.start

    def _of_first(self, passage: Passage, site: Site, mention: Mention) -> bool:
        """连续4年获评优秀，新建基地9个; 五年增量超过3亿元，人均产值达5万元: only the first took so long."""
        start, end = mention.start - passage.start, mention.end - passage.start
        before = passage.text[max(0, start - _VERB) : start]
        if passage.text.startswith(self._running, end) or any(word in before for word in self._running):
            return True
        return self._used(passage, site, mention) and passage.text.startswith(self._growth, end)

    def _of_origin(self, passage: Passage, site: Site, mention: Mention) -> bool:
        """由2031年的8个增加到9个，参保人数增加3万: the year is that of the 8."""
        start, end = mention.start - passage.start, mention.end - passage.start
        if not (passage.text.endswith(self._origins, 0, start) and passage.text.startswith("的", end)):
            return False
        if any(word in passage.text[end : site.start] for word in self._reaching):
            return True
        # What is joined with the 8 is of that year too.
        first = bisect_left(passage.sites, site.start, key=lambda s: s.start) - site.place
        return self._used(passage, passage.sites[first], mention)

    def _attributive(self, text: str, end: int) -> bool:
        """Whether a time belongs to a paper that came out then: 年初出台的意见."""
        return "的" in text[end : end + _CONTEXT] and self._issued.occurs(text[end : end + _CONTEXT])

    def _averages(self, passage: Passage, mention: Mention) -> bool:
        start, end = mention.start - passage.start, mention.end - passage.start
        return passage.text.startswith(self._average, end) or passage.text.endswith(self._average, 0, start)

    def _listed(self, passage: Passage, horizons: list[tuple[int, Mention]]) -> bool:
        """2031年和2032年分别为…: as many dates as quantities, side by side; not in 截至目前，今年…."""
        alike = len({m.value.type for _, m in horizons if isinstance(m.value, Horizon)}) == 1
        return alike and all(
            passage.text[a.end - passage.start : b.start - passage.start].strip() in self._joints
            for (_, a), (_, b) in pairwise(horizons)
        )

    def _bounds(self, passage: Passage, mention: Mention) -> bool:
        text = passage.text
        start, end = mention.start - passage.start, mention.end - passage.start
        before, after = text[max(0, start - 4) : start], text[end : end + 4]
        if before in self._compared_before or after in self._compared_after:
            return False
        open_ended = isinstance(mention.value, Horizon) and mention.value.type in ("deadline", "vague")
        if not open_ended and before in self._equated and after[:1] not in _MARKS:
            return False
        match mention.value:
            case Horizon(type="point"):
                counted = bisect_left(passage.sites, end, key=lambda s: s.start)
                stop = passage.sites[counted].start if counted < len(passage.sites) else end + 2 * _CONTEXT
                reported = text[end : min(end + 2 * _CONTEXT, stop)] in self._reporting
                # 记者9日获悉, but not 记者注意到，9日，茶价36元
                told = text[max(0, start - _CONTEXT) : start].rpartition("，")[2]
                return not reported and not any(word in told for word in self._tellers)
            case Horizon(type="vague"):
                return not (text[start:end].endswith(self._of_news) or text[end : end + _CONTEXT] in self._reporting)
            case Horizon(type="duration", duration_min=least):
                if before in self._lived:
                    # 从教22年: a life, not a period.
                    return False
                if (
                    _BARE_LENGTH.fullmatch(text, start, end)
                    and after.startswith("的")
                    and not after.startswith("的时间")
                ):
                    # 运行两个月的数据
                    return before in self._through
                if text.startswith(self._naming, end):
                    return False
                # 栽种3年以上的茶树, 7天用水: these describe, they do not bound.
                return not text[start:end].endswith(self._describing) and not (least or "").endswith("D")
        return True


def _is_date(mention: Mention) -> bool:
    return isinstance(mention.value, Horizon) and mention.value.type in ("period", "point", "deadline")


def _holds(nested: list[int], end: int, start: int) -> bool:
    """Whether the parenthesis that a time ends in, if any, is still open at `start`."""
    return not nested[end] or min(nested[end : start + 1]) >= nested[end]


def _depth(text: str, marks: Mapping[str, int]) -> list[int] | None:
    """How many of the paired `marks` are open before each character, or None where there are none."""
    if not any(mark in text for mark in marks):
        return None
    return [0, *accumulate(marks.get(c, 0) for c in text)]
