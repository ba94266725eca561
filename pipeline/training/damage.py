"""What a scanner leaves in a sentence after cleaning, put into labelled ones: the labels stay where the names are."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from pipeline.rulebook import Rulebook
from pipeline.training.corpus import Sentence

_MARKS = frozenset("，、。；：“”（）《》,;:()·")
_MOST = 3


class Damage:
    """Missing marks, stray spaces and look-alike characters; the same rules and seed do the same."""

    def __init__(self, rulebook: Rulebook, share: float, seed: int) -> None:
        """`share` of the sentences, 0 to 1, are damaged, in one to three places."""
        self._share = share
        self._lookalikes: dict[str, str] = {}
        for pair in rulebook.groups("lookalikes"):
            self._lookalikes.setdefault(pair[0], pair[1])
            self._lookalikes.setdefault(pair[1], pair[0])
        self._random = random.Random(seed)  # noqa: S311  not for secrets

    def __call__(self, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
        """The sentences, in their order, some of them damaged."""
        for sentence in sentences:
            if self._random.random() < self._share:
                for _ in range(self._random.randint(1, _MOST)):
                    sentence = self._damaged(sentence)
            yield sentence

    def _damaged(self, sentence: Sentence) -> Sentence:
        at = self._random.randrange(len(sentence))
        character, tag = sentence[at]
        if character in self._lookalikes:
            return [*sentence[:at], (self._lookalikes[character], tag), *sentence[at + 1 :]]
        if character in _MARKS and tag == "O" and len(sentence) > 1:
            return [*sentence[:at], *sentence[at + 1 :]]
        # A space before the first character of a name is outside of it.
        return [*sentence[:at], (" ", tag if tag.startswith("I-") else "O"), *sentence[at:]]
