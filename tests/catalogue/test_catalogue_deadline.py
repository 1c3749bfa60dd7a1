"""The last day of a deadline, in the right kind of day."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue import Deadline, load
from adminduk.working_days import WorkingDays

CALENDAR = WorkingDays()
BIRTH = load().service("akta-lahir", date(2025, 1, 2)).deadline
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def deadline(number: int, kind: str) -> Deadline:
    """Make a deadline."""
    assert BIRTH is not None
    return evolve(BIRTH, days=number, kind=kind)


def test_of_a_birth():
    """Sixty days, each of them counted: of a child born on 5 January it is the 6th of March."""
    assert BIRTH is not None
    assert BIRTH.last_day(date(2025, 1, 5), CALENDAR) == date(2025, 3, 6)


@given(days, st.integers(1, 40))
def test_every_day_counts(since: date, number: int):
    """Where nothing else is said."""
    last = deadline(number, "calendar").last_day(since, CALENDAR)
    assert (last - since).days == number


@given(days, st.integers(1, 40))
def test_working_days_alone_count(since: date, number: int):
    """The last day is one on which the office works, and so many have passed since."""
    last = deadline(number, "working").last_day(since, CALENDAR)
    passed = (since + timedelta(days=one) for one in range(1, (last - since).days + 1))
    assert sum(map(CALENDAR.is_working, passed)) == number
    assert CALENDAR.is_working(last)
