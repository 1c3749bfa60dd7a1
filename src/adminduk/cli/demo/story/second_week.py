"""What was missing is found or replaced, and goes with the next bag: 19 to 23 July."""

from __future__ import annotations

from typing import Final

from adminduk import commands as c
from adminduk.cli.demo import cast
from adminduk.cli.demo.stage import Scene, Step
from adminduk.cli.demo.story.first_bags import KEREK_BAG, handed_to
from adminduk.cli.demo.story.times import july
from adminduk.language import N_
from adminduk.records import Collector, DifferenceOutcome, Post, Relation, Role

__all__ = ["HOME_BAG", "SECOND_WEEK"]

HOME_BAG: Final = "BAG-KEREK-TUBAN"
_BAG: Final = "35.23.08-20210722"
_KIA: Final = f"{cast.BIRTH}/3"
_OLD_KK: Final = f"{cast.BIRTH}/kk"
_LOST: Final = f"{cast.LOST_CARD}/1"
_NEW: Final = f"{cast.LOST_CARD}/2"

_DECLARE: Final = c.DeclareLost(
    item=_LOST, reason="Dicari tiga hari, tidak ditemukan", approved_by=cast.ENDANG
)

_LOOKED_FOR: Final = Scene(
    july(19, 8),
    N_("Monday 19 July, 8.00: of two missing documents one is found"),
    N_(
        "The KIA lay behind the printer; Wulan's identity card cannot be found. A new one is"
        " ordered only once the old one is declared lost, with the agreement of the head of"
        " office, and never by the person who reported it missing."
    ),
    (
        Step(cast.JOKO, N_("has the KIA in his hands, and says so"), (c.Found(item=_KIA),)),
        Step(
            cast.RINI,
            N_("writes that down for the bag, and closes the bag"),
            (
                c.Resolve(
                    bag=KEREK_BAG,
                    item=_KIA,
                    outcome=DifferenceOutcome.FOUND,
                    owner=Post(Role.PRINT_OPERATOR, cast.REGENCY),
                ),
                c.Close(bag=KEREK_BAG),
            ),
            after=10,
        ),
        Step(
            cast.BUDI,
            N_("wants to declare the identity card lost"),
            (_DECLARE,),
            refused="own_report",
            after=30,
        ),
        Step(
            cast.RINI,
            N_("declares it lost and orders another; Endang agrees to both"),
            (
                _DECLARE,
                c.Replace(
                    application=cast.LOST_CARD,
                    product="ktp",
                    reason="KTP hilang di ruang cetak",
                    approved_by=cast.ENDANG,
                ),
            ),
            after=5,
        ),
        Step(
            cast.JOKO,
            N_("prints it on a new blank"),
            (c.Print(copy=_NEW, blank="KTP-5521902"),),
            after=10,
        ),
    ),
)

_TURNS_UP: Final = Scene(
    july(21, 16),
    N_("Wednesday 21 July, 16.00: the lost card turns up"),
    N_("It was in the box of another district. Two cards for one person must not go out."),
    (
        Step(cast.JOKO, N_("has the old card in his hands, and says so"), (c.Found(item=_LOST),)),
        Step(
            cast.JOKO,
            N_("wants to put it into tomorrow's bag"),
            (c.Plan(bag=_BAG, to=cast.KEREK, items=(_LOST,)),),
            refused="not_ready",
        ),
        Step(cast.JOKO, N_("makes it void"), (c.Void(item=_LOST),)),
    ),
)

_NEXT_BAG: Final = Scene(
    july(22, 7, 30),
    N_("Thursday 22 July, 7.30: the next courier to Kerek"),
    N_(
        "The KIA and Wulan's new card go along. Siti brings the old family card of Agus, which"
        " goes home: sealed in Kerek, it waits for next week's courier."
    ),
    (
        Step(
            cast.JOKO,
            N_("has the bag planned, counts two papers, and seals it"),
            (c.Seal(bag=_BAG, count=2, seal="A-1203"),),
            plans=True,
        ),
        Step(cast.WAHYU, N_("takes it along"), (c.Depart(bag=_BAG),), after=15),
        Step(
            cast.TRI,
            N_("counts: both are there"),
            (
                c.Arrive(bag=_BAG, seal_whole=True),
                c.Count(bag=_BAG, arrived=(_KIA, _NEW)),
                c.Finish(bag=_BAG),
            ),
            after=135,
        ),
        Step(cast.SITI, N_("collects the KIA"), (c.Collect(item=_KIA),), after=60),
        Step(cast.YANTO, N_("collects Wulan's card"), (c.Collect(item=_NEW),)),
        Step(
            cast.TRI,
            N_("takes the old family card from Siti, and seals it into a bag for the office"),
            (
                c.HandIn(item=_OLD_KK),
                c.Plan(bag=HOME_BAG, to=cast.REGENCY, items=(_OLD_KK,)),
                c.Seal(bag=HOME_BAG, count=1, seal="B-0311"),
            ),
        ),
    ),
)

_STAND_IN: Final = Scene(
    july(23, 8),
    N_("Friday 23 July, 8.00: the last handovers"),
    N_(
        "In Gemulung Agus fetches the KIA. In Margorejo a neighbour, Slamet, comes for Wulan."
        " Somebody outside of the family needs her power of attorney (form F-1.07)."
    ),
    (
        Step(cast.SITI, N_("hands Agus the KIA"), handed_to(cast.AGUS, _KIA)),
        Step(
            cast.YANTO,
            N_("wants to hand Slamet the card"),
            (
                c.TakeIn(original=f"{cast.LOST_CARD}/surat-hilang"),
                c.HandOver(item=_NEW, to=Collector(name="Slamet Riyadi", relation=Relation.OTHER)),
            ),
            refused="invalid_input",
            after=10,
        ),
        Step(
            cast.YANTO,
            N_("takes the form that Slamet has brought now, and the police letter"),
            (
                c.TakeIn(original=f"{cast.LOST_CARD}/surat-hilang"),
                c.HandOver(
                    item=_NEW,
                    to=Collector(
                        name="Slamet Riyadi",
                        relation=Relation.OTHER,
                        authorisation=cast.scan("f-1-07"),
                    ),
                ),
            ),
            after=45,
        ),
    ),
)

SECOND_WEEK: Final = (_LOOKED_FOR, _TURNS_UP, _NEXT_BAG, _STAND_IN)
