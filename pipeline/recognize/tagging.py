"""Sentences → the names that the model finds in them; many documents at once."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.document import Document, Entity
from pipeline.recognize.ner import Ner


class NameTagger:
    """The stage that sets `entities`."""

    def __init__(self, ner: Ner) -> None:
        self._ner = ner
        self._ahead: dict[str, list[Entity]] = {}

    def read_ahead(self, documents: Iterable[Document]) -> None:
        """Asks the model about the sentences of all these documents, for when their turn comes.

        A model reads sentences of one length together, and in one document there are few of them: asked about twenty
        thousand characters at once it takes little more than half the time.
        """
        sentences = list(dict.fromkeys(sentence for document in documents for sentence in document.sentence_texts()))
        self._ahead = dict(zip(sentences, self._ner(sentences), strict=True))

    def __call__(self, document: Document) -> None:
        """Sets `entities`."""
        sentences = document.sentence_texts()
        if all(sentence in self._ahead for sentence in sentences):
            document.entities = [self._ahead[sentence] for sentence in sentences]
        else:
            document.entities = self._ner(sentences)
