from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Mention
from pipeline.recognize.merge import Candidate, Exclusion, insist, merge


def overlap(one, other):
    return one.start < other.end and other.start < one.end


def candidate(kind, start, end, priority=0, source="rule"):
    return Candidate(Mention(kind, start, end, source), priority)


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        # names: the longest
        ([("organization", 3, 6, 2), ("organization", 0, 6, 0)], [(0, 6)]),
        # everything else: the surest, then the longest
        ([("quantity", 0, 4, 0), ("quantity", 2, 4, 1)], [(2, 4)]),
        ([("quantity", 0, 4, 0), ("quantity", 2, 4, 0)], [(0, 4)]),
        # between kinds
        ([("organization", 1, 4, 5), ("document", 0, 6, 0)], [(0, 6)]),
        ([("quantity", 0, 3, 5), ("horizon", 0, 3, 0)], [(0, 3)]),
        ([("horizon", 1, 2, 5), ("organization", 0, 3, 0)], [(0, 3)]),
        ([("person", 0, 2, 0), ("organization", 2, 4, 0)], [(0, 2), (2, 4)]),
    ],
)
def test_who_wins(candidates, expected):
    assert [(m.start, m.end) for m in merge([candidate(*c) for c in candidates], [])] == expected


def test_of_equals_the_first_proposed_wins():
    first, second = candidate("organization", 0, 3, source="rule"), candidate("organization", 0, 3, source="model")
    assert [m.source for m in merge([first, second], [])] == ["rule"]


@pytest.mark.parametrize(
    ("exclusion", "kept"),
    [
        (Exclusion(2, 4, ("organization",)), False),
        (Exclusion(1, 3, ("organization",)), True),
        (Exclusion(3, 6, ("organization",)), False),
        (Exclusion(2, 4, ("quantity",)), True),
    ],
)
def test_an_exclusion_bars_what_ends_in_it(exclusion, kept):
    assert bool(merge([candidate("organization", 0, 4)], [exclusion])) is kept


_CANDIDATES = st.builds(
    lambda kind, start, length, priority: candidate(kind, start, start + length, priority),
    st.sampled_from(["document", "organization", "person", "horizon", "quantity"]),
    st.integers(0, 20),
    st.integers(1, 8),
    st.integers(-1, 2),
)


@pytest.mark.parametrize(
    ("others", "exclusion", "stays"),
    [
        # the user's name covers 2 to 6: what it covers and what laps over its border goes
        ([("organization", 2, 6)], None, True),
        ([("organization", 3, 5), ("quantity", 5, 6)], None, True),
        ([("organization", 0, 3), ("person", 5, 8)], None, True),
        ([("horizon", 1, 7)], None, True),
        # a longer name or a title that contains it stands
        ([("organization", 1, 6)], None, False),
        ([("document", 0, 9)], None, False),
        ([], Exclusion(2, 7, ("organization",)), False),
        ([], Exclusion(2, 6, ("organization",)), True),
        ([], Exclusion(3, 9, ("organization",)), True),
        ([], Exclusion(2, 7, ("person",)), True),
    ],
)
def test_the_users_names_win_unless_something_longer_contains_them(others, exclusion, stays):
    own = Mention("organization", 2, 6, "organizations.gazetteer")
    mentions = [Mention(kind, start, end, "rule") for kind, start, end in others]
    assert insist(mentions, [own], [exclusion] if exclusion else []) == ([own] if stays else mentions)


@given(st.lists(_CANDIDATES, max_size=12), st.lists(_CANDIDATES, max_size=4))
def test_what_the_user_insists_on_overlaps_nothing(candidates, own):
    mentions, own = merge(candidates, []), merge(own, [])
    kept = insist(mentions, own, [])
    assert all(one.end <= other.start for one, other in pairwise(kept))
    assert all(m in kept or any(overlap(m, o) for o in own) for m in mentions)
    assert all(o in kept or any(m.start <= o.start and o.end <= m.end for m in mentions) for o in own)


@given(st.lists(_CANDIDATES, max_size=12))
def test_survivors_do_not_overlap_and_every_loser_has_a_winner(candidates):
    survivors = merge(candidates, [])
    assert all(not overlap(a, b) for i, a in enumerate(survivors) for b in survivors[i + 1 :])
    assert all(any(overlap(c.mention, s) for s in survivors) for c in candidates)
