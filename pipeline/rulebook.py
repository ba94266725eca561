"""Loads `rules/*.yaml`: rules, the pattern fragments they share, and the words that the stages know.

A file may hold these keys, each optional:

- `rules`: a list of rules (`Rule`);
- `fragments`: name → pattern, put into a pattern as `{name}`;
- `words`: name → list of words, or name → {meaning → list of words}; `{name}` and `{name.meaning}` put them into a
  pattern as an alternation, longest first;
- `passes`: id → description of what a pass over a whole sentence or article finds, which no pattern can (a list's other
  members, a name's repetitions); its ids stand as `source` in records like those of rules;
- `retired`: ids of rules that are gone and must never be given to another rule.

Every scalar is read as text: plain YAML would turn `12:30` into 750 and `NO` into False. A key given twice is an error.
Folders add up: a later one brings further rules and lengthens word lists; it may not redefine a rule or a fragment.
Patterns are RE2 (linear time on any text).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

import re2
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from pipeline.document import MentionKind
from pipeline.patterns import Pattern, Prefilter

DEFAULT_FOLDER = next(
    folder
    # inside the wheel, and in a checkout
    for folder in (Path(__file__).parent / "rules", Path(__file__).parent.parent / "rules")
    if folder.is_dir()
)

_REFERENCE = re.compile(r"(?<!\\[pPx])\{([^\W\d][\w.]*)\}")  # not \p{Han}, not \x{a0}
_MARK = re.compile("⟦(.*?)⟧")

_TEXTS = 2048
"""Texts whose matching patterns are remembered: many patterns are asked about a few texts in turn."""


class RulebookError(ValueError):
    """A rule file is broken; the message names the file and the cause."""


class Example(BaseModel):
    """A sentence with the expected spans marked `⟦…⟧`, and the expected value of each where it is given.

    `published` is the article's date, for values that depend on it. A value lists only the fields it asserts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    values: tuple[Mapping[str, str], ...] = ()
    published: str | None = None

    @property
    def plain(self) -> str:
        """The sentence without its marks."""
        return _MARK.sub(r"\1", self.text)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The marked spans, in code points of `plain`."""
        marks = _MARK.finditer(self.text)
        return tuple((m.start() - 2 * i, m.end() - 2 * (i + 1)) for i, m in enumerate(marks))


def _example(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class Rule(BaseModel):
    """One declarative rule.

    The mention is the named group `mention`, or the whole match where there is none; what the pattern matches around
    it is context that later matches may use again. The other named groups go to the normalizer. `unless_before` and
    `unless_after` reject a mention by the text right before or after it. An `exclusion` yields no mention: it keeps
    the kinds in `excludes` out of its span. Where mentions of one kind overlap, the higher `priority` wins, then the
    longer one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z0-9_]+)+$")]
    status: Literal["experimental", "stable"] = "stable"
    kind: MentionKind | Literal["exclusion"]
    excludes: tuple[MentionKind, ...] = ()
    description: Annotated[str, Field(min_length=10)]
    pattern: str
    unless_before: str | None = None
    unless_after: str | None = None
    normalizer: str | None = None
    options: Mapping[str, str] = Field(default_factory=dict)
    priority: int = 0
    positive: Annotated[tuple[Annotated[Example, BeforeValidator(_example)], ...], Field(min_length=1)]
    negative: Annotated[tuple[str, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Rule:
        if (self.kind == "exclusion") != bool(self.excludes):
            raise ValueError("`excludes` goes with kind `exclusion`, and only with it")
        if (self.kind == "exclusion") == (self.normalizer is not None):
            raise ValueError("a rule that yields mentions names a `normalizer`; an exclusion has none")
        for example in self.positive:
            if not example.spans:
                raise ValueError(f"positive example marks no span ⟦…⟧: {example.text}")
            if example.values and len(example.values) != len(example.spans):
                raise ValueError(f"positive example has {len(example.spans)} spans: {example.text}")
        return self


class _RuleFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: tuple[Rule, ...] = ()
    fragments: Mapping[str, str] = Field(default_factory=dict)
    words: Mapping[str, tuple[str, ...] | Mapping[str, tuple[str, ...]]] = Field(default_factory=dict)
    passes: Mapping[str, str] = Field(default_factory=dict)
    retired: tuple[str, ...] = ()


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
    for path in _rule_files([DEFAULT_FOLDER, *folders]):
        content = _read_bytes(path)
        digest.update(path.name.encode() + b"\0" + content + b"\0")
        file = _parse(path, content)
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


def _rule_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        if not folder.is_dir():
            raise RulebookError(f"{folder}: no such folder of rules")
        files = sorted(folder.glob("*.yaml"))
        if not files:
            raise RulebookError(f"{folder}: no *.yaml file in this folder of rules")
        yield from files


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RulebookError(f"{path}: {error.strerror}") from error


class _StrictLoader(yaml.CBaseLoader):
    """Scalars stay text; a key given twice is an error instead of the last one winning.

    Reading the shipped rules with libyaml takes a tenth of the second that plain Python would take.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {name!r} is given twice", key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


def _parse(path: Path, content: bytes) -> _RuleFile:
    try:
        # Built on a base loader: it makes no objects.
        data = yaml.load(content, Loader=_StrictLoader)  # noqa: S506
        return _RuleFile.model_validate(data)
    except yaml.YAMLError as error:
        raise RulebookError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise RulebookError(f"{path}: {where}: {first['msg']}") from error


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
