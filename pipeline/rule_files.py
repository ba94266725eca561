"""Reads `rules/*.yaml`: rules, the pattern fragments they share, and the words that the stages know.

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

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from pipeline.document import MentionKind

DEFAULT_FOLDER = next(
    folder
    # inside the wheel, and in a checkout
    for folder in (Path(__file__).parent / "rules", Path(__file__).parent.parent / "rules")
    if folder.is_dir()
)

_MARK = re.compile("⟦(.*?)⟧")


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


class RuleFile(BaseModel):
    """What one file holds, under its five keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: tuple[Rule, ...] = ()
    fragments: Mapping[str, str] = Field(default_factory=dict)
    words: Mapping[str, tuple[str, ...] | Mapping[str, tuple[str, ...]]] = Field(default_factory=dict)
    passes: Mapping[str, str] = Field(default_factory=dict)
    retired: tuple[str, ...] = ()


def rule_files(folders: Iterable[Path]) -> Iterator[Path]:
    """The rule files of some folders, folder by folder. Raises `RulebookError` for a folder without any."""
    for folder in folders:
        if not folder.is_dir():
            raise RulebookError(f"{folder}: no such folder of rules")
        files = sorted(folder.glob("*.yaml"))
        if not files:
            raise RulebookError(f"{folder}: no *.yaml file in this folder of rules")
        yield from files


def read_bytes(path: Path) -> bytes:
    """What a file holds. Raises `RulebookError`."""
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


def parse(path: Path, content: bytes) -> RuleFile:
    """A file's content, checked. Raises `RulebookError` with the file and the cause."""
    try:
        # Built on a base loader: it makes no objects.
        data = yaml.load(content, Loader=_StrictLoader)  # noqa: S506
        return RuleFile.model_validate(data)
    except yaml.YAMLError as error:
        raise RulebookError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise RulebookError(f"{path}: {where}: {first['msg']}") from error
