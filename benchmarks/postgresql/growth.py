"""How a command and a page of an inbox grow with the store on PostgreSQL, against psycopg's.

Measured: a `Verify`, and the inbox of the registry from anywhere in it, 100 tasks, where 1,000
applications are stored, where 10,000 are, and 100,000 (with `--million` also a million, with
`--ten-million` ten), and how much slower each is at the last size than at the first. The server
runs with `fsync=off`: no commit waits for the disk, which would hide any growth.

Floor: psycopg writes the rows of a `Verify` as in `one_command`, and reads the same page along its
index. Both sides take turns in one store (two would not fit beside each other), each with cases of
its own from all over it. What psycopg writes is made beforehand (see `clones`), and checked: the
library reads what it wrote, and verifies the whole of the smallest store, chains and index columns.
"""

from __future__ import annotations

from statistics import median
from typing import Final

from benchmarks.postgresql.server import missing, place, served
from benchmarks.row import Row
from benchmarks.run import Run
from benchmarks.timing import Times

__all__ = ["measure"]

_COMMAND: Final = "growth-postgresql"
_PAGE: Final = "inbox-postgresql"
LIMIT: Final = 1.1

_ROUNDS: Final = 800


def measure(run: Run) -> list[Row]:
    """Compare how much slower both become on each side."""
    if why := missing():
        return [Row.skipped(name, LIMIT, why) for name in (_COMMAND, _PAGE)]
    from benchmarks.postgresql.store import TASKS, Store

    sizes, rounds = run.sizes_postgresql, run.rounds(_ROUNDS)
    commands: list[Times] = []
    pages: list[Times] = []
    disk: list[float] = []
    with served("fsync=off") as database:
        store = Store(place(database))
        for size in sizes:
            disk.append(store.grow(size))
            commands.append(store.commands(rounds))
            pages.append(store.pages(rounds))
            if size == sizes[0]:
                store.verify()
    each = f"{', '.join(f'{one / 1024:.1f}' for one in disk)} KiB of disk for each application"
    return [_row(_COMMAND, sizes, commands, each), _row(_PAGE, sizes, pages, f"{TASKS} tasks")]


def _row(name: str, sizes: tuple[int, ...], times: list[Times], more: str) -> Row:
    ours, floor = [median(one.ours) for one in times], [median(one.floor) for one in times]
    grown = ours[-1] / ours[0], floor[-1] / floor[0]
    note = (
        f"at {', '.join(f'{size:,}' for size in sizes)} applications: ours {_said(ours)},"
        f" floor {_said(floor)}; {more}; fsync=off"
    )
    return Row(name, grown[0] / grown[1], LIMIT, *grown, "times", note, tuple(times), sizes)


def _said(medians: list[float]) -> str:
    return f"{', '.join(f'{one / 1000:.0f}' for one in medians)} us"
