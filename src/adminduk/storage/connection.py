"""One connection to a SQLite file: shared by threads, left behind by a fork, its failures named."""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Final

import apsw
import orjson

from adminduk.errors import StorageFailure
from adminduk.storage.schema import APPLICATION_ID, MIGRATIONS

__all__ = ["BUSY_SECONDS", "Database", "failure_of", "naming", "query", "query_each"]

BUSY_SECONDS: Final = 10
"""How long a call waits while another process writes."""

_PAUSE: Final = 0.01

_HEAD: Final = 100
"""How many bytes every database begins with."""

_DAMAGED: Final = ("corrupt", "its file is damaged; restore the last good copy")

_WHY: Final[dict[type[Exception], tuple[str, str]]] = {
    apsw.BusyError: ("busy", f"another process has kept it locked for {BUSY_SECONDS} seconds"),
    apsw.ProtocolError: ("busy", "too many processes lock it at once"),
    apsw.FullError: ("full", "there is no space left"),
    apsw.ReadOnlyError: ("read_only", "it cannot be written"),
    apsw.PermissionsError: ("read_only", "it may not be written"),
    apsw.CantOpenError: ("cannot_open", "it cannot be opened"),
    apsw.NotADBError: ("not_a_database", "it is not a database"),
    apsw.CorruptError: _DAMAGED,
    UnicodeDecodeError: _DAMAGED,
    orjson.JSONDecodeError: _DAMAGED,
    apsw.IOError: ("io", "its medium failed to read or write"),
    apsw.NoMemError: ("memory", "there is no memory left"),
}
"""What the medium may do to us, by the error of the driver; any other error is a fault of ours.

A byte that changed inside a text is not noticed by SQLite, but by who reads the text.
"""

_STATE: Final = (
    "select (select application_id from pragma_application_id),"
    " (select user_version from pragma_user_version), exists (select 1 from sqlite_schema)"
)


def query(cursor: apsw.Cursor, sql: str, values: Sequence[str | int] = ()) -> list[Any]:
    """Give every row; whoever asks knows the types of the columns, as the tables are strict."""
    return cursor.execute(sql, values).fetchall()


def query_each(cursor: apsw.Cursor, sql: str, values: Sequence[Sequence[str | int]]) -> list[Any]:
    """Give the rows of one query after the other, each with its own values."""
    return cursor.executemany(sql, values).fetchall() if values else []


def failure_of(url: str, error: Exception) -> StorageFailure:
    """Give a failure of the medium in our words; the error is one of those that are known."""
    reason, why = next(_WHY[kind] for kind in type(error).__mro__ if kind in _WHY)
    return StorageFailure(url=url, why=why, reason=reason)


@contextmanager
def naming(url: str) -> Iterator[None]:
    """Say what the medium does in our words, as a failure of this URL."""
    try:
        yield
    except tuple(_WHY) as error:
        raise failure_of(url, error) from error


