"""What each block is: title, heading, byline, paragraph, item, caption, or the repeat of a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.clean.captions import CAPTION, TEXT_ROLES, mark_captions
from pipeline.clean.cues import Cues
from pipeline.clean.layout import Draft
from pipeline.clean.lines import ends_sentence
from pipeline.clean.role_cues import RoleCues
from pipeline.document import BlockRole

_CREDIT_LINE = 60
_QUESTION = 30
# Lines that begin alike are a list.
_LIST, _ALIKE = 3, 2
# How long a repeated title is, and how many blocks below its first copy a mere heading may stand.
_REPEATED, _NEAR = 6, 2
_NOT_WORD = re.compile(r"[\W_]")
# A list of brief news: this many headlines, each above one paragraph; shorter ones head the sections of one article.
_BRIEFS, _BRIEF_HEADLINE = 3, 9


def roles_of(drafts: Sequence[Draft], cues: Cues, role_cues: RoleCues) -> list[BlockRole]:
    """A role for each block, from its own words and from what stands around it."""
    return _Page(drafts, cues, role_cues).roles


class _Page:
    def __init__(self, drafts: Sequence[Draft], cues: Cues, role_cues: RoleCues) -> None:
        self._drafts, self._cues, self._role_cues = drafts, cues, role_cues
        self._texts = [draft.text for draft in drafts]
        self.roles: list[BlockRole] = [self._by_itself(i) for i in range(len(drafts))]
        self._mark_bylines()
        self._mark_lists()
        self._mark_titles()
        mark_captions(drafts, self.roles, cues, role_cues)
        self._mark_repeats()

    def _by_itself(self, i: int) -> BlockRole:
        draft, text, cues = self._drafts[i], self._texts[i], self._cues
        if draft.aside or ((draft.lines[0].caption or cues.caption(text)) and len(text) <= 2 * CAPTION):
            return "caption"
        if cues.box(text):
            return "heading"
        if len(text) <= _CREDIT_LINE and (
            cues.stands_alone(text) or (draft.lines[0].apart and not cues.is_listed(text))
        ):
            return "byline"
        if cues.like_headline(text) or self._asks(i):
            return "heading"
        return "item" if cues.bullet(text) or cues.number(text) else "paragraph"

    def _asks(self, i: int) -> bool:
        """Whether the block is a question that heads the text below it."""
        text = self._texts[i]
        return (
            text[-1] in "？?"
            and 4 < len(text) <= _QUESTION
            and text[0] not in "“\"'‘"
            and self._cues.like_headline(text.rstrip("？?"))
            and i + 1 < len(self._texts)
            and len(self._texts[i + 1]) > CAPTION
            and (i == 0 or ends_sentence(self._texts[i - 1]) or self._cues.like_headline(self._texts[i - 1]))
        )

    def _role(self, i: int) -> BlockRole | None:
        return self.roles[i] if 0 <= i < len(self.roles) else None

    def _mark_bylines(self) -> None:
        """Names and issuing bodies below a headline or at the end of the text."""
        roles, texts = self.roles, self._texts
        at_top = True
        for i, text in enumerate(texts):
            if roles[i] != "heading":
                at_top = at_top and roles[i] not in TEXT_ROLES
                continue
            above, below = self._role(i - 1), self._role(i + 1)
            if (
                below == "byline"
                and self._drafts[i + 1].lines[0].apart
                and self._role_cues.name(_NOT_WORD.sub("", text))
            ):
                # ▶ 某某 某某某: a word that could label a part, but begins like a name, among names.
                roles[i] = "byline"
                continue
            authors = self._role_cues.authors(text) or self._cues.bare_names(text)
            if above in ("heading", "byline"):
                issuer = (at_top or self._cues.titled(texts[i - 1])) and self._role_cues.issuer(text)
                signed = (authors or issuer) and (below in TEXT_ROLES or below == "byline")
            else:
                ended = above == "caption" or (above in TEXT_ROLES and ends_sentence(texts[i - 1]))
                signed = ended and (
                    (authors and below not in TEXT_ROLES)
                    or (below in (None, "byline") and self._role_cues.issuer(text))
                )
            if signed or (above == "heading" and self._cues.bare_names(text)):
                roles[i] = "byline"

    def _mark_lists(self) -> None:
        """Short sentences in a row that begin alike are items."""
        first = 0
        for i in range(len(self._texts) + 1):
            if i < len(self._texts) and self._is_like(i, first):
                continue
            if i - first >= _LIST:
                self.roles[first:i] = ["item"] * (i - first)
            first = i

    def _is_like(self, k: int, i: int) -> bool:
        text = self._texts[k]
        return (
            self.roles[k] == "paragraph"
            and len(text) <= CAPTION
            and text[:_ALIKE] == self._texts[i][:_ALIKE]
            and ends_sentence(text)
        )

    def _mark_titles(self) -> None:
        """The headlines of the page's articles; the headings left over head sections."""
        above, seen = True, 0
        for first, last in self._heading_runs():
            above = above and not any(role in ("paragraph", "item", "heading") for role in self.roles[seen:first])
            seen = first
            if self._opens_article(first, last, top=above):
                self.roles[first:last] = ["title"] * (last - first)
        for i in self._briefs():
            self.roles[i] = "title"

    def _mark_repeats(self) -> None:
        """A title printed again, as a running head or beside itself; two sections may well have one heading."""
        seen: dict[str, int] = {}
        for i, text in enumerate(self._texts):
            if self.roles[i] not in ("title", "heading"):
                continue
            bare = _NOT_WORD.sub("", text)
            first = seen.setdefault(bare, i)
            titles = self.roles[i] == self.roles[first] == "title"
            if first < i and len(bare) >= _REPEATED and not bare.isdigit() and (titles or i - first <= _NEAR):
                self.roles[i] = "repeat"

    def _heading_runs(self) -> list[tuple[int, int]]:
        """Ranges of headings that stand together, none of them numbered, bulleted or the label of a part."""
        cues = self._cues
        able = [
            role == "heading"
            and not (cues.is_listed(text) or cues.box(text) or cues.bracketed(text) or self._role_cues.preface(text))
            for text, role in zip(self._texts, self.roles, strict=True)
        ]
        runs = []
        first = None
        for i, good in enumerate([*able, False]):
            if good and first is None:
                first = i
            elif not good and first is not None:
                runs.append((first, i))
                first = None
        return runs

    def _opens_article(self, first: int, last: int, *, top: bool) -> bool:
        roles, texts, cues = self.roles, self._texts, self._cues
        while last < len(texts) and roles[last] == "heading" and self._role_cues.preface(texts[last]):
            last += 1
        if last == len(texts):
            return first == 0
        if top:
            return True
        if cues.dateline(texts[last]) or cues.box(texts[first - 1]):
            return True
        if roles[last] == "byline" and last + 1 < len(texts) and self._names_author(texts[last]):
            return True
        if cues.titled(texts[last - 1]) and self._is_address(last):
            return True
        return roles[last] == "paragraph" and self._after_sign_off(first)

    def _names_author(self, text: str) -> bool:
        return self._cues.byline(text) or self._cues.bare_names(text) or self._role_cues.authors(text)

    def _is_address(self, i: int) -> bool:
        """Whether the block says who issues a paper, under which number, or to whom."""
        text = self._texts[i]
        if self._cues.document_number(text) or self._cues.salutation(text):
            return True
        return self.roles[i] == "byline" and self._role_cues.issuer(text)

    def _after_sign_off(self, first: int) -> bool:
        """Whether the text above a headline ends with its authors' names; captions may stand between."""
        i = first - 1
        while i > 0 and self.roles[i] == "caption":
            i -= 1
        above = next((self.roles[k] for k in range(i - 1, -1, -1) if self.roles[k] != "caption"), None)
        return self.roles[i] == "byline" and above in TEXT_ROLES and self._names_author(self._texts[i])

    def _briefs(self) -> list[int]:
        """The headlines of a list of brief news, where the page is one."""
        roles, texts = self.roles, self._texts
        heads = [i for i, role in enumerate(roles) if role in ("heading", "title") and not self._cues.number(texts[i])]
        pairs = [
            i
            for i in heads
            if i + 1 < len(texts)
            and roles[i + 1] == "paragraph"
            and len(texts[i]) >= _BRIEF_HEADLINE
            and (i + 2 == len(texts) or roles[i + 2] in ("heading", "title"))
        ]
        news = sum(self._cues.news_lead(texts[i + 1]) for i in pairs)
        if len(pairs) >= _BRIEFS and len(pairs) >= 0.8 * len(heads) and news >= 0.5 * len(pairs):
            return pairs
        return []
