"""The noun that a stretch of text names, without the verbs, times and marks around it."""

from __future__ import annotations

import re

from pipeline.document import Horizon, Organization
from pipeline.relate.quantities.cues import CuePattern
from pipeline.relate.quantities.passages import Passage
from pipeline.rulebook import Rulebook, alternation

LONGEST = 36
"""Code points of the longest name given."""
LONG = 24
"""Code points of the longest name that keeps its attribute: longer ones are shortened to their head."""
_LONG_LIST = 16
"""Code points of the longest name that keeps a list of examples: 甲、乙等茶品."""
MARKS = " 　、，,。；;：:的"
_SHORT = 3
"""Code points of a noun that needs the one before it: 增加值 of 茶业实现增加值."""
_HEAD = 7
"""Code points of the longest head of a compound with a verb in it: 专项资金."""
_EDGES = ' 　、，,。；;：:“”"（）()—-·'
_OPENERS = 3
"""How many words before a name are taken off: 而我国."""
_BREAKS = "，,、；;：:。（("
_NUMBERING = re.compile(r"[\s　]*(?:[0-9]{1,2}[.．、](?![0-9])|[①-⑳]|第[一二三四五六七八九十百]{1,5}条)[\s　]*")
_GLOSS = re.compile(r"^[\s　]*(?:[（(][^（）()]*[）)])")
_TITLE = re.compile(r".*[\u4e00-\u9fff”] (?=[“\u4e00-\u9fff]{3})")
"""What a headline says before its last part: 茶会今日开幕 签约总额."""
_GLOSSED = re.compile(
    r"(?![（(][一二三四五六七八九十]{1,3}[）)])[（(](?:[^（）()0-9，。；：]{1,20}|[A-Za-z0-9.-]{1,8})[）)]$"
)


