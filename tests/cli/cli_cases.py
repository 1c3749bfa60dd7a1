"""Whole cases as files of commands, as the people of an office write them.

A case says what a family asks for and brings; two ways lead from there to the handover, by the
weekly courier and at the counter. All ids are chosen beforehand, so that a whole file is written
before any of it is run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid5

from attrs import frozen

from adminduk.values import TrackingCode

Line = dict[str, Any]

VILLAGE: Final = "35.23.08.2001"
DISTRICT: Final = "35.23.08"
OFFICE: Final = "35.23"

SITI: Final = {"id": "siti", "role": "village_operator", "region": VILLAGE}
TRI: Final = {"id": "tri", "role": "district_operator", "region": DISTRICT}
RINI: Final = {"id": "rini", "role": "registry_operator", "region": OFFICE}
JOKO: Final = {"id": "joko", "role": "print_operator", "region": OFFICE}
WAHYU: Final = {"id": "wahyu", "role": "courier", "region": OFFICE}
AYU: Final = {"id": "ayu", "role": "front_desk", "region": OFFICE}

HEAD: Final = {"name": "Agus Santoso", "nik": "3523081703880004", "kk": "3523081203150007"}
MOTHER: Final = {"name": "Sri Wahyuni", "nik": "3523084107900001"}
HOLDER: Final = {"name": "Bambang Setiawan", "nik": "3523081708950003"}
CHILD: Final = {
    "name": "Kirana Putri Santoso",
    "birth_date": "2021-07-05",
    "sex": "female",
    "birth_order": 1,
}

_BLANKS: Final = {"ktp", "kia"}
_NAMESPACE: Final = UUID("2f1b6d0e-6f0a-4a55-8a49-2a0a4e1f7c11")


@frozen
class Case:
    """What a family asks for.

    Attributes:
        services: What is applied for.
        people: Whom it is about.
        facts: Answers to the questions of the list.
        items: What is on the list, and how it is shown at the counter.
        products: What is delivered, in the order of the copies.
        originals: Items whose originals are handed in before the handover.
        attend: Acts for which the person must come.
        left: Items that are handed in at the village hall too, where others are scanned.
    """

    services: tuple[str, ...]
    people: Mapping[str, Mapping[str, Any]]
    items: Mapping[str, str]
    products: tuple[str, ...]
    facts: Mapping[str, bool | int | str] = {"applicant_relation": "self"}
    originals: tuple[str, ...] = ()
    attend: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


_BIRTH_FACTS: Final = {
    "applicant_relation": "self",
    "birth_letter": True,
    "foundling": False,
    "parents_marriage": "recorded",
}

CASES: Final[dict[str, Case]] = {
    "ktp-baru": Case(
        ("ktp-baru",),
        {"holder": HOLDER},
        {"f-1-02": "handed_in", "kk": "seen"},
        ("ktp",),
        facts={"applicant_relation": "self", "holder_age": 17, "ever_married": False},
        attend=("biometrics",),
    ),
    "ktp-hilang": Case(
        ("ktp-hilang",),
        {"holder": HOLDER},
        {"f-1-02": "handed_in", "surat-hilang": "handed_in"},
        ("ktp",),
        originals=("surat-hilang",),
    ),
    "kk-ubah-data": Case(
        ("kk-ubah-data",),
        {"head": HEAD},
        {
            "f-1-02": "handed_in",
            "f-1-06": "handed_in",
            "kk": "handed_in",
            "bukti-perubahan": "seen",
        },
        ("kk",),
        facts={"applicant_relation": "self", "joins_under_17": False},
        originals=("kk",),
    ),
    "kk-tambah-anak": Case(
        ("kk-tambah-anak",),
        {"head": HEAD, "child": CHILD},
        {"f-1-02": "handed_in", "f-1-01": "handed_in", "kk": "handed_in", "akta-lahir": "seen"},
        ("kk",),
        facts={"applicant_relation": "self", "child_has_nik": False, "child_has_akta": True},
        originals=("kk",),
    ),
    "kk-hilang": Case(
        ("kk-hilang",),
        {"head": HEAD},
        {"f-1-02": "handed_in", "surat-hilang": "handed_in", "ktp-el": "seen"},
        ("kk",),
        facts={"applicant_relation": "self", "foreign_resident": False},
        originals=("surat-hilang",),
    ),
    "akta-lahir": Case(
        ("akta-lahir",),
        {"mother": MOTHER, "child": CHILD},
        {"f-2-01": "handed_in", "surat-lahir": "seen", "buku-nikah": "seen", "kk": "seen"},
        ("akta-lahir",),
        facts=_BIRTH_FACTS,
    ),
    "birth": Case(
        ("akta-lahir", "kk-tambah-anak", "kia-baru-0-5"),
        {"head": HEAD, "mother": MOTHER, "child": CHILD},
        {
            "f-2-01": "handed_in",
            "surat-lahir": "seen",
            "buku-nikah": "seen",
            "kk": "seen",
            "f-1-02": "handed_in",
            "f-1-01": "handed_in",
            "ktp-orang-tua": "seen",
        },
        ("akta-lahir", "kk", "kia"),
        facts={**_BIRTH_FACTS, "child_has_nik": False},
        originals=("kk",),
    ),
    "kia-baru-0-5": Case(
        ("kia-baru-0-5",),
        {"child": {**CHILD, "nik": "3523084507210001"}},
        {"f-1-02": "handed_in", "akta-lahir": "seen", "kk": "seen", "ktp-orang-tua": "seen"},
        ("kia",),
    ),
    "legalisir": Case(
        ("legalisir",),
        {"holder": HOLDER},
        {"dokumen-asli": "seen", "fotokopi": "handed_in"},
        (),
        facts={"document_kind": "paper"},
        left=("fotokopi",),
    ),
}
"""A case of each service, and the three of a birth together."""


def code_of(number: int) -> str:
    """Give the tracking code of the case of that number."""
    return TrackingCode.from_int(number * 7919 * 31**6 + 20210712).full()


class Book:
    """Writes down one command after the other, a minute apart, each with an id of its own."""

    def __init__(self, name: str, hour: int = 8) -> None:
        self.lines: list[Line] = []
        self._name = name
        self._at = datetime(2021, 7, 12, hour, tzinfo=timezone(timedelta(hours=7)))

    def add(self, by: Mapping[str, Any], do: str, **with_: Any) -> None:
        """Write a command down."""
        self._at += timedelta(minutes=1)
        self.lines.append(
            {
                "id": str(uuid5(_NAMESPACE, f"{self._name}/{len(self.lines)}")),
                "by": dict(by),
                "at": self._at.isoformat(),
                "do": do,
                "with": with_,
            }
        )


def scan(item: str) -> dict[str, Any]:
    """Show an item by a scan."""
    digest = sha256(item.encode()).hexdigest()
    return {"way": "scan", "scans": [{"digest": digest, "type": "image/jpeg", "size": 240_000}]}


def submission(case: Case, code: str, by: Mapping[str, Any] = SITI) -> dict[str, Any]:
    """Give the fields of a submission: with scans in the village, with papers at the counter."""
    counter = by["role"] == "front_desk"
    return {
        "application": code,
        "region": VILLAGE,
        "services": list(case.services),
        "applicant": {**next(iter(case.people.values())), "phone": "0812-3456-7890"},
        "people": dict(case.people),
        "facts": dict(case.facts),
        "evidence": {
            item: {"way": way} if counter or item in case.left else scan(item)
            for item, way in case.items.items()
        },
    }


def _to_print(book: Book, case: Case, code: str, by: Mapping[str, Any]) -> None:
    """Write down everything from the submission to the print."""
    book.add(by, "submit", **submission(case, code, by))
    for act in case.attend:
        book.add(AYU, "attend", application=code, act=act)
    book.add(RINI, "verify", application=code, accepted=list(case.items))
    for number, product in enumerate(case.products, start=1):
        copy = f"{code}/{number}"
        if product in _BLANKS:
            book.add(JOKO, "print", copy=copy, blank=f"{product}-{code}")
        else:
            book.add(JOKO, "print", copy=copy, signature="Endang Sulastri")


def _copies(case: Case, code: str) -> list[str]:
    return [f"{code}/{number}" for number in range(1, len(case.products) + 1)]


def _hand_over(book: Book, by: Mapping[str, Any], items: Iterable[str]) -> None:
    for item in items:
        book.add(by, "hand_over", item=item, to={"name": "Agus Santoso", "relation": "self"})


def by_courier(case: Case, code: str) -> list[Line]:
    """Write a case from the village hall to the handover there, through the weekly bag."""
    book, copies, bag = Book(f"courier/{code}"), _copies(case, code), f"BAG-{code}"
    _to_print(book, case, code, SITI)
    if copies:
        book.add(JOKO, "plan", bag=bag, to=DISTRICT, items=copies, day="2021-07-15")
        book.add(JOKO, "seal", bag=bag, count=len(copies))
        book.add(WAHYU, "depart", bag=bag)
        book.add(TRI, "arrive", bag=bag, seal_whole=True)
        book.add(TRI, "count", bag=bag, arrived=copies)
        book.add(TRI, "finish", bag=bag)
        for copy in copies:
            book.add(SITI, "collect", item=copy)
        for item in case.originals:
            book.add(SITI, "take_in", original=f"{code}/{item}")
        _hand_over(book, SITI, copies)
    return book.lines


def at_counter(case: Case, code: str) -> list[Line]:
    """Write a case from the counter of the office to the handover there."""
    book, copies = Book(f"counter/{code}"), _copies(case, code)
    _to_print(book, case, code, AYU)
    for copy in copies:
        book.add(AYU, "to_counter", item=copy)
    for item in case.originals:
        if case.items[item] != "handed_in":
            book.add(AYU, "take_in", original=f"{code}/{item}")
    _hand_over(book, AYU, copies)
    return book.lines


WAYS: Final[dict[str, Callable[[Case, str], list[Line]]]] = {
    "courier": by_courier,
    "counter": at_counter,
}


def as_file(lines: Iterable[Any]) -> bytes:
    """Give commands as a file, one a line; what is bytes already stays as it is."""
    return b"".join(
        (line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines
    )
