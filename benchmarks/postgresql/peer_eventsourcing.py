"""The application of the `eventsourcing` library on PostgreSQL, by its own module for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresFactory
from psycopg import Cursor, connect
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow
from psycopg.sql import SQL, Identifier

from benchmarks.peer import COMMANDS
from benchmarks.peer_eventsourcing import Cases

__all__ = ["CurrentRecorder", "PostgreSQLCases"]

_TABLE = SQL(
    "create table if not exists {schema}.current (code text primary key, state text not null,"
    " copy text not null, region text not null)"
)
_PUT = SQL(
    "insert into {schema}.current values (%s, %s, %s, %s) on conflict (code)"
    " do update set state = excluded.state, copy = excluded.copy"
)


class CurrentRecorder(PostgresApplicationRecorder):
    """Writes the current state of a case into a row, in the transaction of its event."""

    def __init__(self, *what: Any, **more: Any) -> None:
        super().__init__(*what, **more)
        schema = Identifier(self.datastore.schema)
        self.sql_create_statements.append(_TABLE.format(schema=schema))
        self._put = _PUT.format(schema=schema)

    def _insert_events(
        self, curs: Cursor[DictRow], stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> None:
        super()._insert_events(curs, stored_events, **kwargs)
        curs.execute(self._put, kwargs["current"])


class PostgreSQLCases(Cases):
    """All cases, in a schema of their own.

    Args:
        database: The URL of the database.
    """

    def __init__(self, database: str) -> None:
        schema, told = f"peer_{uuid4().hex}", conninfo_to_dict(database)
        with connect(database) as connection:
            connection.execute(SQL("create schema {}").format(Identifier(schema)))
        super().__init__(
            {
                "PERSISTENCE_MODULE": "eventsourcing.postgres",
                "POSTGRES_DBNAME": str(told["dbname"]),
                "POSTGRES_HOST": str(told.get("host", "")),
                "POSTGRES_PORT": str(told.get("port", 5432)),
                "POSTGRES_USER": str(told["user"]),
                "POSTGRES_PASSWORD": str(told.get("password", "-")),
                "POSTGRES_SCHEMA": schema,
                "APPLICATION_RECORDER_TOPIC": f"{__name__}:CurrentRecorder",
            }
        )

    def check(self, cases: int) -> None:
        """Check that all is there, and that commits waited for the disk."""
        assert isinstance(self.factory, PostgresFactory)
        assert isinstance(self.recorder, CurrentRecorder)
        schema = Identifier(self.factory.datastore.schema)
        counts = SQL(
            "select (select count(*) from {schema}.current where state = 'completed') as cases,"
            " (select count(*) from {schema}.{events}) as entries,"
            " current_setting('synchronous_commit') as waits, current_setting('fsync') as writes"
        ).format(schema=schema, events=Identifier(self.recorder.events_table_name))
        with self.factory.datastore.get_connection() as connection:
            found = connection.execute(counts).fetchone()
        if found != {"cases": cases, "entries": cases * COMMANDS, "waits": "on", "writes": "on"}:
            raise RuntimeError(str(found))
