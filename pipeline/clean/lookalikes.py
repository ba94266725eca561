"""Look-alike characters that the scanner took for one another, given back where their neighbours leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from pipeline.alignment import Edit
from pipeline.rule_files import RulebookError
from pipeline.rulebook import Rulebook

_LATIN = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")
# Full-width ASCII, one character for one.
_FOLD = {0xFF01 + i: 0x21 + i for i in range(94)}


class Lookalikes:
    """Finds misread characters. Raises `RulebookError` where the rules lack a list, or contradict themselves."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._han = _HanWords(rulebook)
        self._numbers = _Numbers(rulebook)
        self._latin = _LatinWords(rulebook.words("latin_words"))

    def __call__(self, line: str) -> list[Edit]:
        """The repairs of one block, in order: one character for one, in code points of `line`.

        A letter becomes a digit inside a number, a digit a letter inside a Latin word, a Chinese character its
        look-alike inside a word. Width does not matter; what is repaired in numbers and Latin words is half-width.
        """
        repairs = dict(self._han.repairs(line))
        if _LATIN.search(line):
            folded = line.translate(_FOLD)
            if _LETTER_BY_DIGIT.search(folded):
                repairs |= dict(self._numbers.repairs(folded))
                repairs |= dict(self._latin.repairs(folded))
        return [Edit(i, i + 1, repairs[i]) for i in sorted(repairs)]


# ---- Chinese words


class _HanWords:
    """The longest known word around a character decides, unless it cuts through one that is right as it stands."""

    def __init__(self, rulebook: Rulebook) -> None:
        # A doubtful character and a neighbour: where none of these stands, no word needs to be looked up.
        self._pairs: set[str] = set()
        # doubtful character → (size of the word, characters before it) → word as it is read → what was printed
        self._misread: dict[str, dict[tuple[int, int], dict[str, str]]] = {}
        self._right: dict[str, dict[tuple[int, int], set[str]]] = {}
        for pair, words in rulebook.groups("lookalikes").items():
            if len(pair) != 2:
                raise RulebookError(f"lookalikes: {pair!r} is no pair of characters")
            for word in words:
                self._add(word, *pair)
        for word in rulebook.words("lookalike_keeps"):
            for spelling in _spellings(word):
                for i, character in enumerate(spelling):
                    self._right.setdefault(character, {}).setdefault((len(word), i), set()).add(spelling)
        self._doubtful = re.compile(f"[{re.escape(''.join(sorted(self._misread)))}]")

    def _add(self, word: str, read: str, printed: str) -> None:
        if len(word) < 2 or printed not in word:
            raise RulebookError(f"lookalikes: {word!r} gives {printed!r} no neighbour")
        for i, character in enumerate(word):
            if character != printed:
                continue
            for spelling in _spellings(word[:i] + read + word[i + 1 :]):
                known = self._misread.setdefault(read, {}).setdefault((len(word), i), {})
                if known.setdefault(spelling, printed) != printed:
                    raise RulebookError(
                        f"lookalikes: {spelling!r} is misread from both {known[spelling]!r} and {printed!r}"
                    )
                self._pairs.add(spelling[i - 1 : i + 1] if i else spelling[:2])

    def repairs(self, line: str) -> Iterator[tuple[int, str]]:
        pairs = self._pairs
        for m in self._doubtful.finditer(line):
            i = m.start()
            if (line[i : i + 2] in pairs or (i and line[i - 1 : i + 1] in pairs)) and (
                printed := self._printed(line, i)
            ):
                yield i, printed

    def _printed(self, line: str, i: int) -> str | None:
        found: list[tuple[int, int, str]] = []
        for (size, before), words in self._misread[line[i]].items():
            start = i - before
            if start >= 0 and (printed := words.get(line[start : start + size])):
                found.append((size, start, printed))
        if not found:
            return None
        size, start, printed = max(found)
        if any(s == size and p != printed for s, _, p in found):
            return None
        for (kept, before), kept_words in self._right.get(line[i], {}).items():
            first = i - before
            inside = start <= first and first + kept <= start + size and kept < size
            if first >= 0 and not inside and line[first : first + kept] in kept_words:
                return None
        return printed


