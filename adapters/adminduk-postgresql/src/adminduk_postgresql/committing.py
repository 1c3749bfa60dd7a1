"""What one commit does to PostgreSQL, inside its transaction: check everything, then write it.

All that is read is asked at once, and all that is written is sent at once: two ways to the server
and back, however much a batch holds. The row of the office is locked first. So the commits of an
office come one after the other, and each sees all that those before it wrote.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from attrs import frozen
from psycopg import Connection
from psycopg.pq import TransactionStatus

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
    StaleVersions,
)
from adminduk_postgresql.reading import each

__all__ = ["columns", "write_batch"]

_Rows = list[tuple[Any, ...]]

_HEAD: Final = "select seq, recorded from offices where office = %(office)b for update"
_KNOWN: Final = (
    "select r.id, r.actor, r.digest, r.receipt "
    + each(
        "(%(ids)b::text[]) with ordinality as w (id, place)",
        "commands r where r.office = %(office)b and r.id between w.id and w.id",
        "r.id",
    )
    + " order by w.place limit 1"
)
_STORED: Final = "select r.kind, r.id, r.version, r.due, r.keys " + each(
    "(%(kinds)b::text[], %(ids)b::text[]) as w (kind, id)",
    "records r where r.office = %(office)b and r.kind = w.kind and r.id between w.id and w.id",
    "r.id",
)
_HELD: Final = """
select key, kind, id from claims where office = %(office)b and key = any (%(keys)b::text[])
"""
_KEYED: Final = """
select owner from data_keys where office = %(office)b and owner = any (%(owners)b::text[])
"""


@frozen
class _Stored:
    """What is stored of all that a batch names, when the office is locked."""

    head: _Rows
    known: _Rows
    records: Mapping[Ref, tuple[Any, ...]]
    """Version, due and keys."""
    claims: Mapping[str, Claim | None]
    keyed: frozenset[str]
    """Those of the owners of new keys that have, or had, one."""


def write_batch(connection: Connection[Any], office: str, batch: Batch) -> int:
    """Check and write a batch; give the sequence of its last entry. Raises as `commit`."""
    with _transaction(connection):
        stored = _read(connection, office, batch)
        if not stored.head:
            raise NotFound(kind="office", id=office)
        ((seq, recorded),) = stored.head
        _check(batch, recorded, stored)
        claims = _claimed(batch, stored.claims)
        _write_records(connection, office, batch, stored.records)
        _write_claims(connection, office, claims)
        _append(connection, office, batch, seq)
        seq += len(batch.entries)
        _write(connection, _MOVE_ON, office, seq=seq, recorded=batch.recorded)
    return int(seq)


@contextmanager
def _transaction(connection: Connection[Any]) -> Iterator[None]:
    """Begin with the first that is asked, and commit with the last that is sent.

    That of the driver waits for an answer to its `begin`, and for all others before its `commit`.
    """
    try:
        with connection.pipeline():
            connection.execute("begin")
            yield
            connection.execute("commit")
    except BaseException:
        if connection.pgconn.transaction_status in _OPEN:
            connection.rollback()
        raise


_OPEN: Final = (TransactionStatus.INTRANS, TransactionStatus.INERROR)


def columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    """Give the columns of rows, as `unnest` takes them."""
    return [list(one) for one in zip(*rows, strict=True)]


def _read(connection: Connection[Any], office: str, batch: Batch) -> _Stored:
    """Ask for everything, then wait for the first answer."""

    def ask(sql: str, **values: list[Any]) -> Any:
        if not all(values.values()):
            return []
        return connection.execute(sql, {"office": office, **values}, binary=True)

    named = {write.row.ref: None for write in batch.writes} | dict(batch.unchanged)
    kinds, ids = columns(list(named)) if named else ([], [])
    head = ask(_HEAD)
    known = ask(_KNOWN, ids=[one.id for one in batch.commands])
    records = ask(_STORED, kinds=kinds, ids=ids)
    claims = ask(_HELD, keys=list({one.key for one in (*batch.release, *batch.take)}))
    keyed = ask(_KEYED, owners=[one.owner for one in batch.keys])
    return _Stored(
        list(head),
        list(known),
        {(kind, id_): values for kind, id_, *values in records},
        {key: Claim(key, kind, id_) for key, kind, id_ in claims},
        frozenset(owner for (owner,) in keyed),
    )


def _check(batch: Batch, recorded: str, stored: _Stored) -> None:
    if stored.known:
        raise CommandKnown(Executed(*stored.known[0]))
    if batch.recorded < recorded:
        raise ClockBehind(recorded)
    read = [(write.row.ref, write.read_at) for write in batch.writes] + list(batch.unchanged)
    stale = {ref: None for ref, version in read if _version(stored, ref) != version}
    stale |= {(KEY, one.owner): None for one in batch.keys if one.owner in stored.keyed}
    if stale:
        raise StaleVersions(tuple(stale))


def _version(stored: _Stored, ref: Ref) -> int:
    return stored.records[ref][0] if ref in stored.records else 0


def _claimed(batch: Batch, stored: Mapping[str, Claim | None]) -> Mapping[str, Claim | None]:
    """Give the claims that change, with their holders afterwards: given back, then taken."""
    changed: dict[str, Claim | None] = {}
    claims = ChainMap(changed, dict(stored))
    for claim in batch.release:
        if claims.get(claim.key) == claim:
            claims[claim.key] = None
    for claim in batch.take:
        holder = claims.get(claim.key)
        if holder is not None and holder != claim:
            raise ClaimTaken(holder)
        claims[claim.key] = claim
    return changed


_MOVE_ON: Final = (
    "update offices set seq = %(seq)b, recorded = %(recorded)b where office = %(office)b"
)
_PUT: Final = """
insert into records (office, kind, id, version, state, region, queue, due, grp, keys, body)
select %(office)b, w.kind, w.id, w.version, w.state, w.region, w.queue, w.due, w.grp,
    w.keys::text[], w.body
