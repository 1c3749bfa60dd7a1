"""The courier's trips: several bags and stops, out and home, taken along and taken in at once."""

from __future__ import annotations

from datetime import date

import pytest
from office_days import (
    AGUS,
    BUDI,
    DEWI,
    EKO,
    GEMULUNG,
    JENU,
    KEREK,
    RINI,
    SITI,
    SOCOREJO,
    TUBAN,
    WAHYU,
    Case,
    Town,
    also,
)

from adminduk import Role
from adminduk.commands import Timetable
from adminduk.records.manifest import check_code

TUESDAY = date(2021, 7, 13)
TRIP = "2021-07-13"
BAG, BAG_JENU = f"{KEREK}-20210713", f"{JENU}-20210713"
HOME = f"{BAG}-H"


@pytest.fixture
def town() -> Town:
    """Give an office on a Monday; on Tuesdays the courier goes to Kerek and to Jenu."""
    town = Town()
    for district in (KEREK, JENU):
        town.budi.set_schedule(district, timetable=Timetable(weekdays=("tuesday",)))
    return town


def in_jenu(town: Town) -> Case:
    """Print a document for a village of Jenu."""
    return town.printed("ktp-hilang", by=RINI, region=SOCOREJO)


def sealed(town: Town) -> list[str]:
    """Seal a bag for each district, and give what is in them."""
    papers = [town.printed("ktp-hilang").copy, in_jenu(town).copy]
    town.office.plan_bags(WAHYU)
    for bag in (BAG, BAG_JENU):
        town.wahyu.seal(bag, count=1, seal=f"S-{bag[:8]}")
    return papers


def original_at(town: Town) -> str:
    """Take an original in at the district of Kerek."""
    return town.case("ktp-hilang", by=DEWI).original("surat-hilang")


class TestATrip:
    """All bags of a label, or of a day, by the stops."""

    def test_says_what_is_dropped_and_picked_up(self, town: Town):
        """With count and check code, and who has each bag now."""
        kerek, jenu = sealed(town)
        original = original_at(town)
        town.office.plan_bags(DEWI)
        trip = town.office.trip(TRIP)
        assert (trip.name, trip.day) == (TRIP, TUESDAY)
        first, second = trip.stops
        assert (first.district, second.district) == (KEREK, JENU)
        assert [(one.bag, one.state, one.count, one.check) for one in first.drop] == [
            (BAG, "sealed", 1, check_code([kerek]))
        ]
        assert [(one.bag, one.state, one.count, one.check) for one in first.pick_up] == [
            (HOME, "planned", 1, check_code([original]))
        ]
        assert [one.check for one in second.drop] == [check_code([jenu])]
        assert {one.holder for one in trip.loads} == {str(WAHYU.posts[0]), str(DEWI.posts[0])}

    def test_counts_what_nobody_has_planned(self, town: Town):
        """So that the courier asks for it."""
        sealed(town)
        original_at(town)
        kerek, jenu = town.office.trip(TRIP).stops
        assert (kerek.waiting, jenu.waiting) == (1, 0)
        town.office.plan_bags(DEWI)
        assert town.office.trip(TRIP).stops[0].waiting == 0

    def test_goes_by_the_route_of_the_office(self, town: Town):
        """Jenu lies nearer; what is not on the route comes after it."""
        sealed(town)
        town.hadi.change_settings("office", route=(JENU,))
        assert [one.district for one in town.office.trip(TRIP).stops] == [JENU, KEREK]
        town.hadi.change_settings("office", route=())
        assert [one.district for one in town.office.trip(TRIP).stops] == [KEREK, JENU]

    def test_by_its_label(self, town: Town):
        """Two vans on one day are two trips."""
        town.printed("ktp-hilang")
        town.office.plan_bags(WAHYU, trip="SELATAN")
        town.wahyu.plan(BAG_JENU, to=JENU, items=[in_jenu(town).copy], day=TUESDAY, trip="UTARA")
        names = [(one.name, [stop.district for stop in one.stops]) for one in town.office.trips()]
        assert names == [("SELATAN", [KEREK]), ("UTARA", [JENU])]
        with town.refuses("not_found"):
            town.office.trip(TRIP)

    @pytest.mark.parametrize("name", ["3523084107910002", "K7M2Q9XD4H-T"])
    def test_by_nobodys_number(self, town: Town, name: str):
        """It is on lists, and bags are found by it."""
        town.printed("ktp-hilang")
        with town.refuses("label", at="trip"):
            town.office.plan_bags(WAHYU, trip=name)

    def test_leaves_out_what_was_given_up(self, town: Town):
        """A cancelled bag is on no list."""
        sealed(town)
        town.wahyu.unseal(BAG, reason="Satu lagi")
        town.wahyu.cancel(BAG)
        assert [one.bag for one in town.office.trip(TRIP).loads] == [BAG_JENU]

    def test_says_which_bag_is_late(self, town: Town):
        """Past its time, until it is counted."""
        (paper, _) = sealed(town)
        town.clock.wait(days=1)
        town.office.depart(TRIP, AGUS)
        town.clock.wait(days=2)
        assert [one.late for one in town.office.trip(TRIP).loads] == [True, True]
        town.office.arrive(TRIP, DEWI)
        town.dewi.count(BAG, arrived=[paper])
        town.dewi.finish(BAG)
        counted = town.office.trip(TRIP).stops[0].drop[0]
        assert (counted.bag, counted.holder, counted.late) == (BAG, "", False)

    def test_of_no_bag_there_is_none(self, town: Town):
        """Neither by label nor by day."""
        for name in (TRIP, "SELATAN", "", "trip|x"):
            with town.refuses("not_found"):
                town.office.trip(name)


