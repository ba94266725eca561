"""Paragraphs of tasks: what is to be done, in sentences without a subject and without a modal word."""

from __future__ import annotations

import re

from pipeline.relate.cues import CuePattern
from pipeline.rulebook import Rulebook

_STOPS = re.compile("[。；;！!\n]")
_SHARE = 0.6
"""How many of a paragraph's sentences open with a task: reports on what was done open fewer so."""


class TaskReader:
    """Tells 加快建设驿站。新增泊位9个。 from what reports say was done: those name results, first of all."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._opening = rulebook.compile("^{任务起}(?:{task_verbs}|{为谁})")
        self._heading = rulebook.words("task_headings")
        self._results = CuePattern(rulebook, "{result_words}")
        self._done = CuePattern(rulebook, "{reached}|{reached_weakly}|{已过}|{实增}|了", "{not_reached}|{not_done}")

    def __call__(self, paragraph: str) -> bool:
        """Whether a paragraph sets out tasks; one that tells of anything done does not."""
        sentences = [sentence for sentence in _STOPS.split(paragraph) if sentence.strip()]
        if not sentences or sentences[0] in self._results:
            return False
        opens = [self._opening.compiled.search(sentence) is not None for sentence in sentences]
        if sum(opens) < _SHARE * len(opens) or not (opens[0] or sentences[0].endswith(self._heading)):
            return False
        return paragraph not in self._done
