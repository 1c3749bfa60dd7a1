"""What invented families apply for: complete, but for what chance leaves out or spoils."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from attrs import evolve, frozen

from adminduk.catalogue import Way
from adminduk.checklist import Checklist
from adminduk.errors import InvalidInput
from adminduk.office import Office
from adminduk.records import Actor, Person, Role, Scan, Shown
from adminduk.values import Sex

__all__ = ["SERVICES", "Request", "invented_scan", "request", "show", "show_all"]

SERVICES: Final = (
    ("ktp-baru",),
    ("ktp-hilang",),
    ("ktp-rusak",),
    ("kk-ubah-data",),
    ("kk-tambah-anak",),
    ("kk-hilang",),
    ("akta-lahir",),
    ("akta-lahir", "kk-tambah-anak", "kia-baru-0-5"),
    ("kia-baru-0-5",),
    ("perubahan-nama",),
    ("legalisir",),
)
"""What families apply for together."""

_FAMILIES: Final = 30
_CHANNELS: Final = {
    Role.APPLICANT: "online",
    Role.VILLAGE_OPERATOR: "village",
    Role.DISTRICT_OPERATOR: "district",
    Role.FRONT_DESK: "counter",
}


@frozen
class Request:
    """What an operator types in for a family.

    Attributes:
        services: What is applied for.
        applicant: Who applies.
        people: By party.
        facts: Answers to every question that decides something.
        todo: What must be shown.
    """

    services: tuple[str, ...]
    applicant: Person
    people: dict[str, Person]
    facts: dict[str, bool | int | str]
    todo: Checklist


def request(office: Office, by: Actor, on: date, chance: Random) -> Request:
    """Let a family ask for something; few enough families that they get in their own way."""
    family = chance.randrange(_FAMILIES)
    services = chance.choice(SERVICES)
    parties = {
        party.id for service in services for party in office.catalogue.service(service, on).parties
    }
    people = {str(party): _person(party, family, on) for party in sorted(parties)}
    if "child" in people and "akta-lahir" not in services:
        nik = f"352308{_day(family, family % 2)}21{family + 1:04}"
        people["child"] = evolve(people["child"], nik=nik)
    applicant = Person(
        name=f"Pemohon {family}",
        nik=f"352308{_day(family, 0)}85{family + 1:04}",
        phone=f"0812000{family:05}" if family % 2 else None,
    )
    asked = {"people": people, "on": on, "channel": _CHANNELS[by.role]}
    facts, todo = _answers(office, services, asked, chance)
    return Request(services, applicant, people, facts, todo)


def _day(family: int, woman: int) -> str:
    return f"{family % 28 + 1 + 40 * woman:02}{family % 12 + 1:02}"


def _person(party: str, family: int, on: date) -> Person:
    """Give somebody of a family, with everything that any service may need to know."""
    kk = f"352308010110{family + 1:04}"
    if party == "child":
        return Person(
            name=f"Anak {family}",
            birth_date=on - timedelta(days=family * 40),
            sex=Sex.FEMALE if family % 2 else Sex.MALE,
            birth_order=1 + family % 3,
        )
    born = date(1990, family % 12 + 1, family % 28 + 1)
    woman = party == "mother"
    return Person(
        name=f"{'Ibu' if woman else 'Bapak'} {family}",
        nik=f"352308{_day(family, int(woman))}90{family + 1:04}",
        kk=kk,
        birth_date=born,
        sex=Sex.FEMALE if woman else Sex.MALE,
    )


def _answers(
    office: Office, services: tuple[str, ...], asked: dict[str, Any], chance: Random
) -> tuple[dict[str, bool | int | str], Checklist]:
    """Answer questions as they come until the list is final; a contradiction is taken back."""
    facts: dict[str, bool | int | str] = {}
    todo = office.checklist(*services, facts=facts, **asked)
    for _ in range(100):
        if not todo.questions:
            break
        question = todo.questions[0]
        first, *_ = question.domain  # the most usual answer, more often than the others
        longer = {**facts, question.id: chance.choice([first, *question.domain])}
        try:
            todo = office.checklist(*services, facts=longer, **asked)
        except InvalidInput:
            continue
        facts = longer
    return facts, todo


def invented_scan(chance: Random) -> Scan:
    """Name a scan of which there is no file."""
    return Scan(f"{chance.getrandbits(256):064x}", "image/jpeg", 4321)


def show(
    ways: Iterable[Way], chance: Random, scan: Callable[[Random], Scan] = invented_scan
) -> Shown:
    """Show a paper in one of the ways that are accepted; where that is a scan, it is made so."""
    way = chance.choice(sorted(ways))
    return Shown(way, (scan(chance),) if way is Way.SCAN else ())


def show_all(todo: Checklist, chance: Random) -> dict[str, Shown]:
    """Show everything that must be brought."""
    return {item.id: show(item.ways, chance) for item in todo.needed}
