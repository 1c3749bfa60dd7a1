"""A picture of scenarios: what waits every evening, and in how many days documents are there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from adminduk.language import DEFAULT_LANGUAGE, N_, translate
from adminduk.masking import shown
from adminduk.simulation.result import WAITING, Result

__all__ = ["FORMS", "draw"]

FORMS: Final = (".svg", ".png", ".pdf")
"""By the end of the file's name."""

_COLOURS: Final = {
    ("submitted",): "#0072b2",
    ("ordered",): "#d55e00",
    ("new", "returned"): "#bbbbbb",
    ("at_office",): "#f2dca6",
    ("bagged", "at_district", "at_village", "at_counter"): "#d5ead9",
}
"""What waits for the office's desks is below, in strong colours that everybody tells apart."""
_LINES: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#555555", "#e69f00")
_WIDTH, _EACH = 8.0, 2.2
_STYLE: Final[dict[Any, Any]] = {
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "date.converter": "concise",
    "font.size": 9,
    "grid.alpha": 0.3,
    "svg.hashsalt": "adminduk",
    "text.parse_math": False,
}
_NEARLY_ALL: Final = 0.99


def draw(results: Sequence[Result], file: Path, language: str = DEFAULT_LANGUAGE) -> None:
    """Draw results into a file, all of them to the same scale.

    Raises:
        OSError: It cannot be written.
    """
    with rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, _EACH * (len(results) + 1) + 0.6), layout="constrained")
        above, below = figure.subfigures(2, height_ratios=(len(results), 1), squeeze=False).flat
        plots = above.subplots(len(results), sharex=True, sharey=True, squeeze=False)
        for axes, result in zip(plots.flat, results, strict=True):
            _evenings(axes, result, language)
        plots.flat[0].set_ylim(0, max(map(_most, results)) + 1)
        handles, labels = plots.flat[0].get_legend_handles_labels()
        above.legend(handles, labels, loc="outside upper center", ncols=len(labels), frameon=False)
        _days(below.subplots(), results, language)
        figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)


def _most(result: Result) -> int:
    """Give how many waited anywhere on the worst evening."""
    waiting = [state for states in WAITING for state in states]
    return max(sum(one.states[state] for state in waiting) for one in result.evenings)


def _evenings(axes: Axes, result: Result, language: str) -> None:
    """Draw what waits where, one on the other."""
    layers = [
        [sum(one.states[state] for state in states) for one in result.evenings]
        for states in _COLOURS
    ]
    days: Any = [one.day for one in result.evenings]
    labels = [translate(WAITING[states], language) for states in _COLOURS]
    axes.stackplot(days, layers, labels=labels, colors=list(_COLOURS.values()), step="post")
    axes.set_title(_name(result, language), loc="left", fontweight="bold")
    axes.set_ylabel(translate(N_("documents"), language))
    axes.margins(x=0)


def _name(result: Result, language: str) -> str:
    """Give the name of a scenario, which somebody wrote into a file."""
    return shown(translate(result.scenario.name, language))


def _days(axes: Axes, results: Sequence[Result], language: str) -> None:
    """Draw the part of the documents that is handed over within so many days."""
    last = max(result.days().most(_NEARLY_ALL) or 1 for result in results)
    for place, result in enumerate(results):
        parts = [100 * (result.days().within(one) or 0.0) for one in range(last + 1)]
        colour = _LINES[place % len(_LINES)]
        axes.step(
            range(last + 1),
            parts,
            where="post",
            color=colour,
            label=_name(result, language),
        )
    axes.set_xlabel(translate(N_("days until handed over"), language))
    axes.set_ylabel(translate(N_("% of the documents"), language))
    axes.set_ylim(0, 100)
    axes.margins(x=0)
    axes.set_xticks(range(0, last + 1, 1 + last // 15))
    axes.legend(frameon=False, loc="lower right")
