"""Whose quantity it is."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict

from pipeline.document import Document, OrganizationLinks
from pipeline.relate.quantities.passages import Passage, Site

_CLAUSE_MARKS = "，,；;。：:）)、"
_REACH = 120
"""Code points before a quantity in which its subject may stand."""


def main_bodies(document: Document) -> dict[int, str]:
    """Article → the body that it speaks of: the one in its title, else the one it names most, if more than once."""
    starts = [a.start for a in document.articles]
    titled: dict[int, str] = {}
    named: dict[int, Counter[str]] = defaultdict(Counter)
    for mention in document.mentions:
        if not isinstance(mention.links, OrganizationLinks):
            continue
        number = bisect_right(starts, mention.start) - 1
        if number < 0:
            continue
        named[number][mention.links.name] += 1
        span = document.articles[number].title_span
        if span and span[0] <= mention.start < span[1]:
            titled.setdefault(number, mention.links.name)
    often = {number: names.most_common(1)[0] for number, names in named.items()}
    return {number: name for number, (name, count) in often.items() if count > 1} | titled


def subject(passage: Passage, site: Site, main: str | None) -> str | None:
    """The body that opens a clause last before the quantity, in its passage; else the article's main body."""
    for mention in reversed(passage.between(max(0, site.start - _REACH), site.start)):
        if isinstance(mention.links, OrganizationLinks):
            at = mention.start - passage.start
            before = passage.text[max(0, at - 4) : at].rstrip()
            if not before or before[-1] in _CLAUSE_MARKS:
                return mention.links.name
    return main
