"""People: from what models take for a name to the name itself, and the names that stand beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.recognize.names.plausibility import Plausibility
from pipeline.rulebook import Rulebook, alternation

_PART = re.compile(r"[^\s，,、／/]+")
# 何 青, 林 知远: a blank behind the surname
_NAME = r"(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff][ 　][\u4e00-\u9fff]{1,2})(?![\u4e00-\u9fff])"
_NAMES = re.compile(_NAME)
_NAMES_OR_OTHER = re.compile(rf"{_NAME}|[^\s、，,▶●■◆★]+")
_SPREAD = re.compile(r"\s*(?P<surname>[\u4e00-\u9fff])[ 　]+(?P<given>[\u4e00-\u9fff]{1,2})(?![\u4e00-\u9fff])")
_NEXT = (
    r"(?P<gap>[ 　]{1,3}|[、，,/／][ 　]?)"
    r"(?P<name>[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,6}){1,3}"
    r"|[\u4e00-\u9fff](?:[ 　](?=[\u4e00-\u9fff]{1,2}(?:[ 　、，,。）)\n]|$)))?[\u4e00-\u9fff]{1,3})"
    r"(?=[ 　\s、，,。；)）/／]|$"
)
_OTHER_PARTS = re.compile(r"(?:·[\u4e00-\u9fff]{1,6}){1,3}(?![\u4e00-\u9fff])")
_SIGNATURE = re.compile(
    rf"(?:[。！？!?”）)\.…]|^)[ 　]{{1,4}}(?P<names>{_NAME}(?:[ 　、]{{1,2}}{_NAME}){{0,4}})[ 　]*$"
)


class PersonNames:
    """Fits proposed names of people and finds more of them in bylines, signatures and lists."""

    def __init__(self, rulebook: Rulebook, plausibility: Plausibility) -> None:
        self._plausibility = plausibility
        self._posts = rulebook.words("post_heads")
        self._roles = (*self._posts, *rulebook.words("role_heads"))
        self._adverbs = frozenset(rulebook.words("adverbs_after_names"))
        self._acting = rulebook.words("acting_verbs")
        self._speech = re.compile(alternation(v for v in rulebook.words("person_verbs") if len(v) > 1))
        self._next = re.compile(f"{_NEXT}|{rulebook.any_of('after_listed_names')})")
        self._no_names = frozenset(rulebook.words("not_in_given_names", "anywhere", "in_lists"))
        self._vivid = re.compile(rf"{rulebook.any_of('vivid')}(?P<twice>[\u4e00-\u9fff])(?P=twice)[的地]")

    def fit(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The names in the span `text[start:end]`, in text order; none where nothing in it can be one."""
        if spread := self._spread(text, start, start + len(text[start:end].rstrip())):
            yield spread
            return
        for part in _PART.finditer(text, start, end):
            yield from self._fit_one(text, part.start(), part.end())

    def _spread(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The name with a blank behind its surname that opens at `start`, all of it where `end` leaves out its last."""
        spread = _SPREAD.match(text, start) or _SPREAD.fullmatch(text, start, end)
        if spread is None or not end <= spread.end() <= end + 1:
            return None
        if spread.end() > end and not self._plausibility.person(spread["surname"] + spread["given"]):
            return None
        return spread.start("surname"), spread.end()

    def _fit_one(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        # 何青市|长: the post's first character was taken for a given name
        for cut in (end - 1, end):
            if cut - start >= 2 and text.startswith(self._posts, cut) and self._plausibility.person(text[start:cut]):
                yield start, cut
                return
        # 阿力|·依明
        if (parts := _OTHER_PARTS.match(text, end)) and self._plausibility.person(text[start : parts.end()]):
            yield start, parts.end()
            return
        # 林知|则告诉记者, 林知|所说
        if (
            end - start == 3
            and text[end - 1] in self._adverbs
            and (self._speech.match(text, end) or self._speech.match(text, end - 1))
        ):
            end -= 1
        # 金灿灿的
        if self._vivid.match(text, start):
            return
        for size in (0, 1):
            longer = text[start : end + size]
            if end + size > len(text) or (size and not self._closes(text, end + size)):
                continue
            if size == 0 and end - start == 2 and self._closes(text, end + 1) and not self._closes(text, end):
                continue
            if self._plausibility.person(longer):
                yield start, end + size
                return
        name = text[start:end]
        if self._plausibility.person(name):
            yield start, end
        elif self._plausibility.transliterated(name) and text[max(0, start - 8) : start].rstrip(" 　").endswith(
            self._roles
        ):
            # 噶西玛|登: a model left out the last character
            whole = text[start : end + 1]
            cut = len(whole) > len(name) and self._closes(text, end + 1) and self._plausibility.transliterated(whole)
            yield start, end + 1 if cut else end

    def speaks(self, text: str, at: int) -> bool:
        """Whether a verb of saying and doing stands at `at`."""
        return self._speech.match(text, at) is not None or text.startswith(self._acting, at)

    def _closes(self, text: str, at: int) -> bool:
        return at >= len(text) or text[at] in ' 　\n，,。、；;：:）)”"！!'

    def beside(self, text: str, end: int) -> Iterator[tuple[int, int]]:
        """The names that follow a name ending at `end`, set off by blanks or 、."""
        while match := self._next.match(text, end):
            start, end = match.span("name")
            if not self._plausibility.person("".join(match["name"].split())) and not self._between(text, match):
                return
            yield start, end

    def _between(self, text: str, match: re.Match[str]) -> bool:
        """Whether what cannot be told to be a name stands in a list of them: 林知远、白玛次、何青."""
        after = self._next.match(text, match.end())
        return (
            match["gap"] == "、"
            and after is not None
            and after["gap"] == "、"
            and self._no_names.isdisjoint(match["name"])
            and self._plausibility.person(after["name"])
        )

    def signatures(self, text: str, at: int, end: int) -> Sequence[tuple[int, int]]:
        """The names that close the paragraph `text[at:end]`, set off from its last sentence by blanks."""
        tail_start = max(at, end - 60)
        match = _SIGNATURE.search(text[tail_start:end])
        if match is None:
            return []
        names = [
            (tail_start + match.start("names") + m.start(), tail_start + match.start("names") + m.end())
            for m in _NAMES.finditer(match["names"])
        ]
        return names if self._all_people(text, names) else []

    def alone(self, text: str, start: int, end: int) -> Sequence[tuple[int, int]]:
        """The names in a byline `text[start:end]` that consists of nothing else."""
        parts = [m.span() for m in _NAMES_OR_OTHER.finditer(text, start, end)]
        return parts if self._all_people(text, parts) else []

    def _all_people(self, text: str, spans: Sequence[tuple[int, int]]) -> bool:
        return all(self._plausibility.person("".join(text[start:end].split())) for start, end in spans)
