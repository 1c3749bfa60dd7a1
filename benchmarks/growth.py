"""How a command grows with the store, against how the raw driver grows.

Measured: a `Verify` where 1,000 applications are stored, where 10,000 are, and 100,000 (with
`--million` also a million), and how much slower the last is than the first.

Floor: the same of the raw driver writing the same rows. Trees get deeper and pages colder for it,
too; whatever we are above it is work of ours that grows. All stores take turns. No commit waits
for the disk, which would hide any growth. Work that does not grow makes our growth look small
beside that of the floor, so the note also says by how many microseconds each side grew. Cases are
drawn from all over the store. Afterwards the files are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median
from typing import Final

from benchmarks.clones import submitted
from benchmarks.machine import settle
from benchmarks.pair import Pair
from benchmarks.row import Row
from benchmarks.run import Run
from benchmarks.timing import Step, Times, interleave
from benchmarks.town import RINI, chance, code_of, verification

__all__ = ["measure"]

NAME: Final = "growth"
LIMIT: Final = 1.1

_ROUNDS: Final = 800
_WARM: Final = 50


def measure(run: Run) -> Row:
    """Compare how much slower a command becomes on each side."""
    sizes = run.sizes
    together = _times(run)
    times = tuple(together.every(len(sizes), place) for place in range(len(sizes)))
    ours, floor = [median(one.ours) for one in times], [median(one.floor) for one in times]
    grown = ours[-1] / ours[0], floor[-1] / floor[0]
    note = (
        f"at {', '.join(f'{size:,}' for size in sizes)} applications: ours {_said(ours)},"
        f" floor {_said(floor)}, synchronous=OFF"
    )
    return Row(NAME, grown[0] / grown[1], LIMIT, *grown, "times", note, times, sizes)


def _said(medians: list[float]) -> str:
    each = ", ".join(f"{one / 1000:.0f}" for one in medians)
    return f"{each} us (by {(medians[-1] - medians[0]) / 1000:.0f})"


def _times(run: Run) -> Times:
    """Time all stores in turns, from the smallest to the largest."""
    rounds = run.rounds(_ROUNDS) + _WARM
    with ExitStack() as stack:
        pairs = [
            (
                stack.enter_context(Pair(submitted(run, count), run.place(), durable=False)),
                chance(count).sample(range(count), rounds),
            )
            for count in run.sizes
        ]
        settle()
        return interleave(_steps(pairs, rounds), warm=len(pairs) * _WARM)


def _steps(pairs: list[tuple[Pair, list[int]]], rounds: int) -> Iterator[Step]:
    for place in range(rounds):
        for pair, numbers in pairs:
            yield pair.step(verification(code_of(numbers[place])), RINI)
