"""The days of the month, one after the other, and who works on each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Final
from uuid import UUID

from attrs import define, field

from adminduk import commands as c
from adminduk import regions
from adminduk.envelope import OpenKeyring
from adminduk.office import Office
from adminduk.records import Seal
from adminduk.regions import regency
from adminduk.regions.zones import zone_of
from adminduk.scans.memory import MemoryScans
from adminduk.testing.day.households import Households
from adminduk.testing.day.scene import Scene
from adminduk.testing.month.doors import Doors
from adminduk.testing.month.giving import Giving
from adminduk.testing.month.ground import Clock, Ground, Voice
from adminduk.testing.month.printing import PrintRoom
from adminduk.testing.month.rates import SICKNESS, Rates, Sickness
from adminduk.testing.month.registry import Registry
from adminduk.testing.month.resting import at_rest, everybody, forgotten
from adminduk.testing.month.scanning import Scanner
from adminduk.testing.month.van import Van

__all__ = ["Month", "play"]

FIRST: Final = date(2021, 7, 1)
_OFFICE: Final = "35.23"
_A_DAY: Final = timedelta(days=1)
_MONDAY, _FRIDAY = 0, 4
_UNNAMED: Final = timedelta(days=14)
"""So long a scan may wait to be named."""
_LONGEST: Final = 150
"""After so many days nothing may be left to do."""


@define(eq=False)
class Month:
    """A month that was played.

    Attributes:
        ground: Where; the office is still open.
        first: Its first day.
        ended: The day on which nothing was left to do.
        stocks: The balance of the blanks, as it was at the end of each working day.
        faults: What was forgotten on the way.
        seals: The seal of each working day, as it is kept elsewhere.
    """

    ground: Ground
    first: date
    ended: date
    stocks: dict[date, dict[str, dict[str, int]]] = field(factory=dict)
    faults: list[str] = field(factory=list)
    seals: list[Seal] = field(factory=list)

    @property
    def met(self) -> Counter[str]:
        """How often each thing happened."""
        return self.ground.met


def play(
    documents: int,
    seed: int = 1,
    *,
    storage: str = "memory:",
    scans: str | None = None,
    rates: Rates | None = None,
    sickness: Sickness = SICKNESS,
    progress: Callable[[date, Counter[str]], None] = lambda _day, _met: None,
) -> Month:
    """Play a month, until nothing is left to do.

    Args:
        documents: So many are asked for on a working day.
        seed: What chance decides by; the same gives the same.
        storage: The URL of a fresh store.
        scans: The URL of a fresh store of scans; None: in memory, by the clock of the month, so
            that what nobody names grows old in it and is removed.
        rates: How often something goes wrong.
        sickness: When most of the office is ill.
        progress: Told after each day what has happened so far.

    Raises:
        Refusal: The office refused what it had offered.
    """
    ground = _ground(seed, storage, scans, rates or Rates(), sickness)
    doors = Doors(ground, Households(ground.scene.chance, FIRST))
    day = _Day(
        ground=ground,
        doors=doors,
        registry=Registry(ground, documents),
        printing=PrintRoom(ground, documents),
        giving=Giving(ground, doors),
        van=Van(ground),
    )
    month = Month(ground, FIRST, FIRST)
    day.begin()
    for number in count():
        today = FIRST + number * _A_DAY
        is_july = today.month == FIRST.month
        day.comes(month, today, documents if is_july else 0)
        progress(today, ground.met)
        if not is_july and at_rest(ground):
            break
        if number > _LONGEST:
            month.faults += [f"still to do after {_LONGEST} days: {one}" for one in _left(ground)]
            break
    month.ended = today
    return month


def _left(ground: Ground) -> Iterator[str]:
    """Say what is still to be done."""
    for by in everybody(ground):
        yield from (f"{one.queue}: {one.next} {one.id} ({one.state})" for one in ground.tasks(by))


def _ground(seed: int, storage: str, scans: str | None, rates: Rates, sickness: Sickness) -> Ground:
    scene = Scene(regency(_OFFICE), FIRST, seed)
    clock = Clock(datetime.combine(FIRST, time(7), zone_of(scene.office)))
    voice = Voice(clock)
    office = Office.open(
        storage,
        _OFFICE,
        keyring=OpenKeyring(b"month"),
        notifier=voice,
        scans=scans or MemoryScans(clock),
        clock=clock,
        ids=lambda: UUID(int=scene.chance.getrandbits(128), version=4),
        language="en",
    )
    ground = Ground(office, clock, voice, scene, rates, sickness)
    scene.scan = Scanner(office.scans, rates, ground.met).scan
    return ground


@define
class _Day:
    """Who works, in the order of a day."""

    ground: Ground
    doors: Doors
    registry: Registry
    printing: PrintRoom
    giving: Giving
    van: Van

    def begin(self) -> None:
        """Set what the office goes by, and the courier's days."""
        office = self.ground.scene.office
        self.ground.do(
            self.ground.scene.staff.heads[0],
            c.ChangeSettings,
            unclaimed_days=14,
            remind_days=(7, 2),
            lapse_days=14,
            returned_days=14,
            draft_days=14,
            operator_days=5,
            counter_days=3,
            bag_days=2,
            collect_against_originals=True,
            print_order=("counter", "ktp-hilang"),
            route=tuple(one.code for one in regions.children(office)),
        )
        self.van.set_schedules()

    def comes(self, month: Month, today: date, documents: int) -> None:
        """Let a day pass; on one that is free only the clock works."""
        ground = self.ground
        ground.clock.set(today, time(7))
        ground.met["ticks"] += len(ground.office.tick())
        ground.deliver()
        if not ground.scene.hours.calendar.is_working(today):
            return
        if today.weekday() == _MONDAY or today == month.first:
            self._who_is_ill()
        self._morning(documents)
        self._noon()
        self._afternoon(month)

    def _unnamed_scans_go(self) -> None:
        collected = self.ground.office.collect_scans(unnamed_for=_UNNAMED, remove=True)
        self.ground.met["scans removed"] += collected.unnamed

    def _who_is_ill(self) -> None:
        ground = self.ground
        ground.ill = {
            village.code.full()
            for district in regions.children(ground.scene.office)
            for village in regions.children(district.code)
            if ground.chance(ground.rates.village_ill, "weeks of a village operator ill")
        }

    def _morning(self, documents: int) -> None:
        self.ground.clock.set(self.ground.today, time(8))
        if self.ground.today == self.ground.sickness.first:
            self.registry.close_the_counter()
        self.giving.somebody_finds()
        self.printing.blanks_come()
        self.printing.seal_bags()
        self.van.districts_pack()
        self.van.drives()
        self.doors.people_apply(documents)
        self.ground.deliver()

    def _noon(self) -> None:
        self.ground.clock.set(self.ground.today, time(11))
        self.doors.people_come_for_acts()
        self.giving.counter_works()
        self.giving.districts_work()
        self.giving.villages_work()
        self.ground.deliver()

    def _afternoon(self, month: Month) -> None:
        ground, today = self.ground, self.ground.today
        ground.clock.set(today, time(13))
        self.registry.read_cases()
        self.registry.work_off()
        self.registry.head_looks()
        self.printing.print_copies()
        self.printing.tidy()
        if today.weekday() == _FRIDAY:
            self.printing.clear_the_store()
            self._unnamed_scans_go()
            month.faults += forgotten(ground)
        self.printing.plan_bags()
        ground.deliver()
        ground.clock.set(today, time(23))
        month.stocks[today] = ground.office.blanks().totals
        seal = ground.office.seal(by=ground.scene.staff.heads[0])
        if seal is not None:  # some days nothing happens
            month.seals.append(seal)
