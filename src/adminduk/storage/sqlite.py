"""A storage in a SQLite file: WAL, durable on return, several processes at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

import orjson

from adminduk.errors import InvalidInput, NotFound
from adminduk.language import N_
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
    can_be_written,
)
from adminduk.storage.bell import FileBell
from adminduk.storage.committing import write_batch
from adminduk.storage.connection import Database, query, query_each
from adminduk.storage.finding import ROW, rows_of
from adminduk.storage.keys import destroy_key, key_page, keys_of, replace_key
from adminduk.storage.position import page_of
from adminduk.storage.question import Question, check_batch, check_limit

__all__ = ["SQLiteStorage", "path_of"]

_PREFIX = "sqlite:///"
_OFFICE = "select profile from offices where office = ?"
_LOAD = f"select {ROW} from records r where office = ? and kind = ? and id = ?"  # noqa: S608 - names of ours only
_LOAD_GROUP = (
    f"select {ROW} from records r indexed by records_by_group"  # noqa: S608 - as above
    " where office = ? and grp = ? and grp <> ''"
)
_LOAD_BELOW = f"select {ROW} from records r where office = ? and kind = ? and id >= ? and id < ?"  # noqa: S608 - as above
_LAST = 2**63 - 1
"""No sequence is greater; SQLite could not count so far."""


_AMISS: Final = """
with told as (
    select r.kind, r.id, r.due, k.value as key
    from records r, json_each(iif(json_valid(r.keys), r.keys, '[]')) k where r.office = ?
), found as (select kind, id, due, key from record_keys where office = ?)
select distinct kind, id from (
    select * from (select * from told except select * from found)
    union all select * from (select * from found except select * from told)
) order by kind, id limit 100
"""


class SQLiteStorage:
    """Offices in one SQLite file.

    It may be used by several threads, and the file by several processes; after a fork parent and
    child go on with connections of their own.

    Args:
        url: `sqlite:///file.db` in the current folder, `sqlite:////path/file.db` elsewhere.
        database: The file, where it is opened in another way.

    Raises:
        InvalidInput: The URL names no file.
        StorageFailure: The file cannot be opened, is not ours, or of a newer version.
    """

    def __init__(self, url: str, database: Database | None = None) -> None:
        self._database = database or Database(url, path_of(url))

    def add_office(self, office: str, profile: bytes) -> bytes:
        """Make an office, or give the profile of one that exists."""
        with self._database.writing() as cursor:
            cursor.execute(
                "insert into offices values (?, ?, 0, '') on conflict do nothing", (office, profile)
            )
            return bytes(query(cursor, _OFFICE, (office,))[0][0])

    def office(self, office: str) -> bytes | None:
        """Give the profile of an office; to ask makes no file."""
        if not self._database.exists:
            return None
        with self._database.reading() as cursor:
            found = query(cursor, _OFFICE, (office,))
            return bytes(found[0][0]) if found else None

    def offices(self) -> Mapping[str, bytes]:
        """Give every office and its profile; to ask makes no file."""
        if not self._database.exists:
            return {}
        with self._database.reading() as cursor:
            return dict(query(cursor, "select office, profile from offices order by office"))

    def commit(self, office: str, batch: Batch) -> int:
        """Write all of the batch or nothing."""
        check_batch(batch)
        with self._database.writing() as cursor:
            return write_batch(cursor, office, batch)

    def executed(self, office: str, ids: Iterable[str]) -> Mapping[str, Executed]:
        """Give those of the commands that took effect."""
        sql = "select id, actor, digest, receipt from commands where office = ? and id = ?"
        wanted = [(office, one) for one in ids]
        with self._database.reading() as cursor:
            rows = query_each(cursor, sql, wanted)
            return {row[0]: Executed(*row) for row in rows}

    def commands(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Executed]:
        """Give commands that took effect."""
        sql = (
            "select id, actor, digest, receipt from commands"
            " where office = ? and id > ? order by id limit ?"
        )
        with self._database.reading() as cursor:
            rows = query(cursor, sql, (office, after, check_limit(limit)))
            return [Executed(*row) for row in rows]

    def load(
        self,
        office: str,
        refs: Iterable[Ref],
        *,
        groups: Iterable[str] = (),
        below: Iterable[Ref] = (),
    ) -> Mapping[Ref, Row]:
        """Give records, all read at one moment."""
        records = [(office, *ref) for ref in refs]
        members = [(office, one) for one in groups]
        # `0` is the character after `/`.
        stretches = [(office, kind, f"{id_}/", f"{id_}0") for kind, id_ in below]
        with self._database.reading() as cursor:
            rows = query_each(cursor, _LOAD, records)
            rows += query_each(cursor, _LOAD_GROUP, members)
            rows += query_each(cursor, _LOAD_BELOW, stretches)
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
        with self._database.reading() as cursor:
            return page_of([_row(one) for one in rows_of(cursor, office, question)], limit)

    def journal(
        self, office: str, *, of: Ref | None = None, after: int = 0, limit: int = 1000
    ) -> Sequence[JournalEntry]:
        """Give entries in order."""
        about = "" if of is None else "and kind = ? and id = ?"
        sql = (
            "select kind, id, version, hash, body, seq from journal"  # noqa: S608 - names of ours only
            f" where office = ? {about} and seq > ? order by seq limit ?"
        )
        values = (office, *(of or ()), min(after, _LAST), check_limit(limit))
        with self._database.reading() as cursor:
            return [JournalEntry(*row) for row in query(cursor, sql, values)]

    def claims(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        """Give claims that are held."""
        sql = "select key, kind, id from claims where office = ? and key > ? order by key limit ?"
        with self._database.reading() as cursor:
            rows = query(cursor, sql, (office, after, check_limit(limit)))
            return [Claim(*row) for row in rows]

    def lease(self, office: str, *, now: str, until: str, limit: int) -> Sequence[Lease]:
        """Lend due messages."""
        due = (
            "select key, due, body, attempts from messages"
            " where office = ? and parked = 0 and due <= ? and (token = '' or lent_until <= ?)"
            " order by due, key limit ?"
        )
        lend = (
            "update messages set attempts = ?, token = ?, lent_until = ?"
            " where office = ? and key = ?"
        )
        with self._database.writing() as cursor:
            rows = query(cursor, due, (office, now, now, check_limit(limit)))
            leases = [
                Lease(Message(key, at, body), uuid4().hex, attempts + 1)
                for key, at, body, attempts in rows
            ]
            cursor.executemany(
                lend, [(one.attempts, one.token, until, office, one.message.key) for one in leases]
            )
            return leases

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
        which = "where office = ? and key = ? and token = ? and token <> ''"
        sql = f"delete from messages {which}"  # noqa: S608 - names of ours only
        lent: tuple[str | int | None, ...] = (office, key, token)
        if parked or again is not None:
            sql = (
                "update messages set due = coalesce(?, due), parked = ?, token = '',"  # noqa: S608 - as above
                f" attempts = attempts - ? {which}"
            )
            lent = (again, parked, not tried, *lent)
        with self._database.writing() as cursor:
            cursor.execute(sql, lent)
            return bool(cursor.connection.changes())

    def unpark(self, office: str, key: str, *, due: str) -> bool:
        """Have a parked message due again."""
        sql = (
            "update messages set due = ?, parked = 0, attempts = 0"
            " where office = ? and key = ? and parked = 1"
        )
        with self._database.writing() as cursor:
            cursor.execute(sql, (due, office, key))
            return bool(cursor.connection.changes())

    def messages(
        self, office: str, *, parked: bool, after: tuple[str, str] = ("", ""), limit: int = 100
    ) -> Sequence[Message]:
        """Give undelivered messages."""
        sql = (
            "select key, due, body from messages where office = ? and parked = ?"
            " and (due, key) > (?, ?) order by due, key limit ?"
        )
        with self._database.reading() as cursor:
            rows = query(cursor, sql, (office, parked, *after, check_limit(limit)))
            return [Message(*row) for row in rows]

    def head(self, office: str) -> tuple[int, str]:
        """Give the sequence of the last entry and the time of the last commit."""
        with self._database.reading() as cursor:
            found = query(cursor, "select seq, recorded from offices where office = ?", (office,))
        if not found:
            raise NotFound(kind="office", id=office)
        seq, recorded = found[0]
        return seq, recorded

    def amiss(self, office: str) -> Sequence[str]:
        """Compare the search keys, which are in a table of their own, with the records."""
        with self._database.reading() as cursor:
            return [f"{kind} {id_}" for kind, id_ in query(cursor, _AMISS, (office,) * 2)]

    def keys_of(self, office: str, owners: Iterable[str]) -> Mapping[str, bytes]:
        """Give the wrapped keys of owners."""
        with self._database.reading() as cursor:
            return keys_of(cursor, office, owners)

    def keys(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[WrappedKey]:
        """Give keys."""
        with self._database.reading() as cursor:
            return key_page(cursor, office, after, check_limit(limit))

    def replace_keys(self, office: str, changes: Iterable[tuple[WrappedKey, bytes]]) -> int:
        """Replace keys that still are as they were read."""
        with self._database.writing() as cursor:
            return sum(replace_key(cursor, office, old, new) for old, new in changes)

    def destroy_key(self, office: str, owner: str) -> bool:
        """Destroy the key of an owner: it is overwritten where it is, and gone from the log.

        Raises:
            StorageFailure: Somebody has been reading an earlier moment for too long; it is
                destroyed, but the log still holds it. Call again.
        """
        with self._database.writing() as cursor:
            if not query(cursor, _OFFICE, (office,)):
                raise NotFound(kind="office", id=office)
            was = destroy_key(cursor, office, owner)
        self._database.empty_log()
        return was

    def bell(self, office: str) -> Bell:  # noqa: ARG002 - it rings for every one
        """Give a bell, with a connection of its own."""
        return FileBell(self._database.another())

    def close(self) -> None:
        """Close the connection; a later call opens it again."""
        self._database.close()


def path_of(url: str) -> str:
    """Give the file that a URL names.

    Raises:
        InvalidInput: It names none.
    """
    path = url.removeprefix(_PREFIX)
    if path in ("", url, ":memory:") or "\0" in path or not can_be_written(path):
        raise InvalidInput.at(
            "url",
            "sqlite_url",
            N_("That names no SQLite file."),
            N_("a URL as sqlite:///tuban.db or sqlite:////srv/tuban.db"),
        )
    return path


def _row(values: Any) -> Row:
    kind, id_, version, state, region, queue, due, group, keys, body = values
    return Row(kind, id_, version, state, region, queue, due, group, _keys(keys), body)


def _key(wrapped: bytes) -> bytes:
    """Give a wrapped key; of one that was destroyed nothing."""
    return wrapped if any(wrapped) else b""


def _keys(text: str) -> tuple[str, ...]:
    """Read the column of keys; of one that was tampered with, which `verify` tells, the text."""
    try:
        keys = orjson.loads(text)
    except orjson.JSONDecodeError:
        keys = None
    return tuple(keys) if isinstance(keys, list) else (text,)
