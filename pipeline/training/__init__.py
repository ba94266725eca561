"""The recipes behind `zhengce train`: the NER model (`names`), and what cleaning knows of line breaks (`layout`)."""

from pipeline.training.corpus import CorpusError, TrainingError

__all__ = ["CorpusError", "TrainingError"]