class TestTrips:
    """Those of some days."""

    def test_of_a_week_back_and_a_week_ahead(self, town: Town):
        """Where nothing else is said."""
        sealed(town)
        assert [one.name for one in town.office.trips()] == [TRIP]
        town.clock.wait(days=8)
        assert [one.name for one in town.office.trips()] == [TRIP]
        town.clock.wait(days=1)
        assert town.office.trips() == []
        assert [one.name for one in town.office.trips(TUESDAY, TUESDAY)] == [TRIP]

    def test_of_a_label_that_is_used_again(self, town: Town):
        """They are two trips; by the label alone it is that which is not over yet, or the last."""
        days = TUESDAY, date(2021, 7, 27)
        for day in days:
            copy = town.printed("ktp-hilang").copy
            town.office.plan_bags(WAHYU, trip="SELATAN")
            bag = f"{KEREK}-{day:%Y%m%d}"
            assert [one.bag for one in town.office.trip("SELATAN").loads] == [bag]
            town.wahyu.seal(bag, count=1)
            town.office.depart("SELATAN", AGUS)
            town.office.arrive("SELATAN", DEWI)
            town.dewi.count(bag, arrived=[copy])
            town.dewi.finish(bag)
            assert town.office.trip("SELATAN").day == day
            town.clock.wait(days=14)
        found = town.office.trips(*days)
        assert [(one.name, one.day, len(one.loads)) for one in found] == [
            ("SELATAN", day, 1) for day in days
        ]

    @pytest.mark.parametrize("day", [date.min, date.max])
    def test_of_any_day(self, town: Town, day: date):
        """Nobody drives at the ends of all days."""
        assert town.office.trips(day) == []

    def test_of_no_day(self, town: Town):
        """A bag without day and label is part of none."""
        town.budi.set_schedule(KEREK, timetable=Timetable(weekdays=()))
        town.planned(town.printed("ktp-hilang").copy)
        assert town.office.trips() == []


class TestHome:
    """What lies at a district and goes to the office is planned in one step, too."""

    def test_goes_with_who_comes_next(self, town: Town):
        """Originals, and what nobody claimed; on the day of the district's courier."""
        original = original_at(town)
        unclaimed = town.at_district("ktp-hilang")
        town.dewi.turn_home(unclaimed.copy)
        (receipt,) = town.office.plan_bags(DEWI)
        bag = town.bag(receipt.records[0].id)
        assert (bag.id, bag.day, set(bag.plan)) == (HOME, TUESDAY, {original, unclaimed.copy})
        assert bag.receiver == WAHYU.posts[0]
        assert town.office.plan_bags(DEWI) == []

    def test_is_part_of_the_trip_that_comes(self, town: Town):
        """The label of the bags that it brings."""
        town.printed("ktp-hilang")
        town.office.plan_bags(WAHYU, trip="SELATAN")
        original_at(town)
        town.office.plan_bags(DEWI)
        assert town.bag(HOME).trip == "SELATAN"

    def test_goes_when_the_courier_is_there(self, town: Town):
        """The cut-off is that of the office's own bags."""
        original_at(town)
        town.clock.wait(days=1, hours=3)
        town.office.plan_bags(DEWI)
        assert town.bag(HOME).day == TUESDAY

    def test_from_a_district_without_a_schedule(self, town: Town):
        """With whoever comes."""
        town.budi.set_schedule(KEREK, timetable=Timetable(weekdays=()))
        original_at(town)
        (receipt,) = town.office.plan_bags(DEWI)
        assert receipt.records[0].id == f"{KEREK}-20210712-H"
        assert town.bag(receipt.records[0].id).day is None

    def test_leaves_what_is_planned_elsewhere(self, town: Town):
        """And beside a sealed bag there is a second."""
        one, other, third = (original_at(town) for _ in range(3))
        town.dewi.plan("BY-HAND", to=TUBAN, items=[one], day=date(2021, 7, 14))
        town.office.plan_bags(DEWI)
        assert set(town.bag(HOME).plan) == {other, third}
        town.dewi.seal(HOME, count=2)
        late = original_at(town)
        town.office.plan_bags(DEWI)
        assert town.bag(f"{HOME}-B2").plan == (late,)

    def test_of_who_packs_at_both_ends(self, town: Town):
        """Somebody with both posts plans both ways."""
        town.printed("ktp-hilang")
        original_at(town)
        bags = town.office.plan_bags(also(WAHYU, (Role.DISTRICT_OPERATOR, KEREK)))
        assert {one.records[0].id for one in bags} == {BAG, HOME}


