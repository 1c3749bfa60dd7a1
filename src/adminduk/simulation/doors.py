"""Which doors are open on a day, by what the head of office has closed."""

from __future__ import annotations

from attrs import define, field

from adminduk.records import Act, Channel, Notice
from adminduk.simulation.chance import Kind
from adminduk.simulation.hours import Hours

__all__ = ["Doors"]


@define(eq=False)
class Doors:
    """The doors of an office; of each day and door the notices are asked once.

    Attributes:
        hours: When the office is open.
        notices: What is closed.
    """

    hours: Hours
    notices: tuple[Notice, ...]
    _open: dict[tuple[Act, Channel, Kind, int], bool] = field(factory=dict, init=False)

    def is_open(self, act: Act, door: Channel, kind: Kind, day: int) -> bool:
        """Whether something can be done at a door on a day."""
        key = (act, door, kind, day)
        if key not in self._open:
            on, services = self.hours.date_of(day), (kind.service.id,)
            closed = any(one.closes(act, door, on, services, {}) for one in self.notices)
            self._open[key] = not closed
        return self._open[key]

    def opens(self, act: Act, door: Channel, kind: Kind, day: int) -> int | None:
        """Give the first working day from a day on on which it can; None: on none."""
        for one in range(day, self.hours.days):
            if self.hours.working[one] and self.is_open(act, door, kind, one):
                return one
        return None
