"""What must hold for any text, and on the sample articles, whatever the rules say."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.recognize.tagging import NameTagger
from pipeline.records import family, parse_record
from pipeline.write import records

# Pieces that the rules and the cleaner react to, in any order and cut anywhere.
PIECES = st.sampled_from(
    [
        "近日, ",
        "2021年",
        "“十四五”期间",
        "力争3-5年",
        "增长12.5%",
        "突破",
        "30余家",
        "第3位",
        "前",
        "十强",
        "《关于",
        "意见》",
        "(以下简称《意见》)",
        "云岭市",
        "高新区",
        "党工委、管委会",
        "科技局",
        "局长",
        "王小明",
        "本报记者",
        " and ",
        "图片来源:",
        "本报讯 ",
        "\n",
        "\n\n\n",
        "\r\n",
        "。",
        ";",
        ",",
        "(",
        ")",
        "“",
        "”",
        "...",
        "●",
        "1.",
        "一、",
        "到",
        "约",
        "万",
        "亿元",
        "以上",
        "从41个减少到15个",
        "分别",
        "、",
        "\u3000",
        "\u200b",
        "\ufeff",
        "𠮷",
        "👍",
        "１２％",
        "零",
        "百",
        ":",
        ".",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=TEXTS)
def test_any_text_gives_records_that_point_to_what_they_say(pipeline, raw):
    document = pipeline.process(Document("a.txt", raw))
    assert not document.issues
    visible = {i for i, c in enumerate(raw) if not c.isspace()}
    ids = [r.id for r in records(document)]
    assert len(ids) == len(set(ids))
    for record in records(document):
        assert 0 <= record.start < record.end <= len(raw)
        assert {record.start, record.end - 1} <= visible
        assert record.text == record.text.strip() != ""
        assert record.text in record.sentence
        assert parse_record(record.model_dump_json()) == record


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=TEXTS)
def test_the_same_text_gives_the_same_records(pipeline, raw):
    first = records(pipeline.process(Document("a.txt", raw)))
    again = records(pipeline.process(Document("a.txt", raw)))
    assert first == again


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=TEXTS)
def test_mentions_of_one_kind_never_overlap(pipeline, raw):
    mentions = pipeline.process(Document("a.txt", raw)).mentions
    for kind in {m.kind for m in mentions}:
        spans = sorted((m.start, m.end) for m in mentions if m.kind == kind)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("raw", "text", "covered"),
    [
        (
            "云岭高新区公共服务再提升\n\n今年云岭高新区新增投入3亿\n元，用于建设一批公共服务项\n目，惠及全区群众两万余人。",
            "3亿元",
            "3亿\n元",
        ),
        ("全区投入资金2.5亿元\r\n。", "2.5亿元", "2.5亿元"),
        ("𠮷祥镇投入资金2.5亿元。", "2.5亿元", "2.5亿元"),
    ],
)
def test_offsets_count_code_points_of_the_raw_text(pipeline, raw, text, covered):
    found = [r for r in records(pipeline.process(Document("a.txt", raw))) if r.text == text]
    assert [raw[r.start : r.end] for r in found] == [covered]


def test_an_id_survives_edits_elsewhere(pipeline):
    raw = "近日，云岭市召开会议。会议要求投入3亿元。云岭市政府新建学校3所。"
    edited = "据介绍，" + raw.replace("会议要求", "会议还提出，要") + "全市面貌一新。"

    def ids(text):
        found = records(pipeline.process(Document("a.txt", text)))
        return {(family(r.kind), r.text): r.id for r in found}

    before, after = ids(raw), ids(edited)
    assert before
    assert before == {key: after[key] for key in before}


def test_a_second_copy_has_an_id_of_its_own(pipeline):
    found = records(pipeline.process(Document("a.txt", "投资3亿元，再投资3亿元。")))
    assert [r.text for r in found] == ["3亿元", "3亿元"]
    assert len({r.id for r in found}) == 2


def test_a_stage_that_fails_leaves_an_issue_and_no_mentions(pipeline, monkeypatch):
    def broken(document):
        raise RuntimeError("no luck")

    monkeypatch.setitem(pipeline.stages, "relate", broken)
    document = pipeline.process(Document("a.txt", "投资3亿元。"))
    assert [(i.stage, i.message, i.fatal) for i in document.issues] == [("relate", "RuntimeError: no luck", True)]
    assert document.mentions == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raws=st.lists(TEXTS, max_size=4))
def test_documents_processed_together_have_the_records_of_each_alone(pipeline, raws):
    together = [Document(f"{i}.txt", raw) for i, raw in enumerate(raws)]
    pipeline.process_together(together)
    alone = [pipeline.process(Document(f"{i}.txt", raw)) for i, raw in enumerate(raws)]
    assert [records(document) for document in together] == [records(document) for document in alone]


def test_a_document_that_the_model_fails_on_fails_alone(pipeline, monkeypatch):
    def picky(sentences):
        if any("海棠区" in sentence for sentence in sentences):
            raise RuntimeError("no luck")
        return [[] for _ in sentences]

    monkeypatch.setitem(pipeline.stages, "names", NameTagger(picky))
    bad, good = Document("a.txt", "海棠区投资3亿元。"), Document("b.txt", "云岭市投资5亿元。")
    pipeline.process_together([bad, good])
    assert [(i.stage, i.fatal) for i in bad.issues] == [("names", True)]
    assert [r.text for r in records(bad)] == []
    assert "5亿元" in [r.text for r in records(good)]
