"""At the desks: the next case to read, a batch to print, a person without a code."""

from __future__ import annotations

import pytest
from cli_cases import CASES, RINI, SITI, VILLAGE, Book, as_file, by_courier, code_of, submission
from cli_running import Desk, not_translated, too_wide

BUDI = "registry_operator:budi@35.23"
ENDAH = "registry_operator:endah@35.23"
PRINTER = "print_operator:joko@35.23"
JULY = ("--from", "2021-07-01", "--until", "2021-07-31")


def person(number: int) -> dict[str, object]:
    """Invent the holder of a card."""
    return {"holder": {"name": "Bambang Setiawan", "nik": f"352308170895{number:04}"}}


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    """Give an office where two lost cards are applied for."""
    book = Book("waiting")
    for number in (1, 2):
        fields = submission(CASES["ktp-hilang"], code_of(number))
        book.add(SITI, "submit", **{**fields, "people": person(number)})
    assert desk.run("apply", "-", stdin=as_file(book.lines)).code == 0
    return desk


def verified(desk: Desk) -> None:
    """Verify both cases, the second first."""
    book = Book("verified", hour=12)
    for number in (2, 1):
        items = list(CASES["ktp-hilang"].items)
        book.add(RINI, "verify", application=code_of(number), accepted=items)
    assert desk.run("apply", "-", stdin=as_file(book.lines)).code == 0


class TestTake:
    """Two verifiers do not read the same case."""

    def test_each_another(self, waiting: Desk):
        """The most urgent first; who comes third is told that nothing is left."""
        taken = [Desk(waiting.office, by).run("take").out for by in (BUDI, ENDAH)]
        assert [one.split(":")[0] for one in taken] == [code_of(1), code_of(2)]
        third = Desk(waiting.office, "registry_operator:rudi@35.23").run("take")
        assert third.out.startswith("No case waits to be read.")

    def test_others_see_it(self, waiting: Desk):
        """The inbox says who reads it."""
        Desk(waiting.office, BUDI).run("take")
        tasks = Desk(waiting.office, ENDAH).run("inbox", "--json").json["tasks"]
        readers = {one["id"]: one["taken_by"] for one in tasks if one["kind"] == "application"}
        assert readers == {code_of(1): "budi", code_of(2): None}
        shown = Desk(waiting.office, ENDAH).run("inbox").out
        assert "submitted, budi is reading it" in " ".join(shown.split())

    def test_by_who_may_not(self, waiting: Desk):
        """An operator of a village verifies nothing."""
        done = Desk(waiting.office, f"village_operator:siti@{VILLAGE}").run("take", "--json")
        assert done.code == 1
        assert '"wrong_role"' in done.err

    def test_for_programs(self, desk: Desk):
        """Nothing is null."""
        assert Desk(desk.office, BUDI).run("take", "--json").json is None


class TestPrint:
    """A batch of cards on blanks as they were scanned."""

    def test_in_the_order_of_waiting(self, waiting: Desk):
        """The first blank goes to the copy that was ordered first."""
        verified(waiting)
        done = Desk(waiting.office, PRINTER).run(
            "print", "ktp", "--blanks", "-", stdin=b"B-1\nB-2\n\n"
        )
        assert done.code == 0
        rows = [line.split() for line in done.out.splitlines()[2:]]
        assert rows == [[f"{code_of(2)}/1", "B-1"], [f"{code_of(1)}/1", "B-2"]]

    def test_all_or_none(self, waiting: Desk):
        """A blank scanned twice is used once; the other copy waits on, too."""
        verified(waiting)
        printer = Desk(waiting.office, PRINTER)
        done = printer.run("print", "ktp", "--blanks", "-", stdin=b"B-1\nB-1\n")
        assert done.code == 1
        assert "B-1" in done.err
        tasks = printer.run("inbox", "--json").json["tasks"]
        assert [one["state"] for one in tasks] == ["ordered", "ordered"]

    def test_on_plain_paper(self, desk: Desk):
        """A family card needs a signature, and no blank."""
        lines = by_courier(CASES["kk-hilang"], code_of(1))
        until = next(place for place, line in enumerate(lines) if line["do"] == "print")
        desk.run("apply", "-", stdin=as_file(lines[:until]))
        printer = Desk(desk.office, PRINTER)
        assert printer.run("print", "kk").code == 1
        done = printer.run("print", "kk", "--signature", "Endang Sulastri", "--json")
        assert [one["records"][0]["state"] for one in done.json] == ["at_office"]

    def test_nothing_waits(self, desk: Desk):
        """An empty queue explains itself."""
        done = Desk(desk.office, PRINTER).run("print", "ktp")
        assert (done.code, done.out[:30]) == (0, "No copy of that waits to be pr")

    def test_more_blanks_than_copies(self, waiting: Desk):
        """How many wait is said."""
        verified(waiting)
        done = Desk(waiting.office, PRINTER).run(
            "print", "ktp", "--blanks", "-", stdin=b"1\n2\n3\n"
        )
        assert done.code == 1
        assert "1 to 2 blanks" in done.err


class TestFind:
    """For a person without a code."""

    def test_by_village_and_day(self, waiting: Desk):
        """Who applied, for what, and how to follow it."""
        done = Desk(waiting.office, BUDI).run("find", VILLAGE, *JULY)
        assert done.code == 0
        assert too_wide(done.out) == []
        rows = [line.split() for line in done.out.splitlines()[2:]]
        assert {row[1] for row in rows} == {code_of(1), code_of(2)}
        assert all(row[0] == "2021-07-12" and row[-1] == "ktp-hilang" for row in rows)

    def test_page_by_page(self, waiting: Desk):
        """Each page names the next; together they are all."""
        budi, codes, place = Desk(waiting.office, BUDI), [], None
        while True:
            after = [] if place is None else ["--after", place]
            page = budi.run("find", VILLAGE, *JULY, "--limit", "1", *after, "--json").json
            codes += [one["code"] for one in page["cases"]]
            place = page["next"]
            if place is None:
                break
        assert sorted(codes) == sorted([code_of(1), code_of(2)])

    def test_another_service(self, waiting: Desk):
        """Nothing that asks for it is there."""
        done = Desk(waiting.office, BUDI).run("find", VILLAGE, *JULY, "--service", "kk-hilang")
        assert done.out.startswith(f"No case of {VILLAGE}")

    def test_elsewhere(self, waiting: Desk):
        """An operator looks in their own village only."""
        done = Desk(waiting.office, "village_operator:siti@35.23.08.2002").run("find", VILLAGE)
        assert done.code == 1

    @pytest.mark.usefixtures("marked")
    @pytest.mark.parametrize("words", [("take",), ("print", "ktp"), ("find", VILLAGE, *JULY)])
    def test_in_the_language(self, waiting: Desk, words: tuple[str, ...]):
        """Everything that is no id is in the chosen language."""
        by = PRINTER if words[0] == "print" else BUDI
        said = Desk(waiting.office, by, "id").run(*words).out
        assert [one for one in not_translated(said) if not one.startswith("  {")] == []

    def test_what_is_taken_is_verified_as_it_says(self, waiting: Desk):
        """The line that it gives is one for `apply`."""
        taken = Desk(waiting.office, BUDI).run("take").out
        line = next(one for one in taken.splitlines() if one.startswith("  {"))
        done = Desk(waiting.office, BUDI).run("apply", "-", stdin=line.encode())
        assert done.lines[0]["records"][0]["state"] == "verified"
