"""Two sides timed in turns: ours, floor, ours, floor, so that the machine drifts for both.

Python's garbage collector is left as it is: whoever runs the library runs with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter_ns

from attrs import field, frozen

__all__ = ["Step", "Times", "interleave"]


def _nothing() -> None:
    """Stand for a preparation where there is nothing to prepare."""


@frozen
class Step:
    """One round.

    Attributes:
        ours: What is timed of us.
        floor: What is timed beside it.
        prepare: What is done between the two, outside the timing.
        times: How many operations each of them is.
    """

    ours: Callable[[], object]
    floor: Callable[[], object]
    prepare: Callable[[], object] = _nothing
    times: int = 1


@frozen
class Times:
    """Nanoseconds of one operation, of every round."""

    ours: list[float] = field(factory=list)
    floor: list[float] = field(factory=list)

    def every(self, step: int, start: int) -> Times:
        """Give the rounds of one of several things that were measured in turns."""
        return Times(self.ours[start::step], self.floor[start::step])


def interleave(steps: Iterable[Step], *, warm: int = 0) -> Times:
    """Time both sides of every step; the first `warm` steps are done but not counted."""
    times = Times()
    for step in steps:
        times.ours.append(_timed(step.ours) / step.times)
        step.prepare()
        times.floor.append(_timed(step.floor) / step.times)
    return Times(times.ours[warm:], times.floor[warm:])


def _timed(operation: Callable[[], object]) -> int:
    start = perf_counter_ns()
    operation()
    return perf_counter_ns() - start
