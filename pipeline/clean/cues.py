"""What a line says about itself: byline, dateline, list number, caption, credit, page furniture."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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

# Cues that are asked for together are matched together. Apart from the others, since an automaton that follows many
# patterns through a line has more states than their automata together.
_LOOKS = (
    "box",
    "bullet",
    "byline",
    "caption",
    "date_line",
    "dateline",
    "document_number",
    "marked_names",
    "markup",
    "number",
    "source",
    "subtitle",
)
_FURNITURE = ("credit", "page_head", "page_number", "web")
_SINGLE = (
    "attribution",
    "bare_names",
    "bracketed",
    "news_lead",
    "salutation",
    "titled",
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

        self._looks_of = _matcher({name: pattern(name) for name in _LOOKS})
        self._furniture_of = _matcher({name: pattern(name) for name in _FURNITURE})
        for names, cues_of in ((_LOOKS, self.looks), (_FURNITURE, self.furniture)):
            for name in names:
                setattr(self, name, lambda line, name=name, cues_of=cues_of: name in cues_of(line))
        for name in _SINGLE:
            setattr(self, name, _cue(pattern(name)))
        self._at_end = {name: pattern(name) for name in _AT_END}
        self._ends_of = _matcher(self._at_end)
        self._name, self._preface = pattern("surname"), pattern("preface")
        self._unfinished = rulebook.words("unfinished")
        self._dependent = rulebook.words("dependent")
        self._pointing = rulebook.words("pointing")
        self._after_digits = rulebook.words("after_digits")
        self._common_words = frozenset(rulebook.words("common_word"))

    def looks(self, line: str) -> frozenset[str]:
        """The names of all that the line could be by its own words, furniture aside."""
        return self._looks_of(line[:_LONGEST])

    def furniture(self, line: str) -> frozenset[str]:
        """The names of all the furniture that the line could be."""
        return self._furniture_of(line[:_LONGEST])

    def at_end(self, name: str, line: str) -> int | None:
        """Where the sign-off, credit or other ending of the line begins, in code points; None without one."""
        if line[-1] in _CLAUSE_END:
            return None
        tail = line[-_LONGEST:]
        if name not in self._ends_of(tail):
            return None
        pattern = self._at_end[name]
        encoded = tail.encode(errors="replace")
        spans = pattern.search_bytes(encoded)
        if spans is None:
            return None
        first, _ = spans[pattern.groups["end"]]
        return len(line) - len(tail) + len(encoded[:first].decode())

    def signed_heading(self, line: str) -> int | None:
        """Where the names behind a marked heading begin, in code points; None if the line is no such, or only names."""
        cut = self.at_end("heading_names", line)
        if cut is None:
            return None
        heading = line[1:cut].strip()
        is_name = self._name.occurs(heading) and not self._preface.occurs(heading)
        return None if is_name else cut

    def stands_alone(self, line: str) -> bool:
        """Whether the line is complete in itself: a byline, date, source, number or box label."""
        return not self.looks(line).isdisjoint(_ALONE)

    def is_listed(self, line: str) -> bool:
        """Whether a bullet or number opens the line."""
        cues = self.looks(line)
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


def _matcher(patterns: Mapping[str, Pattern]) -> Callable[[str], frozenset[str]]:
    """The names of the patterns that a line matches, all found in one match."""
    names = list(patterns)
    options = re2.Options()
    options.max_mem = 256 << 20
    together = re2.Set.SearchSet(options)
    for pattern in patterns.values():
        together.Add(pattern.source)
    together.Compile()

    # Several steps ask about the same lines.
    @lru_cache(maxsize=4096)
    def match(line: str) -> frozenset[str]:
        return frozenset([names[i] for i in together.Match(line.encode(errors="replace")) or ()])

    return match


def _cue(pattern: Pattern) -> Cue:
    found = lru_cache(maxsize=4096)(pattern.occurs)
    return lambda line: found(line[:_LONGEST])
