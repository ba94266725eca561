"""Clean text → the articles of a page, and their sentences."""

from pipeline.segment.articles import split_articles
from pipeline.segment.sentences import split_sentences

__all__ = ["split_articles", "split_sentences"]