from unnest(
    %(kind)b::text[], %(id)b::text[], %(version)b::bigint[], %(state)b::text[],
    %(region)b::text[], %(queue)b::text[], %(due)b::text[], %(grp)b::text[], %(keys)b::text[],
    %(body)b::bytea[]
) as w (kind, id, version, state, region, queue, due, grp, keys, body)
on conflict (office, kind, id) do update set
    version = excluded.version, state = excluded.state, region = excluded.region,
    queue = excluded.queue, due = excluded.due, grp = excluded.grp, keys = excluded.keys,
    body = excluded.body
"""
_RECORD: Final = ("kind", "id", "version", "state", "region", "queue", "due", "grp", "keys", "body")
_FORGET_KEYS: Final = """
delete from record_keys
where office = %(office)b and key = any (%(keys)b::text[]) and due = %(due)b
    and kind = %(kind)b and id = %(id)b
"""
_ADD_KEYS: Final = """
insert into record_keys (office, key, due, kind, id)
select %(office)b, w.key, w.due, w.kind, w.id
from unnest(%(key)b::text[], %(due)b::text[], %(kind)b::text[], %(id)b::text[])
    as w (key, due, kind, id)
"""
_KEY: Final = ("key", "due", "kind", "id")
_FREE: Final = "delete from claims where office = %(office)b and key = any (%(key)b::text[])"
_HOLD: Final = """
insert into claims (office, key, kind, id)
select %(office)b, w.key, w.kind, w.id
from unnest(%(key)b::text[], %(kind)b::text[], %(id)b::text[]) as w (key, kind, id)
on conflict (office, key) do update set kind = excluded.kind, id = excluded.id
"""
_ENTER: Final = """
insert into journal (office, seq, kind, id, version, hash, body)
select %(office)b, %(seq)b::bigint + w.place, w.kind, w.id, w.version, w.hash, w.body
from unnest(
    %(kind)b::text[], %(id)b::text[], %(version)b::bigint[], %(hash)b::bytea[], %(body)b::bytea[]
) with ordinality as w (kind, id, version, hash, body, place)
"""
_REMEMBER: Final = """
insert into commands (office, id, actor, digest, receipt)
select %(office)b, w.id, w.actor, w.digest, w.receipt
from unnest(%(id)b::text[], %(actor)b::text[], %(digest)b::bytea[], %(receipt)b::bytea[])
    as w (id, actor, digest, receipt)
