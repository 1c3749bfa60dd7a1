"""What applicants are promised, whether it was kept, and where the time went if it was not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from attrs import evolve
from office_days import (
    BUDI,
    GEMULUNG,
    HADI,
    JENU,
    KEREK,
    LESTARI,
    LETTER,
    RINI,
    SOCOREJO,
    Case,
    Town,
)

from adminduk import commands
from adminduk.decide.counting import Counting
from adminduk.office.promises import Account, account_of
from adminduk.records import Application, Copy, Pause, Promise, Timetable, Weekday
from adminduk.regions.zones import WIB
from adminduk.working_days import WorkingDays

MON, TUE, WED, THU, FRI = (date(2021, 7, day) for day in range(12, 17))
WEDNESDAYS = Timetable(weekdays=(Weekday.WEDNESDAY,))


@pytest.fixture
def town() -> Town:
    """Give an office on a Monday morning, from which the courier goes to Kerek on Wednesdays."""
    town = Town(settings={"operator_days": 1})
    town.hadi.set_schedule(KEREK, timetable=WEDNESDAYS)
    return town


def promise(town: Town, case: Case) -> Promise:
    """Give what is promised of the first product of a case."""
    found = town.application(case).lines[0].promise
    assert found is not None
    return found


def account(town: Town, case: Case) -> Account:
    """Give account of the first product of a case, by its month."""
    found = [
        one for one in town.office.promises(date(2021, 7, 1)).accounts if one.code == case.code
    ]
    assert len(found) == 1
    return found[0]


def told(town: Town, case: Case) -> tuple[str, int, str, str]:
    """Say what became of a promise: the outcome, the days, the cause, who was at fault."""
    one = account(town, case)
    return one.outcome.value, one.late, one.cause, one.at_fault


class TestAtSubmission:
    """The applicant is told the day at the district and that at the counter."""

    def test_of_what_the_courier_brings(self, town: Town):
        """In the answer to the command, in the message, and by the tracking code."""
        receipt = town.office.do(town.order("ktp-hilang"), by=town.siti.actor)
        assert receipt.notes == {
            "at_district_on": ["2021-07-14"],
            "at_counter_from": ["2021-07-13"],
        }
        tracked = town.office.track(receipt.records[0].id).as_dict("en")
        assert tracked["products"][0]["promise"] == {
            "goal": "district",
            "day": "2021-07-14",
            "counter": "2021-07-13",
            "outcome": "open",
            "reached": None,
            "late": 0,
            "cause": None,
        }

    def test_of_what_is_handed_in_at_the_counter(self, town: Town):
        """It is fetched where it was handed in, within the time of the standard: 24 hours."""
        receipt = town.office.do(town.order("ktp-hilang", by=LESTARI), by=LESTARI)
        assert receipt.notes == {"at_counter_from": ["2021-07-13"]}

    def test_within_the_time_that_the_office_set(self, town: Town):
        """Each door has its own; what is not set is as the standard of the services says."""
        town.hadi.change_settings("office", operator_days=4, counter_days=2)
        assert promise(town, town.case("ktp-hilang")).made == FRI
        assert promise(town, town.case("ktp-hilang", by=LESTARI)).made == WED

    def test_to_a_district_without_a_schedule(self, town: Town):
        """Nothing is promised that nobody knows."""
        receipt = town.office.do(
            town.order("ktp-hilang", by=town.rini.actor, region="35.23.12.2002"),
            by=town.rini.actor,
        )
        assert receipt.notes == {"made_by": ["2021-07-13"], "at_counter_from": ["2021-07-13"]}

    def test_by_when_it_is_recorded(self, town: Town):
        """Nobody gets an earlier day by an earlier date; what came in after hours counts later."""
        early = town.case("ktp-hilang", at=town.clock.now - timedelta(days=3))
        assert promise(town, early).made == TUE
        town.clock.wait(hours=9)  # five o'clock in the afternoon
        assert promise(town, town.case("ktp-hilang")).made == WED

    def test_of_a_draft_nothing(self, town: Town):
        """It is promised once it is submitted, from its own village's district."""
        case = town.draft("ktp-hilang")
        assert [line.promise for line in town.application(case).lines] == [None]
        assert town.office.promises(MON).accounts == ()
        town.siti.submit(case)
        assert promise(town, case) == Promise(TUE, WED)

    def test_of_a_service_without_a_document_nothing(self, town: Town):
        """A legalisation is done when it is verified."""
        receipt = town.office.do(town.order("legalisir", by=LESTARI), by=LESTARI)
        assert receipt.notes == {}

    def test_a_later_schedule_does_not_move_it(self, town: Town):
        """It was promised."""
        case = town.case("ktp-hilang")
        town.hadi.set_schedule(KEREK, timetable=Timetable(weekdays=(Weekday.FRIDAY,)))
        assert promise(town, case) == Promise(TUE, WED)
        assert promise(town, town.case("ktp-hilang")) == Promise(TUE, FRI)


