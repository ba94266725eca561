"""Captions among the blocks of a page: short sentences that describe a picture.

No sign proves one, so several must agree: its words, where it stands, and how far from the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.clean.characters import is_han
from pipeline.clean.cues import Cues
from pipeline.clean.layout import Draft
from pipeline.clean.lines import ends_sentence
from pipeline.clean.role_cues import RoleCues
from pipeline.document import BlockRole

CAPTION = 45
"""Code points of the longest caption."""

TEXT_ROLES: frozenset[BlockRole] = frozenset({"paragraph", "item"})

_SHORT_CAPTION, _LONG_CAPTION = 20, 32
# Few blocks of a page stand farther from the text than others, or the distance says nothing.
_FEW, _SHARE = 3, 0.15
_CAPTION_FROM, _WIDE_GAP = 2.5, 1.5


def mark_captions(drafts: Sequence[Draft], roles: list[BlockRole], cues: Cues, role_cues: RoleCues) -> None:
    """Makes captions of those blocks that are some; `roles`, one for each block, are changed in place."""
    _Captions(drafts, roles, cues, role_cues).mark()


class _Captions:
    def __init__(self, drafts: Sequence[Draft], roles: list[BlockRole], cues: Cues, role_cues: RoleCues) -> None:
        self._drafts, self._roles, self._cues, self._role_cues = drafts, roles, cues, role_cues
        self._texts = [draft.text for draft in drafts]

    def mark(self) -> None:
        """Sets the role of every block that several signs make a caption."""
        able = [self._may_be_one(i) for i in range(len(self._texts))]
        closing, pictured = self._closing(able)
        gaps = self._gaps()
        for i, text in enumerate(self._texts):
            if i == 0 or not able[i]:
                continue
            apart = gaps[i] + gaps[i + 1]
            if self._roles[i] == "heading" and not (closing[i] and apart >= _WIDE_GAP):
                continue
            beside = pictured[i] or (self._roles[i - 1] == "caption" and not self._drafts[i - 1].aside)
            if apart + self._words(text) + beside + closing[i] >= _CAPTION_FROM:
                self._roles[i] = "caption"

    def _may_be_one(self, i: int) -> bool:
        text, cues = self._texts[i], self._cues
        if len(text) > CAPTION or len(self._drafts[i].lines) > 1 or not any(map(is_han, text)):
            return False
        if self._roles[i] == "heading":
            return not (cues.is_listed(text) or cues.box(text) or cues.titled(text) or cues.bracketed(text))
        return self._roles[i] == "paragraph" and ends_sentence(text)

    def _closing(self, able: Sequence[bool]) -> tuple[list[bool], list[bool]]:
        """For each block, whether only captions and what may be one follow in its article, and if one does."""
        closing, pictured = [True] * len(able), [False] * len(able)
        for i in range(len(able) - 2, -1, -1):
            below = self._roles[i + 1]
            goes_on = closing[i + 1] and (able[i + 1] or below == "caption")
            closing[i] = below == "title" or goes_on
            pictured[i] = goes_on and (below == "caption" or pictured[i + 1])
        return closing, pictured

    def _words(self, text: str) -> float:
        weight = 0.5 * (len(text) <= _SHORT_CAPTION) - (len(text) > _LONG_CAPTION) - 0.5 * any(map(str.isdigit, text))
        if self._role_cues.argues(text):
            return weight - 2
        return weight + 1.5 * self._role_cues.scene(text)

    def _gaps(self) -> list[float]:
        """For the place above each block and below the last, what its width says: 1.5 where it is unusually wide."""
        lines = [draft.lines[0] for draft in self._drafts]
        between = [
            lines[i].gap
            for i in range(1, len(lines))
            if self._roles[i] in TEXT_ROLES and self._roles[i - 1] in TEXT_ROLES and len(self._texts[i]) > CAPTION
        ] or [line.gap for line in lines[1:]]
        counts = Counter(between)
        usual = max(counts, key=lambda gap: (counts[gap], -gap), default=1)
        wide = [i > 0 and line.gap > usual for i, line in enumerate(lines)]
        if sum(wide) > max(_FEW, _SHARE * len(wide)):
            # Headings stand apart as well. Then only what is wider than theirs tells.
            most = max(usual, 1)
            wide = [i > 0 and line.gap > most for i, line in enumerate(lines)]
        if sum(wide) > max(2 * _FEW, 2 * _SHARE * len(wide)):
            wide = [False] * len(wide)
        credited = [i > 0 and line.interrupted for i, line in enumerate(lines)]
        return [_WIDE_GAP * w + 0.5 * c for w, c in zip(wide, credited, strict=True)] + [0.0]
