"""Whatever a program holds may be logged: its `repr` and `str` name nobody in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from cli_cases import as_file
from encrypted_office import LATER, OFFICE
from leaking import BIRTH, NUMBERS, found_in, story

from adminduk import Actor, Office, Role, slips
from adminduk.codec import read_order
from adminduk.codec.order import parse_json
from adminduk.office.outbox import telling_of

RINI = Actor("rini", Role.REGISTRY_OPERATOR, OFFICE)
ANI = Actor("ani", Role.AUDITOR, OFFICE)
_SCAN = {"digest": "0" * 64, "type": "image/jpeg", "size": 240_000}


@pytest.fixture(scope="module")
def orders() -> list[Any]:
    """Give what is done on a day."""
    return [read_order(parse_json(line)) for line in as_file(story(_SCAN)).splitlines()]


@pytest.fixture(scope="module")
def office(orders: list[Any]) -> Iterator[Office]:
    """Give an office that is not encrypted, at its end."""
    with Office.open("memory:", OFFICE, clock=lambda: LATER) as office:
        for one in orders:
            office.do(one.command, by=one.by)
        yield office


def held(office: Office, orders: list[Any]) -> Iterator[object]:
    """Give what a program is given, and what passes through the storage port."""
    storage = office.storage
    yield from orders
    yield from (one.command for one in orders)
    rows = storage.find(OFFICE, limit=1000)[0]
    yield from rows
    yield from office._shelf.read(rows)
    yield from office._shelf.records()
    yield from storage.journal(OFFICE, limit=1000)
    yield from office.journal()
    messages = storage.messages(OFFICE, parked=False)
    assert messages
    yield from messages
    yield from storage.lease(OFFICE, now="2021-09-02", until="2021-09-01T00:00:00Z", limit=1)
    yield from office.messages(parked=False)
    yield from (
        telling_of(office._shelf, told)
        for one in messages
        if "owner" in (told := parse_json(one.body))
    )
    july = {"first": date(2021, 7, 1), "last": date(2021, 7, 31)}
    yield office.find("35.23.08.2001", ANI, **july)
    yield office.find_person(next(iter(NUMBERS.values())), ANI)
    yield office.track(BIRTH)
    yield office.progress(BIRTH)
    yield office.read(BIRTH, ANI, reason="470/9")
    yield office.personal_data(next(iter(NUMBERS.values())), RINI, reason="470/9")
    yield office.breach(datetime(2021, 7, 1, tzinfo=UTC), by=ANI)
    yield office.prove(BIRTH) if office.seal(Actor("s", Role.SYSTEM, OFFICE)) else None
    yield slips.receipt(office, BIRTH)


def test_nobody_is_named(office: Office, orders: list[Any]):
    """In what is held of the day, from the command to the slip."""
    leaks = {
        type(one).__qualname__: found_in(f"{one!r} {one}")
        for one in held(office, orders)
        if found_in(f"{one!r} {one}")
    }
    assert leaks == {}