class TestWhileItWaitsForTheApplicant:
    """The days stand still, and it is not late."""

    def test_for_what_was_returned(self, town: Town):
        """Returned on Monday, answered on Thursday: three working days more."""
        case = town.case("ktp-hilang")
        item, *rest = town.items(case)
        town.budi.send_back(case, faults={item: "Buram"}, accepted=rest)
        assert promise(town, case).pause is Pause.RETURNED
        town.clock.wait(days=3)
        assert told(town, case) == ("paused", 0, "returned", "")
        assert town.office.late() == []
        shown = {item: town.application(case).shown(item).shown}  # type: ignore[union-attr] # it is
        receipt = town.siti.answer(case, evidence=shown)
        assert receipt.notes == {
            "at_district_on": ["2021-07-21"],
            "at_counter_from": ["2021-07-16"],
        }
        assert promise(town, case) == Promise(FRI, date(2021, 7, 21), stood=3)

    def test_for_the_person_to_come(self, town: Town):
        """A first card is promised from the day on which fingerprints were taken."""
        receipt = town.office.do(town.order("ktp-baru"), by=town.siti.actor)
        case = Case(receipt.records[0].id)
        assert receipt.notes == {"days_count_after": ["biometrics"]}
        assert promise(town, case).pause is Pause.ATTENDANCE
        town.clock.wait(days=2)
        assert told(town, case) == ("paused", 0, "attendance", "")
        receipt = town.lestari.attend(case, act="biometrics")
        assert receipt.notes["at_counter_from"] == ["2021-07-15"]
        assert promise(town, case) == Promise(THU, date(2021, 7, 21), stood=2)

    def test_answered_before_the_person_came(self, town: Town):
        """It goes on standing still, and no day is told yet."""
        case = town.case("ktp-baru")
        item, *rest = town.items(case)
        town.budi.send_back(case, faults={item: "Buram"}, accepted=rest)
        assert promise(town, case).pause is Pause.RETURNED
        town.clock.wait(days=1)
        shown = {item: town.application(case).shown(item).shown}  # type: ignore[union-attr] # it is
        assert town.siti.answer(case, evidence=shown).notes == {}
        assert promise(town, case).pause is Pause.ATTENDANCE
        town.clock.wait(days=1)
        town.lestari.attend(case, act="biometrics")
        assert promise(town, case).made == THU

    def test_that_ends_without_a_document(self, town: Town):
        """Withdrawn, rejected or expired, it is accounted for as what it is."""
        case = town.case("ktp-hilang")
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        assert told(town, case) == ("ended", 0, "rejected", "")


class TestKept:
    """It is there on its day, or before."""

    def test_at_the_district(self, town: Town):
        """The village has no operator, or comes later: it was there."""
        case = town.printed("ktp-hilang")
        town.clock.wait(days=2)
        town.run(case.copy)
        assert told(town, case) == ("kept", 0, "", "")
        assert account(town, case).reached == WED
        town.clock.wait(days=40)
        town.office.tick()
        town.home(case.copy)  # nobody fetched it
        town.clock.wait(days=70)
        town.wahyu.void(case.copy)
        assert town.office.late() == []
        assert town.state(case) == "lapsed"
        assert told(town, case) == ("kept", 0, "", "")

    def test_at_the_counter(self, town: Town):
        """When it lies on the counter's shelf."""
        case = town.at_counter("ktp-hilang")
        assert told(town, case) == ("kept", 0, "", "")

    def test_digitally(self, town: Town):
        """When it is issued."""
        case = town.case("kk-hilang")
        town.siti.choose_delivery(case, product="kk", way="digital")
        town.verify(case)
        town.budi.issue(case.copy, signature="Hadi", link="https://kk.example/1")
        assert account(town, case).goal.value == "digital"
        assert told(town, case) == ("kept", 0, "", "")

    def test_where_the_courier_has_no_day(self, town: Town):
        """When it is made."""
        case = town.verified("ktp-hilang", by=town.rini.actor, region="35.23.12.2002")
        town.print(case.copy)
        assert account(town, case).goal.value == "made"
        assert told(town, case) == ("kept", 0, "", "")

    def test_by_who_chose_the_counter_later(self, town: Town):
        """On Thursday somebody comes with a letter: of Tuesday nobody is asked any more."""
        case = town.printed("ktp-hilang")
        town.clock.wait(days=3)
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        town.lestari.to_counter(case.copy)
        assert promise(town, case).made == THU
        assert told(town, case) == ("kept", 0, "", "")


