"""Short forms of names: which ones a full name can have, and where they stand in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pipeline.rulebook import Rulebook

_DECLARED = re.compile(
    r"[（(](?:以下)?(?:统称|简称|下称)(?:为)?[:：]?[“\"]?(?P<short>[^“”\"（）()，,。、；]{2,16})[”\"]?[)）]"
)
_GLOSS = re.compile(r"[（(][^（）()]*[)）]")


class ShortNames:
    """Derives short forms from the full names of companies, institutes and schools."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._forms = tuple(sorted(rulebook.words("legal_forms"), key=len, reverse=True))
        self._fields = tuple(sorted(rulebook.words("generic_parts"), key=len, reverse=True))
        self._place = re.compile(
            rf"(?:(?:{'|'.join(rulebook.words('provinces'))}|[\u4e00-\u9fff]{{1,6}}?(?:省|市|县|区|州))(?:省|市)?)+"
        )

    def of(self, full: str) -> frozenset[str]:
        """The short forms that `full` may appear under in its document; empty where it has no legal form."""
        form = next((f for f in self._forms if full.endswith(f) and len(full) > len(f) + 1), None)
        if form is None:
            return frozenset()
        plain, gloss = _GLOSS.sub("", full), _GLOSS.search(full)
        cores = {plain[: -len(form)]}
        if place := self._place.match(plain):
            cores.add(plain[place.end() : -len(form)])
        if gloss:
            cores.add(full[: gloss.start()])
        shorts: set[str] = set()
        for core in cores:
            if len(core) < 2:
                continue
            shorts |= {core, core + "公司", core + "集团"}
            brand = self._brand(core)
            if len(brand) >= 2:
                shorts |= {brand + "公司", brand + "集团", brand + "股份"}
                # 启明公司 may be any company; 启明（云岭）公司 and 启明集团 have a brand
                if form != "公司" or gloss:
                    shorts.add(brand)
                shorts |= {core[:size] for size in self._cuts(core, len(brand))}
                if form != "集团" and "集团" in full:
                    shorts.add(brand + "集团")
        return frozenset(s for s in shorts if len(s) >= 2 and s != full and not self._general(s))

    def shortens(self, short: str, full: str) -> bool:
        """Whether `short` can stand for `full`: one of its short forms, or 青禾集团 for 临川青禾发展集团."""
        if short in self.of(full):
            return True
        core = short.removesuffix("集团").removesuffix("公司")
        return 2 <= len(core) < len(short) and core in full and full.endswith(self._forms) and core not in self._fields

    def _brand(self, core: str) -> str:
        """The core without the fields of business at its end."""
        while field := next((f for f in self._fields if len(f) > 1 and core.endswith(f)), None):
            core = core[: -len(field)]
        return core

    def _cuts(self, core: str, start: int) -> Iterator[int]:
        position = start
        while position < len(core):
            field = next((f for f in self._fields if len(f) > 1 and core.startswith(f, position)), None)
            if field is None:
                return
            position += len(field)
            yield position

    def _general(self, short: str) -> bool:
        # 创新谷 of 创新谷集团: a brand that opens with a general word may as well be a place or a project
        brand = self._brand(short)
        return not short.endswith(("集团", "公司")) and any(len(f) > 1 and f in brand for f in self._fields)


def declared(text: str, ends: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """(short, full) for every 以下简称 right after a name; `ends` gives the name that ends at an offset."""
    for match in _DECLARED.finditer(text):
        full = ends.get(match.start())
        if full is not None:
            yield match["short"].strip(), full


def occurrences(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where any of the names stands in `text`, longest first, without overlaps."""
    listed = sorted(set(names), key=lambda n: (-len(n), n))
    if listed:
        for match in re.compile("|".join(map(re.escape, listed))).finditer(text):
            yield match.span()
