"""Planned or reached: target or figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from pipeline.document import Horizon, Measure, Status
from pipeline.relate.quantities.cues import CuePattern, PassageCue
from pipeline.relate.quantities.passages import Passage, Site
from pipeline.relate.quantities.sections import Section, SectionReader
from pipeline.relate.quantities.tone import Tone
from pipeline.rulebook import Rulebook

_CLOCK = re.compile("[0-9][:：][0-9]")
"""A period from one hour to another is a schedule: 3月4日9:00—3月8日17:00."""
_ORIGIN = 30
"""Code points before a deadline in which the date may stand that it goes on from."""
_TOLD, _ALREADY = 8, 2
"""Code points before and after a date that tell of what was reached."""
_WORD = 3
"""Code points of a word that begins where a clause ends."""
_PLAN, _SURE, _CERTAIN = 0.5, 2.0, 4.0
"""Log odds of a paragraph that is taken for a plan, of one that is sure to be what it sounds like, and of one that a
weak word does not speak against."""


class _Said(NamedTuple):
    """Where the words and dates end by which a passage tells of plans, and of what was reached, in text order.

    `only_foreseen` where of plans nothing but a forecast tells, `dated` where a date ahead does.
    """

    planned: list[int]
    reached: list[int]
    only_foreseen: bool
    dated: bool


class StatusReader:
    """Follows an article from passage to passage: what is neither planned nor reached in words goes on as before."""

    def __init__(self, rulebook: Rulebook) -> None:
        unplanned = "{not_planned}|{把作}|{题名}"
        self._planned = PassageCue(
            rulebook,
            "{planned}|{订计划}|{令}|{为实现}|{将来}|{应要}|{须需}|{打算}",
            unplanned + "|{围绕目标}|{争来}|{令}了",
        )
        self._still = PassageCue(rulebook, "{仍将}", unplanned)
        self._modal = PassageCue(rulebook, "{仍将}|{应要}|{须需}|{打算}", unplanned)
        self._aims = PassageCue(rulebook, "{目标由}|{aims}", "{not_planned}")
        self._foreseen = PassageCue(rulebook, "{foreseen}", "{not_foreseen}|{题名}")
        self._reached = PassageCue(rulebook, "{reached}|{实际}|{眼前}|{据统计}", "{not_reached}|{已作定}")
        self._weakly = PassageCue(rulebook, "{reached_weakly}|{已过}|{对贡献}")
        self._news = rulebook.words("news_openers")
        self._told = frozenset(rulebook.words("time_told", "by_name"))
        self._ages = frozenset(rulebook.words("age_units"))
        self._demanded = CuePattern(rulebook, "{限龄}$")
        self._demanding = rulebook.words("demanding")
        self._supposing = rulebook.words("supposing")
        self._currencies = frozenset(rulebook.words("currency_units"))
        self._contrast = rulebook.words("contrast")
        self._more = rulebook.words("more")
        self._origins = CuePattern(rulebook, "{起自年}")
        self._done = CuePattern(rulebook, "{已了}")
        self._numbered = CuePattern(rulebook, "^{编号}")
        self._goes_on = CuePattern(rulebook, "^(?:{编号}|[ 　]*(?:{continuing}|{list_marks}))")
        self._yardstick = rulebook.compile("{作比}$")
        self._yardsticks = rulebook.words("time_yardstick_before", "compared")
        self._deadline_marks = rulebook.words("time_context", "ahead")
        self._sections = SectionReader(rulebook)
        self.begin()

    def begin(self) -> None:
        """Begins a new document."""
        self._sections.begin()
        self._article = -1
        self._last: Status = "figure"
        self._block_reached = False
        self._tasks: bool | None = None
        self._by_tasks = False
        self._still_meant = False

    def read(self, passage: Passage, measures: list[Measure], published: str | None, tone: Tone) -> list[Status]:
        """The status of each quantity of a passage. Passages are given in text order."""
        section = self._section(passage, tone)
        in_plan = section == "plan" or (section is None and self._tasks is True)
        said = self._said(passage, published, section, in_plan)
        self._block_reached = self._block_reached or bool(said.reached)
        surely = in_plan and (section == "plan" or tone.paragraph > _SURE)
        statuses = [
            self._status(passage, site, measure, said, surely)
            for site, measure in zip(passage.sites, measures, strict=True)
        ]
        # 可望在年内投产 tells of one thing, not of what follows.
        if said.reached or (said.planned and not said.only_foreseen):
            later = said.planned and (not said.reached or said.planned[-1] > said.reached[-1])
            self._last = "target" if later else "figure"
            self._by_tasks = False
        # 到2041年建成茶坊9家。茶坊占比提高到36%: a date ahead means as much as 将.
        self._still_meant = said.dated or passage.text in self._modal
        return statuses

    def _section(self, passage: Passage, tone: Tone) -> Section | None:
        """What its headings say that a passage is part of; sets what goes on in it from the passages before."""
        if passage.article != self._article:
            self._article, self._last = passage.article, "figure"
        section = self._sections.read(passage)
        if passage.opens_block:
            listed = self._by_tasks and passage.text in self._numbered
            if self._last == "target" and not self._carries(passage, listed, tone):
                self._last = "figure"
            self._block_reached, self._by_tasks, self._tasks = False, listed, None
        if passage.is_heading and passage.text not in self._numbered:
            # A headline of its own begins something new; a numbered heading goes on with its chapter.
            self._last = "figure"
        if passage.opens_with(self._contrast):
            # 应达到50%。然而，只有2%: the contrast is what is.
            self._last = "figure"
        if section:
            self._last = "target" if section == "plan" else "figure"
        elif passage.sites:
            if self._tasks is None:
                self._tasks = tone.paragraph > _PLAN and not self._reports(passage.paragraph, tone)
                if self._tasks and self._last == "figure":
                    self._last, self._by_tasks = "target", True
            if self._last == "target" and not self._may_go_on(tone):
                self._last, self._by_tasks = "figure", False
        return section

    def _said(self, passage: Passage, published: str | None, section: Section | None, in_plan: bool) -> _Said:
        """What a passage says; words that may mean either say nothing in a plan."""
        told = [c.end for c in self._reached.all(passage.text)]
        planned, reached = self._times(passage, published, told)
        dated = bool(planned)
        cues = (self._still,) if section == "review" else (self._planned, self._aims)
        planned += [c.end for cue in cues for c in cue.all(passage.text)]
        foreseen = [] if section == "review" else [c.end for c in self._foreseen.all(passage.text)]
        only_foreseen = bool(foreseen) and not planned
        planned = sorted(planned + foreseen)
        weakly = [] if in_plan else [c.end for c in self._weakly.all(passage.text)]
        reached = sorted(reached + told + [end for end in weakly if not planned or end < planned[0]])
        return _Said(planned, reached, only_foreseen, dated)

    def _carries(self, passage: Passage, listed: bool, tone: Tone) -> bool:
        """Whether a plan goes on over paragraphs: in tasks and lists, where nothing else was said among them."""
        if self._block_reached or (self._by_tasks and not listed) or passage.opens_with(self._news):
            return False
        if passage.text in self._goes_on or tone.paragraph > _PLAN:
            return True
        # 我们将做强物流。/ 开通环线9条。
        return self._still_meant and tone.paragraph > -_SURE

    def _reports(self, paragraph: str, tone: Tone) -> bool:
        """Whether a paragraph tells of anything done; weak words say nothing where it certainly sounds like a plan."""
        return paragraph in self._reached or (tone.paragraph <= _CERTAIN and paragraph in self._weakly)

    def _may_go_on(self, tone: Tone) -> bool:
        """Whether a plan goes on in a passage: not where all sounds like a review, save after 将 or a date ahead."""
        return self._still_meant or max(tone) >= -_SURE

    def of_baseline(self, site: Site) -> Status:
        """41 is planned in 目标由41个减少到15个, and reached in 从41个减少到15个."""
        return "target" if site.clause in self._aims else "figure"

    def _status(
        self,
        passage: Passage,
        site: Site,
        measure: Measure,
        said: _Said,
        in_plan: bool,
    ) -> Status:
        planned, reached = said.planned, said.reached
        if measure in ("level", "share") and self._yardstick.occurs(site.left):
            return "figure"
        hope, fact = _before(planned, site.start), _before(reached, site.start)
        if 0 <= fact < hope and not passage.holds(hope, site):
            hope = -1
        if hope < site.start - len(site.clause) and (site.clause in self._done or site.right in self._done):
            # 创建了茶乡9个; 9家茶企参加了茶会
            return "figure"
        if hope >= 0 or fact >= 0:
            return "target" if hope > fact else "figure"
        if passage.text.startswith(self._demanding, site.start) and not site.right.startswith("的"):
            return "target"
        if site.right.endswith(self._supposing):
            # 如果按每部30元计算，…: what is reckoned with is no plan.
            return "figure"
        if planned and reached and reached[0] < planned[0]:
            # 毕业生26万人，再创新高，要帮他们就业: the nearer word tells.
            return "figure"
        # A word after the quantity tells as much where all such words agree.
        # What a thing costs is planned with it: 总投资3亿元，建成后将…; its other clauses are not: 队员36名，他们将….
        told = reached or site.value.unit in self._currencies or planned[:1] <= [site.end + len(site.right) + _WORD]
        if bool(planned) != bool(reached) and told:
            return "target" if planned and not said.only_foreseen else "figure"
        # 增长7.2% is too exact, 200余家 too well known for a plan that nothing here speaks of.
        exact = (measure == "rate" and site.value.comparator == "=") or any(
            mark in passage.text[site.start : site.end] for mark in self._more
        )
        if site.value.unit in self._ages and site.value.comparator != "=":
            return "target" if site.left in self._demanded and not site.right.startswith("的") else "figure"
        return "figure" if exact and not in_plan else self._last

    def _times(self, passage: Passage, published: str | None, told: list[int]) -> tuple[list[int], list[int]]:
        """Where deadlines end that the article looks forward to, and periods that lie behind it.

        `told` are the ends of words for what was reached.
        """
        ahead, behind = [], []
        for mention in passage.mentions:
            match mention.value:
                case Horizon(type="deadline" | "period" as kind, start_date=start, end_date=end):
                    at = mention.end - passage.start
                    if passage.text[mention.start - passage.start : at] in self._told:
                        # 当年 is a year of the text, before or after its date.
                        continue
                    text = passage.text[mention.start - passage.start : at]
                    if passage.text.endswith(self._yardsticks, 0, at - len(text)):
                        # 比2031年翻一番: the year says what is compared, not when.
                        continue
                    if _earlier(end, published) or _told_of(passage.text, at - len(text), at, told):
                        behind.append(at)
                    elif passage.text[max(0, at - len(text) - _ORIGIN) : at - len(text)] in self._origins:
                        # 由2007年的32个增加到2011年的41个: where it came to, whenever that is.
                        continue
                    elif (
                        any(mark in text for mark in self._deadline_marks)
                        if kind == "deadline"
                        else _earlier(published, (start or "")[:4]) or _CLOCK.search(text)
                    ):
                        ahead.append(at)
        return ahead, behind


def _told_of(text: str, start: int, end: int, told: list[int]) -> bool:
    """Whether the words at a date tell of what was: 截至6月; 据统计，到6月底前; 到2031年已有."""
    if text.startswith("截", start) or "为止" in text[max(0, end - 2) : end + 2]:
        return True
    return any(start - _TOLD < at <= start or end < at <= end + _ALREADY for at in told)


def _earlier(date: str | None, other: str | None) -> bool:
    """Whether a date lies before another, as far as both are known."""
    if not date or not other:
        return False
    shared = min(len(date), len(other))
    known = "X" not in date[:shared] + other[:shared]
    return known and date[:shared] < other[:shared]


def _before(ends: list[int], position: int) -> int:
    """The last of the sorted `ends` up to `position`, or -1."""
    at = bisect_right(ends, position)
    return ends[at - 1] if at else -1
