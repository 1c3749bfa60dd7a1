"""The office of Tuban with invented people, and what they order; the same on every run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID

import apsw

from adminduk import Actor, Office, Person, Role, commands
from adminduk.codec import to_json
from adminduk.commands import Scan, Shown, Way
from adminduk.envelope import OpenKeyring
from adminduk.ports import Storage
from adminduk.records import Collector, DeliveryWay, Letter, Relation
from adminduk.storage.sqlite import SQLiteStorage
from adminduk.values import RegionCode, TrackingCode

__all__ = [
    "ACCEPTED",
    "COLLECTOR",
    "DISTRICT",
    "LETTER",
    "OFFICE",
    "RINI",
    "SITI",
    "TONO",
    "chance",
    "code_of",
    "connection_of",
    "counter_road",
    "district_road",
    "office_at",
    "office_on",
    "order",
    "print_of",
    "sqlite",
    "submit_many",
    "verification",
]

OFFICE: Final = "35.23"
DISTRICT: Final = "35.23.08"
VILLAGE: Final = "35.23.08.2001"

KEYRING: Final = OpenKeyring(bytes(32))

SITI: Final = Actor("siti", Role.VILLAGE_OPERATOR, VILLAGE)
RINI: Final = Actor("rini", Role.REGISTRY_OPERATOR, OFFICE)
TONO: Final = Actor("tono", Role.PRINT_OPERATOR, OFFICE)
JOKO: Final = Actor("joko", Role.COURIER, OFFICE)
DEWI: Final = Actor("dewi", Role.DISTRICT_OPERATOR, DISTRICT)
LESTARI: Final = Actor("lestari", Role.FRONT_DESK, OFFICE)

ACCEPTED: Final = ("f-1-02", "surat-hilang")
LETTER: Final = Letter("470/12", date(2021, 10, 12))
COLLECTOR: Final = Collector(name="Budi", relation=Relation.SELF)
SIGNATURE: Final = "Kepala Dinas"

_NOW: Final = datetime(2021, 10, 12, 1, 0, tzinfo=UTC)
_FACTS: Final[dict[str, bool | int | str]] = {
    "applicant_relation": "self",
    "nik_in_form": True,
    "foreign_resident": False,
}
_EVIDENCE: Final = {
    "f-1-02": Shown(Way.SCAN, (Scan("ab" * 32, "image/jpeg", 120_000),)),
    "surat-hilang": Shown(Way.HANDED_IN),
}
_AT_ONCE: Final = 200

Given = tuple[commands.Command, Actor]
"""A command and who gives it."""


def chance(seed: int | str) -> Random:
    """Give chance that is the same on every run."""
    return Random(seed)  # noqa: S311 - only to be told apart


def _ids(seed: int) -> Callable[[], UUID]:
    random = chance(seed)
    return lambda: UUID(int=random.getrandbits(128), version=4)


def sqlite(path: Path) -> SQLiteStorage:
    """Open a file as the library does."""
    return SQLiteStorage(f"sqlite:///{path}")


def connection_of(storage: Storage) -> apsw.Connection:
    """Give the connection of a storage, to set what the library has no setting for."""
    assert isinstance(storage, SQLiteStorage)
    with storage._database.reading() as cursor:  # noqa: SLF001 - as said
        return cursor.connection


def office_on(storage: Storage, seed: int = 1) -> Office:
    """Open the office on a store; its clock stands, its ids come from the seed."""
    storage.add_office(OFFICE, to_json({"format": 1, "secret": "00" * 32}))
    return Office(
        storage,
        RegionCode.parse(OFFICE),
        keyring=KEYRING,
        clock=lambda: _NOW,
        ids=_ids(seed),
    )


def office_at(url: str, master: str | None, seed: int = 1) -> Office:
    """Open an office by the URL of its store, encrypted with a master; else as `office_on`."""
    return Office.open(url, OFFICE, master=master, clock=lambda: _NOW, ids=_ids(seed))


def code_of(number: int) -> TrackingCode:
    """Give the tracking code of the case of a number, anywhere among all codes."""
    return TrackingCode.from_int(chance(number).getrandbits(64))


def order(number: int) -> commands.Submit:
    """Order a lost family card, for the family of a number."""
    day, serial = number // 9999 % 28 + 1, number % 9999 + 1
    head = Person(
        name="Budi", nik=f"352308{day:02}0190{serial:04}", kk=f"352308{day:02}0110{serial:04}"
    )
    return commands.Submit(
        application=code_of(number),
        region=VILLAGE,
        services=("kk-hilang",),
        applicant=head,
        people={"head": head},
        facts=_FACTS,
        evidence=_EVIDENCE,
    )


def verification(code: TrackingCode) -> commands.Verify:
    """Accept everything that a case shows."""
    return commands.Verify(application=code, accepted=ACCEPTED)


def print_of(code: TrackingCode) -> commands.Print:
    """Print the family card of a case."""
    return commands.Print(copy=f"{code}/1", signature=SIGNATURE)


def counter_road(number: int) -> list[Given]:
    """Give the six commands of a whole case whose card is fetched at the counter."""
    code = code_of(number)
    item = f"{code}/1"
    return [
        (order(number), SITI),
        (verification(code), RINI),
        (
            commands.ChooseDelivery(
                application=code, product="kk", way=DeliveryWay.COUNTER, letter=LETTER
            ),
            SITI,
        ),
        (print_of(code), TONO),
        (commands.ToCounter(item=item), LESTARI),
        (commands.HandOver(item=item, to=COLLECTOR), LESTARI),
    ]


def district_road(number: int) -> list[Given]:
    """Give the commands that bring the card of a case to the district."""
    code = code_of(number)
    item = f"{code}/1"
    return [
        (order(number), SITI),
        (verification(code), RINI),
        (print_of(code), TONO),
        (commands.Plan(bag="B1", to=DISTRICT, items=(item,)), TONO),
        (commands.Seal(bag="B1", count=1), TONO),
        (commands.Depart(bag="B1"), JOKO),
        (commands.Arrive(bag="B1", seal_whole=True), DEWI),
        (commands.Count(bag="B1", arrived=(item,)), DEWI),
        (commands.Finish(bag="B1"), DEWI),
    ]


def submit_many(office: Office, numbers: Sequence[int]) -> None:
    """Submit the cases of some numbers, many in one transaction."""
    for start in range(0, len(numbers), _AT_ONCE):
        office.do_all(map(order, numbers[start : start + _AT_ONCE]), by=SITI)
