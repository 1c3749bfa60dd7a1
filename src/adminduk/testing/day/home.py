"""The way home: originals and condemned documents travel to the office, and are destroyed."""

from __future__ import annotations

from typing import Final

from attrs import define, field

from adminduk import commands as c
from adminduk.records import Actor, Role, Witness
from adminduk.records.manifest import check_code
from adminduk.testing.day.agenda import Process
from adminduk.testing.day.scene import Scene
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
    _at_district: dict[RegionCode, list[str]] = field(factory=dict, init=False)
    _at_office: list[str] = field(factory=list, init=False)

    def bring(self, item: str, holder: Actor) -> None:
        """Let a paper travel home from the counter or a district."""
        if holder.role is Role.FRONT_DESK:
            self.scene.agenda.start(self._from_counter(item, holder))
        else:
            self.from_district(item, holder.region)

    def _from_counter(self, item: str, holder: Actor) -> Process:
        scene = self.scene
        yield scene.later(30, 300)
        scene.give(holder, c.TurnHome, item=item)
        self._store(item)

    def from_district(self, item: str, district: RegionCode) -> None:
        """Let a paper lie until the courier comes who takes it along."""
        if district not in self._at_district:
            self._at_district[district] = []
            self.scene.agenda.start(self._travel(district))
        self._at_district[district].append(item)

    def _travel(self, district: RegionCode) -> Process:
        """Send what lies at a district to the office with the courier who is there."""
        scene = self.scene
        day = scene.next_run(district)
        yield scene.sometime(day, 180, 210)
        items = self._at_district.pop(district)
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
        for item in items:
            self._store(item)
        yield scene.later(1, 20)
        scene.give(scene.one_of(scene.staff.registrars), c.Close, bag=bag)

    def _store(self, item: str) -> None:
        if not self._at_office:
            self.scene.agenda.start(self._destroy())
        self._at_office.append(item)

    def _destroy(self) -> Process:
        """Destroy on a Friday what has come home, with minutes and two witnesses."""
        scene = self.scene
        day = scene.hours.weekday_after(scene.now.date(), _FRIDAY)
        yield scene.hours.at(day, 300)
        items, self._at_office = self._at_office, []
        printer, head = scene.one_of(scene.staff.printers), scene.staff.heads[0]
        for item in items:
            yield scene.hours.later(scene.now, 2)
            scene.give(printer, c.Void, item=item)
        yield scene.hours.later(scene.now, 20)
        scene.give(
            printer,
            c.Destroy,
            minutes=f"470/BA-{day:%m%d}/{day:%Y}",
            papers=tuple(items),
            witnesses=_WITNESSES,
            approved_by=head,
        )
