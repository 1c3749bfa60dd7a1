"""What the applicant is promised: the day a document can be had; and why the days stand still."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import field, frozen
from attrs.validators import optional

from adminduk.records.checks import day

__all__ = ["DeliveryWay", "Goal", "Pause", "Promise"]


class DeliveryWay(StrEnum):
    """How a product reaches the applicant."""

    COURIER = "courier"
    COUNTER = "counter"
    DIGITAL = "digital"


class Goal(StrEnum):
    """Where a document is to be on the promised day.

    `MADE` is for a district to which the courier has no day: no more can be promised than that it
    is made.
    """

    DISTRICT = "district"
    COUNTER = "counter"
    DIGITAL = "digital"
    MADE = "made"


class Pause(StrEnum):
    """Why the days of a promise stand still.

    `RETURNED` and `ATTENDANCE` wait for the applicant; `BLANKS` for blanks, of which the office
    has none.
    """

    RETURNED = "returned"
    ATTENDANCE = "attendance"
    BLANKS = "blanks"


@frozen(slots=False)
class Promise:
    """The days on which a product can be had.

    Attributes:
        made: By the end of this day the office has made it: on it, it can be had at the counter
            or is issued.
        arrives: The courier's day on which it reaches the district; None: no run is known.
        pause: Why the days stand still; None: they run.
        since: The last day that counted, while they stand still.
        stood: Over how many working days they stood still before.
    """

    made: date = field(validator=day)
    arrives: date | None = field(default=None, validator=optional(day))
    pause: Pause | None = None
    since: date | None = field(default=None, validator=optional(day))
    stood: int = 0

    def goal(self, way: DeliveryWay) -> Goal:
        """Say where a product that goes this way is to be."""
        if way is DeliveryWay.COURIER:
            return Goal.MADE if self.arrives is None else Goal.DISTRICT
        return Goal(way.value)

    def day(self, way: DeliveryWay) -> date:
        """Say by which day a product that goes this way is to be there."""
        if way is DeliveryWay.COURIER and self.arrives is not None:
            return self.arrives
        return self.made
