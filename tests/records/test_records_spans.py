"""Sets of numbers as spans: they are sets, and as few spans as can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adminduk.records.spans import Spans, added, holds, left_of, removed, shared, size
from adminduk.testing import strategies as draw

numbers = draw.spans()


def members(spans: Spans) -> set[int]:
    """Give every number."""
    return {one for first, last in spans for one in range(first, last + 1)}


def is_compact(spans: Spans) -> bool:
    """Whether spans are in order, not empty, and never touch."""
    ends = [end for span in spans for end in span]
    apart = all(spans[place][1] + 1 < spans[place + 1][0] for place in range(len(spans) - 1))
    return apart and ends == sorted(ends)


@given(numbers, numbers)
def test_they_are_sets(one: Spans, other: Spans):
    """Union, difference and intersection are those of sets, and as compact."""
    for made, wanted in (
        (added(one, other), members(one) | members(other)),
        (removed(one, other), members(one) - members(other)),
        (shared(one, other), members(one) & members(other)),
    ):
        assert members(made) == wanted
        assert size(made) == len(wanted)
        assert is_compact(made)


@given(numbers, st.integers(0, 60))
def test_holds_what_is_in_it(spans: Spans, number: int):
    """Each number, and no other."""
    assert holds(spans, number) == (number in members(spans))


@given(st.integers(0, 40), st.integers(0, 40), st.lists(numbers, max_size=3))
def test_what_is_left(first: int, length: int, taken: list[Spans]):
    """Of a row, all that is taken by none."""
    left = left_of(first, first + length, taken)
    row = set(range(first, first + length + 1))
    assert members(left) == row - set().union(*map(members, taken))
    assert is_compact(left)
