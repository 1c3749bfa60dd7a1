"""The ledger of an office's blanks: all ranges together, with what does not fit between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from attrs import frozen

from adminduk.errors import InvalidInput
from adminduk.records.blanks import FATES, Blanks
from adminduk.records.spans import Spans, added, shared
from adminduk.values import BlankNumber

__all__ = ["Gap", "Ledger", "run_out"]


@frozen
class Gap:
    """Numbers that one would expect and that are not there.

    Attributes:
        product: Of which product.
        first: The first number.
        last: The last number.
        why: `skipped`: left, though later ones of the range are used; `never_received`: between
            two ranges.
    """

    product: str
    first: str
    last: str
    why: str


class Ledger:
    """Ranges of blanks, found by their numbers."""

    def __init__(self, ranges: Iterable[Blanks]) -> None:
        self.ranges = sorted(ranges, key=lambda one: (one.product, one.begun, one.id))
        self._rows: dict[tuple[str, str, int], list[Blanks]] = {}
        for one in self.ranges:
            if one.numbers:
                self._rows.setdefault(_row(one.product, one.first), []).append(one)
        for row in self._rows.values():
            row.sort(key=lambda one: one.first.number)

    def range_of(self, product: str, text: str) -> tuple[Blanks, int] | None:
        """Give the range that a number was received in, and its running number."""
        try:
            blank = BlankNumber.parse(text)
        except InvalidInput:
            return None
        row = self._rows.get(_row(product, blank), [])
        place = bisect_right(row, blank.number, key=lambda one: one.first.number)
        if place == 0 or not row[place - 1].has(blank):
            return None
        return row[place - 1], blank.number

    def totals(self) -> dict[str, dict[str, int]]:
        """Count what was received of each product, what has each fate, and what is left."""
        totals: dict[str, dict[str, int]] = {}
        for one in self.ranges:
            total = totals.setdefault(one.product, dict.fromkeys(("received", *FATES, "left"), 0))
            for name, count in one.counts().items():
                total[name] += count
        return totals

    def gaps(self) -> Iterator[Gap]:
        """Give the gaps: numbers that were skipped, and numbers between two ranges."""
        for (product, *_), row in self._rows.items():
            for one in row:
                for first, last in _skipped(one):
                    yield _gap(product, one, first, last, "skipped")
            for one, other in pairwise(row):
                first, last = one.last.number + 1, other.first.number - 1
                if first <= last:
                    yield _gap(product, one, first, last, "never_received")


def run_out(ranges: Iterable[Blanks]) -> set[str]:
    """Give the products of which the office keeps a ledger, and has no blank left.

    Args:
        ranges: Those in stock, with the latest of each product.
    """
    kept = [one for one in ranges if one.state == "in_ledger"]
    return {one.product for one in kept} - {one.product for one in kept if one.in_stock}


def _row(product: str, blank: BlankNumber) -> tuple[str, str, int]:
    return product, blank.prefix, blank.width


def _skipped(blanks: Blanks) -> Spans:
    """Give the numbers that are left below the last one that was used."""
    spent = added(blanks.used, blanks.misprinted)
    return shared(blanks.left, ((0, spent[-1][1]),)) if spent else ()


def _gap(product: str, blanks: Blanks, first: int, last: int, why: str) -> Gap:
    return Gap(product, str(blanks.first.at(first)), str(blanks.first.at(last)), why)
