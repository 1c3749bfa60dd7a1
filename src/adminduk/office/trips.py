"""The courier's trips: when the next are, what is ready for each, and what is in a bag."""

from __future__ import annotations

from datetime import date, datetime
from itertools import takewhile
from typing import Any

from attrs import frozen

from adminduk.decide import Look, paper_ref
from adminduk.errors import NotFound
from adminduk.office.execution import Shelf
from adminduk.office.finding import Period
from adminduk.office.history import last_sealing, sealed_in
from adminduk.office.packing import bags_of_day, ready_papers, schedules
from adminduk.records import Bag, Copy, Original, Paper, Post, Role
from adminduk.records.manifest import check_code
from adminduk.records.schedule import runs
from adminduk.values import RegionCode
from adminduk.working_days import WorkingDays

__all__ = ["Line", "Manifest", "Trip", "coming_trips", "manifest_of"]


@frozen
class Trip:
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


@frozen
class Line:
    """A paper of a manifest.

    Attributes:
        id: Its id.
        what: What it is.
        village: The village it goes to or comes from.
        counted: Whether it was counted where the bag arrived, or is somewhere else by now.
    """

    id: str
    what: str
    village: str
    counted: bool = False


@frozen
class Manifest:
    """What is to go into a bag, or was last sealed into it.

    Attributes:
        bag: The bag.
        state: Where it stands.
        sender: The post that packs it.
        receiver: The post that counts it.
        day: The courier's day.
        check: The check code over the papers, to compare without a network.
        lines: The papers, by village and id.
    """

    bag: str
    state: str
    sender: str
    receiver: str
    day: date | None
    check: str
    lines: tuple[Line, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "bag": self.bag,
            "state": self.state,
            "sender": self.sender,
            "receiver": self.receiver,
            "day": None if self.day is None else self.day.isoformat(),
            "check": self.check,
            "count": len(self.lines),
            "papers": [
                {"id": one.id, "what": one.what, "village": one.village, "counted": one.counted}
                for one in self.lines
            ],
        }


def coming_trips(
    shelf: Shelf, office: RegionCode, calendar: WorkingDays, days: Period
) -> list[Trip]:
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
            found.append(Trip(schedule.id, run.day, run.cut_off, ready, bags))
    return sorted(found, key=lambda trip: (trip.day, trip.district))


def manifest_of(shelf: Shelf, bag: str) -> Manifest:
    """Say what is in a bag, or is to go in.

    Raises:
        NotFound: There is no such bag.
    """
    ref = (Bag.KIND, bag)
    loaded = shelf.look(Look([ref])).get(ref)
    if loaded is None or not isinstance(loaded.record, Bag):
        raise NotFound(kind=Bag.KIND, id=bag)
    found = loaded.record
    sealing = None if found.state == "planned" else last_sealing(shelf, found)
    planned = [paper_ref(item) for item in found.plan]
    refs = planned if sealing is None else sealed_in(shelf, sealing)
    papers = [one.record for one in shelf.look(Look(refs)).values()]
    lines = [_line(found, one) for one in papers if isinstance(one, Copy | Original)]
    return Manifest(
        bag=found.id,
        state=found.state,
        sender=str(found.sender),
        receiver=str(found.receiver),
        day=found.day,
        check=check_code(one.id for one in lines),
        lines=tuple(sorted(lines, key=lambda one: (one.village, one.id))),
    )


def _line(bag: Bag, paper: Paper) -> Line:
    what = paper.product if isinstance(paper, Copy) else paper.item
    gone = bag.state != "planned" and paper.bag != bag.id
    return Line(paper.id, what, paper.region.full(), gone)