class Database:
    """A file with our tables, opened again when it is needed after `close`.

    One that exists is opened at once; one that does not is made when it is first used, so that a
    mistyped name makes none.

    Args:
        url: How failures name it.
        path: Where it is, or is to be.

    Raises:
        StorageFailure: It cannot be opened, is not ours, or is of a newer version; it is left as
            it was.
    """

    def __init__(self, url: str, path: str) -> None:
        self._url = url
        self._path = Path(path).absolute()  # a later change of folder leads nowhere else
        self._lock = RLock()
        self._connection: apsw.Connection | None = None
        _remember(self)
        if self.exists or not os.access(self._path.parent, os.W_OK):
            with self.reading():
                pass

    @property
    def url(self) -> str:
        """How failures name it."""
        return self._url

    @property
    def exists(self) -> bool:
        """Whether there is a file yet."""
        return os.path.lexists(self._path)

    def reading(self) -> AbstractContextManager[apsw.Cursor]:
        """Lend a cursor that sees one moment."""
        return self._transaction("begin")

    def writing(self) -> AbstractContextManager[apsw.Cursor]:
        """Lend a cursor that alone may write; durable when left, undone when left by an error."""
        return self._transaction("begin immediate")

    def another(self) -> Database:
        """Give another connection to the file."""
        return type(self)(self._url, str(self._path))

    def empty_log(self) -> None:
        """Have all that was written in the file itself, and nothing left in the log beside it.

        Raises:
            StorageFailure: Somebody has been reading an earlier moment for too long.
        """
        with self._lock, naming(self._url):
            if self._connection is None:
                self._connection = self._opened()
            ((busy, *_),) = self._connection.execute("pragma wal_checkpoint(truncate)")
            if busy:
                raise apsw.BusyError

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close(force=True)
                self._connection = None

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[apsw.Cursor]:
        """Lend a cursor to one thread, and say failures of the medium in our words."""
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._opened()
                connection = self._connection
                cursor = connection.cursor()
                try:
                    cursor.execute(begin)  # an interrupt may come when it has just begun
                    yield cursor
                    cursor.execute("commit")
                except BaseException:
                    if connection.in_transaction:  # some failures have undone it already
                        connection.execute("rollback")
                    raise
            except tuple(_WHY) as error:
                raise failure_of(self._url, error) from error

    def _failure(self, reason: str, why: str) -> StorageFailure:
        return StorageFailure(url=self._url, why=why, reason=reason)

    def _opened(self) -> apsw.Connection:
        if self.exists and 0 < self._path.stat().st_size < _HEAD:  # SQLite takes some for empty
            raise failure_of(self._url, apsw.NotADBError())
        connection = apsw.Connection(str(self._path))
        try:
            connection.set_busy_timeout(BUSY_SECONDS * 1000)
            connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)  # it may not be ours
            if self._version(connection) < len(MIGRATIONS):
                self._migrate(connection)
            connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)
            _use_wal(connection)
            connection.pragma("synchronous", "full")
            connection.pragma("secure_delete", "fast")  # what is deleted is overwritten
            connection.pragma("fullfsync", 1)  # macOS: through the disk's own cache
        except BaseException:
            connection.close()
            raise
        return connection

    def _version(self, connection: apsw.Connection) -> int:
        """Give the version of the file; 0 for one that is empty."""
        owner, version, filled = query(connection.cursor(), _STATE)[0]
        if (owner, version, filled) == (0, 0, 0):
            return 0
        if owner != APPLICATION_ID:
            raise self._failure("foreign", "it is a file of another program")
        if version > len(MIGRATIONS):
            raise self._failure(
                "newer",
                f"its version is {version}, this library knows {len(MIGRATIONS)}: update adminduk",
            )
        return int(version)

    def _migrate(self, connection: apsw.Connection) -> None:
        """Bring the file to our version in one transaction, unless another process just has."""
        connection.execute("begin immediate")
        try:
            for script in MIGRATIONS[self._version(connection) :]:
                connection.execute(script)
            connection.pragma("application_id", APPLICATION_ID)
            connection.pragma("user_version", len(MIGRATIONS))
            connection.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise


def _use_wal(connection: apsw.Connection) -> None:
    """Write ahead, so that readers and the writer do not wait for each other.

    SQLite does not wait for a lock while it changes the mode of a file, so we do.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.pragma("journal_mode", "wal")
        except apsw.BusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return


_known: Final[weakref.WeakSet[Database]] = weakref.WeakSet()
_known_lock: Final = RLock()
_held: Final[list[Database]] = []
_left: Final[list[apsw.Connection | None]] = []


def _remember(database: Database) -> None:
    with _known_lock:
        _known.add(database)


def _before_fork() -> None:
    """Wait until no thread is inside SQLite: a child must not be born with its locks held."""
    _known_lock.acquire()
    _held.extend(_known)
    for one in _held:
        one._lock.acquire()  # noqa: SLF001 - this module's own


def _after_fork() -> None:
    while _held:
        _held.pop()._lock.release()  # noqa: SLF001 - this module's own
    _known_lock.release()


def _after_fork_in_child() -> None:
    """Leave the parent's connections alone: closing one would drop the parent's locks."""
    for one in _held:
        _left.append(one._connection)  # noqa: SLF001 - this module's own
        one._connection = None  # noqa: SLF001 - this module's own
    _after_fork()


if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(
        before=_before_fork,
        after_in_parent=_after_fork,
        after_in_child=_after_fork_in_child,
    )
