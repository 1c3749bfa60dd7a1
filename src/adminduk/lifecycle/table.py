"""A lifecycle as a table, compiled once from the class that declares it.

A machine of python-statemachine for each command would cost more than a durable commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from statemachine import StateMachine

__all__ = ["CHARTS", "Arrow", "Table", "chart_of", "compile_table", "table_of"]

CHARTS: Final = {
    "application": "ApplicationChart",
    "copy": "CopyChart",
    "original": "OriginalChart",
    "bag": "BagChart",
}
"""The class that declares the lifecycle of each kind of record, in the module of that name."""


@frozen
class Arrow:
    """One way on: on this event, from this state, if all guards hold, to that state."""

    event: str
    source: str
    target: str
    guards: tuple[str, ...] = ()


@frozen
class Table:
    """A compiled lifecycle.

    Attributes:
        kind: The kind of record.
        states: Every state; the first is the one before a record's life begins.
        ends: States that nothing leads out of.
    """

    kind: str
    states: tuple[str, ...]
    ends: frozenset[str]
    _arrows: dict[tuple[str, str], tuple[Arrow, ...]] = field(repr=False)

    def arrows(self, state: str, event: str) -> tuple[Arrow, ...]:
        """Give the ways on from a state on an event, in the order in which they are tried."""
        return self._arrows.get((state, event), ())

    def events_from(self, state: str) -> tuple[str, ...]:
        """Give the events that can happen in a state, guards aside."""
        return tuple(dict.fromkeys(event for source, event in self._arrows if source == state))

    def __iter__(self) -> Iterator[Arrow]:
        for arrows in self._arrows.values():
            yield from arrows


@lru_cache
def table_of(kind: str) -> Table:
    """Give the lifecycle of a kind of record."""
    return compile_table(kind, chart_of(kind))


def chart_of(kind: str) -> type[StateMachine]:
    """Give the class that declares the lifecycle of a kind of record."""
    chart: type[StateMachine] = getattr(import_module(f"adminduk.lifecycle.{kind}"), CHARTS[kind])
    return chart


def compile_table(kind: str, chart: type[StateMachine]) -> Table:
    """Compile a chart."""
    arrows: dict[tuple[str, str], list[Arrow]] = {}
    for state in chart.states:
        for transition in state.transitions:
            guards = tuple(str(one.func) for one in transition.cond)
            for event in transition.event.split():
                arrow = Arrow(event, str(state.value), str(transition.target.value), guards)
                arrows.setdefault((str(state.value), event), []).append(arrow)
    return Table(
        kind,
        tuple(str(state.value) for state in chart.states),
        frozenset(str(state.value) for state in chart.states if state.final),
        {key: tuple(found) for key, found in arrows.items()},
    )
