"""Lists of names: what stands between 、 beside a name, or before 等…企业, is a name too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.recognize.boundaries import NameBoundaries
from pipeline.recognize.plausibility import Plausibility
from pipeline.rulebook import Rulebook

_ITEM = r"[\u4e00-\u9fffA-Za-z0-9·]{2,12}(?:[（(][A-Za-z\u4e00-\u9fff]{2,10}[)）])?"


class FirmLists:
    """Finds 甲、乙、丙等…企业: firms by their brands, which neither models nor suffixes know."""

    def __init__(self, rulebook: Rulebook, boundaries: NameBoundaries, plausibility: Plausibility) -> None:
        nouns = "|".join(sorted(rulebook.words("firm_nouns"), key=len, reverse=True))
        # bounded all over: linear time
        self._list = re.compile(
            rf"(?P<items>{_ITEM}(?:、{_ITEM}){{0,30}}(?:[和及与]{_ITEM})?)"
            rf"(?:等|[两二三四五六七八九十]大)(?P<gap>[\u4e00-\u9fffA-Za-z0-9“”]{{0,14}}?)(?:{nouns})"
        )
        self._other = re.compile("|".join(rulebook.words("no_firm_cues")))
        self._industries = frozenset(rulebook.words("industries"))
        self._boundaries = boundaries
        self._plausibility = plausibility

    def __call__(self, text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The spans of the firms in `text`, in text order; `places` are spans that a model takes for places."""
        for match in self._list.finditer(text):
            spans = list(self._items(text, *match.span("items")))
            if self._other.search(match["gap"]) or 2 * sum(s in places for s in spans) >= len(spans):
                continue
            names = [text[start:end] for start, end in spans]
            # 现代重工 sounds general; between firms it is one
            if len(spans) > 1 and 3 * sum(map(self._firm, names)) >= 2 * len(names):
                yield from (s for s, name in zip(spans, names, strict=True) if name not in self._industries)

    def _items(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        first = True
        for match in re.finditer(r"[^、]+", text[start:end]):
            left, right = start + match.start(), start + match.end()
            for fitted in self._boundaries.fit(text, left, right, ()):
                if first or fitted.end <= right:
                    yield fitted.start, min(fitted.end, right)
            first = False

    def _firm(self, name: str) -> bool:
        return (
            2 <= len(name) <= 12
            and self._plausibility.body(name)
            and name not in self._industries
            and not any(name.endswith(i) and len(name) - len(i) < 2 for i in self._industries)
        )
