"""What rules and model propose, fitted: where a name begins and ends, and whether it is one at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import Entity, Mention
from pipeline.recognize.merge import Candidate
from pipeline.recognize.names.boundaries import Fitted, NameBoundaries
from pipeline.recognize.names.coordinations import ActingPlaces, FirmLists, PlatformLists
from pipeline.recognize.names.people import PersonNames
from pipeline.recognize.names.plausibility import Plausibility
from pipeline.recognize.names.shared_heads import SharedHeads
from pipeline.recognize.names.zones import ZoneNames
from pipeline.rulebook import Rulebook

_REACH = 40
"""Code points that a name with an open left side can be long; its pattern takes the whole clause before the head."""
_OVER_RULES = 4
"""A priority above those of the rules."""
_PLACE = re.compile("[\u4e00-\u9fff]{2,6}(?:[市县州旗省]|[^联同]盟|[^新]片区|[^片园港新发济验范作税资工军分战备]区)")
_LEAD = re.compile("[\u4e00-\u9fff]{2,8}")
_ORGANIZES = "组织"
_DIGITS = frozenset("〇零一二三四五六七八九十")
_MODEL_NUMBER = re.compile("[A-Z]{1,3}[0-9]|-[A-Z]")
"""What follows a brand that stands for a product: 星云|A6."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sentence and its text say about where names begin: `places` and `bodies` are what the model takes for
    such in the sentence, `zones` the zones that the text knows.
    """

    places: Sequence[tuple[int, int]]
    bodies: Sequence[Entity]
    zones: frozenset[str]

    def known(self, fit: Fitted) -> bool:
        """Whether a place or a body that the model found opens the name, or the model's body reaches into its end."""
        return any(start == fit.start for start, _ in self.places) or any(
            e.start == fit.start or (0 < e.start - fit.start <= 2 and fit.end == e.end) for e in self.bodies
        )

    def without_lead(self, text: str, fit: Fitted) -> Fitted:
        """The name from where the model's body begins that ends with it: 挂牌|云岭大学茶学院, 底共有|共青团."""
        body = next((e for e in self.bodies if e.end == fit.end and e.start - fit.start >= 2), None)
        if body is None or any(start == fit.start for start, _ in self.places):
            return fit
        return Fitted(body.start, fit.end, sure=True) if _LEAD.fullmatch(text, fit.start, body.start) else fit


