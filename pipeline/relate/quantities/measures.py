"""How a quantity measures: an amount, a change, a rate, a share; upwards or downwards; from which number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.document import Direction, Measure
from pipeline.relate.quantities.cues import CuePattern
from pipeline.relate.quantities.passages import Site
from pipeline.rulebook import Rulebook, alternation

_PERCENT = frozenset({"%", "‰", "‱"})
_WITHIN = ("其中", "、其中")
_OWNED = re.compile(r"(?!的)[\u4e00-\u9fff]{2}")
"""茶企 of 增长5%，6成茶企…: what stands behind a comma has a noun of its own."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """The nearest word of change before a quantity: where it ends, and whether it says what was reached."""

    direction: Direction
    end: int
    reaching: bool


class MeasureReader:
    """Reads measure, direction and baseline off the words before a quantity, the nearest one first."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._up = CuePattern(rulebook, "{up}", "{not_change}")
        self._down = CuePattern(rulebook, "{down}", "{not_change}")
        self._changes = CuePattern(rulebook, "{change_cues}|{降本}", "{not_change}")
        self._added = CuePattern(rulebook, "{新添}", "{非新添}")
        self._up_after = CuePattern(rulebook, "{后增}")
        self._down_after = CuePattern(rulebook, "{后减}")
        self._becoming = CuePattern(rulebook, "{变到}")
        self._ahead = CuePattern(rulebook, "{超出}")
        self._stops = CuePattern(rulebook, "{change_stops}")
        self._shares = CuePattern(rulebook, "{share_nouns}")
        self._level_rates = CuePattern(rulebook, "{非份额}")
        self._verbs = CuePattern(rulebook, "{indicator_verbs}", "{not_change}|{indicator_masks}")
        self._gap = re.compile(rf"(?:\s|{alternation(rulebook.words('change_fillers'))}){{0,4}}")
        self._from = re.compile(rf"{alternation(rulebook.words('origins'))}[^，,；;：:。]{{0,60}}$")
        self._points = frozenset(rulebook.words("abstract_units", "points"))
        self._reaching = rulebook.words("reaching")
        self._not_reaching = rulebook.words("not_reaching")
        self._proportions = rulebook.words("proportions")
        self._rate_nouns = frozenset(rulebook.words("rate_nouns"))
        self._classifiers = frozenset(rulebook.words("classifiers"))
        self._currencies = frozenset(rulebook.words("currency_units"))

    def read(self, site: Site, previous: tuple[Measure, Direction | None] | None) -> tuple[Measure, Direction | None]:
        """`previous` is what the quantity before it in the passage got."""
        value = site.value
        if value.measure == "rank":
            # 由66位上升到41位
            risen = self._turn(site.left)
            return "rank", risen.direction if risen and risen.reaching else value.direction
        if value.measure == "share":
            return value.measure, value.direction
        alike = site.joint and site.previous is not None and site.previous.value.unit == value.unit
        if previous and alike and not (value.unit in _PERCENT and _OWNED.match(site.left + site.right)):
            return previous
        turn = self._turn(site.left)
        if value.measure == "multiple":
            return "multiple", value.direction or (turn.direction if turn and not turn.reaching else None)
        if value.unit == "点" and (turn is None or turn.reaching):
            # 指数为126点, 下滑至96点
            return "level", turn.direction if turn else None
        if value.measure == "change" or value.unit in self._points:
            return "change", turn.direction if turn else None
        if value.unit in _PERCENT:
            measure, direction = self._percentage(site, turn or self._turn_after(site), previous)
            direction = value.direction or direction
        else:
            measure, direction = self._amount(site, turn, previous)
        if direction is None and (start := self.baseline(site)) is not None and start != value.value:
            direction = "up" if value.value > start else "down"
        return measure, direction

    def baseline(self, site: Site) -> Decimal | None:
        """41 in 从41个减少到15个, at the site of 15; 9 in 从41个和9个分别减少到15个和3个, at the site of 3."""
        before = site.counterpart
        if before is None or before.value.unit != site.value.unit or not self._from.search(before.lead):
            return None
        turned = any(word in site.lead for word in self._reaching) and self._turn(site.lead)
        return before.value.value if turned or site.lead in self._becoming else None

    def _turn(self, left: str) -> _Turn | None:
        up, down = self._up.last(left), self._down.last(left)
        # 负增长, 降幅: the word that ends last counts, of two that end together the longer one.
        cue, direction = max(((c, d) for c, d in ((up, "up"), (down, "down")) if c), key=_reach, default=(None, ""))
        if cue is None:
            return None
        opens = left.startswith(self._reaching, cue.end) and not left.startswith(self._not_reaching, cue.end)
        reached = cue.word.endswith(self._reaching) or opens
        reaching = reached and cue.word not in self._rate_nouns
        return _Turn("up" if direction == "up" else "down", cue.end, reaching)

    def _turn_after(self, site: Site) -> _Turn | None:
        """The change of 以5%的幅度增长, and the lead of 超过同类产品5%."""
        if site.right in self._up_after or (not site.left.endswith("的") and site.left in self._ahead):
            return _Turn("up", len(site.left), False)
        return _Turn("down", len(site.left), False) if site.right in self._down_after else None

    def _percentage(
        self, site: Site, turn: _Turn | None, previous: tuple[Measure, Direction | None] | None
    ) -> tuple[Measure, Direction | None]:
        # 利率下降5% is a change of what is a level itself.
        changed = turn is not None and not turn.reaching and self._gap.fullmatch(site.left, turn.end)
        if not changed and (site.left in self._level_rates or site.right[:6] in self._level_rates):
            return "level", turn.direction if turn and turn.reaching else None
        if turn is None:
            # 甲增速为5%，而乙为9%
            elided = previous is not None and previous[0] in ("rate", "multiple") and site.left.startswith(("而", "、"))
            elided = elided and site.left not in self._shares
            return ("rate", previous[1]) if previous and elided else ("share", None)
        if site.left.endswith("的") and any(share.start < turn.end for share in self._shares.all(site.left)):
            # 占涨幅的9%
            return "share", None
        if turn.reaching:
            return "share", turn.direction
        if site.left.startswith(self._proportions, turn.end):
            # 支出压减比例达5%
            return "rate", turn.direction
        share = self._shares.last(site.left)
        return ("share", None) if share and share.start >= turn.end else ("rate", turn.direction)

    def _amount(
        self, site: Site, turn: _Turn | None, previous: tuple[Measure, Direction | None] | None
    ) -> tuple[Measure, Direction | None]:
        left, unit = site.left, site.value.unit
        if turn and turn.reaching:
            return "level", turn.direction
        added = self._added.last(left)
        newest = added and added.end >= (turn.end if turn else 0) and unit not in self._currencies
        if added and newest and not self._stopped(left, added.end):
            return "change", "up"
        change = self._changes.last(left)
        if turn and change and turn.end > change.end and not self._gap.fullmatch(left, turn.end):
            # 新增降价药品9种: the nearer word describes them
            turn = self._turn(left[: change.end])
        if turn and change and not self._stopped(left, change.end):
            return "change", turn.direction
        if turn and unit not in self._classifiers and self._gap.fullmatch(left, turn.end):
            return "change", turn.direction
        # 新增甲3家，乙5家: the second has no verb of its own.
        beside = site.previous if left and not site.parted else None
        counted = beside is not None and {beside.value.unit, unit} <= self._classifiers
        # 新增茶园9万亩，其中绿茶园7万亩
        _, inside, part = left.partition("其中") if left.startswith(_WITHIN) else ("", "", left)
        if inside and site.previous and site.value.value > site.previous.value.value:
            # 支出9亿元，增加1亿元，其中县级5亿元: no part of the 1
            return "level", None
        listed = counted or (left.startswith("、") and unit not in _PERCENT) or bool(inside)
        if not (previous and previous[0] == "change" and listed) or left in self._stops:
            return "level", None
        if not any(verb.start <= 1 or part[0] != "、" for verb in self._verbs.all(part)):
            return previous
        return "level", None

    def _stopped(self, left: str, end: int) -> bool:
        return any(stop.start >= end for stop in self._stops.all(left))


def _reach(found: tuple[tuple[int, int, str], str]) -> tuple[int, int]:
    (start, end, _), _ = found
    return end, -start
