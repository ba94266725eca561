"""Tiny HanLP models of each kind, made on the spot: they learn a handful of invented sentences by heart.

HanLP's own `fit` makes them, so what the tests load is what HanLP saves.
"""

import re
from contextlib import contextmanager
from pathlib import Path

import torch

from pipeline.recognize.ner.isolation import silence

# Sentence, entities (start, end, label). The spaces and the emoji are what offsets go wrong over.
SENTENCES = [
    ("云岭市发展和改革委员会主任陈远航今天讲话。", [(0, 11, "ORG"), (13, 16, "PER")]),
    ("青石县财政局公布预算，林晓说明情况。", [(0, 6, "ORG"), (11, 13, "PER")]),
    ("今天天气很好。", []),
    ("记者周小川报道海棠区人民医院扩建。", [(2, 5, "PER"), (7, 14, "ORG")]),
    ("陈远航来到青石县财政局。", [(0, 3, "PER"), (5, 11, "ORG")]),
]
LIMIT = 64  # positions of the transformers, so that a sentence soon is too long for them
REPEATS = 4


def tags(sentence: str, entities, scheme: str) -> list[str]:
    """BIO, or IOBES: what HanLP's transformer recognizer reads."""
    out = ["O"] * len(sentence)
    for start, end, label in entities:
        out[start:end] = [f"I-{label}"] * (end - start)
        out[start] = f"B-{label}"
        if scheme == "IOBES":
            out[end - 1] = f"E-{label}" if end - start > 1 else f"S-{label}"
    return out


def write_characters(path: Path, scheme: str = "BIO", repeats: int = REPEATS) -> Path:
    """A labelled file as `pipeline.training.corpus` reads it."""
    lines = []
    for sentence, entities in SENTENCES * repeats:
        lines += [f"{c}\t{t}" for c, t in zip(sentence, tags(sentence, entities, scheme), strict=True)] + [""]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def make_characters(folder: Path) -> Path:
    """A `CharNER`, as `pipeline.training.names` makes it."""
    from pipeline.training.names import train

    corpus = write_characters(folder.parent / "bio.tsv", repeats=10)
    train([corpus], [corpus], folder, pretrain=False, epochs=12, hidden=32, learning_rate=2e-2, batch_size=8)
    return folder


def make_transformer(folder: Path) -> Path:
    """A `TransformerNamedEntityRecognizer`; its encoder's files lie in `encoder` below its folder."""
    from hanlp.components.ner.transformer_ner import TransformerNamedEntityRecognizer

    encoder, corpus = _encoder(folder / "encoder"), write_characters(folder.parent / "iobes.tsv", "IOBES")
    with _quick_training():
        TransformerNamedEntityRecognizer().fit(
            str(corpus),
            str(corpus),
            str(folder),
            str(encoder),
            epochs=8,
            batch_size=8,
            lr=5e-3,
            word_dropout=None,
            delimiter_in_entity="",
            eval_trn=False,
            devices=-1,
            seed=1,
        )
    _forget(folder / "config.json", encoder)
    return folder


def make_multi_task(folder: Path) -> Path:
    """A `MultiTaskLearning` model with a tokenization and two NER tasks; `ner/pku` knows no persons."""
    from hanlp.common.dataset import SortingSamplerBuilder
    from hanlp.common.transform import NormalizeCharacter
    from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
    from hanlp.components.mtl.tasks.ner.tag_ner import TaggingNamedEntityRecognition
    from hanlp.components.mtl.tasks.tok.tag_tok import TaggingTokenization
    from hanlp.layers.embeddings.contextual_word_embedding import ContextualWordEmbedding

    encoder = _encoder(folder / "encoder")
    words, msra, pku = (folder.parent / name for name in ("words.txt", "msra.tsv", "pku.tsv"))
    split = [_words(sentence, entities) for sentence, entities in SENTENCES * REPEATS]
    words.write_text("".join(" ".join(w for w, _ in s) + "\n" for s in split), "utf-8")
    msra.write_text("".join("".join(f"{w}\t{t}\n" for w, t in s) + "\n" for s in split), "utf-8")
    pku.write_text(re.sub(r"\S-PER", "O", msra.read_text("utf-8")).replace("-ORG", "-nt"), "utf-8")

    def task(kind, path, **options):
        return kind(str(path), str(path), sampler_builder=SortingSamplerBuilder(batch_size=8), lr=5e-3, **options)

    tokenization = task(
        TaggingTokenization, words, max_seq_len=60, transform=NormalizeCharacter({"…": "...", "！": "。"}, "token")
    )
    ner = {"dependencies": "tok/fine", "delimiter_in_entity": ""}
    with _quick_training():
        MultiTaskLearning().fit(
            ContextualWordEmbedding("token", str(encoder), average_subwords=True, max_sequence_length=LIMIT),
            {
                "tok/fine": tokenization,
                "ner/pku": task(TaggingNamedEntityRecognition, pku, **ner),
                "ner/msra": task(TaggingNamedEntityRecognition, msra, **ner),
            },
            str(folder),
            epochs=14,
            lr=5e-3,
            encoder_lr=5e-3,
            eval_trn=False,
            devices=-1,
            seed=1,
        )
    _forget(folder / "config.json", encoder)
    return folder


def _words(sentence, entities):
    """The sentence in words of two characters, names in one or two; with IOBES tags."""
    words, end = [], 0
    for start, stop, label in entities:
        words += [(w, "O") for w in re.findall("..?", sentence[end:start])]
        name = sentence[start:stop]
        words += [(name[:3], f"B-{label}"), (name[3:], f"E-{label}")] if len(name) > 4 else [(name, f"S-{label}")]
        end = stop
    return words + [(w, "O") for w in re.findall("..?", sentence[end:])]


def _encoder(folder: Path) -> Path:
    """A random ELECTRA, a few kilobytes."""
    from transformers import ElectraConfig, ElectraModel

    folder.mkdir(parents=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted({c for s, _ in SENTENCES for c in s})]
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", "utf-8")
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "ElectraTokenizer"}', "utf-8")
    torch.manual_seed(0)
    config = ElectraConfig(
        vocab_size=len(vocabulary),
        embedding_size=32,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=LIMIT,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    with silence():
        ElectraModel(config).save_pretrained(folder)
    return folder


def _forget(config_path: Path, encoder: Path) -> None:
    """What a model from elsewhere looks like: its config names a path that is not here, its encoder has no weights."""
    text = config_path.read_text("utf-8")
    assert str(encoder) in text
    config_path.write_text(text.replace(str(encoder), "/elsewhere/encoder"), "utf-8")
    (encoder / "model.safetensors").unlink()


@contextmanager
def _quick_training():
    """HanLP trains transformers with an optimizer that transformers 5 took away, and says much."""
    import transformers.optimization as optimization

    class AdamW(torch.optim.AdamW):
        def __init__(self, params, lr, weight_decay, eps, no_deprecation_warning=True):
            super().__init__(params, lr=lr, weight_decay=weight_decay, eps=eps)

    before = getattr(optimization, "AdamW", None)
    optimization.AdamW = AdamW
    try:
        with silence():
            yield
    finally:
        if before is None:
            del optimization.AdamW
        else:
            optimization.AdamW = before
