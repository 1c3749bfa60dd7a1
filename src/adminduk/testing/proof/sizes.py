"""How large an office is walked through: few cases, copies, bags and people, but all of them do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from attrs import field, frozen

from adminduk.catalogue import load
from adminduk.checklist import Checklist, checklist, settle_facts
from adminduk.records import Actor, Person, Post
from adminduk.testing.cast import CAST, VILLAGES
from adminduk.testing.proof.essence import NOW
from adminduk.values import TrackingCode

__all__ = ["SIZES", "Ref", "Size"]

Ref = tuple[str, str]

_FAMILY: Final = {
    party: Person(
        name=f"Bapak {party}", nik=f"352308010190000{number}", kk="3523080101100001"
    )
    for number, party in enumerate(("head", "holder", "deceased"), start=1)
}
_EVERYBODY: Final = "desa-2001 camat-08 rini rudi cetak kurir loket sistem"


@frozen(slots=False)
class Size:
    """What there is in an office that is walked through.

    Attributes:
        about: What it is for, in words.
        services: What each case asks for.
        facts: Answers to what is asked about it.
        cases: How many cases of one family there may be.
        copies: How many copies of each case are made at most.
        bags: How many bags are under way at once, at most, out to the district or home.
        cast: Who acts, by their names in the cast of the modelled office.
        without: Commands that nobody gives.
    """

    about: str
    services: tuple[str, ...]
    facts: Mapping[str, bool | int | str]
    cases: int = 1
    copies: int = 1
    bags: int = 1
    cast: str = _EVERYBODY
    without: frozenset[str] = field(default="", converter=lambda names: frozenset(names.split()))

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """Who acts."""
        return tuple(one for one in CAST if one.id in self.cast.split())

    @cached_property
    def people(self) -> dict[str, Person]:
        """Whom the cases are about."""
        services = [load().service(one, NOW.date()) for one in self.services]
        parties = {party.id for one in services for party in one.parties}
        return {party: person for party, person in _FAMILY.items() if party in parties}

    def todo(self, channel: str) -> Checklist:
        """Give what a case must show at a door."""
        facts = settle_facts(load(), self.facts, self.people, NOW.date())
        return checklist(load(), self.services, facts, NOW.date(), channel)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the cases."""
        return tuple(TrackingCode.from_int(number).full() for number in range(1, self.cases + 1))

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        """Give every record that there can be."""
        return tuple(self._refs())

    def _refs(self) -> Iterator[Ref]:
        items = [one.id for one in self.todo("village").needed if one.surrender is not None]
        for code in self.codes:
            yield "application", code
            for number in range(1, self.copies + 1):
                yield "copy", f"{code}/{number}"
            for item in items:
                yield "original", f"{code}/{item}"
        for number in range(1, self.bags + 1):
            yield "bag", f"K-{number}"


_FROM_THE_DESK: Final = "take correct draft amend attend adopt"

SIZES: Final = {
    "paper": Size(
        "One document on plain paper, once replaced, and the bags that it travels in.",
        ("kk-ganti-kepala",),
        {"applicant_relation": "self"},
        copies=2,
        cast="desa-2001 camat-08 rini cetak kurir sistem",
        without=f"{_FROM_THE_DESK} choose_delivery return withdraw",
    ),
    "ways": Size(
        "One document, sent, fetched at the counter or issued digitally.",
        ("kk-ganti-kepala",),
        {"applicant_relation": "self"},
        without=_FROM_THE_DESK,
    ),
    "original": Size(
        "A card on a blank, and the old one that is handed in for it.",
        ("ktp-rusak",),
        {"applicant_relation": "self"},
        without=f"{_FROM_THE_DESK} choose_delivery return withdraw",
        cast="desa-2001 camat-08 rini cetak kurir sistem",
    ),
    "desk": Size(
        "Two cases about one family, as far as their verification.",
        ("kk-ganti-kepala",),
        {"applicant_relation": "self"},
        cases=2,
        copies=1,
        bags=0,
        cast="warga-2001 desa-2001 ratna rini loket sistem",
        without="print issue adopt",
    ),
}
