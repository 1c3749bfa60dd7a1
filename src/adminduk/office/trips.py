"""The courier's trips: when the next are, what is ready for each, and what is in a bag."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain, count, islice, takewhile
from typing import Any, Final

from attrs import frozen

from adminduk import commands as c
from adminduk.decide import Look, paper_ref
from adminduk.decide.bags import is_ready
from adminduk.errors import NotFound
from adminduk.office.execution import Shelf
from adminduk.office.finding import Period
from adminduk.office.history import last_sealing, sealed_in
from adminduk.records import Bag, Copy, Original, Paper, Post, Role, Schedule
from adminduk.records.index import day_group
from adminduk.records.manifest import check_code
from adminduk.records.schedule import Run, runs
from adminduk.values import RegionCode
from adminduk.working_days import WorkingDays

__all__ = ["Line", "Manifest", "Trip", "coming_trips", "manifest_of", "plans_for", "ready_papers"]

_MOST_IN_A_BAG: Final = 20_000


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
    for schedule in _schedules(shelf):
        ready = len(ready_papers(shelf, office, schedule.region))
        for run in takewhile(
            lambda run: run.day <= days.last, runs(schedule.timetable, calendar, days.first)
        ):
            bags = tuple((one.id, one.state) for one in _bags_of(shelf, schedule, run))
            found.append(Trip(schedule.id, run.day, run.cut_off, ready, bags))
    return sorted(found, key=lambda trip: (trip.day, trip.district))


def plans_for(
    shelf: Shelf, office: RegionCode, calendar: WorkingDays, now: datetime
) -> Iterator[c.Plan]:
    """Give, for each district of the next day on which the courier goes, the plan of its bag.

    In it goes everything that is ready and not planned for another bag. A bag that is planned
    already is planned anew; beside one that is sealed already there is a second.
    """
    coming = [
        (run, schedule)
        for schedule in _schedules(shelf)
        for run in islice(_in_time(runs(schedule.timetable, calendar, now.date()), now), 1)
    ]
    next_day = min((run.day for run, _ in coming), default=None)
    for run, schedule in coming:
        if run.day == next_day:
            yield from _plan_for(shelf, office, schedule, run)


def _in_time(found: Iterator[Run], now: datetime) -> Iterator[Run]:
    return (run for run in found if run.cut_off > now)


def _plan_for(shelf: Shelf, office: RegionCode, schedule: Schedule, run: Run) -> Iterator[c.Plan]:
    open_ones = (one for one in _bags_of(shelf, schedule, run) if one.state == "planned")
    bag = next(open_ones, None)
    name = _free_name(shelf, schedule, run) if bag is None else bag.id
    elsewhere = {
        item
        for one in shelf.records(kind="bag", state="planned", region=schedule.id)
        if isinstance(one, Bag) and one.id != name
        for item in one.plan
    }
    ready = (one.id for one in ready_papers(shelf, office, schedule.region))
    items = tuple(islice((one for one in ready if one not in elsewhere), _MOST_IN_A_BAG))
    if items and (bag is None or items != bag.plan):
        yield c.Plan(bag=name, to=schedule.region, items=items, day=run.day)


def _free_name(shelf: Shelf, schedule: Schedule, run: Run) -> str:
    """Give a name for a bag that no other has, whoever made that."""
    usual = f"{schedule.id}-{run.day:%Y%m%d}"
    others = (f"{usual}-B{number}" for number in count(2))  # -10 would make it look like a NIK
    names = chain([usual], others)
    return next(one for one in names if not shelf.look(Look([(Bag.KIND, one)])))


def ready_papers(shelf: Shelf, office: RegionCode, district: RegionCode) -> list[Paper]:
    """Give the papers that are at hand in the office's store and bound for a district."""
    sender = Post(Role.PRINT_OPERATOR, office)
    receiver = Post(Role.DISTRICT_OPERATOR, district)
    at_hand = shelf.records(queue=str(sender), region=district.full(), state="at_office")
    return [
        one
        for one in at_hand
        if isinstance(one, Copy | Original) and is_ready(sender, receiver, one)
    ]


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


def _schedules(shelf: Shelf) -> list[Schedule]:
    found = shelf.records(kind=Schedule.KIND, state="in_force")
    return [one for one in found if isinstance(one, Schedule)]


def _bags_of(shelf: Shelf, schedule: Schedule, run: Run) -> Iterator[Bag]:
    for one in shelf.records(group=day_group(run.day), region=schedule.id):
        if isinstance(one, Bag) and one.goes_out:
            yield one
