"""The time of a simulation: minutes since the first midnight, and when the office is open."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Final

from attrs import field, frozen

from adminduk.working_days import WorkingDays

__all__ = ["DAY", "Hours"]

DAY: Final = 24 * 60
"""Minutes of a day."""


def _minutes(hour: str) -> int:
    at = time.fromisoformat(hour)
    return 60 * at.hour + at.minute


@frozen
class Hours:
    """When an office is open, day by day; a day is told by its number, the first is 0.

    Attributes:
        calendar: The days on which it works.
        first: The first day.
        days: So many days are looked at.
        opens: The hour, as `08:00`.
        closes: The hour at which the last ends work.
    """

    calendar: WorkingDays
    first: date
    days: int
    opens: int = field(converter=_minutes)
    closes: int = field(converter=_minutes)
    working: tuple[bool, ...] = field(init=False, repr=False)
    _passed: tuple[int, ...] = field(init=False, repr=False)

    @working.default
    def _working(self) -> tuple[bool, ...]:
        return tuple(self.calendar.is_working(self.date_of(one)) for one in range(self.days))

    @_passed.default
    def _passed_until(self) -> tuple[int, ...]:
        return tuple(accumulate(self.working))

    @property
    def length(self) -> int:
        """Minutes that the office is open on a working day."""
        return self.closes - self.opens

    def date_of(self, day: int) -> date:
        """Give the date of a day."""
        return self.first + timedelta(days=day)

    def day_of(self, on: date) -> int:
        """Give the number of a day."""
        return (on - self.first).days

    def minute_of(self, moment: datetime) -> float:
        """Give a moment, by the clock of the office, in minutes."""
        return (moment - datetime.combine(self.first, time())).total_seconds() / 60

    def moment_of(self, minute: float) -> datetime:
        """Give the moment, by the clock of the office, of a minute."""
        return datetime.combine(self.first, time()) + timedelta(minutes=minute)

    def opening(self, day: int) -> int:
        """Give the minute at which the office opens on a day."""
        return day * DAY + self.opens

    def closing(self, day: int) -> int:
        """Give the minute at which it closes."""
        return day * DAY + self.closes

    def after(self, day: int, days: int) -> int:
        """Give the day on which so many working days have passed since a day."""
        return self.day_of(self.calendar.after(self.date_of(day), days))

    def between(self, first: int, last: int) -> int:
        """Count the working days after a day, up to another."""
        return self._passed[last] - self._passed[first]
