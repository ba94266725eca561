"""Where names begin, and where one ends and the next begins: models and open patterns take too much or too little."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from pipeline.recognize.names.endings import BREAKS, CLOSING, OPENING, NameEndings, closes
from pipeline.rulebook import Rulebook, alternation, opening

_MARKS = r"[\s　,，。.、；;：:！!？?—–\-~～●■▶◆★*·…/|0-9%％]+"
_NUMERALS = "一二两三四五六七八九十"
# 青禾|（云岭）机械公司: a model began after the bracket
_BEFORE_BRACKET = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,4}[（(]$")
_LETTER = re.compile("[A-Za-z]")
_GLOSS = re.compile("[（(][^（）()]{1,20}[)）]$")
# 云岭市, but 云岭市场
_PLACE = "[\u4e00-\u9fff]{2,3}[省市县区州旗](?![场域块政民级际间长])"
_NEXT_PLACE = re.compile(_PLACE)
_NEXT_ORGAN = re.compile("(?<=[省市县区州旗]委)[省市县区州旗](?:人民)?(?:政府|人大|政协)$")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A name's span; `sure` where something outside the name marks its left side."""

    start: int
    end: int
    sure: bool


class NameBoundaries:
    """Cuts what does not belong to a body's name (words `name_cues`, posts) and adds the closing part it lost."""

    def __init__(self, rulebook: Rulebook) -> None:
        any_of, words = rulebook.any_of, rulebook.words
        kept = any_of("name_parts")
        cues = any_of("name_cues", "anywhere", "single")
        at_cue = opening((*words("name_parts"), *words("name_cues", "anywhere", "single")))
        counts = rf"(?:[两三四五六七八九十几数]{{1,3}}|[0-9]{{1,4}}余?){any_of('counters', 'bodies')}"
        self._cue = re.compile(
            rf"{at_cue}(?:(?P<part>{kept})|{cues})|{counts}|—{{2}}|–|(?<=[\u4e00-\u9fff])[\s>]+(?=[\u4e00-\u9fff])"
        )
        self._leading = re.compile(
            f"{opening((*words('name_cues'), *words('place_cues')))}(?!{kept})"
            f"(?:{any_of('name_cues')}|{any_of('place_cues')}(?={_PLACE}))"
        )
        self._kinds = frozenset(rulebook.words("name_cues", "kinds"))
        joints = words("name_cues", "joint", "kinds")
        self._joint = re.compile(f"{opening(joints)}(?!{kept}){alternation(joints)}")
        parting = (*words("name_parts"), *words("conjunctions", "and"), *words("name_cues", "kinds"))
        self._conjunction = re.compile(
            rf"{opening(parting)}(?:(?P<part>{kept})|{any_of('conjunctions', 'and')}"
            rf"|{any_of('name_cues', 'kinds')}(?=[\u4e00-\u9fff]{{2,6}}集团))"
        )
        self._conjunctions = frozenset(
            (*rulebook.words("conjunctions", "and"), *rulebook.words("acting_together", "with"))
        )
        long_cues = (w for w in rulebook.words("name_cues", "anywhere") if len(w) > 2)
        self._torn = re.compile(alternation((*long_cues, *rulebook.words("name_cues", "torn"))))
        self._single = frozenset(rulebook.words("name_cues", "single"))
        self._head = re.compile(f"{any_of('organization_heads')}$")
        self._authority = re.compile(f"{any_of('authority_ends', 'any')}$")
        self._place = re.compile(f"{any_of('place_suffixes')}$")
        self._regions = frozenset(
            w for words in ("provinces", "countries", "own_country") for w in rulebook.words(words)
        )
        self._region = re.compile(alternation(self._regions))
        self._level = re.compile(alternation((*rulebook.words("levels"), *rulebook.words("provinces"))))
        self._site = re.compile(f"{any_of('behind_names', 'sites')}$")
        self._parts = re.compile(any_of("behind_names", "with_sites"))
        bodies = any_of("counters", "bodies", "buildings")
        self._edge = re.compile(
            rf"{_MARKS}|[{_NUMERALS}]{{1,2}}(?:年(?=[省市县区])|月(?=第))"
            rf"|第[{_NUMERALS}百]{{1,4}}{any_of('counting', 'parts_of_texts')}"
            rf"|[余多]+{any_of('counters', 'bodies', 'buildings', 'people')}"
        )
        self._counters = frozenset(rulebook.words("counters"))
        self._numerals = frozenset((*_NUMERALS, *rulebook.words("counting", "like_numerals")))
        self._counted = re.compile(
            rf"(?:(?<![0-9])[2-9]|[0-9]{{2,4}}|[两三四五六七八九十]{{1,3}})余?{bodies}$|第一{bodies}$"
        )
        self._counted_kind = re.compile(f"{any_of('counted_kinds')}$")
        self._seated = re.compile(f"{any_of('provinces_in_short')}(?={any_of('seated', 'bodies')})")
        self._seated_in = rulebook.words("seated", "in")
        self._trades = frozenset(rulebook.words("firm_trades"))
        self.endings = NameEndings(rulebook, self._cue, self._edge)

    def fit(
        self, text: str, start: int, end: int, places: Sequence[tuple[int, int]], *, whole: bool = False
    ) -> Iterator[Fitted]:
        """The names in the span `text[start:end]`, in text order; `places` are spans that a model takes for places.

        The last one reaches to the span's end or beyond; earlier ones (甲局会同乙局) must end in a head. A `whole` span
        was taken for one name: 与 within parts it only behind a head or before a place.
        """
        # S|onyx: a model began within a word
        while start > 0 and _LETTER.match(text, start) and _LETTER.match(text, start - 1):
            start -= 1
        end = self.endings.fit(text, start, end)
        if _unopened(text[start:end]) and (before := _BEFORE_BRACKET.search(text, max(0, start - 5), start)):
            start = before.start()
        # 启明|云岭工厂: a site is no part of the name; 启明实验室云岭基地
        if (site := self._site.search(text, start, end)) and not self._parts.search(text, start, site.start()):
            inner = [left for left, right in places if start + 2 <= left and right <= site.start()]
            region = self._region.search(text, start + 2, site.start())
            end = min([*inner, region.start() if region else end])
        pieces = list(self._pieces(text, start, end, places, whole=whole))
        for index, (left, right) in enumerate(pieces):
            last = index == len(pieces) - 1
            if last or (self._head.search(text, left, right) and not self._place.search(text, left, right)):
                if last and right - left == 1 and pieces[:-1] and self._nothing_left(text, start, pieces[-2][1], left):
                    left = start
                fitted = self._left(text, left, right, places, cut=left > start)
                if fitted is not None:
                    yield fitted

    def begins_inside_a_cue(self, text: str, start: int) -> int:
        """Where a model's name begins that it took from within a word: 控股股|东青禾集团 begins at 青."""
        for at in range(max(0, start - 3), start):
            if (cue := self._torn.match(text, at)) and start < cue.end():
                return cue.end()
        return start

    def after_conjunction(self, text: str, start: int, end: int) -> int:
        """The conjunction before a firm's name in a span that may hold another noun: 消费|和青禾集团."""
        for joint in self._conjunction.finditer(text, start, end):
            # 启明集团和青禾集团 are two firms, which `fit` parts; 诺和诺德
            if (
                joint["part"] is None
                and joint.start() > start + 1
                and not self._head.search(text, start, joint.start())
            ):
                start = joint.start()
        return start

    def ends_in_head(self, name: str) -> bool:
        """Whether a name closes with the regular head of a body."""
        return self._head.search(_GLOSS.sub("", name)) is not None

    def _pieces(
        self, text: str, start: int, end: int, places: Sequence[tuple[int, int]], *, whole: bool
    ) -> Iterator[tuple[int, int]]:
        left, lefts = start, {a for a, _ in places}
        whole = whole and self.ends_in_head(text[start:end])
        for match in self._cue.finditer(text, start, end):
            # 青都: what stands inside a place's name is no cue
            inside = any(a <= match.start() and match.end() <= b < end and b - a <= 4 for a, b in places)
            # 云岭茶叶与食品研究院, 云岭茶艺促进联盟
            inside = inside or (
                whole and match.start() > left + 1 and self._head.search(text, left, match.start()) is None
            )
            if match["part"] is None and match.end() < end and not inside:
                if match.start() > left:
                    yield from self._joined(text, left, match.start(), lefts)
                left = match.end()
        yield from self._joined(text, left, end, lefts)

    def _joined(self, text: str, start: int, end: int, places: Set[int]) -> Iterator[tuple[int, int]]:
        left = start
        for joint in self._joint.finditer(text, start, end):
            follows = joint.end() in places or self._level.match(text, joint.end(), end) is not None
            # 茶叶平台维护和|云岭市茶叶局
            follows = follows or (
                joint.start() - left > 5
                and joint[0] in self._conjunctions
                and _NEXT_PLACE.match(text, joint.end(), end) is not None
            )
            # 云南和|青石海关
            if joint[0] in self._conjunctions and text[left : joint.start()] in self._regions:
                follows = True
            if joint.end() < end and (self._head.search(text[left : joint.start()]) or follows):
                # 大型茶企业|青禾集团: what the company is, no body
                if joint.start() > left and joint[0] not in self._kinds:
                    yield from self._side_by_side(text, left, joint.start())
                left = joint.end()
        yield from self._side_by_side(text, left, end)

    def _side_by_side(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """甲市财政局|甲市教育局, with nothing between: a name's opening comes again after a head."""
        if organ := _NEXT_ORGAN.search(text, start, end):
            # 云岭省委|省政府
            yield start, organ.start()
            start = organ.start()
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
            if edge := self._edge.match(text, start, end):
                start = edge.end()
            elif self._counts(text, start) or _unpaired(text, start, end):
                start += 1
            elif (
                (cue := self._leading.match(text, start, end))
                and end - cue.end() >= 2
                # 启明集团和|同禾集团
                and not (cue[0] in self._conjunctions and text[start - 1 : start] in self._conjunctions)
                # 如青科技: no brand is one character long
                and not (cue.end() == start + 1 and self._lacks_brand(text[cue.end() : end]))
            ):
                start = cue.end()
            else:
                break
        for left, right in places:
            # The place opens the name; what stands before it in the span is a verb or the like, not a body.
            # 青禾（云岭）公司
            if text[left - 1] in "（(" and left > start:
                continue
            if start < left and right <= end and left - start <= 12 and not self._level.match(text, start, left):
                inner = text[start:left]
                taken = any(a < left and start < b for a, b in places) or self._head.search(inner)
                if not taken and not BREAKS.search(inner) and len(inner) >= 2:
                    start = left
                    cut = True
                break
        # 旗下公司）: the cut took the bracket's other half
        while end > start and text[end - 1] in CLOSING and not closes(text, start, end):
            end -= 1
        if end - start < 2:
            return None
        if self._counted.search(text, max(0, start - 7), start) and self._counted_kind.search(text, start, end):
            return None
        sure = (
            cut
            or start > given
            or start == 0
            or not ("\u4e00" <= text[start - 1] <= "\u9fff")
            or text[start - 1] in self._single
            # 甲市财政局|甲市教育局
            or self._authority.search(text, max(0, start - 8), start) is not None
            or any(left == start for left, _ in places)
        )
        return Fitted(start, end, sure)

    def _nothing_left(self, text: str, start: int, cue: int, end: int) -> bool:
        """Whether a cue of one character parts a name into what is none: 青汽本|田."""
        return end - cue == 1 and self._head.search(text, start, cue) is None

    def _lacks_brand(self, rest: str) -> bool:
        """Whether only a character is left before a firm's trade: 青科技."""
        return rest[1:] in self._trades and rest not in self._trades

    def _counts(self, text: str, at: int) -> bool:
        """Whether a counter after a number stands there (2020年|财政局, 5家|银行), or a seat (在沪|国家机构)."""
        if at == 0:
            return False
        before = text[at - 1]
        if before in self._seated_in and self._seated.match(text, at):
            return True
        # 2020年|度, 前8个|月
        if before + text[at] in ("年度", "个月"):
            return True
        return text[at] in self._counters and (before.isdigit() or before in self._numerals)


def _unpaired(text: str, at: int, end: int) -> bool:
    """Whether a mark stands there that closes nothing, or opens what `text[:end]` does not close."""
    mark = text[at]
    return mark in CLOSING or (mark in OPENING and CLOSING[OPENING.index(mark)] not in text[at:end])


def _unopened(name: str) -> bool:
    closing = re.search("[（()）]", name)
    return closing is not None and closing[0] in "）)"
