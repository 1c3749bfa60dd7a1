"""The tables say what was agreed, and what real machines of the same classes do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import product

import pytest
from lifecycle_rows import ENDS, KINDS, rows
from statemachine import State, StateMachine
from statemachine.exceptions import TransitionNotAllowed

from adminduk.lifecycle import Arrow, Table, table_of
from adminduk.lifecycle.table import chart_of, compile_table


class Record:
    """A record in a state, with an answer for each guard."""

    def __init__(self, state: str, guards: dict[str, bool]) -> None:
        self.state = state
        self.__dict__.update(guards)


def guards_of(chart: type[StateMachine]) -> set[str]:
    """Read the names of a chart's guards from its transitions, not from its table."""
    return {spec.func for state in chart.states for one in state.transitions for spec in one.cond}


def machine_in(kind: str, state: str, guards: dict[str, bool]) -> StateMachine:
    """Start a real machine in a state, with an answer for each guard."""
    return chart_of(kind)(Record(state, guards))


def sent(kind: str, state: str, event: str, guards: dict[str, bool]) -> str | None:
    """Send an event to a real machine: where it goes, or None if it refuses."""
    machine = machine_in(kind, state, guards)
    try:
        machine.send(event)
    except TransitionNotAllowed:
        assert machine.model.state == state
        return None
    return str(machine.model.state)


def looked_up(table: Table, state: str, event: str, guards: dict[str, bool]) -> str | None:
    """Look the same up in the table."""
    for arrow in table.arrows(state, event):
        if all(guards[guard] for guard in arrow.guards):
            return arrow.target
    return None


def assignments(table: Table, state: str, event: str, every: set[str]) -> Iterator[dict[str, bool]]:
    """Give every answer to the guards that matter; the others all hold, then all do not."""
    names = sorted({guard for arrow in table.arrows(state, event) for guard in arrow.guards})
    for others in (True, False):
        for values in product((True, False), repeat=len(names)):
            yield dict.fromkeys(every, others) | dict(zip(names, values, strict=True))


def reached(start: str, table: Table) -> set[str]:
    """Follow the arrows from a state, guards aside."""
    seen, todo = {start}, [start]
    while todo:
        state = todo.pop()
        for event in table.events_from(state):
            for arrow in table.arrows(state, event):
                if arrow.target not in seen:
                    seen.add(arrow.target)
                    todo.append(arrow.target)
    return seen


@pytest.mark.parametrize("kind", KINDS)
class TestEveryLifecycle:
    """What holds for each of them."""

    def test_the_table_is_what_was_agreed(self, kind: str):
        """Each arrow is one of the agreed rows, none is missing and none is there twice."""
        arrows = sorted(
            (one.source, one.event, one.target, sorted(one.guards)) for one in table_of(kind)
        )
        agreed = sorted(
            (source, event, target, sorted(guards)) for source, event, guards, target in rows(kind)
        )
        assert arrows == agreed

    @pytest.mark.no_cover  # what is walked is mostly the library of machines
    def test_the_table_does_what_the_machine_does(self, kind: str):
        """Every event in every state under every guard ends alike in table and machine."""
        table, chart = table_of(kind), chart_of(kind)
        events = [event.id for event in chart._events]
        every = guards_of(chart)
        differences = [
            (state, event, guards)
            for state in table.states
            for event in events
            for guards in assignments(table, state, event, every)
            if sent(kind, state, event, guards) != looked_up(table, state, event, guards)
        ]
        assert differences == []

    def test_each_way_on_is_told_apart(self, kind: str):
        """Where an event leads to several states, each way has a guard that tells it apart."""
        table = table_of(kind)
        alike = [
            (state, event)
            for state in table.states
            for event in table.events_from(state)
            if len({one.guards for one in table.arrows(state, event)})
            < len(table.arrows(state, event))
        ]
        assert alike == []

    def test_states_and_events_of_table_and_chart_are_the_same(self, kind: str):
        """The table knows each state and event of the chart by the name that is stored."""
        table, chart = table_of(kind), chart_of(kind)
        assert table.kind == kind
        assert table.states == tuple(chart.states_map)
        assert {arrow.event for arrow in table} == {event.id for event in chart._events}

    def test_the_ends_are_the_agreed_ones(self, kind: str):
        """A record ends only where it was agreed, and nothing leads out of an end."""
        table = table_of(kind)
        assert table.ends == ENDS[kind]
        assert [table.events_from(end) for end in table.ends] == [()] * len(table.ends)

    def test_every_state_is_reached_from_the_beginning(self, kind: str):
        """A record can come into each state."""
        table = table_of(kind)
        assert table.states[0] == "new"
        assert reached("new", table) == set(table.states)

    def test_every_state_can_reach_an_end(self, kind: str):
        """No record is stuck for ever; one that is to hold for good goes on from where it is."""
        table = table_of(kind)
        goals = table.ends or {"in_force"}
        assert [one for one in table.states if not reached(one, table) & goals] == []
        assert all(table.events_from(one) for one in goals - table.ends)

    def test_nothing_happens_before_the_beginning_twice(self, kind: str):
        """No arrow leads back to the state before a record's life."""
        assert [arrow for arrow in table_of(kind) if arrow.target == "new"] == []

    def test_each_kind_is_compiled_once(self, kind: str):
        """Asked again, the same table is given."""
        assert table_of(kind) is table_of(kind)


