"""A range of blanks: each number has one fate, and what was received is their sum."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from attrs import evolve
from hypothesis import given

from adminduk.records import Blanks
from adminduk.records.blanks import FATES
from adminduk.records.ledger import Ledger, run_out
from adminduk.records.spans import Spans, holds, size
from adminduk.testing import strategies as draw
from adminduk.values import BlankNumber


def made(id_: str, first: int, last: int) -> Blanks:
    """Make a range of which nothing has become."""
    number = BlankNumber.parse("A0000")
    return Blanks(
        id=id_,
        region=draw.TUBAN,
        state="in_ledger",
        begun=datetime(2021, 7, 12, tzinfo=UTC),
        first=number.at(first),
        last=number.at(last),
        received_from="Ditjen Dukcapil",
        delivery_note="470/118",
    )


@given(draw.ranges_of_blanks())
def test_received_is_the_sum_of_fates(blanks: Blanks):
    """Each number is counted once, under the fate that it has."""
    counts = blanks.counts()
    assert counts["received"] == sum(counts.values()) - counts["received"]
    ((first, last),) = blanks.numbers
    for number in range(first, last + 1):
        fate = blanks.fate_of(number)
        assert holds(blanks.left if fate == "left" else blanks.with_fate(fate), number)
    assert blanks.faults() == []


@given(draw.ranges_of_blanks())
def test_a_number_of_two_fates_is_found(blanks: Blanks):
    """So is one that is not of the range, and one that is said to be spoiled and is not."""
    ((first, last),) = blanks.numbers
    twice: dict[str, Any] = {"used": ((first, first),), "missing": ((first, first),)}
    assert "a number has two fates" in evolve(blanks, **twice).faults()
    beyond: dict[str, Any] = {"used": ((last + 1, last + 1),)}
    assert "a number outside the range has a fate" in evolve(blanks, **beyond).faults()
    for part, whole in (("disposed", "misprinted"), ("outside", "used")):
        wrong: dict[str, Any] = {part: ((first, first),), whole: ()}
        assert (
            "a number is said to be spoiled or used that is not" in evolve(blanks, **wrong).faults()
        )


@given(draw.ranges_of_blanks(), draw.ranges_of_blanks())
def test_the_ledger_is_the_sum_of_its_ranges(one: Blanks, other: Blanks):
    """Of each product; what was withdrawn counts for nothing."""
    gone = evolve(other, state="withdrawn", **dict.fromkeys(FATES, ()))
    totals = Ledger([one, evolve(one, id="x/1"), gone]).totals()
    assert totals[one.product] == one.counts()
    assert totals["x"] == one.counts()


@given(draw.ranges_of_blanks())
def test_gaps_are_what_was_skipped(blanks: Blanks):
    """Numbers that are left below one that is used."""
    skipped = {
        one
        for gap in Ledger([blanks]).gaps()
        for one in range(int(gap.first[-4:]), int(gap.last[-4:]) + 1)
    }
    spent = [*blanks.used, *blanks.misprinted]
    highest = max((last for _, last in spent), default=-1)
    assert skipped == {
        one for first, last in blanks.left for one in range(first, last + 1) if one < highest
    }


def test_numbers_between_ranges_are_a_gap():
    """Of one row; of another form or product there is nothing between."""
    ranges = [made("ktp/A", 1, 10), made("ktp/B", 11, 20), made("ktp/C", 31, 40)]
    (gap,) = Ledger([*ranges, made("kia/A", 50, 60)]).gaps()
    assert (gap.product, gap.first, gap.last, gap.why) == (
        "ktp",
        "A0021",
        "A0030",
        "never_received",
    )


def test_a_number_is_found_in_its_range():
    """And what is not in one is not."""
    ledger = Ledger([made("ktp/C", 31, 40), made("ktp/A", 1, 10)])
    found = ledger.range_of("ktp", "a0031")
    assert found is not None
    assert (found[0].id, found[1]) == ("ktp/C", 31)
    for product, text in (("kia", "A0031"), ("ktp", "A0011"), ("ktp", "A"), ("ktp", "A0000")):
        assert ledger.range_of(product, text) is None


def test_what_has_run_out():
    """Where there is a ledger, and nothing that could still be used."""
    used: Spans = ((1, 10),)
    assert size(used) == 10
    out = evolve(made("ktp/A", 1, 10), used=used, latest=True)
    assert run_out([out]) == {"ktp"}
    assert run_out([out, made("ktp/B", 11, 20)]) == set()
    assert run_out([evolve(out, state="withdrawn")]) == run_out([]) == set()
