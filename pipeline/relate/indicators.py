"""What a quantity measures, as the text names it."""

from __future__ import annotations

import re

from pipeline.document import Horizon, Organization
from pipeline.relate.cues import Cues
from pipeline.relate.passages import Passage, Site
from pipeline.rulebook import Rulebook

_LONGEST = 36
"""Code points of the longest name given."""
_LONG = 16
"""Code points of a name that is shortened to its head."""
_SHORT = 3
"""Code points of a noun that needs the one before it: 增加值 of 地方工业实现增加值."""
_SHORT_ITEM = 4
"""Code points of an item that may share the end of its list."""
_GLOSSED = re.compile(r"[（(][^（）()0-9，。；：]{1,12}[）)]$")
_WINDOW = 120
"""Code points before a quantity in which its name may stand."""
_WITHOUT_OWN = frozenset({"%", "‰", "百分点", "倍", "名", "位次", "基点", "点"})
"""Units that say nothing about what follows them; 85%农村人口 and 50名专家 are told apart by the measure."""
_SHARED = re.compile(r"分别|各")
_ITEMS = re.compile(r"、|和|与|及")
_CLAUSES = re.compile(r"[，,；;：:]")
_OUTSIDE = re.compile(r"[、，,；;：:）)有]")
_INSIDE = re.compile(r"[\s　]*在?(.{2,60})[中上里]")
_FROM = re.compile(r"[将已]?[从由][^、从由]*$")
_PART = re.compile(r"占到?([^占比率]*)$")
_COMPARED = re.compile(
    r"(?:(?<![占环同对性])比(?![重例率值])|[同环]比(?![增减升降上下提回扩收])|较)"
    r"[^，,；;：:]{1,16}[增减升降高低多少快慢涨跌长提缩][^，,；;：:]{0,4}$"
)
_TIME = re.compile(r"[0-9一二三四五六七八九十]{1,4}年[度间]?")
_PLACE = re.compile(r".{0,5}[市省县州区]")
_ABOVE = (">", ">=")
_SIZED = re.compile(r"的?[^，,、；;：:（）()。0-9]{2,14}")
_ELLIPSIS = re.compile(r"…|\.{3}|——")
_EDGES = ' 　、，,。；;：:“”"（）()—-·的了约近达为是等'
_CLOSING = _EDGES + "各共被应可"
_OPENERS = 3
"""How many words before a name are taken off: 而我国."""
_MEASURES = tuple("额量率数费税入值资产度比")
"""What the name of something measured ends with: it needs no end from the others of its list."""
_WITHIN = ("中", "里")
_SCHOOLS = ("高中", "初中")
_MARKS = " 　、，,。；;：:的"
_OPENING = "“‘《"


