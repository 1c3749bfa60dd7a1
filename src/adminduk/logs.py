"""Lines of the log: what is named in them is from outside, and forges or betrays nothing."""

from __future__ import annotations

import logging
from traceback import format_tb

from adminduk.masking import shown

__all__ = ["logger"]


def logger(name: str) -> logging.Logger:
    """Give a logger that writes down what it is told as it may be shown: in one line, masked."""
    made = logging.getLogger(name)
    made.addFilter(_shown)  # again is once
    return made


def _shown(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(map(_inert, record.args))
    if record.exc_info:
        kind, _, where = record.exc_info  # what it says may be made of what is stored of people
        told = [*"".join(format_tb(where)).splitlines(), "" if kind is None else kind.__name__]
        record.exc_text = "\n".join(f"  {shown(one)}" for one in told)  # no line is a new entry
    return True


def _inert(named: object) -> object:
    """Give what is named, if it reads as it may be shown; else the text that may be."""
    text = str(named)
    told = shown(text)
    return named if told == text else told
