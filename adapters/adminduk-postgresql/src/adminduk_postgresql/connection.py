"""Connections to a database: a pool for the threads of a process, left behind by a fork."""

from __future__ import annotations

import logging
import os
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, Final

import psycopg
from psycopg import Connection
from psycopg.pq import ConnStatus
from psycopg.sql import SQL, Identifier
from psycopg_pool import ConnectionPool, PoolTimeout

from adminduk_postgresql.address import Address
from adminduk_postgresql.failing import naming
from adminduk_postgresql.patient import PatientConnection
from adminduk_postgresql.reaching import arguments, reach
from adminduk_postgresql.schema import bring_up_to_date, is_distributed

__all__ = ["CONNECTIONS", "WAIT_SECONDS", "Database"]

CONNECTIONS: Final = 8
"""How many connections a process has at most, however many threads it has."""

WAIT_SECONDS: Final = 10
"""How long a call waits for one of them: as long as a server may take to start anew."""

_TRY_AGAIN_SECONDS: Final = 0.5
"""How long a server that is away is left alone: the pool's own pauses would grow."""

_PAUSE: Final = 0.002

# What the driver says of a connection that is lost we say ourselves, as a failure. It is printed
# only where somebody has set up logging.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

_PLANS: Final = " -c plan_cache_mode=auto"
"""Of distributed tables there is no plan before it is known which office is meant."""


class Database:
    """A database with our tables, opened again when it is needed after `close`.

    Args:
        address: Where it is.

    Raises:
        StorageFailure: It cannot be opened, its tables are not ours, or of a newer version.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._lock = RLock()
        self._pool: ConnectionPool[PatientConnection] | None = None
        _known.add(self)
        with naming(address.shown):
            self._opened()

    @contextmanager
    def connection(self) -> Iterator[Connection[Any]]:
        """Lend a connection to one thread; each statement outside a transaction is one of its own.

        Failures of the medium are said in our words; so is a commit that is not on the standby.
        """
        with naming(self._address.shown):
            pool = self._opened()
            try:
                connection = _alive(pool)
            except PoolTimeout:
                reach(self._address, 0).close()  # says why, if it is the server
                raise
            try:
                yield connection
                connection.check_confirmed()
            finally:
                pool.putconn(connection)

    def listening(self) -> Connection[Any]:
        """Give a connection beside all others that hears what is rung for offices of our schema."""
        with naming(self._address.shown):
            try:  # not a patient one: nothing may be rung for long
                connection = Connection.connect(**arguments(self._address))
            except psycopg.OperationalError:
                reach(self._address, 0).close()  # says why
                raise
            try:
                connection.execute(SQL("listen {}").format(Identifier(self._address.schema)))
            except psycopg.Error:
                connection.close()
                raise
            return connection

    def close(self) -> None:
        """Let go of every connection."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()

    def _opened(self) -> ConnectionPool[PatientConnection]:
        with self._lock:
            if self._pool is None:
                with reach(self._address, WAIT_SECONDS) as connection:
                    bring_up_to_date(connection, self._address.schema, self._address.shown)
                    _await_commits(connection)
                    told = arguments(self._address)
                    if is_distributed(connection):
                        told["options"] += _PLANS
                self._pool = ConnectionPool(
                    connection_class=PatientConnection,
                    kwargs=told,
                    min_size=0,
                    max_size=CONNECTIONS,
                    reconnect_timeout=0,  # who waits has it try again
                    num_workers=1,
                    open=True,
                )
            return self._pool

    def _leave(self) -> None:
        """Forget the connections of the parent: to close one would end it for the parent, too."""
        _left.append(self._pool)
        self._pool, self._lock = None, RLock()


_COMMITTING: Final = """
select virtualtransaction from pg_locks
where relation = 'offices'::regclass and mode = 'RowShareLock'
    and database = (select oid from pg_database where datname = current_database())
"""
"""Every commit has locked the row of its office, and lets go of it when it can be seen.

In a database that was copied as a template the table has the same number.
"""


def _await_commits(connection: Connection[Any]) -> None:
    """Wait until the commits that are on their way are over.

    The server may still be at one of a process that was killed: whoever opens the store because of
    that must not see first none of it, then all.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    underway = set(connection.execute(_COMMITTING))
    while underway and time.monotonic() < deadline:
        time.sleep(_PAUSE)
        underway &= set(connection.execute(_COMMITTING))


def _alive(pool: ConnectionPool[PatientConnection]) -> PatientConnection:
    """Give a connection that the server has not ended meanwhile; those that it has are let go."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        left = deadline - time.monotonic()
        try:
            connection = pool.getconn(min(left, _TRY_AGAIN_SECONDS))
        except PoolTimeout:
            if left <= _TRY_AGAIN_SECONDS:
                raise
            continue
        if not _is_ended(connection):
            return connection
        pool.putconn(connection)


def _is_ended(connection: Connection[Any]) -> bool:
    """Look at what has arrived; the server is asked nothing.

    What it said before it ended the connection is read first, then the end.
    """
    try:
        for _ in range(2):
            connection.pgconn.consume_input()
    except psycopg.OperationalError:
        return True
    return connection.pgconn.status != ConnStatus.OK


_known: Final[weakref.WeakSet[Database]] = weakref.WeakSet()
_left: Final[list[Any]] = []


def _after_fork_in_child() -> None:
    for one in list(_known):
        one._leave()  # noqa: SLF001 - this module's own


if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(after_in_child=_after_fork_in_child)
