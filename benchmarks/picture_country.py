"""The picture of a day of the country: how many waited how long, at each rate."""

# mypy: disable-error-code="import-not-found"
# (matplotlib may not be installed)

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from matplotlib.axes import Axes

from benchmarks.country.report import PATIENCE, Result
from benchmarks.sheet import sheet

__all__ = ["draw"]

NAME: Final = "country.svg"

_PARTS: Final = (0.5, 0.9, 0.99, 0.999)
"""Which parts of the commands are marked."""

_MILLISECOND: Final = 1e3


def draw(results: Sequence[Result], caption: str, folder: Path) -> Path:
    """Draw it; give where."""
    path = folder / NAME
    with sheet(path, "A day of all offices: how long commands took", caption, 4.5) as figure:
        axes = figure.add_subplot()
        for result in results:
            _line(axes, result)
        axes.axvline(_MILLISECOND * PATIENCE, color="black", linewidth=0.8, linestyle="--")
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_yticks([1 - one for one in _PARTS], [f"{one:.1%}" for one in _PARTS])
        axes.minorticks_off()
        axes.invert_yaxis()
        axes.set_ylabel("part of the commands that took less")
        axes.set_xlabel(
            "milliseconds from when a command was to begin (logarithmic;"
            f" dashed: {_MILLISECOND * PATIENCE:g})"
        )
        axes.legend(frameon=False, loc="upper left")
    return path


def _line(axes: Axes, result: Result) -> None:
    waits = result.waits
    left = [1 - place / len(waits) for place in range(len(waits))]
    label = f"{result.plan.rate:g} a second, {result.busiest:.0f} in the busiest hour"
    axes.plot([_MILLISECOND * one for one in waits], left, label=label)
