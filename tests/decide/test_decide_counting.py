"""How the days of a promise are counted, whatever the calendar and the courier's schedule."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from adminduk.decide.counting import Counting
from adminduk.records import DeliveryWay, Goal, Pause, Promise, Shift, Timetable, Weekday
from adminduk.records.schedule import runs
from adminduk.regions.zones import WIB
from adminduk.testing.strategies.practice import timetables
from adminduk.working_days import WorkingDays


def at(day: int, month: int = 7, year: int = 2021) -> datetime:
    """Give nine o'clock of a day."""
    return datetime(year, month, day, 9, tzinfo=WIB)


MOMENTS = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: at(1, 1, 2020) + timedelta(minutes=minutes)
)
TERMS = st.integers(1, 20)
DAYS_OFF = st.frozensets(st.dates(date(2020, 1, 1), date(2026, 6, 30)), max_size=40)
WEDNESDAYS = Timetable(weekdays=(Weekday.WEDNESDAY,))
MONDAY = at(12)
FOUR_O_CLOCK = time(16)


def calendar(days_off: frozenset[date] = frozenset()) -> WorkingDays:
    """Give the calendar of an office that is closed on further days."""
    return WorkingDays(lambda year: [day for day in days_off if day.year == year])


@st.composite
def countings(draw: st.DrawFn, *, shifts: tuple[Shift, ...] = tuple(Shift)) -> Counting:
    """Draw what an office counts by; some districts have no schedule, some no run in sight."""
    timetable = draw(st.none() | timetables())
    if timetable is not None:
        timetable = evolve(timetable, shift=draw(st.sampled_from(shifts)))
    return Counting(calendar(draw(DAYS_OFF)), draw(st.times()), timetable)


class TestAPromise:
    """Working days until it is made, then the first run for which it can be packed."""

    @given(countings(), MOMENTS, TERMS)
    def test_is_for_a_run_that_what_is_made_then_can_go_with(
        self, counting: Counting, moment: datetime, days: int
    ):
        """The day at the district is a run of it, and none earlier could take it along."""
        promise = counting.promise(moment, days)
        coming = (
            []
            if counting.timetable is None
            else runs(counting.timetable, counting.calendar, promise.made)
        )
        ready = datetime.combine(promise.made, counting.closes)
        fit = next((run.day for run in coming if run.cut_off >= ready), None)
        assert promise.arrives == fit
        assert promise.arrives is None or promise.arrives >= promise.made

    @given(countings(), MOMENTS, TERMS)
    def test_is_never_for_a_day_before_the_submission_nor_a_day_off(
        self, counting: Counting, moment: datetime, days: int
    ):
        """And there are as many working days until then as the term says."""
        made = counting.promise(moment, days).made
        assert made > moment.date()
        assert counting.calendar.is_working(made)
        assert counting.calendar.between(counting.counts_from(moment), made) == days

    @given(countings(), MOMENTS, MOMENTS, TERMS)
    def test_is_not_earlier_for_who_comes_later(
        self, counting: Counting, first: datetime, second: datetime, days: int
    ):
        """At night, on a holiday, after the hour at which the office closes."""
        early, late = (counting.promise(one, days) for one in sorted([first, second]))
        assert early.made <= late.made
        assert late.arrives is None or early.arrives is None or early.arrives <= late.arrives

    @given(countings(shifts=(Shift.NEXT, Shift.SKIP)), DAYS_OFF, MOMENTS, TERMS)
    def test_is_not_earlier_for_more_days_off(
        self, counting: Counting, days_off: frozenset[date], moment: datetime, days: int
    ):
        """But where runs are put forward before a holiday: there one may come earlier."""
        fewer = evolve(counting, calendar=calendar())
        more = evolve(counting, calendar=calendar(days_off))
        before, after = fewer.promise(moment, days), more.promise(moment, days)
        assert before.made <= after.made
        assert after.arrives is None or (before.arrives or date.max) <= after.arrives

    def test_after_the_office_closed(self):
        """Friday at four counts as Monday."""
        counting = Counting(calendar(), FOUR_O_CLOCK, WEDNESDAYS)
        friday = at(9) + timedelta(hours=6, minutes=59)
        assert counting.promise(friday, 1) == Promise(date(2021, 7, 12), date(2021, 7, 14))
        assert counting.promise(friday + timedelta(minutes=1), 1).made == date(2021, 7, 13)

    def test_over_a_holiday(self):
        """Tuesday 20 July 2021 is Idul Adha; the run of the day after goes."""
        counting = Counting(calendar(), FOUR_O_CLOCK, WEDNESDAYS)
        friday = at(16)
        assert counting.promise(friday, 1) == Promise(date(2021, 7, 19), date(2021, 7, 21))
        assert counting.promise(friday, 2) == Promise(date(2021, 7, 21), date(2021, 7, 28))

    def test_until_the_hour_at_which_the_office_closes(self):
        """What is made by then still goes with a run that is packed then."""
        evening = evolve(WEDNESDAYS, cut_off="16:00")
        counting = Counting(calendar(), FOUR_O_CLOCK, evening)
        assert counting.promise(at(13), 1) == Promise(date(2021, 7, 14), date(2021, 7, 14))

    def test_where_two_runs_a_week_go(self):
        """The first that it can be packed for."""
        twice = Timetable(weekdays=(Weekday.TUESDAY, Weekday.FRIDAY), days_before=1)
        counting = Counting(calendar(), FOUR_O_CLOCK, twice)
        assert counting.promise(MONDAY, 1).arrives == date(2021, 7, 16)

    def test_where_the_courier_has_no_day(self):
        """Only the day on which it is made is promised, and that is what is looked at."""
        for timetable in (None, Timetable(weekdays=())):
            promise = Counting(calendar(), FOUR_O_CLOCK, timetable).promise(MONDAY, 4)
            assert promise == Promise(date(2021, 7, 16))
            assert promise.goal(DeliveryWay.COURIER) is Goal.MADE
            assert promise.day(DeliveryWay.COURIER) == date(2021, 7, 16)

    def test_by_the_way_it_goes(self):
        """One at the counter is not told the courier's day."""
        promise = Counting(calendar(), FOUR_O_CLOCK, WEDNESDAYS).promise(MONDAY, 1)
        assert {way: (promise.goal(way), promise.day(way).day) for way in DeliveryWay} == {
            DeliveryWay.COURIER: (Goal.DISTRICT, 14),
            DeliveryWay.COUNTER: (Goal.COUNTER, 13),
            DeliveryWay.DIGITAL: (Goal.DIGITAL, 13),
        }


