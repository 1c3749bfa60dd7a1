"""Strategies for the plain words, ids and times that records and commands hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from hypothesis import strategies as st

from adminduk.testing.strategies.value import tracking_codes

__all__ = [
    "copy_ids",
    "days",
    "ids",
    "labels",
    "letter_numbers",
    "original_ids",
    "paper_ids",
    "texts",
    "times",
]

_FIRST_DAY: Final = date(2019, 1, 1)
_LAST_DAY: Final = date(2030, 12, 31)
_IDS: Final = "akta-lahir kk ktp-el kia f-1-02 surat-hilang mother child holder head biometrics"
_REASONS: Final = ("Nama ibu salah tulis", "tercecer di jalan ke balai desa", "x" * 1000)


def days() -> st.SearchStrategy[date]:
    """Draw a day on which an office works with the library."""
    return st.dates(_FIRST_DAY, _LAST_DAY)


def times() -> st.SearchStrategy[datetime]:
    """Draw a time of those days, in one of Indonesia's three time zones or in UTC."""
    zones = [UTC, *(timezone(timedelta(hours=hours)) for hours in (7, 8, 9))]
    first, last = (datetime(day.year, day.month, day.day) for day in (_FIRST_DAY, _LAST_DAY))  # noqa: DTZ001 - zones are drawn
    return st.datetimes(first, last, timezones=st.sampled_from(zones))


def texts() -> st.SearchStrategy[str]:
    """Draw one line of 1 to 1,000 printable characters that are not all blank."""
    printable = st.characters(exclude_categories=("C", "Z"), include_characters=" ")
    rough = st.text(printable, min_size=1, max_size=80).filter(str.strip)
    return st.sampled_from(_REASONS) | rough


def labels() -> st.SearchStrategy[str]:
    """Draw what is written on a label, a seal or a blank, as `BAG-2021.07_12`."""
    return st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", fullmatch=True)


def letter_numbers() -> st.SearchStrategy[str]:
    """Draw a number as offices give to their letters and minutes, as `470/45/BA/2021`."""
    parts = st.lists(st.from_regex(r"[A-Z][A-Z0-9.]{0,5}", fullmatch=True), min_size=1, max_size=3)
    return st.builds(
        "{}/{}/{}".format, st.integers(1, 999), parts.map("-".join), st.integers(2019, 2030)
    )


def ids() -> st.SearchStrategy[str]:
    """Draw the id of a service, a product, a party, an item or a fact; it need not exist."""
    return st.sampled_from(_IDS.split()) | st.from_regex(r"[a-z][a-z0-9-]{0,59}", fullmatch=True)


def copy_ids() -> st.SearchStrategy[str]:
    """Draw the id of a copy, as `K7M2Q9XD4H-T/2`."""
    return st.builds("{}/{}".format, tracking_codes(), st.integers(1, 99))


def original_ids() -> st.SearchStrategy[str]:
    """Draw the id of an original, as `K7M2Q9XD4H-T/surat-hilang`."""
    return st.builds("{}/{}".format, tracking_codes(), ids())


def paper_ids() -> st.SearchStrategy[str]:
    """Draw the id of a copy or an original."""
    return copy_ids() | original_ids()