def verified_late(town: Town, case: Case) -> None:
    """Lie at the registry until Thursday, and go with the run a week later."""
    town.clock.wait(days=3)
    town.verify(case)
    town.print(case.copy)
    town.clock.wait(days=6)
    town.run(case.copy)


def printed_late(town: Town, case: Case) -> None:
    """Be verified at once, and printed on Thursday."""
    town.verify(case)
    town.clock.wait(days=3)
    town.print(case.copy)
    town.clock.wait(days=6)
    town.run(case.copy)


def verified_slowly(town: Town, case: Case) -> None:
    """Be verified on Wednesday, and printed a day after."""
    town.clock.wait(days=2)
    town.verify(case)
    town.clock.wait(days=1)
    town.print(case.copy)
    town.clock.wait(days=6)
    town.run(case.copy)


def made_too_late(town: Town, case: Case) -> None:
    """Be verified and printed on Wednesday, when the courier has left."""
    town.clock.wait(days=2)
    town.verify(case)
    town.print(case.copy)
    town.clock.wait(days=7)
    town.run(case.copy)


def made_anew_too_late(town: Town, case: Case) -> None:
    """Be found faulty on Tuesday, and lie in the store again when the courier has left."""
    town.verify(case)
    town.print(case.copy)
    town.clock.wait(days=1)
    town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
    town.clock.wait(days=1)
    town.budi.replace(case, product="ktp", reason="Nama salah", approved_by=HADI)
    town.print(case.copies(2))
    town.clock.wait(days=7)
    town.run(case.copies(2))


def forgotten(town: Town, case: Case) -> None:
    """Lie in the office's store while the courier goes."""
    town.verify(case)
    town.print(case.copy)
    town.clock.wait(days=9)
    town.run(case.copy)


def skipped(town: Town, case: Case) -> None:
    """Be sealed on Wednesday morning, and nobody comes for the bag."""
    town.verify(case)
    town.print(case.copy)
    town.clock.wait(days=2)
    bag = town.sealed(case.copy)
    town.clock.wait(days=7)
    town.agus.depart(bag)
    town.dewi.arrive(bag, seal_whole=True)
    town.dewi.count(bag, arrived=[case.copy])


def long_on_the_road(town: Town, case: Case) -> None:
    """Leave on Wednesday and arrive a week later."""
    town.verify(case)
    town.print(case.copy)
    town.clock.wait(days=2)
    bag = town.departed(case.copy)
    town.clock.wait(days=7)
    town.dewi.arrive(bag, seal_whole=True)
    town.dewi.count(bag, arrived=[case.copy])


def not_counted(town: Town, case: Case) -> None:
    """Arrive on Wednesday and lie in the bag for a week."""
    town.verify(case)
    town.print(case.copy)
    town.clock.wait(days=2)
    bag = town.arrived(case.copy)
    town.clock.wait(days=7)
    town.dewi.count(bag, arrived=[case.copy])


def missed(town: Town, case: Case) -> None:
    """Not be in the bag that it was sealed into, and turn up at the district."""
    town.verify(case)
    town.print(case.copy)
    town.clock.wait(days=2)
    bag = town.arrived(case.copy)
    town.dewi.finish(bag)
    town.clock.wait(days=7)
    town.dewi.found(case.copy)


def sent_astray(town: Town, case: Case) -> None:
    """Come out of the wrong bag in the wrong district, and be sent on from the office."""
    town.verify(case)
    town.print(case.copy)
    town.clock.wait(days=2)
    bag = town.arrived(
        town.printed("ktp-hilang", by=town.rini.actor, region="35.23.12.2002").copy, to=JENU
    )
    town.eko.count(bag, arrived=[], extra=[case.copy])
    town.clock.wait(days=1)
    home = town.arrived(case.copy, to="35.23", by=town.eko.actor)
    town.wahyu.count(home, arrived=[case.copy])
    town.clock.wait(days=6)
    town.wahyu.turn_out(case.copy)
    town.run(case.copy)


