"""Finding the case of somebody who has no tracking code: by village and day, or by NIK."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Final

import orjson
from attrs import field, frozen

from adminduk import regions
from adminduk.errors import InvalidInput, UnknownService
from adminduk.language import N_
from adminduk.office.shelf import Shelf
from adminduk.ports import Row
from adminduk.records import Application, Minutes, Record
from adminduk.records.index import day_key, number_key
from adminduk.values import NIK, Level, RegionCode

__all__ = ["Found", "FoundPage", "Period", "by_nik", "by_village", "minutes_of"]

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
    applicant: str = field(repr=False)


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

    def __contains__(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        """Give them in order."""
        number = (self.last - self.first).days + 1
        return (self.first + timedelta(days=one) for one in range(number))


def by_village(
    shelf: Shelf,
    village: RegionCode,
    period: Period,
    *,
    service: str | None,
    services: Collection[str],
    after: str | None,
    limit: int,
) -> FoundPage:
    """Find the cases of a village that began in a period.

    Those of one day come by the time at which they began, which never changes, so that pages are
    stable whatever becomes of the cases meanwhile; new ones come last.

    Raises:
        InvalidInput: There is no such village, no page ended at `after`, or none is asked for.
    """
    if village.level is not Level.VILLAGE or not regions.exists(village):
        text = N_("That is not a village.")
        raise InvalidInput.at("village", "not_a_village", text, N_("a village's code"))
    if limit < 1:
        raise InvalidInput.at("limit", "too_few", N_("At least 1 belongs here."))
    if service is not None and service not in services:
        raise UnknownService(service=service[:80], known=sorted(services))
    day, position = _place(after, period)
    cases: list[Found] = []
    while True:
        rows = {_began(row): row for row in shelf.rows(key=day_key(village, day))}
        rest = sorted(one for one in rows.items() if one[0] > position)
        for (began, _), one in zip(rest, shelf.read(row for _, row in rest), strict=True):
            if len(cases) == limit:
                return FoundPage(tuple(cases), f"{day.isoformat()}|{position}")
            position = began
            found = _found(one.record)
            if service is None or service in found.services:
                cases.append(found)
        if day == period.first:
            return FoundPage(tuple(cases), None)
        day, position = day - timedelta(days=1), ""


def _began(row: Row) -> str:
    """Give what the cases of a day are ordered by: when it began, and which it is."""
    return f"{orjson.loads(row.body)['fields']['begun']}|{row.id}"


_PLACE: Final = re.compile(r"(\d{4}-\d{2}-\d{2})\|(\1T[0-9:.+]+\|[0-9A-Z-]{12})?", re.ASCII)


def _place(after: str | None, period: Period) -> tuple[date, str]:
    if after is None:
        return period.last, ""
    found = _PLACE.fullmatch(after)
    try:
        day = date.fromisoformat(found[1] if found else "")
    except ValueError:
        day = None
    if day is None or not period.first <= day <= period.last:
        raise InvalidInput.at(
            "after", "position", N_("No page ended there."), N_("what the page before gave as next")
        )
    return day, (found and found[2]) or ""


def by_nik(shelf: Shelf, nik: NIK) -> Iterator[Found]:
    """Find the cases that are about a person, by the keyed index of their number."""
    return map(_found, shelf.records(key=shelf.keyring.blind(number_key(nik.full()))))


def minutes_of(shelf: Shelf, office: RegionCode, period: Period) -> Iterator[Minutes]:
    """Give the minutes of a time, the newest day first."""
    for back in range((period.last - period.first).days + 1):
        day = period.last - timedelta(days=back)
        for record in shelf.records(kind=Minutes.KIND, key=day_key(office, day)):
            assert isinstance(record, Minutes)
            yield record


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
