"""Keeps what passes through Apprise out of the log: it writes down numbers, texts and passwords."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

__all__ = ["quiet"]

_TALKATIVE: Final = ("apprise", "urllib3.connectionpool")
_is_quiet: Final[ContextVar[bool]] = ContextVar("is_quiet", default=False)


def _is_to_be_logged(record: logging.LogRecord) -> bool:
    del record
    return not _is_quiet.get()


@contextmanager
def quiet() -> Iterator[None]:
    """Have nothing logged by Apprise in this thread for a while; other threads log as ever."""
    for name in _TALKATIVE:
        logging.getLogger(name).addFilter(_is_to_be_logged)  # again is once
    before = _is_quiet.set(True)
    try:
        yield
    finally:
        _is_quiet.reset(before)
