"""What documents are promised, and when they are due: counted as the office counts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Self

from attrs import define, field

from adminduk import regions
from adminduk.decide.counting import Counting
from adminduk.decide.promising import working_days_allowed
from adminduk.records import Channel, Pause, Promise, Settings
from adminduk.simulation.chance import Document, Kind
from adminduk.simulation.hours import DAY, Hours
from adminduk.simulation.scenario import Scenario

__all__ = ["Promises"]

_AN_HOUR = 60


@define(eq=False)
class Promises:
    """Promises documents their days; all that are promised the same are worked out once.

    Attributes:
        hours: When the office is open.
        settings: The terms of the office.
        counting: By the code of the district; districts with one timetable share it.
    """

    hours: Hours
    settings: Settings
    counting: Mapping[str, Counting]
    _made: dict[tuple[int, Kind, Channel, date], Promise] = field(factory=dict, init=False)
    _resumed: dict[tuple[int, Promise, date], Promise] = field(factory=dict, init=False)

    @classmethod
    def of(cls, scenario: Scenario, hours: Hours) -> Self:
        """Promise by the terms and timetables of a scenario."""
        rest = (scenario.calendar, time.fromisoformat(scenario.closes))
        usual = Counting(*rest, scenario.courier)
        own = {one.code: Counting(*rest, one.courier) for one in scenario.districts}
        districts = [one.code for one in regions.children(scenario.region)]
        counting = {one.full(): own.get(one, usual) for one in districts}
        return cls(hours, scenario.settings, counting)

    def make(self, document: Document, door: Channel, minute: float) -> None:
        """Promise a document that is applied for."""
        counting, now = self._now(document, minute)
        key = (id(counting), document.kind, door, counting.counts_from(now))
        if key not in self._made:
            term = working_days_allowed(self.settings, door, (document.kind.service,))
            self._made[key] = counting.promise(now, term)
        document.promise = self._made[key]

    def pause(self, document: Document, pause: Pause, minute: float) -> None:
        """Let a promise stand still."""
        counting, now = self._now(document, minute)
        document.promise = counting.paused(document.promised, pause, now)

    def resume(self, document: Document, minute: float) -> None:
        """Let it run on."""
        counting, now = self._now(document, minute)
        key = (id(counting), document.promised, counting.counts_from(now))
        if key not in self._resumed:
            self._resumed[key] = counting.resumed(document.promised, now)
        document.promise = self._resumed[key]

    def due_to_verify(self, document: Document, minute: float) -> float:
        """Give when it is due to be verified, as the inboxes of an office have it."""
        return self._due(document, minute, self.settings.verify_hours)

    def due_to_print(self, document: Document, minute: float) -> float:
        """Give when it is due to be printed."""
        return self._due(document, minute, self.settings.print_hours)

    def _due(self, document: Document, minute: float, hours: int) -> float:
        promised = self.hours.day_of(document.promised.day(document.way)) + 1
        return min(minute + hours * _AN_HOUR, promised * DAY)

    def _now(self, document: Document, minute: float) -> tuple[Counting, datetime]:
        return self.counting[document.district], self.hours.moment_of(minute)
