"""What a name says by itself: a body's type, a person's name without typesetting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from pipeline.document import Organization, OrganizationType, Person
from pipeline.normalize.evidence import Evidence, Interpreter
from pipeline.rulebook import Rulebook, alternation

_GLOSS = re.compile(r"[（(][^（）()]*[)）]$")


def name_interpreters(rulebook: Rulebook) -> Mapping[str, Interpreter]:
    """The normalizers `organization` and `person`."""
    types = _Types(rulebook)

    def organization(evidence: Evidence) -> Organization:
        kind = evidence.options.get("type") or types.of("".join(evidence.captures.get("full", evidence.text).split()))
        return Organization(cast(OrganizationType, kind))

    def person(evidence: Evidence) -> Person:
        return Person(evidence.options.get("name") or "".join(evidence.text.split()))

    return {"organization": organization, "person": person}


class _Types:
    """Tells a body's type from how its name ends, and from what stands before that."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._ends = rulebook.meanings("organization_heads") | rulebook.meanings("type_ends")
        self._longest = max(map(len, self._ends))
        self._behind = rulebook.groups("ends_behind")
        self._state_firms = rulebook.words("national_companies")
        self._between_states = rulebook.words("international_bodies")
        self._world = rulebook.words("own_body_starts", "world")
        self._regions = frozenset((*rulebook.words("provinces"), *rulebook.words("cities")))
        self._committees = rulebook.words("committee_ends")
        self._owners = rulebook.meanings("owners")
        self._owned = re.compile(alternation(self._owners))
        self._owners_of_bases = rulebook.meanings("owners_of_bases")
        self._base = re.compile(f"(?P<owner>{alternation(self._owners_of_bases)}).*{rulebook.any_of('base_ends')}$")
        central, offices = rulebook.groups("central_bodies"), rulebook.groups("offices")
        self._of_party = re.compile(
            rf"(?:中共)?(?!{alternation(central['state'])})中央\w{{1,13}}{alternation(central['party'])}$"
        )
        of_committee = alternation(rulebook.words("committee_offices"))
        self._of_committee = re.compile(rf"(?:[省市县区州旗]|党工?)委(?!员|\w?(?:人民)?政府)\w{{1,14}}{of_committee}$")
        self._offices, self._sections = offices["ends"], offices["sections"]
        self._fields = (*rulebook.words("department_topics"), *offices["before"])

    def of(self, name: str) -> str:
        name = _GLOSS.sub("", name).rstrip('”"')
        if name in self._regions:
            # 大连 acts as a body, whatever firm 云连 may be
            return "government"
        lengths = range(min(self._longest, len(name)), 0, -1)
        kind = next((self._ends[name[-n:]] for n in lengths if name[-n:] in self._ends), None)
        if kind == "university" and _part_of_university(name):
            return "school"
        if self._of_committee.search(name):
            # 云岭区委组织部茶叶科, 市委茶办
            return "party"
        if self._is_brand(name):
            return "company"
        if kind == "government":
            return self._of_authority(name)
        if kind == "zone" and (base := self._base.search(name)):
            return self._owners_of_bases[base["owner"]]
        # A name without a regular end is a brand that stands for its firm.
        return kind or self._of_end_behind(name) or "company"

    def _is_brand(self, name: str) -> bool:
        """云科, 云岭重科: no field of work before it."""
        section = name.endswith(self._sections) and not name[:-1].endswith(self._fields)
        return name.endswith(self._offices) and (len(name) <= 2 or section)

    def _of_authority(self, name: str) -> str:
        if owner := self._owned.search(name, 0, len(name) - 1):
            # 启明有限公司市场部
            return self._owners[owner[0]]
        committee = name.endswith(self._committees)
        if name.startswith(self._state_firms) and not committee:
            # 中国邮政市场部, but not 中国邮政业委员会
            return "company"
        if name.startswith(self._between_states) or (name.startswith(self._world) and committee):
            return "other"
        return "party" if self._of_party.match(name) else "government"

    def _of_end_behind(self, name: str) -> str | None:
        if name.endswith(self._behind["media"]) and len(name) > 2:
            return "media"
        if name.endswith(self._behind["government"]) and name[:-1].endswith(self._fields):
            return "government"
        return "other" if name.startswith(self._world) and name.endswith(self._behind["other"]) else None


def _part_of_university(name: str) -> bool:
    return name.endswith("学院") and "大学" in name[:-2] and not name.endswith("大学")
