"""Short forms of names: which ones a full name can have, and where they stand in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pipeline.rulebook import Rulebook

_DECLARED = re.compile(
    r"[（(](?:以下[统简]?称|[统简下]称)(?:为)?[:：]?[“”\"]?(?P<short>[^“”\"（）()，,。、；]{2,16})[“”\"]?[)）]"
)
_GLOSS = re.compile(r"[（(][^（）()]*[)）]")
_GROUP = re.compile("[（(]集团[)）]")


class ShortNames:
    """Derives short forms from the full names of companies, institutes and schools."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._forms = tuple(sorted(rulebook.words("legal_forms"), key=len, reverse=True))
        self._trades = tuple(sorted(rulebook.words("firm_trades"), key=len, reverse=True))
        self._branches = rulebook.words("branch_ends")
        fields = (*rulebook.words("generic_parts"), *rulebook.words("industries"))
        self._fields = frozenset(f for f in fields if len(f) > 1)
        self._sizes = sorted({len(f) for f in self._fields}, reverse=True)
        province = rulebook.any_of("provinces")
        suffix = rulebook.any_of("place_suffixes", "provinces", "counties")
        self._region = re.compile(province)
        self._place = re.compile(rf"(?:(?:{province}|[\u4e00-\u9fff]{{1,6}}?{suffix})[省市]?)+")

    def of(self, full: str) -> frozenset[str]:
        """The short forms that `full` may appear under in its document; empty where it has no legal form."""
        form = next((f for f in self._forms if full.endswith(f) and len(full) > len(f) + 1), None)
        if form is None:
            return self._glossed(full)
        plain, gloss = _GLOSS.sub("", full), _GLOSS.search(full)
        cores = {plain[: -len(form)]}
        # 城市 of 城市茶园发展集团 is no place
        # 茶叶公司 of 云岭茶叶公司 may be any
        if form != "公司" and (place := self._place.match(plain)) and place[0] not in self._fields:
            cores.add(plain[place.end() : -len(form)])
        if gloss:
            cores.add(full[: gloss.start()])
        shorts: set[str] = set()
        for core in cores:
            if len(core) < 2:
                continue
            ends = ("公司", "集团") if "集团" in full else ("公司",)
            shorts |= {core + end for end in ends}
            # 启明公司 may be any company; 启明（云岭）公司 and 启明集团 have a brand
            branded = form != "公司" or gloss is not None
            if branded:
                shorts.add(core)
            brand = self._brand(core)
            # 云岭省 of 云岭省商业集团
            if len(brand) >= 2 and not self._place.fullmatch(brand):
                shorts |= {brand + end for end in (*ends, "股份")} | ({brand} if branded else set())
                shorts |= {core[:size] for size in self._cuts(core, len(brand))}
                if form != "集团" and "集团" in full:
                    shorts.add(brand + "集团")
        parent = self._parent(full, form)
        return frozenset(
            s
            for s in shorts
            if len(s) >= 2 and s != full and not self._general(s) and s.removesuffix("集团") not in parent
        )

    def _parent(self, full: str, form: str) -> str:
        """What stands within a name before a province or the group that it belongs to.

        青禾云南实业公司 and 青禾（集团）茶艺公司 are 青禾's; 青禾 or 青禾集团 is another firm.
        """
        group = _GROUP.search(full)
        if group and group.end() < len(full) - len(form):
            return full[: group.start()]
        plain = _GLOSS.sub("", full)
        region = self._region.search(plain, 2)
        return plain[: region.start()] if region else ""

    def _glossed(self, full: str) -> frozenset[str]:
        """Both names of a body that gives its second one in brackets: 青禾（QHGT）."""
        gloss = _GLOSS.search(full)
        if gloss is None or gloss.end() < len(full):
            return frozenset()
        second = gloss[0][1:-1]
        plain = full[: gloss.start()]
        shorts = {plain, second} if second.isascii() and len(second) > 2 else {plain}
        return frozenset(s for s in shorts if len(s) >= 2 and not self._general(s))

    def forms(self, full: str) -> frozenset[str]:
        """The forms of `of`, and those that stand for it only where the text has them: 青禾集团 of 临川青禾发展集团."""
        form = next((f for f in self._forms if full.endswith(f)), "")
        # a branch or a subsidiary is not what the group's name stands for
        if not form:
            return self._glossed(full)
        if full.endswith(self._branches):
            return frozenset()
        core = _GLOSS.sub("", full)[: -len(form)]
        ends = ("公司", "集团") if "集团" in full else ("公司",)
        parts = {core[a:b] for a in range(len(core)) for b in range(a + 2, len(core) + 1)} - self._fields
        parent = self._parent(full, form)
        return self.of(full) | {
            part + end
            for part in parts
            for end in ends
            if part + end != full and not (part in parent and end == "集团")
        }

    def before_trade(self, full: str) -> str | None:
        """The brand of a firm that is called by it and its trade: 青禾 of 青禾汽车."""
        trade = next((t for t in self._trades if full.endswith(t) and len(full) >= len(t) + 2), "")
        brand = full[: -len(trade)] if trade else ""
        return brand if brand and brand not in self._fields else None

    def cores(self, full: str) -> frozenset[str]:
        """The proper parts of a firm's name, without its legal form and the place it opens with."""
        form = next((f for f in self._forms if full.endswith(f)), "")
        if not form or full.endswith(self._branches):
            return frozenset()
        core = _GLOSS.sub("", full)[: -len(form)]
        place = self._place.match(core)
        return frozenset({core, core[place.end() :] if place else core})

    def _brand(self, core: str) -> str:
        """The core without the fields of business at its end."""
        while size := next((size for size in self._sizes if core[-size:] in self._fields), None):
            core = core[:-size]
        return core

    def _cuts(self, core: str, start: int) -> Iterator[int]:
        position = start
        while position < len(core):
            size = next((size for size in self._sizes if core[position : position + size] in self._fields), None)
            if size is None:
                return
            position += size
            yield position

    def _general(self, short: str) -> bool:
        # 青创城 of 青创城集团: a brand that opens with a general word may as well be a place or a project
        brand = self._brand(short)
        return not short.endswith(("集团", "公司")) and any(
            brand[at : at + size] in self._fields for at in range(len(brand) - 1) for size in self._sizes
        )


def declared(text: str, ends: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """(short, full) for every 以下简称 right after a name; `ends` gives the name that ends at an offset."""
    for match in _DECLARED.finditer(text):
        full = ends.get(match.start())
        if full is not None:
            yield match["short"].strip(), full


class Occurrences:
    """Finds known names (two characters or more) in texts."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for name in sorted(set(names), key=lambda n: (-len(n), n)):
            self._by_start.setdefault(name[0], []).append(name)
        self._start = re.compile(f"[{''.join(map(re.escape, self._by_start))}]") if self._by_start else None

    def __call__(self, text: str) -> Iterator[tuple[int, int]]:
        """Where any of the names stands in `text`, the longest at each place, without overlaps."""
        end = 0
        for match in self._start.finditer(text) if self._start else ():
            at = match.start()
            if at >= end and (name := next((n for n in self._by_start[match[0]] if text.startswith(n, at)), None)):
                end = at + len(name)
                yield at, end