def made_anew(town: Town, case: Case) -> None:
    """Be found faulty on Tuesday; the next one goes a week later."""
    town.verify(case)
    town.print(case.copy)
    town.clock.wait(days=1)
    town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
    town.clock.wait(days=2)
    town.budi.replace(case, product="ktp", reason="Nama salah", approved_by=HADI)
    town.print(case.copies(2))
    town.clock.wait(days=6)
    town.run(case.copies(2))


PRINTER = "print_operator@35.23"
REGISTRY = "registry_operator@35.23"
DISTRICT = f"district_operator@{KEREK}"
FATES: dict[Callable[[Town, Case], None], tuple[str, str]] = {
    verified_late: ("verification", REGISTRY),
    verified_slowly: ("verification", REGISTRY),
    made_too_late: ("verification", REGISTRY),
    printed_late: ("print", PRINTER),
    forgotten: ("packing", PRINTER),
    skipped: ("courier", PRINTER),
    long_on_the_road: ("road", "courier@35.23"),
    not_counted: ("counting", DISTRICT),
    missed: ("missing", PRINTER),
    sent_astray: ("misrouted", f"district_operator@{JENU}"),
    made_anew: ("replacement", REGISTRY),
    made_anew_too_late: ("replacement", REGISTRY),
}


class TestBroken:
    """By how many working days, and where the time went: told by the journal, typed by nobody."""

    @pytest.mark.parametrize("fate", FATES, ids=lambda one: one.__name__)
    def test_on_the_way(self, town: Town, fate: Callable[[Town, Case], None]):
        """A week late; in it was a holiday, so four working days."""
        case = town.case("ktp-hilang")
        fate(town, case)
        assert account(town, case).reached == date(2021, 7, 21)
        assert told(town, case) == ("broken", 4, *FATES[fate])

    def test_at_the_counter(self, town: Town):
        """Made in time, and laid on the shelf a day late."""
        case = town.printed("ktp-hilang", by=LESTARI)
        town.clock.wait(days=2)
        town.lestari.to_counter(case.copy)
        assert told(town, case) == ("broken", 1, "counter", "front_desk@35.23")

    def test_by_a_day_on_which_nobody_works(self, town: Town):
        """Late is late: it counts as a working day."""
        town.hadi.set_schedule(KEREK, timetable=Timetable(weekdays=(Weekday.FRIDAY,)))
        case = town.printed("ktp-hilang")
        town.clock.wait(days=5)
        town.run(case.copy)
        assert told(town, case)[:2] == ("broken", 1)

    def test_by_days_of_the_clock_of_the_office(self, town: Town):
        """Until seven in the morning it is still the day before in Greenwich."""
        town.clock.now = datetime(2021, 7, 25, 23, 30, tzinfo=UTC)
        case = town.case("ktp-hilang", by=RINI, region=SOCOREJO)
        town.clock.now = datetime(2021, 7, 27, 1, tzinfo=UTC)
        town.verify(case)
        town.clock.now = datetime(2021, 7, 28, 23, tzinfo=UTC)
        town.print(case.copy)
        assert told(town, case)[:3] == ("broken", 2, "print")

    def test_by_one_that_was_given_up(self, town: Town):
        """It has ended, whenever that was."""
        case = town.verified("ktp-hilang")
        town.budi.give_up(case, product="ktp", reason="Meninggal")
        assert told(town, case) == ("ended", 0, "given_up", "")


