"""When something happened, when it was recorded, and what time alone brings about."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from office_days import BUDI, MONDAY, OWNER, SITI, Clock, Town

from adminduk import Office, Person, commands
from adminduk.errors import InvalidInput
from adminduk.office import ticking

WIB = timezone(timedelta(hours=7))


class TestWhen:
    """`at` is when it happened; the journal adds when it was recorded."""

    def test_before_it_was_recorded(self, town: Town):
        """What was done in the morning is typed in at noon; terms run from the recording."""
        morning = MONDAY - timedelta(hours=4)
        case = town.case("ktp-hilang", at=morning)
        change = town.office.journal(case.code)[0]
        assert (change.at, change.recorded) == (morning, MONDAY)
        assert town.application(case).due == MONDAY + timedelta(hours=24)

    def test_left_out(self, town: Town):
        """Then it is the moment of recording."""
        case = town.case("ktp-hilang")
        change = town.office.journal(case.code)[0]
        assert change.at == change.recorded == MONDAY

    def test_in_another_zone(self, town: Town):
        """A time is a moment, in whatever zone it is written."""
        case = town.case("ktp-hilang", at=MONDAY.astimezone(WIB))
        assert town.office.journal(case.code)[0].at == MONDAY

    def test_in_the_future(self, town: Town):
        """It has not happened yet, be it by a second."""
        order = town.order("ktp-hilang", at=MONDAY + timedelta(seconds=1))
        with town.refuses("in_the_future") as refused:
            town.office.do(order, by=SITI)
        assert [fault.path for fault in refused.value.faults] == ["at"]  # type: ignore[attr-defined] # bad input

    def test_before_there_was_anything(self, town: Town):
        """Nothing happens to a case before it was applied for, nor to a paper never ordered."""
        case = town.case("ktp-hilang")
        town.clock.wait(hours=1)
        town.verify(case)
        for begun, happen in (
            (MONDAY, lambda at: town.budi.move_rules(case, to=date(2021, 7, 13), at=at)),
            (town.clock.now, lambda at: town.wahyu.print(case.copy, blank="A1", at=at)),
        ):
            with town.refuses("before_it_began") as refused:
                happen(begun - timedelta(seconds=1))
            fault = refused.value.faults[0]  # type: ignore[attr-defined] # bad input
            assert (fault.path, fault.facts["begun"]) == ("at", begun.astimezone(WIB).isoformat())
        town.wahyu.print(case.copy, blank="A1", at=town.clock.now)

    def test_by_a_process_whose_clock_is_behind(self, town: Town):
        """Where no time is said, it is now; a clock that is a little slow refuses nothing."""
        case = town.case("ktp-hilang")
        town.clock.now = MONDAY - timedelta(seconds=3)
        slow = Office(
            town.office.storage,
            town.office.region,
            keyring=town.office._keyring,
            clock=town.clock,
        )
        taken = slow.take_next(BUDI)
        assert taken is not None
        assert taken.records[0].id == case.code

    @pytest.mark.parametrize(
        "make",
        [
            lambda at: commands.Announce(
                notice="N", acts=("submit",), channels=("online",), since=at, reason="x"
            ),
            lambda at: commands.Plan(bag="K-1", to="35.23.08", day=at),
            lambda at: commands.MoveRules(application="2222222222-2", to=at),
            commands.Moved,
            lambda at: commands.Letter("1", at),
            lambda at: Person(birth_date=at),
        ],
    )
    def test_a_moment_is_no_day(self, make: Callable[[Any], object]):
        """It would be stored as what it is not."""
        with pytest.raises(InvalidInput) as raised:
            make(MONDAY)
        assert [one.code for one in raised.value.faults] == ["day"]

    def test_without_an_offset(self):
        """A time of the wall clock says nothing in a country of three zones."""
        with pytest.raises(InvalidInput) as raised:
            commands.Close(bag="BAG-1", at=datetime(2021, 7, 12, 8, 15))  # noqa: DTZ001 - that is the fault
        assert [(one.path, one.code) for one in raised.value.faults] == [("at", "naive_time")]

    def test_the_rules_are_those_of_the_day_at_the_office(self, town: Town):
        """Late in the evening in London it is the next day in Tuban."""
        town.clock.now = datetime(2021, 9, 27, 18, 0, tzinfo=UTC)
        case = town.case("kk-hilang")
        assert town.application(case).rules == date(2021, 9, 28)
        assert town.office.checklist("kk-hilang").on == date(2021, 9, 28)

    def test_at_an_office_further_east(self):
        """In Papua it is two hours later."""
        late = datetime(2021, 9, 27, 15, 30, tzinfo=UTC)
        with Office.open("memory:", "91.71", clock=lambda: late) as jayapura:
            assert jayapura.checklist("kk-hilang").on == date(2021, 9, 28)


class TestAClockThatGoesBack:
    """The order of recording is never broken by a clock."""

    def test_of_the_same_office(self, town: Town):
        """What comes later is recorded no earlier."""
        first = town.case("ktp-hilang")
        town.clock.wait(hours=-3)
        second = town.case("ktp-hilang")
        recorded = [change.recorded for change in town.office.journal()]
        assert recorded == sorted(recorded)
        assert town.office.journal(second.code)[0].recorded == MONDAY
        assert town.office.journal(first.code)[0].seq < town.office.journal(second.code)[0].seq
        assert town.office.verify().clean

    def test_of_another_process(self, tmp_path: Path):
        """Two clocks that differ record in one order."""
        url = f"sqlite:///{tmp_path / 'office.db'}"
        fast, slow = Town(url, ids=uuid4), Town(url, clock=Clock(MONDAY - timedelta(minutes=5)))
        one = fast.case("ktp-hilang")
        other = slow.case("kk-hilang")
        assert slow.office.journal(other.code)[0].recorded == MONDAY
        slow.clock.wait(hours=1)
        slow.verify(one)
        assert slow.office.journal(one.code)[-1].recorded == MONDAY + timedelta(minutes=55)

    def test_what_happened_by_the_later_clock(self, town: Town):
        """A time that a sender took from the faster clock has passed when it is recorded."""
        town.case("ktp-hilang")
        town.clock.wait(minutes=-5)
        town.case("ktp-hilang", at=MONDAY)


class TestTick:
    """What expires, goes home unclaimed, or closes."""

    def test_expires_drafts_and_returned_cases(self, town: Town):
        """After thirty days nobody answers any more."""
        draft, case = town.draft("ktp-hilang"), town.case("ktp-hilang")
        items = town.items(case)
        town.budi.send_back(case, faults={items[0]: "Buram"}, accepted=items[1:])
        town.clock.wait(days=30)
        town.office.tick()
        assert (town.state(draft), town.state(case)) == ("expired", "expired")

    def test_turns_home_what_nobody_claims(self, town: Town):
        """In the village, at the district, at the counter."""
        cases = [town.at_village("ktp-hilang"), town.at_district("ktp-hilang")]
        cases.append(town.at_counter("ktp-hilang"))
        town.clock.wait(days=30)
        town.office.tick()
        assert {town.paper(case.copy).why for case in cases} == {"unclaimed"}

    def test_closes_bags_in_order(self, town: Town):
        """A counted bag without an open difference; the other waits for the registry."""
        good, bad = (
            town.run(town.printed("ktp-hilang").copy),
            town.arrived(town.printed("ktp-hilang").copy),
        )
        town.dewi.finish(bad)
        town.office.tick()
        assert (town.state(good), town.state(bad)) == ("closed", "counted")
        gone = town.bag(bad).differences[0].item
        town.dewi.found(gone)
        town.budi.resolve(bad, item=gone, outcome="found", owner=BUDI.posts[0])
        town.office.tick()
        assert town.state(bad) == "closed"

    def test_acts_once(self, town: Town):
        """The second tick finds nothing to do."""
        town.draft("ktp-hilang")
        town.clock.wait(days=30)
        assert len(town.office.tick()) == 1
        assert town.office.tick() == []

    def test_acts_once_for_two_that_tick_at_once(self, tmp_path: Path):
        """Whichever is first, the other gets the same answer and says that it did nothing."""
        url = f"sqlite:///{tmp_path / 'office.db'}"
        town = Town(url, ids=uuid4)
        for _ in range(5):
            town.draft("ktp-hilang")
        town.clock.wait(days=30)
        offices = [town.office, *(Office.open(url, clock=town.clock) for _ in range(3))]
        with ThreadPoolExecutor(4) as pool:
            done = list(pool.map(Office.tick, offices))
        assert sum(map(len, done)) == 5
        assert [change.do for change in town.office.journal()].count("expire") == 5

    def test_acts_once_on_what_two_have_listed(self, town: Town, monkeypatch: pytest.MonkeyPatch):
        """The commands of two ticks have the same ids, so that both may send them."""
        town.draft("ktp-hilang")
        town.clock.wait(days=30)
        listed = list(
            ticking.due_commands(
                town.office._shelf, town.office._rules, town.clock.now, town.office.settings()
            )
        )
        monkeypatch.setattr("adminduk.office.due_commands", lambda *_: listed)
        assert len(town.office.tick()) == 1
        assert town.office.tick() == []

    def test_nobody_else_works_their_ids_out(self):
        """A command of such an id, sent by anybody before, would stop the clock for good."""
        found = []
        for _ in range(2):
            town = Town("memory:")
            town.draft("ktp-hilang")
            town.clock.wait(days=30)
            (expire,) = ticking.due_commands(
                town.office._shelf, town.office._rules, town.clock.now, town.office.settings()
            )
            found.append(expire)
        one, other = found
        assert isinstance(one, commands.Expire)
        assert isinstance(other, commands.Expire)
        assert one.application == other.application
        assert one.id != other.id

    def test_what_was_done_between_look_and_act_stays(
        self, town: Town, monkeypatch: pytest.MonkeyPatch
    ):
        """Handed over in the last moment, a document is not turned home."""
        case = town.at_village("ktp-hilang")
        town.office.tick()
        town.clock.wait(days=30)
        listed = list(
            ticking.due_commands(
                town.office._shelf, town.office._rules, town.clock.now, town.office.settings()
            )
        )
        town.siti.hand_over(case.copy, to=OWNER)
        monkeypatch.setattr("adminduk.office.due_commands", lambda *_: listed)
        assert town.office.tick() == []
        assert town.state(case.copy) == "handed_over"

    def test_each_time_it_lies_unclaimed(self, town: Town):
        """Turned out again, a document goes home again after another thirty days."""
        case = town.at_village("ktp-hilang")
        town.office.tick()
        for _ in range(2):
            town.clock.wait(days=30)
            assert len(town.office.tick()) == 1
            town.siti.turn_out(case.copy)
        assert town.office.verify().clean

    def test_before_anything_is_due(self, town: Town):
        """Nothing happens."""
        town.draft("ktp-hilang")
        town.at_village("ktp-hilang")
        town.office.tick()
        town.clock.wait(days=15)
        assert town.office.tick() == []

    def test_does_not_end_what_waits_for_the_office(self, town: Town):
        """A case that is late is late; it is not the applicant who pays for it."""
        case = town.case("ktp-hilang")
        town.clock.wait(days=365)
        assert town.office.tick() == []
        assert town.state(case) == "submitted"

    def test_is_done_by_the_system(self, town: Town):
        """The journal says that it was time."""
        case = town.draft("ktp-hilang")
        town.clock.wait(days=30)
        town.office.tick()
        change = town.office.journal(case.code)[-1]
        assert (change.do, change.by, change.post) == ("expire", "system", "system@35.23")


def test_terms_are_the_offices_own():
    """An office that gives its villages fewer days says so once."""
    town = Town(settings={"draft_days": 7, "unclaimed_days": 10, "lapse_days": 20})
    draft, case = town.draft("ktp-hilang"), town.at_counter("ktp-hilang")
    assert town.application(draft).due == MONDAY + timedelta(days=7)
    assert town.paper(case.copy).due == MONDAY + timedelta(days=10)
    town.lestari.turn_home(case.copy)
    assert town.paper(case.copy).due == MONDAY + timedelta(days=20)
