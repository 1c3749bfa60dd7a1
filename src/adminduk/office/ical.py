"""The courier's days as iCalendar (RFC 5545), which ordinary calendar programs open.

Each run is an event of its own, known by the day on which it usually is: a file that is written
later moves it, or cancels it, in a calendar that took an earlier one in. How often a run was set
otherwise is told by the journal, so that two files of the same state say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from attrs import frozen
from icalendar import Calendar, Event

from adminduk import regions
from adminduk.codec import load
from adminduk.language import N_, translate
from adminduk.office.finding import Period
from adminduk.office.history import history
from adminduk.office.shelf import Shelf
from adminduk.records import Schedule, Timetable
from adminduk.records.schedule import Usual, cut_off_of, days_of
from adminduk.values import RegionCode
from adminduk.working_days import WorkingDays

__all__ = ["courier_calendar"]

_MARGIN = timedelta(days=21)
"""No run is moved farther than this from its usual day."""


@frozen
class _Planned:
    """A run: its usual day, the day it is on or was last, and how often that changed."""

    usual: Usual
    day: date
    goes: bool
    changes: int


def courier_calendar(
    shelf: Shelf,
    calendar: WorkingDays,
    days: Period,
    *,
    districts: Collection[str],
    now: datetime,
    language: str,
) -> bytes:
    """Write the runs to districts in a period.

    Args:
        shelf: Where the schedules are.
        calendar: The days on which the office works.
        days: The period.
        districts: Codes of the districts; none: all that have a schedule.
        now: When it is written.
        language: In which it is written.
    """
    told = Calendar()
    told.add("prodid", "-//adminduk//courier//ID")
    told.add("version", "2.0")
    told.add("method", "PUBLISH")
    told.add("x-wr-calname", translate(N_("The courier's days"), language))
    schedules = shelf.records(kind=Schedule.KIND, state="in_force")
    for schedule in schedules:
        assert isinstance(schedule, Schedule)
        if not districts or schedule.id in districts:
            for run in _runs(_timetables(shelf, schedule), calendar, days):
                told.add_component(_event(schedule, run, now, language))
    written: bytes = told.to_ical()
    return written


def _timetables(shelf: Shelf, schedule: Schedule) -> list[Timetable]:
    """Give the timetables that a district has had, the one in force last."""
    changes = history(shelf, (Schedule.KIND, schedule.id))
    return [load(one.set["timetable"], Timetable) for one in changes if "timetable" in one.set]


def _runs(timetables: list[Timetable], calendar: WorkingDays, days: Period) -> Iterator[_Planned]:
    """Give every run that is or was to be in a period, by what it was in each timetable."""
    first = days.first - min(_MARGIN, days.first - date.min)
    last = days.last + min(_MARGIN, date.max - days.last)
    plans = [_one_a_day(days_of(one, calendar, first, last)) for one in timetables]
    for usual in sorted({usual for plan in plans for usual in plan}):
        fates = [plan.get(usual) for plan in plans]
        known = next(place for place, plan in enumerate(plans) if usual in plan)
        changes = sum(one != other for one, other in pairwise(fates[known:]))
        day = next((one for one in reversed(fates) if one is not None), usual[0])
        if day in days:
            yield _Planned(usual, day, fates[-1] is not None, changes)


def _one_a_day(plan: dict[Usual, date | None]) -> dict[Usual, date | None]:
    """Let the first of several runs that come to the same day stand for them all."""
    taken: set[date | None] = {None}
    once: dict[Usual, date | None] = {}
    for usual, day in plan.items():
        once[usual] = None if day in taken else day
        taken.add(day)
    return once


def _event(schedule: Schedule, run: _Planned, now: datetime, language: str) -> Event:
    """Write a run as an event of a whole day."""
    district = regions.get(RegionCode.parse(schedule.id)).name
    until = f"{cut_off_of(schedule.timetable, run.day):%Y-%m-%d %H:%M}"
    said = N_("Bags for it can be planned until {time}.") if run.goes else N_("It does not go.")
    usual, extra = run.usual
    which = f"{usual:%Y%m%d}.extra" if extra else f"{usual:%Y%m%d}"
    event = Event()
    event.add("uid", f"{which}.{schedule.id}.courier@adminduk")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", run.day)
    event.add("dtend", run.day + timedelta(days=1))
    event.add("sequence", run.changes)
    event.add("status", "CONFIRMED" if run.goes else "CANCELLED")
    event.add("summary", translate(N_("Courier to {district}"), language).format(district=district))
    event.add("description", translate(said, language).format(time=until))
    event.add("location", district)
    event.add("transp", "TRANSPARENT")
    return event
