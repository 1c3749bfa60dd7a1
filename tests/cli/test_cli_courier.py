"""The courier's days, and what is in a bag."""

from __future__ import annotations

from datetime import date

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
        days = [one["day"] for one in done.json["runs"]]
        assert days == [f"2021-07-{day}" for day in (12, 13, 14, 15, 16, 19, 21, 22, 23)]
        assert {one["ready"] for one in done.json["runs"]} == {3}

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
        assert [one["bags"] for one in done["runs"] if one["bags"]] == [
            [{"id": bag, "state": "planned"}]
        ]
        listed = printer.run("manifest", bag, "--json").json
        assert [one["id"] for one in listed["papers"]] == [f"{CODE}/{n}" for n in (1, 2, 3)]

    @pytest.mark.parametrize("words", [("--trip", "SELATAN"), ("--own-van",)])
    def test_what_belongs_to_planning(self, printed: Desk, words: tuple[str, ...]):
        """Misuse."""
        assert of(printed, PRINTER).run("schedule", *words).code == 2

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
        """It is what was sealed, so that it can be asked for whenever a paper is looked for."""
        lines = by_courier(CASES["birth"], CODE)
        finish = next(place for place, line in enumerate(lines) if line["do"] == "finish")
        depart = next(place for place, line in enumerate(lines) if line["do"] == "depart")
        desk.run("apply", "-", stdin=as_file(lines[: depart + 1]))
        before = desk.run("manifest", BAG, "--json").json
        desk.run("apply", "-", stdin=as_file(lines[depart + 1 : finish + 1]))
        after = desk.run("manifest", BAG, "--json").json
        papers = [{**one, "counted": True} for one in before["papers"]]
        assert after == {**before, "state": "counted", "papers": papers}
        assert after["count"] == 3

    def test_of_a_bag_that_was_cancelled(self, printed: Desk):
        """Nothing is in it."""
        printer = Desk(printed.office, PRINTER)
        bag = printer.run("schedule", "--plan", "--json").json["planned"][0]["records"][0]["id"]
        book = Book("cancel")
        book.add({"id": "joko", "role": "print_operator", "region": "35.23"}, "cancel", bag=bag)
        (line,) = book.lines
        line = {name: value for name, value in line.items() if name != "at"}
        assert printer.run("apply", "-", stdin=as_file([line])).code == 0
        assert "Nothing is in it" in printer.run("manifest", bag).out

    def test_of_no_bag(self, half: Desk):
        """It is not there."""
        assert half.run("manifest", "NONE").code == 1


def of(desk: Desk, actor: str) -> Desk:
    """Give the same office to somebody else."""
    return Desk(desk.office, actor)


REGISTRAR, COURIER = "registry_operator:budi@35.23", "courier:agus@35.23"
DISTRICT_DESK = f"district_operator:dewi@{DISTRICT}"


@pytest.fixture
def packed(printed: Desk) -> Desk:
    """Give the office with a bag of three sealed, for the trip SELATAN."""
    done = of(printed, PRINTER).run("schedule", "--plan", "--trip", "SELATAN", "--json")
    bag = done.json["planned"][0]["records"][0]["id"]
    assert printed.run("apply", "-", stdin=as_file(sealing(bag))).code == 0
    return printed


class TestExtraRuns:
    """The courier goes on one more day."""

    def test_is_in_the_schedule(self, printed: Desk):
        """Whatever day it is, here a Sunday far ahead."""
        day = f"{date.today().year + 1}-08-17"  # noqa: DTZ011 - any day that is to come
        done = of(printed, REGISTRAR).run("schedule", "--extra", DISTRICT, day, "--json")
        assert done.code == 0
        listed = printed.run("schedule", "--from", day, "--until", day, "--json").json
        assert [one["day"] for one in listed["runs"]] == [day]
        assert done.json["extra"]["records"][0]["id"] == DISTRICT

    def test_is_said_to_be(self, printed: Desk):
        """Though the schedule that is shown with it may end before."""
        day = f"{date.today().year + 1}-08-17"  # noqa: DTZ011 - as above
        done = of(printed, REGISTRAR).run("schedule", "--extra", DISTRICT, day)
        assert done.out.splitlines()[0] == f"The courier goes to {DISTRICT} on {day}, too."

    @pytest.mark.parametrize("day", ["2021-07-15", "tomorrow", "2021-02-30"])
    def test_not_on_such_a_day(self, printed: Desk, day: str):
        """It is past, or none."""
        assert of(printed, REGISTRAR).run("schedule", "--extra", DISTRICT, day).code == 1


