"""The courier's days at work: for which of them a bag is planned, what goes in, its manifest."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from office_days import (
    BUDI,
    DEWI,
    EKO,
    GEMULUNG,
    JENU,
    KEREK,
    LETTER,
    RINI,
    SIDONGANTI,
    SOCOREJO,
    TUBAN,
    WAHYU,
    Case,
    Town,
)

from adminduk.commands import Moved, Timetable
from adminduk.office.manifests import Line
from adminduk.office.runs import ComingRun
from adminduk.records.manifest import check_code

TUESDAY, FRIDAY = date(2021, 7, 13), date(2021, 7, 16)
WEDNESDAY_AFTER = date(2021, 7, 21)  # the day after Idul Adha, a Tuesday
BAG = f"{KEREK}-20210713"


@pytest.fixture
def town() -> Town:
    """Give an office on a Monday at eight; the courier goes to Kerek on Tuesdays and Fridays."""
    town = Town()
    town.budi.set_schedule(KEREK, timetable=Timetable(weekdays=("tuesday", "friday")))
    return town


def planned_day(town: Town, **said: object) -> date | None:
    """Plan an empty bag to Kerek, and give the courier's day of it."""
    name = town.label("BAG")
    town.wahyu.plan(name, to=KEREK, **said)
    return town.bag(name).day


def in_jenu(town: Town) -> Case:
    """Print a document for a village of Jenu."""
    return town.printed("ktp-hilang", by=RINI, region=SOCOREJO)


class TestTheDayOfABag:
    """A bag goes on one of the courier's days."""

    def test_is_the_next_where_none_is_said(self, town: Town):
        """On Monday that is Tuesday."""
        assert planned_day(town) == TUESDAY

    @pytest.mark.parametrize("day", [TUESDAY, FRIDAY, WEDNESDAY_AFTER, date(2021, 9, 3)])
    def test_may_be_any_of_them(self, town: Town, day: date):
        """Also one that is weeks away."""
        assert planned_day(town, day=day) == day

    @pytest.mark.parametrize(
        "day",
        [date(2021, 7, 12), date(2021, 7, 14), date(2021, 7, 17), date(2021, 7, 20)],
        ids=["today", "Wednesday", "Saturday", "Idul Adha"],
    )
    def test_is_none_on_which_no_courier_goes(self, town: Town, day: date):
        """It is said when the next one goes."""
        with town.refuses("no_run") as refused:
            planned_day(town, day=day)
        assert refused.value.facts == {
            "command": "plan",
            "to": KEREK,
            "day": day.isoformat(),
            "next": "2021-07-13",
            "instead": ["plan"],
        }

    def test_is_none_that_is_past(self, town: Town):
        """Last Friday's courier has gone."""
        with town.refuses("no_run"):
            planned_day(town, day=date(2021, 7, 9))

    def test_until_the_cut_off(self, town: Town):
        """A minute before eight it is still today's, at eight it is the next."""
        town.clock.wait(days=1, minutes=-1)
        assert planned_day(town) == TUESDAY
        assert planned_day(town, day=TUESDAY) == TUESDAY
        town.clock.wait(minutes=1)
        assert planned_day(town) == FRIDAY
        with town.refuses("cut_off_past") as refused:
            planned_day(town, day=TUESDAY)
        assert refused.value.facts["next"] == "2021-07-16"

    def test_until_a_cut_off_the_day_before(self, town: Town):
        """Where the papers are counted out in the afternoon before."""
        timetable = Timetable(weekdays=("tuesday",), cut_off="15:00", days_before=1)
        town.budi.set_schedule(KEREK, timetable=timetable)
        assert planned_day(town) == TUESDAY
        town.clock.wait(hours=7)
        assert planned_day(town) == WEDNESDAY_AFTER
        with town.refuses("cut_off_past"):
            planned_day(town, day=TUESDAY)

    def test_is_shifted_by_a_holiday(self, town: Town):
        """Nobody works on Idul Adha: Tuesday's courier goes on Wednesday."""
        town.clock.now = datetime.fromisoformat("2021-07-19T01:00:00+00:00")
        assert planned_day(town) == WEDNESDAY_AFTER
        with town.refuses("no_run") as refused:
            planned_day(town, day=date(2021, 7, 20))
        assert refused.value.facts["next"] == "2021-07-21"

    def test_is_moved_by_name(self, town: Town):
        """The courier goes on Thursday instead of Tuesday, this once."""
        moved = (Moved(TUESDAY, date(2021, 7, 15)),)
        town.budi.set_schedule(KEREK, timetable=Timetable(weekdays=("tuesday",), moved=moved))
        assert planned_day(town) == date(2021, 7, 15)
        with town.refuses("no_run"):
            planned_day(town, day=TUESDAY)

    def test_is_that_of_its_own_district(self, town: Town):
        """Jenu has no schedule: its bags go on any day, or on none that is said."""
        town.wahyu.plan("BAG-J", to=JENU)
        assert town.bag("BAG-J").day is None
        town.wahyu.plan("BAG-J", to=JENU, day=date(2021, 7, 18))
        assert town.bag("BAG-J").day == date(2021, 7, 18)

    def test_is_free_on_the_way_home(self, town: Town):
        """The schedule is of the way out; the district sends what goes home when it likes."""
        town.dewi.plan("BAG-H", to=TUBAN, day=date(2021, 7, 18))
        assert town.bag("BAG-H").day == date(2021, 7, 18)

    def test_follows_the_schedule_as_it_is_now(self, town: Town):
        """What was planned stays; planned again it goes on a day of the new schedule."""
        town.wahyu.plan("BAG-1", to=KEREK)
        town.budi.set_schedule(KEREK, timetable=Timetable(weekdays=("thursday",)))
        assert town.bag("BAG-1").day == TUESDAY
        town.wahyu.plan("BAG-1", to=KEREK)
        assert town.bag("BAG-1").day == date(2021, 7, 15)


