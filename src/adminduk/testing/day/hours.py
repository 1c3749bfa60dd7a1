"""The hours in which people work: mornings to afternoons of working days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Final

from attrs import frozen

from adminduk.working_days import WorkingDays

__all__ = ["Hours"]

_OPENS: Final = time(8)
_CLOSES: Final = time(15, 30)
_DAY: Final = timedelta(days=1)


@frozen
class Hours:
    """The clock and the calendar of an office."""

    zone: timezone
    calendar: WorkingDays

    def at(self, day: date, minutes: int) -> datetime:
        """Give the moment so many minutes after the office opens on a day."""
        opening = datetime.combine(day, _OPENS, self.zone)
        return opening + timedelta(minutes=minutes)

    def day_after(self, day: date, working_days: int = 1) -> date:
        """Give the day so many working days after a day."""
        for _ in range(working_days):
            day = self.calendar.on_or_after(day + _DAY)
        return day

    def weekday_after(self, day: date, weekday: int) -> date:
        """Give the next of a day of the week after a day; of a holiday, the working day after."""
        ahead = (weekday - day.weekday() - 1) % 7 + 1
        return self.calendar.on_or_after(day + ahead * _DAY)

    def later(self, moment: datetime, seconds: int) -> datetime:
        """Give the whole second by which so much more has been worked; what is not done waits."""
        work = timedelta(seconds=seconds)
        moment = moment.replace(microsecond=0)
        left = datetime.combine(moment.date(), _CLOSES, self.zone) - moment
        while work >= left:
            work -= max(left, timedelta())
            moment = self.at(self.day_after(moment.date()), 0)
            left = datetime.combine(moment.date(), _CLOSES, self.zone) - moment
        return moment + work
