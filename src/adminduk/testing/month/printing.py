"""The print room: blanks come and run short, copies are printed, the store is cleared."""

from __future__ import annotations

from collections import deque
from datetime import date
from typing import Final

from attrs import define, field

from adminduk import commands as c
from adminduk.records import Actor, Bag, Witness
from adminduk.testing.month.ground import Ground
from adminduk.values import BlankNumber

__all__ = ["PrintRoom"]

_AT_ONCE: Final = 500
_SIGNATURE: Final = "Kepala Dinas"
_WITNESSES: Final = (
    Witness(name="Sri Rahayu", position="Kepala Bidang Pendaftaran Penduduk"),
    Witness(name="Bambang Setiawan", position="Kepala Seksi Identitas Penduduk"),
)


@define
class PrintRoom:
    """Where documents are made, and where they come home to.

    Attributes:
        ground: Where it happens.
        a_day: How many documents are asked for on a day.
    """

    ground: Ground
    a_day: int
    _box: deque[str] = field(factory=deque, init=False)
    _boxes: int = field(default=0, init=False)
    _comes: date | None = field(default=None, init=False)
    _minutes: int = field(default=0, init=False)

    def blanks_come(self, *, urgent: bool = False) -> None:
        """A box of blanks comes: for some days of work; the next one is late."""
        ground = self.ground
        if self._box and not urgent:
            return
        if self._boxes and self._comes is None:
            self._comes = ground.days_on(2, 4)
            ground.met["days without blanks"] += 1
        if self._comes is not None and ground.today < self._comes:
            ground.met["days without blanks"] += 1
            return
        self._comes = None
        self._boxes += 1
        first = BlankNumber.parse(f"KTP-{self._boxes:02}{1:06}")
        last = first.at(first.number + max(6, self.a_day * 5) - 1)
        ground.do(
            ground.scene.staff.printers[0],
            c.ReceiveBlanks,
            blanks=f"ktp/2021-{self._boxes:02}",
            first=first.full(),
            last=last.full(),
            received_from="Ditjen Dukcapil",
            delivery_note=f"470/{self._boxes}",
        )
        self._box.extend(first.at(one).full() for one in range(first.number, last.number + 1))

    def print_copies(self) -> None:
        """Print what waits, the most urgent first, on what blanks there are."""
        ground = self.ground
        for by in ground.at_work(ground.scene.staff.printers):
            self._print_cards(by, self.a_day)
            for _ in range(self.a_day // _AT_ONCE + 1):
                found = ground.office.print_batch(
                    "kk", by, signature=_SIGNATURE, limit=min(_AT_ONCE, self.a_day + 2)
                )
                ground.met["documents"] += len(found)

    def _print_cards(self, by: Actor, most: int) -> None:
        ground, office = self.ground, self.ground.office
        (card,) = office.forecasts("ktp")
        number = min(_AT_ONCE, most, card.waiting, len(self._box))
        spoiled = sum(ground.chance(ground.rates.misprint, "misprinted") for _ in range(number))
        self._misprint(by, spoiled)
        number = min(number, len(self._box))
        if number:
            blanks = [self._box.popleft() for _ in range(number)]
            ground.met["documents"] += len(office.print_batch("ktp", by, blanks=blanks))

    def _misprint(self, by: Actor, times: int) -> None:
        """Spoil blanks for the cards that come first."""
        tasks = self.ground.tasks(by) if times else ()
        cards = [one.id for one in tasks if one.next == "print" and self._is_card(one.id)]
        for copy in cards[:times]:
            if self._box:
                fields = {"copy": copy, "blank": self._box.popleft(), "reason": "tinta luntur"}
                self.ground.do(by, c.Misprint, **fields)

    def _is_card(self, copy: str) -> bool:
        case = self.ground.cases[copy.partition("/")[0]]
        return self.ground.scene.catalogue.product(case.product).kind == "ktp"

    def plan_bags(self) -> None:
        """Plan the bags of the courier's next day, before the time for that is past."""
        ground = self.ground
        ground.office.plan_bags(ground.one_of(ground.scene.staff.printers))

    def seal_bags(self) -> None:
        """Seal what is planned for today; of what is gone meanwhile the bag is planned anew."""
        ground = self.ground
        by = ground.one_of(ground.scene.staff.printers)
        for task in ground.tasks(by):
            if task.next == "seal" and ground.record(Bag, task.id).day == ground.today:
                seal(ground, by, task.id)

    def tidy(self) -> None:
        """Do what the inbox says of single papers: what is for somebody else goes out again."""
        ground = self.ground
        by = ground.one_of(ground.scene.staff.printers)
        for task in ground.tasks(by):
            if task.next == "turn_out":
                ground.do(by, c.TurnOut, item=task.id)

    def clear_the_store(self) -> None:
        """Make void and file what is over, and destroy what is void, with minutes."""
        ground = self.ground
        by = ground.one_of(ground.scene.staff.printers)
        ground.met["filed or void"] += len(ground.office.clear_store(by))
        if any(ground.office.void_papers()):
            self._minutes += 1
            number, head = f"470/BA-{self._minutes}/2021", ground.scene.staff.heads[0]
            ground.office.destroy_void(number, by, witnesses=_WITNESSES, approved_by=head)
            ground.met["minutes"] += 1


def seal(ground: Ground, by: Actor, bag: str) -> None:
    """Seal a bag over what its manifest says."""
    manifest = ground.office.manifest(bag)
    fields = {"count": len(manifest.lines), "check": manifest.check, "seal": ground.scene.seal()}
    ground.do(by, c.Seal, bag=bag, **fields)
    ground.met["bags"] += 1
