"""What one commit does to SQLite, inside its transaction: check everything, then write it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import apsw
import orjson

from adminduk.errors import NotFound
from adminduk.ports import (
    Batch,
    Claim,
    ClaimTaken,
    ClockBehind,
    CommandKnown,
    Executed,
    Ref,
    Row,
    StaleVersions,
)
from adminduk.storage.connection import query, query_each

__all__ = ["write_batch"]

_Found = dict[Ref, tuple[int, str, str]]
"""Version, due time and search keys of the records that a batch read, as they are stored."""

_WRITE: Final = (
    "insert into records"
    " (office, kind, id, version, state, region, queue, due, grp, keys, body)"
    " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " on conflict (office, kind, id) do update set version = excluded.version,"
    " state = excluded.state, region = excluded.region, queue = excluded.queue,"
    " due = excluded.due, grp = excluded.grp, keys = excluded.keys, body = excluded.body"
)


def write_batch(cursor: apsw.Cursor, office: str, batch: Batch) -> int:
    """Check and write a batch; give the sequence of its last entry. Raises as `commit`."""
    sql = "select seq, recorded from offices where office = ?"
    head = query(cursor, sql, (office,))
    if not head:
        raise NotFound(kind="office", id=office)
    seq, recorded = head[0]
    _check_commands(cursor, office, batch)
    if batch.recorded < recorded:
        raise ClockBehind(recorded)
    found = _check_versions(cursor, office, batch)
    _move_claims(cursor, office, batch)
    _write_records(cursor, office, batch, found)
    _append(cursor, office, batch, seq)
    seq += len(batch.entries)
    cursor.execute(
        "update offices set seq = ?, recorded = ? where office = ?", (seq, batch.recorded, office)
    )
    return int(seq)


def _check_commands(cursor: apsw.Cursor, office: str, batch: Batch) -> None:
    known = query_each(
        cursor,
        "select id, actor, digest, receipt from commands where office = ? and id = ?",
        [(office, one.id) for one in batch.commands],
    )
    if known:
        raise CommandKnown(Executed(*known[0]))


def _check_versions(cursor: apsw.Cursor, office: str, batch: Batch) -> _Found:
    """Compare every version that was read with the one stored.

    They are read before anything is written, not counted while writing: of a statement that is
    executed for many rows the driver does not say which of them it changed.
    """
    read = [(write.row.ref, write.read_at) for write in batch.writes]
    read += batch.unchanged
    found: _Found = {
        (kind, id_): (version, due, keys)
        for kind, id_, version, due, keys in query_each(
            cursor,
            "select kind, id, version, due, keys from records"
            " where office = ? and kind = ? and id = ?",
            [(office, *ref) for ref, _ in read],
        )
    }
    stale = {ref: None for ref, version in read if found.get(ref, (0,))[0] != version}
    if stale:
        raise StaleVersions(tuple(stale))
    return found


def _move_claims(cursor: apsw.Cursor, office: str, batch: Batch) -> None:
    """Give claims back, then take claims; what could not be taken is held by somebody else."""
    cursor.executemany(
        "delete from claims where office = ? and key = ? and kind = ? and id = ?",
        [(office, one.key, one.kind, one.id) for one in batch.release],
    )
    before = cursor.connection.total_changes()
    cursor.executemany(
        "insert into claims values (?, ?, ?, ?) on conflict do nothing",
        [(office, one.key, one.kind, one.id) for one in batch.take],
    )
    if cursor.connection.total_changes() - before == len(batch.take):
        return
    for one in batch.take:
        sql = "select key, kind, id from claims where office = ? and key = ?"
        holder = query(cursor, sql, (office, one.key))
        if Claim(*holder[0]) != one:
            raise ClaimTaken(Claim(*holder[0]))


def _write_records(cursor: apsw.Cursor, office: str, batch: Batch, found: _Found) -> None:
    rows = [(write.row, orjson.dumps(write.row.keys).decode()) for write in batch.writes]
    cursor.executemany(_WRITE, [_columns(office, row, keys) for row, keys in rows])
    moved = [
        (row, found.get(row.ref, (0, "", "[]")))
        for row, keys in rows
        if found.get(row.ref, (0, row.due, "[]"))[1:] != (row.due, keys)
    ]
    cursor.executemany(
        "delete from record_keys where office = ? and key = ? and due = ? and kind = ? and id = ?",
        [
            (office, key, due, *row.ref)
            for row, (_, due, keys) in moved
            for key in orjson.loads(keys)
        ],
    )
    cursor.executemany(
        "insert into record_keys values (?, ?, ?, ?, ?)",
        [(office, key, row.due, *row.ref) for row, _ in moved for key in set(row.keys)],
    )


def _columns(office: str, row: Row, keys: str) -> tuple[Any, ...]:
    return (
        office,
        row.kind,
        row.id,
        row.version,
        row.state,
        row.region,
        row.queue,
        row.due,
        row.group,
        keys,
        row.body,
    )


def _append(cursor: apsw.Cursor, office: str, batch: Batch, seq: int) -> None:
    cursor.executemany(
        "insert into journal values (?, ?, ?, ?, ?, ?, ?)", _entries(office, batch, seq)
    )
    cursor.executemany(
        "insert into commands values (?, ?, ?, ?, ?)",
        [(office, one.id, one.actor, one.digest, one.receipt) for one in batch.commands],
    )
    cursor.executemany(
        "insert into messages values (?, ?, ?, 0, '', '', 0, ?) on conflict do nothing",
        [(office, one.key, one.due, one.body) for one in batch.messages],
    )


def _entries(office: str, batch: Batch, seq: int) -> Iterator[tuple[Any, ...]]:
    for place, one in enumerate(batch.entries, start=seq + 1):
        yield office, place, one.kind, one.id, one.version, one.hash, one.body
