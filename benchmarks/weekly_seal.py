"""The weekly run: one `Seal` of a bag with 5,000 cards, against the raw driver.

Measured: `office.do(Seal(...))` with all that it reads: the bag and its 5,000 copies. It causes no
messages. Every round opens a fresh copy of a prepared file.

Floor: apsw on another copy, one transaction that writes the same rows from values that are ready,
each table with one `executemany`. It reads nothing. Afterwards the files are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from adminduk import commands
from benchmarks.clones import fill
from benchmarks.pair import Pair
from benchmarks.row import Row, per_operation
from benchmarks.run import Run
from benchmarks.timing import Step, interleave
from benchmarks.town import (
    DISTRICT,
    RINI,
    SITI,
    TONO,
    code_of,
    office_on,
    order,
    print_of,
    sqlite,
    verification,
)

__all__ = ["measure"]

NAME: Final = "weekly-seal"
LIMIT: Final = 2.0

_BAG: Final = "MINGGU-1"
_CARDS: Final = 5000
_ROUNDS: Final = 7


def measure(run: Run) -> Row:
    """Seal the bag, on a fresh copy of the file each time."""
    folder = run.place()
    cards = 500 if run.quick else _CARDS
    prepared = _prepared(folder, cards)
    steps = _steps(prepared, folder, cards, 1 + (3 if run.quick else _ROUNDS))
    return per_operation(NAME, LIMIT, interleave(steps, warm=1), f"{cards} cards in the bag")


def _prepared(folder: Path, cards: int) -> Path:
    path = folder / "prepared.db"
    first = code_of(0)
    road = [(order(0), SITI), (verification(first), RINI), (print_of(first), TONO)]
    fill(path, road, cards, folder)
    items = tuple(f"{code_of(number)}/1" for number in range(cards))
    with office_on(sqlite(path), seed=3) as office:
        office.do(commands.Plan(bag=_BAG, to=DISTRICT, items=items), by=TONO)
    return path


def _steps(prepared: Path, folder: Path, cards: int, rounds: int) -> Iterator[Step]:
    for _ in range(rounds):
        with Pair(prepared, folder) as pair:
            yield pair.step(commands.Seal(bag=_BAG, count=cards), TONO)
