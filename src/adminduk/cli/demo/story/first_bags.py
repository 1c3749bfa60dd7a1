"""From the print to the first handovers: Tuesday 13 to Friday 16 July."""

from __future__ import annotations

from typing import Final

from adminduk import commands as c
from adminduk.cli.demo import cast
from adminduk.cli.demo.stage import Scene, Step
from adminduk.cli.demo.story.times import july
from adminduk.language import N_
from adminduk.records import Collector, Person, Relation
from adminduk.values import TrackingCode

__all__ = ["FIRST_BAGS", "KEREK_BAG", "handed_to"]

_SIGNATURE: Final = "Endang Sulastri"
KEREK_BAG: Final = "35.23.08-20210715"
_MONTONG_BAG: Final = "35.23.10-20210714"


def _copies(code: TrackingCode, *numbers: int) -> tuple[str, ...]:
    """Name copies of a case."""
    return tuple(f"{code}/{number}" for number in numbers)


def handed_to(person: Person, *items: str) -> tuple[c.HandOver, ...]:
    """Hand papers over to the person themselves."""
    assert person.name is not None
    to = Collector(name=person.name, relation=Relation.SELF)
    return tuple(c.HandOver(item=item, to=to) for item in items)


_PRINTED: Final = Scene(
    july(13, 13),
    N_("Tuesday, 13.00: the printing room"),
    N_(
        "What is verified is in the print queue already. A KTP or KIA is printed on a blank whose"
        " number is kept, and no number serves twice; a family card or a certificate on white"
        " paper, with the signature of the head of office. From now on somebody answers for each"
        " paper, at every moment: it is with them."
    ),
    (
        Step(
            cast.JOKO,
            N_("prints the three documents of the birth"),
            (
                c.Print(copy=f"{cast.BIRTH}/1", signature=_SIGNATURE),
                c.Print(copy=f"{cast.BIRTH}/2", signature=_SIGNATURE),
                c.Print(copy=f"{cast.BIRTH}/3", blank="KIA-0048213"),
            ),
        ),
        Step(
            cast.JOKO,
            N_("prints both identity cards, but scans the same blank twice"),
            (
                c.Print(copy=f"{cast.URGENT_CARD}/1", blank="KTP-5521870"),
                c.Print(copy=f"{cast.LOST_CARD}/1", blank="KTP-5521870"),
            ),
            refused="blank_used",
            after=5,
        ),
        Step(
            cast.JOKO,
            N_("prints them again, each on its own blank, and the family card of Mulyanto"),
            (
                c.Print(copy=f"{cast.URGENT_CARD}/1", blank="KTP-5521870"),
                c.Print(copy=f"{cast.LOST_CARD}/1", blank="KTP-5521871"),
                c.Print(copy=f"{cast.LOST_KK}/1", signature=_SIGNATURE),
            ),
        ),
    ),
)

_MISTAKE: Final = Scene(
    july(13, 14, 30),
    N_("Tuesday, 14.30: a mistake is found on paper"),
    N_(
        "The new family card says Mulyono; by the scan of his identity card he is Mulyanto. There"
        " is never a second card that could be given out, so the wrong one is condemned first,"
        " and the head of office must agree."
    ),
    (
        Step(
            cast.RINI,
            N_("wants to order another card"),
            (
                c.Replace(
                    application=cast.LOST_KK,
                    product="kk",
                    reason="Nama salah",
                    approved_by=cast.ENDANG,
                ),
            ),
            refused="copy_alive",
        ),
        Step(
            cast.RINI,
            N_("wants to condemn the wrong card on her own"),
            (c.Condemn(item=f"{cast.LOST_KK}/1", reason="Nama salah"),),
            refused="approval_needed",
        ),
        Step(
            cast.RINI,
            N_("condemns it and orders another with the right name; Endang agrees to both"),
            (
                c.Condemn(item=f"{cast.LOST_KK}/1", reason="Nama salah", approved_by=cast.ENDANG),
                c.Replace(
                    application=cast.LOST_KK,
                    product="kk",
                    reason="Nama salah",
                    people={"head": cast.MULYANTO},
                    item="ktp-el",
                    approved_by=cast.ENDANG,
                ),
            ),
            after=15,
        ),
        Step(
            cast.JOKO,
            N_("makes the wrong card void, and prints the right one"),
            (
                c.Void(item=f"{cast.LOST_KK}/1"),
                c.Print(copy=f"{cast.LOST_KK}/2", signature=_SIGNATURE),
            ),
            after=10,
        ),
    ),
)

_TO_MONTONG: Final = Scene(
    july(14, 7, 30),
    N_("Wednesday 14 July, 7.30: the courier to Montong"),
    N_(
        "The program knows the courier's days, and plans into each bag what is printed for the"
        " district. Who packs it counts and seals it, who receives it counts again; on the way the"
        " courier answers for it."
    ),
    (
        Step(
            cast.JOKO,
            N_("has the bag planned, and seals it with one paper in it"),
            (c.Seal(bag=_MONTONG_BAG, count=1, seal="A-1186"),),
            plans=True,
        ),
        Step(cast.WAHYU, N_("takes it along"), (c.Depart(bag=_MONTONG_BAG),), after=15),
        Step(
            cast.DEWI,
            N_("counts at the district office: all is there"),
            (
                c.Arrive(bag=_MONTONG_BAG, seal_whole=True),
                c.Count(bag=_MONTONG_BAG, arrived=_copies(cast.LOST_KK, 2)),
                c.Finish(bag=_MONTONG_BAG),
            ),
            after=135,
        ),
        Step(
            cast.LILIK,
            N_("collects Mulyanto's family card for her village"),
            (c.Collect(item=f"{cast.LOST_KK}/2"),),
            after=60,
        ),
    ),
)

