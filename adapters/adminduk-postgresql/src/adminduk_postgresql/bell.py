"""A bell at a PostgreSQL database: rung after a commit, heard on a connection of its own.

It is rung by `NOTIFY` on the channel that is named like the schema, with the office. That is done
after the commit, not in it: a transaction that notifies keeps a lock of the whole server until it
is synced, so the commits of all offices would come one after the other; and while somebody does
not read what he listens to, until the server has no more room for it, they would fail. What is
lost when a process ends just between the two is found by who looks now and then.
"""

from __future__ import annotations

from contextlib import closing, suppress
from typing import Any, Final

import psycopg
from psycopg import Connection

from adminduk_postgresql.connection import Database
from adminduk_postgresql.texts import stored

__all__ = ["DatabaseBell", "ring"]

_RING: Final = "select pg_notify(current_schema(), %b)"


def ring(connection: Connection[Any], office: str) -> None:
    """Ring for an office that has new messages; whatever comes of it, they are committed."""
    with suppress(psycopg.Error):
        connection.execute(_RING, (office,))


class DatabaseBell:
    """Rings when an office has new messages.

    Raises:
        StorageFailure: The server cannot be reached; a later wait tries again.
    """

    def __init__(self, database: Database, office: str) -> None:
        self._database = database
        self._office = stored(office)
        self._connection = database.listening()

    def wait(self, seconds: float) -> bool:
        """Wait until it rings, or the connection breaks: what was rung then was not heard."""
        if self._connection.closed:
            self._connection = self._database.listening()
            return True
        try:
            with closing(self._connection.notifies(timeout=seconds)) as heard:
                return any(one.payload == self._office for one in heard)
        except psycopg.OperationalError:
            self.close()
            return True

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
