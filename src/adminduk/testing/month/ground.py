"""What all who work in the month share: the office, the clock, the people, and what is true.

What is true is kept apart from the office: which paper lies where it does not belong, which bag is
not where it should be, and when somebody comes upon it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from attrs import define, field

from adminduk.codec import Order, write_order
from adminduk.commands import Command
from adminduk.errors import AdmindukError
from adminduk.office import Delivered, Office, Receipt, Task
from adminduk.records import Actor, Record
from adminduk.testing.day.scene import Case, Scene
from adminduk.testing.month.rates import Rates, Sickness

__all__ = ["Clock", "Ground", "Refusal", "Told", "Voice"]

R = TypeVar("R", bound=Record)

_EVERYTHING = 100_000
_A_LOOK = timedelta(milliseconds=1)


class Refusal(AssertionError):
    """The office refused what it had offered."""


@define
class Clock:
    """The clock of the office, which only who plays the month sets."""

    now: datetime

    def __call__(self) -> datetime:
        """Give the time; a little passes with every look."""
        self.now += _A_LOOK
        return self.now

    def set(self, day: date, hour: time) -> None:
        """Let it be this late on a day, unless it is later."""
        self.now = max(self.now, datetime.combine(day, hour, self.now.tzinfo))


@define
class Told:
    """A message that reached somebody."""

    key: str
    to: str
    text: str
    at: datetime


@define
class Voice:
    """A notifier that remembers what was told to whom, and when."""

    clock: Clock
    told: list[Told] = field(factory=list)

    def send(self, key: str, to: str, text: str) -> None:
        """Remember a message."""
        self.told.append(Told(key, to, text, self.clock.now))


@define(eq=False)
class Ground:
    """Where the month is played.

    Attributes:
        office: The office.
        clock: Its clock.
        voice: Who tells people.
        scene: The people, and chance.
        rates: How often something goes wrong.
        sickness: When most are ill.
        cases: What families apply for, by code.
        wishes: What the registry is to make of it, by code.
        visits: When somebody comes for a paper, or for an act; None: never.
        finds: What somebody comes upon, and when.
        away: The bags that vanished, and when each turns up; None: never.
        ill: The villages whose operator is ill this week.
        met: How often each thing happened.
    """

    office: Office
    clock: Clock
    voice: Voice
    scene: Scene
    rates: Rates
    sickness: Sickness
    cases: dict[str, Case] = field(factory=dict)
    wishes: dict[str, str] = field(factory=dict)
    visits: dict[str, date | None] = field(factory=dict)
    finds: list[tuple[date, Actor, str]] = field(factory=list)
    away: dict[str, date | None] = field(factory=dict)
    ill: set[str] = field(factory=set)
    met: Counter[str] = field(factory=Counter)

    @property
    def today(self) -> date:
        """The day."""
        return self.clock.now.date()

    def chance(self, rate: float, what: str = "") -> bool:
        """Whether something happens that happens so often."""
        happens = self.scene.chance.random() < rate
        if happens and what:
            self.met[what] += 1
        return happens

    def days_on(self, first: int, last: int) -> date:
        """Give a working day so many working days from now."""
        days = self.scene.chance.randrange(first, last + 1)
        return self.scene.hours.day_after(self.today, days)

    def visit(self, name: str, never: float, first: int, last: int) -> bool:
        """Whether somebody comes today; who comes is decided when it is asked first."""
        if name not in self.visits:
            comes = not self.chance(never, "never came")
            self.visits[name] = self.days_on(first, last) if comes else None
        day = self.visits[name]
        return day is not None and day <= self.today

    def at_work(self, people: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Give who of a desk is at work."""
        ill = self.sickness.on(self.today)
        return people[: self.sickness.at_work] if ill else people

    def one_of(self, people: tuple[Actor, ...]) -> Actor:
        """Give one of a desk who is at work."""
        return self.scene.one_of(self.at_work(people))

    def do(self, by: Actor, kind: type[Command], **fields: Any) -> Receipt:
        """Give a command, which the office must take."""
        command = kind(id=UUID(int=self.scene.chance.getrandbits(128), version=4), **fields)
        try:
            return self.office.do(command, by=by)
        except AdmindukError as error:
            line = write_order(Order(command, by)).decode()
            raise Refusal(f"{self.clock.now:%Y-%m-%d}: {error}\n{line}") from error

    def tasks(self, by: Actor) -> tuple[Task, ...]:
        """Give everything in an inbox, as it is now."""
        page = self.office.inbox(by, limit=_EVERYTHING)
        assert page.next is None, "an inbox is longer than anybody reads"
        return page.tasks

    def record(self, kind: type[R], key: str) -> R:
        """Give a record as it is now."""
        found = self.office.record(kind.KIND, key)
        assert isinstance(found, kind)
        return found

    def deliver(self) -> None:
        """Deliver all messages."""
        while self.office.deliver(limit=1000) != Delivered():
            pass
