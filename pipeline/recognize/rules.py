"""Runs the rules over one sentence: where is it? What it means is the normalizers' business."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.document import Mention
from pipeline.patterns import Prefilter
from pipeline.rulebook import CompiledRule

_CONTEXT = 24
"""Code points before and after a mention that `unless_before` and `unless_after` see."""


class RuleMatch(NamedTuple):
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
    """Finds all matches of some rules.

    Most rules match in few sentences, so a prefilter names those worth running. (One RE2 set over all rules would,
    too, but the rules begin with open stretches of Han, and the states of their union outgrow the memory of a DFA.)
    """

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        self._rules = rules
        self._prefilter = Prefilter(rule.pattern for rule in rules)

    def matches(self, sentences: Sequence[str]) -> list[list[RuleMatch]]:
        """The matches in each of some sentences, rule by rule, each rule's from left to right."""
        encoded = [sentence.encode(errors="replace") for sentence in sentences]
        found: list[list[RuleMatch]] = [[] for _ in sentences]
        # All sentences, then the next rule: its automaton stays in the processor's cache.
        for rule, candidates in zip(self._rules, self._prefilter.candidates(encoded), strict=True):
            for number in candidates:
                found[number] += _matches(rule, sentences[number], encoded[number])
        return found


def rule_matches(compiled: CompiledRule, text: str) -> list[RuleMatch]:
    """The matches of one rule. The next one is looked for from the end of the mention, not of its context."""
    return _matches(compiled, text, text.encode(errors="replace"))


def _matches(compiled: CompiledRule, text: str, encoded: bytes) -> list[RuleMatch]:
    pattern, groups = compiled.pattern, compiled.pattern.groups
    mentioned = groups.get("mention", 0)
    found: list[RuleMatch] = []
    position = 0
    # where a byte offset stands in the text, in code points
    at_byte = at_character = 0
    while position <= len(encoded) and (spans := pattern.search_bytes(encoded, position)):
        first, last = spans[mentioned]
        if first == last:
            # The mention is an optional group that took no part.
            position = max(spans[0][1], position + 1)
            continue
        position = last
        start = at_character + len(encoded[at_byte:first].decode())
        end = start + len(encoded[first:last].decode())
        at_byte, at_character = last, end
        if _stands(compiled, text, start, end):
            captures = {}
            for name, number in groups.items():
                left, right = spans[number]
                if left >= 0 and number != mentioned:
                    captures[name] = encoded[left:right].decode()
            found.append(RuleMatch(compiled, start, end, captures))
    return found


def _stands(compiled: CompiledRule, text: str, start: int, end: int) -> bool:
    before, after = compiled.unless_before, compiled.unless_after
    return not (
        (before and before.occurs(text[max(0, start - _CONTEXT) : start]))
        or (after and after.occurs(text[end : end + _CONTEXT]))
    )
