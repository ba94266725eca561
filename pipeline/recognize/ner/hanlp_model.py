"""HanLP components of every kind that recognizes names, behind one call: texts in, labelled spans out.

HanLP offers several faces: an RNN or transformer recognizer takes tokens (here: characters), a multi-task model takes
raw sentences and answers in indices of its own words. It also prints to stdout, and asks the network when a load fails;
all of that ends here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from pipeline.recognize.ner.isolation import offline, silence
from pipeline.recognize.ner.lstm_crf import LstmCrfTagger, unit_costs
from pipeline.recognize.ner.windows import Span

# HanLP's own sliding window starts at 512; longer inputs never reach it.
_LONGEST_INPUT = 512
_RNN_LIMIT = 1000
# Padded characters of one batch: a few hundred megabytes with a base-size transformer.
_BATCH_COST = 8192
_SPECIAL_TOKENS = 2  # [CLS] and [SEP]

# MSRA first: its guideline is the one that the shipped model learned, and HanLP's scores on it are among the best;
# OntoNotes last of the known ones: HanLP's scores on it are 18 points lower.
_TASK_PREFERENCE = ("ner/msra", "ner/pku", "ner/ontonotes", "ner")


class ModelError(ValueError):
    """A model cannot be loaded; the message names it and the cause, in one line."""


class Tagger(Protocol):
    """A loaded model.

    `labels` are those that its spans can have; `costs` tells how much of its `limit` each character of a text takes.
    It is called with texts that cost up to `batch_cost` together, the longest counted for each of them.
    """

    labels: set[str]
    limit: int
    batch_cost: int
    costs: Callable[[str], Sequence[int]]

    def __call__(self, texts: list[str]) -> list[list[Span]]:
        """The spans of each text, in no fixed order. No text may be blank or over the limit."""
        ...


class CharacterTagger:
    """`RNNNamedEntityRecognizer` or `TransformerNamedEntityRecognizer`: each character is a token."""

    batch_cost = _BATCH_COST

    def __init__(self, component: Any, limit: int, costs: Callable[[str], Sequence[int]]) -> None:
        self.labels = _labels(component)
        self.limit = limit
        self.costs = costs
        self._component = component

    def __call__(self, texts: list[str]) -> list[list[Span]]:
        """See `Tagger`."""
        found = self._component([list(text) for text in texts], batch_size=len(texts))
        return [[Span(start, end, label) for _, label, start, end in spans] for spans in found]


class MultiTaskTagger:
    """`MultiTaskLearning`: runs one NER task, and the tokenization that it depends on."""

    batch_cost = _BATCH_COST

    def __init__(self, component: Any) -> None:
        self._component = component
        self._task = _preferred(component.config.task_names)
        first = component.resolve_tasks(self._task, None)[0]
        self._words = next((task for task in first if task.startswith("tok")), None)
        if self._words is None:
            raise ModelError(f"its task {self._task} depends on no tokenization")
        tokenization = component[self._words]
        tokenization.config["output_spans"] = True
        _keep_lengths(tokenization.transform)
        tokenizer = component.config.encoder.get_tokenizer()
        if not tokenizer.is_fast:
            raise ModelError("its tokenizer does not tell where its tokens stand in the text")
        self.labels = _labels(component[self._task])
        self.limit = _transformer_limit(component.model.encoder)
        self.costs = _subtoken_counter(tokenizer)

    def __call__(self, texts: list[str]) -> list[list[Span]]:
        """See `Tagger`."""
        answer = self._component(texts, tasks=self._task)
        return [
            [Span(words[first][1], words[last - 1][2], label) for _, label, first, last in spans]
            for words, spans in zip(answer[self._words], answer[self._task], strict=True)
        ]


def _rnn(component: Any) -> Tagger:
    if component.model.crf is not None:
        # hanlp 2.1.5 leaves it None, and the CRF would run over the batch axis; see `char_ner.CharNER`.
        component.model.crf.batch_first = True
    if LstmCrfTagger.serves(component):
        return LstmCrfTagger(component, _RNN_LIMIT)
    return CharacterTagger(component, _RNN_LIMIT, unit_costs)


def _transformer(component: Any) -> Tagger:
    limit = _transformer_limit(component.model.encoder)
    return CharacterTagger(component, limit, _subtoken_counter(component.transformer_tokenizer))


def load_folder(name: str, folder: Path) -> Tagger:
    """The model in a folder, with no look at the network. Raises `ModelError`, which calls the model `name`."""
    with _errors(name), offline():
        return _load(folder, str(folder), _local_encoder(folder))


def load_published(name: str) -> Tagger:
    """A model of `hanlp.pretrained`, downloaded unless HanLP has it already. Raises `ModelError`."""
    import hanlp.pretrained
    from hanlp.utils.io_util import get_resource

    published = hanlp.pretrained.ner.ALL | hanlp.pretrained.mtl.ALL
    if name not in published:
        close = get_close_matches(name.upper(), published, n=1, cutoff=0.4)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise ModelError(f"{name}: no such folder, and no NER or multi-task model of hanlp.pretrained{hint}")
    with _errors(name):
        with silence():
            folder = Path(get_resource(published[name], verbose=False))
        return _load(folder, name, None)


def _load(folder: Path, identifier: str, encoder: Path | None) -> Tagger:
    import hanlp

    config = _config(folder)
    tagger_of = _adapter(config["classpath"])
    saved = _saved_weights(folder)
    overrides: dict[str, Any] = {}
    with silence():
        if encoder and "encoder" in config:
            from hanlp_common.configurable import Configurable

            overrides["encoder"] = Configurable.from_config(config["encoder"] | {"transformer": str(encoder)})
        elif encoder:
            overrides["transformer"] = str(encoder)
        try:
            component = hanlp.load(identifier, devices=-1, verbose=False, **overrides)
        except FileNotFoundError:
            raise
        except OSError as error:
            wanted = config.get("transformer") or config.get("encoder", {}).get("transformer")
            if encoder or not wanted:
                raise
            # transformers talks of the internet here, HanLP of upgrading.
            raise ModelError(
                f"its encoder {wanted} is not on this machine; the encoder's config.json and tokenizer files"
                " may also lie in a folder below the model's"
            ) from error
        # HanLP loads with strict=False: a weight that is not in the file would stay random.
        missing = [n for n, p in component.model.named_parameters() if p.requires_grad and n not in saved]
        if any(".pooler." not in n for n in missing):
            raise ModelError(f"model.pt lacks weights of the model, the first is {missing[0]}")
        tagger = tagger_of(component)
        tagger(["试"])
    return tagger


def _config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    if not path.is_file():
        if (folder / "meta.json").is_file():
            raise ModelError("a TensorFlow model of HanLP 2.0; only PyTorch models serve")
        raise ModelError("no HanLP model: the folder has no config.json")
    try:
        config = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"no HanLP model: config.json: {_one_line(error)}") from error
    if not isinstance(config, dict) or not isinstance(config.get("classpath"), str):
        raise ModelError("no HanLP model: config.json names no component")
    return config


def _adapter(classpath: str) -> Callable[[Any], Tagger]:
    from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer
    from hanlp_common.reflection import str_to_type

    try:
        component = str_to_type(classpath)
        if issubclass(component, RNNNamedEntityRecognizer):
            return _rnn
        # These two import transformers, which takes seconds.
        from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
        from hanlp.components.ner.transformer_ner import TransformerNamedEntityRecognizer

        if issubclass(component, TransformerNamedEntityRecognizer):
            return _transformer
        if issubclass(component, MultiTaskLearning):
            return MultiTaskTagger
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise ModelError(f"its component {classpath} cannot be imported: {_one_line(error)}") from error
    raise ModelError(f"its component {classpath} is no named entity recognizer that serves here")


def _saved_weights(folder: Path) -> set[str]:
    import torch

    try:
        return set(torch.load(folder / "model.pt", map_location="cpu", weights_only=True))
    except FileNotFoundError as error:
        raise ModelError("no model.pt in the folder") from error
    # A file that is no archive of weights fails in many ways (RuntimeError, UnpicklingError, EOFError, KeyError, …).
    except Exception as error:
        raise ModelError(f"model.pt is broken: PyTorch cannot read it ({type(error).__name__})") from error


def _local_encoder(folder: Path) -> Path | None:
    """Where a transformer's configuration and tokenizer lie in or below the folder."""
    for place in [folder, *sorted(p for p in folder.iterdir() if p.is_dir())]:
        try:
            config = json.loads((place / "config.json").read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(config, dict) and "model_type" in config:
            return place
    return None


def _preferred(tasks: Sequence[str]) -> str:
    ner = [task for task in tasks if task == "ner" or task.startswith("ner/")]
    if not ner:
        raise ModelError(f"a multi-task model without named entities (it has {', '.join(tasks)})")
    return next((task for task in _TASK_PREFERENCE if task in ner), ner[0])


def _labels(component: Any) -> set[str]:
    tags = component.vocabs["label" if "label" in component.vocabs else "tag"].idx_to_token
    return {tag.partition("-")[2] or tag for tag in tags}


def _keep_lengths(transform: Any) -> None:
    """Takes out of a character table what would change the text's length, and with it the offsets."""
    table = getattr(transform, "_table", None)
    if isinstance(table, dict):
        for character in [c for c, replacement in table.items() if len(c) != len(replacement)]:
            del table[character]


def _transformer_limit(encoder: Any) -> int:
    limits = (_LONGEST_INPUT, encoder.max_sequence_length, encoder.transformer.config.max_position_embeddings)
    return min(limit for limit in limits if limit) - _SPECIAL_TOKENS


def _subtoken_counter(tokenizer: Any) -> Callable[[str], Sequence[int]]:
    @lru_cache(maxsize=65536)
    def count(character: str) -> int:
        return max(1, len(tokenizer(character, add_special_tokens=False)["input_ids"]))

    return lambda text: [count(character) for character in text]


@contextmanager
def _errors(name: str) -> Iterator[None]:
    try:
        yield
    except ModelError as error:
        raise ModelError(f"{name}: {error}") from error
    # Whatever HanLP, torch or transformers say about a broken model, sys.exit included.
    except (Exception, SystemExit) as error:
        raise ModelError(f"{name}: cannot be loaded: {type(error).__name__}: {_one_line(error)}") from error


def _one_line(error: BaseException) -> str:
    # HanLP appends a banner of equals signs to the message.
    line = " ".join(str(error).partition("=====")[0].split())
    return line if len(line) <= 200 else f"{line[:199]}…"
