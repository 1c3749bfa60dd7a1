"""Days on which offices work: no weekend, no public holiday, no joint leave (cuti bersama)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from attrs import field, frozen

__all__ = ["WorkingDays"]

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


def _none_besides(_: int) -> Iterable[date]:
    return ()


@frozen
class WorkingDays:
    """The calendar of an office.

    Attributes:
        besides: Gives further days of a year on which nobody works, as those of a regency.

    >>> WorkingDays().is_working(date(2021, 7, 20))  # Idul Adha
    False
    >>> WorkingDays().on_or_after(date(2021, 7, 17))
    datetime.date(2021, 7, 19)
    """

    besides: Callable[[int], Iterable[date]] = field(default=_none_besides)

    def is_working(self, day: date) -> bool:
        """Whether offices work on a day."""
        if day.weekday() >= _SATURDAY or day in _holidays(day.year):
            return False
        return day not in set(self.besides(day.year))

    def on_or_after(self, day: date) -> date:
        """Give the first working day from a day on."""
        while not self.is_working(day):
            day += _DAY
        return day

    def after(self, day: date, days: int) -> date:
        """Give the day on which so many working days have passed since a day.

        >>> WorkingDays().after(date(2021, 7, 16), 2)  # a Friday; Tuesday the 20th is Idul Adha
        datetime.date(2021, 7, 21)
        """
        for _ in range(days):
            day = self.on_or_after(day + _DAY)
        return day

    def between(self, first: date, last: date) -> int:
        """Count the working days after a day, up to another.

        >>> WorkingDays().between(date(2021, 7, 16), date(2021, 7, 21))  # after a Friday
        2
        """
        days = (last - first).days
        return sum(self.is_working(first + timedelta(days=one)) for one in range(1, days + 1))

    def on_or_before(self, day: date) -> date:
        """Give the last working day up to a day."""
        while not self.is_working(day):
            day -= _DAY
        return day


@lru_cache
def _holidays(year: int) -> frozenset[date]:
    """Give the holidays of the country and its joint leave."""
    from holidays import country_holidays  # it costs more to import than all the rest

    return frozenset(country_holidays("ID", categories=("public", "government"), years=year))
