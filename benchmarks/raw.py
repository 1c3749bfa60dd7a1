"""The raw driver: what a commit of ours writes, as a person would write it by hand with apsw.

The statements are this module's own, not the library's, and the values are ready before the clock
runs. Nothing is read or checked: a row that is known to be new is inserted; of one that is known to
exist the columns that change are updated by its key, so that no index is touched in vain. The file
is a copy of a file of the library, so tables and indexes are those of its own migration scripts;
the pragmas are those it sets itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import apsw
import orjson
from attrs import frozen

from adminduk.ports import Batch, Ref, Row

__all__ = ["Statement", "open_raw", "statements_of", "write"]

_INSERT_RECORD: Final = "insert into records values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_COLUMNS: Final = ("version", "state", "region", "queue", "due", "grp", "keys", "body")
_DELETE_KEY: Final = (
    "delete from record_keys where office = ? and key = ? and due = ? and kind = ? and id = ?"
)
_INSERT_KEY: Final = "insert into record_keys values (?, ?, ?, ?, ?)"
_DELETE_CLAIM: Final = "delete from claims where office = ? and key = ?"
_INSERT_CLAIM: Final = "insert into claims values (?, ?, ?, ?)"
_INSERT_ENTRY: Final = "insert into journal values (?, ?, ?, ?, ?, ?, ?)"
_INSERT_COMMAND: Final = "insert into commands values (?, ?, ?, ?, ?)"
_INSERT_MESSAGE: Final = "insert into messages values (?, ?, ?, false, '', '', 0, ?)"
_UPDATE_OFFICE: Final = "update offices set seq = ?, recorded = ? where office = ?"

Values = tuple[Any, ...]


@frozen
class Statement:
    """A statement with the values of every row that it writes."""

    sql: str
    rows: list[Values]


def open_raw(path: Path) -> apsw.Connection:
    """Open a file with the pragmas that the library sets."""
    connection = apsw.Connection(str(path))
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "full")
    connection.pragma("fullfsync", 1)
    connection.pragma("secure_delete", "fast")
    return connection


def write(connection: apsw.Connection, statements: Sequence[Statement]) -> None:
    """Carry statements out in one transaction."""
    cursor = connection.cursor()
    cursor.execute("begin immediate")
    for one in statements:
        if len(one.rows) == 1:
            cursor.execute(one.sql, one.rows[0])
        else:
            cursor.executemany(one.sql, one.rows)
    cursor.execute("commit")


def _text(keys: Sequence[str]) -> str:
    return orjson.dumps(keys).decode()


def statements_of(
    office: str,
    batch: Batch,
    last: int,
    before: Mapping[Ref, Row],
    *,
    array: Callable[[Sequence[str]], Any] = _text,
) -> list[Statement]:
    """Say what writes the same rows as a batch.

    Args:
        office: The office.
        batch: What the library committed.
        last: The sequence of the last entry of the batch.
        before: The records that it changed, as they were.
        array: How the search keys of a record are written.
    """
    rows = [one.row for one in batch.writes]
    cells = partial(_content, array)
    return [
        one
        for one in (
            Statement(_DELETE_CLAIM, [(office, claim.key) for claim in batch.release]),
            Statement(_INSERT_CLAIM, [(office, one.key, one.kind, one.id) for one in batch.take]),
            Statement(
                _INSERT_RECORD,
                [(office, *row.ref, *cells(row)) for row in rows if row.ref not in before],
            ),
            *_updates(office, rows, before, cells),
            *_keys(office, rows, before),
            *_history(office, batch, last),
            Statement(_UPDATE_OFFICE, [(last, batch.recorded, office)]),
        )
        if one.rows
    ]


def _content(array: Callable[[Sequence[str]], Any], row: Row) -> Values:
    keys = array(row.keys)
    return row.version, row.state, row.region, row.queue, row.due, row.group, keys, row.body


def _updates(
    office: str,
    rows: Sequence[Row],
    before: Mapping[Ref, Row],
    cells: Callable[[Row], Values],
) -> list[Statement]:
    """Update records: one statement for all whose same columns change."""
    found: dict[str, Statement] = {}
    for row in rows:
        if row.ref not in before:
            continue
        columns = zip(_COLUMNS, cells(row), cells(before[row.ref]), strict=True)
        changed = [(name, new) for name, new, old in columns if new != old]
        names = ", ".join(f"{name} = ?" for name, _ in changed)
        sql = f"update records set {names} where office = ? and kind = ? and id = ?"  # noqa: S608 - names of the schema
        values = (*(new for _, new in changed), office, row.kind, row.id)
        found.setdefault(sql, Statement(sql, [])).rows.append(values)
    return list(found.values())


def _keys(office: str, rows: Sequence[Row], before: Mapping[Ref, Row]) -> list[Statement]:
    """Move the search keys of the records whose keys or due times changed."""
    moved = [
        row
        for row in rows
        if row.ref not in before
        or (row.due, row.keys) != (before[row.ref].due, before[row.ref].keys)
    ]
    return [
        Statement(
            _DELETE_KEY,
            [
                (office, key, before[row.ref].due, *row.ref)
                for row in moved
                if row.ref in before
                for key in before[row.ref].keys
            ],
        ),
        Statement(
            _INSERT_KEY, [(office, key, row.due, *row.ref) for row in moved for key in row.keys]
        ),
    ]


def _history(office: str, batch: Batch, last: int) -> list[Statement]:
    start = last - len(batch.entries) + 1
    return [
        Statement(
            _INSERT_ENTRY,
            [
                (office, seq, one.kind, one.id, one.version, one.hash, one.body)
                for seq, one in enumerate(batch.entries, start)
            ],
        ),
        Statement(
            _INSERT_COMMAND,
            [(office, one.id, one.actor, one.digest, one.receipt) for one in batch.commands],
        ),
        Statement(
            _INSERT_MESSAGE, [(office, one.key, one.due, one.body) for one in batch.messages]
        ),
    ]
