"""The story: a birth in a village and an urgent identity card, in Tuban in July 2021.

The office, its villages and its rules are real; every person is invented.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Final

from attrs import evolve

from adminduk import commands as c
from adminduk.catalogue import Way
from adminduk.cli.demo.stage import Ask, Scene, Step
from adminduk.language import N_
from adminduk.records import (
    Actor,
    Collector,
    DeliveryWay,
    Letter,
    Person,
    Relation,
    Role,
    Scan,
    Shown,
)
from adminduk.values import RegionCode, Sex, TrackingCode

__all__ = ["BIRTH", "DISTRICT", "OPENING", "REGENCY", "SITI", "STORY", "VILLAGE"]

REGENCY: Final = RegionCode.parse("35.23")
DISTRICT: Final = RegionCode.parse("35.23.08")
VILLAGE: Final = RegionCode.parse("35.23.08.2001")

SITI: Final = Actor("siti", Role.VILLAGE_OPERATOR, VILLAGE)
_TRI = Actor("tri", Role.DISTRICT_OPERATOR, DISTRICT)
_BUDI = Actor("budi", Role.REGISTRY_OPERATOR, REGENCY)
_RINI = Actor("rini", Role.REGISTRY_OPERATOR, REGENCY)
_JOKO = Actor("joko", Role.PRINT_OPERATOR, REGENCY)
_WAHYU = Actor("wahyu", Role.COURIER, REGENCY)
_AYU = Actor("ayu", Role.FRONT_DESK, REGENCY)
_HEAD = "Endang Sulastri"

BIRTH: Final = TrackingCode.parse("K7M2Q9XD4H-T")
_LOST = TrackingCode.from_int(20210629 * 31**6 + 4711)

_AGUS = Person(
    name="Agus Santoso", nik="3523081703880004", kk="3523081203150007", phone="0812-3456-7890"
)
_SRI = Person(name="Sri Wahyuni", nik="3523084107900001")
_CHILD = Person(
    name="Kirana Putri Santosa", birth_date=date(2021, 7, 5), sex=Sex.FEMALE, birth_order=1
)
_BAMBANG = Person(name="Bambang Setiawan", nik="3523081708950003", phone="0812-9876-5432")

_SERVICES = ("akta-lahir", "kk-tambah-anak", "kia-baru-0-5")
_FACTS: dict[str, bool | int | str] = {
    "applicant_relation": "self",
    "birth_letter": True,
    "child_has_nik": False,
    "foundling": False,
    "parents_marriage": "recorded",
}
_BROUGHT = ("f-1-01", "f-1-02", "f-2-01", "buku-nikah", "kk", "ktp-orang-tua")


def _scan(item: str) -> Shown:
    return Shown(Way.SCAN, (Scan(sha256(item.encode()).hexdigest(), "image/jpeg", 240_000),))


def _wib(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2021, 7, day, hour, minute, tzinfo=timezone(timedelta(hours=7)))


_APPLY = c.Submit(
    application=BIRTH,
    region=VILLAGE,
    services=_SERVICES,
    applicant=_AGUS,
    people={"head": _AGUS, "mother": _SRI, "child": _CHILD},
    facts=_FACTS,
    evidence={item: _scan(item) for item in _BROUGHT},
)
_COPIES = tuple(f"{BIRTH}/{number}" for number in (1, 2, 3))
_HAND_OVER = tuple(
    c.HandOver(item=item, to=Collector(name="Agus Santoso", relation=Relation.SELF))
    for item in _COPIES
)
_BAG = "TBN-2021-28-KEREK"

OPENING: Final = N_(
    "Tuban, July 2021. Twelve officers of the registry office are in isolation, and since"
    " 29 June its counters are closed to all but the most urgent. So the work goes through"
    " the village halls. The places and the rules are real; every person is invented."
)

STORY: Final = (
    Scene(
        _wib(12, 8, 15),
        N_("Monday 12 July, 8.15: the village hall of {village}"),
        N_(
            "Agus and Sri have a daughter. She needs a birth certificate, a place on the family"
            " card and a child identity card: three documents, one application. Siti, the village"
            " operator, looks up what they must bring, so that they come only once."
        ),
        ask=Ask(_SERVICES, {**_FACTS, "child_age": 0}),
    ),
    Scene(
        _wib(12, 9),
        N_("Monday, 9.00: Agus is back with the papers"),
        N_("One is missing. What is not complete is not taken, and what is missing is named."),
        (
            Step(
                SITI,
                N_("sends the application with what Agus has brought"),
                (_APPLY,),
                refused="checklist_incomplete",
            ),
            Step(
                SITI,
                N_("sends it again, now with the midwife's letter of birth"),
                (
                    evolve(
                        _APPLY, evidence={**_APPLY.evidence, "surat-lahir": _scan("surat-lahir")}
                    ),
                ),
            ),
        ),
    ),
    Scene(
        _wib(12, 10, 30),
        N_("Monday, 10.30: the office in Tuban"),
        N_(
            "Budi compares the data with the scans. The letter of birth says Santoso, not"
            " Santosa. Who corrects an application may not verify it as well; a colleague does."
        ),
        (
            Step(
                _BUDI,
                N_("corrects the child's name by the letter of birth"),
                (
                    c.Correct(
                        application=BIRTH,
                        item="surat-lahir",
                        people={"child": evolve(_CHILD, name="Kirana Putri Santoso")},
                        reason="Santoso, by the letter of birth",
                    ),
                ),
            ),
            Step(
                _BUDI,
                N_("would verify it at once"),
                (c.Verify(application=BIRTH, accepted=_BROUGHT),),
                refused="own_work",
            ),
            Step(
                _RINI,
                N_("looks at every paper and verifies; this orders the three documents"),
                (c.Verify(application=BIRTH, accepted=_BROUGHT),),
            ),
        ),
    ),
    Scene(
        _wib(12, 13),
        N_("Monday, 13.00: something urgent in {village}"),
        N_(
            "Bambang has lost his identity card and begins a new job on Thursday. With a letter"
            " from the village operator he may fetch the new one at the office himself."
        ),
        (
            Step(
                SITI,
                N_("applies for him, and writes the letter"),
                (
                    c.Submit(
                        application=_LOST,
                        region=VILLAGE,
                        services=("ktp-hilang",),
                        applicant=_BAMBANG,
                        people={"holder": _BAMBANG},
                        facts={"applicant_relation": "self"},
                        evidence={item: _scan(item) for item in ("f-1-02", "surat-hilang")},
                    ),
                    c.ChooseDelivery(
                        application=_LOST,
                        product="ktp",
                        way=DeliveryWay.COUNTER,
                        letter=Letter("470/112/2021", date(2021, 7, 12)),
                    ),
                ),
            ),
            Step(
                _BUDI,
                N_("verifies"),
                (c.Verify(application=_LOST, accepted=("f-1-02", "surat-hilang")),),
            ),
        ),
    ),
    Scene(
        _wib(13, 8),
        N_("Tuesday 13 July, 8.00: the printing room"),
        N_(
            "A KTP or KIA is printed on a blank whose number is kept; a family card or a"
            " certificate on white paper, with the signature of the head of office."
        ),
        (
            Step(
                _JOKO,
                N_("prints the birth certificate, the family card and the KIA"),
                (
                    c.Print(copy=_COPIES[0], signature=_HEAD),
                    c.Print(copy=_COPIES[1], signature=_HEAD),
                    c.Print(copy=_COPIES[2], blank="KIA-0048213"),
                ),
            ),
            Step(
                _JOKO,
                N_("prints the identity card"),
                (c.Print(copy=f"{_LOST}/1", blank="KTP-5521870"),),
            ),
        ),
    ),
    Scene(
        _wib(14, 9),
        N_("Wednesday 14 July, 9.00: the counter"),
        N_("The police letter itself is handed in before the card is handed over."),
        (
            Step(_AYU, N_("has the card at the counter"), (c.ToCounter(item=f"{_LOST}/1"),)),
            Step(
                _AYU,
                N_("takes Bambang's police letter, and hands him the card"),
                (
                    c.TakeIn(original=f"{_LOST}/surat-hilang"),
                    c.HandOver(
                        item=f"{_LOST}/1",
                        to=Collector(name="Bambang Setiawan", relation=Relation.SELF),
                    ),
                ),
            ),
        ),
    ),
    Scene(
        _wib(15, 7, 30),
        N_("Thursday 15 July, 7.30: the weekly courier"),
        N_(
            "Once a week a sealed bag goes to each district. What is in it is counted when it is"
            " sealed, and again when it arrives; in between, the courier answers for it."
        ),
        (
            Step(
                _JOKO,
                N_("packs and seals the bag for {district}"),
                (
                    c.Plan(bag=_BAG, to=DISTRICT, items=_COPIES, day=date(2021, 7, 15)),
                    c.Seal(bag=_BAG, count=3, seal="A-1187"),
                ),
            ),
            Step(_WAHYU, N_("takes it along"), (c.Depart(bag=_BAG),)),
        ),
    ),
    Scene(
        _wib(15, 10),
        N_("Thursday, 10.00: the district office of {district}"),
        N_("The seal is whole, and all three are there."),
        (
            Step(
                _TRI,
                N_("opens and counts the bag"),
                (
                    c.Arrive(bag=_BAG, seal_whole=True),
                    c.Count(bag=_BAG, arrived=_COPIES),
                    c.Finish(bag=_BAG),
                ),
            ),
            Step(
                SITI,
                N_("collects the documents of her village"),
                tuple(c.Collect(item=item) for item in _COPIES),
            ),
        ),
    ),
    Scene(
        _wib(16, 8),
        N_("Friday 16 July, 8.00: the village hall of {village}"),
        N_(
            "Agus comes for the documents. The old family card has to be handed in for the new one."
        ),
        (
            Step(
                SITI,
                N_("would hand all three over"),
                _HAND_OVER,
                refused="originals_due",
            ),
            Step(
                SITI,
                N_("takes the old card, and hands all three over"),
                (c.TakeIn(original=f"{BIRTH}/kk"), *_HAND_OVER),
            ),
        ),
    ),
)
