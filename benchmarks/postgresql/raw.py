"""A commit of ours as a careful person would write it by hand with psycopg.

The statements are those of `benchmarks.raw`, and their values are ready before the clock runs. One
pipeline makes two ways to the server: the first begins the transaction, locks the row of the office
and reads where its journal ends and at which version each record is that will be changed; when
that is what the values were made for, the second writes everything and commits. Nobody can do with
less: without the lock two commits could get the same place in the journal, without the versions
one would overwrite the other. It looks for no repeated command and no claim: there the key of the
table would refuse it.

A single row is written by `execute`, several of a table by `executemany`, which sends them all in
the pipeline; the driver prepares each statement in the server once it has come five times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import evolve
from psycopg import Connection

from adminduk.ports import Batch, Ref, Row
from benchmarks.pair import Written
from benchmarks.raw import Statement, statements_of

__all__ = ["statements", "write"]

_HEAD: Final = "select seq from offices where office = %b for update"
_VERSION: Final = "select version from records where office = %b and kind = %b and id = %b"


def statements(office: str, written: Written) -> list[Statement]:
    """Say what writes the same rows as a commit."""
    plain = statements_of(office, written.batch, written.last, written.before, array=list)
    return [evolve(one, sql=one.sql.replace("?", "%b")) for one in plain]


def write(
    connection: Connection[Any], office: str, written: Written, ready: Sequence[Statement]
) -> None:
    """Carry statements out in one transaction, if all is as it was read."""
    with connection.pipeline():
        connection.execute("begin")
        head = connection.execute(_HEAD, (office,), binary=True)
        _check_versions(connection, office, written.before)
        if head.fetchall() != [(_first(written.batch, written.last) - 1,)]:
            raise RuntimeError("the journal has moved on")
        with connection.cursor() as cursor:
            for one in ready:
                if len(one.rows) == 1:
                    cursor.execute(one.sql, one.rows[0])
                else:
                    cursor.executemany(one.sql, one.rows)
            connection.execute("commit")


def _first(batch: Batch, last: int) -> int:
    return last - len(batch.entries) + 1


def _check_versions(connection: Connection[Any], office: str, before: Mapping[Ref, Row]) -> None:
    """Ask for all, then wait for the first answer."""
    asked = [
        (connection.execute(_VERSION, (office, *ref), binary=True), row.version)
        for ref, row in before.items()
    ]
    if any(cursor.fetchall() != [(version,)] for cursor, version in asked):
        raise RuntimeError("a record has changed")
