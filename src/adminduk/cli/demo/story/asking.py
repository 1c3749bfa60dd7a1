"""What the families of the story apply for, and what they bring."""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import evolve

from adminduk import commands as c
from adminduk.cli.demo import cast
from adminduk.cli.demo.stage import Ask
from adminduk.records import DeliveryWay, Letter

__all__ = [
    "BIRTH",
    "BIRTH_ASKED",
    "BIRTH_ITEMS",
    "BIRTH_WHOLE",
    "CARD_ITEMS",
    "CHANGE",
    "CHANGE_AT_COUNTER",
    "KK_ITEMS",
    "LOST_CARD",
    "LOST_KK",
    "SCHOOL",
    "SCHOOL_ITEMS",
    "URGENT_CARD",
    "URGENT_WAY",
]

_BIRTH_SERVICES: Final = ("akta-lahir", "kk-tambah-anak", "kia-baru-0-5")
_BIRTH_FACTS: Final[dict[str, bool | int | str]] = {
    "applicant_relation": "self",
    "birth_letter": True,
    "child_has_nik": False,
    "foundling": False,
    "parents_marriage": "recorded",
}
_BROUGHT: Final = ("f-1-01", "f-1-02", "f-2-01", "buku-nikah", "kk", "ktp-orang-tua")

BIRTH_ITEMS: Final = (*_BROUGHT, "surat-lahir")
BIRTH_ASKED: Final = Ask(_BIRTH_SERVICES, {**_BIRTH_FACTS, "child_age": 0})
BIRTH: Final = c.Submit(
    application=cast.BIRTH,
    region=cast.GEMULUNG,
    services=_BIRTH_SERVICES,
    applicant=cast.AGUS,
    people={"head": cast.AGUS, "mother": cast.SRI, "child": cast.CHILD},
    facts=_BIRTH_FACTS,
    evidence=cast.scans(*_BROUGHT),
)
BIRTH_WHOLE: Final = evolve(BIRTH, evidence=cast.scans(*BIRTH_ITEMS))

CARD_ITEMS: Final = ("f-1-02", "surat-hilang")
LOST_CARD: Final = c.Submit(
    application=cast.LOST_CARD,
    region=cast.MARGOREJO,
    services=("ktp-hilang",),
    applicant=cast.WULAN,
    people={"holder": cast.WULAN},
    facts={"applicant_relation": "self"},
    evidence=cast.scans(*CARD_ITEMS),
)
URGENT_CARD: Final = evolve(
    LOST_CARD,
    application=cast.URGENT_CARD,
    region=cast.GEMULUNG,
    applicant=cast.BAMBANG,
    people={"holder": cast.BAMBANG},
)
URGENT_WAY: Final = c.ChooseDelivery(
    application=cast.URGENT_CARD,
    product="ktp",
    way=DeliveryWay.COUNTER,
    letter=Letter("470/112/2021", date(2021, 7, 12)),
)

KK_ITEMS: Final = ("f-1-02", "ktp-el", "surat-hilang")
LOST_KK: Final = c.Submit(
    application=cast.LOST_KK,
    region=cast.MONTONGSEKAR,
    services=("kk-hilang",),
    applicant=cast.MULYANTO,
    people={"head": evolve(cast.MULYANTO, name="Mulyono")},
    facts={"applicant_relation": "self", "foreign_resident": False},
    evidence=cast.scans(*KK_ITEMS),
)

SCHOOL_ITEMS: Final = ("dokumen-asli", "fotokopi")
SCHOOL: Final = c.Submit(
    application=cast.SCHOOL,
    region=cast.MONTONGSEKAR,
    services=("legalisir",),
    applicant=cast.DIMAS,
    people={"holder": cast.DIMAS},
    facts={"applicant_relation": "self", "document_kind": "paper", "purpose": "school"},
    evidence={"dokumen-asli": cast.SEEN, "fotokopi": cast.HANDED_IN},
)

_CHANGE_SCANNED: Final = ("f-1-02", "f-1-06", "bukti-perubahan")
CHANGE: Final = c.Submit(
    application=cast.CHANGE,
    region=cast.MARGOREJO,
    services=("kk-ubah-data",),
    applicant=cast.KARTINI,
    people={"head": cast.KARTINI},
    facts={"applicant_relation": "self", "joins_under_17": False},
    evidence={**cast.scans(*_CHANGE_SCANNED), "kk": cast.HANDED_IN},
)
CHANGE_AT_COUNTER: Final = evolve(
    CHANGE,
    evidence={
        "f-1-02": cast.HANDED_IN,
        "f-1-06": cast.HANDED_IN,
        "bukti-perubahan": cast.SEEN,
        "kk": cast.HANDED_IN,
    },
)
