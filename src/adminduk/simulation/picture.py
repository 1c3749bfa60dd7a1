"""A picture of what waits, evening by evening, in scenarios one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure

from adminduk.language import DEFAULT_LANGUAGE, N_, translate
from adminduk.simulation.result import WAITING, Result

__all__ = ["FORMS", "draw"]

FORMS: Final = (".svg", ".png", ".pdf")
"""By the end of the file's name."""

_COLOURS: Final = ("#bbbbbb", "#0072b2", "#56b4e9", "#e69f00", "#009e73")
"""Told apart by everybody; one for each place where documents wait."""
_TROUBLE: Final = "#d55e00"
_WIDTH, _EACH = 8.0, 2.6
_STYLE: Final[dict[Any, Any]] = {
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 9,
    "grid.alpha": 0.3,
    "svg.hashsalt": "adminduk",
}


def draw(results: Sequence[Result], file: Path, language: str = DEFAULT_LANGUAGE) -> None:
    """Draw results into a file; all of them to the same scale.

    Raises:
        OSError: It cannot be written.
    """
    with rc_context(_STYLE):
        height = _EACH * len(results) + 0.6
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        plots = figure.subplots(len(results), sharex=True, sharey=True, squeeze=False)
        for axes, result in zip(plots.flat, results, strict=True):
            _draw(axes, result, language)
        handles, labels = plots.flat[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper center", ncols=6, frameon=False)
        metadata = {"Date": None} if file.suffix == ".svg" else None
        figure.savefig(file, metadata=metadata)


def _draw(axes: Axes, result: Result, language: str) -> None:
    days = [date2num(one.day) for one in result.evenings]
    layers = [
        [sum(one.states[state] for state in states) for one in result.evenings]
        for states in WAITING
    ]
    labels = [translate(text, language) for text in WAITING.values()]
    axes.stackplot(days, layers, labels=labels, colors=_COLOURS, step="post", linewidth=0)
    for one in result.scenario.staffing:
        _mark(axes, date2num(one.since), date2num(one.until), translate(_FEWER, language))
    axes.set_title(result.scenario.name, loc="left", fontweight="bold")
    axes.set_ylabel(translate(N_("documents"), language))
    axes.set_xlim(days[0], days[-1])
    axes.set_ylim(bottom=0)
    locator = AutoDateLocator()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))


_FEWER: Final = N_("other staff")


def _mark(axes: Axes, first: float, last: float, label: str) -> None:
    """Mark the days on which not as many as usual are at work."""
    axes.axvspan(first, last + 1, color=_TROUBLE, alpha=0.15, linewidth=0, label=label)
