"""Facts out of OCR'd Chinese policy text.

`load` opens a run's records as pandas tables; the command `zhengce` makes runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.tables import Run, load

    __version__: str

__all__ = ["Run", "__version__", "load"]


def __getattr__(name: str) -> Any:
    # Importing the package must stay cheap: pandas comes with the first `load`.
    if name in ("Run", "load"):
        from pipeline import tables

        return getattr(tables, name)
    if name == "__version__":
        from importlib.metadata import version

        return version("zhengce")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
