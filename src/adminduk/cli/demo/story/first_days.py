"""From the notice to the print queue: 29 June, then Monday 12 and Tuesday 13 July."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from attrs import evolve

from adminduk import commands as c
from adminduk.cli.demo import cast
from adminduk.cli.demo.stage import Scene, Step
from adminduk.cli.demo.story import asking
from adminduk.cli.demo.story.times import july, june
from adminduk.codec import parse_json, read_order
from adminduk.language import N_
from adminduk.records import Timetable, Weekday

__all__ = ["FIRST_DAYS"]

_NOTICE: Final = read_order(
    parse_json((files("adminduk.cli.demo") / "notice.json").read_bytes())
).command

_CLOSING: Final = Scene(
    june(29, 7, 30),
    N_("Tuesday 29 June, 7.30: the office in Tuban"),
    N_(
        "The head of office closes the counter by a notice; from now on the program keeps to it."
        " And she sets on which days the courier comes, so that the villages know beforehand."
    ),
    (
        Step(
            cast.ENDANG,
            N_(
                "announces it: the counter stays open only to legalise copies for school or work,"
                " and for lost cards that are needed at once"
            ),
            (_NOTICE,),
        ),
        Step(
            cast.ENDANG,
            N_("sets the courier's days: Montong on Wednesdays, Kerek on Thursdays"),
            (
                c.SetSchedule(
                    schedule=cast.MONTONG, timetable=Timetable(weekdays=(Weekday.WEDNESDAY,))
                ),
                c.SetSchedule(
                    schedule=cast.KEREK, timetable=Timetable(weekdays=(Weekday.THURSDAY,))
                ),
            ),
        ),
    ),
)

_LOOKED_UP: Final = Scene(
    july(12, 8, 15),
    N_("Monday 12 July, 8.15: the village hall of Gemulung, district of Kerek"),
    N_(
        "Agus and Sri have a daughter. She needs a birth certificate (akta), a place on the"
        " family card (KK) and a child identity card (KIA): three documents, one application."
        " Siti, the village operator, looks up what they must bring, so that they come only"
        " once."
    ),
    ask=asking.BIRTH_ASKED,
)

_SUBMITTED: Final = Scene(
    july(12, 9),
    N_("Monday, 9.00: Agus is back with the papers"),
    N_(
        "One is missing. What is not complete is not taken, and what is missing is named. Agus"
        " keeps his old family card for now; the office expects it before it gives out the new."
        " He is told by message how it goes on; each kind of message is shown once."
    ),
    (
        Step(
            cast.SITI,
            N_("scans what Agus has brought, and sends the application"),
            (asking.BIRTH,),
            refused="checklist_incomplete",
        ),
        Step(
            cast.SITI,
            N_("sends it again with the midwife's letter of birth"),
            (asking.BIRTH_WHOLE,),
            after=40,
        ),
    ),
)

_CORRECTED: Final = Scene(
    july(12, 10, 30),
    N_("Monday, 10.30: the office in Tuban"),
    N_(
        "The letter of birth says Santoso, the application Santosa. Who corrects it may not"
        " verify it as well; a colleague does."
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
                    reason="Santoso, menurut surat keterangan lahir",
                ),
            ),
        ),
        Step(
            cast.BUDI,
            N_("wants to verify it at once"),
            (c.Verify(application=cast.BIRTH, accepted=asking.BIRTH_ITEMS),),
            refused="own_work",
        ),
        Step(
            cast.RINI,
            N_("verifies; this orders the three documents"),
            (c.Verify(application=cast.BIRTH, accepted=asking.BIRTH_ITEMS),),
            after=20,
        ),
    ),
)

_TWO_CARDS: Final = Scene(
    july(12, 13),
    N_("Monday, 13.00: two lost identity cards (KTP), one of them urgent"),
    N_(
        "Bambang of Gemulung begins a new job on Thursday. With a letter from the village"
        " operator he may fetch his card at the counter in Tuban. Wulan of Margorejo can wait:"
        " hers comes with the courier. Both hand in the police letter about the loss"
        " (surat-hilang) when they get the new card."
    ),
    (
        Step(
            cast.SITI,
            N_("applies for Bambang, and writes the letter"),
            (asking.URGENT_CARD, asking.URGENT_WAY),
        ),
        Step(cast.YANTO, N_("applies for Wulan"), (asking.LOST_CARD,), after=10),
        Step(
            cast.RINI,
            N_("verifies both"),
            (
                c.Verify(application=cast.URGENT_CARD, accepted=asking.CARD_ITEMS),
                c.Verify(application=cast.LOST_CARD, accepted=asking.CARD_ITEMS),
            ),
            after=30,
        ),
    ),
)

_RETURNED: Final = Scene(
    july(12, 14, 30),
    N_("Monday, 14.30: a lost family card in Montongsekar, district of Montong"),
    N_(
        "The form of Mulyanto's family has no signature, and the police letter no stamp. A file"
        " goes back once, with everything that is wrong with it, so that nobody comes twice."
    ),
    (
        Step(cast.LILIK, N_("sends the application"), (asking.LOST_KK,)),
        Step(
            cast.BUDI,
            N_("wants to return it because of the form alone"),
            (c.Return(application=cast.LOST_KK, faults={"f-1-02": "Belum ditandatangani."}),),
            refused="not_all_judged",
            after=40,
        ),
        Step(
            cast.BUDI,
            N_("reads on, and returns it with both faults; the identity card is in order"),
            (
                c.Return(
                    application=cast.LOST_KK,
                    faults={
                        "f-1-02": "Belum ditandatangani.",
                        "surat-hilang": "Belum dicap kepolisian.",
                    },
                    accepted=("ktp-el",),
                ),
            ),
            after=5,
        ),
    ),
)

_ANSWERED: Final = Scene(
    july(13, 8),
    N_("Tuesday 13 July, 8.00: it comes back complete"),
    N_("Who reads a file takes it first, so that no two read the same one."),
    (
        Step(
            cast.LILIK,
            N_("answers with the form signed and the letter stamped"),
            (c.Answer(application=cast.LOST_KK, evidence=cast.scans("f-1-02", "surat-hilang")),),
        ),
        Step(cast.RINI, N_("takes it"), (c.Take(application=cast.LOST_KK),), after=10),
        Step(
            cast.BUDI,
            N_("wants to take it, too"),
            (c.Take(application=cast.LOST_KK),),
            refused="taken",
        ),
        Step(
            cast.RINI,
            N_("verifies it"),
            (c.Verify(application=cast.LOST_KK, accepted=("f-1-02", "surat-hilang")),),
            after=5,
        ),
    ),
)

_AT_THE_COUNTER: Final = Scene(
    july(13, 9),
    N_("Tuesday, 9.00: the counter in Tuban"),
    N_(
        "Kartini of Margorejo wants her schooling changed on her family card; that is not urgent,"
        " and can be applied for in the village. Dimas of Montongsekar needs a legalised copy to"
        " register at a school; for that the counter stays open."
    ),
    (
        Step(
            cast.AYU,
            N_("wants to take Kartini's application"),
            (asking.CHANGE_AT_COUNTER,),
            refused="closed",
        ),
        Step(cast.AYU, N_("takes that of Dimas"), (asking.SCHOOL,)),
        Step(
            cast.RINI,
            N_("verifies it: his copy is stamped, nothing is printed"),
            (c.Verify(application=cast.SCHOOL, accepted=asking.SCHOOL_ITEMS),),
        ),
        Step(
            cast.YANTO,
            N_("applies for Kartini, who hands in her old card"),
            (asking.CHANGE,),
            after=180,
        ),
    ),
)

FIRST_DAYS: Final = (
    _CLOSING,
    _LOOKED_UP,
    _SUBMITTED,
    _CORRECTED,
    _TWO_CARDS,
    _RETURNED,
    _ANSWERED,
    _AT_THE_COUNTER,
)
