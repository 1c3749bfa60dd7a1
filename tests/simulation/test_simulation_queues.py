"""Whole offices on paper: who is away, too much work, holidays, mishaps; what chance decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve
from simulated import AN_HOUR, MONDAY, at_desks, even, simulated

from adminduk.records import Act, DeliveryWay, Pause, Shift, Timetable, Weekday
from adminduk.simulation import (
    Closing,
    Delivery,
    District,
    Scenario,
    Spread,
    Staffing,
    compare,
    simulate,
)
from adminduk.simulation.chance import Document, coming, kinds_of
from adminduk.simulation.changes import Desk
from adminduk.simulation.hours import Hours
from adminduk.simulation.promising import Promises
from adminduk.values import RegionCode

NEARLY_AN_HOUR = AN_HOUR - 10
TUESDAY, WEDNESDAY = date(2021, 9, 7), date(2021, 9, 8)
DAILY = Timetable(weekdays=tuple(Weekday)[:5], cut_off="16:00")


class TestQueues:
    """One desk or two, without chance: the backlog of every evening."""

    def test_nobody_is_there_for_three_days(self):
        """Six come, eight can be printed: 18 wait, then two fewer every day.

        So on the sixth working day after the last bad one no more wait than come in on a day.
        """
        nobody = Staffing(since=MONDAY, until=WEDNESDAY, percent=0, desks=(Desk.PRINT,))
        result = simulated(
            documents={"kk-hilang": 6},
            until=date(2021, 9, 30),
            printers=1,
            print_seconds=NEARLY_AN_HOUR,
            staffing=(nobody,),
        )
        assert at_desks(result, 13) == [6, 12, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0, 0]
        assert (result.over, result.working_days_over) == (date(2021, 9, 16), 6)

    def test_too_much_for_ever(self):
        """Eleven come, eight are printed: three more wait every evening, without end."""
        result = simulated(
            documents={"kk-hilang": 11},
            until=date(2021, 10, 1),
            printers=1,
            print_seconds=NEARLY_AN_HOUR,
        )
        assert at_desks(result, 20) == [3 * day for day in range(1, 21)]

    def test_what_one_desk_holds_up_comes_to_the_next_at_once(self):
        """Eight come; sixteen can be read and ten printed, but nobody reads for two days.

        On the third day sixteen of 24 are read; the first is ready after half an hour, so nine are
        done by the evening. From then on ten are printed every day.
        """
        nobody = Staffing(since=MONDAY, until=TUESDAY, percent=0, desks=(Desk.VERIFICATION,))
        result = simulated(
            documents={"kk-hilang": 8},
            until=date(2021, 9, 30),
            verifiers=1,
            verify_seconds=AN_HOUR // 2,
            printers=1,
            print_seconds=8 * AN_HOUR // 10 - 5,
            staffing=(nobody,),
        )
        waits = [(one.states["submitted"], one.states["ordered"]) for one in result.evenings]
        assert waits[:5] == [(8, 0), (16, 0), (8, 7), (0, 13), (0, 11)]
        assert (result.over, result.working_days_over) == (date(2021, 9, 14), 5)

    def test_blanks_are_late_and_the_desk_is_slow(self):
        """Eight KTP come, ten can be printed, sixteen blanks are there: for three days none are.

        So 24 wait when the next come in; and two fewer every day.
        """
        blanks = [
            Delivery(product="ktp", day=MONDAY, count=16),
            Delivery(product="ktp", day=date(2021, 9, 13), count=1000),
        ]
        result = simulated(
            documents={"ktp-hilang": 8},
            until=date(2021, 9, 30),
            printers=1,
            print_seconds=8 * AN_HOUR // 10 - 5,
            blanks=tuple(blanks),
        )
        assert at_desks(result, 10) == [0, 0, 8, 16, 24, 22, 20, 18, 16, 14]
        assert (result.over, result.working_days_over) == (date(2021, 9, 22), 8)

    def test_all_begin_when_the_box_is_opened(self):
        """Sixteen wait when blanks come, and two who print eight a day: by the evening none do."""
        result = simulated(
            documents={"ktp-hilang": 8},
            until=TUESDAY,
            printers=2,
            print_seconds=AN_HOUR,
            blanks=(Delivery(product="ktp", day=WEDNESDAY, count=16),),
        )
        assert at_desks(result, 3) == [8, 16, 0]

    def test_who_is_away_is_not_waited_for(self):
        """One idles and is ill the next day: what comes then is done by the other, at once."""
        ill = Staffing(since=TUESDAY, until=TUESDAY, people=-1)
        for documents in range(1, 4):
            result = simulated(
                documents={"kk-hilang": documents}, verifiers=2, printers=2, staffing=(ill,)
            )
            assert at_desks(result, 5) == [0] * 5


class TestWhoIsFirst:
    """What is due first; and that is what came first, while nothing is late."""

    @pytest.mark.parametrize("desk", ["verif", "print"])
    def test_the_counter_is_not_before_the_villages(self, desk: str):
        """Both are due at a desk within a day: who waits how long is the same for both."""
        one = {"verif": ("verifiers", "verify_seconds"), "print": ("printers", "print_seconds")}
        people, seconds = one[desk]
        said: dict[str, Any] = {people: 1, seconds: NEARLY_AN_HOUR, "documents": {"kk-hilang": 10}}
        every = [simulated(**said, counter_percent=percent).made().counts for percent in (0, 50)]
        assert every[0] == every[1]
        assert max(every[0]) > 0


class TestTheCourier:
    """A holiday on the courier's day; a district of its own."""

    @pytest.mark.parametrize(
        ("shift", "days"),
        [
            (Shift.NEXT, {1: 8, 2: 16, 3: 8, 5: 16, 6: 16, 7: 8}),
            (Shift.SKIP, {1: 8, 2: 8, 5: 16, 6: 16, 7: 8, 8: 8, 9: 8}),
            (Shift.PREVIOUS, {1: 16, 2: 8, 5: 16, 6: 16, 7: 8, 8: 8}),
        ],
    )
    def test_wednesday_is_a_holiday(self, shift: Shift, days: dict[int, int]):
        """What is made on Monday goes on Thursday, or a week later, or on Tuesday.

        Of two weeks without the first Wednesday: the rest of the first from Tuesday or Thursday on
        goes on the second, and of the second week on the third.
        """
        result = simulated(
            until=date(2021, 9, 17),
            holidays=(WEDNESDAY,),
            courier=Timetable(weekdays=("wednesday",), shift=shift),
            collect_days=0,
            fetch_days=0,
        )
        assert result.days().counts == days

    def test_days_to_one_district(self):
        """To it he goes on the same day, to all others on Wednesday: two days after Monday."""
        own = (District(code=RegionCode.parse("35.23.08"), courier=DAILY),)
        scenario = even(
            districts=own,
            documents={"kk-hilang": 300},
            until=MONDAY,
            collect_days=0,
            fetch_days=0,
            urgent_percent=20,
        )
        (one,) = compare([scenario])
        assert one.days_to("35.23.08").mean == 0
        assert one.days_to("35.23.09").mean == 2
        told = one.results[0].as_dict()["by_courier_to_district"]
        assert (len(told), told["35.23.08"]["mean"], told["35.23.09"]["mean"]) == (20, 0, 2)
        total = one.results[0].days(DeliveryWay.COURIER).total
        assert sum(district["documents"] for district in told.values()) == total < 300


