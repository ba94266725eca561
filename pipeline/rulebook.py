"""The rules and words of a run: folders of rule files put together, their patterns compiled."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import re2

from pipeline.patterns import Pattern, Prefilter
from pipeline.rule_files import DEFAULT_FOLDER, Rule, RulebookError, parse, read_bytes, rule_files

_REFERENCE = re.compile(r"(?<!\\[pPx])\{([^\W\d][\w.]*)\}")  # not \p{Han}, not \x{a0}
_TEXTS = 2048
"""Texts whose matching patterns are remembered: many patterns are asked about a few texts in turn."""


@dataclass(frozen=True)
class CompiledRule:
    """A rule with its patterns compiled, fragments and words put in, and the file it came from."""

    rule: Rule
    pattern: Pattern
    unless_before: Pattern | None
    unless_after: Pattern | None
    path: Path


class Rulebook:
    """All rules and words of a run."""

    def __init__(
        self,
        rules: Sequence[CompiledRule],
        words: Mapping[str, Mapping[str, tuple[str, ...]]],
        fragments: Mapping[str, str],
        passes: Mapping[str, str],
        digest: str,
    ) -> None:
        self.rules = tuple(rules)
        self.descriptions = {c.rule.id: " ".join(c.rule.description.split()) for c in rules} | dict(passes)
        """What each rule and each pass finds, by its id: by the `source` of a record that the model did not find."""
        self.digest = digest
        """SHA-256 over the files' names and bytes: the rule set's identity in a run's manifest."""
        self._words = words
        self._fragments = fragments
        self._compiled: dict[str, Pattern] = {}
        self._watched: dict[str, Pattern] = {}
        self._prefilter = Prefilter(())
        self.matching = lru_cache(_TEXTS)(self._matching)
        """Which of the watched patterns match somewhere in a text. The last texts are remembered."""

    def words(self, name: str, *meanings: str) -> tuple[str, ...]:
        """The words of a list, or of some meanings in it. Raises `RulebookError` where there is no such list."""
        try:
            groups = self._words[name]
            return tuple(word for meaning in meanings or groups for word in groups[meaning])
        except KeyError:
            raise RulebookError(f"no words {', '.join(map(repr, (name, *meanings)))} in the rules") from None

    def any_of(self, name: str, *meanings: str) -> str:
        """A pattern that matches any word of a list, or of some meanings in it. Raises `RulebookError`."""
        return alternation(self.words(name, *meanings))

    def meanings(self, name: str) -> dict[str, str]:
        """word → meaning, for a list that is grouped by meaning."""
        if name not in self._words:
            raise RulebookError(f"no words {name!r} in the rules")
        return {word: meaning for meaning, words in self._words[name].items() for word in words}

    def groups(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """meaning → words, for a list that is grouped by meaning; a word may stand under several."""
        if name not in self._words:
            raise RulebookError(f"no words {name!r} in the rules")
        return self._words[name]

    def compile(self, pattern: str) -> Pattern:
        """Compiles a pattern that may refer to fragments and words. Raises `RulebookError`."""
        if pattern not in self._compiled:
            self._compiled[pattern] = _compile(pattern, self._fragments, self._words)
        return self._compiled[pattern]

    def watch(self, pattern: str) -> Pattern:
        """Compiles a pattern that `matching` shall tell about. Raises `RulebookError`."""
        if pattern not in self._watched:
            self._watched[pattern] = self.compile(pattern)
            self.matching.cache_clear()
        return self._watched[pattern]

    def _matching(self, text: str) -> frozenset[Pattern]:
        if len(self._prefilter.patterns) < len(self._watched):
            self._prefilter = Prefilter(self._watched.values())
        return frozenset(self._prefilter.matching(text))


def alternation(words: Iterable[str]) -> str:
    """A pattern, for RE2 and for `re`, that matches any of these words: escaped, longest first, in a group.

    Words that begin alike share a branch: `re` tries one branch after the other.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        rests.setdefault(re.escape(word[:1]), []).append(re.escape(word[1:]))
    branches = (
        f"{first}{rest[0]}" if len(rest) == 1 else f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items()
    )
    return f"(?:{'|'.join(branches)})"


def opening(words: Iterable[str]) -> str:
    """A lookahead, for `re` alone, to where one of these words can begin.

    `re` tries an alternation of hundreds of words one by one at each character unless the pattern begins with it.
    """
    return f"(?=[{''.join(re.escape(first) for first in sorted({word[0] for word in words}))}])"


def load_rulebook(folders: Iterable[Path] = ()) -> Rulebook:
    """The shipped rules plus those in `folders`. Raises `RulebookError` with the file and the cause."""
    rules: list[tuple[Path, Rule]] = []
    fragments: dict[str, str] = {}
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    passes: dict[str, tuple[Path, str]] = {}
    retired: dict[str, Path] = {}
    digest = hashlib.sha256()
    for path in rule_files([DEFAULT_FOLDER, *folders]):
        content = read_bytes(path)
        digest.update(path.name.encode() + b"\0" + content + b"\0")
        file = parse(path, content)
        for name, fragment in file.fragments.items():
            if name in fragments or name in words:
                raise RulebookError(f"{path}: fragment {name!r} is defined already")
            fragments[name] = fragment
        for name, entry in file.words.items():
            if name in fragments:
                raise RulebookError(f"{path}: {name!r} is a fragment already")
            groups = entry if isinstance(entry, Mapping) else {"": entry}
            known = words.setdefault(name, {})
            for meaning, terms in groups.items():
                known[meaning] = (*known.get(meaning, ()), *terms)
        passes |= {name: (path, description) for name, description in file.passes.items()}
        retired |= dict.fromkeys(file.retired, path)
        rules += [(path, rule) for rule in file.rules]
    seen: set[str] = set()
    compiled = []
    for name, (path, _) in passes.items():
        if name.split(".")[0] != path.stem:
            raise RulebookError(f"{path}: pass {name!r} does not begin with the file's name")
    for path, rule in rules:
        if rule.id.split(".")[0] != path.stem:
            raise RulebookError(f"{path}: rule {rule.id!r} does not begin with the file's name")
        if rule.id in seen or rule.id in passes or rule.id in retired:
            raise RulebookError(f"{path}: rule id {rule.id!r} is {'retired' if rule.id in retired else 'taken'}")
        seen.add(rule.id)
        try:
            compiled.append(_compile_rule(path, rule, fragments, words))
        except RulebookError as error:
            raise RulebookError(f"{path}: rule {rule.id!r}: {error}") from None
    return Rulebook(compiled, words, fragments, {name: text for name, (_, text) in passes.items()}, digest.hexdigest())


def _compile_rule(
    path: Path, rule: Rule, fragments: Mapping[str, str], words: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> CompiledRule:
    # (?m): many sentences, one a line, can be searched at once
    pattern = _compile(f"(?m){rule.pattern}", fragments, words)
    if pattern.occurs(""):
        raise RulebookError("the pattern matches the empty text")
    before = _compile(f"(?:{rule.unless_before})$", fragments, words) if rule.unless_before else None
    after = _compile(f"^(?:{rule.unless_after})", fragments, words) if rule.unless_after else None
    return CompiledRule(rule, pattern, before, after, path)


def _compile(pattern: str, fragments: Mapping[str, str], words: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Pattern:
    source = _expand(pattern, fragments, words, ())
    try:
        return Pattern(source)
    except re2.error as error:
        cause = error.args[0]
        raise RulebookError(
            f"RE2 refuses the pattern: {cause.decode() if isinstance(cause, bytes) else cause}"
        ) from error


def _expand(
    pattern: str,
    fragments: Mapping[str, str],
    words: Mapping[str, Mapping[str, tuple[str, ...]]],
    inside: tuple[str, ...],
) -> str:
    def replace(reference: re.Match[str]) -> str:
        name = reference[1]
        if name in inside:
            raise RulebookError(f"fragment {name!r} refers to itself")
        if name in fragments:
            return f"(?:{_expand(fragments[name], fragments, words, (*inside, name))})"
        listed, _, meaning = name.partition(".")
        if listed in words and (not meaning or meaning in words[listed]):
            groups = words[listed]
            terms = groups[meaning] if meaning else [w for ws in groups.values() for w in ws]
            return alternation(terms)
        raise RulebookError(f"no fragment or words {name!r}")

    return _REFERENCE.sub(replace, pattern)
