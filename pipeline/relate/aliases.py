"""The full form that a short, abbreviated or elliptical name stands for within its document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.document import Document, Mention, Organization, OrganizationLinks
from pipeline.recognize.names.short_names import declared
from pipeline.relate.full_names import FullNames
from pipeline.relate.short_forms import ShortForms
from pipeline.rulebook import Rulebook, alternation

_PRICE = re.compile("[（(][-+0-9.,，%％]+[)）]")


class Aliases:
    """Sets the canonical name of every organization.

    A full form in the same article counts before one elsewhere, and one in its text before one in a caption, which may
    belong to another article of the page.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._forms = ShortForms(rulebook)
        organs = {word for words in ("place_organs", "own_organs", "party_organs") for word in rulebook.words(words)}
        self._departments = frozenset(rulebook.words("party_departments", "own"))
        self._committees = rulebook.groups("committees")
        organs.update(rulebook.words("party_departments", "bare"))
        posts, prefixes = alternation(rulebook.words("post_heads")), alternation(rulebook.words("post_prefixes"))
        joints = alternation(("、", "，", *rulebook.words("conjunctions", "and"), *rulebook.words("post_joints")))
        # 甲高新区管委会总工程师、工委书记: a post may stand between two bodies of one head
        self._joint = re.compile(rf"\s*(?:{prefixes}{{0,3}}{posts})?{joints}?\s*")
        self._organs = tuple(sorted(organs, key=len, reverse=True))
        self._owning = rulebook.words("behind_names", "owning")

    def __call__(self, document: Document) -> list[Mention]:
        """The document's mentions, the organizations among them with links."""
        text = document.text.text
        bodies = [(i, m) for i, m in enumerate(document.mentions) if isinstance(m.value, Organization)]
        starts = [a.start for a in document.articles]
        captions = sorted((b.start, b.end) for b in document.blocks if b.role in ("caption", "repeat"))
        every = FullNames(self._forms)
        by_article = [FullNames(self._forms) for _ in document.articles]
        by_running_text = [FullNames(self._forms) for _ in document.articles]
        for full, start in sorted(self._names(text, [m for _, m in bodies]), key=lambda n: n[1]):
            article = bisect_right(starts, start) - 1
            every.add(full, start)
            by_article[article].add(full, start)
            caption = bisect_right(captions, (start, len(text))) - 1
            if caption < 0 or captions[caption][1] <= start:
                by_running_text[article].add(full, start)
        # the user's gazetteer says what a name stands for
        given = {_squeezed(text, m): m.options["name"] for _, m in bodies if "name" in m.options}
        declarations = dict(declared(text, {m.end: _squeezed(text, m) for _, m in bodies}))
        apart = {
            (_squeezed(text, one), _squeezed(text, other))
            for (_, one), (_, other) in pairwise(bodies)
            if other.start - one.end <= 6 and text.startswith(self._owning, one.end)
        }
        mentions = list(document.mentions)
        previous: Mention | None = None
        for i, mention in bodies:
            written = _squeezed(text, mention)
            if written in given:
                mentions[i], previous = mention.linked(OrganizationLinks(given[written])), mention
                continue
            full = declarations.get(written) or self._with_head_of(text, previous, mention) or written
            article = bisect_right(starts, mention.start) - 1
            scopes = (by_running_text[article], by_article[article], every)
            if mention.value == Organization("zone") and (head := self._forms.zone_before(full)):
                # 高新区海棠园区 of 云岭高新区
                outer = next((name for scope in scopes if (name := scope.meant_by(head, mention.start))), head)
                full = outer + full[len(head) :]
            # a short form of a short form: 茶协 → 省茶协 → 省茶叶协会
            for _ in range(3):
                longer = next((name for scope in scopes if (name := scope.meant_by(full, mention.start))), None)
                # 青禾茶业's 青禾茶业贸易公司 is no other name of its own
                if longer is None or (full, longer) in apart:
                    break
                full = longer
            mentions[i] = mention.linked(OrganizationLinks(given.get(full, full)))
            previous = mention
        self._share_types(text, mentions, [i for i, _ in bodies])
        return mentions

    def _share_types(self, text: str, mentions: list[Mention], bodies: Sequence[int]) -> None:
        """Gives a short form the type that its full name's own words tell: 茶采中心, 云岭市茶叶采购中心."""
        types = {_squeezed(text, mentions[i]): mentions[i].value for i in bodies}
        for i in bodies:
            mention, links = mentions[i], mentions[i].links
            if isinstance(links, OrganizationLinks) and types.get(links.name, mention.value) != mention.value:
                mentions[i] = mention.valued(types[links.name], links)

    def _names(self, text: str, bodies: Sequence[Mention]) -> Iterator[tuple[str, int]]:
        for mention in bodies:
            name = _squeezed(text, mention)
            yield name, mention.start
            # 云岭高新区 of 云岭高新区党工委
            if zone := self._forms.zone_within(name):
                yield zone, mention.start
        for one, other in pairwise(bodies):
            if full := self._with_head_of(text, one, other):
                yield full, other.start

    def _with_head_of(self, text: str, one: Mention | None, other: Mention) -> str | None:
        """甲市委、市政府: the second body's full name by the first one's place."""
        if one is None or not 0 < other.start - one.end <= 8 or not self._joint.fullmatch(text, one.end, other.start):
            return None
        first, second = text[one.start : one.end], text[other.start : other.end]
        if second in self._departments and self._of_party(first):
            # 临川市委常委、组织部部长
            return first + second
        organ = next((o for o in self._organs if first.endswith(o)), None)
        if organ == first:
            # 自治区党委 names no place, but its level
            organ = next((o for o in self._organs if first.endswith(o) and len(first) - len(o) >= 3), None)
        if organ is None or len(first) - len(organ) < 3:
            return None
        head = first[: -len(organ)]
        # 甲区区委 is 甲区's 区委
        if head[-1] == head[-2]:
            head = head[:-1]
        if second in self._organs:
            return head + second
        if head.endswith(second[:1]) and second[1:] in self._organs:
            return head + second[1:]
        return None

    def _of_party(self, name: str) -> bool:
        return name.endswith(self._committees["party"]) and not name.endswith(self._committees["others"])


def _squeezed(text: str, mention: Mention) -> str:
    return _PRICE.sub("", "".join(text[mention.start : mention.end].split()))
