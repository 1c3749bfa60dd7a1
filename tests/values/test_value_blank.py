"""The number of a blank: a prefix and a running number of fixed width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.errors import InvalidInput
from adminduk.testing import strategies as draw
from adminduk.values import BlankNumber


@given(draw.blank_numbers())
def test_its_parts_make_it_again(blank: BlankNumber):
    """Prefix and running number are the whole of it."""
    assert blank.at(blank.number) == blank
    assert blank.full() == f"{blank.prefix}{blank.number:0{blank.width}}"
    assert BlankNumber.parse(blank.full().lower()) == blank


@given(draw.blank_numbers(), st.integers(0, 9))
def test_numbers_of_a_row_are_alike(blank: BlankNumber, number: int):
    """Whatever the running number, the form stays."""
    assert blank.like(blank.at(number))
    assert blank.at(number).number == number


@pytest.mark.parametrize(
    "text", ["", "A", "A-", "1A", "-1", "A 1", "1" * 16, "A" * 40 + "1", "\u0661"]
)
def test_what_is_none(text: str):
    """It ends in a running number, and is never as long as a NIK."""
    with pytest.raises(InvalidInput):
        BlankNumber.parse(text)
