"""The tables of the PostgreSQL storage, and how those of an older version become newer ones.

Every key begins with the office, and the tables that grow are divided by it: each of their indexes
is of a part of the offices, and vacuum has smaller tables before it. Texts are compared by code
point (`collate "C"`), whatever the language of the database. The columns after the first ones of an
index are the order in which a page is read: due, kind, id. What waits for nobody (no queue) and
belongs to nothing (no group) is left out of those indexes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from psycopg import Connection
from psycopg.sql import SQL, Identifier

from adminduk.errors import StorageFailure

__all__ = [
    "GROWING",
    "LOCK",
    "MIGRATIONS",
    "SPREAD",
    "UNDIVIDED",
    "bring_up_to_date",
    "is_distributed",
]

PARTS: Final = 8
"""Into how many parts a table that grows is divided."""

GROWING: Final = (
    "records",
    "record_keys",
    "journal",
    "claims",
    "commands",
    "messages",
    "data_keys",
)

_TABLES: Final = """
create table offices (
    office TEXT primary key, profile bytea not null,
    seq bigint not null, recorded TEXT
) with (fillfactor = 50);

create table records (
    office TEXT, kind TEXT, id TEXT, version bigint not null,
    state TEXT, region TEXT, queue TEXT, due TEXT,
    grp TEXT, keys text[] collate "C" not null, body bytea not null,
    primary key (office, kind, id)
) partition by hash (office);
create index records_by_queue on records (office, queue, due, kind, id) where queue <> '';
create index records_by_group on records (office, grp, due, kind, id) where grp <> '';
create index records_by_region on records (office, region, due, kind, id);
create index records_by_state on records (office, kind, state, due, id);

create table record_keys (
    office TEXT, key TEXT, due TEXT, kind TEXT, id TEXT,
    primary key (office, key, due, kind, id)
) partition by hash (office);

create table journal (
    office TEXT, seq bigint not null, kind TEXT, id TEXT,
    version bigint not null, hash bytea not null, body bytea not null,
    primary key (office, seq)
) partition by hash (office);
create index journal_by_record on journal (office, kind, id, seq);

create table claims (
    office TEXT, key TEXT, kind TEXT, id TEXT, primary key (office, key)
) partition by hash (office);

create table commands (
    office TEXT, id TEXT, actor TEXT, digest bytea not null,
    receipt bytea not null, primary key (office, id)
) partition by hash (office);

create table messages (
    office TEXT, key TEXT, due TEXT, parked boolean not null,
    lent_until TEXT, token TEXT, attempts integer not null, body bytea not null,
    primary key (office, key)
) partition by hash (office);
create index messages_by_due on messages (office, parked, due, key);
"""

_KEYS: Final = """
create table data_keys (
    office TEXT, owner TEXT, wrapped bytea not null, primary key (office, owner)
) partition by hash (office);
"""

_LAYOUTS: Final = ((_TABLES, GROWING[:-1]), (_KEYS, GROWING[-1:]))
"""Each version's script, and which of its tables are divided."""


def _parted(script: str, tables: Sequence[str]) -> str:
    return _typed(script) + "".join(
        f"create table {table}_{part} partition of {table}"
        f" for values with (modulus {PARTS}, remainder {part});\n"
        for table in tables
        for part in range(PARTS)
    )


def _typed(script: str) -> str:
    return script.replace("TEXT", 'text collate "C" not null')


MIGRATIONS: Final = tuple(_parted(*one) for one in _LAYOUTS)
"""The n-th script takes the tables from version n - 1 to n; one that was released never changes."""

UNDIVIDED: Final = tuple(
    _typed(script).replace("partition by hash (office)", "") for script, _ in _LAYOUTS
)
"""The same, of the same tables without parts: whoever divides them in another way begins there."""

SPREAD: Final = "select create_distributed_table(%s, 'office', colocate_with => %s)"
"""How Citus spreads a table over its nodes."""

LOCK: Final = 0x41444455
"""The advisory lock of whoever changes the tables; held until its transaction ends."""

_STATE: Final = """
select current_setting('server_encoding'), to_regclass('versions') is not null,
    exists (select 1 from pg_class where relnamespace = n),
    coalesce(has_schema_privilege(n, 'usage'), true)
from to_regnamespace(%s) n
"""

_DISTRIBUTED: Final = "select 1 from pg_dist_partition where logicalrelid = 'offices'::regclass"

_THERE: Final = "select 1 from pg_namespace where nspname = %s"
"""Whether the schema is there: who has one may not be allowed to make one.

It reads the table, as what a session remembers of names may be older than the lock.
"""


def bring_up_to_date(connection: Connection[Any], schema: str, url: str) -> None:
    """Make our tables, or bring them to our version, in one transaction; mostly there is nothing.

    Raises:
        StorageFailure: They are not ours, of a newer version, or not to be used by this user; they
            are left as they were.
    """
    if _version(connection, schema, url) == len(MIGRATIONS):
        return
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
        if not connection.execute(_THERE, (schema,)).fetchall():
            connection.execute(SQL("create schema {}").format(Identifier(schema)))
        version = _version(connection, schema, url)  # another process may just have done it
        if version == 0:
            connection.execute("create table if not exists versions (version integer primary key)")
        spread = version > 0 and is_distributed(connection)
        scripts = UNDIVIDED if spread else MIGRATIONS
        for number, script in enumerate(scripts[version:], start=version + 1):
            connection.execute(SQL(script))
            for table in _LAYOUTS[number - 1][1] if spread else ():
                connection.execute(SPREAD, (table, "offices"))
            connection.execute("insert into versions values (%s)", (number,))


def is_distributed(connection: Connection[Any]) -> bool:
    """Say whether the tables are spread over the nodes of Citus."""
    ((citus,),) = connection.execute("select to_regclass('pg_dist_partition')").fetchall()
    return citus is not None and bool(connection.execute(_DISTRIBUTED).fetchall())


def _version(connection: Connection[Any], schema: str, url: str) -> int:
    """Give the version of the tables; 0 where there are none."""
    (state,) = connection.execute(_STATE, (schema,)).fetchall()
    encoding, ours, filled, allowed = state
    if encoding != "UTF8":
        why = f"its database is encoded in {encoding}, not in UTF8"
        raise StorageFailure(url=url, why=why, reason="encoding")
    if not allowed:
        why = f"this user may not use its schema {schema}, until its owner grants what is needed"
        raise StorageFailure(url=url, why=why, reason="not_allowed")
    if not ours:
        if filled:
            why = f"its schema {schema} holds tables of another program"
            raise StorageFailure(url=url, why=why, reason="foreign")
        return 0
    ((version,),) = connection.execute("select coalesce(max(version), 0) from versions").fetchall()
    if version > len(MIGRATIONS):
        why = (
            f"its version is {version}, this adapter knows {len(MIGRATIONS)}:"
            " update adminduk-postgresql"
        )
        raise StorageFailure(url=url, why=why, reason="newer")
    return int(version)
