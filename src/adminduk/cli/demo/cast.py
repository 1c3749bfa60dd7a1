"""Who and what the story is about: real places, and persons who are all invented."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Final

from adminduk.catalogue import Way
from adminduk.records import Actor, Person, Post, Role, Scan, Shown
from adminduk.values import RegionCode, Sex, TrackingCode

__all__ = [
    "AGUS",
    "AYU",
    "BAMBANG",
    "BIRTH",
    "BUDI",
    "BUDI_PRINTING",
    "CASES",
    "CHANGE",
    "CHILD",
    "DEWI",
    "DIMAS",
    "ENDANG",
    "GEMULUNG",
    "HANDED_IN",
    "JOKO",
    "KARTINI",
    "KEREK",
    "LILIK",
    "LOST_CARD",
    "LOST_KK",
    "MARGOREJO",
    "MONTONG",
    "MONTONGSEKAR",
    "MULYANTO",
    "REGENCY",
    "RINI",
    "SCHOOL",
    "SEEN",
    "SITI",
    "SRI",
    "TRI",
    "URGENT_CARD",
    "WAHYU",
    "WULAN",
    "YANTO",
    "scan",
    "scans",
]

REGENCY: Final = RegionCode.parse("35.23")
KEREK: Final = RegionCode.parse("35.23.08")
GEMULUNG: Final = RegionCode.parse("35.23.08.2001")
MARGOREJO: Final = RegionCode.parse("35.23.08.2008")
MONTONG: Final = RegionCode.parse("35.23.10")
MONTONGSEKAR: Final = RegionCode.parse("35.23.10.2006")

ENDANG: Final = Actor("endang", Role.HEAD_OF_OFFICE, REGENCY)
SITI: Final = Actor("siti", Role.VILLAGE_OPERATOR, GEMULUNG)
YANTO: Final = Actor("yanto", Role.VILLAGE_OPERATOR, MARGOREJO)
LILIK: Final = Actor("lilik", Role.VILLAGE_OPERATOR, MONTONGSEKAR)
TRI: Final = Actor("tri", Role.DISTRICT_OPERATOR, KEREK)
DEWI: Final = Actor("dewi", Role.DISTRICT_OPERATOR, MONTONG)
RINI: Final = Actor("rini", Role.REGISTRY_OPERATOR, REGENCY)
JOKO: Final = Actor("joko", Role.PRINT_OPERATOR, REGENCY)
WAHYU: Final = Actor("wahyu", Role.COURIER, REGENCY)
AYU: Final = Actor("ayu", Role.FRONT_DESK, REGENCY)

BUDI: Final = Actor("budi", Role.REGISTRY_OPERATOR, REGENCY)
BUDI_PRINTING: Final = Actor(
    "budi", Role.PRINT_OPERATOR, REGENCY, (Post(Role.REGISTRY_OPERATOR, REGENCY),)
)
"""The same Budi on the days on which he prints for Joko; his other post is still his."""

BIRTH: Final = TrackingCode.parse("K7M2Q9XD4H-T")
URGENT_CARD: Final = TrackingCode.parse("N4WG2ECYFB-7")
LOST_CARD: Final = TrackingCode.parse("WXA53WN695-F")
LOST_KK: Final = TrackingCode.parse("B5EUQVZZGS-J")
SCHOOL: Final = TrackingCode.parse("DN52CGX7SP-T")
CHANGE: Final = TrackingCode.parse("QU3W8B88BF-J")
CASES: Final = (BIRTH, URGENT_CARD, LOST_CARD, LOST_KK, SCHOOL, CHANGE)

AGUS: Final = Person(
    name="Agus Santoso", nik="3523081703880004", kk="3523081203150007", phone="0812-3456-7890"
)
SRI: Final = Person(name="Sri Wahyuni", nik="3523084107900001")
CHILD: Final = Person(
    name="Kirana Putri Santosa", birth_date=date(2021, 7, 5), sex=Sex.FEMALE, birth_order=1
)
BAMBANG: Final = Person(name="Bambang Setiawan", nik="3523081708950003", phone="0812-9876-5432")
WULAN: Final = Person(name="Wulan Lestari", nik="3523085502980002", phone="0812-1111-2345")
MULYANTO: Final = Person(
    name="Mulyanto", nik="3523101105790001", kk="3523100906100003", phone="0812-2222-3456"
)
KARTINI: Final = Person(
    name="Kartini", nik="3523086104750001", kk="3523080308090002", phone="0812-3333-4567"
)
DIMAS: Final = Person(name="Dimas Prasetyo", nik="3523102008030001", phone="0812-4444-5678")

SEEN: Final = Shown(Way.SEEN)
HANDED_IN: Final = Shown(Way.HANDED_IN)


def scan(item: str) -> Scan:
    """Scan an item of the list."""
    return Scan(sha256(item.encode()).hexdigest(), "image/jpeg", 240_000)


def scans(*items: str) -> dict[str, Shown]:
    """Show items of the list by scans."""
    return {item: Shown(Way.SCAN, (scan(item),)) for item in items}
