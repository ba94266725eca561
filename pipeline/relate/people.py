"""The post beside a person's name, and the body it belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.document import Article, Document, Mention, OrganizationLinks, Person, PersonLinks
from pipeline.relate.offices import Offices
from pipeline.rulebook import Rulebook, alternation

_REACH = 48
"""Code points before a name in which its posts may stand."""
_LOOK_BACK = 4
"""Mentions before a name among which its body is looked for."""
_LIST_MARKS = "、，,"
_BLANKS = " 　"
_TRADE = re.compile("[\u4e00-\u9fff]{2,6}行业")


_HEAD = "长"
"""What makes the head of a body of its last character: 财政局, 财政局长."""


class PersonRelater:
    """Sets the links of people. Organizations have theirs already.

    A post belongs to the body right before it, words of field between them aside (甲公司|华东区|经理); else, in a
    list, to the body of the name before it; else to the one that the same name has elsewhere in the article; else to
    the body that the post heads, where the article names it with its place (市长, 临川市人民政府).
    """

    def __init__(self, rulebook: Rulebook) -> None:
        prefixes, reporters = alternation(rulebook.words("post_prefixes")), alternation(rulebook.words("byline_posts"))
        heads = alternation((*rulebook.words("post_heads"), *rulebook.words("role_heads")))
        self._and = "".join(rulebook.words("conjunctions", "and"))
        self._joints = _LIST_MARKS + "".join(rulebook.words("post_joints"))
        countries = alternation((*rulebook.words("countries"), *rulebook.words("own_country")))
        national = f"{countries}{alternation(rulebook.words('national_roles'))}"
        post = f"(?:{reporters}|{national}|{prefixes}{{0,4}}{heads})"
        posts = f"{post}(?:[{self._joints}]{post}){{0,5}}"
        self._before = re.compile(rf"(?P<posts>{posts})的?[ 　:：]*$")
        self._after = re.compile(rf"[ 　]?(?P<posts>{post})")
        self._part = re.compile(rf"(?<=[{self._joints}])")
        self._in_brackets = re.compile(rf"[（(][^（）()\n。]{{0,30}}?(?P<posts>{posts})[）)]")
        self._reporter = re.compile(f"{reporters}$")
        self._own_paper = tuple(rulebook.words("own_paper"))
        self._local = tuple(rulebook.words("local_posts"))
        self._shared = tuple(rulebook.words("shared_posts"))
        self._post_after = frozenset(rulebook.words("posts_after_names"))
        self._former = re.compile(f"^{alternation(rulebook.words('former'))}")
        no_field = (*rulebook.words("name_cues", "single"), *rulebook.words("not_in_posts"))
        self._field = re.compile(rf"(?:(?!{alternation(no_field)})[\u4e00-\u9fffA-Za-z]){{1,8}}")
        self._offices = Offices(rulebook)

    def __call__(self, document: Document) -> list[Mention]:
        """The document's mentions, the people among them with links."""
        text = document.text.text
        mentions = list(document.mentions)
        people = [i for i, m in enumerate(mentions) if isinstance(m.value, Person)]
        if not people:
            return mentions
        links: dict[int, PersonLinks] = {}
        previous: int | None = None
        taken = -1
        for i in people:
            if column := self._in_next_column(text, mentions, i, taken):
                links[i], taken = column
                previous = i
                continue
            link = self._own(text, mentions, i)
            if previous is not None:
                before = mentions[previous]
                if link is None and self._same_list(text, before, mentions[i], links[previous]):
                    link = links[previous]
                elif link is not None and link.organization is None:
                    link = self._of_same_body(text[before.end : mentions[i].start], links[previous], link)
            links[i] = link or PersonLinks()
            previous = i
        for earlier, later in reversed(list(pairwise(people))):
            # 甲、乙副市长: the post after the last name is everybody's
            if links[earlier] == PersonLinks() and self._same_list(
                text, mentions[earlier], mentions[later], links[later]
            ):
                after = self._after_name(text, mentions, later)
                if after is not None and after == links[later]:
                    links[earlier] = after
        self._complete(document.articles, text, mentions, links)
        for i, link in links.items():
            mentions[i] = mentions[i].linked(link)
        return mentions

    def _same_list(self, text: str, one: Mention, other: Mention, link: PersonLinks) -> bool:
        between = text[one.end : other.start]
        if len(between) > 3 or between.strip(f" 　\n/／{_LIST_MARKS}{self._and}"):
            return False
        # a name that opens a line of prose is in no list with the line above
        if "\n" in between and text[other.end : other.end + 1].strip(" 　、，,\n"):
            return False
        # 总裁何青与林知远 are no two chairmen
        return not set(between) & set(self._and) or link.post is None or "副" in link.post or self._plural(link.post)

    def _plural(self, post: str) -> bool:
        return post.endswith(self._shared)

    def _of_same_body(self, between: str, previous: PersonLinks, link: PersonLinks) -> PersonLinks:
        """甲公司总经理何青、副总经理林知远: the second post's body is the first one's."""
        post = link.post or ""
        if previous.organization is None or previous.post is None or not between.rstrip(" 　:：").endswith(post):
            return link
        # only marks between the two, and both report or neither
        joint = between.rstrip(" 　:：").removesuffix(post).strip(" 　")
        reports = self._reporter.search(post) is not None
        if (
            len(joint) > 1
            or joint.strip(_LIST_MARKS + self._and)
            or reports != bool(self._reporter.search(previous.post))
        ):
            return link
        own = post.startswith(self._own_paper) or post.endswith(self._local)
        if own or (self._plural(post) and not reports):
            return link
        return replace(link, organization=previous.organization)

    def _own(self, text: str, mentions: list[Mention], index: int) -> PersonLinks | None:
        return self._before_name(text, mentions, index) or self._after_name(text, mentions, index)

    def _in_next_column(
        self, text: str, mentions: list[Mention], index: int, taken: int
    ) -> tuple[PersonLinks, int] | None:
        """The post behind the name in a list of members, and where it ends: 何青　云岭省财政厅厅长　林知远　….

        The first name has no post before it, the next one only the one that is `taken`.
        """
        start, end = mentions[index].start, mentions[index].end
        if text[end : end + 1] not in _BLANKS:
            return None
        following = mentions[index + 1 : index + 3]
        if not following or following[0].kind != "organization" or following[0].start != end + 1:
            return None
        post = self._after.match(text, following[0].end)
        if post is None or any(m.start == post.end() for m in following):
            return None
        if start - 1 != taken and self._posts_before(text, mentions, index):
            return None
        return PersonLinks(post["posts"], _name(following[0])), post.end()

    def _before_name(self, text: str, mentions: list[Mention], index: int) -> PersonLinks | None:
        found = self._posts_before(text, mentions, index)
        if found is None:
            return None
        posts, first = found
        kept, at = posts, first
        parts = self._part.split(posts)
        for n in range(len(parts) - 1, 0, -1):
            # 县委副书记、县长: a post that names its own level belongs to no body before it
            if parts[n].strip(self._joints).endswith(self._local):
                kept = "".join(parts[n:])
                at += len(posts) - len(kept)
                break
        if self._reporter.search(kept):
            return PersonLinks(kept, self._body_before(text, mentions, at, index, 0))
        if not self._part.split(kept)[0].rstrip(self._joints).endswith(self._local):
            return PersonLinks(kept, self._body_before(text, mentions, at, index))
        # 县政府党组成员、县长: the government's own party group is no other body
        body = (self._body_before(text, mentions, first, index, 0) or "").removesuffix("党组")
        return PersonLinks(kept, body if body.endswith("政府") else None)

    def _posts_before(self, text: str, mentions: list[Mention], index: int) -> tuple[str, int] | None:
        """The posts that end where the name begins, and their start."""
        start = mentions[index].start
        left, taken, behind = max(0, start - _REACH), False, False
        # A body or a person that stands in between ends the reach.
        for other in reversed(mentions[max(0, index - _LOOK_BACK) : index]):
            if other.end <= start and other.kind in ("organization", "person"):
                left, taken = max(left, other.end), other.kind == "person"
                behind = left == other.end and not taken
                break
        line = text.rfind("\n", left, start)
        # 临川市财政局|长: the body's last character is the post's first
        shared = not taken and left > line + 1 and text.startswith(_HEAD, left)
        match = self._before.search(text, max(left - shared, line + 1), start)
        if match is None:
            return None
        posts, at = match["posts"], match.start("posts")
        # 青禾证券|茶叶行业|分析师
        if behind and _TRADE.fullmatch(text, left, at):
            posts, at = text[left:at] + posts, left
        first = self._part.split(posts)[0]
        if taken and at == left and first.rstrip(self._joints) in self._post_after:
            # 林知远局长、处长何青: the first post is that of the name before it
            posts, at = posts.removeprefix(first), at + len(first)
        return (posts, at) if posts else None

    def _after_name(self, text: str, mentions: list[Mention], index: int) -> PersonLinks | None:
        start, end = mentions[index].start, mentions[index].end
        match = self._after.match(text, end)
        if match is not None and match["posts"] in self._post_after:
            own = match["posts"].endswith(self._local)
            return PersonLinks(match["posts"], None if own else self._body_before(text, mentions, start, index, 0))
        # 林知远（临川市财政局局长）
        if match := self._in_brackets.match(text, end):
            at = match.start("posts")
            inside = next(
                (m for m in mentions[index + 1 : index + 3] if m.end <= at and m.kind == "organization"), None
            )
            if inside is not None and not text[inside.end : at].strip():
                return PersonLinks(match["posts"], _name(inside))
            if at == end + 1:
                return PersonLinks(match["posts"])
        return None

    def _body_before(self, text: str, mentions: list[Mention], at: int, index: int, gap: int = 8) -> str | None:
        """The body whose name ends at `at`, or up to `gap` code points of a field before it."""
        for other in reversed(mentions[max(0, index - _LOOK_BACK) : index]):
            shared = other.end == at + 1 and text.startswith(_HEAD, other.end)
            if other.kind == "organization" and (other.end <= at or shared):
                field = text[other.end : max(at, other.end)].lstrip("”）)").strip(" 　的·")
                close = not field.strip() or (len(field) <= gap and self._field.fullmatch(field))
                return _name(other) if close else None
        return None

    def _complete(
        self, articles: Sequence[Article], text: str, mentions: Sequence[Mention], links: dict[int, PersonLinks]
    ) -> None:
        """Gives posts without a body the one that the article names elsewhere."""
        lacking = [i for i, link in links.items() if link.post and not link.organization]
        if not lacking:
            return
        starts = [a.start for a in articles]

        def article(mention: Mention) -> int:
            return bisect_right(starts, mention.start)

        known: dict[tuple[int, str, str], str] = {}
        for i, link in links.items():
            if link.post and link.organization:
                known.setdefault((article(mentions[i]), _person(mentions[i]), self._core(link.post)), link.organization)
        named: dict[int, list[str]] = {}
        for m in mentions:
            if m.kind == "organization":
                named.setdefault(article(m), []).append(_name(m) or "")
        for i in lacking:
            mention, post = mentions[i], links[i].post or ""
            body = known.get((article(mention), _person(mention), self._core(post))) or self._offices.body(
                text, mention.start, post, named.get(article(mention), ())
            )
            links[i] = replace(links[i], organization=body)

    def _core(self, post: str) -> str:
        """The post without 原 and the like: who has left it had it at the same body."""
        return self._former.sub("", post)


def _name(mention: Mention) -> str | None:
    return mention.links.name if isinstance(mention.links, OrganizationLinks) else None


def _person(mention: Mention) -> str:
    return mention.value.name if isinstance(mention.value, Person) else ""
