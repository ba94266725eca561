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
        self._topic = rulebook.compile("^{任务起}{成果题}").compiled
        self._results = CuePattern(rulebook, "{result_words}")
        self._done = CuePattern(rulebook, "{reached}|{已过}|{实增}|{achieved}|了", "{not_reached}|{已作定}|{not_done}")
        self._planned = CuePattern(rulebook, "{planned}|{将来}", "{not_planned}|{把作}")

    def __call__(self, paragraph: str) -> bool:
        """Whether a paragraph sets out tasks; one that tells of anything done does not."""
        sentences = [sentence for sentence in _STOPS.split(paragraph) if sentence.strip()]
        if not sentences or sentences[0] in self._results or self.reports(sentences[0]):
            return False
        if len(sentences) > 1 and sentences[0].endswith(self._heading):
            del sentences[0]
        opens = [self._opening.compiled.search(sentence) is not None for sentence in sentences]
        if sum(opens) < _SHARE * len(opens):
            return False
        # 力争产值增长5%: what is planned in so many words was not done.
        return paragraph not in self._done or not any(s in self._done and s not in self._planned for s in sentences)

    def reports(self, text: str) -> bool:
        """Whether the first sentence names what became of something: 茶业持续壮大."""
        first = _STOPS.split(text, 1)[0]
        return self._opening.compiled.search(first) is None and self._topic.search(first) is not None

    def opens(self, text: str) -> bool:
        """Whether one of the first two sentences opens with a task."""
        return any(self._opening.compiled.search(s) for s in _STOPS.split(text, 2)[:2])