class TestTrips:
    """The courier's list, and a whole trip taken along and in."""

    def test_in_an_office_without(self, desk: Desk):
        """It says what makes a trip."""
        done = desk.run("trips")
        assert (done.code, done.out[:22]) == (0, "No trip in those days.")

    def test_are_listed(self, packed: Desk):
        """A line a trip, within 80 columns."""
        done = packed.run("trips", "--until", f"{date.today().year + 1}-01-10")  # noqa: DTZ011
        assert too_wide(done.out) == []
        (line,) = done.out.splitlines()[2:]
        assert line.split()[0] == "SELATAN"
        assert line.split()[2:] == ["1", "3", "0", "Kerek"]

    def test_from_the_office_to_the_district(self, packed: Desk):
        """Shown, taken along, taken in with a broken seal."""
        shown = packed.run("trip", "SELATAN")
        assert shown.code == 0
        assert too_wide(shown.out) == []
        assert "Kerek" in shown.out
        gone = of(packed, COURIER).run("trip", "SELATAN", "--depart")
        assert ": departed" in gone.out.splitlines()[0]
        again = of(packed, COURIER).run("trip", "SELATAN", "--depart", "--stop", DISTRICT)
        assert again.out.startswith("No bag of this trip waits here.")
        told = packed.run("trip", "SELATAN", "--json").json
        (load,) = told["stops"][0]["drop"]
        assert (load["state"], load["count"], load["holder"]) == ("departed", 3, "courier@35.23")
        there = of(packed, DISTRICT_DESK)
        done = there.run("trip", "SELATAN", "--arrive", "--broken", load["bag"], "--json").json
        assert done["done"][0]["records"][0]["state"] == "arrived"

    def test_planned_for_the_own_van(self, printed: Desk):
        """No carrier is told of it."""
        words = ("--plan", "--own-van", "--trip", "SELATAN")
        assert of(printed, PRINTER).run("schedule", *words).code == 0
        (load,) = printed.run("trip", "SELATAN", "--json").json["stops"][0]["drop"]
        assert (load["state"], load["own_van"]) == ("planned", True)

    def test_taken_by_the_own_van(self, packed: Desk):
        """Though it was planned for a carrier: that is not to come for it any more."""
        of(packed, COURIER).run("trip", "SELATAN", "--depart", "--own-van")
        (load,) = packed.run("trip", "SELATAN", "--json").json["stops"][0]["drop"]
        assert (load["state"], load["own_van"]) == ("departed", True)
        shown = packed.run("trip", "SELATAN").out
        assert "own van" in " ".join(shown.split())
        assert too_wide(shown) == []

    @pytest.mark.parametrize("words", [("--stop", DISTRICT), ("--broken", "BAG"), ("--own-van",)])
    def test_what_belongs_to_something_else(self, packed: Desk, words: tuple[str, str]):
        """Misuse."""
        assert packed.run("trip", "SELATAN", *words).code == 2

    def test_of_none(self, packed: Desk):
        """It is not there."""
        assert packed.run("trip", "UTARA").code == 1


