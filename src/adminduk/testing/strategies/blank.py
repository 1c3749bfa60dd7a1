"""Strategies for blanks: rows of numbers, and ranges of which something has become."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from adminduk.records import BlankRow, Blanks, Reservation, Transfer
from adminduk.records.blanks import FATES
from adminduk.records.spans import Spans, added
from adminduk.testing.strategies.region import TUBAN
from adminduk.testing.strategies.value import blank_numbers
from adminduk.testing.strategies.word import labels, texts
from adminduk.values import BlankNumber

__all__ = ["blank_rows", "blanks_ids", "last_of", "ranges_of_blanks", "spans"]

_LENGTH = 40


def spans() -> st.SearchStrategy[Spans]:
    """Draw a set of small numbers."""
    return st.sets(st.integers(0, 60), max_size=20).map(_spans)


def _spans(numbers: set[int]) -> Spans:
    return added(tuple((one, one) for one in numbers))


def blanks_ids() -> st.SearchStrategy[str]:
    """Draw the id of a range of blanks, as `ktp/2021-07-A`; it need not exist."""
    names = st.from_regex(r"20[0-9]{2}-[0-9]{2}-[A-Z]", fullmatch=True)
    return st.builds("{}/{}".format, st.sampled_from(["ktp", "kia"]), names)


def blank_rows() -> st.SearchStrategy[BlankRow]:
    """Draw some numbers of a range."""
    return st.builds(_row, blanks_ids(), blank_numbers(), st.none() | st.integers(0, 500))


def _row(blanks: str, first: BlankNumber, length: int | None) -> BlankRow:
    last = None if length is None else last_of(first, length)
    return BlankRow(blanks=blanks, first=first, last=last)


def last_of(first: BlankNumber, length: int) -> BlankNumber:
    """Give the last number of a row that begins somewhere; it ends where the digits do."""
    return first.at(min(first.number + length, 10**first.width - 1))


@st.composite
def ranges_of_blanks(draw: st.DrawFn) -> Blanks:
    """Draw a range of which something has become."""
    first = BlankNumber.parse(draw(st.sampled_from(["A0001", "000100", "KTP-0000007"])))
    numbers = range(first.number, first.number + _LENGTH)
    fates = draw(st.lists(st.sampled_from(["left", *FATES]), min_size=_LENGTH, max_size=_LENGTH))
    of = {
        fate: _spans({one for one, its in zip(numbers, fates, strict=True) if its == fate})
        for fate in FATES
    }
    kept = Reservation(numbers=of["reserved"], operator=draw(labels()), purpose=draw(texts()))
    given = Transfer(numbers=of["transferred"], to=draw(texts()), delivery_note=draw(texts()))
    return Blanks(
        id=draw(blanks_ids()),
        region=TUBAN,
        state="in_ledger",
        begun=datetime(2021, 7, 12, tzinfo=UTC),
        first=first,
        last=first.at(numbers[-1]),
        received_from=draw(texts()),
        delivery_note=draw(texts()),
        used=of["used"],
        misprinted=of["misprinted"],
        missing=of["missing"],
        destroyed=of["destroyed"],
        reserved=(kept,) if kept.numbers else (),
        transferred=(given,) if given.numbers else (),
    )
