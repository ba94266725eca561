"""Where a name begins and ends: models and open patterns take too much or too little."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from pipeline.rulebook import Rulebook

_OPENING, _CLOSING = "（(“‘《【[", "）)”’》】]"
_EDGE = re.compile(
    r"[\s　,，。.、；;：:！!？?—–\-~～●■▶◆★*·…/|0-9%％]+"
    r"|[一二两三四五六七八九十]{1,2}年(?=[省市县区])"
    r"|第[一二三四五六七八九十百]{1,4}[条章节款批]|[余多]+[位家个名所座]"
)
_CONJUNCTIONS = frozenset("和与及同")
_COUNTERS, _NUMERALS = "年月日号个家位名项所座条批", "一二两三四五六七八九十几多余数各每这那"
_GLOSS = re.compile(r"[（(]([^（）()\n]{1,20})[)）]")
# （下称启明集团）, （系启明集团子公司）
_EXPLAINS = re.compile("[简下以统]称|^[系原现即]|[子母]公司$")
_CLOSE = re.compile(r"[^（）()，,。\n]{0,20}[)）]")
# 青禾|（云岭）机械公司: a model began after the bracket
_BEFORE_BRACKET = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,4}[（(]$")
_LETTER = re.compile("[A-Za-z]")
# 青禾科技|合作
_DEED = re.compile("(?:战略)?(?:合作|签约|签署|联合|联手|携手|共同|参加|参与|推出|宣布|举行|举办)$")
# 5个|海棠实验室: as many as there are
_COUNTED = re.compile("(?:(?<![0-9])[2-9]|[0-9]{2,4}|[两三四五六七八九十]{1,3})余?[个家所]$|第一[个家所]$")
_COUNTED_KIND = re.compile("(?:实验室|研究院|研究所|中心|平台|工作站|学校|医院|中学|小学)$")
# 在沪|国家实验室
_HERE = re.compile("[京津沪渝冀辽浙皖闽赣鲁豫鄂湘粤琼川蜀黔滇陇桂深穗汉蓉](?=国家|中央|央企|高校|全国|企业|重点|部属)")
_KIN = re.compile("(?<=公司|集团)(?:下属|全资)?(?:子|母|成员)公司$")
_SITE = re.compile("(?:工厂|基地|总部|分部)$")
_BY_WHOM = re.compile("(?:基金|资本|公司|集团|银行|科技|股份)(?=所(?:投资|属|需|提供|生产|做|在))")
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
            rf"(?P<part>{kept})|{cues}|{counts}|—{{2}}|–|(?<=[\u4e00-\u9fff])[\s>]+(?=[\u4e00-\u9fff])"
        )
        self._leading = re.compile(f"(?!{kept})(?:{_alternation(rulebook.words('name_cues'))})")
        self._joint = re.compile(f"(?!{kept})(?:{_alternation(rulebook.words('name_cues', 'joint'))})")
        self._conjunction = re.compile(rf"(?P<part>{kept})|[和与及]|企业(?=[\u4e00-\u9fff]{{2,6}}集团)")
        self._spanning = re.compile(
            _alternation(w for w in rulebook.words("name_cues", "anywhere") if len(w) > 2 or w == "其中")
        )
        self._single = frozenset(rulebook.words("name_cues", "single"))
        heads = rulebook.meanings("organization_heads")
        self._head = re.compile(f"(?:{_alternation(heads)})$")
        self._organ = re.compile("(?:局|委员会|政府|厅|办公室)$")
        self._place = re.compile(f"(?:{_alternation(rulebook.words('place_suffixes'))})$")
        self._committee = re.compile("(?:党委|党组|党支部|党总支)$")
        self._seat = re.compile("(?:副?书记|委员|成员|常委)")
        self._extension = re.compile(rf"(?:{_alternation(rulebook.words('head_extensions'))})")
        self._regions = frozenset((*rulebook.words("provinces"), *rulebook.words("countries"), "中国"))
        self._region = re.compile(_alternation(self._regions))
        self._post = re.compile(f"(?:{_alternation(rulebook.words('post_heads'))})")
        self._level = re.compile(f"(?:{_alternation((*rulebook.words('levels'), *rulebook.words('provinces')))})")

    def fit(self, text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> Iterator[Fitted]:
        """The names in the span `text[start:end]`, in text order; `places` are spans that a model takes for places.

        The last one reaches to the span's end or beyond; earlier ones (甲局会同乙局) must end in a head.
        """
        # S|onyx: a model began within a word
        while start > 0 and _LETTER.match(text, start) and _LETTER.match(text, start - 1):
            start -= 1
        end = self._right(text, start, end)
        if _unopened(text[start:end]) and (before := _BEFORE_BRACKET.search(text, max(0, start - 5), start)):
            start = before.start()
        # 启明|云岭工厂: a site is no part of the name
        if site := _SITE.search(text, start, end):
            inner = [left for left, right in places if start + 2 <= left and right <= site.start()]
            region = self._region.search(text, start + 2, site.start())
            end = min([*inner, region.start() if region else end])
        pieces = list(self._pieces(text, start, end, places))
        for index, (left, right) in enumerate(pieces):
            last = index == len(pieces) - 1
            if last or (self._head.search(text, left, right) and not self._place.search(text, left, right)):
                fitted = self._left(text, left, right, places, cut=left > start)
                if fitted is not None:
                    yield fitted

    def begins_inside_a_cue(self, text: str, start: int) -> int:
        """Where a model's name begins that it took from within a word: 控股股|东青禾集团 begins at 青."""
        for at in range(max(0, start - 3), start):
            if (cue := self._spanning.match(text, at)) and start < cue.end():
                return cue.end()
        return start

    def after_conjunction(self, text: str, start: int, end: int) -> int:
        """The conjunction before a firm's name in a span that may hold another noun: 消费|和青禾集团."""
        for joint in self._conjunction.finditer(text, start, end):
            # 启明集团和青禾集团 are two firms, which `fit` parts
            if joint["part"] is None and not self._head.search(text, start, joint.start()):
                start = joint.start()
        return start

    def ends_in_head(self, name: str) -> bool:
        """Whether a name closes with the regular head of a body."""
        return self._head.search(name) is not None

    def _pieces(self, text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        left, lefts = start, {a for a, _ in places}
        for match in self._cue.finditer(text, start, end):
            # 青都: what stands inside a place's name is no cue
            inside = any(a <= match.start() and match.end() <= b < end and b - a <= 4 for a, b in places)
            if match["part"] is None and match.end() < end and not inside:
                if match.start() > left:
                    yield from self._joined(text, left, match.start(), lefts)
                left = match.end()
        yield from self._joined(text, left, end, lefts)

    def _joined(self, text: str, start: int, end: int, places: Set[int]) -> Iterator[tuple[int, int]]:
        left = start
        for joint in self._joint.finditer(text, start, end):
            follows = joint.end() in places or self._level.match(text, joint.end(), end) is not None
            # 云南和|青石海关
            if joint[0] in _CONJUNCTIONS and text[left : joint.start()] in self._regions:
                follows = True
            if joint.end() < end and (self._head.search(text[left : joint.start()]) or follows):
                # 大型茶企业|青禾集团: what the company is, no body
                if joint.start() > left and joint[0] not in ("企业", "基地"):
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
            elif (
                (cue := self._leading.match(text, start, end))
                and end - cue.end() >= 2
                # 启明集团和|同禾集团
                and not (cue[0] in _CONJUNCTIONS and text[start - 1 : start] in _CONJUNCTIONS)
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
                if not taken and not _BREAKS.search(inner) and len(inner) >= 2:
                    start = left
                    cut = True
                break
        # 旗下公司）: the cut took the bracket's other half
        while end > start and text[end - 1] in _CLOSING and not _closes(text, start, end):
            end -= 1
        if end - start < 2:
            return None
        if _COUNTED.search(text, max(0, start - 7), start) and _COUNTED_KIND.search(text, start, end):
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
        while end > start and text[end - 1] in _CLOSING and not _closes(text, start, end):
            end -= 1
        if (deed := _DEED.search(text, start, end)) and deed.start() - start >= 4:
            end = deed.start()
        # 启明集团|子公司
        if (kin := _KIN.search(text, start, end)) and kin.start() - start >= 4:
            end = kin.start()
        # 青禾基金所|投资
        if by := _BY_WHOM.search(text, start, min(end + 2, len(text))):
            end = min(end, by.end())
        # 财政局局|长: the post's first character was taken for the name's last
        if end - start > 3 and self._post.match(text, end - 1) and self._head.search(text[start : end - 1]):
            end -= 1
        end = self.without_seat(text, start, end)
        if _open_bracket(text[start:end]):
            closing = _CLOSE.match(text, end)
            end = closing.end() if closing else text.rindex("（" if "（" in text[start:end] else "(", start, end)
        # 第一集团|军
        if text.startswith("军", end) and text.endswith("集团", start, end):
            end += 1
        if (more := self._extension.match(text, end)) and not self._post.match(text, more.end() - 1):
            end = more.end()
        gloss = _GLOSS.match(text, end)
        if gloss and (self._belongs(gloss[1]) or (gloss[1] in self._regions and self._head.search(text, start, end))):
            end = gloss.end()
        return end

    def without_seat(self, text: str, start: int, end: int) -> int:
        """The end of the name without the committee that belongs to a seat: 启明集团|党委委员, 省财政厅|党组书记."""
        party = self._committee.search(text, start, end)
        owner = text[start : party.start()] if party else ""
        # 青石镇党委|书记
        placed = owner.endswith("政府") or self._place.search(owner)
        if party and self._seat.match(text, end) and self._head.search(owner) and not placed:
            return party.start()
        return end

    def _belongs(self, gloss: str) -> bool:
        return (gloss.isascii() and gloss.replace(" ", "").isupper() and len(gloss) <= 8) or (
            len(gloss) >= 3
            and not _BREAKS.search(gloss)
            and self.ends_in_head(gloss)
            and not self._cue.match(gloss)
            and not _EXPLAINS.search(gloss)
        )


def _counts(text: str, at: int) -> bool:
    """Whether a counter after a number stands there (2020年|财政局, 5家|银行), or a seat (在沪|国家机构)."""
    if text[at - 1 : at] in ("在", "驻") and _HERE.match(text, at):
        return True
    if at > 0 and text[at - 1 : at + 1] == "年度":
        return True
    return at > 0 and text[at] in _COUNTERS and (text[at - 1].isdigit() or text[at - 1] in _NUMERALS)


def _unpaired(text: str, at: int, end: int) -> bool:
    """Whether a mark stands there that closes nothing, or opens what `text[:end]` does not close."""
    mark = text[at]
    return mark in _CLOSING or (mark in _OPENING and _CLOSING[_OPENING.index(mark)] not in text[at:end])


def _open_bracket(name: str) -> bool:
    return sum(map(name.count, "（(")) > sum(map(name.count, "）)"))


def _closes(text: str, start: int, end: int) -> bool:
    """Whether the bracket at the span's end closes one within."""
    return _OPENING[_CLOSING.index(text[end - 1])] in text[start:end]


def _unopened(name: str) -> bool:
    closing = re.search("[（()）]", name)
    return closing is not None and closing[0] in "）)"


def _alternation(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))
