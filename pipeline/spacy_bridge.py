"""Documents and records for spaCy: a `Doc` made from a processed document, and the pipeline as a spaCy component.

`doc.spans["zhengce"]` holds all mentions, and one further group for each kind (`organization`, `person`, `target`,
`figure`, `horizon`, `document`) its own. A span's label is the kind, its `id_` the record's id. The records lie on
`doc._.zhengce` as plain dicts, so that they travel with `DocBin(store_user_data=True)`; `span._.zhengce` is the span's.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline.document import Document
from pipeline.records import KINDS, Record
from pipeline.settings import Settings
from pipeline.write import record_ids, records

KEY = "zhengce"


def _record_of(span: Span) -> dict[str, Any] | None:
    return next((record for record in span.doc._.zhengce or () if record["id"] == span.id_), None)


if not Doc.has_extension(KEY):
    Doc.set_extension(KEY, default=None)
if not Span.has_extension(KEY):
    Span.set_extension(KEY, getter=_record_of)


def to_doc(document: Document, vocab: Vocab | None = None) -> Doc:
    """A processed document's clean text as a `Doc` with one token for each character: token i is character i.

    The document's sentences begin sentences of the `Doc`. The records' own `start` and `end` point into the raw file,
    the spans into the clean text.
    """
    text = document.text.text
    starts = {0, *(sentence.start for sentence in document.sentences)}
    doc = Doc(
        vocab if vocab is not None else Vocab(),
        words=list(text),
        spaces=[False] * len(text),
        sent_starts=[i in starts for i in range(len(text))],
    )
    spans = dict(zip(record_ids(document), ((m.start, m.end) for m in document.mentions), strict=True))
    return _with_spans(doc, records(document), lambda r, label: Span(doc, *spans[r.id], label=label, span_id=r.id))


class Zhengce:
    """The whole pipeline as a spaCy component: `nlp.add_pipe("zhengce")`, after any tokenizer.

    It reads `doc.text` alone. Spans are widened to whole tokens of the host's tokenizer; the records keep the exact
    offsets into `doc.text`. A text that fails raises `ValueError`, which `nlp.set_error_handler` can take.
    """

    def __init__(self, settings: Settings) -> None:
        # spaCy imports this module for every language it makes, also for those that the stages themselves make.
        from pipeline.stages import Pipeline

        self.pipeline = Pipeline(settings)
        self._published = settings.published
        self._kinds = settings.kinds

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc.spans` and `doc._.zhengce`."""
        document = self.pipeline.process(Document("", doc.text, self._published))
        for issue in document.issues:
            if issue.fatal:
                raise ValueError(f"zhengce: {issue.stage}: {issue.message}")
            warnings.warn(f"zhengce: {issue.message}", stacklevel=2)
        return _with_spans(doc, records(document, self._kinds), lambda r, label: _expanded(doc, r, label))


@Language.factory(
    KEY,
    default_config={"rules": [], "model": None, "published": None, "gazetteer": None, "kinds": []},
    assigns=["doc.spans"],
)
def create_zhengce(
    nlp: Language,
    name: str,
    rules: list[str],
    model: str | None,
    published: str | None,
    gazetteer: str | None,
    kinds: list[str],
) -> Zhengce:
    """The component's factory. Its arguments mean what they mean for `zhengce run`.

    Raises `RulebookError`, `GazetteerError` and `ModelError`, and `ValueError` for a kind that no record has.
    """
    names = Path(gazetteer) if gazetteer is not None else None
    return Zhengce(Settings(tuple(Path(folder) for folder in rules), model, published, names, frozenset(kinds)))


def _expanded(doc: Doc, record: Record, label: str) -> Span:
    span = doc.char_span(record.start, record.end, label=label, span_id=record.id, alignment_mode="expand")
    if span is None:
        raise ValueError(f"zhengce: {record.text!r} lies outside the text")
    return span


def _with_spans(doc: Doc, found: Sequence[Record], span_of: Callable[[Record, str], Span]) -> Doc:
    doc.spans[KEY] = [span_of(record, record.kind) for record in found]
    for kind in KINDS:
        doc.spans[kind] = [span_of(record, kind) for record in found if record.kind == kind]
    doc._.zhengce = [record.model_dump() for record in found]
    return doc
