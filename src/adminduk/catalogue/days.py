"""Periods of days, the last days included: where one ends, and what they leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol

__all__ = ["Period", "after", "first_gap", "parts"]


class Period(Protocol):
    """What holds from a day until another."""

    @property
    def until(self) -> date | None:
        """The last day; None while no end is known."""

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day."""


def after(day: date | None) -> date | None:
    """Give the day after a last day; None if nothing follows."""
    return None if day is None or day == date.max else day + timedelta(days=1)


def first_gap(asked: Period, since: date, given: Iterable[Period]) -> date | None:
    """Give the first day of a period, which begins on a day, on which no other holds."""
    others = tuple(given)
    candidates = [since, *sorted(day for one in others if (day := after(one.until)))]
    return next(
        (
            day
            for day in candidates
            if asked.in_force(day) and not any(one.in_force(day) for one in others)
        ),
        None,
    )


def parts(bounds: Iterable[date]) -> Iterator[tuple[date, date | None]]:
    """Give the periods between days on which something begins; the last one has no end."""
    days = sorted(set(bounds))
    for since, following in pairwise([*days, None]):
        assert since is not None, "only the last is none"
        yield since, None if following is None else following - timedelta(days=1)
