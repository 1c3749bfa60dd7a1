"""A whole case of six commands on PostgreSQL, against the `eventsourcing` library on it.

Measured: as in `benchmarks.whole_case_eventsourcing`, six calls of `office.do`, each durable.

Floor: the same application of `eventsourcing` on its own module for PostgreSQL, in the same
database, with the pool, the pipeline and the settings that it has by itself.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from benchmarks.peer import beside
from benchmarks.postgresql.server import missing, place, served
from benchmarks.row import Row
from benchmarks.run import Run

__all__ = ["measure"]

NAME: Final = "case-eventsourcing-postgresql"
LIMIT: Final = 0.8


def measure(run: Run) -> Row:
    """Carry cases out in turns."""
    why = "" if find_spec("eventsourcing") else "eventsourcing is not installed"
    if why := missing() or why:
        return Row.skipped(NAME, LIMIT, why)
    from adminduk_postgresql.storage import PostgreSQLStorage
    from benchmarks.postgresql.peer_eventsourcing import PostgreSQLCases

    with served() as database:
        sides = PostgreSQLStorage(place(database)), PostgreSQLCases(database)
        return beside(run, NAME, LIMIT, sides, "fsync and synchronous_commit on")
