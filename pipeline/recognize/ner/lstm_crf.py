"""`CharNER`'s answers without what HanLP's predict spends on each character: whole batches from folding to decoding.

The model and its weights are HanLP's; so are the tags, which a test compares. What differs: the two directions run over
padded batches of like length, where oneDNN is faster than over packed ones, and Viterbi runs over the batch in NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from pipeline.recognize.ner.char_ner import CharNER, bigrams, fold_character
from pipeline.recognize.ner.windows import Span

_PADDED = 1.4
"""How much larger than its text a batch may get by padding: against more of small batches."""

_MOST = 8192
"""Padded characters of one batch."""

Tags = NDArray[np.int64]


class LstmCrfTagger:
    """A `Tagger` over a `CharNER` for which `serves` holds."""

    batch_cost = 1 << 18

    def __init__(self, component: CharNER, limit: int) -> None:
        model = component.model
        tags = component.vocabs["tag"].idx_to_token
        self.limit = limit
        self.costs: Callable[[str], Sequence[int]] = unit_costs
        self._labels = [tag[2:] for tag in tags]
        self._begins = [tag.startswith("B-") for tag in tags]
        self._outside = tags.index("O")
        self.labels = {tag.partition("-")[2] or tag for tag in tags}
        self._tables = [lookup.table for lookup in model.embed]
        vocabularies = [(lookup.field, component.vocabs[lookup.field]) for lookup in model.embed]
        self._vocabularies = [(field, v.token_to_idx, v.unk_idx) for field, v in vocabularies]
        self._directions = [_one_way(model.word_lstm, suffix) for suffix in ("", "_reverse")]
        hidden = model.word_lstm.hidden_size
        self._outputs = [model.out.weight[:, :hidden].T, model.out.weight[:, hidden:].T]
        self._bias = model.out.bias.detach().numpy()
        crf = model.crf
        self._start, self._end, self._transitions = (
            p.detach().numpy().copy() for p in (crf.start_transitions, crf.end_transitions, crf.transitions)
        )

    @staticmethod
    def serves(component: Any) -> bool:
        """Whether the component is of the one build that is known here."""
        if not isinstance(component, CharNER) or component.tagging_scheme != "BIO":
            return False
        model, lstm = component.model, component.model.word_lstm
        return bool(model.crf and not model.embed_to_rnn and lstm.bidirectional and lstm.num_layers == 1)

    def __call__(self, texts: list[str]) -> list[list[Span]]:
        """See `Tagger`."""
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        lengths = np.array([len(texts[i]) for i in order])
        ids = [self._ids(texts[i]) for i in order]
        emissions = np.zeros((lengths[0], len(texts), len(self._labels)), np.float32)
        with torch.inference_mode():
            for first, last in _like_lengths(lengths):
                emissions[: lengths[first], first:last] = self._emissions(ids[first:last], lengths[first:last])
        found: list[list[Span]] = [[] for _ in texts]
        for index, tags, length in zip(order, self._decoded(emissions, lengths), lengths, strict=True):
            found[index] = list(self._spans(tags[:length]))
        return found

    def _ids(self, text: str) -> list[list[int]]:
        folded = [fold_character(c) for c in text]
        tokens = {"token": folded, "bigram": bigrams(folded)}
        return [[known.get(t, unknown) for t in tokens[field]] for field, known, unknown in self._vocabularies]

    def _emissions(self, ids: Sequence[list[list[int]]], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores of shape (time, batch, tags)."""
        steps = int(lengths[0])
        padded = np.zeros((len(self._tables), len(ids), steps), np.int64)
        for row, fields in enumerate(ids):
            padded[:, row, : len(fields[0])] = fields
        times = np.arange(steps)
        # Each text back to front in place, its padding still behind it.
        backwards = np.where(times < lengths[:, None], lengths[:, None] - 1 - times, times)
        scores = []
        for direction, lstm in enumerate(self._directions):
            taken = np.take_along_axis(padded, backwards[None], 2) if direction else padded
            embedded = [table(torch.from_numpy(i)) for table, i in zip(self._tables, taken, strict=True)]
            states, _ = lstm(torch.cat(embedded, -1))
            scores.append((states @ self._outputs[direction]).numpy())
        total = scores[0] + np.take_along_axis(scores[1], backwards[:, :, None], 1) + self._bias
        result: NDArray[np.float32] = total.transpose(1, 0, 2)
        return result

    def _decoded(self, emissions: NDArray[np.float32], lengths: NDArray[np.int64]) -> Tags:
        """The best tags, shape (batch, time); `lengths` fall."""
        steps, batch, _ = emissions.shape
        # How many texts go on at each step: the first ones.
        active = (lengths[None, :] > np.arange(steps)[:, None]).sum(1).tolist()
        score = self._start + emissions[0]
        origins = np.zeros(emissions.shape, np.int8)
        for step in range(1, steps):
            n = active[step]
            candidates = (score[:n, :, None] + self._transitions) + emissions[step, :n, None, :]
            origins[step, :n] = candidates.argmax(1)
            score[:n] = candidates.max(1)
        best = (score + self._end).argmax(1)
        tags = np.zeros((batch, steps), np.int64)
        rows = np.arange(batch)
        for step in range(steps - 1, -1, -1):
            n = active[step]
            tags[:n, step] = best[:n]
            best[:n] = origins[step, rows[:n], best[:n]]
        return tags

    def _spans(self, tags: Tags) -> Iterator[Span]:
        start = end = -1
        label = ""
        for at in np.flatnonzero(tags != self._outside).tolist():
            tag = int(tags[at])
            if at != end or self._begins[tag] or self._labels[tag] != label:
                if label:
                    yield Span(start, end, label)
                start, label = at, self._labels[tag]
            end = at + 1
        if label:
            yield Span(start, end, label)


def unit_costs(text: str) -> Sequence[int]:
    """One for each character."""
    return [1] * len(text)


def _like_lengths(lengths: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of falling lengths, each with little padding and not too many characters."""
    first = real = 0
    for at, length in enumerate(lengths.tolist()):
        padded = (at + 1 - first) * int(lengths[first])
        if at > first and (padded > _PADDED * (real + length) or padded > _MOST):
            yield first, at
            first, real = at, 0
        real += length
    yield first, len(lengths)


def _one_way(both: nn.LSTM, suffix: str) -> Callable[[torch.Tensor], tuple[torch.Tensor, Any]]:
    lstm = nn.LSTM(both.input_size, both.hidden_size, batch_first=True)
    weights = both.state_dict()
    lstm.load_state_dict({name: weights[name + suffix] for name in lstm.state_dict()})
    return lstm.eval()
