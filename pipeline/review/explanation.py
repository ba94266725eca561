"""Where each record of a document comes from: the sentence, what found it, what it means, what it is linked to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping

from rich.text import Text

from pipeline.document import Document, Mention
from pipeline.records import Record
from pipeline.review.printable import printable
from pipeline.rulebook import Rulebook
from pipeline.write import record_ids, records

_SHARED = {"id", "kind", "doc", "article", "article_title", "start", "end", "text", "sentence", "source"}
_LINKS = {
    "organization": ("name",),
    "person": ("post", "organization"),
    "target": ("indicator", "subject", "baseline", "horizon"),
    "figure": ("indicator", "subject", "baseline", "horizon"),
    "document": ("name",),
}


def explain(document: Document, rulebook: Rulebook, kinds: Collection[str] | None = None) -> Iterator[Text]:
    """The explanation of a processed document, line by line; `kinds` narrows it. Spans are raw code points."""
    found = records(document)
    mentions = dict(zip(record_ids(document), document.mentions, strict=True))
    horizons = {record.id: record.text for record in found if record.kind == "horizon"}
    article = None
    for record in found:
        if kinds is not None and record.kind not in kinds:
            continue
        if record.article != article:
            article = record.article
            title = f": {printable(record.article_title)}" if record.article_title else ""
            yield Text(f"{printable(record.doc)}, article {article}{title}")
            yield Text()
        yield Text.assemble((record.kind, "bold"), f"  {printable(record.text)}  [{record.start}:{record.end}]")
        yield Text("  ").append_text(_sentence(document, mentions[record.id]))
        if record.source in rulebook.descriptions:
            yield Text(f"  rule   {record.source}: {rulebook.descriptions[record.source]}")
        else:
            yield Text(f"  model  {record.source}")
        links = _LINKS.get(record.kind, ())
        fields = dict(_fields(record, horizons))
        value = {name: written for name, written in fields.items() if name not in links}
        for heading, part in (("value", value), ("links", {name: fields[name] for name in links if name in fields})):
            if part:
                yield Text(f"  {heading}  {_listed(part)}")
        yield Text()


def facts(record: Record, horizons: Mapping[str, str]) -> str:
    """What a record says beyond its place, in one line; `horizons` gives the text of each horizon's id."""
    return _listed(dict(_fields(record, horizons)))


def _fields(record: Record, horizons: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in record.model_dump(exclude=_SHARED, exclude_none=True).items():
        if name == "horizon":
            value = horizons.get(value, value)
        yield name, str(value).lower() if isinstance(value, bool) else printable(str(value))


def _listed(fields: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {written}" for name, written in fields.items())


def _sentence(document: Document, mention: Mention) -> Text:
    at = bisect_right(document.sentences, mention.start, key=lambda s: s.start) - 1
    sentence = document.sentences[at]
    pieces = [
        printable(document.text.text[a:b].replace("\n", " "))
        for a, b in ((sentence.start, mention.start), (mention.start, mention.end), (mention.end, sentence.end))
    ]
    return Text.assemble(pieces[0], ("⟦" + pieces[1] + "⟧", "bold"), pieces[2])
