"""The days of the story."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

__all__ = ["july", "june"]

_WIB = timezone(timedelta(hours=7))


def june(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a time in June 2021, by the clock of the office."""
    return datetime(2021, 6, day, hour, minute, tzinfo=_WIB)


def july(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a time in July 2021, by the clock of the office."""
    return datetime(2021, 7, day, hour, minute, tzinfo=_WIB)
