"""What each block is: title, heading, byline, paragraph, item or caption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.clean.cues import Cues
from pipeline.clean.layout import Draft
from pipeline.clean.lines import ends_sentence
from pipeline.document import BlockRole

_CAPTION = 45
_CREDIT_LINE = 60
# A list of brief news: this many headlines, each above one paragraph; shorter ones head the sections of one article.
_BRIEFS, _BRIEF_HEADLINE = 3, 9


def roles_of(drafts: Sequence[Draft], cues: Cues) -> list[BlockRole]:
    """A role for each block, from its own words and from what stands around it."""
    texts = [draft.text for draft in drafts]
    roles = [_by_itself(draft, text, cues) for draft, text in zip(drafts, texts, strict=True)]
    for i, text in enumerate(texts):
        if 0 < i < len(texts) - 1 and roles[i] == roles[i - 1] == "heading" and cues.bare_names(text):
            roles[i] = "byline"
    _mark_captions(drafts, texts, roles)
    _mark_titles(texts, roles, cues)
    return roles


def _by_itself(draft: Draft, text: str, cues: Cues) -> BlockRole:
    if draft.aside or (draft.lines[0].caption and len(text) <= 2 * _CAPTION):
        return "caption"
    if cues.caption(text) and len(text) <= 2 * _CAPTION:
        return "caption"
    if cues.box(text):
        return "heading"
    if len(text) <= _CREDIT_LINE and (draft.lines[0].apart or cues.stands_alone(text)):
        return "byline"
    if cues.like_headline(text):
        return "heading"
    if cues.bullet(text) or cues.number(text):
        return "item"
    return "paragraph"


def _mark_captions(drafts: Sequence[Draft], texts: Sequence[str], roles: list[BlockRole]) -> None:
    """A short sentence that stands farther from the text than others is a caption, and so is one among captions."""
    gaps = Counter(draft.lines[0].gap for draft in drafts[1:] if draft.lines[0].gap)
    usual = max(gaps, key=lambda gap: (gaps[gap], -gap), default=1)
    for i, draft in enumerate(drafts):
        if roles[i] != "paragraph" or len(texts[i]) > _CAPTION or len(draft.lines) > 1 or not ends_sentence(texts[i]):
            continue
        above = draft.lines[0].gap
        below = drafts[i + 1].lines[0].gap if i + 1 < len(drafts) else above
        after_caption = i > 0 and roles[i - 1] == "caption" and not drafts[i - 1].aside
        text_follows = i + 1 < len(drafts) and roles[i + 1] == "paragraph" and len(texts[i + 1]) > _CAPTION
        if (i and min(above, below) > usual) or (after_caption and not text_follows):
            roles[i] = "caption"


def _mark_titles(texts: Sequence[str], roles: list[BlockRole], cues: Cues) -> None:
    """The headlines of the page's articles; the headings left over head sections."""
    for first, last in _heading_runs(texts, roles, cues):
        if _opens_article(first, last, texts, roles, cues):
            roles[first:last] = ["title"] * (last - first)
    for i in _briefs(texts, roles, cues):
        roles[i] = "title"


def _heading_runs(texts: Sequence[str], roles: Sequence[BlockRole], cues: Cues) -> list[tuple[int, int]]:
    """Ranges of headings that stand together, none of them numbered, bulleted or the label of a box."""
    able = [
        role == "heading" and not (cues.is_listed(text) or cues.box(text) or cues.bracketed(text))
        for text, role in zip(texts, roles, strict=True)
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


def _opens_article(first: int, last: int, texts: Sequence[str], roles: Sequence[BlockRole], cues: Cues) -> bool:
    if last == len(texts):
        return first == 0
    before, after = roles[first - 1] if first else None, roles[last]
    if not any(role in ("paragraph", "item", "heading") for role in roles[:first]):
        return True
    if cues.dateline(texts[last]) or (after == "byline" and last + 1 < len(texts) and cues.byline(texts[last])):
        return True
    if cues.box(texts[first - 1]):
        return True
    return before == "byline" and first > 1 and roles[first - 2] in ("paragraph", "item") and after == "paragraph"


def _briefs(texts: Sequence[str], roles: Sequence[BlockRole], cues: Cues) -> list[int]:
    """The headlines of a list of brief news, where the page is one."""
    heads = [i for i, role in enumerate(roles) if role in ("heading", "title") and not cues.number(texts[i])]
    pairs = [
        i
        for i in heads
        if i + 1 < len(texts)
        and roles[i + 1] == "paragraph"
        and len(texts[i]) >= _BRIEF_HEADLINE
        and (i + 2 == len(texts) or roles[i + 2] in ("heading", "title"))
    ]
    news = sum(cues.news_lead(texts[i + 1]) for i in pairs)
    if len(pairs) >= _BRIEFS and len(pairs) >= 0.8 * len(heads) and news >= 0.5 * len(pairs):
        return pairs
    return []
