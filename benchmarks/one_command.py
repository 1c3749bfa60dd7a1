"""One command, from the call to the receipt, against the raw driver writing the same rows.

Measured: `office.do` of a `Verify` of a lost family card, each of another case: its records are
read, it is decided, and its rows are committed; with synchronous=FULL it is durable on return.

Floor: apsw on a copy of the same file, one transaction with the statements that write the rows of
that command, from values that are ready. It reads nothing, checks nothing and encodes nothing, so
nobody who keeps the same rows can be faster. Afterwards both files are compared row by row.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from benchmarks.pair import Pair
from benchmarks.row import Row, per_operation
from benchmarks.run import Run
from benchmarks.timing import Times, interleave
from benchmarks.town import RINI, code_of, office_on, sqlite, submit_many, verification

__all__ = ["measure", "verifications"]

NAME: Final = "one-command"
LIMIT: Final = 1.5

_ROUNDS: Final = 2000
_WARM: Final = 50


def measure(run: Run) -> Row:
    """Measure it where every commit waits for the disk."""
    return per_operation(NAME, LIMIT, verifications(run, durable=True), "synchronous=FULL")


def verifications(run: Run, *, durable: bool) -> Times:
    """Time verifications beside the raw driver, of cases that were submitted before."""
    numbers = range(run.rounds(_ROUNDS) + _WARM)
    folder = run.place()
    with Pair(_prepared(folder, numbers), folder, durable=durable) as pair:
        steps = (pair.step(verification(code_of(number)), RINI) for number in numbers)
        return interleave(steps, warm=_WARM)


def _prepared(folder: Path, numbers: range) -> Path:
    path = folder / "prepared.db"
    with office_on(sqlite(path)) as office:
        submit_many(office, numbers)
    return path
