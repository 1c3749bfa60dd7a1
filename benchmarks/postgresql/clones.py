"""Filling PostgreSQL fast with submitted cases, and verifying some of them by hand.

As in `benchmarks.clones` one real case is carried out once, and what it left is written again under
other codes, ids and search keys; here by COPY, into the tables as they are, with their indexes.
The case is verified as well: what that left, under the names of a clone, is what a `Verify` of the
clone writes, so that psycopg can write it without our having done it before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from attrs import evolve, frozen
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from adminduk.ports import Batch, Row, Write
from adminduk_postgresql.storage import PostgreSQLStorage
from benchmarks.clones import Clone, Template, template_of
from benchmarks.pair import Written
from benchmarks.postgresql.server import connect
from benchmarks.town import OFFICE, RINI, SITI, code_of, office_on, order, verification

__all__ = ["Cases", "ends", "fill", "made"]

_AT_ONCE: Final = 10_000
_PROCESSES: Final = 2
_FIRST: Final = 0


@frozen
class Cases:
    """Clones of one case: as they are submitted, and what their verification writes."""

    submitted: Template
    verified: Template

    def rows(self, numbers: Iterable[int]) -> Iterator[Clone]:
        """Give the clones of some numbers as they are submitted."""
        return (Clone(self.submitted, number) for number in numbers)

    def verification(self, number: int, last: int) -> Written:
        """Give what a `Verify` of a clone writes, after an entry of the journal."""
        before, after = Clone(self.submitted, number), Clone(self.verified, number)
        old = {row.ref: row for row in before.rows}
        new = [row for row in after.rows if row != old.get(row.ref)]
        entries = tuple(after.entries[len(before.entries) :])
        batch = Batch(
            recorded=self.verified.recorded,
            writes=tuple(Write(row, old[row.ref].version if row.ref in old else 0) for row in new),
            entries=entries,
            take=tuple(one for one in after.claims if one not in before.claims),
            release=tuple(one for one in before.claims if one not in after.claims),
            commands=tuple(after.commands[len(before.commands) :]),
        )
        changed = {row.ref: old[row.ref] for row in new if row.ref in old}
        return Written(batch, last + len(entries), changed)


def made() -> Cases:
    """Let one case be submitted and verified, and take what that left."""
    road = [(order(_FIRST), SITI), (verification(code_of(_FIRST)), RINI)]
    with TemporaryDirectory() as folder:
        whole = template_of(road, Path(folder) / "whole.db")
        first = template_of(road[:1], Path(folder) / "first.db")
    return Cases(evolve(first, ids=whole.ids, keys=whole.keys), whole)


def fill(url: str, numbers: range) -> None:
    """Add the cases of some numbers, those after the cases that are there."""
    with office_on(PostgreSQLStorage(url)):  # makes the office
        pass
    cases = made()
    each = len(cases.submitted.entries)
    with connect(url) as connection:
        seq = ends(connection)
        chunks = [
            (numbers[start : start + _AT_ONCE], seq + start * each)
            for start in range(0, len(numbers), _AT_ONCE)
        ]
        with get_context("spawn").Pool(_PROCESSES, _begin, (url, cases)) as pool:
            for _ in pool.imap_unordered(_fill, chunks):
                pass
        connection.execute(
            "update offices set seq = %s, recorded = %s where office = %s",
            (seq + len(numbers) * each, cases.submitted.recorded, OFFICE),
        )
        connection.execute("set statement_timeout = 0")
        connection.execute("vacuum analyze")
        connection.execute("checkpoint")


def ends(connection: Connection[Any]) -> int:
    """Give where the journal ends."""
    ((seq,),) = connection.execute("select seq from offices where office = %s", (OFFICE,))
    return int(seq)


_at_work: dict[str, Any] = {}
"""What a process that fills needs for each chunk."""


def _begin(url: str, cases: Cases) -> None:
    connection = connect(url)
    connection.execute("set synchronous_commit = off")
    connection.execute("set statement_timeout = 0")
    _at_work.update(connection=connection, cases=cases)


def _fill(chunk: tuple[range, int]) -> None:
    numbers, seq = chunk
    cases: Cases = _at_work["cases"]
    clones = list(cases.rows(numbers))
    connection: Connection[Any] = _at_work["connection"]
    with connection.transaction():
        for table, rows in _tables(clones, seq).items():
            with _copying(connection, table) as write:
                for row in rows:
                    write((OFFICE, *row))


@contextmanager
def _copying(connection: Connection[Any], table: str) -> Iterator[Any]:
    copied = SQL("copy {} from stdin").format(Identifier(table))
    with connection.cursor() as cursor, cursor.copy(copied) as copy:
        yield copy.write_row


def _tables(clones: list[Clone], seq: int) -> dict[str, list[tuple[Any, ...]]]:
    """Give the rows of each table, sorted as its key is, so that fewer pages are written twice."""
    rows = [row for one in clones for row in one.rows]
    entries = [entry for one in clones for entry in one.entries]
    return {
        "records": sorted((row.kind, row.id, *_cells(row)) for row in rows),
        "record_keys": sorted((key, row.due, *row.ref) for row in rows for key in row.keys),
        "journal": [
            (place, one.kind, one.id, one.version, one.hash, one.body)
            for place, one in enumerate(entries, seq + 1)
        ],
        "claims": sorted((c.key, c.kind, c.id) for one in clones for c in one.claims),
        "commands": sorted(
            (c.id, c.actor, c.digest, c.receipt) for one in clones for c in one.commands
        ),
    }


def _cells(row: Row) -> tuple[Any, ...]:
    keys = list(row.keys)
    return row.version, row.state, row.region, row.queue, row.due, row.group, keys, row.body
