"""A sheet to draw figures on: its title above, the machine they were measured on below."""

# mypy: disable-error-code="import-not-found"
# (matplotlib may not be installed)

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from matplotlib import rc_context
from matplotlib.figure import Figure

__all__ = ["FLOOR", "GOOD", "OURS", "PLAIN", "POOR", "sheet"]

OURS: Final = "#0072b2"
FLOOR: Final = "#e69f00"
GOOD: Final = "#009e73"
POOR: Final = "#d55e00"
PLAIN: Final = "#888888"
"""Colours that are told apart by everybody."""

_WIDTH: Final = 8.0
_STYLE: Final[dict[Any, Any]] = {
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 9,
    "grid.alpha": 0.3,
    "svg.hashsalt": "adminduk",
}


@contextmanager
def sheet(path: Path, title: str, caption: str, height: float) -> Iterator[Figure]:
    """Lend a sheet, and save it when all is drawn.

    Args:
        path: Where to.
        title: What is shown.
        caption: What is said in small letters below.
        height: How high it is, in inches.
    """
    with rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        figure.suptitle(title, x=0.01, horizontalalignment="left", fontsize=12, fontweight="bold")
        figure.supxlabel(caption, x=0.01, horizontalalignment="left", fontsize=7, color="#555555")
        yield figure
        figure.savefig(path, metadata={"Date": None})
