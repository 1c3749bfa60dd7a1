"""The classes that declare the lifecycles: loud, and apart from each other."""

from __future__ import annotations

import pytest
from lifecycle_rows import KINDS
from statemachine import State, StateMachine
from statemachine.exceptions import TransitionNotAllowed

from adminduk.lifecycle import table_of
from adminduk.lifecycle.drawing import markdown, mermaid
from adminduk.lifecycle.road import Places, road
from adminduk.lifecycle.table import chart_of, compile_table

FIRST = {
    "application": ("submit", "submitted"),
    "copy": ("order", "ordered"),
    "original": ("expect", "expected"),
    "bag": ("plan", "planned"),
    "minutes": ("destroy", "signed"),
    "blanks": ("receive_blanks", "in_ledger"),
    "notice": ("announce", "in_force"),
    "delegation": ("delegate", "in_force"),
    "reading": ("read", "noted"),
    "schedule": ("set_schedule", "in_force"),
    "settings": ("change_settings", "in_force"),
    "seal": ("seal_journal", "in_force"),
    "erasure": ("erase", "erasing"),
}


class Holding:
    """A record for which every guard holds, and that may fail in one kind of action."""

    def __init__(self, kind: str, failing: str = "") -> None:
        self.state = "new"
        for arrow in table_of(kind):
            for guard in arrow.guards:
                setattr(self, guard, True)
        if failing:
            setattr(self, failing, self.fail)

    def fail(self) -> None:
        """Fail as a full disk or a bug would."""
        raise OSError("planted")


@pytest.mark.parametrize("kind", KINDS)
class TestLoudness:
    """What may not happen does not happen quietly (python-statemachine has both manners)."""

    def test_the_manners_are_those_of_a_state_machine(self, kind: str):
        """Errors are raised, refused events are refused, a failed move is no move."""
        chart = chart_of(kind)
        assert issubclass(chart, StateMachine)
        assert chart.catch_errors_as_events is False
        assert chart.allow_event_without_transition is False
        assert chart.atomic_configuration_update is True

    @pytest.mark.parametrize("failing", ["before_transition", "on_transition", "on_exit_state"])
    def test_a_failing_action_leaves_the_state(self, kind: str, failing: str):
        """An action that raises is heard, and the record stays where it was."""
        event, _ = FIRST[kind]
        machine = chart_of(kind)(Holding(kind, failing))
        with pytest.raises(OSError, match="planted"):
            machine.send(event)
        assert machine.model.state == "new"

    def test_the_same_event_moves_where_nothing_fails(self, kind: str):
        """It is the failure that kept the state, not the event."""
        event, target = FIRST[kind]
        machine = chart_of(kind)(Holding(kind))
        machine.send(event)
        assert machine.model.state == target

    def test_an_event_that_does_not_exist_is_refused(self, kind: str):
        """A misspelt event is an error, not nothing."""
        machine = chart_of(kind)(Holding(kind))
        with pytest.raises(TransitionNotAllowed):
            machine.send("no_such_event")
        assert machine.model.state == "new"


class TestApartness:
    """Copies and originals share the road, not their transitions."""

    def test_what_one_chart_adds_does_not_show_in_the_other(self):
        """Originals are not printed, adopted or reminded of; copies are not taken in."""
        events = {kind: {arrow.event for arrow in table_of(kind)} for kind in KINDS}
        assert events["copy"] - events["original"] == {
            "order", "print", "misprint", "follow_blanks", "issue", "confirm", "revoke", "cancel",
            "adopt", "remind",
        }  # fmt: skip
        assert events["original"] - events["copy"] == {
            "expect", "take_in", "waive", "give_back", "file",
        }  # fmt: skip

    def test_no_state_or_transition_belongs_to_two_charts(self):
        """Each chart has its own, so what is added to one cannot reach the other."""
        seen: set[int] = set()
        for kind in KINDS:
            states = list(chart_of(kind).states)
            own = {id(one) for state in states for one in (state, *state.transitions)}
            assert not own & seen
            seen |= own
            assert {one.target for state in states for one in state.transitions} <= set(states)

    def test_nothing_shows_in_the_base_class(self):
        """The charts leave the class that they derive from as it was."""
        for kind in KINDS:
            chart_of(kind)
        assert list(StateMachine.states) == []
        assert list(StateMachine._events) == []

    def test_the_road_of_another_chart_adds_nothing_to_these(self):
        """One more chart with the road, and a way of its own, changes no table."""
        on = Places()

        class LoanChart(StateMachine):
            new = State(initial=True)
            vars().update(road(on))
            lend = new.to(on.at_village)
            shred = on.at_village.to(on.destroyed)

        assert compile_table(LoanChart).arrows("at_village", "shred") != ()
        for kind in ("copy", "original"):
            assert compile_table(chart_of(kind)).arrows("at_village", "shred") == ()

    def test_inheriting_the_road_would_leak(self):
        """The trap that the function avoids: a way of a subclass is one of its base class too."""

        class BaseChart(StateMachine):
            new = State(initial=True)
            done = State(final=True)
            go = new.to(done)

        class DerivedChart(BaseChart):
            leap = BaseChart.new.to(BaseChart.done)

        assert compile_table(DerivedChart).events_from("new") == ("go", "leap")
        assert compile_table(BaseChart).events_from("new") == ("go", "leap")


