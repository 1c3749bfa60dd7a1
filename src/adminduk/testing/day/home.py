"""The way home: originals and condemned documents travel to the office: filed, or destroyed."""

from __future__ import annotations

from typing import Final

from attrs import define, field

from adminduk import commands as c
from adminduk.records import Actor, Role, Witness
from adminduk.records.manifest import check_code
from adminduk.testing.day.agenda import Process
from adminduk.testing.day.scene import Parcel, Scene
from adminduk.values import RegionCode

__all__ = ["Home", "counted"]

_FRIDAY: Final = 4
_AT_ONCE: Final = 25
"""So many papers are counted before the count is written down."""
_WITNESSES: Final = (
    Witness(name="Sri Rahayu", position="Kepala Bidang Pendaftaran Penduduk"),
    Witness(name="Bambang Setiawan", position="Kepala Seksi Identitas Penduduk"),
)


def counted(items: list[str]) -> list[tuple[str, ...]]:
    """Give papers as they are counted, a pile after the other."""
    return [tuple(items[at : at + _AT_ONCE]) for at in range(0, len(items), _AT_ONCE)]


@define
class Home:
    """What lies in districts and at the office and is not given out any more.

    Attributes:
        scene: Where it happens.
    """

    scene: Scene
    _at_district: dict[RegionCode, list[Parcel]] = field(factory=dict, init=False)
    _at_office: list[Parcel] = field(factory=list, init=False)
    _is_cleared: bool = field(default=False, init=False)

    def bring(self, parcel: Parcel, holder: Actor) -> None:
        """Let a paper travel home from the counter or a district."""
        if holder.role is Role.FRONT_DESK:
            self.scene.agenda.start(self._from_counter(parcel, holder))
        else:
            self.from_district(parcel, holder.region)

    def _from_counter(self, parcel: Parcel, holder: Actor) -> Process:
        scene = self.scene
        yield scene.later(30, 300)
        scene.give(holder, c.TurnHome, item=parcel.item)
        self._store(parcel)

    def from_district(self, parcel: Parcel, district: RegionCode) -> None:
        """Let a paper lie until the courier comes who takes it along."""
        if district not in self._at_district:
            self._at_district[district] = []
            self.scene.agenda.start(self._travel(district))
        self._at_district[district].append(parcel)

    def _travel(self, district: RegionCode) -> Process:
        """Send what lies at a district to the office with the courier who is there."""
        scene = self.scene
        day = scene.next_run(district)
        yield scene.sometime(day, 180, 210)
        parcels = self._at_district.pop(district)
        items = [one.item for one in parcels]
        bag = f"PULANG-{district.full()}-{day:%Y%m%d}"
        clerk, printer = scene.staff.of_district(district), scene.one_of(scene.staff.printers)
        scene.give(clerk, c.Plan, bag=bag, to=scene.office, items=tuple(items), day=day)
        yield scene.later(3, 10)
        seal = scene.seal()
        scene.give(clerk, c.Seal, bag=bag, count=len(items), check=check_code(items), seal=seal)
        yield scene.later(2, 10)
        scene.give(scene.one_of(scene.staff.couriers), c.Depart, bag=bag)
        yield scene.later(60, 110)
        scene.give(printer, c.Arrive, bag=bag, seal_whole=True)
        for pile in counted(items):
            yield scene.later(1, 5)
            scene.give(printer, c.Count, bag=bag, arrived=pile)
        yield scene.later(1, 5)
        scene.give(printer, c.Finish, bag=bag)
        for parcel in parcels:
            self._store(parcel)
        yield scene.later(1, 20)
        scene.give(scene.one_of(scene.staff.registrars), c.Close, bag=bag)

    def _store(self, parcel: Parcel) -> None:
        self._at_office.append(parcel)
        if not self._is_cleared:
            self._is_cleared = True
            self.scene.agenda.start(self._clear())

    def _clear(self) -> Process:
        """Clear the store on a Friday: file what is kept, destroy the rest before two witnesses.

        An original whose case is still open stays, for it may have to go back.
        """
        scene = self.scene
        day = scene.hours.weekday_after(scene.now.date(), _FRIDAY)
        yield scene.hours.at(day, 300)
        ready = [one for one in self._at_office if not one.waits]
        self._at_office = [one for one in self._at_office if one.waits]
        self._is_cleared = False
        printer, head = scene.one_of(scene.staff.printers), scene.staff.heads[0]
        for parcel in ready:
            yield scene.hours.later(scene.now, 2)
            scene.give(printer, _done_with(parcel), **{_done_with(parcel).SUBJECT: parcel.item})
        void = tuple(one.item for one in ready if not one.is_kept)
        if void:
            yield scene.hours.later(scene.now, 20)
            scene.give(
                printer,
                c.Destroy,
                minutes=f"470/BA-{day:%m%d}/{day:%Y}",
                papers=void,
                witnesses=_WITNESSES,
                approved_by=head,
            )


def _done_with(parcel: Parcel) -> type[c.Command]:
    return c.File if parcel.is_kept else c.Void