class TestPromises:
    """Promises of districts with other days."""

    def _arrive(self, day: int, until: int) -> list[date | None]:
        """Say when what is applied for on a day, and stands still until another, is there."""
        friday = Timetable(weekdays=("wednesday", "friday"))
        own = District(code=RegionCode.parse("35.23.08"), courier=friday)
        scenario = even(districts=(own,), operator_days=1)
        hours = Hours(scenario.calendar, MONDAY, 30, scenario.opens, scenario.closes)
        promises = Promises.of(scenario, hours)
        (kind,) = kinds_of(scenario)
        arrive = []
        for code in ("35.23.09", "35.23.08"):
            _, document = next(coming(scenario, kind, hours, 1))
            document.district = code
            promises.make(document, document.door, hours.opening(day))
            promises.pause(document, Pause.RETURNED, hours.opening(day))
            promises.resume(document, hours.opening(until))
            arrive.append(document.promised.arrives)
        return arrive

    def test_are_made_by_their_own_days(self):
        """On Wednesday, to be made on Thursday: the one goes in a week, the other on Friday."""
        assert self._arrive(2, 2) == [date(2021, 9, 15), date(2021, 9, 10)]

    def test_that_were_the_same_run_on_by_their_own_days(self):
        """Both were promised Wednesday; when they stood still for a day, they differ."""
        assert self._arrive(0, 0) == [WEDNESDAY, WEDNESDAY]
        assert self._arrive(0, 1) == [date(2021, 9, 15), date(2021, 9, 10)]


