"""HanLP without what it prints, and without the network."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any


@contextmanager
def silence() -> Iterator[None]:
    """Keeps what HanLP prints off stdout and stderr."""
    from hanlp.utils import log_util

    for handler in log_util.logger.handlers:
        if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stdout:
            handler.setStream(sys.stderr)
    sink = StringIO()
    # Its progress printers took hold of the streams when it was imported.
    printers = [(log_util._printer, "out", sink), (log_util.ErasablePrinter, "erase", lambda printer: None)]
    with _replaced(printers), redirect_stdout(sink), redirect_stderr(sink), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def offline() -> Iterator[None]:
    """HanLP and Hugging Face find what is on this machine, and fail over the rest."""
    import hanlp.utils.component_util as component_util
    import hanlp.utils.io_util as io_util
    import huggingface_hub.constants as hub

    def refuse(url: str = "", *_: Any, **__: Any) -> Any:
        raise OSError(f"{url} is not on this machine")

    places = [
        (io_util, "download", refuse),
        # HanLP asks PyPI for a newer version when a load fails.
        (component_util, "get_latest_info_from_pypi", refuse),
        (hub, "HF_HUB_OFFLINE", True),
    ]
    with _replaced(places):
        yield


@contextmanager
def _replaced(places: Sequence[tuple[Any, str, Any]]) -> Iterator[None]:
    before = [getattr(owner, name) for owner, name, _ in places]
    try:
        for owner, name, value in places:
            setattr(owner, name, value)
        yield
    finally:
        for (owner, name, _), value in zip(places, before, strict=True):
            setattr(owner, name, value)
