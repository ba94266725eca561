"""Where a name begins and ends: models and open patterns take too much or too little."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from pipeline.rulebook import Rulebook

_OPENING, _CLOSING = "（(“‘《【[", "）)”’》】]"
_EDGE = re.compile(
    r"[\s　,，。.、；;：:！!？?—\-~～●■▶◆★*·…/|0-9%％]+"
    r"|第[一二三四五六七八九十百]{1,4}[条章节款批]|[余多]+[位家个名所座]"
)
_COUNTERS, _NUMERALS = "年月日号个家位名项所座条批", "一二两三四五六七八九十几多余数"
_GLOSS = re.compile(r"[（(]([^（）()\n]{1,20})[)）]")
_CLOSE = re.compile(r"[^（）()，,。\n]{0,20}[)）]")
_BREAKS = re.compile(r"[,，。；;：:！!？?、\s《》【】\[\]]")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A name's span; `sure` where something outside the name marks its left side."""

    start: int
    end: int
    sure: bool


class NameBoundaries:
    """Cuts what does not belong to a body's name (words `name_cues`, posts) and adds the closing part it lost."""

    def __init__(self, rulebook: Rulebook) -> None:
        kept = _alternation(rulebook.words("name_parts"))
        cues = _alternation((*rulebook.words("name_cues", "anywhere"), *rulebook.words("name_cues", "single")))
        counts = r"(?:[两三四五六七八九十几数]{1,3}|[0-9]{1,4}余?)[个家]"
        self._cue = re.compile(
            rf"(?P<part>{kept})|{cues}|{counts}|—{{2}}|(?<=[\u4e00-\u9fff])[\s>]+(?=[\u4e00-\u9fff])"
        )
        self._leading = re.compile(f"(?!{kept})(?:{_alternation(rulebook.words('name_cues'))})")
        self._joint = re.compile(f"(?!{kept})(?:{_alternation(rulebook.words('name_cues', 'joint'))})")
        self._single = frozenset(rulebook.words("name_cues", "single"))
        heads = rulebook.meanings("organization_heads")
        self._head = re.compile(f"(?:{_alternation(heads)})$")
        self._organ = re.compile("(?:局|委员会|政府|厅|办公室)$")
        self._place = re.compile(f"(?:{_alternation(rulebook.words('place_suffixes'))})$")
        self._committee = re.compile("(?:党委|党组)$")
        self._seat = re.compile("(?:副?书记|委员|成员|常委)")
        self._extension = re.compile(rf"(?:{_alternation(rulebook.words('head_extensions'))})")
        self._regions = frozenset((*rulebook.words("provinces"), *rulebook.words("countries"), "中国"))
        self._post = re.compile(f"(?:{_alternation(rulebook.words('post_heads'))})")
        self._level = re.compile(f"(?:{_alternation((*rulebook.words('levels'), *rulebook.words('provinces')))})")

    def fit(self, text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> Iterator[Fitted]:
        """The names in the span `text[start:end]`, in text order; `places` are spans that a model takes for places.

        The last one reaches to the span's end or beyond; earlier ones (甲局会同乙局) must end in a head.
        """
        end = self._right(text, start, end)
        pieces = list(self._pieces(text, start, end, {left for left, _ in places}))
        for index, (left, right) in enumerate(pieces):
            last = index == len(pieces) - 1
            if last or (self._head.search(text, left, right) and not self._place.search(text, left, right)):
                fitted = self._left(text, left, right, places, cut=left > start)
                if fitted is not None:
                    yield fitted

    def ends_in_head(self, name: str) -> bool:
        """Whether a name closes with the regular head of a body."""
        return self._head.search(name) is not None

    def _pieces(self, text: str, start: int, end: int, places: Set[int]) -> Iterator[tuple[int, int]]:
        left = start
        for match in self._cue.finditer(text, start, end):
            if match["part"] is None and match.end() < end:
                if match.start() > left:
                    yield from self._joined(text, left, match.start(), places)
                left = match.end()
        yield from self._joined(text, left, end, places)

    def _joined(self, text: str, start: int, end: int, places: Set[int]) -> Iterator[tuple[int, int]]:
        left = start
        for joint in self._joint.finditer(text, start, end):
            follows = joint.end() in places or self._level.match(text, joint.end(), end)
            if joint.end() < end and (self._head.search(text[left : joint.start()]) or follows):
                if joint.start() > left:
                    yield from self._side_by_side(text, left, joint.start())
                left = joint.end()
        yield from self._side_by_side(text, left, end)

    def _side_by_side(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """甲市财政局|甲市教育局, with nothing between: a name's opening comes again after a head."""
        opening, left = text[start : start + 3], start
        at = text.find(opening, start + 4, end) if end - start > 6 else -1
        while at >= 0:
            if end - at > 3 and self._head.search(text, max(left, at - 12), at):
                yield left, at
                left = at
            at = text.find(opening, at + 3, end)
        yield left, end

    def _left(self, text: str, start: int, end: int, places: Sequence[tuple[int, int]], *, cut: bool) -> Fitted | None:
        given = start
        while start < end:
            if edge := _EDGE.match(text, start, end):
                start = edge.end()
            elif _counts(text, start) or _unpaired(text, start, end):
                start += 1
            elif (cue := self._leading.match(text, start, end)) and end - cue.end() >= 2:
                start = cue.end()
            else:
                break
        for left, right in places:
            # The place opens the name; what stands before it in the span is a verb or the like, not a body.
            if start < left and right <= end and left - start <= 12 and not self._level.match(text, start, left):
                inner = text[start:left]
                taken = any(a < left and start < b for a, b in places) or self._head.search(inner)
                if not taken and not _BREAKS.search(inner) and len(inner) >= 2:
                    start = left
                    cut = True
                break
        if end - start < 2:
            return None
        sure = (
            cut
            or start > given
            or start == 0
            or not ("\u4e00" <= text[start - 1] <= "\u9fff")
            or text[start - 1] in self._single
            # 甲市财政局|甲市教育局
            or self._organ.search(text, max(0, start - 8), start) is not None
            or any(left == start for left, _ in places)
        )
        return Fitted(start, end, sure)

    def _right(self, text: str, start: int, end: int) -> int:
        while end > start and (_EDGE.fullmatch(text, end - 1, end) or text[end - 1] in _OPENING):
            if text[end - 1].isdigit():
                break
            end -= 1
        # 财政局局|长: the post's first character was taken for the name's last
        if end - start > 3 and self._post.match(text, end - 1) and self._head.search(text[start : end - 1]):
            end -= 1
        # 启明集团党委|委员: the seat is the person's post, and so is its committee
        party = self._committee.search(text, start, end)
        if party and self._seat.match(text, end) and self._head.search(text[start : party.start()]):
            end = party.start()
        if _open_bracket(text[start:end]) and (closing := _CLOSE.match(text, end)):
            end = closing.end()
        if (more := self._extension.match(text, end)) and not self._post.match(text, more.end() - 1):
            end = more.end()
        gloss = _GLOSS.match(text, end)
        if gloss and (self._belongs(gloss[1]) or (gloss[1] in self._regions and self._head.search(text, start, end))):
            end = gloss.end()
        return end

    def _belongs(self, gloss: str) -> bool:
        return (gloss.isascii() and gloss.replace(" ", "").isupper() and len(gloss) <= 8) or (
            len(gloss) >= 3 and self.ends_in_head(gloss) and not self._cue.match(gloss) and "简称" not in gloss
        )


def _counts(text: str, at: int) -> bool:
    """Whether a counter after a number stands there (2020年|财政局, 5家|银行)."""
    return at > 0 and text[at] in _COUNTERS and (text[at - 1].isdigit() or text[at - 1] in _NUMERALS)


def _unpaired(text: str, at: int, end: int) -> bool:
    """Whether a mark stands there that closes nothing, or opens what `text[:end]` does not close."""
    mark = text[at]
    return mark in _CLOSING or (mark in _OPENING and _CLOSING[_OPENING.index(mark)] not in text[at:end])


def _open_bracket(name: str) -> bool:
    return sum(map(name.count, "（(")) > sum(map(name.count, "）)"))


def _alternation(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))
