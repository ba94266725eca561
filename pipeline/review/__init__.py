"""Records and repairs in words, for the people who judge them."""

from pipeline.review.explanation import explain, facts
from pipeline.review.printable import printable
from pipeline.review.repairs import explain_cleaning

__all__ = ["explain", "explain_cleaning", "facts", "printable"]
