"""Pictures of growth: what something takes at each size of store, and the ratio of both sides."""

# mypy: disable-error-code="import-not-found"
# (matplotlib may not be installed)

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from matplotlib.axes import Axes

from benchmarks.row import Row
from benchmarks.sheet import FLOOR, OURS, sheet

__all__ = ["draw"]

_GROWN: Final = {
    "growth": ("One command, by how much is stored", "a Verify,\nsynchronous=OFF"),
    "growth-postgresql": (
        "One command on PostgreSQL, by how much is stored",
        "a Verify,\nfsync=off",
    ),
    "inbox-postgresql": (
        "One page of an inbox on PostgreSQL, by how much is stored",
        "a page,\nfsync=off",
    ),
}
"""What each row shows, and what its times are of."""

_MICROSECOND: Final = 1e3


def draw(rows: Sequence[Row], caption: str, folder: Path) -> list[Path]:
    """Draw each growth that was measured; give where."""
    paths = []
    for row in rows:
        if not row.sizes:
            continue
        title, timed = _GROWN[row.name]
        paths.append(folder / f"{row.name}.svg")
        with sheet(paths[-1], title, caption, 5.5) as figure:
            above, below = figure.subplots(2, sharex=True, height_ratios=(3, 2))
            _times(above, row, timed)
            _ratios(below, row)
            above.legend(
                title="line: median; band: half of the rounds", frameon=False, alignment="left"
            )
    return paths


def _times(axes: Axes, row: Row, timed: str) -> None:
    _line(axes, row.sizes, [one.ours for one in row.times], "adminduk", OURS)
    _line(axes, row.sizes, [one.floor for one in row.times], "raw driver", FLOOR)
    axes.set_ylim(bottom=0)
    axes.set_ylabel(f"microseconds for {timed}")


def _line(
    axes: Axes, sizes: tuple[int, ...], times: Sequence[list[float]], label: str, color: str
) -> None:
    """Draw the medians, and a band that holds half of the rounds."""
    quarters = [[one / _MICROSECOND for one in quantiles(each)] for each in times]
    low, middle, high = zip(*quarters, strict=True)
    axes.fill_between(sizes, low, high, color=color, alpha=0.2, linewidth=0)
    axes.plot(sizes, middle, marker="o", color=color, label=label)
    _numbers(axes, sizes, middle, "{:.0f}")


def _ratios(axes: Axes, row: Row) -> None:
    ratios = [median(one.ours) / median(one.floor) for one in row.times]
    axes.plot(row.sizes, ratios, marker="o", color="black")
    _numbers(axes, row.sizes, ratios, "{:.2f}")
    axes.set_xscale("log")
    axes.set_xticks(row.sizes, [f"{size:,}" for size in row.sizes])
    axes.minorticks_off()
    axes.set_ylim(bottom=0, top=1.25 * max(ratios))
    axes.set_ylabel("ratio of the medians,\nadminduk to raw driver")
    axes.set_xlabel("applications in the store (logarithmic)")


def _numbers(axes: Axes, sizes: Sequence[int], values: Sequence[float], form: str) -> None:
    for size, value in zip(sizes, values, strict=True):
        axes.annotate(
            form.format(value),
            (size, value),
            xytext=(0, 6),
            textcoords="offset points",
            horizontalalignment="center",
        )
