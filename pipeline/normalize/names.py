"""What a name says by itself: a body's type, a person's name without typesetting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from pipeline.document import Organization, OrganizationType, Person
from pipeline.normalize.evidence import Evidence, Interpreter
from pipeline.rulebook import Rulebook, alternation

_GLOSS = re.compile(r"[（(][^（）()]*[)）]$")
_COMMITTEE = "委员会"
_HOSPITALS = ("附院", "院区")
_SHORT_ENDS = {"协": "alliance", "委会": "government", "军方": "other"}
"""Ends that tell a type like those before, and are no words of which a kind of bodies could be made."""


def name_interpreters(rulebook: Rulebook) -> Mapping[str, Interpreter]:
    """The normalizers `organization` and `person`."""
    heads = rulebook.meanings("organization_heads")
    longest = max(map(len, heads))
    state_firms = rulebook.words("national_companies")
    between_states = rulebook.words("international_bodies")
    owners = rulebook.meanings("owners")
    owned = re.compile(alternation(owners))
    central, offices = rulebook.groups("central_bodies"), rulebook.groups("offices")
    of_party = re.compile(
        rf"(?:中共)?(?!{alternation(central['state'])})中央\w{{1,13}}{alternation(central['party'])}$"
    )
    of_committee = re.compile(
        rf"(?:[省市县区州旗]|党工?)委(?!员|\w?(?:人民)?政府)\w{{1,14}}{alternation(rulebook.words('committee_offices'))}$"
    )
    fields = (*rulebook.words("department_topics"), *offices["before"])
    world = rulebook.words("own_body_starts", "world")

    def organization(evidence: Evidence) -> Organization:
        if kind := evidence.options.get("type"):
            return Organization(cast(OrganizationType, kind))
        name = _GLOSS.sub("", "".join(evidence.captures.get("full", evidence.text).split())).rstrip('”"')
        kind = next((heads[name[-n:]] for n in range(min(longest, len(name)), 0, -1) if name[-n:] in heads), None)
        if kind == "university" and _part_of_university(name):
            kind = "school"
        # 启明有限公司市场部 is the company's
        if kind == "government":
            if owner := owned.search(name, 0, len(name) - 1):
                kind = owners[owner[0]]
            # 中国邮政业委员会 is no firm's
            elif name.startswith(state_firms) and not name.endswith(_COMMITTEE):
                kind = "company"
            elif name.startswith(between_states) or (name.startswith(world) and name.endswith(_COMMITTEE)):
                kind = "other"
            elif of_party.match(name):
                kind = "party"
        # 云岭区委组织部茶叶科, 市委茶办
        if of_committee.search(name):
            kind = "party"
        # 云科, 云岭重科: no field of work before it, a brand
        elif name.endswith(offices["ends"]) and (
            len(name) <= 2 or (name[-1] == "科" and not name[:-1].endswith(fields))
        ):
            kind = "company"
        # 云岭一附院, 云岭医院海棠院区
        if name.endswith(_HOSPITALS):
            kind = "hospital"
        # 云岭茶协, 筹委会, 云军方
        if kind is None:
            kind = next((kind for end, kind in _SHORT_ENDS.items() if name.endswith(end)), None)
        # 茶讯网, but 茶网 may be any
        if kind is None and name.endswith("网") and len(name) > 2:
            kind = "media"
        # 云岭县茶园管理股, but no 青禾入股
        if kind is None and name.endswith("股") and name[:-1].endswith(fields):
            kind = "government"
        if kind is None and name.startswith(world) and name.endswith("组织"):
            kind = "other"
        # A name without a regular end is a brand that stands for its firm.
        return Organization(cast(OrganizationType, kind or "company"))

    def person(evidence: Evidence) -> Person:
        return Person(evidence.options.get("name") or "".join(evidence.text.split()))

    return {"organization": organization, "person": person}


def _part_of_university(name: str) -> bool:
    return name.endswith("学院") and "大学" in name[:-2] and not name.endswith("大学")
