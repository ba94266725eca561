"""Labels without a hand: what the rules, a teacher and a model agree on; where they do not, the clause is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from pipeline.clean import Cleaner
from pipeline.document import Document, Entity
from pipeline.recognize import Recognizer
from pipeline.recognize.ner import Ner, load_ner
from pipeline.rulebook import Rulebook
from pipeline.segment import ArticleSplitter, split_sentences
from pipeline.training.corpus import Sentence, file_texts, make_folder, read_tsv
from pipeline.training.teacher import Lac

_CLAUSE_ENDS = frozenset("，。；！？,;!?")
_SHORTEST = 6
_EMPTY_SHARE = 4
_TAGS = {"organization": "ORG", "person": "PER", "place": "LOC"}


class Labeller:
    """Labels texts: bodies and people by agreement, places by the teacher.

    What the pipeline finds with `model` is a label where two of three have just that span: the rules without any model,
    the model without rules, the teacher. A clause with anything else that one of them takes for a body or a person
    teaches nothing.
    """

    def __init__(self, rulebook: Rulebook, teacher: Ner, model: Ner) -> None:
        self._teacher = teacher
        self._model = model
        self._prepare = (Cleaner(rulebook), ArticleSplitter(rulebook), split_sentences)
        self._recognize = Recognizer(rulebook)

    def __call__(self, text: str) -> Iterator[Sentence]:
        """The labelled sentences of a text, or the clauses of them that the three agree on."""
        document = Document("", text)
        for stage in self._prepare:
            stage(document)
        sentences = document.sentence_texts()
        modelled, taught = self._model(sentences), self._teacher(sentences)
        ruled = self._mentions(document)
        document.entities = modelled
        found = self._mentions(document)
        for sentence, raw, own, teacher in zip(document.sentences, sentences, modelled, taught, strict=True):
            inside = [
                Entity(e.kind, e.start - sentence.start, e.end - sentence.start)
                for e in found
                if sentence.start <= e.start and e.end <= sentence.end
            ]
            shift = sentence.start
            alone = {e for e in inside if Entity(e.kind, e.start + shift, e.end + shift) in ruled}
            sure = {e for e in inside if (e in alone) + (e in own) + (e in teacher) > 1}
            doubts = [e for e in inside if e not in sure]
            doubts += [e for e in teacher if e.kind != "place" and not _touched(e, inside)]
            doubts += [e for e in own if e.kind == "person" and not _touched(e, inside)]
            places = [e for e in teacher if e.kind == "place" and not _touched(e, inside)]
            yield from _sure_clauses(tagged(raw, [*sure, *places]), doubts)

    def places(self, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
        """Marked sentences, whose places become those of the teacher where nothing else is marked."""
        texts = ["".join(character for character, _ in sentence) for sentence in sentences]
        for sentence, text, found in zip(sentences, texts, self._teacher(texts), strict=True):
            tags = [tag if tag[2:] != "LOC" else "O" for _, tag in sentence]
            free = [e for e in found if e.kind == "place" and set(tags[e.start : e.end]) == {"O"}]
            marked = [tag for _, tag in tagged(text, free)]
            yield [(c, new if old == "O" else old) for c, old, new in zip(text, tags, marked, strict=True)]

    def _mentions(self, document: Document) -> set[Entity]:
        self._recognize(document)
        return {
            Entity("organization" if m.kind == "organization" else "person", m.start, m.end)
            for m in document.mentions
            if m.kind in ("organization", "person")
        }


def write_labels(sources: Sequence[Path], out: Path, rulebook: Rulebook, model: Path | None = None) -> Counter[str]:
    """Labels files with LAC as the teacher, which stands for the model too where there is none; counts by label.

    A `.tsv` of `sources` holds marked sentences, which only get the teacher's places; the others are texts. Raises
    `TrainingError` (`CorpusError` for a file) and `ModelError`.
    """
    teacher = Lac()
    label = Labeller(rulebook, teacher, load_ner(str(model)) if model else teacher)
    counts: Counter[str] = Counter()
    make_folder(out.parent)
    with out.open("w", encoding="utf-8") as stream:
        for source in sources:
            if source.name.lower().removesuffix(".gz").endswith(".tsv"):
                sentences = label.places(read_tsv(source))
            else:
                sentences = _worth_teaching(sentence for text in file_texts(source) for sentence in label(text))
            for sentence in sentences:
                counts.update(tag[2:] for _, tag in sentence if tag.startswith("B-"))
                stream.write("".join(f"{character}\t{tag}\n" for character, tag in sentence) + "\n")
    return counts


def _worth_teaching(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Each sentence once; of those without a body or a person, every fourth."""
    seen: set[str] = set()
    empty = 0
    for sentence in sentences:
        text = "".join(character for character, _ in sentence)
        if text in seen:
            continue
        seen.add(text)
        if not any(tag[2:] in ("ORG", "PER") for _, tag in sentence):
            empty += 1
            if empty % _EMPTY_SHARE:
                continue
        yield sentence


def tagged(text: str, entities: Iterable[Entity]) -> Sentence:
    """The text's characters with BIO tags; the entities do not overlap."""
    tags = ["O"] * len(text)
    for entity in entities:
        label = _TAGS[entity.kind]
        tags[entity.start : entity.end] = [f"B-{label}", *[f"I-{label}"] * (entity.end - entity.start - 1)]
    return list(zip(text, tags, strict=True))


def _touched(entity: Entity, others: Iterable[Entity]) -> bool:
    return any(entity.start < other.end and other.start < entity.end for other in others)


def _sure_clauses(sentence: Sentence, doubts: Sequence[Entity]) -> Iterator[Sentence]:
    """The runs of clauses without a doubt in them; a clause does not end inside a name."""
    ends = [i + 1 for i, (c, tag) in enumerate(sentence) if c in _CLAUSE_ENDS and tag == "O"]
    run: Sentence = []
    for start, end in pairwise(sorted({0, *ends, len(sentence)})):
        if _touched(Entity("place", start, end), doubts):
            if len(run) >= _SHORTEST:
                yield run
            run = []
        else:
            run += [(c, tag) for c, tag in sentence[start:end] if not c.isspace()]
    if len(run) >= _SHORTEST:
        yield run
