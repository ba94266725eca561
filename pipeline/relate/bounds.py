"""The horizon that bounds a quantity."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise

from pipeline.document import Horizon, Measure, Mention
from pipeline.relate.cues import Cues
from pipeline.relate.passages import Passage, Site
from pipeline.rulebook import Rulebook

_CONTEXT = 12
"""Code points around a horizon that tell what it is for."""
_REACH = 8
"""Horizons before a quantity that are looked at."""
_JOINTS = {"、", "和", "与", "及", "，", ","}
_DEPTH = {"（": 1, "(": 1, "）": -1, ")": -1}


class BoundReader:
    """The nearest horizon before a quantity in its passage, or the one that opens the list the passage belongs to."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._compared_before = Cues(rulebook, "{compared_before}$")
        self._compared_after = Cues(rulebook, "^{compared_after}")
        self._lived = Cues(rulebook, "{lived}了?近?$")
        self._ahead = Cues(rulebook, "{looking_ahead}")
        self._reporting = Cues(rulebook, "{reporting}")
        self._marks = Cues(rulebook, "^[ 　]*{list_marks}")
        self._continuing = Cues(rulebook, "^[ 　]*{continuing}")
        self._opening: int | None = None
        self._latest: int | None = None

    def read(self, passage: Passage, measures: list[Measure]) -> list[int | None]:
        """An index into `Document.mentions`, or None, for each quantity. Passages are given in text order."""
        if passage.opens_block:
            self._opening = self._latest = None
        bounding = [
            (index, mention)
            for index, mention in enumerate(passage.mentions, passage.first)
            if isinstance(mention.value, Horizon) and self._bounds(passage, mention)
        ]
        if self._opening is None and passage.text in self._marks:
            self._opening = self._latest
        carried = self._latest if passage.text in self._continuing else None
        otherwise = self._opening if carried is None else carried
        found: list[int | None] = []
        if passage.sites:
            ends = [m.end - passage.start for _, m in bounding]
            depth = [0, *accumulate(_DEPTH.get(c, 0) for c in passage.text)]
            for site, measure in zip(passage.sites, measures, strict=True):
                near = bounding[max(0, (at := bisect_right(ends, site.start)) - _REACH) : at]
                # What stands in parentheses holds up to their end.
                open_ones = [(i, m) for i, m in near if depth[m.end - passage.start] <= depth[site.start]]
                found.append(self._bound(passage, site, measure, open_ones) if open_ones else otherwise)
        if bounding or carried is None:
            self._latest = bounding[-1][0] if bounding else None
        return found

    def of_baseline(self, passage: Passage, site: Site, bound: int | None) -> int | None:
        """`bound` if it stands with the baseline: 2031年 in 从2031年的41个减少到15个."""
        if bound is None or bound < passage.first:
            return None
        end = passage.mentions[bound - passage.first].end - passage.start
        return (
            None
            if any(c in passage.text[max(end, site.start - len(site.clause)) : site.start] for c in "从由")
            else bound
        )

    def _bound(self, passage: Passage, site: Site, measure: Measure, before: list[tuple[int, Mention]]) -> int | None:
        if site.count > 1 and len(before) >= site.count and self._listed(passage, before[-site.count :]):
            return before[site.place - site.count][0]
        index, mention = before[-1]
        between = passage.text[max(mention.end - passage.start, site.start - len(site.clause) - 1) : site.start]
        match mention.value:
            # 5年前进8个位次，列第60: how long a climb took says nothing about the place.
            case Horizon(type="duration") if measure == "rank" and any(c in between for c in "，,"):
                ahead = passage.text[max(0, mention.start - passage.start - 2) : mention.end - passage.start]
                if ahead not in self._ahead:
                    return before[-2][0] if len(before) > 1 else None
            case Horizon(type="duration") if self._running(passage, mention) and any(c in between for c in "，,；;"):
                # 连续4年获评优秀，新建基地9个: only the first went on for four years.
                return self._bound(passage, site, measure, before[:-1]) if len(before) > 1 else None
            case Horizon(type="recurring") if self._used(passage, site, mention) and any(
                c in between for c in "，,；;"
            ):
                # 每年培训3000人，建成基地9个: only the first is of every year.
                return self._bound(passage, site, measure, before[:-1]) if len(before) > 1 else None
            case Horizon(type="recurring" | "duration") if len(before) > 1 and self._averages(passage, mention):
                # 2031年至2035年平均每年增长6%
                return before[-2][0]
        return index

    def _used(self, passage: Passage, site: Site, mention: Mention) -> bool:
        return site.previous is not None and site.previous.start >= mention.end - passage.start

    def _running(self, passage: Passage, mention: Mention) -> bool:
        start, end = mention.start - passage.start, mention.end - passage.start
        return "连续" in (passage.text[max(0, start - 2) : start], passage.text[end : end + 2])

    def _averages(self, passage: Passage, mention: Mention) -> bool:
        start, end = mention.start - passage.start, mention.end - passage.start
        return "平均" in (passage.text[max(0, start - 2) : start], passage.text[end : end + 2])

    def _listed(self, passage: Passage, horizons: list[tuple[int, Mention]]) -> bool:
        """2031年和2032年分别为…: as many dates as quantities, side by side."""
        return all(
            passage.text[a.end - passage.start : b.start - passage.start].strip() in _JOINTS
            for (_, a), (_, b) in pairwise(horizons)
        )

    def _bounds(self, passage: Passage, mention: Mention) -> bool:
        text = passage.text
        start, end = mention.start - passage.start, mention.end - passage.start
        before, after = text[max(0, start - 4) : start], text[end : end + 4]
        if before in self._compared_before or after in self._compared_after:
            return False
        match mention.value:
            case Horizon(type="point"):
                reported = text[end : end + 2 * _CONTEXT] in self._reporting
                return not reported and "记者" not in text[max(0, start - _CONTEXT) : start]
            case Horizon(type="vague"):
                return not (text[start:end].endswith(("日", "期")) or text[end : end + _CONTEXT] in self._reporting)
            case Horizon(type="duration", duration_min=least):
                if before in self._lived:
                    # 从教22年: a life, not a period.
                    return False
                # 工作3年以上的人, 7天用水: these describe, they do not bound.
                return not text[start:end].endswith(("以上", "以下")) and not (least or "").endswith("D")
        return True
