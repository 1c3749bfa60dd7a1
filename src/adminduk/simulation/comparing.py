"""Several scenarios side by side, each by several chances."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import fmean
from typing import Any, Final

from attrs import frozen

from adminduk.language import N_
from adminduk.records import DeliveryWay
from adminduk.simulation.model import simulate
from adminduk.simulation.result import Result, rounded
from adminduk.simulation.scenario import Scenario

__all__ = ["MEASURES", "Comparison", "Figure", "Measure", "compare"]


@frozen
class Measure:
    """A figure of several runs.

    Attributes:
        mean: Its mean; None: not every run has one.
        least: The least.
        most: The most.
    """

    mean: float | None
    least: float | None
    most: float | None

    @classmethod
    def of(cls, values: Iterable[float | None]) -> Measure:
        """Measure the figures of several runs."""
        every = list(values)
        known = [one for one in every if one is not None]
        mean = fmean(known) if known and len(known) == len(every) else None
        return cls(mean, min(known, default=None), max(known, default=None))

    def as_dict(self) -> dict[str, float | None]:
        """Give it as it is answered to programs."""
        figures = {"mean": self.mean, "least": self.least, "most": self.most}
        return {name: rounded(figure) for name, figure in figures.items()}


@frozen(eq=False)
class Comparison:
    """The runs of one scenario.

    Attributes:
        scenario: What was simulated.
        results: What came of it, by each seed.
    """

    scenario: Scenario
    results: tuple[Result, ...]

    def measure(self, name: str) -> Measure:
        """Give a figure of `MEASURES`."""
        return Measure.of(MEASURES[name].of(one) for one in self.results)

    def days_to(self, district: str) -> Measure:
        """Give the mean days until what goes to a district by courier is handed over."""
        return Measure.of(one.days(DeliveryWay.COURIER, district).mean for one in self.results)

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "scenario": self.scenario.name,
            "measures": {name: self.measure(name).as_dict() for name in MEASURES},
            "runs": [one.as_dict() for one in self.results],
        }


_ALL: Final = 100


def _hundred(part: float | None) -> float | None:
    return None if part is None else _ALL * part


@frozen
class Figure:
    """A figure of a run.

    Attributes:
        text: What it is called, for translators.
        of: How it is read; None: the run has none.
        digits: With so many digits after the point people read it.
    """

    text: str
    of: Callable[[Result], float | None]
    digits: int = 0


MEASURES: Final = {
    "documents": Figure(N_("Documents applied for"), lambda one: one.came),
    "made_median": Figure(
        N_("Working days until made: half within"), lambda one: one.made().most(0.5)
    ),
    "made_nine_of_ten": Figure(N_("… nine of ten within"), lambda one: one.made().most(0.9)),
    "made_within": Figure(
        N_("Made within {days} working days, %"),
        lambda one: _hundred(one.made().within(one.scenario.operator_days or 1)),
    ),
    "days_mean": Figure(N_("Days until handed over: mean"), lambda one: one.days().mean, 1),
    "days_median": Figure(N_("… half within"), lambda one: one.days().most(0.5)),
    "days_nine_of_ten": Figure(N_("… nine of ten within"), lambda one: one.days().most(0.9)),
    "kept": Figure(N_("Promises kept, %"), lambda one: _hundred(one.kept)),
    "peak": Figure(N_("Most that waited at the desks"), lambda one: one.peak.backlog),
    "over": Figure(N_("Working days until that was gone"), lambda one: one.working_days_over),
    "unfinished": Figure(N_("Not handed over"), lambda one: one.unfinished),
}
"""The figures by which scenarios are compared."""


def compare(
    scenarios: Iterable[Scenario],
    seed: int = 1,
    runs: int = 1,
    tell: Callable[[int], None] = lambda _: None,
) -> list[Comparison]:
    """Simulate scenarios, each by the same chances.

    Args:
        scenarios: What to simulate.
        seed: The first chance.
        runs: By how many chances.
        tell: Told how far the work has come: a hundred for each run.
    """
    made: list[Comparison] = []
    results: list[Result] = []

    def further(part: int) -> None:
        tell(_ALL * len(results) + part)

    for scenario in scenarios:
        for one in range(seed, seed + runs):
            results.append(simulate(scenario, one, further))  # noqa: PERF401 - its length is told
        made.append(Comparison(scenario, tuple(results[-runs:])))
    return made
