"""The picture of whole cases: the times of ours and of each peer beside which it was measured."""

# mypy: disable-error-code="import-not-found"
# (matplotlib may not be installed)

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from benchmarks.peer import COMMANDS
from benchmarks.row import Row
from benchmarks.sheet import FLOOR, OURS, sheet

__all__ = ["draw"]

NAME: Final = "whole-case.svg"

_PEERS: Final = {
    "case-eventsourcing": "eventsourcing",
    "case-eventsourcing-postgresql": "eventsourcing,\non PostgreSQL",
    "case-django": "Django",
    "case-sqlalchemy": "SQLAlchemy,\npython-statemachine",
}
_APART: Final = 0.19
"""How far from the middle of a comparison both sides are."""

_MILLISECOND: Final = 1e6
_MOST: Final = (5, 95)
"""Between which percentiles most rounds are."""


def draw(rows: Sequence[Row], caption: str, folder: Path) -> list[Path]:
    """Draw it if a whole case was measured; give where."""
    rows = [row for row in rows if row.name in _PEERS and row.times]
    if not rows:
        return []
    path = folder / NAME
    title = f"A whole case of {COMMANDS} durable commands"
    with sheet(path, title, caption, 1.7 + 0.8 * len(rows)) as figure:
        axes = figure.add_subplot()
        for place, row in enumerate(rows):
            _boxes(axes, [one / _MILLISECOND for one in row.times[0].ours], place - _APART, OURS)
            _boxes(axes, [one / _MILLISECOND for one in row.times[0].floor], place + _APART, FLOOR)
        axes.set_yticks(range(len(rows)), [_label(row) for row in rows])
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        axes.set_xlim(left=0)
        axes.margins(x=0.12)
        axes.set_xlabel(
            "milliseconds for a case (line and number: median; box: half of the rounds;"
            f" whiskers: {_MOST[0]} to {_MOST[1]} % of them)"
        )
        sides = [Patch(facecolor=OURS, label="adminduk"), Patch(facecolor=FLOOR, label="the peer")]
        figure.legend(handles=sides, loc="outside upper right", ncols=2, frameon=False)
    return [path]


def _label(row: Row) -> str:
    return f"{_PEERS[row.name]}\n(ratio {row.ratio:.2f})"


def _boxes(axes: Axes, times: list[float], place: float, color: str) -> None:
    """Draw the times of one side."""
    drawn = axes.boxplot(
        [times],
        positions=[place],
        widths=1.6 * _APART,
        whis=_MOST,
        showfliers=False,
        patch_artist=True,
        orientation="horizontal",
        manage_ticks=False,
        boxprops={"facecolor": color, "edgecolor": color},
        medianprops={"color": "black"},
        whiskerprops={"color": color},
        capprops={"color": color},
    )
    end = max(drawn["caps"][1].get_xdata())
    axes.annotate(
        f"{median(times):.1f} ms",
        (end, place),
        xytext=(4, 0),
        textcoords="offset points",
        verticalalignment="center",
    )
