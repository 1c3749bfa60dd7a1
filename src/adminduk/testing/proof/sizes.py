"""How large an office is walked through: few cases, copies, bags and people, but all of them do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from attrs import field, frozen

from adminduk.catalogue import load
from adminduk.checklist import Checklist, checklist, settle_facts
from adminduk.records import Actor, Person
from adminduk.testing.cast import CAST
from adminduk.testing.proof.essence import NOW
from adminduk.values import TrackingCode

__all__ = ["LARGE", "LARGEST", "SIZES", "SMALL", "Ref", "Size"]

Ref = tuple[str, str]

_FAMILY: Final = {
    party: Person(name=f"Bapak {party}", nik=f"352308010190000{number}", kk="3523080101100001")
    for number, party in enumerate(("head", "holder", "deceased"), start=1)
}
_EVERYBODY: Final = "desa-2001 camat-08 rini rudi cetak kurir loket sistem"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
        left: Papers that somebody may leave with the office though nobody asked for them.
        cast: Who acts, by their names in the cast of the modelled office.
        without: Commands that nobody gives.
    """

    about: str
    services: tuple[str, ...]
    facts: Mapping[str, bool | int | str]
    cases: int = 1
    copies: int = 1
    bags: int = 1
    left: tuple[str, ...] = ()
    cast: str = _EVERYBODY
    without: frozenset[str] = field(default="", converter=_names)

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
            for item in (*items, *self.left):
                yield "original", f"{code}/{item}"
        for number in range(1, self.bags + 1):
            yield "bag", f"K-{number}"


_SELF: Final = {"applicant_relation": "self"}
_NOT_TOLD_HERE: Final = "take correct draft amend attend adopt"
_ROAD: Final = "desa-2001 camat-08 rini cetak kurir sistem"
_COUNTER: Final = "rini cetak loket sistem"

SMALL: Final = {
    "desk": Size(
        "One case, from every door to its verification; who comes must be seen in person.",
        ("ktp-baru",),
        {**_SELF, "holder_age": 30, "ever_married": True},
        bags=0,
        cast="warga-2001 desa-2001 ratna rini loket sistem",
        without="print misprint adopt choose_delivery reopen",
    ),
    "two-cases": Size(
        "Two cases of one family, of which one at a time may be open.",
        ("kk-ganti-kepala",),
        _SELF,
        cases=2,
        bags=0,
        cast="desa-2001 rini kepala loket sistem",
        without="take correct attend amend print issue adopt choose_delivery",
    ),
    "again": Size(
        "One document, made again when something is wrong with it; at the counter or digitally.",
        ("kk-ganti-kepala",),
        _SELF,
        copies=2,
        bags=0,
        cast=_COUNTER,
        without=f"{_NOT_TOLD_HERE} return withdraw",
    ),
    "road": Size(
        "One document and the bag that it travels in, out and home.",
        ("kk-ganti-kepala",),
        _SELF,
        cast=_ROAD,
        without=f"{_NOT_TOLD_HERE} choose_delivery return withdraw",
    ),
    "due": Size(
        "A card at the counter, and the old one that is due before it is handed over.",
        ("ktp-rusak",),
        _SELF,
        bags=0,
        cast="desa-2001 rini cetak loket sistem",
        without=f"{_NOT_TOLD_HERE} return withdraw take_in found",
    ),
}
"""Walked through with every change."""

LARGE: Final = {
    "astray": Size(
        "One document and a bag, which may be left at another district, and found there.",
        ("kk-ganti-kepala",),
        _SELF,
        cast=f"{_ROAD} camat-16",
        without=f"{_NOT_TOLD_HERE} choose_delivery return withdraw",
    ),
    "adopted": Size(
        "One document that was there before the library, wherever it was, and a bag.",
        ("kk-ganti-kepala",),
        _SELF,
        cast=f"{_ROAD} loket",
        without=f"{_NOT_TOLD_HERE} submit choose_delivery return withdraw".replace("adopt ", ""),
    ),
    "filed": Size(
        "A family card at the counter, and the spoiled one, which the office keeps.",
        ("kk-rusak",),
        {**_SELF, "foreign_resident": False},
        bags=0,
        cast=_COUNTER,
        without=f"{_NOT_TOLD_HERE} return withdraw",
    ),
    "left": Size(
        "A case that makes no document, and a paper that is left there though nobody asked for it.",
        ("legalisir",),
        {"document_kind": "paper"},
        copies=0,
        left=("buku-nikah",),
        cast=f"{_ROAD} loket",
        without=f"{_NOT_TOLD_HERE} return withdraw choose_delivery",
    ),
    "lent": Size(
        "A change of name, which makes no document, and the certificate that is lent for it.",
        ("perubahan-nama",),
        {
            "applicant_relation": "self",
            "certificate_elsewhere": False,
            "foreign_subject": False,
        },
        copies=0,
        cast=f"{_ROAD} loket",
        without=_NOT_TOLD_HERE,
    ),
    "two-bags": Size(
        "One document and two bags: it lies in another than it was sealed into.",
        ("kk-ganti-kepala",),
        _SELF,
        bags=2,
        cast=_ROAD,
        without=f"{_NOT_TOLD_HERE} choose_delivery return withdraw reopen unseal come_back",
    ),
    "two-documents": Size(
        "A card and a family card in one case, sent or fetched at the counter.",
        ("ktp-rusak", "kk-ganti-kepala"),
        _SELF,
        copies=2,
        bags=0,
        cast=_COUNTER,
        without=f"{_NOT_TOLD_HERE} return withdraw",
    ),
}
"""Walked through by the full profile."""

LARGEST: Final = {
    "again-on-the-road": Size(
        "One document, made again, and the bag that the two copies travel in.",
        ("kk-ganti-kepala",),
        _SELF,
        copies=2,
        cast=_ROAD,
        without=f"{_NOT_TOLD_HERE} choose_delivery return withdraw",
    ),
    "original-on-the-road": Size(
        "A card, the old one that is handed in for it, and the bag that they travel in.",
        ("ktp-rusak",),
        _SELF,
        cast=_ROAD,
        without=f"{_NOT_TOLD_HERE} choose_delivery return withdraw",
    ),
}
"""Walked through by hand: each takes ten minutes or more."""

SIZES: Final = {**SMALL, **LARGE, **LARGEST}
