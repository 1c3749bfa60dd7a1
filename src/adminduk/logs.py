"""Lines of the log: what is named in them is from outside, and forges or betrays nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from traceback import format_tb

from adminduk.masking import shown

__all__ = ["logger", "where"]


def logger(name: str) -> logging.Logger:
    """Give a logger that writes down what it is told as it may be shown: in one line, masked."""
    made = logging.getLogger(name)
    made.addFilter(_shown)  # again is once
    return made


def _shown(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(map(_inert, record.args))
    if record.exc_info:
        told = where(record.exc_info[1])
        record.exc_text = "\n".join(f"  {shown(one)}" for one in told)  # no line is a new entry
    return True


def where(error: BaseException | None) -> Iterator[str]:
    """Say where something went wrong and by what kind of error, line by line, and its causes first.

    What an error says is left out: it is made of whatever was at hand, as what is stored of people.
    """
    if error is None:
        return
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    yield from where(before)
    yield from "".join(format_tb(error.__traceback__)).splitlines()
    yield type(error).__qualname__


def _inert(named: object) -> object:
    """Give what is named, if it reads as it may be shown; else the text that may be."""
    text = str(named)
    told = shown(text)
    return named if told == text else told