"""
_SEND: Final = """
insert into messages (office, key, due, parked, lent_until, token, attempts, body)
select %(office)b, w.key, w.due, false, '', '', 0, w.body
from unnest(%(key)b::text[], %(due)b::text[], %(body)b::bytea[]) as w (key, due, body)
on conflict (office, key) do nothing
"""
_ADD_DATA_KEYS: Final = """
insert into data_keys (office, owner, wrapped)
select %(office)b, w.owner, w.wrapped
from unnest(%(owner)b::text[], %(wrapped)b::bytea[]) as w (owner, wrapped)
"""


def _write_records(
    connection: Connection[Any],
    office: str,
    batch: Batch,
    stored: Mapping[Ref, tuple[Any, ...]],
) -> None:
    rows: _Rows = []
    keys_after: _Rows = []
    for row in (write.row for write in batch.writes):
        keys = _literal(row.keys)
        cells = (row.version, row.state, row.region, row.queue, row.due, row.group, keys, row.body)
        rows.append((*row.ref, *cells))
        _, due, old_keys = stored.get(row.ref, (0, "", []))
        if (due, tuple(old_keys)) != (row.due, row.keys):
            keys_after += [(key, row.due, *row.ref) for key in set(row.keys)]
            if old_keys:
                gone = {"keys": old_keys, "due": due, "kind": row.kind, "id": row.id}
                _write(connection, _FORGET_KEYS, office, **gone)
    _write_rows(connection, _PUT, office, _RECORD, rows)
    _write_rows(connection, _ADD_KEYS, office, _KEY, keys_after)


def _literal(texts: Sequence[str]) -> str:
    """Write texts as PostgreSQL writes an array: one of arrays cannot be of unequal ones."""
    quoted = (one.replace("\\", r"\\").replace('"', r"\"") for one in texts)
    return "{" + ",".join(f'"{one}"' for one in quoted) + "}"


def _write_claims(
    connection: Connection[Any], office: str, claims: Mapping[str, Claim | None]
) -> None:
    free = [(key,) for key, claim in claims.items() if claim is None]
    held = [(one.key, one.kind, one.id) for one in claims.values() if one is not None]
    _write_rows(connection, _FREE, office, ("key",), free)
    _write_rows(connection, _HOLD, office, ("key", "kind", "id"), held)


def _append(connection: Connection[Any], office: str, batch: Batch, seq: int) -> None:
    entries = [(one.kind, one.id, one.version, one.hash, one.body) for one in batch.entries]
    names = ("kind", "id", "version", "hash", "body")
    _write_rows(connection, _ENTER, office, names, entries, seq=seq)
    commands = [(one.id, one.actor, one.digest, one.receipt) for one in batch.commands]
    _write_rows(connection, _REMEMBER, office, ("id", "actor", "digest", "receipt"), commands)
    messages = [(one.key, one.due, one.body) for one in batch.messages]
    _write_rows(connection, _SEND, office, ("key", "due", "body"), messages)
    keys = [(one.owner, one.wrapped) for one in batch.keys]
    _write_rows(connection, _ADD_DATA_KEYS, office, ("owner", "wrapped"), keys)


def _write_rows(
    connection: Connection[Any],
    sql: str,
    office: str,
    names: tuple[str, ...],
    rows: _Rows,
    **more: int,
) -> None:
    """Carry a statement out for all rows at once; without one it is not even sent."""
    if rows:
        _write(connection, sql, office, **dict(zip(names, columns(rows), strict=True)), **more)


def _write(connection: Connection[Any], sql: str, office: str, **values: Any) -> None:
    connection.execute(sql, {"office": office, **values}, binary=True)
