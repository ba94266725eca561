"""What the names of an article say about each other: which was cut, which is too long, which is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

from pipeline.document import Mention
from pipeline.recognize.names.plausibility import Plausibility
from pipeline.rulebook import Rulebook

_HAN = re.compile("[\u4e00-\u9fff]")
_SHORT = 3
"""Code points, at most, of a name that a model may have cut by one."""


class Corrections:
    """Cuts, lengthens and drops an article's names by what else stands in it."""

    def __init__(self, rulebook: Rulebook, plausibility: Plausibility) -> None:
        self._plausibility = plausibility
        self.closed = frozenset(
            word
            for words in (
                "party_organs",
                "mass_organizations",
                "state_organs",
                "ministries",
                "national_companies",
                "bare_zones",
                "own_organs",
            )
            for word in rulebook.words(words)
        )
        """What the rules find by themselves, and know where it is none."""
        self._several = frozenset(rulebook.words("bare_zones", "development"))
        self._counted = re.compile(
            f"[0-9几多两三四五六七八九十]个(?P<kind>{rulebook.any_of('bare_zones', 'development', 'trade')})"
        )
        self._provincial = rulebook.words("speaking_of", "provinces")
        self._municipal = rulebook.words("speaking_of", "cities")
        self._adverbs = frozenset(rulebook.words("adverbs_after_names"))
        self._no_ends = self._adverbs | frozenset(rulebook.words("name_cues", "single"))

    def __call__(self, text: str, content: str, mentions: Sequence[Mention], firms: Set[str]) -> list[Mention]:
        """The mentions of an article in `text`, whose `content` names the `firms` time and again."""
        if kinds := self._kinds(content):
            mentions = _without(kinds, text, mentions)
        # 抵消|青禾汽车: a model took too much
        found = [m for m in mentions if m.kind != "organization" or not _torn(text[m.start : m.end], firms)]
        return self._with_known_people(text, content, self._whole(text, content, found))

    def _of_a_province(self, content: str) -> bool:
        """Whether the article speaks of a province, which has several 高新区 and 经开区."""
        return sum(map(content.count, self._provincial)) > 2 and not any(word in content for word in self._municipal)

    def _kinds(self, content: str) -> Set[str]:
        """高新区 and the like where the article has several of them, since it counts them or speaks of a province."""
        counted = {match["kind"] for match in self._counted.finditer(content)}
        return counted | self._several if self._of_a_province(content) else counted

    def _with_known_people(self, text: str, content: str, mentions: list[Mention]) -> list[Mention]:
        """The mentions, cut and lengthened by what the article's people are called elsewhere."""
        named = Counter((m.kind, text[m.start : m.end]) for m in mentions)
        people = {name for kind, name in named if kind == "person"}
        if not people:
            return mentions
        # a foreigner's name that a model takes for a body's elsewhere
        mostly = {n for n in people if len(n) > 2 and named["person", n] >= named["organization", n]}
        overlong = self._with_adverbs(content, people)
        short = {name for name in people if len(name) == 2 and self._lacks_its_last(name, content)}
        found = []
        for mention in mentions:
            if mention.kind == "organization" and text[mention.start : mention.end] in mostly:
                continue
            cut = _cut(mention, text, people, overlong)
            lacking = cut.kind == "person" and text[cut.start : cut.end] in short
            found.append(cut.at(cut.start, cut.end + 1) if lacking else cut)
        return found

    def _whole(self, text: str, content: str, mentions: Sequence[Mention]) -> list[Mention]:
        """The mentions, with the character that follows a short name all over the `content`: 青储|茶称, 青储|茶指出."""
        names = {text[m.start : m.end] for m in mentions if m.kind == "organization" and m.end - m.start <= _SHORT}
        cut = {name for name in names if self._is_cut(name, content)}
        return [m.at(m.start, m.end + 1) if text[m.start : m.end] in cut else m for m in mentions]

    def _is_cut(self, name: str, content: str) -> bool:
        if name in self.closed:
            return False
        behind = {rest[:2] for rest in content.split(name)[1:]}
        missing = min(behind, default="")[:1]
        # always before the same word, it is one of two words
        return (
            len(behind) > 1
            and all(after.startswith(missing) for after in behind)
            and _HAN.match(missing) is not None
            and missing not in self._no_ends
            and self._plausibility.brand(name + missing)
        )

    def _with_adverbs(self, content: str, people: Set[str]) -> frozenset[str]:
        """The names with a word behind them: 林知则, where 林知 stands without 则 too; 林知建|言 among many 林知."""
        return frozenset(
            name
            for name in people
            if len(name) == 3
            and (
                (name[2] in self._adverbs and content.count(name[:2]) > content.count(name))
                or (name[:2] in people and content.count(name) == 1 and content.count(name[:2]) > 2)
            )
        )

    def _lacks_its_last(self, name: str, content: str) -> bool:
        """Whether what was cut off as an adverb stands behind the name each time: 林知|刚 说, 林知|刚 认为."""
        behind = {rest[:1] for rest in content.split(name)[1:]}
        return (
            len(behind) == 1
            and behind < self._adverbs
            and content.count(name) > 1
            and self._plausibility.person(name + min(behind))
        )


def _without(kinds: Set[str], text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without those of kinds alone, save where the article names one of them in full."""
    names = {text[m.start : m.end] for m in mentions if m.kind == "organization"}
    alone = {kind for kind in kinds if not any(name.endswith(kind) for name in names - {kind})}
    return [m for m in mentions if text[m.start : m.end] not in alone]


def _torn(name: str, firms: Set[str]) -> bool:
    return name[1:] in firms or name[2:] in firms


def _cut(mention: Mention, text: str, people: Set[str], overlong: Set[str]) -> Mention:
    """The mention without what the article's other names show to be none of it."""
    # 林知|则
    if mention.kind == "person" and text[mention.start : mention.end] in overlong:
        return mention.at(mention.start, mention.end - 1)
    # 林知远和|青石市财政局: a model took the person who stands before a body
    if mention.kind == "organization" and mention.end - mention.start > 5:
        for size in (2, 3):
            joint = mention.start + size
            if text[joint] in "和与同" and text[mention.start : joint] in people:
                return mention.at(joint + 1, mention.end)
    return mention
