"""A storage in a SQLite file: WAL, durable on return, several processes at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any, Final
from uuid import uuid4

import apsw
import orjson

from adminduk.errors import InvalidInput, NotFound, StorageFailure
from adminduk.language import N_
from adminduk.ports import (
    Batch,
    Claim,
    ClaimTaken,
    ClockBehind,
    CommandKnown,
    Executed,
    JournalEntry,
    Lease,
    Message,
    Ref,
    Row,
    StaleVersions,
)
from adminduk.storage.position import position_after, read_position
from adminduk.storage.schema import APPLICATION_ID, MIGRATIONS

__all__ = ["SQLiteStorage"]

_Keys = dict[Ref, str]

_BUSY_MS: Final = 30_000
_ROW: Final = "kind, id, version, state, region, queue, due, grp, keys, body"


class SQLiteStorage:
    """Offices in one SQLite file.

    Args:
        url: `sqlite:///file.db` in the current folder, `sqlite:////path/file.db` elsewhere.

    Raises:
        InvalidInput: The URL names no file.
        StorageFailure: The file cannot be opened, is not ours, or of a newer version.
    """

    def __init__(self, url: str) -> None:
        path = url.removeprefix("sqlite:///")
        if path == url or not path:
            raise InvalidInput.at(
                "url", "sqlite_url", N_("That names no SQLite file."), "sqlite:///tuban.db"
            )
        self._url = url
        self._path = path
        self._lock = RLock()
        self._connection: apsw.Connection | None = None
        self._process = 0
        with self._using():
            pass

    @contextmanager
    def _using(self) -> Iterator[apsw.Connection]:
        """Lend the connection to one thread; what SQLite says is said in our words."""
        with self._lock:
            try:
                if self._connection is None or self._process != os.getpid():
                    self._connection = self._opened()
                    self._process = os.getpid()  # a connection does not survive a fork
                yield self._connection
            except apsw.Error as error:
                why = f"{type(error).__name__}: {error}"
                raise StorageFailure(url=self._url, why=why) from error

    @contextmanager
    def _writing(self) -> Iterator[apsw.Connection]:
        with self._using() as connection:
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    def _opened(self) -> apsw.Connection:
        connection = apsw.Connection(self._path)
        connection.set_busy_timeout(_BUSY_MS)
        ours = _one(connection, "pragma application_id")
        version = _one(connection, "pragma user_version")
        empty = _one(connection, "select not exists (select 1 from sqlite_schema)")
        if ours != APPLICATION_ID and not empty:
            connection.close()
            raise StorageFailure(url=self._url, why="it is a file of another program")
        if version > len(MIGRATIONS):
            connection.close()
            raise StorageFailure(
                url=self._url, why=f"it is of version {version}, newer than this library"
            )
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        if version < len(MIGRATIONS):
            _migrate(connection)
        return connection

    def add_office(self, office: str, profile: bytes) -> bytes:
        """Make an office, or give the profile of one that exists."""
        with self._writing() as connection:
            connection.execute(
                "insert into offices values (?, ?, 0, '') on conflict do nothing", (office, profile)
            )
            found: bytes = _one(connection, "select profile from offices where office = ?", office)
            return found

    def offices(self) -> Mapping[str, bytes]:
        """Give every office and its profile."""
        with self._using() as connection:
            return dict(connection.execute("select office, profile from offices order by office"))

    def commit(self, office: str, batch: Batch) -> int:
        """Write all of the batch or nothing."""
        with self._writing() as connection:
            seq, keys = _checked(connection, office, batch)
            _write_records(connection, office, batch, keys)
            _write_claims(connection, office, batch)
            connection.executemany(
                "insert into journal values (?, ?, ?, ?, ?, ?, ?)",
                (
                    (office, place, one.kind, one.id, one.version, one.hash, one.body)
                    for place, one in enumerate(batch.entries, start=seq + 1)
                ),
            )
            connection.executemany(
                "insert into commands values (?, ?, ?, ?, ?)",
                ((office, one.id, one.actor, one.digest, one.receipt) for one in batch.commands),
            )
            connection.executemany(
                "insert into messages values (?, ?, ?, 0, '', '', 0, ?)",
                ((office, one.key, one.due, one.body) for one in batch.messages),
            )
            seq += len(batch.entries)
            connection.execute(
                "update offices set seq = ?, recorded = ? where office = ?",
                (seq, batch.recorded, office),
            )
            return seq

    def executed(self, office: str, ids: Iterable[str]) -> Mapping[str, Executed]:
        """Give those of the commands that took effect."""
        sql = "select id, actor, digest, receipt from commands where office = ? and id = ?"
        with self._using() as connection:
            rows = (connection.execute(sql, (office, one)).fetchone() for one in ids)
            return {row[0]: Executed(*row) for row in rows if row}

    def load(self, office: str, refs: Iterable[Ref]) -> Mapping[Ref, Row]:
        """Give those of the records that exist, read at one moment."""
        wanted = list(refs)
        sql = f"select {_ROW} from records where office = ? and kind = ? and id = ?"
        with self._using() as connection:
            if len(wanted) > 1:
                connection.execute("begin")
            try:
                found = (connection.execute(sql, (office, *ref)).fetchone() for ref in wanted)
                rows = [_row(one) for one in found if one]
            finally:
                if len(wanted) > 1:
                    connection.execute("commit")
        return {row.ref: row for row in rows}

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
        where, values = ["office = ?"], [office]
        for column, value in (("kind", kind), ("state", state), ("grp", group)):
            if value is not None:
                where.append(f"{column} = ?")
                values.append(value)
        for column, value in (("queue", queue), ("region", region)):
            if value is not None:
                where.append(f"({column} = ? or ({column} >= ? and {column} < ?))")
                values += [value, value + ".", value + "/"]  # the character after the dot
        if group:
            where.append("grp <> ''")
        if queue:
            where.append("queue <> ''")
        if key is not None:
            where.append("(kind, id) in (select kind, id from record_keys where office = ? and key = ?)")
            values += [office, key]
        if due_until is not None:
            where.append("due <= ?")
            values.append(due_until)
        if after is not None:
            where.append("(due, kind, id) > (?, ?, ?)")
            values += read_position(after)
        sql = f"select {_ROW} from records where {' and '.join(where)} order by due, kind, id limit ?"
        with self._using() as connection:
            rows = [_row(one) for one in connection.execute(sql, (*values, limit + 1))]
        more = len(rows) > limit
        return rows[:limit], position_after(rows[limit - 1]) if more else None

    def journal(
        self, office: str, *, of: Ref | None = None, after: int = 0, limit: int = 1000
    ) -> Sequence[JournalEntry]:
        """Give entries in order."""
        about = "and kind = ? and id = ?" if of else ""
        sql = (
            "select kind, id, version, hash, body, seq from journal"
            f" where office = ? and seq > ? {about} order by seq limit ?"
        )
        with self._using() as connection:
            rows = connection.execute(sql, (office, after, *(of or ()), limit))
            return [JournalEntry(*row[:5], seq=row[5]) for row in rows]

    def claims(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        """Give claims that are held."""
        sql = "select key, kind, id from claims where office = ? and key > ? order by key limit ?"
        with self._using() as connection:
            return [Claim(*row) for row in connection.execute(sql, (office, after, limit))]

    def lease(self, office: str, *, now: str, until: str, limit: int) -> Sequence[Lease]:
        """Lend due messages."""
        due = (
            "select key, due, body, attempts from messages"
            " where office = ? and parked = 0 and due <= ? and lent_until <= ?"
            " order by due, key limit ?"
        )
        lend = (
            "update messages set attempts = ?, token = ?, lent_until = ?"
            " where office = ? and key = ?"
        )
        with self._writing() as connection:
            rows = connection.execute(due, (office, now, now, limit)).fetchall()
            leases = [
                Lease(Message(key, due_, body), uuid4().hex, attempts + 1)
                for key, due_, body, attempts in rows
            ]
            connection.executemany(
                lend, ((one.attempts, one.token, until, office, one.message.key) for one in leases)
            )
            return leases

    def settle(self, office: str, key: str, token: str, *, again: str | None, parked: bool) -> bool:
        """End a lease."""
        which = "where office = ? and key = ? and token = ? and token <> ''"
        with self._writing() as connection:
            before = connection.total_changes()
            if again is None:
                connection.execute(f"delete from messages {which}", (office, key, token))
            else:
                connection.execute(
                    f"update messages set due = ?, parked = ?, token = '', lent_until = '' {which}",
                    (again, int(parked), office, key, token),
                )
            return bool(connection.total_changes() > before)

    def messages(self, office: str, *, parked: bool, limit: int = 100) -> Sequence[Message]:
        """Give undelivered messages."""
        sql = (
            "select key, due, body from messages where office = ? and parked = ?"
            " order by due, key limit ?"
        )
        with self._using() as connection:
            return [Message(*row) for row in connection.execute(sql, (office, int(parked), limit))]

    def close(self) -> None:
        """Close the connection; a later call opens it again."""
        with self._lock:
            if self._connection is not None and self._process == os.getpid():
                self._connection.close()
            self._connection = None


def _one(connection: apsw.Connection, sql: str, *values: Any) -> Any:
    row = connection.execute(sql, values).fetchone()
    return row[0] if row else None


def _row(values: tuple[Any, ...]) -> Row:
    *columns, keys, body = values
    return Row(*columns, tuple(orjson.loads(keys)), body)


def _migrate(connection: apsw.Connection) -> None:
    """Bring the file to this version; another process may have been faster."""
    connection.execute("begin immediate")
    try:
        version = _one(connection, "pragma user_version")
        for script in MIGRATIONS[version:]:
            connection.execute(script)
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute(f"pragma user_version = {len(MIGRATIONS)}")
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _checked(connection: apsw.Connection, office: str, batch: Batch) -> tuple[int, _Keys]:
    """Check all that a commit depends on; give the sequence and the search keys so far."""
    sql = "select id, actor, digest, receipt from commands where office = ? and id = ?"
    for command in batch.commands:
        known = connection.execute(sql, (office, command.id)).fetchone()
        if known:
            raise CommandKnown(Executed(*known))
    head = connection.execute(
        "select seq, recorded from offices where office = ?", (office,)
    ).fetchone()
    if head is None:
        raise NotFound(kind="office", id=office)
    if batch.recorded < head[1]:
        raise ClockBehind(head[1])
    read = [(write.row.ref, write.read_at) for write in batch.writes] + list(batch.unchanged)
    sql = "select version, keys from records where office = ? and kind = ? and id = ?"
    stale = []
    keys = {}
    for ref, at in read:
        version, keys[ref] = connection.execute(sql, (office, *ref)).fetchone() or (0, "[]")
        if version != at:
            stale.append(ref)
    if stale:
        raise StaleVersions(stale)
    return int(head[0]), keys


def _write_records(connection: apsw.Connection, office: str, batch: Batch, keys: _Keys) -> None:
    """Write the records, whose versions were compared in the same transaction."""
    connection.executemany(
        "insert into records (office, kind, id, version, state, region, queue, due, grp, keys, body)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " on conflict (office, kind, id) do update set version = excluded.version,"
        " state = excluded.state, region = excluded.region, queue = excluded.queue,"
        " due = excluded.due, grp = excluded.grp, keys = excluded.keys, body = excluded.body",
        (_columns(office, write.row) for write in batch.writes),
    )
    for write in batch.writes:
        before, after = set(orjson.loads(keys[write.row.ref])), set(write.row.keys)
        connection.executemany(
            "delete from record_keys where office = ? and key = ? and kind = ? and id = ?",
            ((office, key, *write.row.ref) for key in before - after),
        )
        connection.executemany(
            "insert into record_keys values (?, ?, ?, ?)",
            ((office, key, *write.row.ref) for key in after - before),
        )


def _columns(office: str, row: Row) -> tuple[Any, ...]:
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
        orjson.dumps(row.keys).decode(),
        row.body,
    )


def _write_claims(connection: apsw.Connection, office: str, batch: Batch) -> None:
    connection.executemany(
        "delete from claims where office = ? and key = ? and kind = ? and id = ?",
        ((office, one.key, one.kind, one.id) for one in batch.release),
    )
    for one in batch.take:
        before = connection.total_changes()
        connection.execute(
            "insert into claims values (?, ?, ?, ?) on conflict do nothing",
            (office, one.key, one.kind, one.id),
        )
        if connection.total_changes() == before:
            sql = "select key, kind, id from claims where office = ? and key = ?"
            holder = Claim(*connection.execute(sql, (office, one.key)).fetchone())
            if holder != one:
                raise ClaimTaken(holder)

