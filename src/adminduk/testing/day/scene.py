"""Where the day happens, and with what chance: what all that goes on shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import count
from random import Random
from typing import Any

from attrs import define, field, frozen

from adminduk.catalogue import Catalogue, Way
from adminduk.catalogue import load as load_catalogue
from adminduk.checklist import Checklist
from adminduk.commands import Command
from adminduk.records import Actor, Collector, Person, Relation, Role, Scan, Shown
from adminduk.regions.zones import zone_of
from adminduk.testing.day.agenda import Agenda
from adminduk.testing.day.dealing import drawn
from adminduk.testing.day.hours import Hours
from adminduk.testing.day.households import Family
from adminduk.testing.day.staff import Desks, Staff
from adminduk.testing.families import invented_scan, show
from adminduk.values import BlankNumber, Level, RegionCode, TrackingCode
from adminduk.working_days import WorkingDays

__all__ = ["Case", "Parcel", "Scene"]


@define(kw_only=True, eq=False)
class Case:
    """An application, with what becomes of it.

    Attributes:
        code: Its tracking code.
        family: Whose it is.
        service: What is applied for.
        product: What is made.
        door: Who takes it in.
        applicant: Who applies.
        people: The people of the case, by party.
        facts: The answers to the questions.
        todo: What must be shown.
        hands: The ids of those who prepared it, who may not verify it.
        copies: How many copies were ordered.
        expected: The originals that are still with the applicant.
        taken: The originals that were taken in at the door.
        done: Whether it is completed.
        shown: How each item was shown last.
    """

    code: str
    family: Family
    service: str
    product: str
    door: Actor
    applicant: Person
    people: dict[str, Person]
    facts: dict[str, bool | int | str]
    todo: Checklist
    hands: set[str] = field(factory=set)
    copies: int = 1
    expected: list[str] = field(factory=list)
    taken: list[str] = field(factory=list)
    done: bool = False
    shown: dict[str, Shown] = field(factory=dict)

    @property
    def village(self) -> RegionCode:
        """Where the family lives."""
        return self.family.village

    @property
    def district(self) -> RegionCode:
        """Of which district that is a village."""
        return self.village.ancestor(Level.DISTRICT)

    @property
    def scanned(self) -> tuple[str, ...]:
        """The items of which the office has seen a scan only."""
        return tuple(item for item, one in self.shown.items() if one.way is Way.SCAN)

    def paper(self, name: int | str) -> str:
        """Name a copy or an original of the case."""
        return f"{self.code}/{name}"


@frozen(eq=False)
class Parcel:
    """A copy or an original on the road."""

    case: Case
    item: str

    @property
    def is_kept(self) -> bool:
        """Whether it is an original that is filed with its case."""
        kept = (
            one.id
            for one in self.case.todo.needed
            if one.surrender and one.surrender.fate == "kept"
        )
        return self.item.partition("/")[2] in kept

    @property
    def waits(self) -> bool:
        """Whether it is an original that may still have to go back."""
        return not self.item.rpartition("/")[2].isdigit() and not self.case.done


class Scene:
    """An office on a day, before anything happens in it."""

    def __init__(self, office: RegionCode, day: date, seed: int) -> None:
        self.office = office
        self.chance = Random(seed)
        self.hours = Hours(zone_of(office), WorkingDays())
        self.first = self.hours.calendar.on_or_after(day)
        self.scan: Callable[[Random], Scan] = invented_scan
        self.agenda = Agenda(self.hours.at(self.first, 0), self.chance)
        self.staff = Staff(office)
        self.catalogue: Catalogue = load_catalogue()
        self.verifying = Desks(self.staff.registrars, self.hours)
        self.printing = Desks(self.staff.printers, self.hours)
        self._first_blank = self.chance.randrange(1_000_000, 9_000_000)
        self._blanks = dict[str, Iterator[BlankNumber]]()
        self._seals = count(1)

    @property
    def now(self) -> datetime:
        """The moment of what goes on."""
        return self.agenda.now

    def give(self, by: Actor, kind: type[Command], **fields: Any) -> None:
        """Let somebody give a command now."""
        self.agenda.give(by, kind, **fields)

    def later(self, from_minutes: int, to_minutes: int) -> datetime:
        """Give a moment so much working time from now."""
        seconds = self.chance.randrange(from_minutes * 60, to_minutes * 60)
        return self.hours.later(self.now, seconds)

    def in_days(self, from_days: int, to_days: int) -> datetime:
        """Give a moment so many working days from now."""
        days = self.chance.randrange(from_days, to_days + 1)
        return self.sometime(self.hours.day_after(self.now.date(), days), 0, 440)

    def sometime(self, day: date, from_minutes: int, to_minutes: int) -> datetime:
        """Give a moment of a day, so long after the office opens."""
        seconds = self.chance.randrange(from_minutes * 60, to_minutes * 60)
        return self.hours.later(self.hours.at(day, 0), seconds)

    def show(self, *ways: Way) -> Shown:
        """Show a paper in one of the ways that are accepted."""
        return show(ways, self.chance, self.scan)

    def one_of(self, people: tuple[Actor, ...]) -> Actor:
        """Choose somebody."""
        return self.chance.choice(people)

    def code(self) -> str:
        """Give a tracking code."""
        return TrackingCode.from_int(self.chance.getrandbits(64)).full()

    def open_box(self, product: str, size: int) -> tuple[BlankNumber, BlankNumber]:
        """Open a box of security blanks of a product; give its first and its last number."""
        first = BlankNumber.parse(f"{product}-{self._first_blank:08}")
        self._blanks[product] = map(first.at, count(first.number))
        return first, first.at(first.number + size - 1)

    def blank(self, product: str) -> BlankNumber:
        """Take the next security blank of a product from its box."""
        return next(self._blanks[product])

    def seal(self) -> str:
        """Take the next seal."""
        return f"S{next(self._seals):05}"

    def collector(self, case: Case) -> Collector:
        """Let somebody come for a document: mostly who applied."""
        relation = drawn(self.chance, {Relation.SELF: 70, Relation.FAMILY: 22, Relation.OTHER: 8})
        name = case.applicant.name
        if relation is not Relation.SELF:
            others = [case.family.head.name, case.family.spouse.name, case.family.youth.name]
            name = self.chance.choice([one for one in others if one != name])
        assert name is not None, "everybody in a family has a name"
        power = self.scan(self.chance) if relation is Relation.OTHER else None
        return Collector(name=name, relation=relation, authorisation=power)

    def next_run(self, district: RegionCode) -> date:
        """Give the day on which the courier goes to a district next: every week on the same."""
        weekday = int(district.full().rpartition(".")[2]) % 5
        return self.hours.weekday_after(self.now.date(), weekday)

    def is_at_district(self, case: Case) -> bool:
        """Whether a document is given out at the district, where it was applied for."""
        return case.door.role is Role.DISTRICT_OPERATOR
