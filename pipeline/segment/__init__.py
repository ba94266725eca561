"""Clean text → the articles of a page, and their sentences."""

from pipeline.segment.articles import ArticleSplitter
from pipeline.segment.sentences import split_sentences

__all__ = ["ArticleSplitter", "split_sentences"]
