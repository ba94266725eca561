"""Who wins where mentions overlap: the one written policy.

1. An exclusion removes the mentions of its kinds that overlap it, unless they cover it and go on
   behind it (老干部局 is a body, though 干部 is none).
2. Of two overlapping mentions of one kind, the rule's higher priority wins (the model counts as 0), then the longer
   span, then the rule before the model, then the earlier rule. Of names, the longer span wins first: 甲高新区财政局 is
   one body, however sure the rules are of 财政局.
   What the model proposes must pass for a name at all before it comes here (`Plausibility.modelled`): no product, trade
   or mere place, and no two bodies that the rules know with words between them.
3. Between kinds: a document keeps everything else out of its 《》; then horizons win over quantities, and names
   (organizations, people) win over horizons and quantities that lie inside them.
4. The names of the user's gazetteer win over all of these, whatever they overlap, save what is longer and contains
   them: another name (启明 in 启明财务公司), a title in 《》, or an exclusion (启明 in 启明家园).
5. A 《》 that is excluded once, as a film or a newspaper, is no document anywhere in its text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.document import Mention, MentionKind
from pipeline.recognize.rules import RuleMatch

_RANKS: dict[MentionKind, int] = {"document": 0, "organization": 1, "person": 2, "horizon": 3, "quantity": 4}
_NAMES: frozenset[MentionKind] = frozenset(("organization", "person"))
_LONGER: frozenset[MentionKind] = _NAMES | {"document"}
_TITLE = re.compile("《[^《》]*》")
_NEAR = 8
"""Exclusions behind a name's end that are looked at: those that contain it end soon."""


class Candidate(NamedTuple):
    """A mention that a rule or the model proposes, with offsets in the sentence."""

    mention: Mention
    priority: int = 0


class Exclusion(NamedTuple):
    """A span that keeps some kinds out."""

    start: int
    end: int
    kinds: tuple[MentionKind, ...]

    def bars(self, mention: Mention) -> bool:
        """Whether the mention must go."""
        overlap = self.start < mention.end and mention.start < self.end
        inside = mention.start <= self.start and self.end < mention.end
        return overlap and mention.kind in self.kinds and not inside


def proposals(matches: Iterable[RuleMatch]) -> tuple[list[Candidate], list[Exclusion]]:
    """The rules' matches as candidates, and as exclusions."""
    candidates, exclusions = [], []
    for match in matches:
        rule = match.rule.rule
        if rule.kind == "exclusion":
            exclusions.append(Exclusion(match.start, match.end, rule.excludes))
        else:
            candidates.append(Candidate(match.mention(), rule.priority))
    return candidates, exclusions


def merge(candidates: Sequence[Candidate], exclusions: Sequence[Exclusion]) -> list[Mention]:
    """The mentions of one sentence that survive, in text order; the model's candidates stand after the rules'."""
    if not candidates:
        return []
    if exclusions:
        candidates = [c for c in candidates if not any(e.bars(c.mention) for e in exclusions)]
    winners: list[Mention] = []
    taken = bytearray(max((c.mention.end for c in candidates), default=0))
    # sorting is stable: rules come before the model, and in their own order
    for mention, _ in sorted(candidates, key=_precedence):
        if taken.find(1, mention.start, mention.end) < 0:
            winners.append(mention)
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    return sorted(winners, key=lambda m: (m.start, m.end))


def works_in(sentence: str, exclusions: Iterable[Exclusion]) -> Iterator[str]:
    """The titles in a sentence that exclusions keep from being documents."""
    return (title for e in exclusions if "document" in e.kinds for title in _TITLE.findall(sentence, e.start, e.end))


def without_works(mentions: list[Mention], works: Collection[str], text: str) -> list[Mention]:
    """The mentions in `text` without the documents whose titles are among `works`."""
    if not works:
        return mentions
    return [m for m in mentions if m.kind != "document" or text[m.start : m.end] not in works]


def insist(mentions: Sequence[Mention], own: Iterable[Mention], exclusions: Sequence[Exclusion]) -> list[Mention]:
    """`mentions` with the user's `own` names among them, in text order.

    None of `mentions` may overlap another, nor one of `own`; `exclusions` are sorted by their ends.
    """
    kept = sorted(mentions, key=lambda m: m.start)
    for name in own:
        first = bisect_right(kept, name.start, key=lambda m: m.end)
        last = bisect_left(kept, name.end, lo=first, key=lambda m: m.start)
        at = bisect_left(exclusions, name.end, key=lambda e: e.end)
        if not any(m.kind in _LONGER and _inside(name, m) for m in kept[first:last]) and not any(
            name.kind in e.kinds and _inside(name, e) for e in exclusions[at : at + _NEAR]
        ):
            kept[first:last] = [name]
    return kept


def _inside(name: Mention, other: Mention | Exclusion) -> bool:
    return other.start <= name.start and name.end <= other.end and other.end - other.start > name.end - name.start


def _precedence(candidate: Candidate) -> tuple[int, int, int]:
    mention, priority = candidate
    shortness = mention.start - mention.end
    first, second = (shortness, -priority) if mention.kind in _NAMES else (-priority, shortness)
    return _RANKS[mention.kind], first, second
