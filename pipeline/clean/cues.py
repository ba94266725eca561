"""What a line says about itself: byline, dateline, list number, caption, credit, page furniture."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import re2

from pipeline.clean.lines import ends_sentence, open_pairs
from pipeline.patterns import Pattern
from pipeline.rulebook import Rulebook

# Longer lines are text whatever they begin with.
_LONGEST = 80
_HEADLINE = 45
_SENTENCE_MARK = re.compile("[。；;]")
_CLAUSE_END = "。！？!?；;，,、：:"

_WHOLE_LINE = (
    "attribution",
    "bare_names",
    "box",
    "bracketed",
    "bullet",
    "byline",
    "caption",
    "credit",
    "date_line",
    "dateline",
    "document_number",
    "news_lead",
    "marked_names",
    "markup",
    "number",
    "page_head",
    "page_number",
    "salutation",
    "source",
    "subtitle",
    "titled",
    "web",
    "web_issuer",
    "web_weak",
)
_ALONE = ("byline", "marked_names", "date_line", "source", "document_number", "box")
_AT_END = ("sign_off", "ornament", "caption_credit", "heading_names", "note")

Cue = Callable[[str], bool]
"""Whether a line bears the cue."""


class Cues:
    """The cues of `rules/layout.yaml`, compiled. Raises `RulebookError` where one is missing or broken."""

    attribution: Cue
    bare_names: Cue
    box: Cue
    bracketed: Cue
    bullet: Cue
    byline: Cue
    caption: Cue
    credit: Cue
    date_line: Cue
    dateline: Cue
    document_number: Cue
    news_lead: Cue
    marked_names: Cue
    markup: Cue
    number: Cue
    page_head: Cue
    page_number: Cue
    salutation: Cue
    source: Cue
    subtitle: Cue
    titled: Cue
    web: Cue
    web_issuer: Cue
    web_weak: Cue

    def __init__(self, rulebook: Rulebook) -> None:
        def pattern(name: str) -> Pattern:
            return rulebook.compile(f"{{layout_{name}}}")

        self._cues_of: Callable[[str], frozenset[str]] = lru_cache(maxsize=4096)(self._match)
        # One match finds all the cues of a line.
        options = re2.Options()
        options.max_mem = 256 << 20
        self._set = re2.Set.SearchSet(options)
        for name in _WHOLE_LINE:
            self._set.Add(pattern(name).source)
            setattr(self, name, lambda line, name=name: name in self.of(line))
        self._set.Compile()
        self._at_end = {name: pattern(name) for name in _AT_END}
        self._ends_of: Callable[[bytes], frozenset[str]] = lru_cache(maxsize=4096)(self._match_end)
        self._end_set = re2.Set.SearchSet(options)
        for ending in self._at_end.values():
            self._end_set.Add(ending.source)
        self._end_set.Compile()
        self._name, self._preface = pattern("surname").compiled, pattern("preface").compiled
        self._unfinished = rulebook.words("unfinished")
        self._dependent = rulebook.words("dependent")
        self._pointing = rulebook.words("pointing")
        self._after_digits = rulebook.words("after_digits")
        self._common_words = frozenset(rulebook.words("common_word"))

    def of(self, line: str) -> frozenset[str]:
        """The names of all the cues that the line bears."""
        return self._cues_of(line[:_LONGEST])

    def _match(self, line: str) -> frozenset[str]:
        return frozenset(_WHOLE_LINE[i] for i in self._set.Match(line.encode(errors="replace")) or ())

    def _match_end(self, tail: bytes) -> frozenset[str]:
        return frozenset(_AT_END[i] for i in self._end_set.Match(tail) or ())

    def at_end(self, name: str, line: str) -> int | None:
        """Where the sign-off, credit or other ending of the line begins, in code points; None without one."""
        if line[-1] in _CLAUSE_END:
            return None
        cut = max(0, len(line) - _LONGEST)
        tail = line[cut:].encode(errors="replace")
        if name not in self._ends_of(tail):
            return None
        pattern = self._at_end[name]
        m = pattern.compiled.search(tail)
        if m is None:
            return None
        first, _ = m.span(pattern.groups["end"])
        return cut + len(tail[:first].decode())

    def signed_heading(self, line: str) -> int | None:
        """Where the names behind a marked heading begin, in code points; None if the line is no such, or only names."""
        cut = self.at_end("heading_names", line)
        heading = line[1:cut].strip().encode(errors="replace")
        is_name = self._name.search(heading) and not self._preface.search(heading)
        return None if cut is None or is_name else cut

    def stands_alone(self, line: str) -> bool:
        """Whether the line is complete in itself: a byline, date, source, number or box label."""
        return not self.of(line).isdisjoint(_ALONE)

    def is_listed(self, line: str) -> bool:
        """Whether a bullet or number opens the line."""
        cues = self.of(line)
        return "number" in cues or ("bullet" in cues and "subtitle" not in cues)

    def like_headline(self, text: str) -> bool:
        """Whether the text reads like a headline: short, no full stop, nothing left open."""
        return (
            len(text) <= _HEADLINE
            and not _SENTENCE_MARK.search(text)
            and not ends_sentence(text)
            and text[-1] not in "，,、：:"
            and not self.awaits(text)
            and max(open_pairs(text).values(), default=0) <= 0
        )

    def awaits(self, text: str) -> bool:
        """Whether the text ends in a word that waits for another: 的, 和, 为; but not in 作为."""
        return text.endswith(self._unfinished) and text[-2:] not in self._common_words

    def depends(self, text: str) -> bool:
        """Whether the text begins with what can begin nothing: 的, 们; but not with 着力."""
        return text.startswith(self._dependent) and text[:2] not in self._common_words

    def points(self, text: str) -> bool:
        """Whether the text begins by pointing at what was said before it: 该, 这, 他."""
        return text.startswith(self._pointing)

    def goes_on_from_digits(self, text: str) -> bool:
        """Whether the text can begin in the middle of a number: 年, 万, %."""
        return text.startswith(self._after_digits)

    def cuts_word(self, before: str, after: str) -> bool:
        """Whether a frequent word is cut by the break between two texts, better than words end and begin there."""
        left, right = before[-6:], after[:6]
        if not left or not right or left[-1] + right[0] not in self._common_words:
            return False
        return self._covered(left[:-1]) + 2 + self._covered(right[1:]) > self._covered(left) + self._covered(right)

    def _covered(self, text: str) -> int:
        """The most characters of the text that frequent words of two characters can cover."""
        last, best = 0, 0
        for i in range(1, len(text)):
            last, best = best, max(best, last + 2 if text[i - 1 : i + 1] in self._common_words else 0)
        return best
