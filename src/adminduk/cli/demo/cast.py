"""Who and what the story is about: real places, and persons who are all invented."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Final

from adminduk.catalogue import Way
from adminduk.records import Actor, Person, Role, Scan, Shown
from adminduk.values import RegionCode, Sex, TrackingCode

__all__ = [
    "AGUS",
    "AYU",
    "BAMBANG",
    "BIRTH",
    "BROUGHT",
    "BUDI",
    "CHILD",
    "DISTRICT",
    "FACTS",
    "HEAD",
    "JOKO",
    "LOST",
    "REGENCY",
    "RINI",
    "SERVICES",
    "SITI",
    "SRI",
    "TRI",
    "VILLAGE",
    "WAHYU",
    "scan",
]

REGENCY: Final = RegionCode.parse("35.23")
DISTRICT: Final = RegionCode.parse("35.23.08")
VILLAGE: Final = RegionCode.parse("35.23.08.2001")

SITI: Final = Actor("siti", Role.VILLAGE_OPERATOR, VILLAGE)
TRI: Final = Actor("tri", Role.DISTRICT_OPERATOR, DISTRICT)
BUDI: Final = Actor("budi", Role.REGISTRY_OPERATOR, REGENCY)
RINI: Final = Actor("rini", Role.REGISTRY_OPERATOR, REGENCY)
JOKO: Final = Actor("joko", Role.PRINT_OPERATOR, REGENCY)
WAHYU: Final = Actor("wahyu", Role.COURIER, REGENCY)
AYU: Final = Actor("ayu", Role.FRONT_DESK, REGENCY)
HEAD: Final = "Endang Sulastri"

BIRTH: Final = TrackingCode.parse("K7M2Q9XD4H-T")
LOST: Final = TrackingCode.parse("N4WG2ECYFB-7")

AGUS: Final = Person(
    name="Agus Santoso", nik="3523081703880004", kk="3523081203150007", phone="0812-3456-7890"
)
SRI: Final = Person(name="Sri Wahyuni", nik="3523084107900001")
CHILD: Final = Person(
    name="Kirana Putri Santosa", birth_date=date(2021, 7, 5), sex=Sex.FEMALE, birth_order=1
)
BAMBANG: Final = Person(name="Bambang Setiawan", nik="3523081708950003", phone="0812-9876-5432")

SERVICES: Final = ("akta-lahir", "kk-tambah-anak", "kia-baru-0-5")
FACTS: Final[dict[str, bool | int | str]] = {
    "applicant_relation": "self",
    "birth_letter": True,
    "child_has_nik": False,
    "foundling": False,
    "parents_marriage": "recorded",
}
BROUGHT: Final = ("f-1-01", "f-1-02", "f-2-01", "buku-nikah", "kk", "ktp-orang-tua")


def scan(item: str) -> Shown:
    """Show an item of the list by a scan."""
    return Shown(Way.SCAN, (Scan(sha256(item.encode()).hexdigest(), "image/jpeg", 240_000),))