class TestAllAtOnce:
    """A trip is taken along, and taken in, in one go."""

    def test_there_and_back(self, town: Town):
        """Out from the office, dropped and picked up at each stop, and home."""
        kerek, _ = sealed(town)
        original = original_at(town)
        town.office.plan_bags(DEWI)
        town.dewi.seal(HOME, count=1)
        town.clock.wait(days=1)
        assert len(town.office.depart(TRIP, AGUS)) == 2
        assert town.state(HOME) == "sealed"
        (arrived,) = town.office.arrive(TRIP, DEWI)
        assert arrived.records[0].id == BAG
        (taken,) = town.office.depart(TRIP, AGUS, stop=KEREK)
        assert taken.records[0].id == HOME
        town.office.arrive(TRIP, EKO, broken=[BAG_JENU])
        assert (town.bag(BAG).seal_whole, town.bag(BAG_JENU).seal_whole) == (True, False)
        town.office.arrive(TRIP, WAHYU)
        town.wahyu.count(HOME, arrived=[original])
        town.dewi.count(BAG, arrived=[kerek])
        assert town.holder(original) == str(WAHYU.posts[0])
        assert town.office.verify().faults == ()

    def test_takes_on_what_was_left_at_the_wrong_door(self, town: Town):
        """It waits at that stop like what goes home from there."""
        sealed(town)
        town.office.depart(TRIP, AGUS)
        town.eko.stray(BAG)
        (taken,) = town.office.depart(TRIP, AGUS, stop=JENU)
        assert taken.records[0].id == BAG

    def test_where_nothing_waits(self, town: Town):
        """Nothing happens."""
        sealed(town)
        assert town.office.depart(TRIP, AGUS, stop=KEREK) == []
        assert town.office.arrive(TRIP, DEWI) == []

    def test_by_who_may_not(self, town: Town):
        """All or nothing, and by the courier only."""
        sealed(town)
        with town.refuses("wrong_role"):
            town.office.depart(TRIP, WAHYU)

    def test_with_a_broken_seal_of_another_bag(self, town: Town):
        """What does not come here is not taken in by a slip of the pen."""
        sealed(town)
        town.office.depart(TRIP, AGUS)
        with town.refuses("not_coming", at="broken"):
            town.office.arrive(TRIP, DEWI, broken=[BAG_JENU])


class TestAnExtraRun:
    """On one more day, once."""

    def test_makes_a_day_of_a_bag(self, town: Town):
        """It stands in the schedule that villages see, and a bag can go on it."""
        thursday = date(2021, 7, 15)
        with town.refuses("no_run"):
            town.wahyu.plan("BAG-1", to=KEREK, day=thursday)
        town.office.add_run(KEREK, thursday, BUDI)
        days = [one.day for one in town.office.schedule() if one.district == KEREK]
        assert days == [TUESDAY, thursday, date(2021, 7, 21)]
        town.wahyu.plan("BAG-1", to=KEREK, day=thursday)
        assert town.bag("BAG-1").day == thursday

    def test_on_a_day_on_which_nobody_works(self, town: Town):
        """Whoever adds it knows."""
        town.office.add_run(KEREK, date(2021, 7, 18), BUDI)
        town.wahyu.plan("BAG-1", to=KEREK, day=date(2021, 7, 18))

    def test_beside_those_that_were_added_before(self, town: Town):
        """Each stays until it is past."""
        town.office.add_run(KEREK, date(2021, 7, 15), BUDI)
        town.office.add_run(KEREK, date(2021, 7, 16), BUDI)
        town.clock.wait(days=4)
        town.office.add_run(KEREK, date(2021, 7, 30), BUDI)
        schedule = town.office.record("schedule", KEREK)
        assert schedule.timetable.extra == (date(2021, 7, 16), date(2021, 7, 30))  # type: ignore[union-attr] # it is a schedule

    def test_by_who_may_not(self, town: Town):
        """The registry sets when the courier goes."""
        with town.refuses("wrong_role"):
            town.office.add_run(KEREK, date(2021, 7, 15), SITI)

    def test_that_is_past(self, town: Town):
        """Nobody goes yesterday."""
        with town.refuses("past", at="day"):
            town.office.add_run(KEREK, date(2021, 7, 11), BUDI)

    def test_of_a_district_without_a_schedule(self, town: Town):
        """There bags go on any day already."""
        with town.refuses("not_found"):
            town.office.add_run("35.23.16", date(2021, 7, 15), BUDI)

    def test_is_of_its_own_district(self, town: Town):
        """The other has none."""
        town.office.add_run(KEREK, date(2021, 7, 15), BUDI)
        with town.refuses("no_run"):
            town.wahyu.plan("BAG-1", to=JENU, day=date(2021, 7, 15))
        assert GEMULUNG.startswith(KEREK)
