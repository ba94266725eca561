"""What flows through the pipeline: one `Document` for each raw file.

All offsets in here are code points of the clean text (`Document.text.text`); only repairs and records speak of the raw
file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline.alignment import AlignedText

MentionKind = Literal["organization", "person", "quantity", "horizon", "document"]
EntityKind = Literal["organization", "person", "place"]
OrganizationType = Literal[
    "government",
    "party",
    "zone",
    "company",
    "university",
    "institute",
    "hospital",
    "alliance",
    "media",
    "platform",
    "school",
    "other",
]
Comparator = Literal["=", ">", ">=", "<", "<=", "~", "range"]
HorizonType = Literal["duration", "period", "deadline", "since", "point", "recurring", "vague"]
Measure = Literal["level", "change", "rate", "share", "rank", "multiple"]
Direction = Literal["up", "down"]
Status = Literal["target", "figure"]
BlockRole = Literal["title", "heading", "byline", "paragraph", "item", "caption", "repeat"]
RepairKind = Literal[
    "invisible",
    "join",
    "move",
    "aside",
    "furniture",
    "space",
    "width",
    "full stop",
    "ellipsis",
    "conjunction",
    "look-alike",
]


@dataclass(frozen=True, slots=True)
class Organization:
    """What an organization's own words say."""

    type: OrganizationType


@dataclass(frozen=True, slots=True)
class Person:
    """A name without the spaces that typesetting puts into it."""

    name: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, the magnitude multiplied out; `maximum` is the upper end of a range.

    `measure` and `direction` are set where the quantity's own words settle them (第3位 is a rank, 翻番 a multiple).
    """

    comparator: Comparator
    value: Decimal
    maximum: Decimal | None = None
    unit: str | None = None
    measure: Measure | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Horizon:
    """When, or for how long. Durations are ISO 8601 (`P3Y`), dates ISO 8601 at the precision written."""

    type: HorizonType
    duration_min: str | None = None
    duration_max: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A document's title without its 《》 and without white space."""

    name: str


Value = Organization | Person | Quantity | Horizon | Title


@dataclass(frozen=True, slots=True)
class OrganizationLinks:
    """The full form of a name within its document."""

    name: str


@dataclass(frozen=True, slots=True)
class PersonLinks:
    """The post beside a name, and the canonical name of the body it belongs to."""

    post: str | None = None
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class QuantityLinks:
    """What a quantity measures, whose it is, and when; `horizon` is an index into `Document.mentions`."""

    status: Status
    measure: Measure
    direction: Direction | None = None
    indicator: str | None = None
    subject: str | None = None
    baseline: Decimal | None = None
    horizon: int | None = None


@dataclass(frozen=True, slots=True)
class TitleLinks:
    """The full title that a short form stands for."""

    name: str


Links = OrganizationLinks | PersonLinks | QuantityLinks | TitleLinks


_NONE: Mapping[str, str] = {}


class Mention(NamedTuple):
    """A span that means something. `recognize` finds it, `normalize` sets `value`, `relate` sets `links`.

    `source` is the rule's id or the model's name; `captures` are the rule's named groups, as text, for the normalizer
    that the rule names.
    """

    kind: MentionKind
    start: int
    end: int
    source: str
    captures: Mapping[str, str] = _NONE
    normalizer: str | None = None
    options: Mapping[str, str] = _NONE
    value: Value | None = None
    links: Links | None = None

    def at(self, start: int, end: int) -> Mention:
        """The mention with another span, and no value yet."""
        return Mention(self.kind, start, end, self.source, self.captures, self.normalizer, self.options)

    def valued(self, value: Value | None, links: Links | None = None) -> Mention:
        """The mention with its value, and no links yet unless they are given."""
        captures, normalizer, options = self.captures, self.normalizer, self.options
        return Mention(self.kind, self.start, self.end, self.source, captures, normalizer, options, value, links)

    def linked(self, links: Links | None) -> Mention:
        """The mention with its links."""
        return self.valued(self.value, links)


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of layout after cleaning: `text[start:end]`, on a line of its own; no sentence crosses its border."""

    start: int
    end: int
    role: BlockRole


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page: `text[start:end]`; its title, where it has one, and the title's span.

    `published` is its own date, as far as it is known from `Document.published` and from what the page says.
    """

    start: int
    end: int
    title: str | None = None
    title_span: tuple[int, int] | None = None
    published: str | None = None


class Sentence(NamedTuple):
    """A sentence, headline, byline or caption: `text[start:end]`, without white space at its ends."""

    start: int
    end: int
    article: int


class Entity(NamedTuple):
    """A name that a model finds in a sentence: `sentence[start:end]`, in code points of the sentence."""

    kind: EntityKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that went wrong, or that a reader should know, about one document."""

    stage: str
    message: str
    fatal: bool = False


class Repair(NamedTuple):
    """One thing that cleaning did: `raw[start:end]`, in code points of the raw file, became `text`.

    `text` is empty where it went out of the running text (furniture, invisible, space). `reason` says in plain English
    what spoke for it; `confidence` is the probability, 0 to 1, that it is right, None where it is not estimated.
    A `join` replaces what stood between two lines by '' or ' '. An `aside` (a caption, in the sentence it cut or
    by itself, or a repeated title) and a `move` (a block with another place in reading order) name a block's raw
    range and its text. The reason of `furniture` is what it is taken for: credit, page head, page number, ornament,
    web page.
    """

    kind: RepairKind
    start: int
    end: int
    text: str
    reason: str
    confidence: float | None = None


@dataclass(slots=True)
class Document:
    """A raw file on its way through the stages; each stage sets its own field.

    `name` is the file's path relative to the input folder, `/`-separated. `published` is the article's own date as
    far as `articles.csv` or the command line gives it: `2020`, `2020-09` or `2020-09-07`. `repairs` are sorted by
    start. `entities` are those of each sentence, in text order; there are none where no model was asked.
    """

    name: str
    raw: str
    published: str | None = None
    text: AlignedText = field(default_factory=lambda: AlignedText.of_raw(""))
    blocks: list[Block] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    entities: list[list[Entity]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether a stage broke."""
        return any(issue.fatal for issue in self.issues)

    def sentence_texts(self) -> list[str]:
        """The text of each sentence."""
        return [self.text.text[s.start : s.end] for s in self.sentences]
