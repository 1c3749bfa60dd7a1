"""The picture of all ratios, each with its limit."""

# mypy: disable-error-code="import-not-found"
# (matplotlib may not be installed)

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator

from benchmarks.row import Row
from benchmarks.sheet import GOOD, PLAIN, POOR, sheet

__all__ = ["draw"]

NAME: Final = "ratios.svg"

_COLOURS: Final = {"met": GOOD, "NOT MET": POOR, "-": PLAIN}
_LIMIT: Final[dict[str, Any]] = {"marker": "|", "color": "black", "markersize": 12}
_MEANT: Final = {"met": "limit met", "NOT MET": "limit not met", "-": "no limit"}


def draw(rows: Sequence[Row], caption: str, folder: Path) -> list[Path]:
    """Draw it if anything was measured; give where."""
    measured = [(row, row.ratio) for row in rows if row.ratio is not None]
    if not measured:
        return []
    path = folder / NAME
    title = "Ratios and their limits"
    with sheet(path, title, caption, 1.7 + 0.3 * len(measured)) as figure:
        axes = figure.add_subplot()
        for place, (row, ratio) in enumerate(measured):
            _mark(axes, row, ratio, place)
        axes.axvline(1, color="black", linewidth=0.8)
        axes.set_yticks(range(len(measured)), [row.name for row, _ in measured])
        axes.set_ylim(len(measured) - 0.5, -0.5)
        axes.set_xscale("log")
        axes.margins(x=0.1)
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter("{x:g}")
        axes.minorticks_off()
        axes.set_xlabel("ours over the floor (logarithmic); left of 1, ours is below the floor")
        figure.legend(handles=_legend(rows), loc="outside upper right", ncols=4, frameon=False)
    return [path]


def _mark(axes: Axes, row: Row, ratio: float, place: int) -> None:
    """Mark a ratio and its limit, joined by a line, with the figures beside them."""
    color = _COLOURS[row.verdict]
    said = f"{ratio:.2f}"
    if row.limit is not None:
        axes.plot([ratio, row.limit], [place, place], color=color, linewidth=1)
        axes.plot(row.limit, place, **_LIMIT)
        said += f"  (limit {row.limit:.2f})"
    axes.plot(ratio, place, marker="o", color=color)
    axes.text(1.02, place, said, transform=axes.get_yaxis_transform(), verticalalignment="center")


def _legend(rows: Sequence[Row]) -> list[Line2D]:
    verdicts = [one for one in _COLOURS if any(row.verdict == one for row in rows)]
    marks = [
        Line2D([], [], marker="o", color=_COLOURS[one], linestyle="", label=_MEANT[one])
        for one in verdicts
    ]
    return [*marks, Line2D([], [], linestyle="", label="the limit", **_LIMIT)]
