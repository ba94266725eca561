"""Lists of names: what stands between 、 beside a name, or before 等…企业, is a name too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.recognize.names.boundaries import NameBoundaries
from pipeline.recognize.names.plausibility import Plausibility
from pipeline.rulebook import Rulebook

# Han without 等
_ITEM = r"“?[\u4e00-\u7b48\u7b4a-\u9fffA-Za-z0-9·]{2,12}(?:[（(][A-Za-z\u4e00-\u9fff]{2,10}[)）])?”?"

# 云的 is a name, 青禾的 none
_OF = re.compile("(?<=[^、和及与]{2})的$")


class FirmLists:
    """Finds 甲、乙、丙等…企业: firms by their brands, which neither models nor suffixes know."""

    def __init__(self, rulebook: Rulebook, boundaries: NameBoundaries, plausibility: Plausibility) -> None:
        # bounded all over: linear time
        gap = r"(?P<gap>[\u4e00-\u9fffA-Za-z0-9“”]{0,14}?)"
        close = rf"(?:等|[两二三四五六七八九十]{{1,2}}[大家个]){gap}(?P<noun>{rulebook.any_of('firm_nouns')})"
        self._close = re.compile(close)
        self._list = re.compile(rf"(?P<items>{_ITEM}(?:、{_ITEM}){{0,30}}(?:[和及与]{_ITEM})?){close}")
        # 等行业企业 are trades, 等自主品牌 products
        self._trades = re.compile(rulebook.any_of("no_firm_cues"))
        self._products = re.compile(rulebook.any_of("no_brand_cues"))
        # 等多家行业龙头企业 are firms
        self._many = re.compile(f"^{rulebook.any_of('many_of_a_trade')}")
        self._brands = rulebook.words("firm_nouns", "brands")
        self._of_goods = rulebook.words("behind_brands_of_goods")
        self._kind = re.compile(f"{rulebook.any_of('firm_nouns', 'firms')}(?=..)")
        self._industries = frozenset(rulebook.words("industries"))
        self._boundaries = boundaries
        self._plausibility = plausibility

    def __call__(self, text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The spans of the firms in `text`, in text order; `places` are spans that a model takes for places."""
        # most sentences have no such end, which is found sooner than what it ends
        for match in self._list.finditer(text) if self._close.search(text) else ():
            start, end = match.span("items")
            # 青禾、云石|在内四家企业
            items = match["items"].removesuffix("在内的").removesuffix("在内")
            # 青的三家企业, 青这三家企业
            end -= len(match["items"]) - len(_OF.sub("", items).removesuffix("这"))
            spans = [_unquoted(text, *span) for span in self._items(text, start, end)]
            branded = match["noun"] in self._brands
            # 云岭绿茶、海棠红茶等品牌价值居前
            if branded and text.startswith(self._of_goods, match.end()):
                continue
            # “青禾新枝”等品牌 are events and products
            if branded and "“" in match["items"]:
                continue
            cues = self._products if branded else self._trades
            if cues.search(self._many.sub("", match["gap"])):
                continue
            if all(s in places for s in spans):
                continue
            names = [text[start:end] for start, end in spans]
            # 红茶、红枣、红豆等品牌
            if branded and len(names) > 2 and len({name[0] for name in names}) == 1:
                continue
            # 时代重机 sounds general; between firms it is one
            if len(spans) > 1 and 3 * sum(map(self._firm, names)) >= 2 * len(names):
                yield from (s for s, name in zip(spans, names, strict=True) if name not in self._industries)

    def _items(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        first = True
        for match in re.finditer(r"[^、]+", text[start:end]):
            left, right = start + match.start(), start + match.end()
            # 生产茶油的|青禾集团, but 青的集团
            if (clause := match[0].rfind("的", 3, -2)) > 0:
                left += clause + 1
            # only the first one's left side is open
            for fitted in self._boundaries.fit(text, left, right, ()) if first else ():
                # what stands before a verb is none of the list: 云岭汽车形成以|启明
                if fitted.end >= right or text[fitted.end] in "和及与":
                    yield fitted.start, min(fitted.end, right)
            if not first:
                # 民企|启明
                left = kind.end() if (kind := self._kind.match(text, left, right)) else left
                pair = re.compile("以及|[和及与]").search(text, left + 2, right - 2) if right == end else None
                yield left, pair.start() if pair else right
                if pair:
                    yield pair.end(), right
            first = False

    def _firm(self, name: str) -> bool:
        return (
            2 <= len(name) <= 12
            and self._plausibility.body(name)
            and self._plausibility.brand(name)
            and name not in self._industries
            and not any(name.endswith(i) and len(name) - len(i) < 2 for i in self._industries)
        )


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    return start + text.startswith("“", start), end - text.endswith("”", start, end)


# Han without 等 and 个
_MEMBER = r"[\u4e00-\u4e29\u4e2b-\u7b48\u7b4a-\u9fffA-Za-z0-9“”]{3,16}"


class PlatformLists:
    """Finds 建成甲中心、乙实验室等4个平台: whoever counts or founds them means them one by one, not their kinds."""

    def __init__(self, rulebook: Rulebook, boundaries: NameBoundaries, plausibility: Plausibility) -> None:
        any_of = rulebook.any_of
        nouns = any_of("platform_nouns")
        number = rf"(?:[0-9]{{1,2}}|[两二三四五六七八九十]{{1,2}}){any_of('counters', 'bodies', 'buildings')}"
        close = (
            rf"等(?:{number}[\u4e00-\u9fff]{{0,10}}{nouns}"
            rf"|{any_of('founding', 'which')}[\u4e00-\u9fff]{{0,8}}{nouns}"
            rf"{any_of('founding', 'how')}?{any_of('founding', 'deeds')})"
        )
        self._close = re.compile(close)
        self._list = re.compile(rf"(?P<items>{_MEMBER}(?:[、和]{_MEMBER}){{0,9}})(?={close})")
        self._item = re.compile(rf"[^、]+?{any_of('platform_heads')}(?=[、和]|$)")
        self._boundaries = boundaries
        self._plausibility = plausibility

    def __call__(self, text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The spans of the list's members in `text`, in text order."""
        if not self._close.search(text):
            return
        for match in self._list.finditer(text):
            offset = match.start("items")
            spans = []
            for index, item in enumerate(self._item.finditer(match["items"])):
                start, end = offset + item.start(), offset + item.end()
                fits = list(self._boundaries.fit(text, start, end, places if index == 0 else ()))
                if fits and (fits[-1].sure or index):
                    spans.append((fits[-1].start, end))
            named = [not self._plausibility.generic(text[start:end]) for start, end in spans]
            # 新茶品孵化中心 sounds general; beside one that does not it is a name; 工程实验室 is too short for one
            if any(named):
                yield from (s for s, proper in zip(spans, named, strict=True) if proper or s[1] - s[0] >= 6)


# Han without 和, which divides a list: nothing to back-track over
_PLACE = "[\\u4e00-\\u548b\\u548d-\\u9fff]{2,8}"
_CLAUSE_MARKS = frozenset("，。；：,;:！？!? 　\n")


class ActingPlaces:
    """Finds 与甲新区、乙县联合推出: places that act together are bodies there."""

    def __init__(self, rulebook: Rulebook) -> None:
        before, after = (rulebook.any_of("acting_together", *side) for side in (("with", "by"), ("after",)))
        self._list = re.compile(rf"{before}(?P<items>{_PLACE}(?:[、和]{_PLACE}){{1,8}}){after}")
        self._place = re.compile(rf"[\u4e00-\u9fff]{{1,6}}{rulebook.any_of('place_suffixes')}")
        self._provinces = frozenset(rulebook.words("provinces"))
        self._no_bodies = frozenset(
            word for name in ("countries", "own_country", "wide_areas", "zone_kinds") for word in rulebook.words(name)
        )
        self._when = tuple(f"{word}{mark}" for word in rulebook.words("places_at_work", "when") for mark in "，,")
        how, deeds = (rulebook.any_of("places_at_work", part) for part in ("how", "deeds"))
        self._at_work = re.compile(f"将?{how}{deeds}|将{deeds}")
        lately, issuing, resolved, jointly, together = (
            rulebook.any_of("places_at_work", part) for part in ("lately", "issuing", "resolved", "jointly", "together")
        )
        self._issues = re.compile(
            f"{lately}?{issuing}(?!会)|{jointly}(?:[要将]|{together})|(?:还|也|正)?{resolved}(?![的性])|[还也]?将(?:{how}?{deeds}|{resolved}|{how}发展|把)"
        )
        self._helping = rulebook.words("places_at_work", "helping")
        self._helped = re.compile(f"{how}?{deeds}(?=[\u4e00-\u9fff“])|{together}")
        self._beside = rulebook.words("acting_together", "with")
        self._together = re.compile(together)

    def __call__(self, text: str) -> Iterator[tuple[int, int]]:
        """The spans of the places in `text`, in text order; a list counts where most of it are places."""
        for match in self._list.finditer(text):
            offset = match.start("items")
            spans = [(offset + m.start(), offset + m.end()) for m in re.finditer(r"[^、和]+", match["items"])]
            places = sum(self._place.fullmatch(text, start, end) is not None for start, end in spans)
            if 2 * places > len(spans):
                yield from spans

    def at_work(self, text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The spans among a model's `places` that act.

        They do something at a time that is told (今年，云岭和青石着力推动), or what only bodies do (云岭出台办法);
        others help them to do it (支持云岭市、青石县协同治理), or do it with them (与云岭、青石签署协议).
        """
        for index, (start, end) in enumerate(places):
            by_now, helped = text.endswith(self._when, 0, start), text.endswith(self._helping, 0, start)
            beside = text.endswith(self._beside, 0, start)
            if not (by_now or helped or beside) and start and text[start - 1] not in _CLAUSE_MARKS:
                continue
            spans = [(start, end)]
            for left, right in places[index + 1 :]:
                if left != end + 1 or text[end] not in "、和与":
                    break
                spans.append((left, right))
                end = right
            acts = self._helped if helped else self._together if beside else self._issues
            # 云岭、青石协同治理, 支持云岭、青石一体推进
            both = len(spans) > 1 and self._together.match(text, end) is not None
            # a headline needs no time
            headed = not start and text[start:end] in self._provinces
            if ((by_now or headed) and self._at_work.match(text, end)) or both or acts.match(text, end):
                yield from (s for s in spans if self._local(text[slice(*s)], longest=3 if both or helped else 2))

    def _local(self, name: str, longest: int) -> bool:
        plain = 2 <= len(name) <= longest or name in self._provinces
        return name not in self._no_bodies and (plain or self._place.fullmatch(name) is not None)
