"""Clean documents for tests of rules: the shipped rules without a model."""

import re

from pipeline.document import Article, Block, Document
from pipeline.normalize import Normalizer
from pipeline.recognize import Recognizer
from pipeline.rulebook import load_rulebook
from pipeline.segment import split_sentences

RULES = load_rulebook()


RECOGNIZER, NORMALIZER = Recognizer(RULES), Normalizer(RULES)


def document(text, published=None):
    """A clean document of one article: a block for each line."""
    result = Document("a.txt", text, published)
    result.text = result.text.of_raw(text)
    result.articles = [Article(0, len(text))]
    result.blocks = [Block(m.start(), m.end(), "paragraph") for m in re.finditer(r"[^\n]+", text)]
    split_sentences(result)
    return result
