"""Sentences → mentions: the rules and the model find spans, `merge` settles who wins where they overlap."""

from __future__ import annotations

from dataclasses import replace

from pipeline.document import Document, Mention
from pipeline.recognize.merge import merge
from pipeline.recognize.ner import Ner
from pipeline.recognize.rules import RuleMatcher
from pipeline.rulebook import Rulebook


class Recognizer:
    """The stage that sets `mentions`, in text order, without values."""

    def __init__(self, rulebook: Rulebook, ner: Ner) -> None:
        self._matcher = RuleMatcher(rulebook)
        self._ner = ner

    def __call__(self, document: Document) -> None:
        """Sets `mentions`."""
        text = document.text.text
        sentences = [text[s.start : s.end] for s in document.sentences]
        mentions: list[Mention] = []
        for sentence, content, entities in zip(document.sentences, sentences, self._ner(sentences), strict=True):
            matches = list(self._matcher.matches(content))
            for mention in merge(matches, entities, self._ner.name):
                mentions.append(
                    replace(mention, start=mention.start + sentence.start, end=mention.end + sentence.start)
                )
        document.mentions = mentions
