"""What is not as usual in a scenario: who is at work, which blanks come, what is closed."""

from __future__ import annotations

from collections.abc import Sized
from datetime import date, datetime
from enum import StrEnum
from math import floor
from typing import Any, Final

from attrs import field, frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records import Act, Channel, Notice, StaysOpen
from adminduk.records.checks import day
from adminduk.records.schedule import Timetable
from adminduk.values import RegionCode

__all__ = [
    "Between",
    "Closing",
    "Delivery",
    "Desk",
    "District",
    "Staffing",
    "check_period",
    "few",
]

_ALL: Final = 100
_FEW: Final = 400


class Desk(StrEnum):
    """Where people of the office work a queue off; named as what a document waits for there."""

    VERIFICATION = "verification"
    PRINT = "print"


class Between:
    """Accepts whole numbers from one to another."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def __call__(self, _: object, attribute: Any, value: int) -> None:
        """Accept such a number."""
        if type(value) is not int or not self.least <= value <= self.most:
            raise InvalidInput.at(
                attribute.name,
                "out_of_range",
                N_("That number cannot be."),
                N_("{least} to {most}"),
                least=self.least,
                most=self.most,
            )


def few(_: object, attribute: Any, value: Sized) -> None:
    """Accept as many of anything as a year may need."""
    if len(value) > _FEW:
        text, accepted = N_("That is too many."), N_("at most {most}")
        raise InvalidInput.at(attribute.name, "too_many", text, accepted, most=_FEW)


def _some(_: object, attribute: Any, value: Sized) -> None:
    if not value:
        text = N_("That changes nothing.")
        raise InvalidInput.at(attribute.name, "empty", text, N_("at least one"))


def check_period(first: date, last: date | None) -> None:
    """Accept days that are in order."""
    if last is not None and last < first:
        text, accepted = N_("It ends before it begins."), N_("a day from {since} on")
        raise InvalidInput.at("until", "ends_before", text, accepted, since=first.isoformat())


@frozen(kw_only=True)
class Staffing:
    """Days on which more or fewer people than usual are at a desk.

    Attributes:
        since: The first day.
        until: The last day.
        percent: So many of a hundred are at work: 50 is half of them, 150 half as many more; half a
            person counts as one.
        people: So many come besides; -3: three are away.
        desks: At which desks, each of them.
    """

    since: date = field(validator=day)
    until: date = field(validator=day)
    percent: int = field(default=_ALL, validator=Between(0, 1000))
    people: int = field(default=0, validator=Between(-1000, 1000))
    desks: tuple[Desk, ...] = field(default=tuple(Desk), validator=_some)

    def __attrs_post_init__(self) -> None:
        check_period(self.since, self.until)

    @property
    def is_trouble(self) -> bool:
        """Whether fewer than usual are at work."""
        return self.percent < _ALL or self.people < 0

    def at_work(self, people: int, desk: Desk, on: date) -> int:
        """Say how many of the people of a desk are at work on a day."""
        if desk not in self.desks or not self.since <= on <= self.until:
            return people
        return max(0, floor(people * self.percent / _ALL + 0.5) + self.people)


@frozen(kw_only=True)
class Delivery:
    """Blanks of a product that come in, at opening; what is never delivered is never short.

    Attributes:
        product: Its kind, as `ktp`.
        day: The day; what comes before the first day is there at the beginning.
        count: How many.
    """

    product: str
    day: date = field(validator=day)
    count: int = field(validator=Between(1, 10_000_000))


@frozen(kw_only=True)
class Closing:
    """What the head of office closes by a notice; see `adminduk.records.Notice`.

    Attributes:
        acts: What is closed: `submit`, `collect`; nobody is simulated who must `attend`.
        since: The first day.
        until: The last day; None: until it is lifted, which it is not.
        channels: At which doors.
        stays_open: Cases for which it is open all the same.
    """

    acts: tuple[Act, ...] = field(validator=_some)
    since: date = field(validator=day)
    until: date | None = field(default=None, validator=day)
    channels: tuple[Channel, ...] = field(default=(Channel.COUNTER,), validator=_some)
    stays_open: tuple[StaysOpen, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_period(self.since, self.until)
        if Act.ATTEND in self.acts:
            path, text = f"acts[{self.acts.index(Act.ATTEND)}]", N_("Nobody simulated attends.")
            raise InvalidInput.at(path, "attend", text, f"{Act.SUBMIT}, {Act.COLLECT}")

    def notice(self, office: RegionCode) -> Notice:
        """Give it as the office announces it."""
        return Notice(
            id="closing",
            region=office,
            state="in_force",
            begun=datetime.combine(self.since, datetime.min.time()),
            acts=self.acts,
            channels=self.channels,
            since=self.since,
            until=self.until,
            stays_open=self.stays_open,
            reason="closing",
        )


@frozen(kw_only=True)
class District:
    """A district to which the courier goes by a timetable of its own."""

    code: RegionCode
    courier: Timetable
