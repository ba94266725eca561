"""Bodies in a list that names their kind once, at its end: 甲、乙、丙3家高新区."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.document import Entity
from pipeline.recognize.names.boundaries import NameBoundaries
from pipeline.rulebook import Rulebook, alternation

# Han without 等
_ITEM = "[\u4e00-\u7b48\u7b4a-\u9fff]{2,12}"
_SUFFIX = frozenset("省市县区州")


class Member(NamedTuple):
    """A member of the list: its span, and its name with the kind."""

    start: int
    end: int
    name: str


class SharedHeads:
    """Finds the members of lists of zones and laboratories that a model takes for places or bodies."""

    def __init__(self, rulebook: Rulebook, boundaries: NameBoundaries) -> None:
        zones = rulebook.any_of("zone_kinds", "development")
        number = rf"(?:[0-9]{{1,2}}|[两二三四五六七八九十]{{1,2}}){rulebook.any_of('counters', 'bodies')}"
        which = alternation(rulebook.words("shared_heads", "which"))
        heads = rulebook.any_of("shared_heads", "heads")
        close = rf"(?:(?P<gap>(?:等(?:{number})?|{number}){which}?)(?:{zones}|{heads})|(?P<which>{which}?){heads})"
        self._close = re.compile(close)
        self._list = re.compile(f"(?P<items>{_ITEM}(?:、{_ITEM}?){{1,9}}?){close}")
        kinds = (*rulebook.words("zone_kinds", "development"), *rulebook.words("shared_heads", "heads"))
        self._last = {kind[-1] for kind in kinds}
        self._boundaries = boundaries

    def __call__(self, text: str, entities: Sequence[Entity]) -> Iterator[Member]:
        """The members of the lists in `text`, in text order; `entities` are what the model found there."""
        # most sentences have no such end
        if "、" not in text or not any(c in text for c in self._last) or not self._close.search(text):
            return
        known = [e for e in entities if e.kind != "person"]
        starts = {e.start for e in known}
        for match in self._list.finditer(text):
            offset = match.start("items")
            spans = [(offset + m.start(), offset + m.end()) for m in re.finditer("[^、]+", match["items"])]
            # 推动|云岭、青石
            left = _last_name(known, *spans[0])
            if left is None:
                continue
            spans[0] = left, spans[0][1]
            # 海棠和云石3家: the two last
            start, end = spans[-1]
            if (joint := text.find("和", start, end)) >= 0 and joint + 1 in starts:
                spans[-1:] = [(start, joint), (joint + 1, end)]
            whole = match["gap"] is None
            head = text[match.end("which" if whole else "gap") : match.end()]
            # 云岭大学、青石实验室 are two names
            names = [text[start:end] for start, end in spans]
            if any(self._boundaries.ends_in_head(n) and (whole or n[-1] not in _SUFFIX) for n in names):
                continue
            if 2 * sum(start in starts for start, _ in spans) < len(spans):
                continue
            for (start, end), name in zip(spans, names, strict=True):
                # the last one bears the head itself
                if whole and end == spans[-1][1]:
                    yield Member(start, match.end(), text[start : match.end()])
                else:
                    yield Member(start, end, name + head)


def _last_name(known: Iterable[Entity], start: int, end: int) -> int | None:
    """Where the last of the names in a span begins; names side by side are one."""
    left = previous = None
    for entity in known:
        if start <= entity.start <= end - 2:
            left = left if entity.start == previous else entity.start
            previous = entity.end
    return left
