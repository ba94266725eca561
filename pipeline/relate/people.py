"""The post beside a person's name, and the body it belongs to."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.document import Document, Mention, OrganizationLinks, Person, PersonLinks
from pipeline.rulebook import Rulebook

_REACH = 48
"""Code points before a name in which its posts may stand."""


class PersonRelater:
    """Sets the links of people. Organizations have theirs already."""

    def __init__(self, rulebook: Rulebook) -> None:
        prefixes = "|".join(map(re.escape, sorted(rulebook.words("post_prefixes"), key=len, reverse=True)))
        heads = "|".join(map(re.escape, sorted(rulebook.words("post_heads"), key=len, reverse=True)))
        reporters = "|".join(map(re.escape, sorted(rulebook.words("byline_posts"), key=len, reverse=True)))
        post = f"(?:{reporters}|(?:{prefixes}){{0,3}}(?:{heads}))"
        self._before = re.compile(rf"(?P<posts>{post}(?:[、，,兼和]{post}){{0,5}})[ 　:：]*$")
        self._after = re.compile(rf"[ 　]?(?P<posts>{post})")
        self._reporter = re.compile(f"(?:{reporters})$")
        self._local = tuple(rulebook.words("local_posts"))
        self._post_after = frozenset(rulebook.words("posts_after_names"))

    def __call__(self, document: Document) -> list[Mention]:
        """The document's mentions, the people among them with links."""
        text = document.text.text
        mentions = list(document.mentions)
        people = [i for i, m in enumerate(mentions) if isinstance(m.value, Person)]
        links: dict[int, PersonLinks] = {}
        previous: int | None = None
        for i in people:
            link = self._own(text, mentions, i)
            if link is None and previous is not None and self._same_list(text, mentions[previous], mentions[i]):
                link = links[previous]
            links[i] = link or PersonLinks()
            previous = i
        for earlier, later in reversed(list(pairwise(people))):
            # 甲、乙副市长: the post after the last name is everybody's
            if links[earlier] == PersonLinks() and self._same_list(text, mentions[earlier], mentions[later]):
                after = self._after_name(text, mentions, later)
                if after is not None and after == links[later]:
                    links[earlier] = after
        for i, link in links.items():
            mentions[i] = replace(mentions[i], links=link)
        return mentions

    @staticmethod
    def _same_list(text: str, one: Mention, other: Mention) -> bool:
        between = text[one.end : other.start]
        return len(between) <= 3 and not between.strip(" 　、，,和与及\n/／")

    def _own(self, text: str, mentions: list[Mention], index: int) -> PersonLinks | None:
        return self._before_name(text, mentions, index) or self._after_name(text, mentions, index)

    def _before_name(self, text: str, mentions: list[Mention], index: int) -> PersonLinks | None:
        start = mentions[index].start
        left = max(0, start - _REACH)
        # A body or a person that stands in between ends the reach.
        for other in reversed(mentions[max(0, index - 4) : index]):
            if other.end <= start and other.kind in ("organization", "person"):
                left = max(left, other.end)
                break
        line = text.rfind("\n", left, start)
        match = self._before.search(text, max(left, line + 1), start)
        if match is None:
            return None
        posts, at = match["posts"], match.start("posts")
        parts = re.split(r"(?<=[、，,兼和])", posts)
        kept = posts
        for n in range(len(parts) - 1, 0, -1):
            # 县委副书记、县长: a post that names its own level belongs to no body before it
            if parts[n].strip("、，,兼和").endswith(self._local):
                kept = "".join(parts[n:])
                at += len(posts) - len(kept)
                break
        if self._reporter.search(kept):
            return PersonLinks(kept, self._body_ending_at(text, mentions, at, index))
        local = kept.strip("副").startswith(self._local)
        return PersonLinks(kept, None if local else self._body_ending_at(text, mentions, at, index))

    def _after_name(self, text: str, mentions: list[Mention], index: int) -> PersonLinks | None:
        match = self._after.match(text, mentions[index].end)
        if match is None or match["posts"] not in self._post_after:
            return None
        return PersonLinks(match["posts"])

    @staticmethod
    def _body_ending_at(text: str, mentions: list[Mention], at: int, index: int) -> str | None:
        for other in reversed(mentions[max(0, index - 4) : index]):
            if other.kind == "organization" and other.end <= at and not text[other.end : at].strip(" 　\n的·"):
                return other.links.name if isinstance(other.links, OrganizationLinks) else None
        return None