class TestRoad:
    """What a chart may ask besides is asked where it says, and nowhere else."""

    def test_more_is_asked_of_copies(self):
        """A copy goes out only while deliverable; an original is the applicant's in any case."""
        asked = {
            (copy.source, copy.event): set(copy.guards) - set(original.guards)
            for copy in table_of("copy")
            for original in table_of("original").arrows(copy.source, copy.event)
            if copy.target == original.target and copy.guards != original.guards
        }
        assert asked == {
            ("at_office", "seal"): {"not_condemned"},
            ("at_village", "hand_over"): {"due_originals_in"},
            ("at_district", "hand_over"): {"due_originals_in"},
            ("at_counter", "hand_over"): {"due_originals_in"},
        }

    @pytest.mark.parametrize("kind", ["copy", "original"])
    def test_a_paper_is_found_wherever_the_finder_is(self, kind: str):
        """Missing or declared lost, it is then at the finder's place, all four of them."""
        places = {"at_office", "at_district", "at_village", "at_counter"}
        for gone in ("missing", "lost"):
            assert {one.target for one in table_of(kind).arrows(gone, "found")} == places


@pytest.mark.parametrize("kind", KINDS)
class TestDrawings:
    """Diagram and table show what the classes declare."""

    def test_the_diagram_has_every_state_and_way(self, kind: str):
        """A Mermaid diagram names each state by its id and draws each way."""
        lines = [line.strip() for line in mermaid(kind).splitlines()]
        table = table_of(kind)
        assert lines[0] == "stateDiagram-v2"
        for state in table.states:
            assert [line for line in lines if line.endswith(f" as {state}")]
        for arrow in table:
            name = arrow.event.replace("_", " ").capitalize()
            guards = f" [{', '.join(arrow.guards)}]" if arrow.guards else ""
            assert f"{arrow.source} --> {arrow.target} : {name}{guards}" in lines
        for end in table.ends:
            assert f"{end} --> [*]" in lines

    def test_the_markdown_has_a_row_for_every_way(self, kind: str):
        """Under its head the table has one row per way, and then names the ends."""
        lines = markdown(kind).splitlines()
        table = table_of(kind)
        assert lines[:4] == [
            f"## {kind}", "", "| state | command | guard | next |", "|---|---|---|---|",
        ]  # fmt: skip
        body = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[4:-2]]
        assert body == [
            [one.source, one.event, " and ".join(one.guards), one.target] for one in table
        ]
        ends = set(lines[-1].removeprefix("Ends: ").removesuffix(".").split(", "))
        assert ends == (table.ends or {"none"})


def test_the_smallest_is_written_so():
    """As a page holds it, to the last line."""
    assert markdown("notice") == (
        "## notice\n"
        "\n"
        "| state | command | guard | next |\n"
        "|---|---|---|---|\n"
        "| new | announce |  | in_force |\n"
        "| in_force | lift |  | lifted |\n"
        "\n"
        "Ends: lifted.\n"
    )


@pytest.mark.parametrize("draw", [markdown, mermaid])
def test_an_unknown_kind_is_not_drawn(draw: object):
    """There are seven kinds of record."""
    with pytest.raises(KeyError, match="parcel"):
        draw("parcel")  # type: ignore[operator]
