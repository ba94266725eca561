"""Firms that neither a legal form nor a model tells: a brand and its trade (青禾汽车), vouched for by the article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from pipeline.recognize.names.plausibility import Plausibility
from pipeline.rulebook import Rulebook, alternation

_BRAND = re.compile("[\u4e00-\u9fff]{2}$")
_MARKS = "[，。、；：！？“”‘’（）()《》,;:\\s]"


class TradeFirms:
    """Finds firms by a brand of two characters and a trade."""

    def __init__(self, rulebook: Rulebook, plausibility: Plausibility) -> None:
        trade = rulebook.any_of("firm_trades")
        self._trade = re.compile(f"{trade}(?!{rulebook.any_of('legal_forms')}|{rulebook.any_of('after_trades')})")
        self._acts = re.compile(rulebook.any_of("firm_acts"))
        before = (
            *rulebook.words("before_names", "any", "firms"),
            *rulebook.words("name_cues", "anywhere"),
            *rulebook.words("firm_kinds", "firms", "any"),
        )
        self._border = re.compile(f"(?:{_MARKS}|{alternation(before)})$")
        self._beside = re.compile(rf"[、和与](?P<name>[\u4e00-\u9fff]{{2}}{trade})(?![\u4e00-\u9fff])")
        self._firm = re.compile(f"(?:{trade}|{rulebook.any_of('firm_kinds', 'firms', 'banks')})$")
        self._plausibility = plausibility
        self._cues = frozenset((*rulebook.words("name_cues"), *rulebook.words("department_topics")))

    def repeated(self, text: str) -> frozenset[str]:
        """The names in an article's text that stand there twice or more and act as firms do."""
        spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for trade in self._trade.finditer(text):
            if brand := _BRAND.search(text, max(0, trade.start() - 2), trade.start()):
                spans[text[brand.start() : trade.end()]].append((brand.start(), trade.end()))
        return frozenset(
            name
            for name, places in spans.items()
            if len(places) > 1
            and self._brand(name)
            and any(self._acts.match(text, end) for _, end in places)
            and 2 * sum(self._opens(text, start) for start, _ in places) >= len(places)
        )

    def beside(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The span of the firm that is joined to the body `text[start:end]`, where that is a firm."""
        if not self._firm.search(text, start, end):
            return
        if (match := self._beside.match(text, end)) and self._brand(match["name"]):
            yield match.span("name")

    def _opens(self, text: str, start: int) -> bool:
        before = text[max(0, start - 6) : start]
        return not before or self._border.search(before) is not None

    def _brand(self, name: str) -> bool:
        """Whether the name opens with a proper element: neither 新型汽车, 推动科技 nor 人工智能."""
        brand = name[:2]
        return (
            brand not in self._cues
            and self._plausibility.brand(brand)
            and self._plausibility.body(brand + "公司")
            and not self._plausibility.generic(name)
        )
