"""The van: bags out to the districts and home, and all that can go wrong with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final

from attrs import define, field

from adminduk import commands as c
from adminduk import regions
from adminduk.records import Actor, Bag
from adminduk.records.schedule import Timetable
from adminduk.testing.day.home import counted
from adminduk.testing.month.ground import Ground
from adminduk.testing.month.printing import seal
from adminduk.testing.month.registry import paper_of
from adminduk.values import RegionCode

__all__ = ["Van"]

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")


@define
class Van:
    """The courier, and those who give bags to him and take them from him.

    Attributes:
        ground: Where it happens.
    """

    ground: Ground
    _inside: dict[str, list[str]] = field(factory=dict, init=False)
    """What really is in each bag that is on its way."""

    @property
    def _courier(self) -> Actor:
        return self.ground.scene.staff.couriers[0]

    def set_schedules(self) -> None:
        """Let the courier come to each district once a week."""
        for district in regions.children(self.ground.scene.office):
            weekday = _DAYS[int(district.code.full().rpartition(".")[2]) % len(_DAYS)]
            self.ground.do(
                self.ground.scene.staff.registrars[0],
                c.SetSchedule,
                schedule=district.code,
                timetable=Timetable(weekdays=(weekday,), cut_off="16:00", days_before=1),
            )

    def districts_pack(self) -> None:
        """Where the courier comes today, what goes home is planned and sealed."""
        today = self.ground.today
        for trip in self.ground.office.schedule(today, today):
            by = self.ground.scene.staff.of_district(RegionCode.parse(trip.district))
            self.ground.office.plan_bags(by)
            for task in self.ground.tasks(by):
                if task.next == "seal" and task.kind == Bag.KIND:
                    seal(self.ground, by, task.id)

    def drives(self) -> None:
        """Take along what waits, bring it where it belongs, and come home with what goes home."""
        self._is_packed()
        out = self._takes_along(lambda _, at: at == self.ground.scene.office)
        elsewhere = self._takes_along(lambda bag, _: bag.state == "astray")
        for trip, bags in out.items():
            if self.ground.chance(self.ground.rates.comes_back, "vans that came back"):
                self._comes_back(bags)
                out[trip] = []
        carried = [bag for bags in out.values() for bag in bags]
        self._stops([*carried, *(bag for bags in elsewhere.values() for bag in bags)])
        self._what_vanished_turns_up()

    def _is_packed(self) -> None:
        """Note what really is in each bag that was sealed since the van drove last."""
        ground = self.ground
        sealed = [bag for bag in self._waiting() if bag.id not in self._inside]
        for bag in sealed:
            self._inside[bag.id] = [one.id for one in ground.office.manifest(bag.id).lines]
        for bag in sealed:
            self._something_is_packed_wrongly(bag, sealed)

    def _something_is_packed_wrongly(self, bag: Bag, sealed: list[Bag]) -> None:
        ground, inside = self.ground, self._inside[bag.id]
        others = [one for one in sealed if one.goes_out is bag.goes_out and one.id != bag.id]
        if others and inside and ground.chance(ground.rates.wrong_bag, "in the wrong bag"):
            other = ground.scene.chance.choice(others)
            self._inside[other.id].append(inside.pop(ground.scene.chance.randrange(len(inside))))
        if inside and ground.chance(ground.rates.left_behind, "fell beside the bag"):
            paper = inside.pop(ground.scene.chance.randrange(len(inside)))
            if ground.chance(ground.rates.turns_up):
                ground.finds.append((ground.days_on(1, 9), self._sender(bag), paper))

    def _waiting(self) -> list[Bag]:
        """Give the bags that wait for the courier; papers he lost are in his inbox, too."""
        ground = self.ground
        tasks = ground.tasks(self._courier)
        return [ground.record(Bag, task.id) for task in tasks if task.kind == Bag.KIND]

    def _sender(self, bag: Bag) -> Actor:
        if bag.goes_out:
            return self.ground.scene.staff.printers[0]
        return self.ground.scene.staff.of_district(bag.region)

    def _receiver(self, bag: Bag) -> Actor:
        if bag.goes_out:
            return self.ground.scene.staff.of_district(bag.region)
        return self.ground.one_of(self.ground.scene.staff.printers)

    def _takes_along(self, waits: Callable[[Bag, RegionCode], bool]) -> dict[str, list[Bag]]:
        """Take along what the courier's inbox says that waits somewhere; give it by trip."""
        ground = self.ground
        trips: dict[tuple[str, str], list[Bag]] = defaultdict(list)
        for bag in self._waiting():
            assert bag.custodian is not None, f"{bag.id} waits for the courier with nobody"
            if waits(bag, bag.custodian.region):
                trips[bag.trip_name, bag.custodian.region.full()].append(bag)
        taken: dict[str, list[Bag]] = defaultdict(list)
        for (trip, place), waiting in trips.items():
            stop = None if place == ground.scene.office.full() else place
            receipts = ground.office.depart(trip, self._courier, stop=stop)
            departed = {receipt.records[0].id for receipt in receipts}
            assert departed == {one.id for one in waiting}, f"{trip}: {departed} of {waiting}"
            taken[trip] += [ground.record(Bag, one.id) for one in waiting]
        return taken

    def _comes_back(self, bags: list[Bag]) -> None:
        for bag in bags:
            self.ground.do(self._sender(bag), c.ComeBack, bag=bag.id, reason="ban pecah")

    def _stops(self, carried: list[Bag]) -> None:
        """Drive from stop to stop: bags are left there, and others are taken along."""
        ground = self.ground
        today = ground.today
        stops = [RegionCode.parse(one.district) for one in ground.office.schedule(today, today)]
        stops = list(dict.fromkeys([*stops, *(bag.region for bag in carried)]))
        home: list[Bag] = []
        left = [bag for bag in carried if not self._vanishes(bag)]
        elsewhere = {bag.id: stop for bag in left if (stop := self._left_elsewhere(bag, stops))}
        for stop in stops:
            clerk = ground.scene.staff.of_district(stop)
            here = [bag for bag in left if bag.region == stop and bag.id not in elsewhere]
            self._arrive(clerk, here)
            waiting = self._takes_along(_sealed_at(stop))
            home += [bag for bags in waiting.values() for bag in bags]
            for bag in left:  # it is seen when the van is gone
                if elsewhere.get(bag.id) == stop:
                    ground.do(clerk, c.Stray, bag=bag.id)
        self._arrive(
            ground.one_of(ground.scene.staff.printers),
            [bag for bag in home if not self._vanishes(bag)],
        )

    def _vanishes(self, bag: Bag) -> bool:
        ground = self.ground
        if not ground.chance(ground.rates.vanishes, "bags that vanished"):
            return False
        turns_up = ground.chance(ground.rates.turns_up, "bags that turned up")
        ground.away[bag.id] = ground.days_on(4, 16) if turns_up else None
        return True

    def _left_elsewhere(self, bag: Bag, stops: list[RegionCode]) -> RegionCode | None:
        others = [one for one in stops if one != bag.region]
        rate = self.ground.rates.left_elsewhere
        if not bag.goes_out or not others or not self.ground.chance(rate, "bags left elsewhere"):
            return None
        return self.ground.scene.chance.choice(others)

    def _what_vanished_turns_up(self) -> None:
        ground = self.ground
        for name, day in [*ground.away.items()]:
            if day is not None and day <= ground.today:
                del ground.away[name]
                bag = ground.record(Bag, name)
                self._arrive(self._receiver(bag), [bag])

    def _arrive(self, by: Actor, bags: list[Bag]) -> None:
        """Take bags in, all of a trip at once where all of them are there, and count them."""
        ground = self.ground
        trips: dict[str, list[Bag]] = defaultdict(list)
        for bag in bags:
            trips[bag.trip_name].append(bag)
        for trip, here in trips.items():
            names = {one.id for one in here}
            broken = [
                one.id for one in here if ground.chance(ground.rates.broken_seal, "broken seals")
            ]
            if names == self._coming(trip, by):
                ground.office.arrive(trip, by, broken=broken)
            else:
                for name in sorted(names):
                    ground.do(by, c.Arrive, bag=name, seal_whole=name not in broken)
        for bag in bags:
            self._count(by, bag)

    def _coming(self, trip: str, by: Actor) -> set[str]:
        """Give the bags of a trip that the office thinks to be on their way here."""
        return {
            load.bag
            for load in self.ground.office.trip(trip).loads
            if load.state == "departed" and self.ground.record(Bag, load.bag).receiver in by.posts
        }

    def _count(self, by: Actor, bag: Bag) -> None:
        """Tick what really is in the bag."""
        ground, inside = self.ground, self._inside.pop(bag.id)
        sealed = {line.id for line in ground.office.manifest(bag.id).lines if not line.counted}
        arrived = [one for one in inside if one in sealed]
        damaged: list[str] = []
        if len(arrived) > 1 and ground.chance(ground.rates.damaged, "damaged"):
            damaged = [arrived.pop(ground.scene.chance.randrange(len(arrived)))]
        for pile in counted(arrived):
            ground.do(by, c.Count, bag=bag.id, arrived=pile)
        extra = [one for one in inside if one not in sealed]
        for paper in extra:
            if paper_of(ground, paper).state == "lost":
                ground.do(by, c.Found, item=paper)
                extra = [one for one in extra if one != paper]
        if damaged or extra:
            ground.do(by, c.Count, bag=bag.id, damaged=tuple(damaged), extra=tuple(extra))
        ground.do(by, c.Finish, bag=bag.id)
        self._condemn(by, damaged)

    def _condemn(self, by: Actor, damaged: Iterable[str]) -> None:
        for item in damaged:
            if not paper_of(self.ground, item).condemned:
                fields = {"item": item, "reason": "basah kena hujan", "damaged": True}
                self.ground.do(by, c.Condemn, **fields)


def _sealed_at(stop: RegionCode) -> Callable[[Bag, RegionCode], bool]:
    """Make the question whether a bag waits sealed at a stop."""
    return lambda bag, at: bag.state == "sealed" and at == stop
