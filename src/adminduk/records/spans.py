"""Sets of whole numbers, kept as few spans: each a first and a last, in order, never touching."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

__all__ = ["Spans", "added", "holds", "left_of", "removed", "shared", "size"]

Spans = tuple[tuple[int, int], ...]
"""As `((1, 57), (60, 60))`: the numbers 1 to 57, and 60."""


def size(spans: Spans) -> int:
    """Count the numbers.

    >>> size(((1, 57), (60, 60)))
    58
    """
    return sum(last - first + 1 for first, last in spans)


def holds(spans: Spans, number: int) -> bool:
    """Whether a number is one of them."""
    place = bisect_right(spans, number, key=lambda span: span[0])
    return place > 0 and number <= spans[place - 1][1]


def added(*many: Spans) -> Spans:
    """Give all numbers of several sets.

    >>> added(((1, 4), (9, 9)), ((5, 6),))
    ((1, 6), (9, 9))
    """
    merged: list[tuple[int, int]] = []
    for first, last in sorted(span for spans in many for span in spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def removed(spans: Spans, gone: Spans) -> Spans:
    """Give the numbers of one set that are not in another.

    >>> removed(((1, 9),), ((3, 3), (7, 12)))
    ((1, 2), (4, 6))
    """
    return tuple(piece for span in spans for piece in left_of(*span, (gone,)))


def left_of(first: int, last: int, taken: Iterable[Spans]) -> Spans:
    """Give the numbers from a first to a last that are in none of several sets."""
    free = []
    for start, end in added(*taken):
        if start > last:
            break
        if first < start:
            free.append((first, start - 1))
        first = max(first, end + 1)
    return (*free, (first, last)) if first <= last else tuple(free)


def shared(one: Spans, other: Spans) -> Spans:
    """Give the numbers that are in both sets.

    >>> shared(((1, 9),), ((3, 3), (7, 12)))
    ((3, 3), (7, 9))
    """
    return removed(one, removed(one, other))