_FETCHED: Final = Scene(
    july(14, 11, 30),
    N_("Wednesday, 11.30: Bambang at the counter in Tuban"),
    N_(
        "What is urgent may be fetched here, with the letter of the village operator. So it went"
        " into no bag."
    ),
    (
        Step(
            cast.AYU,
            N_("has the card brought to the counter"),
            (c.ToCounter(item=f"{cast.URGENT_CARD}/1"),),
        ),
        Step(
            cast.AYU,
            N_("takes the police letter, for the store, and hands Bambang his card"),
            (
                c.TakeIn(original=f"{cast.URGENT_CARD}/surat-hilang"),
                c.TurnHome(item=f"{cast.URGENT_CARD}/surat-hilang"),
                *handed_to(cast.BAMBANG, f"{cast.URGENT_CARD}/1"),
            ),
        ),
    ),
)

_GIVEN_BACK: Final = Scene(
    july(14, 13),
    N_("Wednesday, 13.00: the village hall of Margorejo"),
    N_(
        "Kartini changes her mind and would like to have her old family card back. But while she"
        " applies for a new one, the old one goes home, as they say: to the office. Only a case"
        " that ends without a document gives back what was handed in."
    ),
    (
        Step(
            cast.YANTO,
            N_("wants to give her the old card"),
            handed_to(cast.KARTINI, f"{cast.CHANGE}/kk"),
            refused="heading_home",
        ),
        Step(
            cast.YANTO,
            N_("withdraws the application with her power of attorney (form F-1.07)"),
            (
                c.Withdraw(
                    application=cast.CHANGE,
                    reason="Pemohon membatalkan",
                    authorisation=cast.scans("f-1-07")["f-1-07"],
                ),
            ),
        ),
        Step(
            cast.YANTO,
            N_("gives her the old card"),
            handed_to(cast.KARTINI, f"{cast.CHANGE}/kk"),
        ),
    ),
)

_TO_KEREK: Final = Scene(
    july(14, 15),
    N_("Wednesday, 15.00, and Thursday 15 July, 7.30: the bag to Kerek"),
    N_(
        "Budi stands in for Joko in the afternoon, and cannot find Wulan's identity card. Who"
        " answers for a paper says so when it is missing, and goes on answering for it. The"
        " documents of the birth go on the next morning; a list goes with them."
    ),
    (
        Step(
            cast.BUDI_PRINTING,
            N_("reports the card missing"),
            (c.ReportMissing(item=f"{cast.LOST_CARD}/1", reason="Tidak ada di rak Kerek"),),
        ),
        Step(
            cast.JOKO,
            N_("has the bag planned, and looks at its list"),
            plans=True,
            manifest=KEREK_BAG,
            after=990,
        ),
        Step(
            cast.JOKO,
            N_("counts three papers, and seals the bag"),
            (c.Seal(bag=KEREK_BAG, count=3, seal="A-1187"),),
            after=5,
        ),
        Step(cast.WAHYU, N_("takes it along"), (c.Depart(bag=KEREK_BAG),), after=10),
    ),
)

_ONE_MISSING: Final = Scene(
    july(15, 10),
    N_("Thursday, 10.00: the district office of Kerek"),
    N_(
        "The seal is whole, but only two papers are in the bag. So not the courier but the"
        " printing room, which packed it, answers for the third. The bag stays open until it is"
        " said what became of it."
    ),
    (
        Step(
            cast.TRI,
            N_("counts the certificate and the family card, and no KIA"),
            (
                c.Arrive(bag=KEREK_BAG, seal_whole=True),
                c.Count(bag=KEREK_BAG, arrived=_copies(cast.BIRTH, 1, 2)),
                c.Finish(bag=KEREK_BAG),
            ),
        ),
        Step(
            cast.RINI,
            N_("wants to close the bag"),
            (c.Close(bag=KEREK_BAG),),
            refused="differences_open",
            after=10,
        ),
        Step(
            cast.SITI,
            N_("collects the two documents for her village"),
            tuple(c.Collect(item=item) for item in _copies(cast.BIRTH, 1, 2)),
            after=50,
        ),
    ),
)

_OLD_CARD: Final = Scene(
    july(16, 8),
    N_("Friday 16 July, 8.00: the village hall of Gemulung"),
    N_("Agus comes for the documents. A new family card is given only for the old one."),
    (
        Step(
            cast.SITI,
            N_("wants to hand both over"),
            handed_to(cast.AGUS, *_copies(cast.BIRTH, 1, 2)),
            refused="originals_due",
        ),
        Step(
            cast.SITI,
            N_("takes the old card in, and hands both over; the KIA is still missing"),
            (
                c.TakeIn(original=f"{cast.BIRTH}/kk"),
                *handed_to(cast.AGUS, *_copies(cast.BIRTH, 1, 2)),
            ),
            after=5,
        ),
    ),
)

FIRST_BAGS: Final = (
    _PRINTED,
    _MISTAKE,
    _TO_MONTONG,
    _FETCHED,
    _GIVEN_BACK,
    _TO_KEREK,
    _ONE_MISSING,
    _OLD_CARD,
)
