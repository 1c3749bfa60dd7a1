"""The road out: weekly bags to the districts, what goes wrong in them, and the villages' trips."""

from __future__ import annotations

from typing import Final

from attrs import define, field

from adminduk import commands as c
from adminduk.records import Actor, DifferenceOutcome, Post, Role
from adminduk.records.manifest import check_code
from adminduk.testing.day.agenda import Process
from adminduk.testing.day.giving import Giving
from adminduk.testing.day.home import Home, counted
from adminduk.testing.day.making import print_copy
from adminduk.testing.day.scene import Parcel, Scene
from adminduk.values import RegionCode

__all__ = ["Road"]

_MISHAPS: Final = ("found at the office", "damaged", "found at the district")
"""What happens to one paper of the first bags that hold several."""


@define
class Road:
    """What waits at the office for the courier, and how it reaches the villages.

    Attributes:
        scene: Where it happens.
        home: Where goes what is damaged.
        giving: How it reaches who applied.
    """

    scene: Scene
    home: Home
    giving: Giving
    _shelves: dict[RegionCode, list[Parcel]] = field(factory=dict, init=False)
    _mishaps: list[str] = field(factory=lambda: list(_MISHAPS), init=False)

    def send(self, parcel: Parcel) -> None:
        """Lay a copy ready for the next courier who goes there."""
        district = parcel.case.district
        if district not in self._shelves:
            self._shelves[district] = []
            self.scene.agenda.start(self._travel(district))
        self._shelves[district].append(parcel)

    def _travel(self, district: RegionCode) -> Process:
        """Send a bag to a district on the courier's day."""
        scene = self.scene
        day = scene.next_run(district)
        yield scene.sometime(day, 5, 25)
        parcels = self._shelves.pop(district)
        items = [one.item for one in parcels]
        bag = f"KIRIM-{district.full()}-{day:%Y%m%d}"
        printer, clerk = scene.one_of(scene.staff.printers), scene.staff.of_district(district)
        scene.give(printer, c.Plan, bag=bag, to=district, items=tuple(items), day=day)
        yield scene.later(3, 10)
        seal = scene.seal()
        scene.give(printer, c.Seal, bag=bag, count=len(items), check=check_code(items), seal=seal)
        yield scene.later(2, 20)
        scene.give(scene.one_of(scene.staff.couriers), c.Depart, bag=bag)
        yield scene.later(30, 90)
        scene.give(clerk, c.Arrive, bag=bag, seal_whole=True)
        yield from self._unpack(bag, parcels, clerk)

    def _unpack(self, bag: str, parcels: list[Parcel], clerk: Actor) -> Process:
        """Count a bag, and settle what is not as it was packed."""
        scene = self.scene
        mishap = self._mishaps.pop(0) if len(parcels) > 1 and self._mishaps else ""
        odd = [scene.chance.choice(parcels)] if mishap else []
        whole = [one for one in parcels if one not in odd]
        for pile in counted([one.item for one in whole]):
            yield scene.later(1, 5)
            scene.give(clerk, c.Count, bag=bag, arrived=pile)
        if mishap == "damaged":
            scene.give(clerk, c.Count, bag=bag, damaged=(odd[0].item,))
        yield scene.later(1, 5)
        scene.give(clerk, c.Finish, bag=bag)
        for parcel in whole:
            self.giving.from_district(parcel)
        registrar = scene.one_of(scene.staff.registrars)
        for parcel in odd:
            if mishap == "damaged":
                yield from self._replaced(bag, parcel, clerk, registrar)
            else:
                yield from self._found(bag, parcel, clerk, registrar, mishap)
        yield scene.later(5, 60)
        scene.give(registrar, c.Close, bag=bag)

    def _found(
        self, bag: str, parcel: Parcel, clerk: Actor, registrar: Actor, mishap: str
    ) -> Process:
        """Find a paper that was missing in a bag, a day or two later."""
        scene = self.scene
        yield scene.in_days(1, 2)
        at_office = mishap == "found at the office"
        finder = scene.one_of(scene.staff.printers) if at_office else clerk
        scene.give(finder, c.Found, item=parcel.item)
        if at_office:
            self.send(parcel)
        else:
            self.giving.from_district(parcel)
        yield scene.later(5, 60)
        self._resolve(bag, parcel, registrar, DifferenceOutcome.FOUND)

    def _replaced(self, bag: str, parcel: Parcel, clerk: Actor, registrar: Actor) -> Process:
        """Condemn a damaged paper, and have a new one made."""
        scene, case = self.scene, parcel.case
        yield scene.later(5, 20)
        reason = "basah kena hujan"
        scene.give(clerk, c.Condemn, item=parcel.item, reason=reason, damaged=True)
        self.home.bring(parcel, clerk)
        yield scene.later(5, 60)
        head = scene.one_of(scene.staff.heads)
        fields = {"product": case.product, "reason": reason, "approved_by": head}
        scene.give(registrar, c.Replace, application=case.code, **fields)
        case.copies += 1
        yield scene.later(5, 60)
        self._resolve(bag, parcel, registrar, DifferenceOutcome.REPLACED)
        scene.agenda.start(self._again(parcel))

    def _again(self, parcel: Parcel) -> Process:
        yield self.scene.later(1, 20)
        yield from print_copy(self.scene, parcel.case)
        self.send(Parcel(parcel.case, parcel.case.paper(parcel.case.copies)))

    def _resolve(
        self, bag: str, parcel: Parcel, registrar: Actor, outcome: DifferenceOutcome
    ) -> None:
        owner = Post(Role.PRINT_OPERATOR, self.scene.office)
        fields = {"item": parcel.item, "outcome": outcome, "owner": owner}
        self.scene.give(registrar, c.Resolve, bag=bag, **fields)
