"""Every character knows where it stands in the raw file, whatever edits were made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment import AlignedText, Edit


@st.composite
def texts_with_edits(draw):
    text = draw(st.text(max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    edits = [Edit(a, b, draw(st.text(max_size=3))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return text, edits


@given(texts_with_edits())
def test_characters_outside_the_edits_keep_their_raw_place(case):
    raw, edits = case
    aligned = AlignedText.of_raw(raw).edited(edits)
    edited = {i for e in edits for i in range(e.start, e.end)}
    kept = [i for i in range(len(raw)) if i not in edited]
    mapped = [aligned.raw_range(i) for i in range(len(aligned))]
    assert all(0 <= start <= end <= len(raw) for start, end in mapped)
    assert set(kept) <= {start for start, end in mapped if end == start + 1}
    for i, (start, end) in enumerate(mapped):
        if start in kept and end == start + 1:
            assert aligned.text[i] == raw[start]


@given(texts_with_edits())
def test_edits_give_the_text_that_replacing_gives(case):
    raw, edits = case
    expected, done = "", 0
    for e in edits:
        expected += raw[done : e.start] + e.text
        done = e.end
    assert AlignedText.of_raw(raw).edited(edits).text == expected + raw[done:]


@given(st.text(min_size=1, max_size=30), st.data())
def test_pieces_keep_their_raw_place_in_any_order(raw, data):
    cut = data.draw(st.integers(0, len(raw)))
    aligned = AlignedText.of_raw(raw).arranged([(cut, len(raw)), (0, cut)])
    assert aligned.text == raw[cut:] + raw[:cut]
    assert [raw[slice(*aligned.raw_range(i))] for i in range(len(aligned))] == list(aligned.text)


def test_a_span_over_a_removed_caption_covers_the_caption():
    raw = "茶叶包\n图片来源\n装"
    aligned = AlignedText.of_raw(raw).edited([Edit(3, 9, "")])
    assert aligned.text == "茶叶包装"
    assert aligned.to_raw(2, 4) == (2, 10)


def test_a_span_over_moved_text_covers_all_of_it():
    aligned = AlignedText.of_raw("后半前半").arranged([(2, 4), (0, 2)])
    assert aligned.text == "前半后半"
    assert aligned.to_raw(1, 3) == (0, 4)


def test_a_replacement_stands_for_the_whole_replaced_range():
    aligned = AlignedText.of_raw("资源 and 服务").edited([Edit(2, 7, "和")])
    assert aligned.text == "资源和服务"
    assert aligned.to_raw(2, 3) == (2, 7)


def test_an_inserted_character_has_no_raw_place():
    aligned = AlignedText.of_raw("甲乙").edited([Edit(1, 1, "，")])
    assert aligned.raw_range(1) == (1, 1)
    assert aligned.to_raw(0, 2) == (0, 1)
    with pytest.raises(ValueError, match="no raw character"):
        aligned.to_raw(1, 2)


@pytest.mark.parametrize("edits", [[Edit(0, 2, ""), Edit(1, 3, "")], [Edit(2, 9, "")], [Edit(2, 1, "")]])
def test_impossible_edits_are_refused(edits):
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        AlignedText.of_raw("一二三").edited(edits)