class TestLookingUp:
    """How a table answers."""

    def test_an_arrow_says_all_of_itself(self):
        """Event, source, target and guards are told in the order in which they are asked."""
        assert table_of("bag").arrows("counted", "close") == (
            Arrow("close", "counted", "closed", ("none_open",)),
        )

    def test_ways_are_given_in_the_order_in_which_they_are_tried(self):
        """The first way whose guards hold is taken, so their order is kept."""
        targets = [arrow.target for arrow in table_of("application").arrows("submitted", "verify")]
        assert targets == ["verified", "completed"]

    def test_what_cannot_happen_has_no_arrow(self):
        """An event of another state, or of no state at all, has no way on."""
        assert table_of("bag").arrows("closed", "seal") == ()
        assert table_of("bag").arrows("planned", "no_such_event") == ()
        assert table_of("bag").arrows("no_such_state", "seal") == ()

    def test_events_of_a_state_are_each_named_once(self):
        """An event with several ways on is one event."""
        assert table_of("original").events_from("expected") == ("take_in", "waive")

    def test_an_unknown_kind_is_an_error(self):
        """There are seven kinds of record."""
        with pytest.raises(KeyError, match="parcel"):
            table_of("parcel")

    def test_a_table_cannot_be_changed(self):
        """It is shared by all that decide."""
        with pytest.raises(TypeError):
            table_of("bag")._arrows["closed", "plan"] = ()  # type: ignore[index]


class Negated(StateMachine):
    """A chart with an `unless`."""

    new = State(initial=True)
    done = State(final=True)
    go = new.to(done, unless="closed")


class Expressed(StateMachine):
    """A chart with an expression."""

    new = State(initial=True)
    done = State(final=True)
    go = new.to(done, cond="ready and willing")


class Called(StateMachine):
    """A chart with a function as a guard."""

    new = State(initial=True)
    done = State(final=True)
    go = new.to(done, cond=lambda: True)


@pytest.mark.parametrize("chart", [Negated, Expressed, Called])
def test_a_guard_that_is_not_a_name_is_refused(chart: type[StateMachine]):
    """A table could not say such a guard, so the chart is refused, not compiled wrongly."""
    with pytest.raises(TypeError, match="a guard is the name of a condition that must hold"):
        compile_table(chart)


def test_a_name_for_several_events_at_once_is_kept_apart():
    """One transition under two events is two arrows."""

    class LampChart(StateMachine):
        new = State(initial=True)
        lit = State(final=True)
        light = new.to(lit)
        kindle = light

    table = compile_table(LampChart)
    assert table.kind == "lamp"
    assert table.events_from("new") == ("light", "kindle")


def test_importing_the_package_does_not_import_the_machines():
    """They are imported on first use: most commands of the command line never need them."""
    code = (
        "import sys, adminduk.lifecycle as l\n"
        "before = 'statemachine' in sys.modules\n"
        "l.table_of('bag')\n"
        "print(before, 'statemachine' in sys.modules)\n"
    )
    run = subprocess.run(  # this interpreter, on the text above
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert run.stdout.split() == ["False", "True"]