class TestPeople:
    """So many persons more or fewer."""

    @pytest.mark.parametrize(
        ("people", "percent", "more", "at_work"),
        [(8, 100, -3, 5), (8, 100, 2, 10), (2, 100, -3, 0), (8, 50, -1, 3), (8, 50, 1, 5)],
    )
    def test_at_work(self, people: int, percent: int, more: int, at_work: int):
        """After the part of them; never fewer than none."""
        one = Staffing(since=MONDAY, until=MONDAY, percent=percent, people=more)
        assert one.at_work(people, Desk.PRINT, MONDAY) == at_work
        assert one.at_work(people, Desk.PRINT, TUESDAY) == people

    def test_that_is_trouble(self):
        """The days until the backlog is gone count from the last of it, as for a part of them."""
        said: dict[str, Any] = {
            "documents": {"kk-hilang": 12},
            "until": date(2021, 9, 24),
            "printers": 2,
            "print_seconds": NEARLY_AN_HOUR,
        }
        days = {"since": MONDAY, "until": date(2021, 9, 10), "desks": (Desk.PRINT,)}
        results = [
            simulated(**said, staffing=(Staffing(**days, **one),))
            for one in ({"people": -1}, {"percent": 50})
        ]
        assert [one.working_days_over for one in results] == [2, 2]
        assert [one.scenario.troubled_until() for one in results] == [days["until"]] * 2
        assert even(staffing=(Staffing(**days, people=1),)).troubled_until() is None

    @pytest.mark.parametrize("year", [1990, 2050])
    def test_what_is_not_in_its_time_is_no_trouble(self, year: int):
        """Then the days count from the peak."""
        period = {"since": date(year, 1, 1), "until": date(year, 2, 1)}
        result = simulated(
            staffing=(Staffing(**period, percent=0),),
            closings=(Closing(**period, acts=(Act.SUBMIT,)),),
        )
        assert (result.scenario.troubled_until(), result.working_days_over) == (None, 0)


class TestMisprints:
    """What is spoiled is printed once more."""

    def test_takes_a_blank_and_the_time_again(self):
        """Of every two prints one is spoiled: about twice as many blanks, and twice the work."""
        blanks = (Delivery(product="ktp", day=MONDAY, count=5000),)
        result = simulated(
            documents={"ktp-hilang": 400}, misprint_percent=50, blanks=blanks, courier=DAILY
        )
        spoiled = sum(one.done["misprint"] for one in result.evenings)
        assert spoiled == pytest.approx(2000, rel=0.1)
        short = evolve(blanks[0], count=2000 + spoiled - 1)
        again = simulate(evolve(result.scenario, blanks=(short,)))
        assert (result.unfinished, again.unfinished) == (0, 1)

    def test_at_a_slow_desk(self):
        """A desk that prints eight a day hands over eight less what was spoiled."""
        result = simulated(
            documents={"kk-hilang": 8},
            misprint_percent=30,
            printers=1,
            print_seconds=NEARLY_AN_HOUR,
        )
        spoiled = sum(one.done["misprint"] for one in result.evenings[:5])
        assert spoiled > 0
        assert result.evenings[4].states["ordered"] == spoiled


def _drawn(**said: Any) -> list[tuple[float, Document]]:
    scenario = evolve(Scenario(until=date(2021, 6, 4)), **said)
    hours = Hours(scenario.calendar, scenario.since, 9, scenario.opens, scenario.closes)
    return [one for kind in kinds_of(scenario) for one in coming(scenario, kind, hours, 1)]


class TestTheSameDocuments:
    """Whatever is said otherwise of an office, what chance decides of a document stays."""

    CHOSEN = ("door", "waits", "way", "district", "returns", "misprints", "verify", "print")

    @pytest.mark.parametrize(
        ("said", "but"),
        [
            ({"returned_percent": 40}, "returns"),
            ({"misprint_percent": 40}, "misprints"),
            ({"counter_percent": 60}, "door"),
            ({"patient_percent": 60}, "waits"),
            ({"urgent_percent": 60}, "way"),
            ({"digital_percent": 60}, "way"),
            ({"verify_seconds": 60}, "verify"),
            ({"print_seconds": 60}, "print"),
        ],
    )
    def test_but_for_what_is_said(self, said: dict[str, Any], but: str):
        """Each comes at the same moment, and only that one thing is another."""
        usual, changed = _drawn(), _drawn(**said)
        assert [at for at, _ in usual] == [at for at, _ in changed]
        for name in self.CHOSEN:
            same = [getattr(one, name) for _, one in usual] == [
                getattr(one, name) for _, one in changed
            ]
            assert same == (name != but)

    def test_more_are_returned_than_before(self):
        """A greater part returns none less often."""
        pairs = zip(_drawn(), _drawn(returned_percent=40), strict=True)
        assert all(less.returns <= more.returns for (_, less), (_, more) in pairs)

    def test_as_often_as_is_said(self):
        """Of what is read so many of a hundred; each time anew."""
        returns = [one.returns for _, one in _drawn(returned_percent=40)]
        reads = len(returns) + sum(returns)
        assert sum(returns) / reads == pytest.approx(0.4, abs=0.02)
        assert returns.count(0) / len(returns) == pytest.approx(0.6, abs=0.03)

    @pytest.mark.parametrize("name", ["arrivals", "work"])
    def test_what_is_even(self, name: str):
        """Changes nothing but itself."""
        pairs = zip(_drawn(), _drawn(**{name: Spread.EVEN}), strict=False)
        kept = [one for one in self.CHOSEN if name != "work" or one not in {"verify", "print"}]
        for (_, one), (_, other) in list(pairs)[:1500]:
            assert [getattr(one, each) for each in kept] == [getattr(other, each) for each in kept]
