"""Services: what can be applied for. Every rule cites the law and says how sure we are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NewType

from attrs import frozen

from adminduk.catalogue.condition import ALWAYS, Condition
from adminduk.catalogue.law import Certainty, Citation, Id, Text
from adminduk.catalogue.paper import Item, ServiceId, check_period
from adminduk.catalogue.party import Party
from adminduk.catalogue.product import ProductId
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.working_days import WorkingDays

__all__ = ["Attendance", "Deadline", "Notice", "Precedence", "Relation", "Service", "Standard"]

Relation = NewType("Relation", str)
"""Who applies: a value of the fact `applicant_relation`."""


@frozen(kw_only=True)
class Notice:
    """What is said where a condition holds: why a service is not for a case, or a warning."""

    id: Id
    when: Condition
    text: Text
    content: Certainty
    cite: tuple[Citation, ...]


@frozen(kw_only=True)
class Attendance:
    """An act for which the person must come."""

    id: Id
    text: Text
    content: Certainty
    cite: tuple[Citation, ...]
    when: Condition = ALWAYS


@frozen(kw_only=True)
class Precedence:
    """A service that must have been done first, or is applied for together with this one."""

    service: ServiceId
    why: Text
    content: Certainty
    cite: tuple[Citation, ...]
    when: Condition = ALWAYS


@frozen(kw_only=True)
class Standard:
    """Within how many hours the office has done a complete file."""

    hours: int
    content: Certainty
    cite: tuple[Citation, ...]

    def __attrs_post_init__(self) -> None:
        _at_least_one("hours", self.hours)


@frozen(kw_only=True)
class Deadline:
    """Within how many days an event must be reported.

    Attributes:
        days: How many.
        event: Counted from what.
        kind: Whether every day counts, or working days only.
        content: How sure we are of it.
        cite: Where it stands.
    """

    days: int
    event: Text
    content: Certainty
    cite: tuple[Citation, ...]
    kind: Literal["calendar", "working"] = "calendar"

    def __attrs_post_init__(self) -> None:
        _at_least_one("days", self.days)

    def last_day(self, since: date, calendar: WorkingDays) -> date:
        """Give the last day on which what happened on a day is reported in time."""
        if self.kind == "working":
            return calendar.after(since, self.days)
        return since + timedelta(days=self.days)


def _at_least_one(path: str, number: int) -> None:
    if number < 1:
        raise InvalidInput.at(path, "too_few", N_("At least 1 belongs here."))


@frozen(kw_only=True)
class Service:
    """What can be applied for, by the rules of a time.

    Attributes:
        id: Its name.
        name: What it is called.
        since: From when these rules are known to hold.
        until: Until when (that day included); None while no end is known.
        applicants: Who may apply; empty: anybody.
        products: The documents it makes.
        parties: Whom it is about.
        attend: Acts for which the person must come.
        after: What must have been done first.
        standard: Within how many hours a complete file is done.
        deadline: Within how many days the event must be reported.
        items: The papers it asks for.
        objections: When it is not for a case.
        warnings: What is said in a case.
        content: How sure we are of the service as a whole.
        cite: Where it stands.
    """

    id: Id
    name: Text
    since: date
    content: Certainty
    cite: tuple[Citation, ...]
    standard: Standard
    items: tuple[Item, ...]
    until: date | None = None
    applicants: tuple[Relation, ...] = ()
    products: tuple[ProductId, ...] = ()
    parties: tuple[Party, ...] = ()
    attend: tuple[Attendance, ...] = ()
    after: tuple[Precedence, ...] = ()
    deadline: Deadline | None = None
    objections: tuple[Notice, ...] = ()
    warnings: tuple[Notice, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_period(self.since, self.until)

    @property
    def basis(self) -> tuple[Citation, ...]:
        """Where it stands."""
        return self.cite

    @property
    def standard_hours(self) -> int:
        """Within how many hours a complete file is done."""
        return self.standard.hours

    @property
    def forms(self) -> tuple[str, ...]:
        """The numbers of the forms it may ask for."""
        papers = [paper for item in self.items if not item.relaxed for paper in item.papers]
        return tuple(dict.fromkeys(one.form for one in papers if one.form))

    def in_force(self, on: date) -> bool:
        """Whether these are the rules of a day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def items_on(self, on: date) -> tuple[Item, ...]:
        """Give the papers it asks for by the rules of a day."""
        return tuple(one for one in self.items if one.in_force(on))
