"""The last part of the road: to the village, or at a counter, and into somebody's hands."""

from __future__ import annotations

from attrs import define, field

from adminduk import commands as c
from adminduk.records import Actor, Role
from adminduk.testing.day.agenda import Process
from adminduk.testing.day.home import Home
from adminduk.testing.day.scene import Case, Parcel, Scene
from adminduk.values import RegionCode

__all__ = ["Giving"]

_UNCLAIMED = 0.04


@define
class _Trip:
    """What a village operator takes to the district, and collects there."""

    bring: list[Parcel] = field(factory=list)
    collect: list[Parcel] = field(factory=list)


@define
class Giving:
    """Documents that wait to be fetched, and the originals that are taken in for them.

    Attributes:
        scene: Where it happens.
        home: Where the originals go.
    """

    scene: Scene
    home: Home
    _trips: dict[RegionCode, _Trip] = field(factory=dict, init=False)

    def at_counter(self, parcel: Parcel) -> Process:
        """Lay a copy out at the counter, and give it to who comes for it."""
        scene = self.scene
        yield scene.later(10, 90)
        desk = scene.one_of(scene.staff.counter)
        scene.give(desk, c.ToCounter, item=parcel.item)
        yield from self._given(parcel, scene.one_of(scene.staff.counter))

    def from_district(self, parcel: Parcel) -> None:
        """Give a copy out that a district has counted in: there, or in its village."""
        scene = self.scene
        if scene.is_at_district(parcel.case):
            scene.agenda.start(self._given(parcel, parcel.case.door))
        else:
            self._next_trip(parcel.case.village, 1).collect.append(parcel)

    def _given(self, parcel: Parcel, giver: Actor) -> Process:
        """Hand a copy to who comes for it; a few never do."""
        scene, case = self.scene, parcel.case
        yield scene.in_days(0, 4)
        if scene.chance.random() < _UNCLAIMED:
            return
        for item in case.expected:
            scene.give(giver, c.TakeIn, original=case.paper(item))
            self.bring_home(case, item, giver)
            yield scene.later(1, 3)
        case.expected.clear()
        scene.give(giver, c.HandOver, item=parcel.item, to=scene.collector(case))
        case.done = True

    def bring_home(self, case: Case, item: str, holder: Actor) -> None:
        """Let an original that was taken in travel to the office."""
        original = Parcel(case, case.paper(item))
        if holder.role is Role.VILLAGE_OPERATOR:
            self._next_trip(case.village, 5).bring.append(original)
        else:
            self.home.bring(original, holder)

    def give_back(self, case: Case) -> Process:
        """Give originals back of which nothing was made."""
        scene = self.scene
        for item in case.taken:
            yield scene.in_days(0, 3)
            to = scene.collector(case)
            scene.give(case.door, c.HandOver, item=case.paper(item), to=to)

    def _next_trip(self, village: RegionCode, in_days: int) -> _Trip:
        """Give the next trip of a village operator; if none is planned, so many days ahead."""
        if village not in self._trips:
            self._trips[village] = _Trip()
            self.scene.agenda.start(self._travel(village, in_days))
        return self._trips[village]

    def _travel(self, village: RegionCode, in_days: int) -> Process:
        """Go to the district: hand in what goes home, collect what has come."""
        scene = self.scene
        yield scene.in_days(in_days, in_days)
        trip = self._trips.pop(village)
        clerk, operator = scene.staff.of_district(village), scene.staff.of_village(village)
        for original in trip.bring:
            scene.give(clerk, c.HandIn, item=original.item)
            self.home.bring(original, clerk)
            yield scene.later(1, 2)
        for parcel in trip.collect:
            scene.give(operator, c.Collect, item=parcel.item, originals=parcel.case.scanned)
            scene.agenda.start(self._given(parcel, operator))
            yield scene.later(1, 2)
