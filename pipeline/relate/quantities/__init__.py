"""Quantity ↔ what it measures, whose it is, when, and whether it is planned or reached."""

from __future__ import annotations

from pipeline.document import Direction, Document, Measure, Mention, QuantityLinks
from pipeline.relate.quantities.bounds import BoundReader
from pipeline.relate.quantities.indicators import IndicatorReader
from pipeline.relate.quantities.measures import MeasureReader
from pipeline.relate.quantities.passages import PassageReader
from pipeline.relate.quantities.status import StatusReader
from pipeline.relate.quantities.subjects import main_bodies, subject
from pipeline.relate.quantities.tone import shipped_tone_model, tones
from pipeline.rulebook import Rulebook


class QuantityRelater:
    """Sets the links of quantities; the other mentions must have theirs already, where they have any."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._passages = PassageReader(rulebook)
        self._measures = MeasureReader(rulebook)
        self._indicators = IndicatorReader(rulebook)
        self._status = StatusReader(rulebook)
        self._bounds = BoundReader(rulebook)
        self._present = rulebook.words("time_context", "present")

    def __call__(self, document: Document) -> list[Mention]:
        """The document's mentions, those of quantities with their links."""
        mentions = list(document.mentions)
        bodies = main_bodies(document)
        passages = [*self._passages(document)]
        if not any(passage.sites for passage in passages):
            return mentions
        self._status.begin()
        self._bounds.begin()
        self._indicators.begin()
        heard = tones(shipped_tone_model(), document.text.text, passages)
        for passage, tone in zip(passages, heard, strict=True):
            measured: list[tuple[Measure, Direction | None]] = []
            for site in passage.sites:
                measured.append(self._measures.read(site, measured[-1] if measured else None))
            measures = [measure for measure, _ in measured]
            statuses = self._status.read(passage, measures, document.articles[passage.article].published, tone)
            horizons = self._bounds.read(passage, measures)
            for number, bound in enumerate(horizons):
                if statuses[number] == "target" and bound is not None:
                    start, end = mentions[bound].start, mentions[bound].end
                    if document.text.text[start:end].startswith(self._present):
                        # 目前正待审批，概算总投资9亿元: what is to be was not now.
                        horizons[number] = None
            baselines = [self._measures.baseline(site) for site in passage.sites]
            indicators = self._indicators.read(passage, baselines)
            for number, baseline in enumerate(baselines):
                if baseline is not None:
                    # 从41个减少到15个: date and aim are those of the 15, if the 41 has none of its own.
                    origin = passage.sites[number - 1]
                    statuses[number - 1] = self._status.of_baseline(origin)
                    if statuses[number - 1] == "figure":
                        horizons[number - 1] = self._bounds.of_baseline(passage, origin, horizons[number - 1])
            for number, site in enumerate(passage.sites):
                measure, direction = measured[number]
                links = QuantityLinks(
                    statuses[number],
                    measure,
                    direction,
                    indicators[number],
                    subject(passage, site, bodies.get(passage.article)),
                    baselines[number],
                    horizons[number],
                )
                mentions[site.index] = mentions[site.index].linked(links)
        return mentions