class TestPlanningWhatIsReady:
    """One step plans the bags of the courier's next day."""

    def test_plans_everything_for_the_next_day(self, town: Town):
        """What is printed and goes by the courier to that district, under a name with the day."""
        first, second = town.printed("ktp-hilang"), town.printed("kk-hilang")
        town.verified("ktp-hilang")
        (receipt,) = town.office.plan_bags(WAHYU)
        assert receipt.records[0].id == BAG
        bag = town.bag(BAG)
        assert (bag.day, set(bag.plan)) == (TUESDAY, {first.copy, second.copy})

    def test_leaves_what_goes_elsewhere(self, town: Town):
        """What is fetched at the counter, what is of another district, what was condemned."""
        urgent, other, broken = town.printed("ktp-hilang"), in_jenu(town), town.printed("kk-hilang")
        town.siti.choose_delivery(urgent, product="ktp", way="counter", letter=LETTER)
        town.wahyu.condemn(broken.copy, reason="Sobek", damaged=True)
        assert town.office.plan_bags(WAHYU) == []
        town.budi.set_schedule(JENU, timetable=Timetable(weekdays=("tuesday",)))
        (receipt,) = town.office.plan_bags(WAHYU)
        assert town.bag(receipt.records[0].id).plan == (other.copy,)

    def test_plans_nothing_where_nothing_is_ready(self, town: Town):
        """No empty bag."""
        assert town.office.plan_bags(WAHYU) == []

    def test_plans_nothing_without_a_schedule(self):
        """Nobody knows when the courier goes."""
        town = Town()
        town.printed("ktp-hilang")
        assert town.office.plan_bags(WAHYU) == []

    def test_planned_again_it_takes_in_what_has_become_ready(self, town: Town):
        """The same bag, with more in it."""
        first = town.printed("ktp-hilang")
        town.office.plan_bags(WAHYU)
        second = town.printed("ktp-hilang")
        (receipt,) = town.office.plan_bags(WAHYU)
        assert receipt.records[0].id == BAG
        assert set(town.bag(BAG).plan) == {first.copy, second.copy}

    def test_planned_again_it_leaves_out_what_has_gone(self, town: Town):
        """What is fetched at the counter after all."""
        first, urgent = town.printed("ktp-hilang"), town.printed("ktp-hilang")
        town.office.plan_bags(WAHYU)
        town.siti.choose_delivery(urgent, product="ktp", way="counter", letter=LETTER)
        town.office.plan_bags(WAHYU)
        assert town.bag(BAG).plan == (first.copy,)

    def test_by_the_own_van(self, town: Town):
        """Out and home; planned again for what has become ready it stays so."""
        town.printed("ktp-hilang")
        town.office.plan_bags(WAHYU)
        (receipt,) = town.office.plan_bags(WAHYU, own_van=True)
        assert (receipt.records[0].id, town.bag(BAG).own_van) == (BAG, True)
        assert town.office.plan_bags(WAHYU) == []
        town.printed("ktp-hilang")
        assert len(town.office.plan_bags(WAHYU)) == 1
        assert (len(town.bag(BAG).plan), town.bag(BAG).own_van) == (2, True)
        town.case("ktp-hilang", by=DEWI)
        (home,) = town.office.plan_bags(DEWI, own_van=True)
        assert town.bag(home.records[0].id).own_van

    def test_beside_a_sealed_bag_there_is_a_second(self, town: Town):
        """What is sealed is not opened again for what comes late."""
        first = town.printed("ktp-hilang")
        town.office.plan_bags(WAHYU)
        town.wahyu.seal(BAG, count=1)
        late = town.printed("ktp-hilang")
        (receipt,) = town.office.plan_bags(WAHYU)
        assert receipt.records[0].id == f"{BAG}-B2"
        assert town.bag(f"{BAG}-B2").plan == (late.copy,)
        assert town.paper(first.copy).bag == BAG

    def test_beside_one_that_was_given_up_there_is_another(self, town: Town):
        """A name is used once."""
        case = town.printed("ktp-hilang")
        town.office.plan_bags(WAHYU)
        town.wahyu.cancel(BAG)
        town.office.plan_bags(WAHYU)
        assert town.bag(f"{BAG}-B2").plan == (case.copy,)

    def test_a_day_has_as_many_bags_as_it_needs(self, town: Town):
        """Each gets a name that could not be taken for a person's number."""
        for _ in range(12):
            town.printed("ktp-hilang")
            (receipt,) = town.office.plan_bags(WAHYU)
            town.wahyu.seal(receipt.records[0].id, count=1)
        (trip,) = town.office.schedule(TUESDAY, TUESDAY)
        assert len(trip.bags) == 12

    def test_leaves_what_another_bag_has_planned(self, town: Town):
        """What somebody planned by hand, for this day or a later one, stays there."""
        today, later, free = (town.printed("ktp-hilang") for _ in range(3))
        town.wahyu.plan("BY-HAND", to=KEREK, items=[later.copy], day=FRIDAY)
        town.wahyu.plan("MINE", to=KEREK, items=[today.copy], day=TUESDAY)
        (receipt,) = town.office.plan_bags(WAHYU)
        assert receipt.records[0].id == "MINE"
        assert set(town.bag("MINE").plan) == {today.copy, free.copy}
        assert town.bag("BY-HAND").plan == (later.copy,)

    def test_is_for_all_districts_of_that_day(self, town: Town):
        """And for none to which the courier goes later."""
        kerek, jenu = town.printed("ktp-hilang"), in_jenu(town)
        town.budi.set_schedule(JENU, timetable=Timetable(weekdays=("wednesday",)))
        (receipt,) = town.office.plan_bags(WAHYU)
        assert receipt.records[0].id == BAG
        town.budi.set_schedule(JENU, timetable=Timetable(weekdays=("tuesday",)))
        receipts = town.office.plan_bags(WAHYU)  # the other is planned so already
        assert [one.records[0].id for one in receipts] == [f"{JENU}-20210713"]
        assert town.bag(BAG).plan == (kerek.copy,)
        assert town.bag(f"{JENU}-20210713").plan == (jenu.copy,)

    def test_after_the_cut_off_it_is_for_the_day_after(self, town: Town):
        """On Tuesday at eight, for Friday."""
        town.printed("ktp-hilang")
        town.clock.wait(days=1)
        (receipt,) = town.office.plan_bags(WAHYU)
        assert receipt.records[0].id == f"{KEREK}-20210716"

    def test_is_for_who_packs(self, town: Town):
        """Nobody else plans bags of the office."""
        town.printed("ktp-hilang")
        with town.refuses("wrong_role"):
            town.office.plan_bags(BUDI)

    def test_takes_originals_that_go_out(self, town: Town):
        """What belongs to its owner again goes the same way."""
        case = town.case("ktp-hilang", by=DEWI)
        original = case.original("surat-hilang")
        town.home(original)
        town.budi.reject(case, ground="Bukan penduduk", approved_by=town.hadi.actor)
        town.office.plan_bags(WAHYU)
        assert town.bag(BAG).plan == (original,)

    def test_what_it_planned_arrives(self, town: Town):
        """Sealed over its count, taken along, counted; nothing of it is wrong."""
        case = town.printed("ktp-hilang")
        town.office.plan_bags(WAHYU)
        town.wahyu.seal(BAG, count=1)
        town.agus.depart(BAG)
        town.dewi.arrive(BAG, seal_whole=True)
        town.dewi.count(BAG, arrived=[case.copy])
        town.dewi.finish(BAG)
        assert town.state(case.copy) == "at_district"
        assert town.office.verify().faults == ()


