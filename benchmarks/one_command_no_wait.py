"""One command where no commit waits for the disk: what the library itself costs.

Measured and floor are those of `one_command`, but with synchronous=OFF on both sides, so that the
time of the disk hides nothing. What counts is the difference, in microseconds; it has no limit.
"""

from __future__ import annotations

from statistics import median
from typing import Final

from benchmarks.one_command import verifications
from benchmarks.row import Row, per_operation
from benchmarks.run import Run

__all__ = ["measure"]

NAME: Final = "one-command-no-wait"
LIMIT: Final = None


def measure(run: Run) -> Row:
    """Measure it without waiting for the disk."""
    times = verifications(run, durable=False)
    above = (median(times.ours) - median(times.floor)) / 1000
    return per_operation(NAME, LIMIT, times, f"synchronous=OFF; {above:.0f} us above the floor")
