"""The courier's schedule of a district: on which days bags go there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from attrs import field, frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records.checks import day as is_day
from adminduk.records.checks import hour
from adminduk.records.choice import choice
from adminduk.values import RegionCode
from adminduk.working_days import WorkingDays

__all__ = [
    "Moved",
    "Run",
    "Schedule",
    "Shift",
    "Timetable",
    "Usual",
    "Weekday",
    "cut_off_of",
    "days_of",
    "runs",
]


_FARTHEST: Final = timedelta(days=21)
"""No run is moved as far as this, so that all that come before a day are known."""
_IN_SIGHT: Final = 731
"""Nobody looks further ahead than so many days; a timetable may have no run at all."""
_BEGINNING, _END = date.min.toordinal() + 60, date.max.toordinal() - 60


class Weekday(StrEnum):
    """A day of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Shift(StrEnum):
    """What becomes of a run on whose day nobody works."""

    NEXT = "next"
    PREVIOUS = "previous"
    SKIP = "skip"


@frozen(slots=False)
class Moved:
    """A run that is on another day than usual; `to` None: it is left out."""

    day: date = field(validator=is_day)
    to: date | None = field(default=None, validator=is_day)

    def __attrs_post_init__(self) -> None:
        if self.to is not None and abs(self.to - self.day) >= _FARTHEST:
            raise InvalidInput.at(
                "to", "too_far", N_("A run is moved by three weeks at most."), N_("a nearer day")
            )


@frozen(slots=False)
class Run:
    """A day on which the courier goes.

    Attributes:
        day: The day.
        cut_off: The office's local time until which a bag for it can be planned.
    """

    day: date
    cut_off: datetime


def _weekdays(value: tuple[Weekday | str, ...]) -> tuple[Weekday, ...]:
    return tuple(
        dict.fromkeys(choice(Weekday, one, f"weekdays[{place}]") for place, one in enumerate(value))
    )


def _shift(value: Shift | str) -> Shift:
    return choice(Shift, value, "shift")


def _days_in_order(value: Iterable[date]) -> tuple[date, ...]:
    days = tuple(value)
    if not all(type(one) is date for one in days):
        raise InvalidInput.at("extra", "day", N_("A day belongs here."), N_("a day as 2021-07-12"))
    return tuple(sorted(set(days)))


_MOST_DAYS: Final = 7


def _few_days(_: object, attribute: object, value: int) -> None:
    if type(value) is not int or not 0 <= value <= _MOST_DAYS:
        name = attribute.name  # type: ignore[attr-defined]
        raise InvalidInput.at(name, "days", N_("That is not in the week before."), N_("0 to 7"))


@frozen(kw_only=True, slots=False)
class Timetable:
    """When the courier goes to a district.

    Attributes:
        weekdays: The days of the week; none: the courier does not go by a schedule.
        cut_off: The time until which a bag can be planned, as `08:00`.
        days_before: On which day before the run that is; 0: on its morning.
        shift: What becomes of a run on a holiday.
        moved: Runs that are on other days than usual.
        extra: Days on which the courier goes besides, whatever day it is.
    """

    weekdays: tuple[Weekday, ...] = field(converter=_weekdays)
    cut_off: str = field(default="08:00", validator=hour)
    days_before: int = field(default=0, validator=_few_days)
    shift: Shift = field(default=Shift.NEXT, converter=_shift)
    moved: tuple[Moved, ...] = ()
    extra: tuple[date, ...] = field(default=(), converter=_days_in_order)

    @property
    def goes_at_all(self) -> bool:
        """Whether any run is in it."""
        return bool(self.weekdays or self.extra)


@frozen(kw_only=True, slots=False)
class Schedule:
    """The schedule of a district as it holds, until it is set anew.

    Attributes:
        id: The code of the district.
        region: The district.
        state: Where it stands in its lifecycle.
        begun: When it was first set.
        timetable: When the courier goes.
    """

    KIND: ClassVar = "schedule"

    id: str
    region: RegionCode
    state: str
    begun: datetime
    timetable: Timetable
    version: int = 0

    @property
    def key(self) -> str:
        """Its id within its kind."""
        return self.id

    @property
    def due(self) -> None:
        """Nothing is due."""
        return


def runs(timetable: Timetable, calendar: WorkingDays, since: date) -> Iterator[Run]:
    """Give the runs of a timetable from a day on, in order, as far as two years ahead.

    A run that was moved to another day by name, or is extra, goes on that day whatever it is; one
    that falls on a holiday is shifted as the timetable says. Two that come to the same day are one.
    """
    if not timetable.goes_at_all:
        return
    ahead: set[date] = set()
    first, last = since.toordinal() - _FARTHEST.days, since.toordinal() + _IN_SIGHT
    for nominal, planned in _planned(timetable, calendar, range(first, last)):
        for day in sorted(one for one in ahead if one < nominal - _FARTHEST):
            ahead.remove(day)
            if day >= since:
                yield Run(day, cut_off_of(timetable, day))
        ahead.update(day for day in planned.values() if day is not None)


Usual = tuple[date, bool]
"""A day on which the courier goes by the timetable, and whether it is an extra one."""


def days_of(
    timetable: Timetable, calendar: WorkingDays, first: date, last: date
) -> dict[Usual, date | None]:
    """Give, for each usual or extra day in a period, on which day the courier goes; None: not."""
    days = _planned(timetable, calendar, range(first.toordinal(), last.toordinal() + 1))
    return {usual: day for _, planned in days for usual, day in planned.items()}


def _planned(
    timetable: Timetable, calendar: WorkingDays, days: range
) -> Iterator[tuple[date, dict[Usual, date | None]]]:
    """Give for every day in order what of the timetable is on it."""
    moved = {one.day: one.to for one in timetable.moved}
    weekdays = {list(Weekday).index(one) for one in timetable.weekdays}
    extra = set(timetable.extra)
    in_calendar = range(max(days.start, _BEGINNING), min(days.stop, _END))
    for nominal in map(date.fromordinal, in_calendar):
        planned: dict[Usual, date | None] = {}
        if nominal.weekday() in weekdays:
            known = nominal in moved
            goes = moved[nominal] if known else _shifted(timetable, calendar, nominal)
            planned[nominal, False] = goes
        if nominal in extra:
            planned[nominal, True] = nominal
        yield nominal, planned


def _shifted(timetable: Timetable, calendar: WorkingDays, day: date) -> date | None:
    if timetable.shift is Shift.NEXT:
        return calendar.on_or_after(day)
    if timetable.shift is Shift.PREVIOUS:
        return calendar.on_or_before(day)
    return day if calendar.is_working(day) else None


def cut_off_of(timetable: Timetable, day: date) -> datetime:
    """Give the office's local time until which a bag for a run on a day can be planned."""
    latest = day - timedelta(days=timetable.days_before)
    return datetime.combine(latest, time.fromisoformat(timetable.cut_off))
