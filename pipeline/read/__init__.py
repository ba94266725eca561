"""Raw bytes → raw text."""

from pipeline.read.encodings import ReadError, decode
from pipeline.read.txt import read_text

__all__ = ["ReadError", "decode", "read_text"]
