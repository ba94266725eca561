"""Raw text → clean text: characters, furniture, lines → paragraphs, reading order."""

from __future__ import annotations

from pipeline.alignment import AlignedText, Edit
from pipeline.clean.characters import typography, without_invisible
from pipeline.clean.cues import Cues
from pipeline.clean.furniture import Furniture, without_furniture
from pipeline.clean.layout import Draft, Layout
from pipeline.clean.lines import lines_of
from pipeline.clean.order import reading_order
from pipeline.clean.roles import roles_of
from pipeline.document import Block, BlockRole, Document
from pipeline.rulebook import Rulebook

__all__ = ["Cleaner", "Furniture"]

_PROSE: frozenset[BlockRole] = frozenset({"paragraph", "item", "caption"})


class Cleaner:
    """Sets a document's `text` and `blocks`. Raises `RulebookError` where the rules lack a cue it needs."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._cues = Cues(rulebook)

    def __call__(self, document: Document) -> None:
        """Cleans one document."""
        text = without_invisible(AlignedText.of_raw(document.raw))
        lines, _ = without_furniture(lines_of(text.text), self._cues)
        drafts = reading_order(Layout(lines, self._cues).blocks(), self._cues)
        document.text, document.blocks = _set(text, drafts, roles_of(drafts, self._cues))

    def furniture(self, raw: str) -> list[Furniture]:
        """What cleaning takes out of a raw text and why, in code points of the raw text."""
        text = without_invisible(AlignedText.of_raw(raw))
        found = without_furniture(lines_of(text.text), self._cues)[1]
        return [Furniture(*text.to_raw(piece.start, piece.end), piece.kind) for piece in found]


def _set(text: AlignedText, drafts: list[Draft], roles: list[BlockRole]) -> tuple[AlignedText, list[Block]]:
    """The blocks put together, each on a line of its own, in Chinese typography."""
    text, texts = _arranged(text, drafts)
    edits = []
    position = 0
    for line, role in zip(texts, roles, strict=True):
        changes = typography(line, prose=role in _PROSE)
        edits += [Edit(position + e.start, position + e.end, e.text) for e in changes]
        position += len(line) + 1
    text = text.edited(edits)
    blocks = []
    position = 0
    for line, role in zip(text.text.split("\n"), roles, strict=False):
        blocks.append(Block(position, position + len(line), role))
        position += len(line) + 1
    return text, blocks


def _arranged(text: AlignedText, drafts: list[Draft]) -> tuple[AlignedText, list[str]]:
    spans = []
    breaks = []
    texts = []
    position = 0
    for draft in drafts:
        pieces: list[str] = []
        if position:
            breaks.append(Edit(position, position, "\n"))
        for line in draft.lines:
            piece = text.text[line.start : line.end]
            if pieces and _needs_space(pieces[-1], piece):
                breaks.append(Edit(position, position, " "))
                pieces.append(" ")
            pieces.append(piece)
            spans.append((line.start, line.end))
            position += len(piece)
        texts.append("".join(pieces))
    return text.arranged(spans).edited(breaks), texts


def _needs_space(before: str, after: str) -> bool:
    """Whether two lines meet between Latin words."""
    return before[-1].isascii() and after[0].isascii() and (before[-1].isalpha() or after[0].isalpha())
