"""The courier's days, and what is in a bag."""

from __future__ import annotations

import pytest
from cli_cases import CASES, DISTRICT, Book, as_file, by_courier, code_of
from cli_running import Desk, not_translated, too_wide

HEAD = {"id": "endang", "role": "head_of_office", "region": "35.23"}
PRINTER = "print_operator:joko@35.23"
CODE = code_of(1)
BAG = f"BAG-{CODE}"


@pytest.fixture
def printed(desk: Desk) -> Desk:
    """Give an office with a birth's three documents printed, and a courier every day."""
    lines = by_courier(CASES["birth"], CODE)
    plan = next(place for place, line in enumerate(lines) if line["do"] == "plan")
    book = Book("schedule", hour=14)
    weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"]
    timetable = {"weekdays": weekdays, "days_before": 0, "cut_off": "23:59"}
    book.add(HEAD, "set_schedule", schedule=DISTRICT, timetable=timetable)
    assert desk.run("apply", "-", stdin=as_file([*lines[:plan], *book.lines])).code == 0
    return desk


def sealing(bag: str) -> list[dict[str, object]]:
    """Write the sealing of a bag of three, at the present time."""
    book = Book("sealing")
    joko = {"id": "joko", "role": "print_operator", "region": "35.23"}
    book.add(joko, "seal", bag=bag, count=3)
    (line,) = book.lines
    return [{name: value for name, value in line.items() if name != "at"}]


class TestSchedule:
    """When the courier goes where."""

    def test_an_office_without(self, desk: Desk):
        """It says how districts get one."""
        done = desk.run("schedule")
        assert (done.code, done.out[:23]) == (0, "The courier goes nowher")

    def test_of_two_weeks(self, printed: Desk):
        """Each run with what is ready; holidays are shifted and not doubled."""
        done = printed.run("schedule", "--from", "2021-07-12", "--until", "2021-07-25", "--json")
        days = [one["day"] for one in done.json["trips"]]
        assert days == [f"2021-07-{day}" for day in (12, 13, 14, 15, 16, 19, 21, 22, 23)]
        assert {one["ready"] for one in done.json["trips"]} == {3}

    def test_for_people(self, printed: Desk):
        """A line a run, within 80 columns, with the district's name."""
        done = printed.run("schedule", "--from", "2021-07-12", "--until", "2021-07-13")
        assert too_wide(done.out) == []
        assert "Kerek" in done.out
        assert len(done.out.splitlines()) == 4

    def test_planned(self, printed: Desk):
        """All that is ready goes into one bag of the next run; then nothing is left to plan."""
        printer = Desk(printed.office, PRINTER)
        done = printer.run("schedule", "--plan", "--json").json
        bag = done["planned"][0]["records"][0]["id"]
        assert bag.startswith(f"{DISTRICT}-")
        assert [one["bags"] for one in done["trips"] if one["bags"]] == [
            [{"id": bag, "state": "planned"}]
        ]
        listed = printer.run("manifest", bag, "--json").json
        assert [one["id"] for one in listed["papers"]] == [f"{CODE}/{n}" for n in (1, 2, 3)]

    def test_nothing_to_plan(self, printed: Desk):
        """Planned once, nothing is left; it says so, and the list has the bag of before."""
        printer = Desk(printed.office, PRINTER)
        first = printer.run("schedule", "--plan")
        assert first.out.startswith("Planned: bag ")
        bag = first.out.splitlines()[0].split()[-1]
        printer.run("apply", "-", stdin=as_file(sealing(bag)))
        again = printer.run("schedule", "--plan")
        assert again.out.startswith("Nothing is ready that is not planned already.")
        assert f"{bag} (sealed)" in " ".join(again.out.split())


class TestManifest:
    """What goes with a bag."""

    def test_on_its_way(self, half: Desk):
        """Every paper with its village, and the check code that was sealed."""
        done = half.run("manifest", BAG)
        assert done.code == 0
        assert too_wide(done.out) == []
        assert [line.split()[1] for line in done.out.splitlines()[7:]] == [
            f"{CODE}/{number}" for number in (1, 2, 3)
        ]

    def test_of_a_bag_that_was_counted(self, desk: Desk):
        """Nothing is in it any more."""
        lines = by_courier(CASES["birth"], CODE)
        finish = next(place for place, line in enumerate(lines) if line["do"] == "finish")
        desk.run("apply", "-", stdin=as_file(lines[: finish + 1]))
        assert "Nothing is in it" in desk.run("manifest", BAG).out

    def test_of_no_bag(self, half: Desk):
        """It is not there."""
        assert half.run("manifest", "NONE").code == 1

    @pytest.mark.usefixtures("marked")
    @pytest.mark.parametrize("words", [("schedule",), ("manifest", BAG)])
    def test_in_the_language(self, half: Desk, words: tuple[str, ...]):
        """Everything that is no id is in the chosen language."""
        assert not_translated(Desk(half.office, "", "id").run(*words).out) == []
