"""The courier's trips: which bags to drop and to pick up at each stop, and where each is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from attrs import frozen

from adminduk import commands as c
from adminduk.decide import Look
from adminduk.errors import InvalidInput, NotFound
from adminduk.language import N_
from adminduk.office.finding import Period
from adminduk.office.packing import ready_papers
from adminduk.office.shelf import Shelf
from adminduk.records import Actor, Bag, Post, Record, Role
from adminduk.records.index import day_group, trip_key
from adminduk.records.manifest import check_code
from adminduk.values import Level, RegionCode

__all__ = ["Load", "Stop", "Trip", "arrivals", "departures", "trip_of", "trips_in"]


@frozen
class Load:
    """A bag as the courier's list has it.

    Attributes:
        bag: Its id.
        state: Where it stands.
        count: How many papers are in it, or are planned for it.
        check: The check code over them.
        seal: The number of its seal; empty where it has none.
        holder: The post that has it now; empty once it was counted.
        late: It should have been further by now.
        own_van: The office's own people carry it.
    """

    bag: str
    state: str
    count: int
    check: str
    seal: str
    holder: str
    late: bool
    own_van: bool


@frozen
class Stop:
    """A district on a trip.

    Attributes:
        district: Its code.
        drop: The bags for it.
        pick_up: The bags from it to the office.
        waiting: How many papers lie there that go home and are planned for no bag.
    """

    district: str
    drop: tuple[Load, ...]
    pick_up: tuple[Load, ...]
    waiting: int


@frozen
class Trip:
    """A trip of the courier: its bags by the stops, in the order in which they are come to.

    Attributes:
        name: Its label; one without is named by its day.
        day: The day; None where its bags have none.
        stops: The stops in order.
    """

    name: str
    day: date | None
    stops: tuple[Stop, ...]

    @property
    def loads(self) -> tuple[Load, ...]:
        """All its bags."""
        return tuple(load for stop in self.stops for load in (*stop.drop, *stop.pick_up))

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "trip": self.name,
            "day": None if self.day is None else self.day.isoformat(),
            "stops": [
                {
                    "district": one.district,
                    "drop": [_as_dict(load) for load in one.drop],
                    "pick_up": [_as_dict(load) for load in one.pick_up],
                    "waiting": one.waiting,
                }
                for one in self.stops
            ],
        }


def _as_dict(load: Load) -> dict[str, Any]:
    return {
        "bag": load.bag,
        "state": load.state,
        "count": load.count,
        "check": load.check,
        "seal": load.seal or None,
        "holder": load.holder or None,
        "late": load.late,
        "own_van": load.own_van,
    }


def trip_of(shelf: Shelf, route: Sequence[RegionCode], now: datetime, name: str) -> Trip:
    """Give a trip by its label, or by its day.

    A label may be used again, as every week: of its bags these are of the days of which one is not
    counted yet, or else of the last day.

    Args:
        shelf: Where to look.
        route: Districts in the order in which the courier comes to them.
        now: Now.
        name: The label, or the day as 2021-07-13.

    Raises:
        NotFound: No bag is part of such a trip.
    """
    bags = _bags_of(shelf, name)
    if not bags:
        raise NotFound(kind="trip", id=name)
    last = max(one.day or date.min for one in bags)
    days = {one.day or date.min for one in bags if one.state not in _OVER} or {last}
    return _trip(shelf, route, now, name, [one for one in bags if (one.day or date.min) in days])


_OVER: Final = frozenset({"written_off", "counted", "closed"})


def trips_in(shelf: Shelf, route: Sequence[RegionCode], now: datetime, days: Period) -> list[Trip]:
    """Give the trips of some days, in order; each day of a label is one by itself."""
    found: dict[tuple[str, date | None], list[Bag]] = {}
    for one in _carried(_of_days(shelf, days)):
        found.setdefault((one.trip_name, one.day), []).append(one)
    trips = [_trip(shelf, route, now, name, bags) for (name, _), bags in found.items() if name]
    return sorted(trips, key=lambda one: (one.day or date.max, one.name))


def _of_days(shelf: Shelf, days: Period) -> Iterator[Record]:
    return (one.record for one in shelf.look(Look(groups=[*map(day_group, days)])).values())


def _trip(
    shelf: Shelf, route: Sequence[RegionCode], now: datetime, name: str, bags: list[Bag]
) -> Trip:
    districts = sorted({one.region for one in bags}, key=lambda one: (_place(route, one), one))
    stops = tuple(_stop(shelf, one, bags, now) for one in districts)
    return Trip(name, min((one.day for one in bags if one.day), default=None), stops)


def departures(
    shelf: Shelf, trip: str, stop: RegionCode | None, *, own_van: bool
) -> list[c.Depart]:
    """Give what the courier takes along: at the office, or what waits at a stop."""
    waiting = [one.id for one in _bags_of(shelf, trip) if _waits_at(one, stop)]
    return [c.Depart(bag=one, own_van=own_van) for one in waiting]


def _waits_at(bag: Bag, stop: RegionCode | None) -> bool:
    """Whether a bag waits for the courier at the office (None) or at a district."""
    if bag.state not in {"sealed", "astray"} or bag.custodian is None:
        return False
    at = bag.custodian.region
    return at == stop if stop else at.level is Level.REGENCY


def arrivals(shelf: Shelf, trip: str, by: Actor, broken: Iterable[str]) -> list[c.Arrive]:
    """Give what arrives with the courier at the posts of an actor.

    Args:
        shelf: Where to look.
        trip: The label of the trip, or its day.
        by: Who receives the bags.
        broken: The bags whose seal is broken.

    Raises:
        InvalidInput: One that is named is not among them.
    """
    coming = [
        one.id
        for one in _bags_of(shelf, trip)
        if one.state == "departed" and one.receiver in by.posts
    ]
    opened = set(broken)
    if strange := sorted(opened - set(coming)):
        text = N_("{bag} does not arrive here with that trip.")
        accepted = ", ".join(coming) or "–"
        raise InvalidInput.at("broken", "not_coming", text, accepted, bag=strange[0][:40])
    return [c.Arrive(bag=one, seal_whole=one not in opened) for one in coming]


def _bags_of(shelf: Shelf, trip: str) -> list[Bag]:
    return _carried(shelf.records(kind=Bag.KIND, key=trip_key(trip)))


def _carried(records: Iterable[Record]) -> list[Bag]:
    """Give the bags among records, in order, without those that were given up."""
    bags = [one for one in records if isinstance(one, Bag) and one.state != "cancelled"]
    return sorted(bags, key=lambda one: one.id)


def _place(route: Sequence[RegionCode], district: RegionCode) -> int:
    return route.index(district) if district in route else len(route)


def _stop(shelf: Shelf, district: RegionCode, bags: list[Bag], now: datetime) -> Stop:
    here = [one for one in bags if one.region == district]
    post = Post(Role.DISTRICT_OPERATOR, district)
    home = Post(Role.PRINT_OPERATOR, district.ancestor(Level.REGENCY))
    planned = {item for one in _planned_by(shelf, post) for item in one.plan}
    waiting = [one for one in ready_papers(shelf, post, home) if one.id not in planned]
    return Stop(
        district=district.full(),
        drop=tuple(_load(one, now) for one in here if one.goes_out),
        pick_up=tuple(_load(one, now) for one in here if not one.goes_out),
        waiting=len(waiting),
    )


def _planned_by(shelf: Shelf, sender: Post) -> Iterator[Bag]:
    for one in shelf.records(kind=Bag.KIND, state="planned", region=sender.region.full()):
        if isinstance(one, Bag) and one.sender == sender:
            yield one


def _load(bag: Bag, now: datetime) -> Load:
    planned = bag.state == "planned"
    return Load(
        bag=bag.id,
        state=bag.state,
        count=len(bag.plan) if planned else bag.count,
        check=check_code(bag.plan) if planned else bag.check,
        seal=bag.seal,
        holder="" if bag.custodian is None else str(bag.custodian),
        late=bag.is_late(now),
        own_van=bag.own_van,
    )