def _spellings(word: str) -> Iterator[str]:
    """The word with every digit for 0, and both commas."""
    choices = {"0": "0123456789０１２３４５６７８９", "，": "，,"}
    return map("".join, product(*(choices.get(c, c) for c in word)))


# ---- Letters in numbers

_DIGIT_OF = {"O": "0", "o": "0", "l": "1", "I": "1", "Z": "2", "S": "5", "b": "6", "B": "8"}
_LETTERS = "".join(_DIGIT_OF)
_LETTER_BY_DIGIT = re.compile(
    rf"[0-9.][{_LETTERS}]|[{_LETTERS}][0-9.]|[A-Za-z][0158]|[0158][A-Za-z]|年[lI]月|月[lIZSbB]日"
)
_DATE = re.compile("(?<=年)[lI](?=月)|(?<=月)[lIZSbB](?=日)")
_TOKEN = re.compile("[0-9A-Za-z.]+")
_MISREAD = re.compile(rf"(?P<lead>[{_LETTERS}]*)[0-9{_LETTERS}]*(?:\.[0-9{_LETTERS}]+)?")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
# ,000 behind the thousands; 10-20万元; 10、20和30家
_MORE = re.compile(
    rf"(?:,[0-9{_LETTERS}]{{3}}(?![0-9A-Za-z])){{0,4}}"
    rf"(?:\s?[-—–~至到、和与,]{{1,2}}\s?[0-9{_LETTERS}]+(?:\.[0-9{_LETTERS}]+)?(?![0-9A-Za-z])){{0,3}}\s?"
)
_OPENING, _CLOSING = tuple("〔[(（﹝"), tuple("〕])）﹞")
_IN_CODE = frozenset("-_/\\&@=+#:·*'%.?")


class _Numbers:
    """Letters are digits in a number that is counted with a unit, or stands where only a date can stand."""

    def __init__(self, rulebook: Rulebook) -> None:
        lists = ("currency_units", "measure_units", "time_units", "classifiers")
        units = {u for name in lists for u in rulebook.words(name) if not u.isascii()}
        units |= {*rulebook.words("after_numbers", "any"), *rulebook.words("after_numbers", "sure")}
        self._units = tuple(units)
        self._plain_units = tuple(units - set(rulebook.words("name_like_units")))
        self._sure_units = rulebook.words("after_numbers", "sure")
        self._code_after = rulebook.words("not_numbers_after")

    def repairs(self, line: str) -> Iterator[tuple[int, str]]:
        for m in _DATE.finditer(line):
            yield m.start(), _DIGIT_OF[m[0]]
        for m in _TOKEN.finditer(line):
            number = m[0].rstrip(".")
            if self._is_misread(line, m.start(), m.start() + len(number)):
                yield from ((m.start() + i, _DIGIT_OF[c]) for i, c in enumerate(number) if c in _DIGIT_OF)

    def _is_misread(self, line: str, start: int, end: int) -> bool:
        number = line[start:end]
        m = _MISREAD.fullmatch(number)
        letters = sum(c in _DIGIT_OF for c in number)
        digits = sum(c.isdigit() for c in number)
        if not m or not letters or _is_in_code(line, start, end) or line.startswith(self._code_after, end):
            return False
        more = _MORE.match(line, end)
        after = more.end() if more else end
        if digits and _is_date(line, start, end, after):
            return True
        sure = line.startswith(self._sure_units, after)
        # Z.S%, l6O亿元: so many letters are digits only before the surest of units.
        if letters > digits + (sure and digits > 0) and not ("." in number[1:] and line.startswith("%", after)):
            return False
        lead, trail = m["lead"], number[len(number.rstrip(_LETTERS)) :]
        if lead:
            plain = lead.islower() and line.startswith(self._plain_units, after)
            return (sure or plain) and _can_lead(line, start, lead, number)
        if trail.strip("OolI"):
            units = self._units if digits > 2 or trail.islower() else self._plain_units
            return len(trail) == 1 and line.startswith(units, after)
        if trail or digits < 3:
            return line.startswith(self._units, after)
        return True


