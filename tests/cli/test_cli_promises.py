"""What was promised, on the command line: late, promises, and the calendar of the courier."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_cases import CASES, DISTRICT, Book, as_file, by_courier, code_of, submission
from cli_running import Desk, not_translated, too_wide

SITI = {"id": "siti", "role": "village_operator", "region": f"{DISTRICT}.2001"}
HEAD = {"id": "endang", "role": "head_of_office", "region": "35.23"}
CODE = code_of(1)
THIS_MONTH = f"{datetime.now(UTC):%Y-%m}"


@pytest.fixture
def served(desk: Desk) -> Desk:
    """Give an office with a birth that was served, and a lost card that waits at the registry."""
    book = Book("waiting", hour=15)
    book.add(SITI, "submit", **submission(CASES["ktp-hilang"], code_of(2)))
    lines = [*by_courier(CASES["birth"], CODE), *book.lines]
    assert desk.run("apply", "-", stdin=as_file(lines)).code == 0
    return desk


class TestLate:
    """What is overdue, and what soon will be."""

    def test_nothing(self, desk: Desk):
        """It says so."""
        done = desk.run("late")
        assert (done.code, done.out) == (
            0,
            "Nothing is overdue, and all that is promised for these days is there.\n",
        )

    def test_for_people(self, served: Desk):
        """Whose turn it is and how much lies there; then each, within 80 columns."""
        done = served.run("late", "--soon", "5")
        lines = done.out.splitlines()
        assert lines[0].split("  ")[0] == "Overdue"
        assert lines[2].split() == ["0", "1", "verification", "registry", "operator", "35.23"]
        assert f"{code_of(2)} ktp  open" in done.out
        assert too_wide(done.out) == []

    def test_for_programs(self, served: Desk):
        """The same as data."""
        (one,) = served.run("late", "--soon", "5", "--json").json["late"]
        assert (one["code"], one["product"], one["outcome"]) == (code_of(2), "ktp", "open")
        assert (one["stage"], one["owner"]) == ("verification", "registry_operator@35.23")

    def test_more_than_is_shown(self, desk: Desk):
        """It says how many more there are."""
        book = Book("several")
        book.add(SITI, "submit", **submission(CASES["birth"], CODE))
        assert desk.run("apply", "-", stdin=as_file(book.lines)).code == 0
        done = desk.run("late", "--soon", "5", "--limit", "2")
        assert done.out.endswith("There are 1 more: --limit\n")

    @pytest.mark.usefixtures("marked")
    def test_in_the_language(self, served: Desk):
        """Nothing of it stays English."""
        done = Desk(served.office, language="id").run("late", "--soon", "5")
        assert not_translated(done.out) == []


class TestPromises:
    """Each promise for a month."""

    def test_nothing(self, desk: Desk):
        """Of that month."""
        done = desk.run("promises", "--month", "1999-01")
        assert (done.code, done.out) == (0, "Nothing was promised for 1999-01.\n")

    def test_no_month(self, desk: Desk):
        """It says what one looks like."""
        assert desk.run("promises", "--month", "July").code == 2
        assert "2021-07" in desk.run("promises", "--help").out

    def test_for_programs(self, served: Desk):
        """The sums, and with --each every promise."""
        month = served.run("track", CODE, "--json").json["products"][0]["promise"]["day"][:7]
        told = served.run("promises", "--month", month, "--each", "--json").json
        assert told["outcomes"]["kept"] == 3
        assert len(told["promises"]) == told["promised"] == 4
        assert "promises" not in served.run("promises", "--month", month, "--json").json

    def test_for_people(self, served: Desk):
        """How many were kept, and of what was not why."""
        month = served.run("track", CODE, "--json").json["products"][0]["promise"]["day"][:7]
        done = served.run("promises", "--month", month)
        assert done.out.startswith(f"Promised for {month}: 4\n")
        assert "3      kept" in done.out

    @pytest.mark.usefixtures("marked")
    def test_in_the_language(self, served: Desk):
        """Nothing of it stays English."""
        month = served.run("track", CODE, "--json").json["products"][0]["promise"]["day"][:7]
        done = Desk(served.office, language="id").run("promises", "--month", month, "--each")
        assert not_translated(done.out) == []

    def test_of_the_story(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """In the story of the demo three were broken, and it says for what."""
        monkeypatch.chdir(tmp_path)
        assert Desk().run("demo").code == 0
        done = Desk("sqlite:///adminduk-demo/tuban.db").run(
            "promises", "--month", "2021-07", "--each"
        )
        assert "2      missing" in done.out
        assert "broken, counter, front desk 35.23" in done.out
        assert "1      withdrawn" in done.out
        assert too_wide(done.out) == []


class TestTheSlip:
    """What the applicant takes home."""

    def test_says_when(self, desk: Desk, tmp_path: Path):
        """The day at the counter, and the courier's where there is one."""
        book = Book("told")
        book.add(HEAD, "set_schedule", schedule=DISTRICT, timetable={"weekdays": ["wednesday"]})
        book.add(SITI, "submit", **submission(CASES["ktp-hilang"], CODE))
        slips = tmp_path / "slips.txt"
        done = desk.run("apply", "--slips", str(slips), "-", stdin=as_file(book.lines))
        assert done.code == 0, done.out + done.err
        told = " ".join(slips.read_text(encoding="utf-8").split())
        assert ": at the district on" in told
        assert "at the counter, with a letter, from" in told

    def test_of_who_must_still_come(self, desk: Desk):
        """No day is told yet."""
        book = Book("to come")
        book.add(SITI, "submit", **submission(CASES["ktp-baru"], CODE))
        assert desk.run("apply", "-", stdin=as_file(book.lines)).code == 0
        told = desk.run("track", CODE).out
        assert "  ktp: the days count from the day on which the person comes\n" in told


class TestCalendar:
    """The courier's days in a file for calendar programs."""

    @pytest.fixture
    def timed(self, desk: Desk) -> Desk:
        """Give an office from which the courier goes to Kerek on Wednesdays."""
        book = Book("timed")
        book.add(HEAD, "set_schedule", schedule=DISTRICT, timetable={"weekdays": ["wednesday"]})
        assert desk.run("apply", "-", stdin=as_file(book.lines)).code == 0
        return desk

    def test_is_written(self, timed: Desk, tmp_path: Path):
        """Over one that is there, so that a calendar that reads it stays up to date."""
        file = tmp_path / "courier.ics"
        for _ in range(2):
            done = timed.run(
                "schedule", "--ical", str(file), "--from", "2021-07-12", "--until", "2021-08-08"
            )
            assert (done.code, done.out[:8]) == (0, "Written:")
        assert file.read_bytes().count(b"BEGIN:VEVENT") == 4

    def test_for_programs(self, timed: Desk, tmp_path: Path):
        """It says how many runs are in it; of another district there are none."""
        file = tmp_path / "courier.ics"
        days = ("--from", "2021-07-12", "--until", "2021-08-08", "--json")
        done = timed.run("schedule", "--ical", str(file), *days)
        assert done.json == {"file": str(file), "events": 4}
        done = timed.run("schedule", "--ical", str(file), "--district", "35.23.12", *days)
        assert done.json["events"] == 0

    def test_where_nothing_can_be_written(self, timed: Desk, tmp_path: Path):
        """It says so."""
        done = timed.run("schedule", "--ical", str(tmp_path / "no" / "courier.ics"))
        assert done.code == 1
        assert "courier.ics" in done.err