class Nouns:
    """Finds the nouns between the verbs of a passage."""

    def __init__(self, rulebook: Rulebook) -> None:
        no_verbs = "{not_change}|{indicator_masks}|{对贡献}|{占全部}|{名内}"
        self.verbs = CuePattern(rulebook, "{在其下}|{新添}$|{indicator_verbs}", no_verbs)
        """The verbs that part a noun from its quantity."""
        self._openers = CuePattern(rulebook, "^(?:{areas}|{clause_openers})", "{not_openers}")
        self._each = CuePattern(rulebook, "{逐份}")
        self._tails = rulebook.words("noun_tails")
        self._not_tails = rulebook.words("not_noun_tails")
        self._heads = (*self._tails, *rulebook.words("compound_heads"))
        self._nominal = rulebook.words("nominal_verbs")
        self._measured_ends = rulebook.words("measured_ends")
        self._attributes = rulebook.words("attributes")
        self._summing = frozenset(rulebook.words("summing"))
        self._averaging = re.compile(f"{alternation(rulebook.words('averaging'))}{{0,2}}")
        self._denominators = frozenset(rulebook.words("denominators"))
        self._places = (*rulebook.words("area_ends", "place"), *rulebook.words("area_ends", "country"))
        thresholds = alternation(rulebook.words("thresholds"))
        self._time = re.compile(rf"第?[0-9一二三四五六七八九十]{{1,4}}年[度间]?|[十百千万亿]*元?(?:新的?)?{thresholds}")
        self._explained = re.compile(rf"[（(]{alternation(rulebook.words('explaining'))}[^（）()]*[）)]")
        self._extremes = frozenset(rulebook.words("extremes"))
        ends = alternation((*rulebook.words("areas", "whole"), *self._extremes))
        self._areas = re.compile(rf"(?<=..)在?{ends}$")
        self._inside = rulebook.words("inside", "ends")
        self._not_inside = rulebook.words("inside", "nouns")
        self.edges = _EDGES + "".join(rulebook.words("name_edges", "either"))
        """The characters that are no part of a name at either end."""
        self._kept = rulebook.words("name_edges", "kept")
        self._closing = self.edges + "".join(rulebook.words("name_edges", "end"))

    def find(self, passage: Passage, start: int, end: int, first: bool = False, counted: bool = False) -> str | None:
        """The last noun, or the first, of `passage.text[start:end]`; verbs, times and the body at its head are none.

        A short noun needs no other where it is `counted`: 学位 of 开学前新增学位9个, not 增加值 of 茶业实现增加值.
        """
        text = passage.text[start:end]
        if each := self._each.first(text):
            text = text[: each.start]
        cuts = self._cuts(text)
        for mention in passage.between(start, end):
            inner = (mention.start - passage.start - start, mention.end - passage.start - start)
            if isinstance(mention.value, Horizon) or (isinstance(mention.value, Organization) and inner[0] == 0):
                cuts = [c for c in cuts if c[0] < inner[0] or inner[1] <= c[0]] + [inner]
        spans, at = [], 0
        for cut_start, cut_end in (*sorted(cuts), (len(text), len(text))):
            spans.append((at, max(at, cut_start)))
            at = max(at, cut_end)
        bared = [(self._bare(text[a:b]), a, b) for a, b in spans]
        bared = [(part, a, b) for part, a, b in bared if part and not self._idle(part)]
        if not bared:
            return None
        parts = [part for part, _, _ in bared]
        name = parts[0 if first else -1]
        if not first and len(parts) > 1 and self._goes_on(passage, start, text, bared[-2][2], bared[-1][1]):
            name = parts[-2] + name
        elif not first and len(parts) > 1 and self._leans(name, text[bared[-2][2] : bared[-1][1] + 1], counted):
            own = self.edged(text[bared[-1][1] : bared[-1][2]])
            # 茶园投资拉动全县投资: the area tells it apart
            apart = own != name and own.endswith(name) and own in self._openers and not name.endswith(self._places)
            name = own if apart else parts[-2] + name
        for mark, least in (("等", 2), ("的", 4)):
            head, _, tail = name.rpartition(mark)
            if tail in self._attributes:
                # 甲、乙等增幅 is that of all
                continue
            if least <= len(tail) and len(name) > (_LONG_LIST if mark == "等" and "、" in head else LONG):
                name = tail
        return self.named(name[-LONGEST:])

    def _goes_on(self, passage: Passage, start: int, text: str, end: int, later: int) -> bool:
        """Whether nothing but times and 年均 part a name: 绿茶4月销量, 茶业产值年均增速."""
        if text[end - 1] in MARKS or text[later] in MARKS or later - end > LONG:
            return False
        times = (m for m in passage.between(start + end, start + later) if isinstance(m.value, Horizon))
        at, rest = start + end + passage.start, ""
        for time in times:
            rest += passage.text[at - passage.start : time.start - passage.start]
            at = time.end
        rest += passage.text[at - passage.start : start + later]
        return self._averaging.fullmatch(rest) is not None

    def _leans(self, name: str, between: str, counted: bool) -> bool:
        """Whether a name needs the one before it: 增加值 of 茶业实现增加值, 降幅 of 茶价累计降幅."""
        if name in self._attributes or name[0] == "占":
            return not any(mark in between for mark in MARKS)
        if counted and len(name) > 1 and not name.endswith(self._measured_ends):
            return False
        return len(name) <= _SHORT

    def _idle(self, part: str) -> bool:
        """2031年, 每千瓦时, 最高: times, units and bounds name nothing."""
        if part in self._extremes or (part[0] == "每" and part[1:] in self._denominators):
            return True
        return self._time.fullmatch(part) is not None

    def _in_compound(self, text: str, before: int, start: int, stop: int, edge: int) -> bool:
        """Whether a noun stands before the verb `text[start:stop]`, and from it to `edge` a head: 茶企发展专项资金."""
        return (
            start > before + 1
            and text[start - 1] not in MARKS
            and edge - stop <= _HEAD
            and text[stop:edge].isalnum()
            and text.endswith(self._heads, stop, edge)
        )

    def _cuts(self, text: str) -> list[tuple[int, int]]:
        """Where verbs stand; not one that is part of a noun (签约面积), nor one that ends a name (茶叶出口达3万吨)."""
        cuts, kept, edge = list[tuple[int, int]](), -1, len(text)
        cues = self.verbs.all(text)
        for number in range(len(cues) - 1, -1, -1):
            start, stop, word = cues[number]
            before = cues[number - 1].end if number else 0
            # 签约面积, 签约服务覆盖率
            tailed = text.startswith(self._tails, stop) and word not in self._summing
            tailed = tailed and not text.startswith(self._not_tails, stop)
            nominal = word in self._nominal and (stop == kept or self._in_compound(text, before, start, stop, edge))
            if tailed or nominal:
                kept = start
            else:
                cuts.append((start, stop))
                edge = start
        cuts.reverse()
        end = len(text)
        for number in range(len(cuts) - 1, -1, -1):
            start, stop = cuts[number]
            if stop != end:
                break
            if text[start:stop] in self._nominal:
                if start == 0 or text[start - 1] not in _BREAKS:
                    del cuts[number]
                break
            end = start
        return cuts

    def _bare(self, part: str) -> str:
        """Without marks, without 全省 and 而 at its head, or the number of an item."""
        numbered = _NUMBERING.match(part)
        part = self.edged(part[numbered.end() :] if numbered else part)
        for _ in range(_OPENERS):
            opening = self._openers.first(part)
            if opening is None or len(part) - opening.end == 1:
                break
            part = self.edged(part[opening.end :])
        return part

    def edged(self, part: str) -> str:
        """Without the marks and short words around it; a parenthesis that opens inside is closed."""
        part = _GLOSS.sub("", part)
        bare = part.lstrip(self.edges)
        if part.startswith(self._kept, len(part) - len(bare) - 1):
            # 达标率
            bare = part[len(part) - len(bare) - 1 :]
        shorter = bare.rstrip(self._closing)
        longer = bare[: len(shorter) + 1]
        # 茶业许可
        bare = longer if longer.endswith(self._kept) else shorter
        if "”" in bare and not -1 < bare.find("“") < bare.find("”"):
            # “双优”企业
            at = part.find(bare)
            bare = "“" + bare if part[at - 1 : at] == "“" else bare[bare.find("”") + 1 :].lstrip(self.edges)
        elif bare.rfind("“") > bare.rfind("”"):
            bare = bare + "”" if part[part.find(bare) + len(bare) :][:1] == "”" else bare[bare.rfind("“") + 1 :]
        opened = bare.count("（") > bare.count("）") or bare.count("(") > bare.count(")")
        closing = part.lstrip(self.edges)[len(bare) :][:1]
        return bare + closing if opened and closing and closing in "）)" else bare

    def named(self, name: str) -> str | None:
        """The name as it is given: without what explains it, marks, 全国 or 中 at its end; None if it is too short."""
        if " " in name:
            name = _TITLE.sub("", name)
        name = self._areas.sub("", self._explained.sub("", name).strip(MARKS))
        if len(name) > 2 and name.endswith(self._inside) and not name.endswith(self._not_inside):
            name = name[:-1]
        return name if len(name) >= 2 else None


def ahead_of_gloss(passage: Passage, start: int, outside: re.Pattern[str]) -> int:
    """班列（某市）开行: the gloss is part of the name."""
    closed = start > 0 and passage.text[start - 1] in "）)"
    gloss = _GLOSSED.search(passage.text[max(0, start - LONG) : start]) if closed else None
    if gloss is None:
        return start
    opened = start - len(gloss[0])
    return opened - len(outside.split(passage.text[max(0, opened - LONGEST) : opened])[-1])