class TestLate:
    """What is overdue now, and what soon will be: by whose turn it is."""

    def test_wherever_it_is(self, town: Town):
        """At the registry, to be printed, in the store, in a bag, missing, or to be made anew."""
        cases = [town.case("ktp-hilang") for _ in range(8)]
        for case in cases[1:]:
            town.verify(case)
        for case in cases[2:]:
            town.print(case.copy)
        town.sealed(cases[3].copy)
        town.wahyu.report_missing(cases[4].copy)
        town.budi.condemn(cases[5].copy, reason="Salah", approved_by=HADI)
        town.siti.choose_delivery(cases[6], product="ktp", way="counter", letter=LETTER)
        town.run(cases[7].copy)
        assert {one.code for one in town.office.late(soon=2)} == {one.code for one in cases[:7]}
        town.clock.wait(days=3)
        late = {one.code: one for one in town.office.late(soon=0)}
        assert [(late[case.code].stage, late[case.code].owner) for case in cases[:7]] == [
            ("verification", REGISTRY),
            ("print", PRINTER),
            ("packing", PRINTER),
            ("courier", PRINTER),
            ("missing", PRINTER),
            ("replacement", REGISTRY),
            ("counter", "front_desk@35.23"),
        ]
        assert [late[case.code].late for case in cases[:7]] == [1, 1, 1, 1, 1, 1, 2]
        assert cases[7].code not in late

    def test_what_is_not_due_is_not_read(self, town: Town, monkeypatch: pytest.MonkeyPatch):
        """However much is stored: what is found is found by when it is due."""
        for _ in range(20):
            town.printed("ktp-hilang")
        town.clock.wait(days=1)
        read: list[Any] = []
        restored = type(town.office._shelf).read
        monkeypatch.setattr(
            type(town.office._shelf),
            "read",
            lambda self, row: read.append(row) or restored(self, row),
        )
        assert town.office.late(soon=0) == []
        assert read == []

    def test_the_most_urgent_is_printed_first(self, town: Town):
        """What waits in the store comes by the day it is promised for."""
        town.hadi.set_schedule(JENU, timetable=Timetable(weekdays=(Weekday.THURSDAY,)))
        later = town.printed("ktp-hilang", by=town.rini.actor, region="35.23.12.2002")
        sooner = town.printed("ktp-hilang")
        tasks = town.office.inbox(town.wahyu.actor).tasks
        assert [one.id for one in tasks] == [sooner.copy, later.copy]


class TestAMonth:
    """Each promise for it, once."""

    def test_in_sums(self, town: Town):
        """What became of them, where the time went, and by how much they were late."""
        kept = town.printed("ktp-hilang")
        late = town.case("ktp-hilang")
        town.clock.wait(days=2)
        town.run(kept.copy)
        town.clock.wait(days=7)
        told = town.office.promises(MON).as_dict(each=True)
        assert told.pop("promises")[1]["code"] in {kept.code, late.code}
        assert told == {
            "month": "2021-07",
            "promised": 2,
            "outcomes": {
                "kept": 1,
                "broken": 0,
                "open": 0,
                "paused": 0,
                "overdue": 1,
                "ended": 0,
            },
            "causes": {"verification": 1},
            "ended": {},
            "broken_by_days": {},
        }

    def test_is_that_of_the_promised_day(self, town: Town):
        """What is put off into the next month by its applicant is accounted for there."""
        case = town.case("ktp-baru")
        assert len(town.office.promises(MON).accounts) == 1
        town.clock.wait(days=25)
        town.lestari.attend(case, act="biometrics")
        assert town.office.promises(MON).accounts == ()
        assert [one.code for one in town.office.promises(date(2021, 8, 31)).accounts] == [case.code]

    def test_of_two_products_that_go_other_ways(self, town: Town):
        """One is issued in July, the other is at the district in August."""
        town.clock.wait(days=17)  # Thursday 29 July
        case = town.case("kk-hilang", "ktp-hilang")
        town.siti.choose_delivery(case, product="kk", way="digital")
        for month, product in ((7, "kk"), (8, "ktp")):
            accounts = town.office.promises(date(2021, month, 1)).accounts
            assert [one.product for one in accounts] == [product]

    def test_of_what_was_there_before_nothing(self, town: Town):
        """Nobody promised it here."""
        order = town.order("ktp-hilang")
        town.office.do(
            commands.Adopt(
                application=None,
                region=GEMULUNG,
                services=order.services,
                applicant=order.applicant,
                people=order.people,
                facts=order.facts,
                channel="village",
                source="SIAK",
                approved_by=HADI,
            ),
            by=BUDI,
        )
        assert town.office.promises().accounts == ()
        town.clock.wait(days=30)
        assert town.office.late() == []


def test_a_shortage_of_blanks_is_told_as_one(town: Town):
    """A copy whose days stand still for want of blanks waits for them, and its case says so."""
    case = town.verified("ktp-hilang")
    town.clock.wait(days=1)
    copy, application = town.paper(case.copy), town.application(case)
    assert isinstance(copy, Copy)
    assert isinstance(application, Application)
    assert copy.promise is not None
    counting = Counting(WorkingDays(), time(16), WEDNESDAYS)
    waiting = evolve(
        copy, promise=counting.paused(copy.promise, Pause.BLANKS, datetime(2021, 7, 13, tzinfo=WIB))
    )
    found = account_of(
        application, application.lines[0], waiting, None, today=FRI, calendar=WorkingDays()
    )
    assert found is not None
    assert (found.outcome.value, found.cause, found.stage) == ("paused", "blanks", "blanks")
