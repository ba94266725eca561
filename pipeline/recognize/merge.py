"""Who wins where mentions overlap: the one written policy.

1. An exclusion removes the mentions of its kinds that overlap it.
2. Of two overlapping mentions of one kind, the rule's higher priority wins (the model counts as 0), then the longer
   span, then the rule before the model, then the earlier rule.
3. Between kinds: a document keeps everything else out of its 《》; then horizons win over quantities, and names
   (organizations, people) win over horizons and quantities that lie inside them.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Mention, MentionKind
from pipeline.recognize.ner import Entity
from pipeline.recognize.rules import Match

_KINDS: tuple[MentionKind, ...] = ("document", "organization", "person", "horizon", "quantity")


def merge(matches: Sequence[Match], entities: Sequence[Entity], model: str) -> list[Mention]:
    """The mentions of one sentence that survive, in text order, with offsets in the sentence."""
    exclusions = [(m.start, m.end, m.rule.rule.excludes) for m in matches if m.rule.rule.kind == "exclusion"]
    candidates = [(-m.rule.rule.priority, m.mention()) for m in matches if m.rule.rule.kind != "exclusion"]
    candidates += [(0, Mention(e.kind, e.start, e.end, model, normalizer=e.kind)) for e in entities]
    winners: list[Mention] = []
    for kind in _KINDS:
        of_kind = [
            (priority, order, mention)
            for order, (priority, mention) in enumerate(candidates)
            if mention.kind == kind
            and not any(s < mention.end and mention.start < e and kind in kinds for s, e, kinds in exclusions)
        ]
        of_kind.sort(key=lambda c: (c[0], c[2].start - c[2].end, c[1]))
        for _, _, mention in of_kind:
            if not any(w.start < mention.end and mention.start < w.end for w in winners):
                winners.append(mention)
    return sorted(winners, key=lambda m: (m.start, m.end))
