"""The whole pipeline on one screen: the stages in order, from raw text to related mentions."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.clean import Cleaner
from pipeline.document import Document, Issue
from pipeline.normalize import Normalizer
from pipeline.recognize import Recognizer
from pipeline.recognize.ner import load_ner
from pipeline.relate import Relater
from pipeline.rulebook import load_rulebook
from pipeline.segment import ArticleSplitter, split_sentences
from pipeline.settings import Settings

Stage = Callable[[Document], None]
"""Reads what earlier stages set, sets its own fields of the document, touches nothing else."""


class Pipeline:
    """The stages, built once for a run. Raises `RulebookError` and `ModelError` where the settings are broken."""

    def __init__(self, settings: Settings | None = None) -> None:
        settings = settings or Settings()
        self.rulebook = load_rulebook(settings.rules)
        self.ner = load_ner(settings.model)
        self.stages: dict[str, Stage] = {
            "clean": Cleaner(self.rulebook),
            "articles": ArticleSplitter(self.rulebook),
            "sentences": split_sentences,
            "recognize": Recognizer(self.rulebook, self.ner),
            "normalize": Normalizer(self.rulebook),
            "relate": Relater(self.rulebook),
        }

    def process(self, document: Document) -> Document:
        """Runs all stages. A stage that fails leaves a fatal issue on the document, and no mentions."""
        for name, stage in self.stages.items():
            try:
                stage(document)
            # A batch must survive whatever one article does; the issue names stage and cause.
            except Exception as error:
                document.issues.append(Issue(name, f"{type(error).__name__}: {error}", fatal=True))
                document.mentions = []
                break
        return document
