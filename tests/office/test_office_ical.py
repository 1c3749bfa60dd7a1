"""The courier's days as iCalendar: what a calendar program reads in the file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from office_days import JENU, KEREK, Town

from adminduk.errors import InvalidInput, Refused
from adminduk.records import Moved, Timetable, Weekday
from adminduk.testing.strategies.practice import timetables

FIRST, LAST = date(2021, 7, 12), date(2021, 8, 8)
WEDNESDAYS = Timetable(weekdays=(Weekday.WEDNESDAY,))


@pytest.fixture
def town() -> Town:
    """Give an office from which the courier goes to Kerek on Wednesdays."""
    town = Town()
    town.hadi.set_schedule(KEREK, timetable=WEDNESDAYS)
    return town


def written(town: Town, **options: Any) -> bytes:
    """Write the calendar of four weeks."""
    return town.office.courier_calendar(FIRST, LAST, **options)


def unfolded(told: bytes) -> list[str]:
    """Give the lines of a file, as RFC 5545 says that they are to be read."""
    assert told.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in told.split(b"\r\n"))
    assert b"\n" not in told.replace(b"\r\n", b"")
    return told.decode().replace("\r\n ", "").split("\r\n")[:-1]


def events(told: bytes) -> dict[str, dict[str, str]]:
    """Read the events by hand: the value of each property, by the UID of its event."""
    found: dict[str, dict[str, str]] = {}
    now: dict[str, str] | None = None
    for line in unfolded(told):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            now = {}
        elif line == "END:VEVENT":
            assert now is not None
            assert now["UID"] not in found
            found[now["UID"]] = now
        elif now is not None:
            now[name] = value
    return found


def days(told: bytes) -> Iterator[tuple[str, str, str]]:
    """Give the day, the state and the sequence of each event."""
    for one in events(told).values():
        yield one["DTSTART;VALUE=DATE"], one["STATUS"], one["SEQUENCE"]


class TestTheFile:
    """What RFC 5545 asks for."""

    def test_is_one(self, town: Town):
        """Its head says what it is, and its lines end and fold as they must."""
        told = written(town)
        head, *_ = unfolded(told)
        assert head == "BEGIN:VCALENDAR"
        assert {"VERSION:2.0", "METHOD:PUBLISH"} <= set(unfolded(told))
        assert Calendar.from_ical(told).to_ical() == told

    def test_holds_a_day_for_each_run(self, town: Town):
        """A whole day, which no time zone moves; that of Idul Adha is a Tuesday."""
        assert list(days(written(town))) == [
            (day, "CONFIRMED", "0") for day in ("20210714", "20210721", "20210728", "20210804")
        ]
        one = events(written(town))["20210714.35.23.08.courier@adminduk"]
        assert one["DTEND;VALUE=DATE"] == "20210715"
        assert one["DTSTAMP"] == "20210712T010000Z"
        assert one["TRANSP"] == "TRANSPARENT"
        assert one["LOCATION"] == "Kerek"

    def test_in_the_language_of_the_office(self):
        """Its title and its texts."""
        for language, said in (("id", "Kurir ke Kerek"), ("en", "Courier to Kerek")):
            town = Town(language=language)
            town.hadi.set_schedule(KEREK, timetable=WEDNESDAYS)
            assert {one["SUMMARY"] for one in events(written(town)).values()} == {said}

    def test_of_the_districts_that_are_asked_for(self, town: Town):
        """Of all that have a schedule, if none is."""
        town.hadi.set_schedule(JENU, timetable=Timetable(weekdays=(Weekday.MONDAY,)))
        assert {one["LOCATION"] for one in events(written(town)).values()} == {"Kerek", "Jenu"}
        asked = events(written(town, districts=[JENU]))
        assert {one["LOCATION"] for one in asked.values()} == {"Jenu"}

    def test_of_half_a_year(self, town: Town):
        """From today, where nothing is said."""
        told = events(town.office.courier_calendar())
        last = max(one["DTSTART;VALUE=DATE"] for one in told.values())
        assert last == "20220105"

    def test_of_days_the_wrong_way_round(self, town: Town):
        """It is refused."""
        with pytest.raises(InvalidInput):
            town.office.courier_calendar(LAST, FIRST)

    @pytest.mark.parametrize(
        ("first", "last"),
        [(date.min, None), (date.min, date(1, 2, 1)), (date(9999, 12, 1), None)],
    )
    def test_at_the_ends_of_the_calendar(self, town: Town, first: date, last: date | None):
        """There are no days beyond; of those that there are, a file is written."""
        assert town.office.courier_calendar(first, last).startswith(b"BEGIN:VCALENDAR")

    def test_of_an_office_without_a_schedule(self):
        """A calendar with nothing in it."""
        assert events(written(Town())) == {}

    @given(timetables())
    def test_says_when_the_courier_goes(self, timetable: Timetable):
        """Whatever the timetable: the same days as the schedule."""
        town = Town()
        town.hadi.set_schedule(KEREK, timetable=timetable)
        told = written(town)
        trips = town.office.schedule(FIRST, LAST)
        going = [day for day, status, _ in days(told) if status == "CONFIRMED"]
        assert sorted(going) == [f"{one.day:%Y%m%d}" for one in trips]


class TestAnotherFile:
    """Written later, it brings a calendar that took the first one in up to date."""

    def test_moves_a_run(self, town: Town):
        """It is the same event, on another day, told to be newer."""
        before = events(written(town))
        moved = Moved(date(2021, 7, 14), date(2021, 7, 16))
        town.hadi.set_schedule(KEREK, timetable=Timetable(weekdays=("wednesday",), moved=(moved,)))
        after = events(written(town))
        assert before.keys() == after.keys()
        uid = "20210714.35.23.08.courier@adminduk"
        assert (after[uid]["DTSTART;VALUE=DATE"], after[uid]["SEQUENCE"]) == ("20210716", "1")
        others = set(after) - {uid}
        assert {after[one]["SEQUENCE"] for one in others} == {"0"}

    def test_calls_a_run_off(self, town: Town):
        """It stays in the file, so that it vanishes from the calendar."""
        left_out = Moved(date(2021, 7, 14))
        timetable = Timetable(weekdays=("wednesday",), moved=(left_out,))
        town.hadi.set_schedule(KEREK, timetable=timetable)
        told = written(town)
        assert next(days(told)) == ("20210714", "CANCELLED", "1")
        assert next(iter(events(told).values()))["DESCRIPTION"] == "Kurir tidak berangkat."
        town.hadi.set_schedule(KEREK, timetable=WEDNESDAYS)
        assert next(days(written(town))) == ("20210714", "CONFIRMED", "2")

    def test_of_other_days_of_the_week(self, town: Town):
        """The old ones are called off, the new ones stand beside them."""
        town.hadi.set_schedule(KEREK, timetable=Timetable(weekdays=(Weekday.FRIDAY,)))
        told = set(days(written(town)))
        assert ("20210714", "CANCELLED", "1") in told
        assert ("20210716", "CONFIRMED", "0") in told

    def test_of_two_runs_that_come_to_one_day(self, town: Town):
        """One goes; the other is called off."""
        holiday = Timetable(weekdays=(Weekday.TUESDAY, Weekday.WEDNESDAY))
        town.hadi.set_schedule(JENU, timetable=holiday)  # Tuesday 20 July is Idul Adha
        told = list(days(written(town, districts=[JENU])))
        assert told.count(("20210721", "CONFIRMED", "0")) == 1
        assert sum(status == "CANCELLED" for _, status, _ in told) == 1

    def test_of_the_same_state_is_the_same(self, town: Town):
        """But for when it was written."""
        before = written(town)
        town.clock.wait(days=1)
        after = written(town)
        assert before.replace(b"20210712T01", b"20210713T01") == after

    @given(st.lists(timetables(), min_size=1, max_size=4))
    def test_never_goes_back(self, history: list[Timetable]):
        """No event is lost, and none has a smaller sequence than before."""
        town = Town()
        told: dict[str, dict[str, str]] = {}
        for timetable in history:
            town.clock.wait(seconds=1)
            town.hadi.set_schedule(KEREK, timetable=timetable)
            long = town.office.courier_calendar(FIRST - timedelta(60), LAST + timedelta(60))
            now = events(long)
            inner = {
                uid: one
                for uid, one in told.items()
                if "20210620" < one["DTSTART;VALUE=DATE"] < "20210901"
            }
            assert inner.keys() <= now.keys()
            for uid, one in inner.items():
                if (one["DTSTART;VALUE=DATE"], one["STATUS"]) != (
                    now[uid]["DTSTART;VALUE=DATE"],
                    now[uid]["STATUS"],
                ):
                    assert int(now[uid]["SEQUENCE"]) > int(one["SEQUENCE"])
            told = now


def test_without_the_extra_it_says_what_is_missing(town: Town, monkeypatch: pytest.MonkeyPatch):
    """The rest of the library works without it."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    monkeypatch.delitem(sys.modules, "adminduk.office.ical", raising=False)
    with pytest.raises(Refused) as refused:
        written(town)
    assert refused.value.code == "no_calendar"


def test_it_is_loaded_only_when_it_is_used():
    """An office that writes no calendar does not import what does."""
    code = (
        "import sys, adminduk; office = adminduk.Office.open('memory:', '35.23');"
        " office.schedule(); assert 'icalendar' not in sys.modules;"
        " office.courier_calendar(); assert 'icalendar' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
