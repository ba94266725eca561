"""Documents → records → files; a file is there whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import IO, Any

from pipeline.document import (
    Document,
    Horizon,
    Mention,
    Organization,
    OrganizationLinks,
    Person,
    PersonLinks,
    Quantity,
    QuantityLinks,
    Sentence,
    Title,
    TitleLinks,
)
from pipeline.records import (
    DocumentRecord,
    HorizonRecord,
    OrganizationRecord,
    PersonRecord,
    QuantityRecord,
    Record,
    family,
)

_SPACE = re.compile(r"\s+")


def records(document: Document, kinds: Collection[str] = ()) -> list[Record]:
    """The document's records, sorted by start, end and kind; only those of some `kinds` where any are named."""
    text = document.text.text
    ids = record_ids(document)
    sentence_of = _sentences(document)
    result: list[Record] = []
    for mention, record_id in zip(document.mentions, ids, strict=True):
        sentence = sentence_of(mention)
        article = document.articles[sentence.article]
        start, end = document.text.to_raw(mention.start, mention.end)
        shared: dict[str, Any] = {
            "id": record_id,
            "doc": document.name,
            "article": sentence.article,
            "article_title": article.title,
            "start": start,
            "end": end,
            "text": text[mention.start : mention.end],
            "sentence": text[sentence.start : sentence.end],
            "source": mention.source,
        }
        result.append(_record(mention, shared, ids))
    wanted = [record for record in result if record.kind in kinds] if kinds else result
    return sorted(wanted, key=lambda r: (r.start, r.end, r.kind))


def record_ids(document: Document) -> list[str]:
    """A stable id for each mention, in the order of `Document.mentions`.

    Made from the document's name, the kind's family, the mention's characters and how often they occurred before in
    the raw text; white space never counts. No rule, value or other record has a part in it.
    """
    squeezed = "".join(document.raw.split())
    gaps = [match.span() for match in _SPACE.finditer(document.raw)]
    gap_starts = [start for start, _ in gaps]
    squeezed_out = [0, *accumulate(end - start for start, end in gaps)]
    # Up to where the characters of a mention were counted, and how many there were.
    counted: dict[str, tuple[int, int]] = {}
    taken: Counter[tuple[str, str, int]] = Counter()
    ids = []
    for mention in document.mentions:
        characters = "".join(document.text.text[mention.start : mention.end].split())
        start, _ = document.text.to_raw(mention.start, mention.end)
        at = start - squeezed_out[bisect_left(gap_starts, start)]
        before, nth = counted.get(characters, (0, 0))
        if at < before:
            before = nth = 0
        nth += squeezed.count(characters, before, at + len(characters) - 1)
        counted[characters] = at, nth
        key = (mention.kind, characters, nth)
        # Two mentions with furniture inside them can count the same number of earlier copies.
        parts = [document.name, family(mention.kind), characters, str(nth), str(taken[key] or "")]
        taken[key] += 1
        ids.append(hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:16])
    return ids


def _sentences(document: Document) -> Callable[[Mention], Sentence]:
    starts = [s.start for s in document.sentences]

    def sentence_of(mention: Mention) -> Sentence:
        return document.sentences[bisect_right(starts, mention.start) - 1]

    return sentence_of


def _record(mention: Mention, shared: dict[str, Any], ids: list[str]) -> Record:
    match mention.value, mention.links:
        case Organization(kind), OrganizationLinks(name):
            return OrganizationRecord(kind="organization", **shared, name=name, type=kind)
        case Person(name), PersonLinks(post, organization):
            return PersonRecord(kind="person", **shared, name=name, post=post, organization=organization)
        case Quantity() as quantity, QuantityLinks() as links:
            return QuantityRecord(
                kind=links.status,
                **shared,
                op=quantity.comparator,
                value=_number(quantity.value),
                value_max=None if quantity.maximum is None else _number(quantity.maximum),
                unit=quantity.unit,
                measure=links.measure,
                direction=links.direction,
                indicator=links.indicator,
                subject=links.subject,
                baseline=None if links.baseline is None else _number(links.baseline),
                horizon=None if links.horizon is None else ids[links.horizon],
            )
        case Horizon() as horizon, _:
            return HorizonRecord(
                kind="horizon",
                **shared,
                type=horizon.type,
                duration_min=horizon.duration_min,
                duration_max=horizon.duration_max,
                start_date=horizon.start_date,
                end_date=horizon.end_date,
                approximate=horizon.approximate,
            )
        case Title(), TitleLinks(name):
            return DocumentRecord(kind="document", **shared, name=name)
        case _:
            raise TypeError(f"a {mention.kind} without its value or links: {shared['text']!r}")


def _number(value: Decimal) -> int | float:
    whole = int(value)
    return whole if whole == value else float(value)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A stream to `path` that replaces the file only when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        partial.chmod(0o644)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
