"""Names of what is measured that leave out what another has: 食品 of 食品、药品合格率, 增幅 of 收入9亿元，增幅5%."""

from __future__ import annotations

import re

from pipeline.relate.quantities.nouns import LONGEST
from pipeline.relate.quantities.passages import Passage, Site
from pipeline.rulebook import Rulebook, alternation

SHORT_ITEM = 4
"""Code points of an item that may share the end of its list."""
_SHORTEST = 2
"""Code points of the shortest end that a list shares."""
_GLOSS = re.compile(r"[（(][^（）()]*[）)]")
SHARE = re.compile(r"[\s　、]*其?约?占")
"""What opens with the whole that something is a part of: 占工业产值."""


class EllipticNames:
    """Puts to a name what it shares with the one before or behind it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._within = rulebook.compile("{在其中}")
        self._grade = rulebook.compile("{等次}")
        self._tails = rulebook.words("noun_tails")
        self._attributes = rulebook.words("attributes")
        self._sizes = frozenset(rulebook.words("sizes"))
        self._measured = (*self._attributes, *rulebook.words("money_nouns"), *rulebook.words("investment", "nouns"))
        self._measured_ends = rulebook.words("measured_ends")
        self._kinds = frozenset(rulebook.words("kinds"))
        self._suffixes = frozenset(rulebook.words("bound_suffixes"))
        self._counting_ends = rulebook.words("counting_ends")
        self._bare = frozenset(rulebook.words("money_nouns"))
        self._classifiers = frozenset(rulebook.words("classifiers"))
        ends = alternation((*rulebook.words("area_ends", "place"), *rulebook.words("area_ends", "within")))
        self._area = re.compile(f".{{1,8}}{ends}")

    def leaning(self, passage: Passage, site: Site, name: str, last: str) -> str:
        """The name of a quantity with what it leaves out of the name before it, if that is so: 增幅, 其中海棠区."""
        size = name in self._sizes
        if name[0] == "总" and (len(name) <= SHORT_ITEM or size) and last.rfind("总") > 0:
            # 基金总收入9亿元，总支出7亿元
            return last[: last.rfind("总")] + name
        if site.previous and name in self._bare:
            # 水渠落实投资9亿元，完成投资7亿元; 新建茶厂9家、投资7亿元
            if last.endswith(name) and site.previous.value.unit == site.value.unit:
                return last
            between = passage.text[site.previous.end : site.start]
            if site.previous.value.unit in self._classifiers and between.startswith("、"):
                return last + name
        if not size and SHARE.match(site.left):
            # 茶业产值达9亿元，占工业产值的9%
            of = f"{last.partition('占')[0]}占{name.removeprefix('占')}"
            return of if len(of) < LONGEST else name
        if name[0] == "在" and self._within.search(name) and len(last) + len(name) < LONGEST:
            # 茶业收入9亿元，在全县收入中占比5%
            return last + name
        if size or name in self._attributes:
            return self.joined(last, name)
        # 重点项目9个，其中海棠区5个
        part = site.left.startswith("其中") and not site.joint
        return last if part and self._area.fullmatch(name) else name

    def completed(self, name: str, last: str) -> str:
        """食品、药品合格率: the first is 食品合格率."""
        whole = name in self._attributes or name in self._kinds
        if whole or name == last or name.endswith(self._measured_ends):
            return name
        end = _GLOSS.sub("", last[len(name) :])
        if (
            len(name) <= SHORT_ITEM
            and len(end) >= _SHORTEST
            and end[0] not in self._suffixes
            and (end not in self._tails or end.endswith(self._measured_ends))
        ):
            return name + end
        shared = max((word for word in self._measured if last.endswith(word)), key=len, default="")
        return name + shared

    def headed(self, name: str, first: str) -> str:
        """茶库火灾起数、伤亡人数: the second is of 茶库火灾, too."""
        alike = name[-1:] == first[-1:] and name.endswith(self._counting_ends)
        headless = alike and len(name) <= SHORT_ITEM and len(first) > len(name) + _SHORTEST
        return first[: -len(name)] + name if headless else name

    def kind(self, name: str) -> str:
        """投资 of 茶园项目投资."""
        return max((word for word in self._measured if name.endswith(word)), key=len, default=name)

    def graded(self, whole: str, grade: str) -> str:
        """征文奖35项，其中一等奖4项、二等奖31项: all of them are of the 征文奖."""
        other = self._grade.search(whole)
        return (whole[: -len(other.groups["grade"])] if other else whole) + grade

    def joined(self, whole: str, attribute: str) -> str:
        """工业收入总量 and 增幅 → 工业收入增幅."""
        if attribute.startswith("总"):
            whole = whole.removesuffix(attribute[1:]) or whole
        others = (*self._sizes, *self._measured, "长") if attribute in self._sizes else self._attributes
        for other in others:
            if whole.endswith(other) and len(whole) > len(other):
                # 总投资9亿元，占地9亩
                return whole.removesuffix(other).removesuffix("总") + attribute
        # 经费投入, 投入强度
        return whole.removesuffix(attribute[:_SHORTEST]) + attribute