def _is_date(line: str, start: int, end: int, after: int) -> bool:
    """Whether it can only be a year, month or day: 〔Z022〕, (2O2l-2025), 3月l5日."""
    number = "".join(_DIGIT_OF.get(c, c) for c in line[start:end])
    before = line[max(0, start - 1) : start]
    if _YEAR.fullmatch(number):
        return line.startswith("年", after) or (before in _OPENING and line.startswith(_CLOSING, after))
    return len(number) == 2 and (before, line[end : end + 1]) in {("年", "月"), ("月", "日")}


def _can_lead(line: str, start: int, lead: str, number: str) -> bool:
    """Whether letters can begin the number: one digit and zeros, no zero alone except before a point."""
    before = line[max(0, start - 2) : start].rstrip()[-1:]
    if before.isascii() and before.isalpha():
        return False
    whole, _, fraction = number.partition(".")
    if lead[0] in "Oo":
        return whole == lead[0]
    # b.2025 is an item, SO2 a gas.
    return not lead[1:].strip("Oo") and len(fraction) < 3 and len(number) > len(lead) + (len(lead) > 1)


def _is_in_code(line: str, start: int, end: int) -> bool:
    """Whether the number hangs on other letters or signs, as in an address or a model's name; a range does not."""
    before, after = line[max(0, start - 1) : start], line[end : end + 1]
    if before in _IN_CODE:
        beyond = line[max(0, start - 2) : start - 1]
        if not (before == "-" and (beyond.isdigit() or beyond == "%")) and not (before == ":" and not beyond.isascii()):
            return True
    return after in _IN_CODE and after not in "%:" and not (after == "-" and line[end + 1 : end + 2].isdigit())


# ---- Digits in Latin words

_LETTER_OF = {"0": "Oo", "1": "lI", "5": "S", "8": "B"}
_ALNUM = re.compile("[0-9A-Za-z]+")
_LONGEST_TAIL = 4


class _LatinWords:
    """A digit is a letter where that gives a known word."""

    def __init__(self, words: Iterable[str]) -> None:
        known = set(words)
        self._printed: dict[str, str] = {}
        doubtful = set()
        for word in sorted(known):
            for read in _misreadings(word):
                if self._printed.setdefault(read, word) != word or read in known:
                    doubtful.add(read)
        for read in doubtful:
            del self._printed[read]

    def repairs(self, line: str) -> Iterator[tuple[int, str]]:
        for m in _ALNUM.finditer(line):
            if line[m.start() - 1 : m.start()] in tuple("./@_-=&") or line[m.end() : m.end() + 1] in tuple("./@_-=&"):
                continue
            for end in range(m.end(), min(len(line), m.end() + _LONGEST_TAIL) + 1):
                if printed := self._printed.get(line[m.start() : end]):
                    yield from ((m.start() + i, c) for i, c in enumerate(printed) if c != line[m.start() + i])
                    break


def _misreadings(word: str) -> Iterator[str]:
    """The word with one or two letters read as digits; two letters at least remain, or Chinese behind one."""
    places = [(i, digit) for i, c in enumerate(word) for digit, letters in _LETTER_OF.items() if c in letters]
    for n in (1, 2):
        for chosen in combinations(places, n):
            read = list(word)
            for i, digit in chosen:
                read[i] = digit
            if sum(c.isalpha() for c in read) > 1:
                yield "".join(read)
