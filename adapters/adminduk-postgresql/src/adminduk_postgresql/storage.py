"""A storage in a PostgreSQL database: durable on return, many processes and machines at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from psycopg import Connection, Cursor

from adminduk.errors import NotFound
from adminduk.ports import (
    Batch,
    Bell,
    Claim,
    Executed,
    JournalEntry,
    Lease,
    Message,
    Ref,
    Row,
    WrappedKey,
)
from adminduk.storage.position import page_of
from adminduk.storage.question import Question, check_batch, check_limit
from adminduk_postgresql.address import Address
from adminduk_postgresql.bell import DatabaseBell, ring
from adminduk_postgresql.committing import columns, write_batch
from adminduk_postgresql.connection import Database
from adminduk_postgresql.finding import ROW, statement
from adminduk_postgresql.reading import each

__all__ = ["PostgreSQLStorage"]

_LAST: Final = 2**63 - 1
"""No sequence is greater; PostgreSQL could not count so far."""

_OFFICE: Final = "select profile from offices where office = %b"
_ADD: Final = "insert into offices values (%b, %b, 0, '') on conflict do nothing"

_EXECUTED: Final = """
select id, actor, digest, receipt from commands
where office = %(office)b and id = any (%(ids)b::text[])
"""
_AWAITS_STANDBY: Final = """
select current_setting('synchronous_standby_names') <> ''
    and current_setting('transaction_read_only') = 'off'
"""
_CONFIRM: Final = "select 1 from offices where office = %b for update"
"""A commit that changes nothing, for those before it to be on the standby when it is.

