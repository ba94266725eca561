"""Where a name ends: what closes it, and what follows it that is no part of it."""

from __future__ import annotations

import re

from pipeline.rulebook import Rulebook

OPENING, CLOSING = "（(“‘《【[", "）)”’》】]"
_GLOSS = re.compile(r"[（(]([^（）()\n]{1,20})[)）]")
_CLOSE = re.compile(r"[^（）()，,。\n]{0,20}[)）]")
_FOREIGN = re.compile(r"[A-Z][a-z]+(?:[ &.-]{1,3}[A-Za-z]+){0,5}")
_KIND = re.compile("[A-Z]型")
BREAKS = re.compile(r"[,，。；;：:！!？?、\s《》【】\[\]]")


class NameEndings:
    """Cuts what follows a body's name and adds the closing part that it lost.

    `cue` finds the words that part names, `edge` what no name begins or ends with.
    """

    def __init__(self, rulebook: Rulebook, cue: re.Pattern[str], edge: re.Pattern[str]) -> None:
        any_of = rulebook.any_of
        self._cue, self._edge = cue, edge
        self._head = re.compile(f"{any_of('organization_heads')}$")
        self._place = re.compile(f"{any_of('place_suffixes')}$")
        self._regions = frozenset(
            w for words in ("provinces", "countries", "own_country") for w in rulebook.words(words)
        )
        self._committee = re.compile(f"{any_of('committee_seats', 'committees')}$")
        self._seat = re.compile(any_of("committee_seats", "seats"))
        self._extension = re.compile(any_of("head_extensions"))
        self._post = re.compile(any_of("post_heads"))
        self._deed = re.compile(f"{any_of('behind_names', 'deeds')}$")
        self._kin = re.compile(f"{any_of('firm_kinds', 'firms')}(?P<kin>{any_of('behind_names', 'kin')})$")
        self._parent = re.compile(f"{any_of('behind_names', 'parents')}$")
        self._by_whom = re.compile(
            f"{any_of('firm_kinds', 'firms', 'banks', 'investors')}(?={any_of('behind_names', 'by_whom')})"
        )
        self._across = re.compile(any_of("behind_names", "across"))
        self._trade = re.compile(f"{any_of('firm_trades')}$")
        self._of_trade = re.compile(any_of("behind_names", "of_trades"))
        self._glosses = re.compile(
            f"{any_of('glosses', 'anywhere')}|^{any_of('glosses', 'at_the_beginning')}"
            f"|{any_of('glosses', 'at_the_end')}$"
        )

    def fit(self, text: str, start: int, end: int) -> int:
        """Where the name ends that a model or pattern takes for `text[start:end]`."""
        while end > start and (self._edge.fullmatch(text, end - 1, end) or text[end - 1] in OPENING):
            if text[end - 1].isdigit():
                break
            end -= 1
        while end > start and text[end - 1] in CLOSING and not closes(text, start, end):
            end -= 1
        if (deed := self._deed.search(text, start, end)) and deed.start() - start >= 4:
            end = deed.start()
        # 启明集团|子公司
        if (kin := self._kin.search(text, start, end)) and kin.start("kin") - start >= 4:
            end = kin.start("kin")
        # 启明|母公司
        if (parent := self._parent.search(text, start, end)) and parent.start() - start >= 2:
            end = parent.start()
        # 青禾基金所|投资
        if by := self._by_whom.search(text, start, min(end + 2, len(text))):
            end = min(end, by.end())
        # 青禾|中止合作
        if end - start > 2 and self._across.match(text, end - 1):
            end -= 1
        # 青禾证券汽车|行业分析师
        if (
            (trade := self._trade.search(text, start, end))
            and trade.start() - start >= 3
            and self._of_trade.match(text, end)
        ):
            end = trade.start()
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
        # 青石保税中心（B型）
        if _KIND.fullmatch(gloss):
            return True
        if gloss.isascii():
            # 青石公司（QSGS）, 青石公司（Stone Brook）
            return (gloss.replace(" ", "").isupper() and len(gloss) <= 8) or _FOREIGN.fullmatch(gloss) is not None
        return (
            len(gloss) >= 3
            and not BREAKS.search(gloss)
            and self._head.search(gloss) is not None
            and not self._cue.match(gloss)
            and not self._glosses.search(gloss)
        )


def _open_bracket(name: str) -> bool:
    return sum(map(name.count, "（(")) > sum(map(name.count, "）)"))


def closes(text: str, start: int, end: int) -> bool:
    """Whether the bracket at the span's end closes one within."""
    return OPENING[CLOSING.index(text[end - 1])] in text[start:end]
