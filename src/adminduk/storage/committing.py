"""What one commit does to SQLite, inside its transaction: check everything, then write it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import apsw
import orjson

from adminduk.errors import NotFound
from adminduk.ports import (
    KEY,
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
from adminduk.storage.keys import add_keys, keys_of

__all__ = ["write_batch"]

_COLUMNS: Final = ("version", "state", "region", "queue", "due", "grp", "keys", "body")
_KEYS, _DUE = _COLUMNS.index("keys"), _COLUMNS.index("due")

_READ: Final = (
    f"select kind, id, {', '.join(_COLUMNS[:-1])}, null from records"  # noqa: S608 - names of ours only
    " where office = ? and kind = ? and id = ?"
)
"""Bodies always change, and are not read."""

_Values = tuple[Any, ...]
_Stored = dict[Ref, _Values]
"""The columns of the records that a batch read, as they are stored."""

_NEW: Final[_Values] = (0, "", "", "", "", "", "[]", None)


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
    stored = _check_versions(cursor, office, batch)
    _move_claims(cursor, office, batch)
    _write_records(cursor, office, batch, stored)
    _append(cursor, office, batch, seq)
    if batch.keys:
        add_keys(cursor, office, batch.keys)
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


def _check_versions(cursor: apsw.Cursor, office: str, batch: Batch) -> _Stored:
    """Compare every version that was read with the one stored.

    They are read before anything is written, not counted while writing: of a statement that is
    executed for many rows the driver does not say which of them it changed.
    """
    read = [(write.row.ref, write.read_at) for write in batch.writes]
    read += batch.unchanged
    stored: _Stored = {
        (kind, id_): values
        for kind, id_, *values in query_each(cursor, _READ, [(office, *ref) for ref, _ in read])
    }
    stale = {ref: None for ref, version in read if stored.get(ref, _NEW)[0] != version}
    if batch.keys:
        keyed = keys_of(cursor, office, [one.owner for one in batch.keys])
        stale |= {(KEY, one.owner): None for one in batch.keys if one.owner in keyed}
    if stale:
        raise StaleVersions(tuple(stale))
    return stored


def _move_claims(cursor: apsw.Cursor, office: str, batch: Batch) -> None:
    """Give claims back, then take claims; what could not be taken is held by somebody else."""
    _write(
        cursor,
        "delete from claims where office = ? and key = ? and kind = ? and id = ?",
        [(office, one.key, one.kind, one.id) for one in batch.release],
    )
    before = cursor.connection.total_changes()
    _write(
        cursor,
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


def _write_records(cursor: apsw.Cursor, office: str, batch: Batch, stored: _Stored) -> None:
    """Write records: of one that exists only the columns that change, so that indexes rest."""
    new: list[_Values] = []
    changed: dict[tuple[str, ...], list[_Values]] = {}
    keys_before: list[_Values] = []
    keys_after: list[_Values] = []
    for row in (write.row for write in batch.writes):
        before, after = stored.get(row.ref, _NEW), _columns(row)
        if before is _NEW:
            new.append((office, *row.ref, *after))
        else:
            columns = zip(_COLUMNS, before, after, strict=True)
            names = tuple(name for name, old, now in columns if old != now)
            values = [now for old, now in zip(before, after, strict=True) if old != now]
            changed.setdefault(names, []).append((*values, office, *row.ref))
        if (before[_DUE], before[_KEYS]) != (row.due, after[_KEYS]):
            old_keys = _keys_of(before[_KEYS])
            keys_before += [(office, key, before[_DUE], *row.ref) for key in old_keys]
            keys_after += [(office, key, row.due, *row.ref) for key in set(row.keys)]
    _write(cursor, _INSERT, new)
    for names, rows in changed.items():
        _write(cursor, _update(names), rows)
    _write(cursor, _FORGET_KEY, keys_before)
    _write(cursor, "insert into record_keys values (?, ?, ?, ?, ?)", keys_after)


_INSERT: Final = (
    f"insert into records (office, kind, id, {', '.join(_COLUMNS)})"  # noqa: S608 - names of ours only
    " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_FORGET_KEY: Final = (
    "delete from record_keys where office = ? and key = ? and due = ? and kind = ? and id = ?"
)


@cache
def _update(names: tuple[str, ...]) -> str:
    """Give the statement that changes these columns; there are few sets of them."""
    columns = ", ".join(f"{name} = ?" for name in names)
    return f"update records set {columns} where office = ? and kind = ? and id = ?"  # noqa: S608 - names of ours only


def _columns(row: Row) -> _Values:
    keys = orjson.dumps(row.keys).decode()
    return (row.version, row.state, row.region, row.queue, row.due, row.group, keys, row.body)


def _keys_of(text: str) -> list[str]:
    """Read the keys that a record has as they are stored; what is none was damaged."""
    keys = orjson.loads(text)
    if not isinstance(keys, list) or not all(isinstance(one, str) for one in keys):
        raise apsw.CorruptError("what is stored as keys is none")
    return keys


def _append(cursor: apsw.Cursor, office: str, batch: Batch, seq: int) -> None:
    _write(
        cursor,
        "insert into journal values (?, ?, ?, ?, ?, ?, ?)",
        [
            (office, place, one.kind, one.id, one.version, one.hash, one.body)
            for place, one in enumerate(batch.entries, start=seq + 1)
        ],
    )
    _write(
        cursor,
        "insert into commands values (?, ?, ?, ?, ?)",
        [(office, one.id, one.actor, one.digest, one.receipt) for one in batch.commands],
    )
    _write(
        cursor,
        "insert into messages values (?, ?, ?, 0, '', '', 0, ?) on conflict do nothing",
        [(office, one.key, one.due, one.body) for one in batch.messages],
    )


def _write(cursor: apsw.Cursor, sql: str, rows: Sequence[_Values]) -> None:
    """Carry a statement out for every row; without one it is not even prepared."""
    if rows:
        cursor.executemany(sql, rows)
