"""The full names that a text has, and what short and elliptical names mean among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.relate.short_forms import ShortForms, in_order

_COMPARED = 64
"""Names of one opening, or with one opening and end, that a short form is compared with."""
_STATE = "中华人民共和国"


class FullNames:
    """The names of an article or a document, by what may stand for them; added in text order."""

    def __init__(self, forms: ShortForms) -> None:
        self._forms = forms
        self._starts: dict[str, list[int]] = {}
        self._ending: dict[str, list[str]] = {}
        self._short: dict[str, list[str]] = {}
        self._framed: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._inner: dict[str, str] = {}
        self._cores: dict[str, list[tuple[str, str]]] = {}
        self._branded: dict[str, list[str]] = {}

    def add(self, full: str, start: int) -> None:
        """Adds a name that stands at `start`."""
        self._starts.setdefault(full, []).append(start)
        if len(self._starts[full]) > 1:
            return
        forms = self._forms.of(full)
        for ending in forms.endings:
            self._ending.setdefault(ending, []).append(full)
        for short in forms.short:
            self._short.setdefault(short, []).append(full)
        for rest in filter(None, forms.without_level):
            self._framed.setdefault((rest[0], rest[-1]), []).append((rest, full))
        if forms.brand:
            self._branded.setdefault(forms.brand, []).append(full)
        for core in forms.cores:
            # 茶山银行 is none of 茶山工商银行（云岭）公司, which is a body of its own
            if core not in self._forms.fixed:
                self._cores.setdefault(core[:2], []).append((core, full))
        for part, whole in forms.inner:
            self._inner.setdefault(part, whole)

    def meant_by(self, written: str, at: int) -> str | None:
        """The longer name that `written`, standing at `at`, stands for."""
        if written not in self._forms.fixed:
            for meant in (self._ending.get(self._forms.key(written), ()), self._short.get(written, ())):
                longer = [full for full in meant if len(full) > len(written)]
                if longer:
                    return self._nearest(longer, at)
        if written in self._forms.ministries and (full := f"{_STATE}{written}") in self._starts:
            return full
        if 3 <= len(written) <= 6:
            # 青禾电缆 of 青禾电线电缆有限公司
            cores = self._cores.get(written[:2], [])[:_COMPARED] if len(written) > 3 else []
            longer = [full for core, full in cores if not core.startswith(written) and in_order(written, core)]
            if longer:
                return self._nearest(longer, at)
            framed = self._framed.get((written[0], written[-1]), [])[:_COMPARED]
            longer = [full for rest, full in framed if self._forms.abbreviates(written, rest)]
            # 深交所 is known, and no short form of 深圳茶叶交易所; 农发行 is one of 省农业发展银行
            if written in self._forms.state_firms:
                longer = [full for full in longer if full.endswith(self._forms.state_firms)]
            if longer:
                return self._nearest(longer, at)
        # 青禾 of 青禾汽车, but not where 青禾重工 stands as well, nor 大连 of 大连汽车
        branded = self._branded.get(written, [])
        if len(branded) == 1 and written not in self._forms.regions:
            return branded[0]
        return self._inner.get(written) if written not in self._forms.fixed else None

    def _nearest(self, names: Sequence[str], at: int) -> str:
        """The name that stands last before `at`, else the first one after it."""

        def nearness(name: str) -> tuple[bool, int]:
            starts = self._starts[name]
            before = bisect_left(starts, at)
            return (True, starts[before - 1]) if before else (False, -starts[0])

        return max(names, key=nearness)
