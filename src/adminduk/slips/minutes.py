"""The berita acara of a destruction: what was destroyed, on which day, before whom."""

from __future__ import annotations

from datetime import date
from typing import Final

from adminduk.language import N_
from adminduk.office import Office
from adminduk.office.store import Pile
from adminduk.records import Minutes
from adminduk.records.blanks import product_of
from adminduk.records.spans import size
from adminduk.slips.slip import Align, Column, Section, Slip, Table
from adminduk.slips.wording import Wording

__all__ = ["minutes", "number_in_words"]


def minutes(office: Office, number: str) -> Slip:
    """Make the berita acara of a number, to be signed by who did it, who saw it and who agreed.

    Raises:
        NotFound: There are no minutes of that number.
    """
    words = Wording(office.language, office.catalogue)
    sheet = office.minutes_sheet(number)
    record = sheet.minutes
    count = len(record.papers)
    totals = f"{record.id} {count} {sheet.check}"
    facts = [
        (N_("Papers"), str(count)),
        (N_("Check code"), sheet.check),
        (N_("Why"), record.reason or "–"),
    ]
    return Slip(
        office=words.office(office.region),
        title=words.say(N_("Minutes of destruction (berita acara pemusnahan)")),
        code=record.id,
        scanned=totals,
        facts=tuple((words.say(name), value) for name, value in facts),
        sections=(
            Section("", (_sentence(sheet.day, record.place, words),)),
            Section(words.say(N_("By kind")), table=_by_kind(sheet.piles, words)),
            *([Section(words.say(N_("Papers")), items=record.papers)] if record.papers else []),
            *([_blanks(record, words)] if record.blanks else []),
        ),
        signers=(
            record.by,
            *(f"{one.name}, {one.position}" for one in record.witnesses),
            *([words.say(N_("Agreed: {by}"), by=record.approved_by)] if record.approved_by else []),
        ),
        foot=totals,
        language=words.language,
    )


_WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def _sentence(day: date, place: str, words: Wording) -> str:
    """Say the day as it is written where figures could be changed: in words, then in figures."""
    text = N_(
        "On {weekday}, the day {number} of the month {month} of the year {year} ({day}), {place},"
        " the papers that are named here were destroyed, so that nobody can use them any more."
    )
    _, month, _ = words.day(day).split()
    return words.say(
        text,
        weekday=words.say(_WEEKDAYS[day.weekday()]),
        number=number_in_words(day.day, words.language),
        month=month,
        year=number_in_words(day.year, words.language),
        day=words.day(day),
        place=place or words.say(N_("at the office")),
    )


def _by_kind(piles: tuple[Pile, ...], words: Wording) -> Table:
    columns = (
        Column(head=words.say(N_("Document")), share=1),
        Column(head=words.say(N_("Count")), align=Align.RIGHT),
    )
    return Table(columns, [(_what(pile, words), str(pile.count)) for pile in piles])


def _blanks(record: Minutes, words: Wording) -> Section:
    """List the numbered blanks, row by row."""
    columns = (
        Column(head=words.say(N_("Document")), share=1),
        Column(head=words.say(N_("First number")), share=1, code=True),
        Column(head=words.say(N_("Last number")), share=1, code=True),
        Column(head=words.say(N_("Count")), align=Align.RIGHT),
    )
    rows = [
        (
            words.catalogue.product(product_of(one.blanks)).name.in_language(words.language),
            str(one.first),
            str(one.last or one.first),
            str(size(one.numbers)),
        )
        for one in record.blanks
    ]
    return Section(words.say(N_("Blanks")), table=Table(columns, rows))


def _what(pile: Pile, words: Wording) -> str:
    if pile.kind == "copy":
        return words.catalogue.product(pile.what).name.in_language(words.language)
    name = words.catalogue.papers[pile.what].name.in_language(words.language)
    return words.say(N_("{document} (original)"), document=name)


_UNITS: Final = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()  # noqa: SIM905 - read best in a line


def number_in_words(number: int, language: str) -> str:
    """Say a number below 10,000 in Indonesian words; in another language in figures.

    >>> number_in_words(2021, "id")
    'dua ribu dua puluh satu'
    """
    return _spelled(number) if language == "id" else str(number)


def _spelled(number: int) -> str:
    if number < len(_UNITS):
        return _UNITS[number]
    if number < 20:  # noqa: PLR2004 - as the language counts
        return f"{_UNITS[number - 10]} belas"
    for unit, one, many in ((1000, "seribu", "ribu"), (100, "seratus", "ratus"), (10, "", "puluh")):
        if number >= unit:
            times, rest = divmod(number, unit)
            said = one if times == 1 else f"{_spelled(times)} {many}"
            return said if rest == 0 else f"{said} {_spelled(rest)}"
    raise AssertionError("there is no number between the units and ten")