What took effect may be seen before, where the waiting for the standby was cut off: by a cancel, or
when the server was started anew. It must not be answered before.
"""
_LOAD: Final = f"select {ROW} " + each(
    "(%(kinds)b::text[], %(ids)b::text[]) as w (kind, id)",
    "records r where r.office = %(office)b and r.kind = w.kind and r.id between w.id and w.id",
    "r.id",
)
_LOAD_GROUPS: Final = f"select {ROW} " + each(
    "(%(groups)b::text[]) as w (grp)",
    "records r where r.office = %(office)b and r.grp between w.grp and w.grp and r.grp <> ''",
    "r.grp, r.due, r.kind, r.id",
)
_LOAD_BELOW: Final = f"select {ROW} " + each(
    "(%(of)b::text[], %(first)b::text[], %(end)b::text[]) as w (kind, first, e)",
    "records r where r.office = %(office)b and r.kind = w.kind and r.id >= w.first and r.id < w.e",
    "r.id",
)

_LEND: Final = """
with lent as (
    select key from messages
    where office = %(office)b and not parked and due <= %(now)b
        and (token = '' or lent_until <= %(now)b)
    order by due, key limit %(limit)b for update skip locked
)
update messages m
set attempts = m.attempts + 1, token = %(token)b::text || '/' || m.key, lent_until = %(until)b
where m.office = %(office)b and m.key = any (array(select key from lent))
returning m.key, m.due, m.body, m.token, m.attempts
"""
_LENT: Final = "where office = %(office)b and key = %(key)b and token = %(token)b and token <> ''"
_DELIVERED: Final = f"delete from messages {_LENT}"  # noqa: S608 - names of ours only
_AGAIN: Final = (
    "update messages set due = coalesce(%(again)b::text, due), parked = %(parked)b, token = '',"  # noqa: S608 - as above
    f" attempts = attempts - %(untried)b::integer {_LENT}"
)
_KEYS_OF: Final = """
select owner, wrapped from data_keys
where office = %(office)b and owner = any (%(owners)b::text[])
"""
_REPLACE: Final = """
with wanted as (
    select k.owner, w.new from data_keys k
    join unnest(%(owner)b::text[], %(old)b::bytea[], %(new)b::bytea[]) as w (owner, old, new)
        on k.owner = w.owner and k.wrapped = w.old
    where k.office = %(office)b and k.wrapped <> ''
    order by k.owner for update of k
)
update data_keys k set wrapped = wanted.new from wanted
where k.office = %(office)b and k.owner = wanted.owner
"""
_DESTROY: Final = """
insert into data_keys (office, owner, wrapped) values (%(office)b, %(owner)b, '')
on conflict (office, owner) do update set wrapped = ''
"""


_AMISS: Final = """
with told as (
    select kind, id, due, unnest(keys) as key from records where office = %(office)b
), found as (select kind, id, due, key from record_keys where office = %(office)b)
select distinct kind, id from (
    (select * from told except select * from found)
    union all (select * from found except select * from told)
) differing order by kind, id limit 100
"""


class PostgreSQLStorage:
    """Offices in one PostgreSQL database.

    It may be used by several threads, and the database by processes on several machines; after a
    fork parent and child go on with connections of their own.

    Args:
        url: As libpq takes it, `postgresql://user@host/database`. With `schema=name` in its query
            the tables are in that schema, which is made; else in `adminduk`.

    Raises:
        InvalidInput: The URL names no database.
        StorageFailure: The database cannot be opened, its tables are not ours, or of a newer
            version.
    """

    def __init__(self, url: str) -> None:
        self._database = Database(Address.read(url))

    def add_office(self, office: str, profile: bytes) -> bytes:
        """Make an office, or give the profile of one that exists."""
        with self._database.connection() as connection:
            found = _all(connection, _OFFICE, (office,))
            if not found:
                connection.execute(_ADD, (office, profile))
                found = _all(connection, _OFFICE, (office,))
            return bytes(found[0][0])

    def office(self, office: str) -> bytes | None:
        """Give the profile of an office."""
        with self._database.connection() as connection:
            found = _all(connection, _OFFICE, (office,))
            return bytes(found[0][0]) if found else None

    def offices(self) -> Mapping[str, bytes]:
        """Give every office and its profile."""
        with self._database.connection() as connection:
            return dict(_all(connection, "select office, profile from offices order by office"))

    def commit(self, office: str, batch: Batch) -> int:
        """Write all of the batch or nothing."""
        check_batch(batch)
        with self._database.connection() as connection:
            last = write_batch(connection, office, batch)
            if batch.messages:
                ring(connection, office)
            return last

    def executed(self, office: str, ids: Iterable[str]) -> Mapping[str, Executed]:
        """Give those of the commands that took effect."""
        wanted = list(ids)
        if not wanted:
            return {}
        with self._database.connection() as connection:
            rows = _all(connection, _EXECUTED, {"office": office, "ids": wanted})
            if rows and _all(connection, _AWAITS_STANDBY)[0][0]:
                connection.execute(_CONFIRM, (office,))
            return {row[0]: Executed(*row) for row in rows}

    def commands(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Executed]:
        """Give commands that took effect."""
        sql = (
            "select id, actor, digest, receipt from commands"
            " where office = %b and id > %b order by id limit %b"
        )
        with self._database.connection() as connection:
            rows = _all(connection, sql, (office, after, check_limit(limit)))
            return [Executed(*row) for row in rows]

    def load(
        self,
        office: str,
        refs: Iterable[Ref],
        *,
        groups: Iterable[str] = (),
        below: Iterable[Ref] = (),
    ) -> Mapping[Ref, Row]:
        """Give records, all read at one moment: that of one statement."""
        refs, groups, below = list(refs), list(groups), list(below)
        parts: list[str] = []
        values: dict[str, Any] = {"office": office}
        if refs:
            parts.append(_LOAD)
            values["kinds"], values["ids"] = columns(refs)
        if groups:
            parts.append(_LOAD_GROUPS)
            values["groups"] = groups
        if below:  # `0` is the character after `/`
            parts.append(_LOAD_BELOW)
            stretches = [(kind, f"{id_}/", f"{id_}0") for kind, id_ in below]
            values["of"], values["first"], values["end"] = columns(stretches)
        if not parts:
            return {}
        with self._database.connection() as connection:
            rows = _all(connection, " union all ".join(parts), values)
            return {row.ref: row for row in map(_row, rows)}

    def find(
        self,
        office: str,
        *,
        kind: str | None = None,
        state: str | None = None,
        queue: str | None = None,
        region: str | None = None,
        group: str | None = None,
        key: str | None = None,
        due_until: str | None = None,
        after: str | None = None,
        limit: int = 100,
    ) -> tuple[Sequence[Row], str | None]:
        """Give a page of records."""
        question = Question.asked(
            kind=kind,
            state=state,
            queue=queue,
            region=region,
            group=group,
            key=key,
            due_until=due_until,
            after=after,
            limit=limit,
        )
        with self._database.connection() as connection:
            rows = _all(connection, *statement(office, question))
            return page_of([_row(one) for one in rows], limit)

    def journal(
        self, office: str, *, of: Ref | None = None, after: int = 0, limit: int = 1000
    ) -> Sequence[JournalEntry]:
        """Give entries in order."""
        about = "" if of is None else "and kind = %b and id = %b"
        sql = (
            "select kind, id, version, hash, body, seq from journal"  # noqa: S608 - names of ours only
            f" where office = %b {about} and seq > %b order by seq limit %b"
        )
        values = (office, *(of or ()), min(max(after, 0), _LAST), check_limit(limit))
        with self._database.connection() as connection:
            return [JournalEntry(*row) for row in _all(connection, sql, values)]

    def claims(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        """Give claims that are held."""
        sql = (
            "select key, kind, id from claims where office = %b and key > %b order by key limit %b"
        )
        with self._database.connection() as connection:
            rows = _all(connection, sql, (office, after, check_limit(limit)))
            return [Claim(*row) for row in rows]

    def lease(self, office: str, *, now: str, until: str, limit: int) -> Sequence[Lease]:
        """Lend due messages; those that somebody else is just being lent are passed over."""
        values = {"office": office, "now": now, "until": until, "limit": check_limit(limit)}
        values["token"] = str(uuid4())
        with self._database.connection() as connection:
            leases = [
                Lease(Message(key, due, body), token, attempts)
                for key, due, body, token, attempts in _all(connection, _LEND, values)
            ]
        return sorted(leases, key=lambda one: (one.message.due, one.message.key))

    def settle(
        self,
        office: str,
        key: str,
        token: str,
        *,
        again: str | None,
        parked: bool,
        tried: bool = True,
    ) -> bool:
        """End a lease."""
        lent: dict[str, Any] = {"office": office, "key": key, "token": token}
        with self._database.connection() as connection:
            if parked or again is not None:
                how = {"again": again, "parked": parked, "untried": int(not tried)}
                done = connection.execute(_AGAIN, lent | how)
            else:
                done = connection.execute(_DELIVERED, lent)
            return bool(done.rowcount)

    def unpark(self, office: str, key: str, *, due: str) -> bool:
        """Have a parked message due again; a follower finds it when it looks."""
        sql = (
            "update messages set due = %b, parked = false, attempts = 0"
            " where office = %b and key = %b and parked"
        )
        with self._database.connection() as connection:
            return bool(connection.execute(sql, (due, office, key)).rowcount)

    def messages(
        self, office: str, *, parked: bool, after: tuple[str, str] = ("", ""), limit: int = 100
    ) -> Sequence[Message]:
        """Give undelivered messages."""
        sql = (
            "select key, due, body from messages where office = %b and parked = %b"
            " and (due, key) > (%b, %b) order by due, key limit %b"
        )
        with self._database.connection() as connection:
            rows = _all(connection, sql, (office, parked, *after, check_limit(limit)))
            return [Message(*row) for row in rows]

    def head(self, office: str) -> tuple[int, str]:
        """Give the sequence of the last entry and the time of the last commit."""
        sql = "select seq, recorded from offices where office = %b"
        with self._database.connection() as connection:
            found = _all(connection, sql, (office,))
        if not found:
            raise NotFound(kind="office", id=office)
        seq, recorded = found[0]
        return seq, recorded

    def amiss(self, office: str) -> Sequence[str]:
        """Compare the search keys, which are in a table of their own, with the records."""
        with self._database.connection() as connection:
            return [f"{kind} {id_}" for kind, id_ in _all(connection, _AMISS, {"office": office})]

    def keys_of(self, office: str, owners: Iterable[str]) -> Mapping[str, bytes]:
        """Give the wrapped keys of owners."""
        values = {"office": office, "owners": list(owners)}
        with self._database.connection() as connection:
            return dict(_all(connection, _KEYS_OF, values)) if values["owners"] else {}

    def keys(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[WrappedKey]:
        """Give keys."""
        sql = (
            "select owner, wrapped from data_keys"
            " where office = %b and owner > %b order by owner limit %b"
        )
        with self._database.connection() as connection:
            rows = _all(connection, sql, (office, after, check_limit(limit)))
            return [WrappedKey(*row) for row in rows]

    def replace_keys(self, office: str, changes: Iterable[tuple[WrappedKey, bytes]]) -> int:
        """Replace keys that still are as they were read; all wait for each other in one order."""
        rows = [(old.owner, old.wrapped, new) for old, new in changes]
        if not rows:
            return 0
        values = dict(zip(("owner", "old", "new"), columns(rows), strict=True))
        with self._database.connection() as connection:
            return connection.execute(_REPLACE, {"office": office, **values}).rowcount

    def destroy_key(self, office: str, owner: str) -> bool:
        """Destroy the key of an owner, between the commits of the office.

        What it was is gone from the table; the server has its bytes until it overwrites them.
        """
        values = {"office": office, "owner": owner}
        with self._database.connection() as connection, connection.transaction():
            if not _all(connection, _CONFIRM, (office,)):
                raise NotFound(kind="office", id=office)
            was = _all(connection, _KEYS_OF, {"office": office, "owners": [owner]})
            connection.execute(_DESTROY, values)
            return bool(was and was[0][1])

    def bell(self, office: str) -> Bell:
        """Give a bell, with a connection beside those of the pool."""
        return DatabaseBell(self._database, office)

    def close(self) -> None:
        """Close every connection; a later call opens one again."""
        self._database.close()


def _all(connection: Connection[Any], sql: str, values: Any = None) -> list[Any]:
    """Give every row."""
    cursor: Cursor[Any] = connection.execute(sql, values, binary=True)
    return cursor.fetchall()


def _row(values: Any) -> Row:
    kind, id_, version, state, region, queue, due, group, keys, body = values
    return Row(kind, id_, version, state, region, queue, due, group, tuple(keys), body)
