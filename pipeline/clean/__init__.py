"""Raw text → clean text: characters, furniture, lines → paragraphs, reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.alignment import AlignedText
from pipeline.clean.characters import invisible
from pipeline.clean.composition import Composer
from pipeline.clean.cues import Cues
from pipeline.clean.evidence import shipped_layout_model
from pipeline.clean.furniture import Furniture, without_furniture
from pipeline.clean.layout import Draft, blocks
from pipeline.clean.lines import lines_of
from pipeline.clean.order import Order, reading_order
from pipeline.clean.page import Page
from pipeline.clean.role_cues import RoleCues
from pipeline.clean.roles import roles_of
from pipeline.document import BlockRole, Document, Issue, Repair
from pipeline.rulebook import Rulebook

__all__ = ["Cleaner"]

_ASIDE: dict[BlockRole, str] = {"caption": "a caption", "repeat": "it repeats a title"}


class Cleaner:
    """Sets a document's `text`, `blocks` and `repairs`. Raises `RulebookError` where the rules lack a cue it needs."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._cues = Cues(rulebook)
        self._role_cues = RoleCues(rulebook)
        self._model = shipped_layout_model()
        self._compose = Composer(rulebook, self._cues.cuts_word)

    def __call__(self, document: Document) -> None:
        """Cleans one document. Doubts about the reading order become issues of the document."""
        raw = AlignedText.of_raw(document.raw)
        unseen = invisible(document.raw)
        text = raw.edited(unseen)
        lines, furniture = without_furniture(lines_of(text.text), self._cues)
        order = reading_order(blocks(Page(lines, self._cues), self._model), self._cues)
        roles = roles_of(order.drafts, self._cues, self._role_cues)
        document.text, document.blocks, repairs = self._compose(text, order.drafts, roles)
        repairs += [Repair("invisible", e.start, e.end, e.text, "not to be seen") for e in unseen if e.text != "\n"]
        repairs += _out_of_text(text, furniture, order, roles)
        document.repairs = sorted(repairs, key=lambda repair: (repair.start, repair.end, repair.kind))
        if order.note:
            document.issues.append(Issue("clean", order.note))


def _out_of_text(
    text: AlignedText, furniture: Iterable[Furniture], order: Order, roles: Iterable[BlockRole]
) -> Iterator[Repair]:
    for piece in furniture:
        yield Repair("furniture", *text.to_raw(piece.start, piece.end), "", piece.kind)
    for draft, role in zip(order.drafts, roles, strict=True):
        if draft.aside:
            yield Repair("aside", *_span(text, draft), draft.text, "it stood inside a sentence", round(draft.aside, 3))
        elif role in _ASIDE:
            yield Repair("aside", *_span(text, draft), draft.text, _ASIDE[role])
    for draft in order.moved:
        yield Repair("move", *_span(text, draft), draft.text, "its column came out of order")


def _span(text: AlignedText, draft: Draft) -> tuple[int, int]:
    return text.to_raw(draft.lines[0].start, draft.lines[-1].end)
