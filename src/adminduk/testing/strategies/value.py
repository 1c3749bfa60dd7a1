"""Strategies for the values and the occupation of a person, and for tracking codes.

Each builds its texts from parts, without the library's own rules, so that a test that draws
from it checks those rules.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from hypothesis import strategies as st

from adminduk.forms import Occupation, OccupationKind
from adminduk.testing.strategies.region import region_codes
from adminduk.values import (
    NIK,
    BlankNumber,
    KKNumber,
    Level,
    PersonName,
    Phone,
    RegionCode,
    Sex,
    TrackingCode,
)

__all__ = [
    "blank_numbers",
    "kk_numbers",
    "niks",
    "occupations",
    "person_names",
    "phones",
    "sexes",
    "simple_names",
    "tracking_codes",
]

_FIRST_DAY: Final = date(1900, 1, 1)
_LAST_DAY: Final = date(2099, 12, 31)
_LONGEST_NAME: Final = 60
_UNPRINTABLE: Final = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
_UNSEEN: Final = "".join(
    map(
        chr,
        [
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180F, 0x2800, 0x3164, 0xFFA0),
            *(*range(0x180B, 0x180E), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)),
        ],
    )
)
"""Letters and marks that nobody sees, though Unicode counts them as such."""
_ROUGH_LENGTH: Final = 60
"""Normalised, a letter becomes at most three: no such name passes 200 characters."""
_UNLISTED: Final = ("Barista", "Youtuber", "Pawang hujan", "Ojek daring", "Pemandu wisata")
_WORDS: Final = (
    "siti budi aminah santoso dewi wahyu sri joko lestari putra ayu agus rahayu nur fitri hadi"
)


def sexes() -> st.SearchStrategy[Sex]:
    """Draw a sex."""
    return st.sampled_from(Sex)


def niks(
    *,
    birth_dates: st.SearchStrategy[date] | None = None,
    sex: st.SearchStrategy[Sex] | None = None,
    districts: st.SearchStrategy[RegionCode] | None = None,
) -> st.SearchStrategy[NIK]:
    """Draw an identity number; by default its district need not exist.

    Args:
        birth_dates: Where its birth date is drawn from.
        sex: Where its sex is drawn from.
        districts: Where the district of first issue is drawn from.
    """

    def number(district: RegionCode, day: date, whose: Sex, serial: int) -> NIK:
        return NIK.parse(_sixteen(district, day, serial, 40 if whose is Sex.FEMALE else 0))

    whose = sexes() if sex is None else sex
    return st.builds(number, _or_any(districts), _or_days(birth_dates), whose, _serials())


def kk_numbers(
    *,
    recorded: st.SearchStrategy[date] | None = None,
    districts: st.SearchStrategy[RegionCode] | None = None,
) -> st.SearchStrategy[KKNumber]:
    """Draw the number of a family card; by default its district need not exist.

    Args:
        recorded: Where its day of recording is drawn from.
        districts: Where the district of issue is drawn from.
    """

    def number(district: RegionCode, day: date, serial: int) -> KKNumber:
        return KKNumber.parse(_sixteen(district, day, serial))

    return st.builds(number, _or_any(districts), _or_days(recorded), _serials())


def _sixteen(district: RegionCode, day: date, serial: int, added: int = 0) -> str:
    days = f"{day.day + added:02}{day.month:02}{day.year % 100:02}"
    return f"{district.full().replace('.', '')}{days}{serial:04}"


def _or_any(districts: st.SearchStrategy[RegionCode] | None) -> st.SearchStrategy[RegionCode]:
    return region_codes(level=Level.DISTRICT) if districts is None else districts


def _or_days(days: st.SearchStrategy[date] | None) -> st.SearchStrategy[date]:
    return st.dates(_FIRST_DAY, _LAST_DAY) if days is None else days


def _serials() -> st.SearchStrategy[int]:
    return st.integers(1, 9999)


def person_names() -> st.SearchStrategy[PersonName]:
    """Draw a name that may be on record: any script, one word, apostrophes, titles, digits."""
    rough = st.text(
        st.characters(exclude_categories=_UNPRINTABLE, exclude_characters=_UNSEEN),
        min_size=1,
        max_size=_ROUGH_LENGTH,
    )
    odd = st.sampled_from(["Sukarno", "Ma'ruf Amin", "Dr. Budi Santoso, S.Kom", "André", "Nur 2"])
    names = rough.filter(lambda text: any(one.isalpha() for one in text)) | odd
    return st.one_of(names.map(PersonName.parse), simple_names())


def simple_names() -> st.SearchStrategy[PersonName]:
    """Draw a name that may be recorded for the first time: two to five words of letters."""
    words = st.sampled_from(_WORDS.split()).map(str.title)
    return (
        st.lists(words, min_size=2, max_size=5)
        .map(" ".join)
        .filter(lambda text: len(text) <= _LONGEST_NAME)
        .map(PersonName.parse)
    )


def occupations() -> st.SearchStrategy[Occupation]:
    """Draw an occupation, one of the form or another."""
    listed = st.sampled_from(OccupationKind).map(Occupation.of)
    return st.one_of(listed, st.sampled_from(_UNLISTED).map(Occupation.parse))


def phones() -> st.SearchStrategy[Phone]:
    """Draw a phone number, most of them Indonesian."""
    mobile = st.integers(10**7, 10**10 - 1).map("08{}".format)
    countries = st.sampled_from([1, 44, 60, 65, 81, 966])
    abroad = st.builds("+{}{}".format, countries, st.integers(10**7, 10**11 - 1))
    return st.one_of(mobile, mobile, abroad).map(Phone.parse)


def tracking_codes() -> st.SearchStrategy[TrackingCode]:
    """Draw a tracking code."""
    return st.integers(0, 31**10 - 1).map(TrackingCode.from_int)


def blank_numbers() -> st.SearchStrategy[BlankNumber]:
    """Draw the number of a blank, as `A12-000057`."""
    prefixes = st.just("") | st.from_regex(r"[A-Z0-9]{0,3}[A-Z-]", fullmatch=True).filter(
        lambda text: text[0] != "-"
    )
    return st.builds(
        lambda prefix, digits: BlankNumber.parse(f"{prefix}{digits}"),
        prefixes,
        st.from_regex(r"[0-9]{1,8}", fullmatch=True),
    )
