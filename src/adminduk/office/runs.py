"""The courier's runs to districts: when the next are, and what is ready for each."""

from __future__ import annotations

from datetime import date, datetime
from itertools import takewhile
from typing import Any

from attrs import frozen

from adminduk.office.finding import Period
from adminduk.office.packing import bags_of_day, ready_papers, schedules
from adminduk.office.shelf import Shelf
from adminduk.records import Post, Role
from adminduk.records.schedule import runs
from adminduk.values import RegionCode
from adminduk.working_days import WorkingDays

__all__ = ["ComingRun", "coming_runs"]


@frozen
class ComingRun:
    """A run of the courier to a district.

    Attributes:
        district: The code of the district.
        day: The day.
        cut_off: The office's local time until which a bag for it can be planned.
        ready: How many papers are ready to go there, planned or not.
        bags: The bags of that day, each with its state.
    """

    district: str
    day: date
    cut_off: datetime
    ready: int
    bags: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "district": self.district,
            "day": self.day.isoformat(),
            "cut_off": self.cut_off.isoformat(timespec="minutes"),
            "ready": self.ready,
            "bags": [{"id": bag, "state": state} for bag, state in self.bags],
        }


def coming_runs(
    shelf: Shelf, office: RegionCode, calendar: WorkingDays, days: Period
) -> list[ComingRun]:
    """Give the runs to all districts in a period, in order."""
    found = []
    sender = Post(Role.PRINT_OPERATOR, office)
    for schedule in schedules(shelf):
        receiver = Post(Role.DISTRICT_OPERATOR, schedule.region)
        ready = len(ready_papers(shelf, sender, receiver))
        for run in takewhile(
            lambda run: run.day <= days.last, runs(schedule.timetable, calendar, days.first)
        ):
            bags = tuple(
                (one.id, one.state)
                for one in bags_of_day(shelf, schedule.region, run.day)
                if one.goes_out
            )
            found.append(ComingRun(schedule.id, run.day, run.cut_off, ready, bags))
    return sorted(found, key=lambda one: (one.day, one.district))
