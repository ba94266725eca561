"""Mentions → links between them."""

from __future__ import annotations

from pipeline.document import (
    Document,
    Links,
    Mention,
    Organization,
    OrganizationLinks,
    Person,
    PersonLinks,
    Quantity,
    QuantityLinks,
    Title,
    TitleLinks,
)
from pipeline.relate.aliases import Aliases
from pipeline.relate.people import PersonRelater
from pipeline.relate.quantities import QuantityRelater
from pipeline.relate.titles import TitleLinker
from pipeline.rulebook import Rulebook


class Relater:
    """The stage that sets every mention's `links`."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._aliases = Aliases(rulebook)
        self._people = PersonRelater(rulebook)
        self._quantities = QuantityRelater(rulebook)
        self._titles = TitleLinker(rulebook)

    def __call__(self, document: Document) -> None:
        """Sets the links of `mentions`."""
        text = document.text.text
        document.mentions = [m.linked(_links(m, text[m.start : m.end])) for m in document.mentions]
        document.mentions = self._aliases(document)
        document.mentions = self._people(document)
        document.mentions = self._quantities(document)
        self._titles(document)


def _links(mention: Mention, text: str) -> Links | None:
    match mention.value:
        case Organization():
            return OrganizationLinks(text)
        case Person():
            return PersonLinks()
        case Quantity(measure=measure):
            return QuantityLinks("figure", measure or "level")
        case Title(name):
            return TitleLinks(name)
        case _:
            return None
