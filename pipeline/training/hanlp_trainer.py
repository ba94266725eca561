"""HanLP's own trainer, made to train `CharNER`: from vectors, or on from a trained model."""

# ruff: noqa: D102  the methods are those of HanLP's trainer

from __future__ import annotations

import json
import logging
import pickle
from pathlib import Path
from typing import Any

import torch
from hanlp.common.vocab import Vocab
from hanlp.datasets.ner.loaders.tsv import TSVTaggingDataset
from hanlp.utils.log_util import remove_color_tag
from torch import nn

from pipeline.recognize.ner.char_ner import CharNER
from pipeline.training.corpus import TrainingError
from pipeline.training.vectors import Table


def hanlp_log(parent: logging.Logger) -> logging.Logger:
    """A logger below `parent` for HanLP, which colours what it says."""
    log = parent.getChild("hanlp")
    if not log.filters:
        log.addFilter(_without_color)
    return log


def _without_color(record: logging.LogRecord) -> bool:
    record.msg = remove_color_tag(str(record.msg))
    return True


class Trainer(CharNER):
    """`CharNER` with a loop that does not decode the training batches."""

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0

    def build_dataset(self, data: Any, transform: Any) -> Any:
        return TSVTaggingDataset(data, transform, cache=isinstance(data, str))

    def build_optimizer(self, lr: float, **_: Any) -> list[torch.optim.Optimizer]:
        # Adam's momentum would go on moving a rare bigram's row long after its one gradient; SparseAdam does not.
        sparse = [lookup.table.weight for lookup in self.model.embed if lookup.table.sparse]
        dense = [p for p in self.model.parameters() if all(p is not q for q in sparse)]
        return [torch.optim.Adam(dense, lr=lr), torch.optim.SparseAdam(sparse, lr=lr)]

    def build_scheduler(self, **_: Any) -> None:
        return None

    def execute_training_loop(self, *, optimizer: list[torch.optim.Optimizer], **kwargs: Any) -> Any:
        # HanLP's log wants one optimizer; the loop below uses both.
        self._optimizers = optimizer
        return super().execute_training_loop(optimizer=optimizer[0], **kwargs)

    def feed_batch(self, batch: dict[str, Any]) -> tuple[torch.Tensor, torch.Tensor]:
        # Packed sequences, which HanLP's model runs over, take oneDNN's fast path away and three times as long.
        model: Any = self.model
        mask = batch[f"{self.config.token_key}_id"].gt(0)
        return model.out(model.drop(both_ways(model.word_lstm, model.drop(model.embed(batch, mask=mask)), mask))), mask

    def fit_dataloader(self, trn: Any, criterion: Any, *_: Any, **__: Any) -> None:
        self.model.train()
        total = len(trn) * self.config.epochs
        for batch in trn:
            rate = self.config.lr * min(1.0, (self._steps + 1) / 100) * (1 - self._steps / total)
            for optimizer in self._optimizers:
                for group in optimizer.param_groups:
                    group["lr"] = rate
                optimizer.zero_grad()
            scores, mask = self.feed_batch(batch)
            self.compute_loss(criterion, scores, batch["tag_id"], mask).backward()
            nn.utils.clip_grad_norm_(self._optimizers[0].param_groups[0]["params"], 5.0)
            for optimizer in self._optimizers:
                optimizer.step()
            self._steps += 1


def both_ways(lstm: nn.LSTM, inputs: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """What a bidirectional layer of one level says of padded `inputs`, shape (batch, time, features)."""
    times = torch.arange(mask.shape[1])
    lengths = mask.sum(1, keepdim=True)
    # Each sequence back to front in place, its padding still behind it.
    backwards = torch.where(times < lengths, lengths - 1 - times, times)[:, :, None]
    start = inputs.new_zeros(1, len(inputs), lstm.hidden_size)
    weights = dict(lstm.named_parameters())
    states = []
    for suffix in ("", "_reverse"):
        if suffix:
            inputs = inputs.gather(1, backwards.expand(-1, -1, inputs.shape[2]))
        used: list[torch.Tensor] = [
            weights[f"{name}_l0{suffix}"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        ]
        states.append(torch.lstm(inputs, (start, start), used, True, 1, 0.0, True, False, True)[0])
    states[1] = states[1].gather(1, backwards.expand_as(states[1]))
    return torch.cat(states, -1)


class Fresh(Trainer):
    """Begins with given vocabularies and vectors."""

    def __init__(self, tables: dict[str, Table]) -> None:
        super().__init__()
        self._tables = tables

    def build_vocabs(self, dataset: Any, logger: Any) -> None:
        self.vocabs.tag = Vocab(unk_token=None, pad_token=None)
        for field, (tokens, _) in self._tables.items():
            self.vocabs[field] = Vocab()
            self.vocabs[field].update(tokens)
            self.vocabs[field].lock()
        for _ in dataset:  # reading a sample adds its tags
            pass
        self.vocabs.lock()
        self.vocabs.summary(logger)

    def build_model(self, **kwargs: Any) -> nn.Module:
        model = super().build_model(**kwargs)
        with torch.no_grad():
            for lookup in model.embed:  # type: ignore[union-attr]
                tokens, vectors = self._tables[lookup.field]
                if vectors is not None:
                    lookup.table.weight[-len(tokens) :] = vectors
        return model


class Continued(Trainer):
    """Begins with the vocabularies and weights of a trained model. Raises `TrainingError` for a folder without one."""

    def __init__(self, start: Path) -> None:
        super().__init__()
        try:
            self.hidden: int = json.loads((start / "config.json").read_text("utf-8"))["rnn_hidden"]
            self.vocabs.load_vocabs(str(start))
            self._weights = torch.load(start / "model.pt", map_location="cpu", weights_only=True)
        except (OSError, ValueError, LookupError, RuntimeError, pickle.UnpicklingError) as error:
            raise TrainingError(f"{start}: no model of this kind to go on from: {error}") from error

    def build_model(self, **kwargs: Any) -> nn.Module:
        model = super().build_model(**kwargs)
        model.load_state_dict(self._weights)
        return model
