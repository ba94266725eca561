"""Tells the articles of a page apart."""

from __future__ import annotations

from pipeline.document import Article, Document


def split_articles(document: Document) -> None:
    """Sets `articles`."""
    document.articles = [Article(0, len(document.text))] if document.text.text.strip() else []
