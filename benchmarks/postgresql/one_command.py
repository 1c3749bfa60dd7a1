"""One command on PostgreSQL, from the call to the receipt, against psycopg writing the same rows.

Measured: `office.do` of a `Verify` of a lost family card, each of another case: its records are
read, it is decided, and its rows are committed; it is durable on return (`fsync` and
`synchronous_commit` are on). Three ways to the server: to read, to check, to write.

Floor: psycopg in a copy of the same tables, with the same settings of the session, one transaction
in one pipeline with the statements that write the rows of that command, from values that are ready.
It locks the office and reads the version that it checks, as whoever writes with others must, and
nothing else: two ways to the server (see `raw`). Afterwards both schemas are compared row by row.
"""

from __future__ import annotations

from typing import Final

from benchmarks.postgresql.server import missing, place, served
from benchmarks.row import Row, per_operation
from benchmarks.run import Run
from benchmarks.timing import Times, interleave
from benchmarks.town import RINI, code_of, office_on, submit_many, verification

__all__ = ["measure"]

NAME: Final = "one-command-postgresql"
LIMIT: Final = 1.5

_ROUNDS: Final = 2000
_WARM: Final = 50


def measure(run: Run) -> Row:
    """Measure it on a server that writes through."""
    if why := missing():
        return Row.skipped(NAME, LIMIT, why)
    with served() as database:
        times = _verifications(run, database)
    return per_operation(NAME, LIMIT, times, "fsync and synchronous_commit on, a local socket")


def _verifications(run: Run, database: str) -> Times:
    """Time verifications beside psycopg, of cases that were submitted before."""
    from adminduk_postgresql.storage import PostgreSQLStorage
    from benchmarks.postgresql.pair import Pair

    numbers = range(run.rounds(_ROUNDS) + _WARM)
    url = place(database)
    with office_on(PostgreSQLStorage(url)) as office:
        submit_many(office, numbers)
    with Pair(url, database) as pair:
        steps = (pair.step(verification(code_of(number)), RINI) for number in numbers)
        return interleave(steps, warm=_WARM)
