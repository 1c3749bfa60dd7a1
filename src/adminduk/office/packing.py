"""Planning what is ready: bags out to districts, and from each district home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain, count, islice
from typing import Final

from attrs import frozen

from adminduk import commands as c
from adminduk.decide import Look
from adminduk.decide.bags import is_ready
from adminduk.office.shelf import Shelf
from adminduk.records import Bag, Copy, Original, Paper, Post, Role, Schedule
from adminduk.records.index import day_group
from adminduk.records.schedule import Run, runs
from adminduk.values import RegionCode
from adminduk.working_days import WorkingDays

__all__ = ["bags_of_day", "plans_home", "plans_out", "ready_papers", "schedules"]

_MOST_IN_A_BAG: Final = 20_000


def plans_out(
    shelf: Shelf,
    office: RegionCode,
    calendar: WorkingDays,
    now: datetime,
    trip: str,
    *,
    own_van: bool,
) -> Iterator[c.Plan]:
    """Give, for each district of the next day on which the courier goes, the plan of its bag.

    In it goes everything that is ready and not planned for another bag. A bag that is planned
    already is planned anew; beside one that is sealed already there is a second.

    Args:
        shelf: Where to look.
        office: The regency.
        calendar: The days on which it works.
        now: Now, by its clock.
        trip: The label of the trip that the bags are part of; one that they have stays.
        own_van: Whether the office's own people carry them; what is planned so stays so.
    """
    coming = [
        (run, schedule)
        for schedule in schedules(shelf)
        for run in islice(_in_time(runs(schedule.timetable, calendar, now.date()), now), 1)
    ]
    next_day = min((run.day for run, _ in coming), default=None)
    sender = Post(Role.PRINT_OPERATOR, office)
    for run, schedule in coming:
        if run.day == next_day:
            receiver = Post(Role.DISTRICT_OPERATOR, schedule.region)
            name = f"{schedule.id}-{run.day:%Y%m%d}"
            yield from _Load(sender, receiver, run.day, name, trip, own_van).plans(shelf)


def _in_time(found: Iterator[Run], now: datetime) -> Iterator[Run]:
    return (run for run in found if run.cut_off > now)


def plans_home(
    shelf: Shelf,
    office: RegionCode,
    calendar: WorkingDays,
    now: datetime,
    sender: Post,
    *,
    own_van: bool,
) -> Iterator[c.Plan]:
    """Give the plan of the bag in which goes home what lies at a district and is bound there.

    It goes with the courier who comes next by the district's schedule, on the trip that brings the
    bags of that day. Like a bag out it is planned anew while it is open.
    """
    timetables = [one.timetable for one in schedules(shelf) if one.region == sender.region]
    days = (run.day for one in timetables for run in runs(one, calendar, now.date()))
    day = next(days, None)
    brought = bags_of_day(shelf, sender.region, day) if day else ()
    trip = next((one.trip for one in brought if one.goes_out and one.trip), "")
    receiver = Post(Role.PRINT_OPERATOR, office)
    name = f"{sender.region.full()}-{day or now.date():%Y%m%d}-H"
    yield from _Load(sender, receiver, day, name, trip, own_van).plans(shelf)


@frozen
class _Load:
    """What goes from a post to another on a day, in a bag that is usually named so."""

    sender: Post
    receiver: Post
    day: date | None
    usual: str
    trip: str
    own_van: bool

    def plans(self, shelf: Shelf) -> Iterator[c.Plan]:
        """Give the plan of the bag, if there is something to plan that is not planned so."""
        district = self.receiver if self.sender.role is Role.PRINT_OPERATOR else self.sender
        planned = [
            one
            for one in shelf.records(kind="bag", state="planned", region=district.region.full())
            if isinstance(one, Bag) and one.sender == self.sender
        ]
        bag = next((one for one in planned if one.day == self.day), None)
        name = self._free_name(shelf) if bag is None else bag.id
        elsewhere = {item for one in planned if one.id != name for item in one.plan}
        ready = (one.id for one in ready_papers(shelf, self.sender, self.receiver))
        items = tuple(islice((one for one in ready if one not in elsewhere), _MOST_IN_A_BAG))
        trip = bag.trip if bag is not None and bag.trip else self.trip
        van = self.own_van or (bag is not None and bag.own_van)
        if items and (bag is None or (items, trip, van) != (bag.plan, bag.trip, bag.own_van)):
            to = self.receiver.region
            yield c.Plan(bag=name, to=to, items=items, day=self.day, trip=trip, own_van=van)

    def _free_name(self, shelf: Shelf) -> str:
        """Give a name for a bag that no other has, whoever made that."""
        # -10 would make it look like a NIK
        others = (f"{self.usual}-B{number}" for number in count(2))
        names = chain([self.usual], others)
        return next(one for one in names if not shelf.look(Look([(Bag.KIND, one)])))


def ready_papers(shelf: Shelf, sender: Post, receiver: Post) -> list[Paper]:
    """Give the papers that are at hand with a post and bound for another."""
    out = sender.role is Role.PRINT_OPERATOR
    wanted = {"queue": str(sender), "state": "at_office" if out else "at_district"}
    if out:
        wanted["region"] = receiver.region.full()
    return [
        one
        for one in shelf.records(**wanted)
        if isinstance(one, Copy | Original) and is_ready(sender, receiver, one)
    ]


def schedules(shelf: Shelf) -> list[Schedule]:
    """Give the schedules that are in force."""
    found = shelf.records(kind=Schedule.KIND, state="in_force")
    return [one for one in found if isinstance(one, Schedule)]


def bags_of_day(shelf: Shelf, district: RegionCode, day: date) -> Iterable[Bag]:
    """Give the bags to and from a district on one of the courier's days."""
    found = shelf.records(group=day_group(day), region=district.full())
    return (one for one in found if isinstance(one, Bag) and one.day == day)
