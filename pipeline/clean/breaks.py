"""What the break between a block and the next line looks like, as cues by name.

No single sign of a line break decides it. On one page a blank line stands between paragraphs, on another between any
two lines; a line of full width may be the last of its paragraph. So each cue has a weight of its own in each setting:
in a column or in running paragraphs, below a finished sentence, an open one or what could be a headline.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.clean.characters import is_han
from pipeline.clean.joints import Joint
from pipeline.clean.lines import Line
from pipeline.clean.page import Facts, Growing, Page

CueValues = dict[str, float]
"""How strongly each cue is there, by name."""

SHARED: Final = frozenset(
    {
        "alone",
        "alone next",
        "caption above",
        "caption next",
        "cells",
        "closing mark first",
        "cuts word",
        "dateline open",
        "headline signed next",
        "indented",
        "number torn",
        "opening mark last",
        "quantity first",
        "quotation closes",
        "quotation stays open",
        "salutation above",
        "torn gram",
        "torn headline",
    }
)
"""The cues, too seldom for a weight in each setting, that have one weight for all."""

# In em: how far a line of justified text may fall short of its column, how far a new paragraph is indented, and what
# is too narrow for a line of prose that no column holds.
RAGGED, INDENT, _MENU = 1.1, 3.1, 20
_FLUSH, _INDENTED = 0.6, 0.9
_LONG = 40
_CLOSING = "，。、；：”’）》」』】,;:)!?！？%％"
_OPENING = "“（("
_OPENED = "“‘（(《〈「『【"
_QUANTITY = re.compile(r"[0-9][0-9.,]*\s*[^年月日0-9.,、．\s]")
_QUOTED_END = re.compile(r"[。！？!?…][”\"]$")
_QUOTE = re.compile("[“”]")
_COLON = re.compile("[：:—]| ")


def setting(page: Page, block: Growing) -> str:
    """Where a break below the block stands."""
    a = page.facts[block.last]
    kind = "finished" if a.finished else "headline" if block.first == block.last and a.headline else "open"
    return f"{'paragraph' if page.columns[block.last] is None else 'column'} {kind}"


def break_cues(page: Page, block: Growing, j: int, joint: Joint) -> CueValues:
    """The cues of the break between the block and line `j`, which need not be the next one."""
    line, after = page.lines[block.last], page.lines[j]
    a, b = page.facts[block.last], page.facts[j]
    headline = not a.finished and block.first == block.last and a.headline
    cues = characters(joint)
    _words(cues, page, block, j, headline)
    _marks(cues, block, line.text, after.text, b)
    _layout(cues, page, block, j, joint)
    if block.has_end:
        cues["has end"] = 1
    if block.has_comma:
        cues["has comma"] = 1
    if block.length > _LONG:
        cues["long"] = 1
    if b.finished:
        cues["next finished"] = 1
    if headline:
        _below_headline(cues, page, block, j)
    if b.headline:
        _above_headline(cues, page, block.last, j)
    column = page.columns[block.last]
    if column is not None:
        _column(cues, column, line, after, same=page.columns[j] == column, one=block.first == block.last)
        if headline:
            _headline_in_column(cues, column, line, after, same=page.columns[j] == column)
    return cues


def characters(joint: Joint) -> CueValues:
    """What the characters on both sides say; for and against have different weights."""
    return {
        "together" if joint.together > 0 else "strangers": clipped(joint.together),
        "cut" if joint.cut > 0 else "complete": clipped(joint.cut),
        "midway" if joint.midway > 0 else "opening": clipped(joint.midway),
    }


def clipped(odds: float) -> float:
    """The log odds, none so large that it alone decides."""
    return 8.0 if odds > 8.0 else -8.0 if odds < -8.0 else odds


def _words(cues: CueValues, page: Page, block: Growing, j: int, headline: bool) -> None:
    before, after = page.lines[block.last].text, page.lines[j].text
    if page.torn(block.last, j):
        # Headlines are made of the words of their articles.
        cues["torn headline" if headline else "torn gram"] = 1
    if page.cues.cuts_word(before, after):
        cues["cuts word"] = 1
    if before[-1].isdigit() and after[0].isdigit():
        # The cells of a table hold nothing but numbers.
        cues["number torn" if _has_han(before) and _has_han(after) else "cells"] = 1
    if not page.facts[block.last].finished:
        if _QUANTITY.match(after):
            cues["quantity first"] = 1
        if block.dateline:
            cues["dateline open"] = 1
    elif _QUOTED_END.search(before) and page.cues.attribution(after):
        cues["attribution"] = 1


def _marks(cues: CueValues, block: Growing, before: str, after: str, b: Facts) -> None:
    if block.is_open:
        cues["open pair"] = 1
        if block.open.get("“”", 0) > 0:
            quote = _QUOTE.search(after)
            if quote and quote[0] == "”":
                cues["quotation closes"] = 1
            elif b.finished:
                cues["quotation stays open"] = 1
    if after[0] in _CLOSING:
        cues["closing mark first"] = 1
    elif after[0] in _OPENING:
        cues["opening mark first"] = 1
    if before[-1] in _OPENED:
        cues["opening mark last"] = 1
    if before[-1] in "，,、":
        cues["comma last"] = 1
    elif before[-1] in "：:":
        cues["colon last"] = 1
    elif before[-1] in "；;":
        cues["semicolon last"] = 1


def _layout(cues: CueValues, page: Page, block: Growing, j: int, joint: Joint) -> None:
    line, after = page.lines[block.last], page.lines[j]
    a, b = page.facts[block.last], page.facts[j]
    beside = j == block.last + 1
    if b.alone:
        cues["alone next"] = 1
    elif b.listed:
        cues["listed next"] = 1
    elif b.begins:
        cues["begins"] = 1
    if b.caption:
        cues["caption next"] = 1
    if a.caption:
        cues["caption above"] = 1
    if block.first == block.last:
        # Digits alone number the row of a table.
        if a.alone or line.text.isdigit():
            cues["alone"] = 1
        if page.cues.salutation(line.text):
            cues["salutation above"] = 1
    if beside and after.gap == 0 and page.spaced:
        cues["close"] = 1
        if line.width > _MENU:
            cues["close and wide"] = 1
    if beside and after.gap > page.usual_gap:
        cues["far"] = 1
    if page.indented and after.indent >= 1.5:
        cues["indented"] = 1
    if after.interrupted or not beside:
        cues["interrupted"] = 1
        cues["interrupted: together"] = clipped(joint.together)
        cues["interrupted: cut"] = clipped(joint.cut)
        if after.interrupted and after.beyond > page.usual_gap:
            cues["interrupted far"] = 1
    if page.wrapped:
        cues["wrapped page"] = 1


def _below_headline(cues: CueValues, page: Page, block: Growing, j: int) -> None:
    text, after = page.lines[block.last].text, page.lines[j]
    if page.facts[j].headline:
        cues["headlines"] = 1
    if page.facts[block.last].listed:
        cues["listed headline"] = 1
    if page.cues.titled(text):
        cues["titled"] = 1
    if _COLON.search(text):
        cues["headline with colon"] = 1
    if after.gap == 0 and j == block.last + 1:
        cues["headline close"] = 1
    if after.text[0] in _OPENING:
        cues["headline then opening mark"] = 1


def _above_headline(cues: CueValues, page: Page, last: int, j: int) -> None:
    after, b = page.lines[j], page.facts[j]
    cues["headline next"] = 1
    if not b.comma:
        cues["bare headline next"] = 1
    if _COLON.search(after.text):
        cues["headline next with colon"] = 1
    if (after.gap and j == last + 1) or after.width <= _MENU:
        cues["headline next apart"] = 1
    if j + 1 == len(page.lines):
        return
    below, column = page.lines[j + 1], page.columns[last]
    if column is not None and _INDENTED <= column - below.width <= INDENT and not b.comma:
        cues["headline next then indented"] = 1
    if page.facts[j + 1].signed:
        cues["headline signed next"] = 1
    if not page.facts[j + 1].headline:
        cues["headline next alone"] = 1
    if below.text[0] in _CLOSING:
        cues["headline next goes on"] = 1


def _column(cues: CueValues, column: float, line: Line, after: Line, *, same: bool, one: bool) -> None:
    lacks = column - line.width
    if lacks < -RAGGED:
        cues["wide"] = 1
    elif lacks <= RAGGED:
        cues["full"] = 1
    elif lacks > INDENT:
        cues["short"] = 1
    if line.width < 0.6 * column:
        cues["half"] = 1
    if not same:
        cues["other column"] = 1
        return
    cues["same column"] = 1
    next_lacks = column - after.width
    if next_lacks < -RAGGED:
        cues["next wide"] = 1
    elif next_lacks <= _FLUSH:
        cues["next full"] = 1
        if one and lacks > _FLUSH:
            cues["paragraph begins"] = 1
    elif _INDENTED <= next_lacks <= INDENT:
        cues["next indented"] = 1
        if lacks <= RAGGED:
            cues["full then indented"] = 1


def _headline_in_column(cues: CueValues, column: float, line: Line, after: Line, *, same: bool) -> None:
    lacks = column - line.width
    if lacks <= _FLUSH:
        cues["headline full"] = 1
    if same and _INDENTED <= column - after.width <= INDENT:
        cues["headline then indented"] = 1


def _has_han(text: str) -> bool:
    return any(map(is_han, text))
