"""A notice of the head of office: what is closed at which door, until when, and what stays open."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from attrs import field, frozen

from adminduk.records.application import Channel
from adminduk.values import RegionCode

__all__ = ["Act", "Notice", "StaysOpen"]

Fact = bool | int | str


class Act(StrEnum):
    """What people come for."""

    SUBMIT = "submit"
    ATTEND = "attend"
    COLLECT = "collect"


@frozen(kw_only=True, slots=False)
class StaysOpen:
    """A case for which a closed act is open all the same.

    Attributes:
        services: It asks for nothing but these; none named: for whatever it asks.
        facts: Each of these is known, and has one of these values; of a number, the value at
            which a part of it begins stands for that part.
    """

    services: tuple[str, ...] = ()
    facts: dict[str, tuple[Fact, ...]] = field(factory=dict)

    def holds(self, services: Collection[str], facts: Mapping[str, Fact]) -> bool:
        """Whether a case is one of these."""
        if self.services and not set(services) <= set(self.services):
            return False
        return all(facts.get(name) in values for name, values in self.facts.items())

    def __str__(self) -> str:
        facts = (
            f"{name}={'/'.join(str(one).lower() for one in values)}"
            for name, values in self.facts.items()
        )
        return " ".join([*self.services, *facts])


@frozen(kw_only=True, slots=False)
class Notice:
    """What the head of office closes.

    Attributes:
        id: Chosen by whoever announces it, as `PPKM-2021-06`.
        region: The office's regency.
        state: Where it stands in its lifecycle.
        begun: When it was announced.
        acts: What is closed.
        channels: At which doors.
        since: The first day.
        until: The last day; None: until it is lifted.
        stays_open: Cases for which it is open all the same.
        reason: Why, in words; people read it.
        due: When it ends by itself.
    """

    KIND: ClassVar = "notice"

    id: str
    region: RegionCode
    state: str
    begun: datetime
    acts: tuple[Act, ...]
    channels: tuple[Channel, ...]
    since: date
    until: date | None = None
    stays_open: tuple[StaysOpen, ...] = ()
    reason: str
    due: datetime | None = None
    version: int = 0

    @property
    def key(self) -> str:
        """Its id within its kind."""
        return self.id

    def closes(
        self,
        act: Act,
        channel: Channel,
        on: date,
        services: Collection[str],
        facts: Mapping[str, Fact],
    ) -> bool:
        """Whether it closes an act of a case at a door on a day."""
        return self.covers(act, channel, on) and not self.spares(services, facts)

    def covers(self, act: Act, channel: Channel, on: date) -> bool:
        """Whether it is about an act at a door on a day, whatever the case."""
        if act not in self.acts or channel not in self.channels or on < self.since:
            return False
        return self.until is None or on <= self.until

    def spares(self, services: Collection[str], facts: Mapping[str, Fact]) -> bool:
        """Whether a case is one for which it is open all the same."""
        return any(one.holds(services, facts) for one in self.stays_open)
