"""A whole case of six commands, against the `eventsourcing` library on SQLite.

Measured: submit, verify, choose the counter, print, bring to the counter, hand over: six calls of
`office.do`, each durable.

Floor: the same six commands by an application of `eventsourcing` (see `peer` for what it does and
what it is spared): an aggregate rebuilt from its events for each command, one event and one row of
current state in one transaction. The library's own JSON transcoding, mapper and recorder are used
as they come.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from benchmarks.peer import beside
from benchmarks.row import Row
from benchmarks.run import Run
from benchmarks.town import sqlite

__all__ = ["measure"]

NAME: Final = "case-eventsourcing"
LIMIT: Final = 0.8


def measure(run: Run) -> Row:
    """Carry cases out in turns."""
    if find_spec("eventsourcing") is None:
        return Row.skipped(NAME, LIMIT, "eventsourcing is not installed")
    from benchmarks.peer_eventsourcing import SQLiteCases

    folder = run.place()
    return beside(run, NAME, LIMIT, (sqlite(folder / "ours.db"), SQLiteCases(folder / "peer.db")))
