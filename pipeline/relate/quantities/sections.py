"""Which part of a report a passage stands in: what was done, or what is to be done."""

from __future__ import annotations

from typing import Literal

from pipeline.relate.quantities.cues import CuePattern, PassageCue
from pipeline.relate.quantities.passages import Passage
from pipeline.rulebook import Rulebook

Section = Literal["review", "plan"]


class SectionReader:
    """Follows the chapters of an article by their numbered headings, and by the sentences that open such a part."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._chapter = CuePattern(rulebook, "^{章号}")
        self._review_heading = CuePattern(rulebook, "{回顾章}")
        self._plan_heading = CuePattern(rulebook, "{计划章}")
        self._plan_label = CuePattern(rulebook, "{计划题}")
        self._listed = CuePattern(rulebook, "^(?:{编号}|[ 　]*{list_marks})")
        self._review_opening = PassageCue(rulebook, "^{回顾起}")
        self._plan_opening = PassageCue(rulebook, "^{计划起}")
        self.begin()

    def begin(self) -> None:
        """Begins a new document."""
        self._article = -1
        self._section: Section | None = None
        self._labelled = False

    def read(self, passage: Passage) -> Section | None:
        """The part that a passage belongs to, or None where nothing tells. Passages are given in text order."""
        if passage.article != self._article:
            self._article, self._section, self._labelled = passage.article, None, False
        text = passage.text
        if passage.is_heading and text in self._chapter:
            if text in self._review_heading:
                self._section = "review"
            else:
                self._section = "plan" if text in self._plan_heading else None
            self._labelled = False
        elif passage.is_heading and text in self._plan_label:
            self._section, self._labelled = "plan", True
        elif passage.is_heading and self._labelled and text not in self._listed:
            # 组织保障 after 目标任务
            self._section, self._labelled = None, False
        elif passage.opens_block and text in self._review_opening:
            self._section = "review"
        elif text in self._plan_opening:
            self._section = "plan"
        return self._section