class NameFitter:
    """Fits the names of one sentence; `model` stands as the source of what only the model found."""

    def __init__(
        self,
        rulebook: Rulebook,
        model: str,
        boundaries: NameBoundaries,
        plausibility: Plausibility,
        people: PersonNames,
        zones: ZoneNames,
    ) -> None:
        self._model = model
        self._boundaries = boundaries
        self._plausibility = plausibility
        self._people = people
        self._zones = zones
        self._firms = FirmLists(rulebook, boundaries, plausibility)
        self._platforms = PlatformLists(rulebook, boundaries, plausibility)
        self._shared_heads = SharedHeads(rulebook, boundaries)
        self._acting = ActingPlaces(rulebook)
        self._levels = frozenset(rulebook.words("levels"))
        self._all = frozenset(rulebook.words("all_before"))
        self._some = frozenset(rulebook.words("some_before"))
        self._between_levels = frozenset(rulebook.words("level_pairs"))
        self._two_levels = frozenset(rulebook.words("level_pairs", "at_the_beginning"))
        self._cues = frozenset(rulebook.words("name_cues", "single"))
        self._trades = frozenset(rulebook.words("firm_trades"))
        self._world = rulebook.words("own_body_starts", "world")
        self._quarters = rulebook.words("quarters")
        self._regions = frozenset((*rulebook.words("provinces"), *rulebook.words("cities")))
        self._acts_with, self._acts_after = rulebook.words("acting_together", "with"), rulebook.words("acts_after")
        self._under_way = re.compile(
            f"项目{rulebook.any_of('under_way', 'how')}?{rulebook.any_of('under_way', 'deeds')}"
        )
        item = "[^，。；、等和与\\n]{1,14}"
        self._listed = re.compile(
            f"(?:[、和与]{item}){{0,6}}等[^，。；的\\n]{{0,10}}?{rulebook.any_of('no_body_nouns')}"
        )
        self._headed = re.compile(rf"长(?:{rulebook.any_of('person_verbs')}|[，,。、；;：:的级])")
        self._with_heads = rulebook.words("authority_ends", "with_heads")
        self._authorities = rulebook.words("authority_ends", "any")
        self._with_sections = rulebook.words("authority_ends", "with_sections")
        self._sections = rulebook.words("authority_ends", "sections")

    def __call__(
        self, text: str, candidates: Iterable[Candidate], entities: Sequence[Entity], evidence: Evidence
    ) -> Iterator[Candidate]:
        """The rules' `candidates` and the model's `entities` that are names, as far as they are; the rules' first."""
        stubs = [(e.start, e.start + 2) for e in evidence.bodies if self._stub(text, e.start)]
        if stubs:
            evidence = replace(evidence, places=sorted([*evidence.places, *stubs]))
        places = evidence.places
        ruled = [c for candidate in candidates for c in self._by_rule(text, candidate, evidence)]
        # 招商局 is a department's name, but a firm's among firms
        ruled += [
            Candidate(
                _organization(*span, "organizations.firm_list")._replace(options={"type": "company"}),
                _OVER_RULES if text.endswith(self._authorities, *span) else 0,
            )
            for span in self._firms(text, places)
        ]
        ruled += [
            Candidate(_organization(*span, "organizations.platform_list")) for span in self._platforms(text, places)
        ]
        ruled += [
            Candidate(
                _organization(m.start, m.end, "organizations.shared_head")._replace(
                    captures={"full": m.name}, options={"name": m.name}
                )
            )
            for m in self._shared_heads(text, entities)
        ]
        ruled += [
            Candidate(_organization(start, end, "organizations.acting_places")) for start, end in self._acting(text)
        ]
        ruled += [
            Candidate(_organization(start, end, "organizations.acting_places")._replace(options={"type": "government"}))
            for start, end in self._acting.at_work(text, [(e.start, e.end) for e in entities if self._place(text, e)])
        ]
        yield from ruled
        bodies = [(c.mention.start, c.mention.end) for c in ruled if c.mention.kind == "organization"]
        for entity in self._joined_sections(text, entities):
            if entity.kind == "person":
                for start, end in self._people.fit(text, entity.start, entity.end):
                    yield Candidate(Mention("person", start, end, self._model, normalizer="person"))
            elif entity.kind == "organization":
                start, end = self._boundaries.begins_inside_a_cue(text, entity.start), entity.end
                # 云南|组织申报
                if text.endswith(_ORGANIZES, start, end) and text[start : end - len(_ORGANIZES)] in self._regions:
                    end -= len(_ORGANIZES)
                for fit in self._boundaries.fit(text, start, end, places, whole=True):
                    if not self._any_of_its_kind(text, fit.start) and self._vouched(
                        text, fit.start, fit.end, bodies, places
                    ):
                        found = _organization(fit.start, fit.end, self._model)
                        if text[fit.start : fit.end] in self._regions:
                            found = found._replace(options={"type": "government"})
                        yield Candidate(found)

    def _by_rule(self, text: str, candidate: Candidate, evidence: Evidence) -> Iterator[Candidate]:
        mention = candidate.mention
        opens = mention.options.get("opens")
        if mention.kind == "organization" and self._any_of_its_kind(text, mention.start):
            return
        if mention.kind == "person":
            for start, end in self._people.fit(text, mention.start, mention.end):
                yield Candidate(mention.at(start, end), candidate.priority)
        elif mention.kind != "organization":
            yield candidate
        elif mention.options.get("left") != "open":
            end = self._boundaries.endings.without_seat(text, mention.start, mention.end)
            name = text[mention.start : end]
            if opens == "brand":
                plausible = self._plausibility.branded(name)
            else:
                plausible = opens != "proper" or self._plausibility.body(name) or self._plausibility.of_level(name)
            if plausible:
                yield Candidate(mention.at(mention.start, end), candidate.priority)
        else:
            start = max(mention.start, mention.end - _REACH)
            if mention.options.get("type") == "company":
                start = self._boundaries.after_conjunction(text, start, mention.end)
            for fit in self._boundaries.fit(text, start, mention.end, evidence.places):
                shorter = evidence.without_lead(text, fit) if opens != "level" else fit
                if not self._boundaries.ends_in_head(text[fit.start : shorter.start]):
                    fit = shorter
                name = text[fit.start : fit.end]
                if self._any_of_its_kind(text, fit.start):
                    continue
                if mention.options.get("type") == "zone" and not self._zones.named(
                    name, evidence.zones, sure=fit.sure and not self._plausibility.generic(name)
                ):
                    continue
                known = evidence.known(fit) or (opens == "known" and self._plausibility.opens_like_a_body(name))
                # 市交易中心 is the one of its city, general as its words may be
                plausible = self._plausibility.body(name) or (opens == "level" and self._plausibility.of_level(name))
                if mention.options.get("type") == "company" and self._plausibility.trade(name):
                    continue
                if (known or (fit.sure and opens != "known")) and plausible:
                    found = mention.at(fit.start, fit.end)
                    # 甲研究所与乙公司: the rule's type is the last one's
                    yield Candidate(
                        found if fit.end >= mention.end else found._replace(options={}),
                        candidate.priority,
                    )

    def _any_of_its_kind(self, text: str, start: int) -> bool:
        """各|区人民政府, 全|市综治中心, 一家|太阳能公司, 市|县政府, 直辖|市政府."""
        if text[start - 1 : start + 1] in self._between_levels or text[start : start + 2] in self._two_levels:
            return True
        return text[start - 2 : start] in self._some or (
            text[start - 1 : start] in self._all and text[start : start + 1] in self._levels
        )

    def _vouched(
        self,
        text: str,
        start: int,
        end: int,
        bodies: Sequence[tuple[int, int]],
        places: Sequence[tuple[int, int]],
    ) -> bool:
        """Whether a name stands that the model alone proposes; `bodies` are the rules' in the same sentence."""
        name = text[start:end]
        label = _quoted(text, start, end) and not self._plausibility.opens_with_a_region(name)
        # 一九|八一
        if text[start - 1 : start] in _DIGITS and text[start] in _DIGITS:
            return False
        # 青禾科技|新城
        if text.startswith(self._quarters, end) and not name.endswith(self._with_sections):
            return False
        # 云南投入资金
        region = name in self._regions
        if (region or _PLACE.fullmatch(name)) and not self._acts(text, start, end):
            return False
        # 全国工商联茶叶商会: general words behind a body that the rules know
        plausible = region or self._plausibility.modelled(name) or self._opened(name, start, bodies)
        # 国际茶叶联盟: there is one for its field
        plausible = plausible or (
            len(name) > 4 and name.startswith(self._world) and self._boundaries.ends_in_head(name)
        )
        # 远方汽车: a brand may be a common word; 国际汽车 and 德国汽车 are none
        if name[2:] in self._trades and not name.startswith(self._world):
            plausible = plausible or not self._plausibility.trade(name)
        if label or not plausible or _MODEL_NUMBER.match(text, end):
            return False
        # 青国商务部|长宣布: who heads it
        if self._headed.match(text, end) and name.endswith(self._with_heads):
            return False
        # 云岭海|项目全面封顶
        if self._under_way.match(text, end) and not self._boundaries.ends_in_head(name):
            return False
        # 云石、海棠等重点公路
        if len(name) <= 4 and self._listed.match(text, end) and not self._boundaries.ends_in_head(name):
            return False
        # 云石、海棠: places beside it in the list
        if len(name) <= 4 and _listed_with(text, start, end, places) and not self._boundaries.ends_in_head(name):
            return False
        inside = [(a, b) for a, b in bodies if start <= a and b <= end and b - a < end - start]
        # 党中央站|在: a body that the rules know, and a rest that is none
        if inside and not self._boundaries.ends_in_head(name):
            return False
        # 驻甲|解放军
        if any(a == start + 1 and b == end for a, b in inside):
            return False
        # 甲总局督办乙总台 are two: something stands between them
        if any(a == start and d == end and b < c for a, b in inside for c, d in inside):
            return False
        # 甲省委省政府 are two
        return sum(b - a for a, b in set(inside)) < end - start or not any(b == end for _, b in inside)

    def _stub(self, text: str, start: int) -> bool:
        """Whether a place's name opens a model's body there that has a cue for its second character: 青都|区委."""
        return text[start + 1 : start + 2] in self._cues and text[start + 2 : start + 3] in self._levels

    def _joined_sections(self, text: str, entities: Sequence[Entity]) -> Iterator[Entity]:
        """The entities, a bureau's section joined to it: 青石县水利局|工程管理科."""
        held: Entity | None = None
        for entity in entities:
            if held is not None:
                if (
                    entity.start == held.end
                    and entity.kind == held.kind == "organization"
                    and text.endswith(self._with_sections, held.start, held.end)
                    and text.endswith(self._sections, entity.start, entity.end)
                ):
                    held = held._replace(end=entity.end)
                    continue
                yield held
            held = entity
        if held is not None:
            yield held

    def _place(self, text: str, entity: Entity) -> bool:
        """Whether an entity is a place, even one that the model takes for a body: 云岭省取消收费."""
        if entity.kind == "organization":
            name = text[entity.start : entity.end]
            return name in self._regions or _PLACE.fullmatch(name) is not None
        return entity.kind == "place"

    def _opened(self, name: str, start: int, bodies: Sequence[tuple[int, int]]) -> bool:
        """Whether one of `bodies` opens the name, and a head closes it."""
        return self._boundaries.ends_in_head(name) and any(a == start and 2 < b - a < len(name) for a, b in bodies)

    def _acts(self, text: str, start: int, end: int) -> bool:
        """Whether a place acts there like a body: 与甲市签约, 甲市出台办法."""
        return text[start - 1 : start] in self._acts_with or text.startswith(self._acts_after, end)


def _organization(start: int, end: int, source: str) -> Mention:
    return Mention("organization", start, end, source, normalizer="organization")


def _listed_with(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a list has one of `places` right before or behind the span."""
    return (text[start - 1 : start] == "、" and any(b == start - 1 for _, b in places)) or (
        text[end : end + 1] == "、" and any(a == end + 1 for a, _ in places)
    )


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether quotation marks enclose just the span: a slogan or a label."""
    return start > 0 and end < len(text) and text[start - 1] in '“‘"' and text[end] in '”’"'
