"""What holds of every simulation, whatever happens in it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from simulated import MONDAY, even

from adminduk.records import Act, Channel, DeliveryWay
from adminduk.simulation import Closing, Delivery, Scenario, Spread, Staffing, simulate
from adminduk.simulation.chance import coming, kinds_of
from adminduk.simulation.changes import Desk
from adminduk.simulation.model import _Office
from adminduk.simulation.result import AT_DESKS, WAITING
from adminduk.simulation.way import states_on, steps_of
from adminduk.testing.strategies.practice import timetables

ENDS = {"handed_over", "issued"}
DAYS = st.integers(0, 12).map(lambda days: MONDAY + timedelta(days=days))


@st.composite
def periods(draw: st.DrawFn) -> dict[str, date]:
    """Draw a first and a last day."""
    first, last = sorted([draw(DAYS), draw(DAYS)])
    return {"since": first, "until": last}


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw an office of few documents, in which much may go wrong."""
    percents = st.sampled_from([0, 0, 30, 100])
    spreads = st.sampled_from(Spread)
    staffing = st.builds(
        lambda days, percent, people, desks: Staffing(
            **days, percent=percent, people=people, desks=tuple(desks)
        ),
        periods(),
        st.sampled_from([0, 50, 100, 200]),
        st.sampled_from([-2, 0, 1]),
        st.sets(st.sampled_from(Desk), min_size=1),
    )
    blanks = st.builds(Delivery, product=st.just("ktp"), day=DAYS, count=st.integers(1, 20))
    closings = st.builds(
        lambda days, acts, doors: Closing(**days, acts=tuple(acts), channels=tuple(doors)),
        periods(),
        st.sets(st.sampled_from([Act.SUBMIT, Act.COLLECT]), min_size=1),
        st.sets(st.sampled_from([Channel.COUNTER, Channel.VILLAGE]), min_size=1),
    )
    return even(
        until=draw(DAYS),
        documents={"ktp-hilang": draw(st.integers(0, 6)), "kk-hilang": draw(st.integers(0, 6))},
        arrivals=draw(spreads),
        work=draw(spreads),
        counter_percent=draw(percents),
        urgent_percent=draw(percents),
        digital_percent=draw(percents),
        patient_percent=draw(percents),
        returned_percent=draw(st.sampled_from([0, 50])),
        misprint_percent=draw(st.sampled_from([0, 50])),
        answer_days=draw(st.integers(0, 4)),
        verifiers=draw(st.integers(0, 3)),
        printers=draw(st.integers(0, 3)),
        verify_seconds=draw(st.sampled_from([1, 3600, 36_000])),
        print_seconds=draw(st.sampled_from([1, 3600, 36_000])),
        staffing=tuple(draw(st.lists(staffing, max_size=2))),
        blanks=tuple(draw(st.lists(blanks, max_size=2))),
        closings=tuple(draw(st.lists(closings, max_size=2))),
        courier=draw(timetables()),
        collect_days=draw(st.integers(0, 3)),
        fetch_days=draw(st.integers(0, 3)),
        operator_days=draw(st.integers(0, 4)),
    )


class TestNothingIsLost:
    """What came in is what is out and what is somewhere, in one place."""

    @given(scenarios(), st.integers(0, 9))
    def test_on_every_evening(self, scenario: Scenario, seed: int):
        """Each lies in the one queue of its state; time goes on; no blank is used twice."""
        office = _Office.of(scenario, seed)
        minutes = []

        def look(_: int) -> None:
            minutes.append(office.env.now)
            verify, printing = (
                [
                    document
                    for heap in (*queue._waiting.values(), queue._begun)
                    for _, _, document in heap
                ]
                for queue in (office.to_verify, office.to_print)
            )
            store = [one for papers in office.ready.values() for one in papers]
            assert {one.state for one in verify} <= {"submitted"}
            assert {one.state for one in printing} <= {"ordered"}
            assert {one.state for one in store} <= {"at_office"}
            lying = [*verify, *printing, *store]
            assert len({id(one) for one in lying}) == len(lying)
            counts = Counter(one.state for one in lying)
            for state in ("submitted", "ordered", "at_office"):
                assert office.states[state] == counts[state]
            assert min(office.to_print.stock.values(), default=0) >= 0

        result = office.run(look)
        assert minutes == sorted(minutes)
        came: int = 0
        handed = 0
        for evening in result.evenings:
            came += evening.came
            handed += evening.handed_over
            assert min(evening.states.values()) >= 0
            assert sum(evening.states.values()) == came
            assert sum(evening.states[one] for one in ENDS) == handed
        assert handed == sum(result.outcomes.values()) == came - result.unfinished
        days = [one.day for one in result.evenings]
        assert days == [scenario.since + timedelta(days=one) for one in range(len(days))]
        assert all(0 <= one.made <= one.days for one in result.outcomes)
        if scenario.blanks and not scenario.documents["kk-hilang"]:
            printed = sum(one.done["print"] + one.done["misprint"] for one in result.evenings)
            assert printed <= sum(one.count for one in scenario.blanks)

    def test_not_another_way(self):
        """Nothing happens to a document that the lifecycles do not allow where it is."""
        office = _Office.of(even(), 1)
        (kind,) = kinds_of(office.scenario)
        _, document = next(coming(office.scenario, kind, office.hours, 1))
        with pytest.raises(AssertionError, match="hand_over of what is new"):
            office._move(document, "hand_over")


class TestMoreCapacity:
    """Where nothing is left to chance, more people never make a backlog longer."""

    @pytest.mark.parametrize("desk", ["verifiers", "printers"])
    @given(data=st.data())
    def test_never_hurts(self, desk: str, data: st.DataObject):
        """On no evening."""
        few, more = data.draw(st.integers(0, 3)), data.draw(st.integers(1, 3))
        staffing = data.draw(periods())
        scenario = even(
            until=data.draw(DAYS),
            documents={"ktp-hilang": data.draw(st.integers(0, 9))},
            verifiers=data.draw(st.integers(1, 3)),
            printers=data.draw(st.integers(1, 3)),
            verify_seconds=data.draw(st.integers(1, 20_000)),
            print_seconds=data.draw(st.integers(1, 20_000)),
            staffing=(Staffing(**staffing, percent=data.draw(st.integers(0, 150))),),
        )
        one, other = (
            [evening.backlog for evening in simulate(evolve(scenario, **{desk: n})).evenings]
            for n in (few, few + more)
        )
        length = max(len(one), len(other))
        padded = [*other, *[0] * (length - len(other))]
        assert all(less <= backlog for less, backlog in zip(padded, one, strict=False))


class TestStates:
    """The places that are told apart."""

    def test_every_one_is_told(self):
        """People read where everything waits: each state once, but for the ends."""
        waiting = [state for states in WAITING for state in states]
        passing = {"verified"}  # its copy is ordered in the same moment
        assert sorted([*waiting, *ENDS, *passing]) == sorted(states_on())
        assert set(AT_DESKS) < set(waiting)

    def test_each_way_ends(self):
        """With what counts as delivered."""
        for way in DeliveryWay:
            assert list(steps_of(way).values())[-1].target in ENDS
