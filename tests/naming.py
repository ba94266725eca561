"""A document through recognition, normalization and relation, with a model that knows just what a test tells it."""

from collections.abc import Sequence

from pipeline.alignment import AlignedText
from pipeline.document import Article, Block, BlockRole, Document, Entity, Mention
from pipeline.normalize import Normalizer
from pipeline.recognize import Recognizer
from pipeline.recognize.gazetteer import Gazetteer
from pipeline.recognize.tagging import NameTagger
from pipeline.relate import Relater
from pipeline.rulebook import load_rulebook
from pipeline.segment import split_sentences


class ScriptedNer:
    """Finds the given names wherever they stand, and 甲|乙 where 乙 follows 甲."""

    name = "scripted"

    def __init__(self) -> None:
        self.names: dict[str, tuple[str, ...]] = {}

    def __call__(self, sentences):
        return [
            sorted(
                (
                    Entity(kind, at, at + len(name.split("|")[0]))
                    for kind, listed in self.names.items()
                    for name in listed
                    for at in range(len(sentence))
                    if sentence.startswith(name.replace("|", ""), at)
                ),
                key=lambda e: e.start,
            )
            for sentence in sentences
        ]


_RULEBOOK = load_rulebook()
_NER = ScriptedNer()
_STAGES = Recognizer(_RULEBOOK), Normalizer(_RULEBOOK), Relater(_RULEBOOK)


def process(
    text: str,
    role: BlockRole = "paragraph",
    *,
    roles: Sequence[BlockRole] = (),
    gazetteer: Gazetteer | None = None,
    **names: tuple[str, ...],
) -> Document:
    """`names`: what the model finds, by kind (organization, person, place); `roles`: those of the first lines."""
    document = Document("a.txt", text, text=AlignedText.of_raw(text), articles=[Article(0, len(text))])
    at = 0
    for line in text.split("\n"):
        if line.strip():
            line_role = roles[len(document.blocks)] if len(document.blocks) < len(roles) else role
            document.blocks.append(Block(at, at + len(line), line_role))
        at += len(line) + 1
    split_sentences(document)
    _NER.names = names
    recognize, *others = _STAGES
    own = Recognizer(_RULEBOOK, gazetteer=gazetteer) if gazetteer else recognize
    for stage in (NameTagger(_NER), own, *others):
        stage(document)
    return document


def of_kind(document: Document, kind: str) -> list[tuple[str, Mention]]:
    """The mentions of a kind with their text, in text order."""
    return [(document.text.text[m.start : m.end], m) for m in document.mentions if m.kind == kind]
