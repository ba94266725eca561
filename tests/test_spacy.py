"""The door to spaCy: documents as `Doc`s, and the pipeline as a component in anyone's project."""

import json
from importlib.metadata import entry_points

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from pipeline.document import Document
from pipeline.records import parse_record
from pipeline.rule_files import RulebookError
from pipeline.spacy_bridge import KEY, KINDS, to_doc
from pipeline.write import records

RAW = "云岭市财政局印发《云岭市学校建设\n方案》。\n\n该局将于2025年新建学校12所。"
TEXT = "云岭市财政局印发《云岭市学校建设方案》。该局将于2025年新建学校12所。"


def outline(doc):
    return {name: [(s.text, s.label_, s.id_) for s in group] for name, group in doc.spans.items()}


@pytest.fixture
def document(pipeline):
    return pipeline.process(Document("a.txt", RAW))


@pytest.fixture
def nlp(pipeline, monkeypatch):
    monkeypatch.setattr("pipeline.stages.load_ner", lambda model: pipeline.ner)
    nlp = spacy.blank("zh")
    nlp.add_pipe("zhengce")
    return nlp


def test_a_token_is_a_character_and_a_span_is_a_mention(document):
    doc = to_doc(document)
    text = document.text.text
    assert doc.text == text
    assert [t.idx for t in doc] == list(range(len(text)))
    assert set(doc.spans) == {KEY, *KINDS}
    found = records(document)
    assert found
    assert outline(doc)[KEY] == [(r.text, r.kind, r.id) for r in found]
    for kind in KINDS:
        assert outline(doc)[kind] == [(r.text, r.kind, r.id) for r in found if r.kind == kind]
    assert doc._.zhengce == [r.model_dump() for r in found]
    assert [span._.zhengce for span in doc.spans[KEY]] == doc._.zhengce
    assert doc[0:1]._.zhengce is None


def test_sentences_begin_where_the_documents_do(document):
    doc = to_doc(document)
    assert len(document.sentences) > 1
    assert [s.start for s in doc.sents] == [s.start for s in document.sentences]


def test_the_vocab_of_a_project_can_be_used(document):
    vocab = Vocab()
    assert to_doc(document, vocab).vocab is vocab


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.one_of(st.text(max_size=60), st.text("云岭市政府将于2025年底前新建学校12所。《方案》\n ", max_size=80)))
def test_any_document_becomes_a_doc(pipeline, raw):
    document = pipeline.process(Document("a.txt", raw))
    doc = to_doc(document)
    assert doc.text == document.text.text
    assert [span.text for span in doc.spans[KEY]] == [r.text for r in records(document)]


def test_displacy_draws_the_mentions(document):
    doc = to_doc(document)
    html = displacy.render(doc, style="span", options={"spans_key": KEY}, jupyter=False)
    assert "document" in html
    assert "《" in html


def test_a_docbin_keeps_spans_ids_sentences_and_records(document):
    doc = to_doc(document)
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (back,) = DocBin().from_bytes(stored).get_docs(Vocab())
    assert outline(back) == outline(doc)
    assert [s.text for s in back.sents] == [s.text for s in doc.sents]
    assert [span._.zhengce for span in back.spans[KEY]] == doc._.zhengce


def test_the_component_runs_after_any_tokenizer(nlp):
    doc = nlp(TEXT)
    assert [(s.text, s.label_) for s in doc.spans["document"]] == [("《云岭市学校建设方案》", "document")]
    assert {s.label_ for s in doc.spans[KEY]} == {r["kind"] for r in doc._.zhengce}
    for span in doc.spans[KEY]:
        record = span._.zhengce
        assert doc.text[record["start"] : record["end"]] == record["text"] == span.text
        assert parse_record(json.dumps(record)).id == span.id_


def test_spans_are_widened_to_the_tokens_of_the_host(nlp):
    doc = nlp(Doc(nlp.vocab, words=["市政府印发", "《云岭市方案》。"], spaces=[False, False]))
    (span,) = doc.spans["document"]
    assert span.text == "《云岭市方案》。"
    assert span._.zhengce["text"] == "《云岭市方案》"


def test_an_empty_text_has_empty_groups(nlp):
    doc = nlp("")
    assert outline(doc) == {name: [] for name in (KEY, *KINDS)}
    assert doc._.zhengce == []


def test_many_texts_go_through_pipe(nlp):
    assert [len(doc.spans["document"]) for doc in nlp.pipe([TEXT, "", TEXT])] == [1, 0, 1]


def test_a_text_that_fails_goes_to_the_projects_error_handler(nlp, monkeypatch):
    component = nlp.get_pipe("zhengce")

    def broken(document):
        raise RuntimeError("no luck")

    monkeypatch.setitem(component.pipeline.stages, "relate", broken)
    with pytest.raises(ValueError, match="zhengce: relate: RuntimeError: no luck"):
        nlp(TEXT)
    failed = []
    nlp.set_error_handler(lambda name, proc, docs, error: failed.append(name))
    assert list(nlp.pipe([TEXT])) == []
    assert failed == ["zhengce"]


def test_the_config_reaches_the_pipeline(pipeline, monkeypatch):
    monkeypatch.setattr("pipeline.stages.load_ner", lambda model: pipeline.ner)
    nlp = spacy.blank("zh")
    nlp.add_pipe("zhengce", config={"published": "2019"})
    doc = nlp("云岭市今年3月新建学校。")
    (horizon,) = doc.spans["horizon"]
    assert horizon._.zhengce["start_date"] == "2019-03"
    with pytest.raises(RulebookError, match="no such folder"):
        nlp.add_pipe("zhengce", name="other", config={"rules": ["no-such-folder"]})
    with pytest.raises(ValueError, match="no such kind of record: place; there are organization"):
        nlp.add_pipe("zhengce", name="other", config={"kinds": ["place"]})


def test_some_kinds_alone_can_be_asked_for(monkeypatch):
    monkeypatch.setattr("pipeline.stages.load_ner", lambda model: pytest.fail("no names were asked for"))
    nlp = spacy.blank("zh")
    nlp.add_pipe("zhengce", config={"kinds": ["figure"]})
    doc = nlp("云岭市财政局今年新建学校12所。")
    assert [(span.text, span.label_) for span in doc.spans["zhengce"]] == [("12所", "figure")]


def test_the_factories_are_found_by_their_entry_points():
    found = {point.name: point.load() for point in entry_points(group="spacy_factories")}
    assert {"zhengce", "zhengce_segmenter"} <= set(found)
    nlp = spacy.blank("zh")
    assert {"zhengce", "zhengce_segmenter"} <= set(nlp.factory_names)
