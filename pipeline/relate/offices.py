"""Posts that head a body which only the rest of the article names: 市长 → 临川市人民政府."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.rulebook import Rulebook

_GOVERNMENT, _AUTONOMOUS = "政府", "自治"


class Offices:
    """Knows which body a post of the state or of a place heads."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._endings = rulebook.meanings("headed_bodies")
        self._posts = tuple(sorted(self._endings, key=len, reverse=True))
        self._cues = tuple(rulebook.words("person_cues"))

    def body(self, text: str, start: int, post: str, bodies: Iterable[str]) -> str | None:
        """The body that the bearer of `post`, whose name stands at `start`, heads.

        `bodies` are the canonical names in the article. None where none of them is the post's, or several are.
        """
        ending = next((self._endings[p] for p in self._posts if post.endswith(p)), None)
        if ending is None:
            return None
        places = {body: place for body in bodies if (place := _place(body, ending))}
        before = text[max(0, start - 24) : start].rstrip(" 　")
        owner = before.removesuffix(post) if before.endswith(post) else ""
        if owner and "\u4e00" <= owner[-1] <= "\u9fff" and not owner.endswith(self._cues):
            # 临川市|市长, 自治区|主席; 甲国|总理 heads no body named here
            autonomous = ending.startswith(_AUTONOMOUS) and owner.endswith(ending.removesuffix(_GOVERNMENT))
            # 临川市|市长, 临川|市长
            level = ending.removesuffix(_GOVERNMENT) if ending.endswith(_GOVERNMENT) else ""
            owners = (owner, owner + level)
            places = {b: place for b, place in places.items() if autonomous or any(o.endswith(place) for o in owners)}
        elif ending.startswith(_AUTONOMOUS):
            return None
        return next(iter(places)) if len(places) == 1 else None


def _place(body: str, ending: str) -> str | None:
    """The place whose government `body` is, or the state's; None where the name ends otherwise."""
    if not ending.endswith(_GOVERNMENT):
        return body if body == ending else None
    short = body.replace("人民政府", _GOVERNMENT)
    alike = short.endswith(ending) and (ending.startswith(_AUTONOMOUS) or not short.endswith(_AUTONOMOUS + ending))
    return short.removesuffix(_GOVERNMENT) if alike and len(short) > len(ending) + 1 else None
