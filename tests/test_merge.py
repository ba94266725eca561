import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Mention
from pipeline.recognize.merge import Candidate, Exclusion, merge, overlap


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


@given(st.lists(_CANDIDATES, max_size=12))
def test_survivors_do_not_overlap_and_every_loser_has_a_winner(candidates):
    survivors = merge(candidates, [])
    assert all(not overlap(a, b) for i, a in enumerate(survivors) for b in survivors[i + 1 :])
    assert all(any(overlap(c.mention, s) for s in survivors) for c in candidates)
