"""Finding the case of somebody who has no tracking code: by village and day, or by NIK."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from attrs import frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.office.execution import Shelf
from adminduk.records import Application, Record
from adminduk.records.index import day_key, number_key
from adminduk.values import NIK, RegionCode

__all__ = ["Found", "FoundPage", "Period", "by_nik", "by_village"]

_LONGEST_SEARCH: Final = timedelta(days=366)


@frozen
class Found:
    """A case as it is shown to who looks for it; of its people only the applicant's name.

    Attributes:
        code: Its tracking code.
        state: Where it stands.
        region: The village.
        services: What was applied for.
        day: The day on which it was drafted or submitted.
        applicant: The applicant's name; empty where it was erased.
    """

    code: str
    state: str
    region: str
    services: tuple[str, ...]
    day: date
    applicant: str


@frozen
class FoundPage:
    """A page of cases, the newest day first, and where the next starts (None: there is none)."""

    cases: tuple[Found, ...]
    next: str | None


@frozen
class Period:
    """Days, the first and the last included.

    Raises:
        InvalidInput: They are the wrong way round, or more than a year.
    """

    first: date
    last: date

    def __attrs_post_init__(self) -> None:
        if not timedelta() <= self.last - self.first < _LONGEST_SEARCH:
            text = N_("From the first day to the last it is not within a year.")
            accepted = N_("a last day on or after the first, at most a year later")
            raise InvalidInput.at("last", "period", text, accepted)


def by_village(
    shelf: Shelf,
    village: RegionCode,
    period: Period,
    *,
    service: str | None,
    after: str | None,
    limit: int,
) -> FoundPage:
    """Find the cases of a village that began in a period.

    Raises:
        InvalidInput: No page ended at `after`.
    """
    day, position = _place(after, period)
    cases: list[Found] = []
    while len(cases) < limit:
        rows, position = shelf.storage.find(
            shelf.office, key=day_key(village, day), after=position, limit=limit - len(cases)
        )
        found = (_found(shelf.read(row).record) for row in rows)
        cases += (one for one in found if service is None or service in one.services)
        if position is None:
            if day == period.first:
                return FoundPage(tuple(cases), None)
            day -= timedelta(days=1)
    return FoundPage(tuple(cases), f"{day.isoformat()}|{position or ''}")


def _place(after: str | None, period: Period) -> tuple[date, str | None]:
    if after is None:
        return period.last, None
    text, _, position = after.partition("|")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not period.first <= day <= period.last:
        raise InvalidInput.at(
            "after", "position", N_("No page ended there."), N_("what the page before gave as next")
        )
    return day, position or None


def by_nik(shelf: Shelf, nik: NIK) -> Iterator[Found]:
    """Find the cases that are about a person, by the keyed index of their number."""
    return map(_found, shelf.records(key=shelf.keyring.blind(number_key(nik.full()))))


def _found(application: Record) -> Found:
    assert isinstance(application, Application), "only applications have search keys"
    name = None if application.personal is None else application.personal.applicant.name
    return Found(
        code=application.key,
        state=application.state,
        region=application.region.full(),
        services=application.services,
        day=application.begun.date(),
        applicant="" if name is None else name.full(),
    )
