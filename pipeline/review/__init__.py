"""Records in words, for the people who judge them."""

from pipeline.review.explanation import explain, facts

__all__ = ["explain", "facts"]
