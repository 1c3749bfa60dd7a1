"""How a command grows with the store, against how the raw driver grows.

Measured: a `Verify` where 1,000 applications are stored, and where many are (100,000; with
`--million` a million), and how much slower the second is.

Floor: the same of the raw driver writing the same rows. Trees get deeper and pages colder for it,
too; whatever we are above it is work of ours that grows. All four take turns. No commit waits for
the disk, which would hide any growth. Work that does not grow makes our growth look small beside
that of the floor, so the note also says by how many microseconds each side grew. Cases are drawn
from all over the store. Afterwards the files are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median
from typing import Final

from benchmarks.clones import submitted
from benchmarks.pair import Pair
from benchmarks.row import Row
from benchmarks.run import Run
from benchmarks.timing import Step, Times, interleave
from benchmarks.town import RINI, chance, code_of, verification

__all__ = ["measure"]

NAME: Final = "growth"
LIMIT: Final = 1.1

_FEW: Final = 1000
_ROUNDS: Final = 800
_WARM: Final = 50


def measure(run: Run) -> Row:
    """Compare how much slower a command becomes on each side."""
    times = _times(run)
    few, many = times.every(2, 0), times.every(2, 1)
    ours, floor = _growth(few.ours, many.ours), _growth(few.floor, many.floor)
    note = (
        f"{_FEW:,} to {run.many:,} applications, ours {_said(few.ours, many.ours)},"
        f" floor {_said(few.floor, many.floor)}, synchronous=OFF"
    )
    return Row(NAME, ours / floor, LIMIT, ours, floor, "times", note)


def _growth(few: list[float], many: list[float]) -> float:
    return median(many) / median(few)


def _said(few: list[float], many: list[float]) -> str:
    first, second = median(few) / 1000, median(many) / 1000
    return f"{first:.0f} to {second:.0f} us (by {second - first:.0f})"


def _times(run: Run) -> Times:
    """Time both stores in turns: the small one, the large one."""
    rounds = run.rounds(_ROUNDS) + _WARM
    with ExitStack() as stack:
        pairs = [
            (
                stack.enter_context(Pair(submitted(run, count), run.place(), durable=False)),
                chance(count).sample(range(count), rounds),
            )
            for count in (_FEW, run.many)
        ]
        return interleave(_steps(pairs, rounds), warm=2 * _WARM)


def _steps(pairs: list[tuple[Pair, list[int]]], rounds: int) -> Iterator[Step]:
    for place in range(rounds):
        for pair, numbers in pairs:
            yield pair.step(verification(code_of(numbers[place])), RINI)