class TestTheSchedule:
    """Which courier goes when, how much is ready, which bags there are."""

    def test_lists_the_runs_of_two_weeks(self, town: Town):
        """From today on, with the time until which a bag can be planned."""
        assert town.office.schedule() == [
            ComingRun(KEREK, day, datetime.combine(day, datetime.min.time().replace(hour=8)), 0, ())
            for day in (TUESDAY, FRIDAY, WEDNESDAY_AFTER, date(2021, 7, 23))
        ]

    def test_lists_the_runs_of_any_days(self, town: Town):
        """First and last included."""
        days = [one.day for one in town.office.schedule(TUESDAY, FRIDAY)]
        assert days == [TUESDAY, FRIDAY]
        assert town.office.schedule(date(2021, 7, 14), date(2021, 7, 15)) == []

    def test_says_what_is_ready_and_planned(self, town: Town):
        """Planned or not, it is ready until it is sealed in."""
        town.printed("ktp-hilang")
        town.printed("ktp-hilang")
        in_jenu(town)
        assert {trip.ready for trip in town.office.schedule()} == {2}
        town.office.plan_bags(WAHYU)
        tuesday, friday, *_ = town.office.schedule()
        assert (tuesday.ready, tuesday.bags) == (2, ((BAG, "planned"),))
        assert friday.bags == ()
        town.wahyu.seal(BAG, count=2)
        (tuesday, *_) = town.office.schedule()
        assert (tuesday.ready, tuesday.bags) == (0, ((BAG, "sealed"),))

    def test_is_in_order_over_all_districts(self, town: Town):
        """By day, then by district."""
        town.budi.set_schedule(JENU, timetable=Timetable(weekdays=("monday", "tuesday")))
        runs = [(one.day, one.district) for one in town.office.schedule(last=FRIDAY)]
        assert runs == [
            (date(2021, 7, 12), JENU),
            (TUESDAY, KEREK),
            (TUESDAY, JENU),
            (FRIDAY, KEREK),
        ]

    def test_leaves_out_bags_that_go_home(self, town: Town):
        """They are of the same district and day, but go the other way."""
        town.dewi.plan("BAG-H", to=TUBAN, day=TUESDAY)
        (trip,) = town.office.schedule(TUESDAY, TUESDAY)
        assert trip.bags == ()

    def test_leaves_out_districts_without_a_day(self, town: Town):
        """There is nothing to say of them."""
        town.budi.set_schedule(KEREK, timetable=Timetable(weekdays=()))
        assert town.office.schedule() == []

    @pytest.mark.parametrize(
        ("first", "last"),
        [
            (FRIDAY, TUESDAY),
            (TUESDAY, TUESDAY + timedelta(days=366)),
            (date.min, date.max),
        ],
    )
    def test_is_of_a_year_at_most(self, town: Town, first: date, last: date):
        """And not the wrong way round."""
        with town.refuses("period"):
            town.office.schedule(first, last)

    @pytest.mark.parametrize("day", [date.min, date.max])
    def test_of_any_day(self, town: Town, day: date):
        """No courier goes at the ends of all days."""
        assert town.office.schedule(first=day, last=day) == []
        assert town.office.schedule(first=day) is not None