class TestAPause:
    """Days that wait for the applicant do not count."""

    @given(countings(), MOMENTS, TERMS, st.timedeltas(timedelta(), timedelta(90)), st.data())
    def test_moves_it_by_the_working_days_that_it_lasts(
        self,
        counting: Counting,
        moment: datetime,
        days: int,
        passed: timedelta,
        data: st.DataObject,
    ):
        """And what reaches the district does so no earlier than was promised."""
        back = moment + passed
        answered = back + data.draw(st.timedeltas(timedelta(), timedelta(60)))
        promise = counting.promise(moment, days)
        paused = counting.paused(promise, Pause.RETURNED, back)
        again = counting.resumed(paused, answered)
        first, last = counting.counts_from(back), counting.counts_from(answered)
        stood = counting.calendar.between(first, last)
        assert counting.calendar.between(promise.made, again.made) == stood == again.stood
        assert (again.pause, again.since) == (None, None)
        if promise.arrives is not None and again.arrives is not None:
            assert again.arrives >= promise.arrives

    @given(countings(), MOMENTS, TERMS, st.timedeltas(timedelta(), timedelta(90)))
    def test_from_the_beginning_is_a_promise_from_its_end(
        self, counting: Counting, moment: datetime, days: int, waited: timedelta
    ):
        """Who must come first is promised a day from the day on which they come."""
        promise = counting.paused(counting.promise(moment, days), Pause.ATTENDANCE, moment)
        again = counting.resumed(promise, moment + waited)
        anew = counting.promise(moment + waited, days)
        assert again.made == anew.made
        assume(anew.arrives is not None)
        assert again.arrives == anew.arrives

    @given(countings(), MOMENTS, TERMS, st.timedeltas(timedelta(), timedelta(90)))
    def test_does_not_mend_what_was_broken_before(
        self, counting: Counting, moment: datetime, days: int, waited: timedelta
    ):
        """Returned after its day, it is late by as many working days as it was."""
        promise = counting.promise(moment, days)
        back = datetime.combine(promise.made + timedelta(days=10), time(), WIB)
        was = counting.calendar.between(promise.made, counting.counts_from(back))
        again = counting.resumed(counting.paused(promise, Pause.RETURNED, back), back + waited)
        now = counting.calendar.between(again.made, counting.counts_from(back + waited))
        assert now == was

    def test_goes_on_for_another_reason(self):
        """What is answered while the person has not come yet stands still from its beginning."""
        counting = Counting(calendar(), FOUR_O_CLOCK, WEDNESDAYS)
        paused = counting.paused(counting.promise(MONDAY, 1), Pause.RETURNED, MONDAY)
        later = counting.paused(paused, Pause.ATTENDANCE, MONDAY + timedelta(days=2))
        assert later == evolve(paused, pause=Pause.ATTENDANCE)

    def test_after_which_the_courier_goes_more_often(self):
        """Who was told Friday is not told Thursday; they may have planned for it."""
        fridays = Timetable(weekdays=(Weekday.FRIDAY,))
        promise = Counting(calendar(), FOUR_O_CLOCK, fridays).promise(MONDAY, 1)
        daily = Counting(calendar(), FOUR_O_CLOCK, Timetable(weekdays=tuple(Weekday)))
        again = daily.resumed(daily.paused(promise, Pause.RETURNED, MONDAY), at(13))
        assert again == Promise(date(2021, 7, 14), date(2021, 7, 16), stood=1)

    def test_that_is_none(self):
        """What runs is not moved by being let run."""
        counting = Counting(calendar(), FOUR_O_CLOCK, WEDNESDAYS)
        promise = counting.promise(MONDAY, 1)
        assert counting.resumed(promise, MONDAY + timedelta(days=9)) == promise


class TestAnotherWay:
    """Who chooses another way later is promised no day that is past."""

    @given(countings(), MOMENTS, TERMS, st.timedeltas(timedelta(), timedelta(30)))
    def test_never_moves_it_forward(
        self, counting: Counting, moment: datetime, days: int, waited: timedelta
    ):
        """Chosen in time it stays as it is."""
        promise = counting.promise(moment, days)
        chosen = moment + waited
        anew = counting.chosen_anew(promise, chosen)
        assert anew.made == max(promise.made, counting.calendar.on_or_after(chosen.date()))
        if chosen.date() <= promise.made:
            assert anew == promise
