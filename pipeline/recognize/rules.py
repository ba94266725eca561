"""Runs the rules over one sentence: where is it? What it means is the normalizers' business."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import re2

from pipeline.document import Mention
from pipeline.rulebook import CompiledRule, Rulebook

_CONTEXT = 24
"""Code points before and after a mention that `unless_before` and `unless_after` see."""


@dataclass(frozen=True, slots=True)
class Match:
    """One match of one rule: the mention's span and the text of the named groups."""

    rule: CompiledRule
    start: int
    end: int
    captures: dict[str, str]

    def mention(self) -> Mention:
        """The match as a mention, with offsets in the sentence."""
        rule = self.rule.rule
        if rule.kind == "exclusion":
            raise ValueError(f"{rule.id} yields no mention")
        return Mention(rule.kind, self.start, self.end, rule.id, self.captures, rule.normalizer, rule.options)


class RuleMatcher:
    """Finds all matches of a rulebook's rules; one set match decides which rules run at all."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rules = rulebook.rules
        options = re2.Options()
        options.max_mem = 256 << 20
        self._set = re2.Set.SearchSet(options)
        for compiled in self._rules:
            self._set.Add(compiled.pattern.source)
        self._set.Compile()

    def matches(self, text: str) -> Iterator[Match]:
        """All matches in `text`, rule by rule, each rule's from left to right."""
        encoded = text.encode(errors="replace")
        for index in sorted(self._set.Match(encoded) or ()):
            yield from rule_matches(self._rules[index], text)


def rule_matches(compiled: CompiledRule, text: str) -> Iterator[Match]:
    """The matches of one rule. The next one is looked for from the end of the mention, not of its context."""
    encoded = text.encode(errors="replace")
    pattern, groups = compiled.pattern.compiled, compiled.pattern.groups
    # where a byte offset stands, in code points; asked for in growing order
    at_byte = at_character = 0

    def characters(offset: int) -> int:
        nonlocal at_byte, at_character
        if offset < at_byte:
            return at_character - len(encoded[offset:at_byte].decode())
        at_character += len(encoded[at_byte:offset].decode())
        at_byte = offset
        return at_character

    position = 0
    while match := pattern.search(encoded, position):
        first, last = match.span(groups["mention"]) if "mention" in groups else match.span()
        if last <= first:
            # The mention is an optional group that took no part, or empty.
            position = max(match.end(), position + 1)
            continue
        start, end = characters(first), characters(last)
        position = last
        before = text[max(0, start - _CONTEXT) : start].encode(errors="replace")
        after = text[end : end + _CONTEXT].encode(errors="replace")
        if compiled.unless_before and compiled.unless_before.compiled.search(before):
            continue
        if compiled.unless_after and compiled.unless_after.compiled.search(after):
            continue
        captures = {
            name: match.group(number).decode()
            for name, number in groups.items()
            if name != "mention" and match.group(number) is not None
        }
        yield Match(compiled, start, end, captures)