class TestTheManifest:
    """What is to go into a bag, or is in it."""

    def test_before_sealing(self, town: Town):
        """What is planned, with the check code to compare, by village and id."""
        first = town.printed("ktp-hilang", by=DEWI, region=SIDONGANTI)
        second = town.printed("kk-hilang")
        town.office.plan_bags(WAHYU)
        found = town.office.manifest(BAG)
        assert (found.bag, found.state, found.day) == (BAG, "planned", TUESDAY)
        assert (found.sender, found.receiver) == (
            f"print_operator@{TUBAN}",
            f"district_operator@{KEREK}",
        )
        assert found.lines == (
            Line(second.copy, "kk", GEMULUNG),
            Line(first.copy, "ktp", SIDONGANTI),
        )
        assert found.check == check_code([first.copy, second.copy])

    def test_of_a_sealed_bag(self, town: Town):
        """What was sealed in; by its check code the seal is set."""
        case = town.printed("ktp-hilang")
        town.office.plan_bags(WAHYU)
        before = town.office.manifest(BAG)
        town.wahyu.seal(BAG, count=1, check=before.check)
        found = town.office.manifest(BAG)
        assert (found.state, found.lines) == ("sealed", (Line(case.copy, "ktp", GEMULUNG),))
        assert found.check == before.check == town.bag(BAG).check

    def test_while_it_is_counted(self, town: Town):
        """All that was sealed; what is counted already is said."""
        first, second = town.printed("ktp-hilang"), town.printed("ktp-hilang")
        bag = town.arrived(first.copy, second.copy)
        town.dewi.count(bag, arrived=[first.copy])
        counted = {one.id: one.counted for one in town.office.manifest(bag).lines}
        assert counted == {first.copy: True, second.copy: False}
        town.dewi.count(bag, arrived=[second.copy])
        assert all(one.counted for one in town.office.manifest(bag).lines)

    def test_of_originals_on_the_way_home(self, town: Town):
        """By what they are."""
        original = town.case("ktp-hilang", by=DEWI).original("surat-hilang")
        bag = town.sealed(original, to=TUBAN, by=DEWI)
        assert town.office.manifest(bag).lines == (Line(original, "surat-hilang", GEMULUNG),)

    def test_as_programs_read_it(self, town: Town):
        """With how many there are."""
        case = town.printed("ktp-hilang")
        town.office.plan_bags(WAHYU)
        assert town.office.manifest(BAG).as_dict() == {
            "bag": BAG,
            "state": "planned",
            "sender": f"print_operator@{TUBAN}",
            "receiver": f"district_operator@{KEREK}",
            "day": "2021-07-13",
            "check": check_code([case.copy]),
            "count": 1,
            "papers": [{"id": case.copy, "what": "ktp", "village": GEMULUNG, "counted": False}],
        }

    def test_of_an_empty_bag_of_no_day(self, town: Town):
        """Nothing is in it."""
        town.wahyu.plan("BAG-J", to=JENU)
        found = town.office.manifest("BAG-J").as_dict()
        assert (found["day"], found["count"], found["papers"]) == (None, 0, [])

    @pytest.mark.parametrize("name", ["BAG-X", "@in_force", "", "@2021-07-13"])
    def test_of_a_bag_that_there_is_not(self, town: Town, name: str):
        """Nor is there one of a name that no bag can have."""
        with town.refuses("not_found") as refused:
            town.office.manifest(name)
        assert refused.value.facts["kind"] == "bag"


def test_a_bag_is_counted_by_its_own_district(town: Town):
    """Planned by the schedule of Kerek it is none of Jenu's."""
    case = town.printed("ktp-hilang")
    town.office.plan_bags(WAHYU)
    town.wahyu.seal(BAG, count=1)
    town.agus.depart(BAG)
    with town.refuses("wrong_area"):
        town.hand(EKO).arrive(BAG, seal_whole=True)
    assert town.state(case.copy) == "bagged"


def test_a_name_that_somebody_else_has_taken(town: Town):
    """A bag of another way by the usual name keeps no district from its own."""
    home = town.case("ktp-hilang", by=DEWI).original("surat-hilang")
    town.dewi.plan(BAG, to=TUBAN, items=(home,))
    town.printed("ktp-hilang")
    (receipt,) = town.office.plan_bags(WAHYU)
    assert receipt.records[0].id == f"{BAG}-B2"