class IndicatorReader:
    """Takes the noun after a quantity where there is one, else the noun before it, else that of the quantity before."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._verbs = Cues(rulebook, "{indicator_verbs}", "{not_change}|{indicator_masks}")
        self._predicates = Cues(rulebook, "{predicates}", "{not_change}|{indicator_masks}")
        self._closing = Cues(rulebook, "{closing_verbs}", "{not_change}|{indicator_masks}")
        self._ahead = Cues(rulebook, "{相较}")
        self._openers = Cues(rulebook, "^(?:{areas}|{clause_openers})", "{not_openers}")
        self._money = Cues(rulebook, "{money_nouns}")
        self._tails = rulebook.words("noun_tails")
        self._attributes = rulebook.words("attributes")
        self._measured = (*self._attributes, *rulebook.words("money_nouns"), "产量", "销量", "数量")
        self._currencies = frozenset(rulebook.words("currency_units"))
        self._classifiers = frozenset(rulebook.words("classifiers"))
        self._short_nouns = frozenset(rulebook.words("short_nouns"))

    def read(self, passage: Passage) -> list[str | None]:
        """The indicator of each quantity of a passage."""
        found: list[str | None] = []
        for number in range(len(passage.sites)):
            found.append(self._indicator(passage, number, found))
        return found

    def _indicator(self, passage: Passage, number: int, found: list[str | None]) -> str | None:
        site, last = passage.sites[number], found[-1] if found else None
        shared = self._distributed(passage, number, found)
        if shared:
            return shared
        after = self._after(site)
        # 投资3亿元的项目 says what was invested, 3亿元的项目 what the project costs.
        bounded = site.right.startswith("的") or site.value.comparator in _ABOVE
        invested = site.value.unit in self._currencies and bounded and site.left in self._money
        if after and not invested:
            return after
        before = self._sized(passage, site) or self._before(passage, site)
        if before in self._attributes and last:
            return self._joined(last, before)
        return before or after or last or self._clause_before(passage, site)

    def _after(self, site: Site) -> str | None:
        unit, measure = site.value.unit, site.value.measure
        if measure == "rank" or (unit in _WITHOUT_OWN and unit not in ("%", "名")):
            return None
        right = site.right.removeprefix("的")
        if not right or not (right[0].isalnum() or right[0] in _OPENING):
            return None
        predicate = next(self._predicates.all(right), None)
        name = right[: predicate.start] if predicate else right
        closing = next(
            (c for c in self._closing.all(name) if c.start >= 2 or name[: c.start] in self._short_nouns), None
        )
        name = _ELLIPSIS.split(name[: closing.start] if closing else name)[0].strip(_MARKS)
        if name in self._attributes:
            # 以5%的幅度增长 says how, not what.
            return None
        if unit in self._classifiers and name in self._short_nouns:
            return name
        head, _, tail = name.rpartition("的")
        return _named(tail if head and len(tail) >= 2 and len(name) > _LONG else name)

    def _sized(self, passage: Passage, site: Site) -> str | None:
        """亿元以上项目 before a count of them."""
        size = site.previous
        if size is None or size.value.comparator not in _ABOVE or size.value.unit not in self._currencies:
            return None
        between = passage.text[size.end : site.start].rstrip("有达约共已")
        if site.value.unit not in self._classifiers or not _SIZED.fullmatch(between) or between in self._verbs:
            return None
        return passage.text[size.start : size.end] + between

    def _before(self, passage: Passage, site: Site) -> str | None:
        start, end = site.start - len(site.left), site.start
        # 甲从41个减少到15个; 甲占全部的三成: it is 甲 that is measured.
        moved = _FROM.search(site.left)
        part = _PART.search(site.left) if moved is None and site.value.unit in _WITHOUT_OWN else None
        if cut := moved or part or _COMPARED.search(site.left):
            end = start + cut.start()
        elif ahead := next(self._ahead.all(site.left), None):
            end = start + ahead.start
        if start and passage.text[start - 1] in "）)" and (gloss := _GLOSSED.search(passage.text[:start][-_LONG:])):
            # 班列（某市）开行: the gloss is part of the name
            opened = start - len(gloss[0])
            start = opened - len(_OUTSIDE.split(passage.text[max(0, opened - _LONGEST) : opened])[-1])
        name = self._noun(passage, start, end)
        whole = part[1].strip(_EDGES) if part else ""
        if whole and name and not whole.startswith("总") and len(name) + len(whole) < _LONGEST:
            return f"{name}占{whole}"
        if name is None and passage.text[max(0, start - 1) : start] in ("（", "("):
            if site.previous and site.previous.end == start - 1:
                # 124万平方米（约2万套）: the same in another unit
                return None
            # 甲（增长5%）、乙（增长8%）
            outside = _OUTSIDE.split(passage.text[max(0, start - 1 - _WINDOW) : start - 1])[-1]
            return self._noun(passage, start - 1 - len(outside), start - 1)
        return None if site.value.measure == "rank" and name and _PLACE.fullmatch(name) else name

    def _noun(self, passage: Passage, start: int, end: int) -> str | None:
        """The last noun of `passage.text[start:end]`, without verbs, times and the body that opens it."""
        text = passage.text[start:end]
        cuts = [(c.start, c.end) for c in self._verbs.all(text) if not text.startswith(self._tails, c.end)]
        for mention in passage.between(start, end):
            inner = (mention.start - passage.start - start, mention.end - passage.start - start)
            if isinstance(mention.value, Horizon) or (isinstance(mention.value, Organization) and inner[0] == 0):
                cuts = [c for c in cuts if c[0] < inner[0] or inner[1] <= c[0]] + [inner]
        parts, at = [], 0
        for cut_start, cut_end in sorted(cuts):
            parts.append(text[at:cut_start])
            at = max(at, cut_end)
        named = [part for part in map(self._bare, [*parts, text[at:]]) if part and not _TIME.fullmatch(part)]
        if not named:
            return None
        name = named[-1]
        if len(name) <= _SHORT and len(named) > 1 and name not in self._attributes:
            name = named[-2] + name
        for mark, least in (("等", 2), ("的", 4)):
            head, _, tail = name.rpartition(mark)
            if least <= len(tail) and (len(name) > _LONG or (mark == "等" and "、" in head)):
                name = tail
        return _named(name[-_LONGEST:])

    def _bare(self, part: str) -> str:
        """Without marks, without 全省 and 而 at its head."""
        part = _edged(part)
        for _ in range(_OPENERS):
            opening = next(self._openers.all(part), None)
            if opening is None or len(part) - opening.end == 1:
                break
            part = _edged(part[opening.end :])
        return part

    def _distributed(self, passage: Passage, number: int, found: list[str | None]) -> str | None:
        """Its own of several names: 甲、乙分别增长5%、9%; 甲3亿元、乙2亿元，分别增长5%、9%."""
        site = passage.sites[number]
        first = number - site.place
        opening = passage.sites[first]
        marker = max(_SHARED.finditer(opening.left), key=re.Match.start, default=None)
        if site.count < 2 or not marker:
            return None
        start = opening.start - len(opening.left)
        noun = self._noun(passage, start, start + marker.start())
        names = _ITEMS.split(noun) if noun else []
        if len(names) == site.count:
            name = self._completed(_edged(names[site.place]), names[-1])
            whole = found[first - 1] if first else None
            return self._joined(whole, name) if whole and name in self._attributes else _named(name)
        return found[first - site.count + site.place] if first >= site.count else None

    def _completed(self, name: str, last: str) -> str:
        """食品、药品合格率: the first is 食品合格率."""
        if name in self._attributes or name.endswith(_MEASURES):
            return name
        if len(name) <= _SHORT_ITEM and len(last) >= len(name) + 2:
            return name + last[len(name) :]
        shared = max((word for word in self._measured if last.endswith(word)), key=len, default="")
        return name + shared

    def _clause_before(self, passage: Passage, site: Site) -> str | None:
        """在年度评价中，甲名列第一: what the clause before names."""
        clauses = _CLAUSES.split(passage.text[max(0, site.start - _WINDOW) : site.start])
        if len(clauses) < 2:
            return None
        end = site.start - len(clauses[-1]) - 1
        start = end - len(clauses[-2])
        inside = _INSIDE.fullmatch(clauses[-2])
        return self._noun(passage, *((start + inside.start(1), start + inside.end(1)) if inside else (start, end)))

    def _joined(self, whole: str, attribute: str) -> str:
        """工业收入总量 and 增幅 → 工业收入增幅."""
        for other in self._attributes:
            if whole.endswith(other) and len(whole) > len(other):
                return whole.removesuffix(other) + attribute
        return whole + attribute


def _edged(part: str) -> str:
    """Without the marks and short words around it; a parenthesis that opens inside is closed."""
    bare = part.lstrip(_EDGES).rstrip(_CLOSING)
    opened = bare.count("（") > bare.count("）") or bare.count("(") > bare.count(")")
    closing = part.lstrip(_EDGES)[len(bare) :][:1]
    return bare + closing if opened and closing and closing in "）)" else bare


def _named(name: str) -> str | None:
    name = name.strip(_MARKS)
    if len(name) > _SHORT and name.endswith(_WITHIN) and not name.endswith(_SCHOOLS):
        name = name[:-1]
    return name if len(name) >= 2 else None
