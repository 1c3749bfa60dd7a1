"""Lines of the log: what is named in them is from outside, and forges or betrays nothing."""

from __future__ import annotations

import logging

from adminduk.masking import shown

__all__ = ["logger"]


def logger(name: str) -> logging.Logger:
    """Give a logger that writes down what it is told as it may be shown: in one line, masked."""
    made = logging.getLogger(name)
    made.addFilter(_shown)  # again is once
    return made


def _shown(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(shown(str(one)) for one in record.args)
    return True
