"""《…》 → the title of a document."""

from __future__ import annotations

from pipeline.document import Title
from pipeline.normalize.evidence import Evidence


def read_title(evidence: Evidence) -> Title | None:
    """The title without its own 《》 and without white space; 《》 inside it stay."""
    name = "".join(evidence.text.split()).removeprefix("《").removesuffix("》")
    return Title(name) if name else None
