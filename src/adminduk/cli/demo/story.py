"""The story: a birth in a village and an urgent identity card, in Tuban in July 2021."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Final

from attrs import evolve

from adminduk import commands as c
from adminduk.cli.demo import cast
from adminduk.cli.demo.stage import Ask, Scene, Step
from adminduk.language import N_
from adminduk.records import Collector, DeliveryWay, Letter, Relation

__all__ = ["OPENING", "STORY"]


def _wib(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2021, 7, day, hour, minute, tzinfo=timezone(timedelta(hours=7)))


_APPLY = c.Submit(
    application=cast.BIRTH,
    region=cast.VILLAGE,
    services=cast.SERVICES,
    applicant=cast.AGUS,
    people={"head": cast.AGUS, "mother": cast.SRI, "child": cast.CHILD},
    facts=cast.FACTS,
    evidence={item: cast.scan(item) for item in cast.BROUGHT},
)
_APPLY_AGAIN = evolve(_APPLY, evidence={**_APPLY.evidence, "surat-lahir": cast.scan("surat-lahir")})
_COPIES = tuple(f"{cast.BIRTH}/{number}" for number in (1, 2, 3))
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
        ask=Ask(cast.SERVICES, {**cast.FACTS, "child_age": 0}),
    ),
    Scene(
        _wib(12, 9),
        N_("Monday, 9.00: Agus is back with the papers"),
        N_("One is missing. What is not complete is not taken, and what is missing is named."),
        (
            Step(
                cast.SITI,
                N_("sends the application with what Agus has brought"),
                (_APPLY,),
                refused="checklist_incomplete",
            ),
            Step(
                cast.SITI,
                N_("sends it again, now with the midwife's letter of birth"),
                (
                    evolve(
                        _APPLY,
                        evidence={**_APPLY.evidence, "surat-lahir": cast.scan("surat-lahir")},
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
                cast.BUDI,
                N_("corrects the child's name by the letter of birth"),
                (
                    c.Correct(
                        application=cast.BIRTH,
                        item="surat-lahir",
                        people={"child": evolve(cast.CHILD, name="Kirana Putri Santoso")},
                        reason="Santoso, by the letter of birth",
                    ),
                ),
            ),
            Step(
                cast.BUDI,
                N_("would verify it at once"),
                (c.Verify(application=cast.BIRTH, accepted=cast.BROUGHT),),
                refused="own_work",
            ),
            Step(
                cast.RINI,
                N_("looks at every paper and verifies; this orders the three documents"),
                (c.Verify(application=cast.BIRTH, accepted=cast.BROUGHT),),
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
                cast.SITI,
                N_("applies for him, and writes the letter"),
                (
                    c.Submit(
                        application=cast.LOST,
                        region=cast.VILLAGE,
                        services=("ktp-hilang",),
                        applicant=cast.BAMBANG,
                        people={"holder": cast.BAMBANG},
                        facts={"applicant_relation": "self"},
                        evidence={item: cast.scan(item) for item in ("f-1-02", "surat-hilang")},
                    ),
                    c.ChooseDelivery(
                        application=cast.LOST,
                        product="ktp",
                        way=DeliveryWay.COUNTER,
                        letter=Letter("470/112/2021", date(2021, 7, 12)),
                    ),
                ),
            ),
            Step(
                cast.BUDI,
                N_("verifies"),
                (c.Verify(application=cast.LOST, accepted=("f-1-02", "surat-hilang")),),
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
                cast.JOKO,
                N_("prints the birth certificate, the family card and the KIA"),
                (
                    c.Print(copy=_COPIES[0], signature=cast.HEAD),
                    c.Print(copy=_COPIES[1], signature=cast.HEAD),
                    c.Print(copy=_COPIES[2], blank="KIA-0048213"),
                ),
            ),
            Step(
                cast.JOKO,
                N_("prints the identity card"),
                (c.Print(copy=f"{cast.LOST}/1", blank="KTP-5521870"),),
            ),
        ),
    ),
    Scene(
        _wib(14, 9),
        N_("Wednesday 14 July, 9.00: the counter"),
        N_("The police letter itself is handed in before the card is handed over."),
        (
            Step(
                cast.AYU, N_("has the card at the counter"), (c.ToCounter(item=f"{cast.LOST}/1"),)
            ),
            Step(
                cast.AYU,
                N_("takes Bambang's police letter, and hands him the card"),
                (
                    c.TakeIn(original=f"{cast.LOST}/surat-hilang"),
                    c.HandOver(
                        item=f"{cast.LOST}/1",
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
                cast.JOKO,
                N_("packs and seals the bag for {district}"),
                (
                    c.Plan(bag=_BAG, to=cast.DISTRICT, items=_COPIES, day=date(2021, 7, 15)),
                    c.Seal(bag=_BAG, count=3, seal="A-1187"),
                ),
            ),
            Step(cast.WAHYU, N_("takes it along"), (c.Depart(bag=_BAG),)),
        ),
    ),
    Scene(
        _wib(15, 10),
        N_("Thursday, 10.00: the district office of {district}"),
        N_("The seal is whole, and all three are there."),
        (
            Step(
                cast.TRI,
                N_("opens and counts the bag"),
                (
                    c.Arrive(bag=_BAG, seal_whole=True),
                    c.Count(bag=_BAG, arrived=_COPIES),
                    c.Finish(bag=_BAG),
                ),
            ),
            Step(
                cast.SITI,
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
                cast.SITI,
                N_("would hand all three over"),
                _HAND_OVER,
                refused="originals_due",
            ),
            Step(
                cast.SITI,
                N_("takes the old card, and hands all three over"),
                (c.TakeIn(original=f"{cast.BIRTH}/kk"), *_HAND_OVER),
            ),
        ),
    ),
)
