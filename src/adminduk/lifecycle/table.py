"""A lifecycle as a table, compiled once from the class that declares it.

A machine of python-statemachine for each command would cost more than a durable commit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from statemachine import StateMachine
    from statemachine.transition import Transition

__all__ = ["CHARTS", "Arrow", "Table", "chart_of", "compile_table", "table_of"]

CHARTS: Final = {
    "application": "ApplicationChart",
    "copy": "CopyChart",
    "original": "OriginalChart",
    "bag": "BagChart",
    "minutes": "MinutesChart",
    "notice": "NoticeChart",
    "delegation": "DelegationChart",
    "reading": "ReadingChart",
    "schedule": "ScheduleChart",
    "settings": "SettingsChart",
    "blanks": "BlanksChart",
    "seal": "SealChart",
    "erasure": "ErasureChart",
}
"""The class that declares the lifecycle of each kind of record, in the module of that name."""


@frozen
class Arrow:
    """One way on: on this event, from this state, if all guards hold, to that state."""

    event: str
    source: str
    target: str
    guards: tuple[str, ...] = ()


@frozen(eq=False)
class Table:
    """A compiled lifecycle; iterating gives every arrow.

    Attributes:
        kind: The kind of record.
        states: Every state; the first is the one before a record's life begins.
        ends: States that nothing leads out of.
    """

    kind: str
    states: tuple[str, ...]
    ends: frozenset[str]
    _arrows: Mapping[tuple[str, str], tuple[Arrow, ...]] = field(repr=False)

    def arrows(self, state: str, event: str) -> tuple[Arrow, ...]:
        """Give the ways on from a state on an event, in the order in which they are tried.

        There is none where the event cannot happen in that state.
        """
        return self._arrows.get((state, event), ())

    def events_from(self, state: str) -> tuple[str, ...]:
        """Give the events that can happen in a state, guards aside."""
        return tuple(event for source, event in self._arrows if source == state)

    def __iter__(self) -> Iterator[Arrow]:
        for arrows in self._arrows.values():
            yield from arrows


@cache
def table_of(kind: str) -> Table:
    """Give the lifecycle of a kind of record.

    Raises:
        KeyError: No record is of that kind.
    """
    return compile_table(chart_of(kind))


def chart_of(kind: str) -> type[StateMachine]:
    """Give the class that declares the lifecycle of a kind of record.

    Raises:
        KeyError: No record is of that kind.
    """
    name = CHARTS[kind]
    chart: type[StateMachine] = getattr(import_module(f"adminduk.lifecycle.{kind}"), name)
    return chart


def compile_table(chart: type[StateMachine]) -> Table:
    """Compile a chart, the class `BagChart` to the table of kind `bag`.

    Raises:
        TypeError: A transition has a guard that is not simply the name of a condition.
    """
    arrows: dict[tuple[str, str], tuple[Arrow, ...]] = {}
    for state in chart.states:
        for transition in state.transitions:
            for arrow in _arrows_of(transition):
                key = (arrow.source, arrow.event)
                arrows[key] = (*arrows.get(key, ()), arrow)
    return Table(
        chart.__name__.removesuffix("Chart").lower(),
        tuple(state.id for state in chart.states),
        frozenset(state.id for state in chart.states if state.final),
        MappingProxyType(arrows),
    )


def _arrows_of(transition: Transition) -> Iterator[Arrow]:
    assert transition.target is not None, "every transition of a chart leads to a state"
    guards = tuple(spec.func for spec in transition.cond)
    if not all(isinstance(guard, str) and guard.isidentifier() for guard in guards) or not all(
        spec.expected_value for spec in transition.cond
    ):
        # An expression, a function or an `unless` would be read as a name that must hold.
        raise TypeError(f"{transition}: a guard is the name of a condition that must hold")
    for event in transition.events:
        yield Arrow(event.id, transition.source.id, transition.target.id, guards)
