"""The whole pipeline on one screen: the stages in order, from raw text to related mentions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from pipeline.clean import Cleaner
from pipeline.document import Document, Issue
from pipeline.normalize import Normalizer
from pipeline.recognize import Recognizer
from pipeline.recognize.gazetteer import load_gazetteer
from pipeline.recognize.ner import load_ner
from pipeline.recognize.numbers import NumberRecognizer
from pipeline.recognize.tagging import NameTagger
from pipeline.relate import Relater
from pipeline.rulebook import load_rulebook
from pipeline.segment import ArticleSplitter, split_sentences
from pipeline.settings import Settings

Stage = Callable[[Document], None]
"""Reads what earlier stages set, sets its own fields of the document, touches nothing else."""


class Pipeline:
    """The stages, built once for a run. Raises `RulebookError`, `GazetteerError` and `ModelError`."""

    def __init__(self, settings: Settings | None = None) -> None:
        settings = settings or Settings()
        self.rulebook = load_rulebook(settings.rules)
        self.gazetteer = load_gazetteer(settings.gazetteer) if settings.gazetteer and settings.names else None
        self.ner = load_ner(settings.model) if settings.names else None
        self.stages: dict[str, Stage] = {
            "clean": Cleaner(self.rulebook),
            "articles": ArticleSplitter(self.rulebook),
            "sentences": split_sentences,
        }
        if self.ner:
            self.stages["names"] = NameTagger(self.ner)
            self.stages["recognize"] = Recognizer(self.rulebook, self.ner.name, self.gazetteer)
        else:
            self.stages["recognize"] = NumberRecognizer(self.rulebook)
        self.stages["normalize"] = Normalizer(self.rulebook)
        self.stages["relate"] = Relater(self.rulebook)

    def process(self, document: Document) -> Document:
        """Runs all stages. A stage that fails leaves a fatal issue on the document, and no mentions."""
        self.process_together([document])
        return document

    def process_together(self, documents: Sequence[Document]) -> None:
        """Runs all stages on several documents, the faster for it: the model reads all their sentences in one go."""
        for name, stage in self.stages.items():
            sound = [document for document in documents if not document.failed]
            if isinstance(stage, NameTagger):
                # A model that fails on all together is asked again about each: one of them is the cause.
                with suppress(Exception):
                    stage.read_ahead(sound)
            for document in sound:
                _run(name, stage, document)


def _run(name: str, stage: Stage, document: Document) -> None:
    try:
        stage(document)
    # A batch must survive whatever one article does; the issue names stage and cause.
    except Exception as error:
        document.issues.append(Issue(name, f"{type(error).__name__}: {error}", fatal=True))
        document.mentions = []
