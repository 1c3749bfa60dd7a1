"""On which days the courier goes, held against the calendar; and the calendar itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import pairwise, takewhile

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from adminduk.errors import InvalidInput
from adminduk.records import Moved, Shift, Timetable, Weekday
from adminduk.records.schedule import Run, runs
from adminduk.regions.zones import WIB, WIT, WITA, zone_of
from adminduk.testing import strategies as draw
from adminduk.testing.strategies.practice import timetables
from adminduk.values import RegionCode
from adminduk.working_days import WorkingDays

CALENDAR = WorkingDays()
DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))
QUARTER = timedelta(days=90)
IDUL_ADHA = date(2021, 7, 20)


def until(last: date, timetable: Timetable, since: date) -> list[Run]:
    """Give the runs from a day to another."""
    return list(takewhile(lambda run: run.day <= last, runs(timetable, CALENDAR, since)))


def days_of(timetable: Timetable, since: date, number: int = 4) -> list[date]:
    """Give the days of the next runs."""
    return [
        run.day for _, run in zip(range(number), runs(timetable, CALENDAR, since), strict=False)
    ]


def near(timetable: Timetable, since: date, shifts: Iterable[int]) -> Timetable:
    """Give the timetable with runs of the weeks around a day moved by so many days."""
    names = list(Weekday)
    nominal = [
        day
        for day in (since + timedelta(days=number) for number in range(-25, 25))
        if names[day.weekday()] in timetable.weekdays
    ]
    moved = (Moved(day, day + timedelta(days=by)) for day, by in zip(nominal, shifts, strict=False))
    return evolve(timetable, moved=tuple(moved))


plain_timetables = timetables().map(lambda one: evolve(one, moved=(), extra=()))


@st.composite
def moved_timetables(draw_: st.DrawFn) -> tuple[Timetable, date]:
    """Draw a timetable of which runs around a day are moved, and that day."""
    since = draw_(DAYS)
    shifts = draw_(st.lists(st.integers(-20, 20), max_size=8))
    return near(draw_(plain_timetables), since, shifts), since


class TestEveryTimetable:
    """What holds for the runs of any timetable."""

    @given(moved_timetables())
    def test_in_order_and_never_twice(self, drawn: tuple[Timetable, date]):
        """Each run is on a later day than the one before."""
        timetable, since = drawn
        found = until(since + QUARTER, timetable, since)
        assert all(one.day < other.day for one, other in pairwise(found))

    @given(moved_timetables())
    def test_never_before_the_day_that_is_asked_from(self, drawn: tuple[Timetable, date]):
        """Also where a run was moved from before it to after it, or the other way."""
        timetable, since = drawn
        assert all(run.day >= since for run in until(since + QUARTER, timetable, since))

    @given(moved_timetables(), st.integers(0, 40))
    def test_asked_from_a_later_day_the_rest_is_the_same(
        self, drawn: tuple[Timetable, date], later: int
    ):
        """A run does not depend on when one asks."""
        timetable, since = drawn
        last, other = since + QUARTER, since + timedelta(days=later)
        rest = [run for run in until(last, timetable, since) if run.day >= other]
        assert until(last, timetable, other) == rest

    @given(plain_timetables, DAYS)
    def test_on_working_days_only(self, timetable: Timetable, since: date):
        """Shifted or left out: never on a day on which nobody works."""
        found = until(since + QUARTER, timetable, since)
        assert all(CALENDAR.is_working(run.day) for run in found)

    @given(moved_timetables())
    def test_on_other_days_only_by_name(self, drawn: tuple[Timetable, date]):
        """A run on a holiday is one that was moved there."""
        timetable, since = drawn
        named = {one.to for one in timetable.moved}
        found = until(since + QUARTER, timetable, since)
        assert {run.day for run in found if not CALENDAR.is_working(run.day)} <= named

    @given(plain_timetables.map(lambda one: evolve(one, shift=Shift.SKIP)), DAYS)
    def test_skipped_is_left_out(self, timetable: Timetable, since: date):
        """The courier goes on the weekdays that are working days, on all of them and no other."""
        names = list(Weekday)
        every = [since + timedelta(days=number) for number in range(QUARTER.days)]
        wanted = [
            day
            for day in every
            if names[day.weekday()] in timetable.weekdays and CALENDAR.is_working(day)
        ]
        assert [run.day for run in until(every[-1], timetable, since)] == wanted

    @given(plain_timetables, DAYS, st.sampled_from([Shift.NEXT, Shift.PREVIOUS]))
    def test_shifted_none_is_lost(self, timetable: Timetable, since: date, shift: Shift):
        """Each weekday of the timetable has its run on the nearest working day on that side."""
        timetable = evolve(timetable, shift=shift)
        on = CALENDAR.on_or_after if shift is Shift.NEXT else CALENDAR.on_or_before
        names = list(Weekday)
        around = [since + timedelta(days=number) for number in range(-30, 120)]
        wanted = {on(day) for day in around if names[day.weekday()] in timetable.weekdays}
        last = since + QUARTER
        found = {run.day for run in until(last, timetable, since)}
        assert found == {day for day in wanted if since <= day <= last}

    @given(timetables(), DAYS)
    def test_the_cut_off_is_at_its_hour(self, timetable: Timetable, since: date):
        """So many days before the run, also where the run was shifted."""
        for run in until(since + timedelta(days=30), timetable, since):
            hour = time.fromisoformat(timetable.cut_off)
            day = run.day - timedelta(days=timetable.days_before)
            assert run.cut_off == datetime.combine(day, hour)

    @given(timetables().map(lambda one: evolve(one, weekdays=(), extra=())), DAYS)
    def test_without_weekdays_there_is_no_run(self, timetable: Timetable, since: date):
        """Whatever is moved."""
        assert list(runs(timetable, CALENDAR, since)) == []

    @given(timetables(), st.sampled_from([date.min, date.max]))
    def test_at_the_ends_of_all_days_it_ends(self, timetable: Timetable, since: date):
        """It is asked for any day that can be written."""
        assert all(run.day >= since for run in runs(timetable, CALENDAR, since))


class TestExtraRuns:
    """Days on which the courier goes besides, once."""

    @given(plain_timetables, DAYS, st.lists(st.integers(0, 90), max_size=4))
    def test_are_all_that_is_more(self, timetable: Timetable, since: date, later: list[int]):
        """Each on its day whatever that is, and every other run as before."""
        extra = {since + timedelta(days=one) for one in later}
        last = since + QUARTER
        usual = {run.day for run in until(last, timetable, since)}
        found = until(last, evolve(timetable, extra=extra), since)
        assert [run.day for run in found] == sorted(usual | extra)

    def test_without_weekdays_they_are_all(self):
        """A van that goes twice, and then no more."""
        timetable = Timetable(weekdays=(), extra=(IDUL_ADHA, date(2021, 7, 15), IDUL_ADHA))
        assert days_of(timetable, date(2021, 7, 12)) == [date(2021, 7, 15), IDUL_ADHA]

    def test_have_the_cut_off_of_the_others(self):
        """So many days before, at that hour."""
        timetable = Timetable(weekdays=(), cut_off="15:00", days_before=1, extra=(IDUL_ADHA,))
        (run,) = runs(timetable, CALENDAR, date(2021, 7, 12))
        assert run.cut_off == datetime.fromisoformat("2021-07-19T15:00")

    @pytest.mark.parametrize("day", ["2021-07-12", datetime(2021, 7, 12), None])  # noqa: DTZ001
    def test_are_days(self, day: object):
        """No text, no moment, and not nothing."""
        with pytest.raises(InvalidInput):
            Timetable(weekdays=(), extra=(day,))


class TestIdulAdha2021:
    """A Tuesday in July on which nobody works."""

    TUESDAYS = Timetable(weekdays=("tuesday",))

    def test_shifted_to_the_next_working_day(self):
        """The courier goes on Wednesday."""
        assert days_of(self.TUESDAYS, date(2021, 7, 12), 3) == [
            date(2021, 7, 13),
            date(2021, 7, 21),
            date(2021, 7, 27),
        ]

    def test_shifted_to_the_one_before(self):
        """On Monday."""
        timetable = evolve(self.TUESDAYS, shift="previous")
        assert days_of(timetable, date(2021, 7, 14), 2) == [date(2021, 7, 19), date(2021, 7, 27)]

    def test_skipped(self):
        """The next is a week later."""
        timetable = evolve(self.TUESDAYS, shift="skip")
        assert days_of(timetable, date(2021, 7, 14), 1) == [date(2021, 7, 27)]

    def test_moved_by_name(self):
        """To Friday; on its usual day, or where the holiday would shift it, it does not go."""
        timetable = evolve(self.TUESDAYS, moved=(Moved(IDUL_ADHA, date(2021, 7, 23)),))
        assert days_of(timetable, date(2021, 7, 14), 2) == [date(2021, 7, 23), date(2021, 7, 27)]

    def test_moved_onto_the_holiday_by_name(self):
        """Whoever says so knows that it is one."""
        timetable = evolve(self.TUESDAYS, moved=(Moved(IDUL_ADHA, IDUL_ADHA),))
        assert days_of(timetable, date(2021, 7, 14), 1) == [IDUL_ADHA]

    def test_left_out_by_name(self):
        """The next is a week later."""
        timetable = evolve(self.TUESDAYS, moved=(Moved(IDUL_ADHA),))
        assert days_of(timetable, date(2021, 7, 14), 1) == [date(2021, 7, 27)]

    def test_two_that_come_to_one_day_are_one(self):
        """Tuesday's, shifted, is Wednesday's."""
        timetable = Timetable(weekdays=("tuesday", "wednesday"))
        assert days_of(timetable, date(2021, 7, 19), 2) == [date(2021, 7, 21), date(2021, 7, 27)]


class TestMovedRuns:
    """On their new day, and not on their old one."""

    MONDAYS = Timetable(weekdays=("monday",))

    @pytest.mark.parametrize("by", [-20, -3, 3, 20])
    def test_go_on_the_new_day(self, by: int):
        """Before or after, up to nearly three weeks."""
        old = date(2021, 8, 23)
        new = old + timedelta(days=by)
        timetable = evolve(self.MONDAYS, moved=(Moved(old, new),))
        found = days_of(timetable, date(2021, 7, 26), 12)
        assert old not in found
        assert found.count(new) == 1
        assert found == sorted(found)

    def test_from_before_the_day_that_is_asked_from(self):
        """The run of last week, put off, is still to come."""
        timetable = evolve(self.MONDAYS, moved=(Moved(date(2021, 8, 2), date(2021, 8, 22)),))
        assert days_of(timetable, date(2021, 8, 17), 2) == [date(2021, 8, 22), date(2021, 8, 23)]

    def test_of_a_day_without_a_run_there_are_none(self):
        """What does not go on Tuesday is not moved from there."""
        timetable = evolve(self.MONDAYS, moved=(Moved(date(2021, 8, 24), date(2021, 8, 26)),))
        assert date(2021, 8, 26) not in days_of(timetable, date(2021, 8, 23))


class TestCutOff:
    """Until when a bag can be planned, by the local clock."""

    @pytest.mark.parametrize(
        ("days_before", "cut_off"),
        [(0, "2021-07-21T07:30"), (1, "2021-07-20T07:30"), (7, "2021-07-14T07:30")],
    )
    def test_so_many_days_before_the_day_of_the_run(self, days_before: int, cut_off: str):
        """Counted from the day on which it goes, which Idul Adha has shifted."""
        timetable = Timetable(weekdays=("tuesday",), cut_off="07:30", days_before=days_before)
        (run, *_) = until(date(2021, 7, 21), timetable, date(2021, 7, 14))
        assert run == Run(date(2021, 7, 21), datetime.fromisoformat(cut_off))


class TestWorkingDays:
    """No weekend, no holiday of the country, no joint leave."""

    @pytest.mark.parametrize(
        "day",
        [
            IDUL_ADHA,
            date(2021, 8, 17),  # independence
            date(2021, 5, 12),  # joint leave (cuti bersama) before Idul Fitri
            date(2021, 10, 20),  # Maulid, moved from the 19th
            date(2021, 7, 17),
            date(2021, 7, 18),
        ],
    )
    def test_nobody_works(self, day: date):
        """On each of these."""
        assert not CALENDAR.is_working(day)

    @pytest.mark.parametrize(
        "day",
        [
            date(2021, 7, 19),
            date(2021, 7, 21),
            date(2021, 10, 19),  # Maulid was moved away from it
            date(2021, 12, 24),  # joint leave that was taken back
        ],
    )
    def test_they_work(self, day: date):
        """On each of these."""
        assert CALENDAR.is_working(day)

    @given(DAYS)
    def test_the_nearest_is_a_working_day(self, day: date):
        """On or after, on or before; a working day is its own; between is none."""
        later, earlier = CALENDAR.on_or_after(day), CALENDAR.on_or_before(day)
        assert earlier <= day <= later
        assert CALENDAR.is_working(later)
        assert CALENDAR.is_working(earlier)
        assert (earlier == day) == (later == day) == CALENDAR.is_working(day)
        skipped = (earlier + timedelta(days=one) for one in range(1, (later - earlier).days))
        assert not any(CALENDAR.is_working(one) for one in skipped)

    def test_besides(self):
        """A regency has days of its own, as its anniversary; year by year."""
        tuban = WorkingDays(lambda year: [date(year, 11, 12)])
        assert not tuban.is_working(date(2021, 11, 12))
        assert CALENDAR.is_working(date(2021, 11, 12))
        assert tuban.on_or_after(date(2021, 11, 12)) == date(2021, 11, 15)
        assert tuban.on_or_before(date(2020, 11, 12)) == date(2020, 11, 11)


class TestZones:
    """Three zones; that of a region is that of its province."""

    @pytest.mark.parametrize(
        ("region", "zone"),
        [
            ("11", WIB),
            ("31.71", WIB),
            ("35.23", WIB),
            ("35.23.08.2001", WIB),
            ("61", WIB),
            ("62", WIB),
            ("51.03", WITA),
            ("53", WITA),
            ("63", WITA),
            ("64", WITA),
            ("65", WITA),
            ("73.71", WITA),
            ("76", WITA),
            ("81", WIT),
            ("82", WIT),
            ("91.71", WIT),
            ("94", WIT),
            ("96", WIT),
        ],
    )
    def test_of(self, region: str, zone: object):
        """Sumatra, Java and the west of Kalimantan; the middle; Maluku and Papua."""
        assert zone_of(RegionCode.parse(region)) is zone

    def test_are_seven_eight_and_nine_hours_ahead(self):
        """By their names."""
        hours = {zone.tzname(None): zone.utcoffset(None) for zone in (WIB, WITA, WIT)}
        assert hours == {
            "WIB": timedelta(hours=7),
            "WITA": timedelta(hours=8),
            "WIT": timedelta(hours=9),
        }

    @given(draw.region_codes())
    def test_every_region_has_one(self, region: RegionCode):
        """That of its province."""
        assert zone_of(region) is zone_of(RegionCode.parse(region.full()[:2]))
