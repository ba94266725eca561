"""What a name says by itself: a body's type, a person's name without typesetting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from pipeline.document import Organization, OrganizationType, Person
from pipeline.normalize.evidence import Evidence, Interpreter
from pipeline.rulebook import Rulebook

_GLOSS = re.compile(r"[（(][^（）()]*[)）]$")


def name_interpreters(rulebook: Rulebook) -> Mapping[str, Interpreter]:
    """The normalizers `organization` and `person`."""
    heads = rulebook.meanings("organization_heads")
    longest = max(map(len, heads))

    def organization(evidence: Evidence) -> Organization:
        if kind := evidence.options.get("type"):
            return Organization(cast(OrganizationType, kind))
        name = _GLOSS.sub("", "".join(evidence.captures.get("full", evidence.text).split())).rstrip('”"')
        kind = next((heads[name[-n:]] for n in range(min(longest, len(name)), 0, -1) if name[-n:] in heads), None)
        if kind == "university" and _part_of_university(name):
            kind = "school"
        # A name without a regular end is a brand that stands for its firm.
        return Organization(cast(OrganizationType, kind or "company"))

    def person(evidence: Evidence) -> Person:
        return Person("".join(evidence.text.split()))

    return {"organization": organization, "person": person}


def _part_of_university(name: str) -> bool:
    return name.endswith("学院") and "大学" in name[:-2] and not name.endswith("大学")