class TestOwed:
    """Who answers for what."""

    def test_in_an_office_without(self, desk: Desk):
        """It says what shows up."""
        done = desk.run("owed")
        assert (done.code, done.out[:7]) == (0, "Nobody ")

    def test_by_everybody(self, packed: Desk):
        """A line a post."""
        done = packed.run("owed")
        assert too_wide(done.out) == []
        assert "print operator 35.23" in done.out

    def test_by_a_post(self, packed: Desk):
        """Thing by thing."""
        done = packed.run("owed", "--post", "print_operator@35.23")
        assert too_wide(done.out) == []
        assert "bag: sealed" in done.out
        (told,) = packed.run("owed", "--post", "print_operator@35.23", "--json").json
        assert [one["state"] for one in told["bags"]] == ["sealed"]

    def test_by_a_post_that_owes_nothing(self, packed: Desk):
        """Others may owe; so it is said of this one only."""
        done = packed.run("owed", "--post", "front_desk@35.23")
        assert done.out == "front desk 35.23 answers for nothing.\n"

    def test_with_what_is_gone(self, packed: Desk):
        """What was in a bag that is written off, with its differences."""
        of(packed, COURIER).run("trip", "SELATAN", "--depart")
        (load,) = packed.run("trip", "SELATAN", "--json").json["stops"][0]["drop"]
        book = Book("written off")
        fields = {"bag": load["bag"], "reason": "Mobil terbakar", "approved_by": HEAD}
        book.add(
            {"id": "budi", "role": "registry_operator", "region": "35.23"}, "write_off", **fields
        )
        lines = [{name: one for name, one in line.items() if name != "at"} for line in book.lines]
        assert packed.run("apply", "-", stdin=as_file(lines)).code == 0
        done = packed.run("owed", "--post", "courier@35.23")
        assert too_wide(done.out) == []
        assert done.out.count("copy: missing") == 3
        assert "Differences without an outcome" in done.out
        found = "\n".join(
            line for line in packed.run("owed").out.splitlines() if "courier 35.23" in line
        )
        assert found.split()[:5] == ["0", "0", "0", "3", "3"]

    @pytest.mark.parametrize("post", ["courier", "boss@35.23", "courier@35.23.08"])
    def test_by_no_post(self, desk: Desk, post: str):
        """Misuse."""
        assert desk.run("owed", "--post", post).code == 2

    @pytest.mark.usefixtures("marked")
    @pytest.mark.parametrize(
        "words",
        [
            ("owed",),
            ("owed", "--post", "print_operator@35.23"),
            ("owed", "--post", "front_desk@35.23"),
            ("trips",),
        ],
    )
    def test_in_the_language(self, packed: Desk, words: tuple[str, ...]):
        """Everything that is no id is in the chosen language."""
        assert not_translated(Desk(packed.office, "", "id").run(*words).out) == []

    @pytest.mark.usefixtures("marked")
    def test_a_trip_in_the_language(self, packed: Desk):
        """All but the label that somebody gave it."""
        said = Desk(packed.office, "", "id").run("trip", "SELATAN").out.replace("SELATAN", "1")
        assert not_translated(said) == []


class TestCount:
    """A desk without a network counts what lies before it."""

    def test_what_is_named(self, half: Desk):
        """The same papers give what was sealed, in whatever order they come."""
        sealed = half.run("manifest", BAG, "--json").json
        ids = [one["id"] for one in sealed["papers"]]
        counted = Desk().run("count", *reversed(ids), "--json").json
        assert counted == {"count": 3, "check": sealed["check"]}
        assert Desk().run("count", *ids[:2], "--json").json["check"] != sealed["check"]

    def test_what_is_scanned(self):
        """One a line, as a scanner types them: in small letters, without its hyphen."""
        typed = f"{CODE}/1\n\n  {CODE.lower().replace('-', '')}/2 \n".encode()
        named = Desk().run("count", f"{CODE}/2", f"{CODE}/1")
        assert Desk().run("count", stdin=typed).out == named.out
        assert "Papers: 2; check code " in named.out

    def test_nothing(self):
        """It says what to give."""
        assert "scan them" in Desk().run("count", stdin=b"\n").out

    def test_a_paper_twice(self):
        """It was scanned twice, or it is not the same paper: either is said."""
        done = Desk().run("count", f"{CODE}/1", f"{CODE}/1")
        assert (done.code, "twice" in done.err) == (1, True)

    @pytest.mark.parametrize("typed", [b"K7M2Q9XD4H-T", b"x" * 500, b"3523080101900001/1"])
    def test_what_is_no_paper(self, typed: bytes):
        """Which one it is, is said."""
        done = Desk().run("count", "--json", stdin=f"{CODE}/1\n".encode() + typed)
        assert done.code == 1
        assert "papers[1]" in done.err


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("words", [("schedule",), ("manifest", BAG), ("count", f"{CODE}/1")])
def test_in_the_language(half: Desk, words: tuple[str, ...]):
    """Everything that is no id is in the chosen language."""
    assert not_translated(Desk(half.office, "", "id").run(*words).out) == []
