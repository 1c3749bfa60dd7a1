"""The blanks of an office on the command line: the balance, and what became of one."""

from __future__ import annotations

import pytest
from cli_cases import CASES, RINI, SITI, Book, as_file, code_of, submission
from cli_running import Desk, not_translated, too_wide

PRINTER = {"id": "joko", "role": "print_operator", "region": "35.23"}
RANGE = "ktp/2021-07-A"


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    """Give an office with a range of ten, of which the third is used."""
    book = Book("stocked")
    book.add(
        PRINTER,
        "receive_blanks",
        blanks=RANGE,
        first="A0001",
        last="A0010",
        received_from="Ditjen Dukcapil",
        delivery_note="470/118",
    )
    book.add(SITI, "submit", **submission(CASES["ktp-hilang"], code_of(1)))
    items = list(CASES["ktp-hilang"].items)
    book.add(RINI, "verify", application=code_of(1), accepted=items)
    book.add(PRINTER, "print", copy=f"{code_of(1)}/1", blank="A0003")
    assert desk.run("apply", "-", stdin=as_file(book.lines)).code == 0
    return desk


class TestBlanks:
    """The balance."""

    def test_of_nothing(self, desk: Desk):
        """Says how a ledger begins."""
        assert "receive_blanks" in desk.run("blanks").out
        empty = {"products": [], "ranges": [], "gaps": [], "doubles": [], "forecasts": []}
        assert desk.run("blanks", "--json").json == empty

    def test_for_people(self, stocked: Desk):
        """What was received, what is left, what was skipped."""
        done = stocked.run("blanks")
        assert "ktp: 10 received, 1 used, 9 left" in done.out
        assert "A0001–A0010" in done.out
        assert "Gap: ktp A0001 to A0002: skipped." in done.out
        assert too_wide(done.out) == []

    def test_for_programs(self, stocked: Desk):
        """Each range with all its counts, and the forecast."""
        told = stocked.run("blanks", "--product", "ktp", "--json").json
        (one,) = told["ranges"]
        assert (one["id"], one["received"], one["used"], one["left"]) == (RANGE, 10, 1, 9)
        assert [total["left"] for total in told["products"]] == [9]
        assert [coming["left"] for coming in told["forecasts"]] == [9]

    def test_on_a_day(self, stocked: Desk):
        """Before the first came there was nothing, and nothing is foretold of a day."""
        told = stocked.run("blanks", "--on", "2021-07-01", "--json").json
        assert (told["ranges"], told["forecasts"]) == ([], [])

    def test_of_what_needs_none(self, stocked: Desk):
        """It says what does."""
        refused = stocked.run("blanks", "--product", "kk")
        assert refused.code == 1
        assert "ktp, kia" in refused.err

    @pytest.mark.usefixtures("marked")
    def test_all_of_it_is_translated(self, stocked: Desk):
        """Also the names of fates; ids and people stay as they are."""
        in_indonesian = Desk(stocked.office, stocked.by, language="id")
        for arguments in (("blanks",), ("blank", "A0003"), ("blank", "A0001"), ("blank", "X1")):
            done = in_indonesian.run(*arguments)
            said = [line for line in not_translated(done.out) if "ktp/" not in line]
            assert [line for line in said if "joko" not in line] == []


class TestBlank:
    """What became of one."""

    def test_that_is_used(self, stocked: Desk):
        """Which copy it is in, and how it came there."""
        done = stocked.run("blank", "a0003")
        assert "ktp A0003: used" in done.out
        assert f"Copy: {code_of(1)}/1" in done.out
        told = stocked.run("blank", "A0003", "--json").json
        assert [one["fate"] for one in told[0]["happened"]] == ["left", "used"]

    def test_that_was_never_received(self, stocked: Desk):
        """Nobody knows it."""
        assert stocked.run("blank", "Z9").out.startswith("No blank of that number")
        assert stocked.run("blank", "Z9", "--json").json == []
