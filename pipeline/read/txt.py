"""Plain text files."""

from __future__ import annotations

from pathlib import Path

from pipeline.read.encodings import ReadError, decode


def read_text(path: Path) -> tuple[str, str, bytes]:
    """The raw text (line ends as they are), its encoding, and the bytes. Raises `ReadError`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(error.strerror or str(error)) from error
    text, encoding = decode(content)
    return text, encoding, content
