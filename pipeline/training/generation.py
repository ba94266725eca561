"""Labelled sentences out of a grammar: bodies, people and posts of every build, with names that nobody bears."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

import yaml

from pipeline.rulebook import Rulebook
from pipeline.training.corpus import Sentence

_FRAMES = Path(__file__).parent / "frames.yaml"
_PART = re.compile(r"\[(?P<label>[A-Z]+)\||(?P<close>\])|\{(?P<symbol>\w+)(?:=(?P<same>\w+))?\}|(?P<text>[^\[\]{}]+)")
_FROM_RULES = {"surname": "surnames", "topic": "department_topics", "industry": "industries"}


class Generator:
    """A source of sentences; the same rules and seed give the same ones.

    Surnames, fields of departments and branches of industry come from the rules, the rest from `frames.yaml`.
    """

    def __init__(self, rulebook: Rulebook, seed: int) -> None:
        content = yaml.safe_load(_FRAMES.read_text("utf-8"))["symbols"]
        self._symbols: dict[str, Sequence[str]] = {
            name: alternatives if isinstance(alternatives, list) else alternatives.split()
            for name, alternatives in content.items()
        }
        self._symbols |= {name: rulebook.words(words) for name, words in _FROM_RULES.items()}
        self._random = random.Random(seed)  # noqa: S311  not for secrets

    def __call__(self, number: int) -> list[Sentence]:
        """The next `number` sentences."""
        return [self._sentence() for _ in range(number)]

    def _sentence(self) -> Sentence:
        sentence: Sentence = []
        self._expand("sentence", sentence, {})
        return sentence

    def _expand(self, symbol: str, sentence: Sentence, kept: dict[str, str]) -> None:
        self._write(self._random.choice(self._symbols[symbol]), sentence, kept)

    def _write(self, frame: str, sentence: Sentence, kept: dict[str, str]) -> None:
        opened = label = None
        for part in _PART.finditer(frame):
            if part["label"]:
                opened, label = len(sentence), part["label"]
            elif part["close"]:
                assert opened is not None  # noqa: S101  the frames are ours
                for index in range(opened, len(sentence)):
                    sentence[index] = (sentence[index][0], f"{'I' if index > opened else 'B'}-{label}")
            elif part["same"]:
                text = kept.setdefault(part["same"], "") or self._text(part["symbol"])
                kept[part["same"]] = text
                sentence += ((character, "O") for character in text)
            elif part["symbol"]:
                self._expand(part["symbol"], sentence, kept)
            else:
                sentence += ((character, "O") for character in part["text"])

    def _text(self, symbol: str) -> str:
        sentence: Sentence = []
        self._expand(symbol, sentence, {})
        return "".join(character for character, _ in sentence)
