"""Spreads the tables of a store over the nodes of Citus, by office.

`python -m adminduk_postgresql.distribute URL`, with the URL of the coordinator, as whoever owns the
tables. All rows of an office are then on one node, its row in `offices` with them, so that a commit
is one transaction of that node. What is stored already moves along; all of it happens in one
transaction, or nothing. Roles are granted again afterwards what they need.
"""

from __future__ import annotations

import sys
from typing import Any, Final

from psycopg import Connection
from psycopg.sql import SQL, Identifier

from adminduk.errors import AdmindukError, Refused
from adminduk.language import N_
from adminduk_postgresql.address import Address
from adminduk_postgresql.failing import naming
from adminduk_postgresql.schema import (
    GROWING,
    LOCK,
    SPREAD,
    UNDIVIDED,
    bring_up_to_date,
    is_distributed,
)

__all__ = ["distribute", "lay_anew", "main"]

_TABLES: Final = ("offices", *GROWING)

_ASIDE: Final = "adminduk_aside"
"""The schema in which the tables of before wait until their rows have moved."""

_EXTENSION: Final = "select 1 from pg_extension where extname = 'citus'"


def distribute(url: str) -> bool:
    """Distribute the tables of a store; they are made if there are none.

    Returns:
        Whether anything was to do: False if they are distributed already.

    Raises:
        InvalidInput: The URL names no database.
        Refused: Its server has no Citus.
        StorageFailure: The store cannot be opened, or others kept it locked for too long.
    """
    address = Address.read(url)
    with naming(address.shown), Connection.connect(**address.parameters, autocommit=True) as one:
        if not one.execute(_EXTENSION).fetchall():
            raise Refused(
                "citus_missing",
                N_("{url} has no Citus: on every node of it, create extension citus."),
                url=address.shown,
            )
        bring_up_to_date(one, address.schema, address.shown)
        with one.transaction():
            one.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
            if is_distributed(one):
                return False
            lay_anew(one)
    return True


def lay_anew(connection: Connection[Any]) -> None:
    """Put the tables aside, make them anew without parts, and move what they hold."""

    def each(sql: str) -> None:
        for table in _TABLES:
            connection.execute(SQL(sql).format(table=Identifier(table), aside=Identifier(_ASIDE)))

    connection.execute("set local statement_timeout = 0")  # it takes as long as there are rows
    connection.execute(SQL("create schema {}").format(Identifier(_ASIDE)))
    each("alter table {table} set schema {aside}")
    for script in UNDIVIDED:
        connection.execute(SQL(script))
    for table, beside in zip(_TABLES, ("none", *["offices"] * len(GROWING)), strict=True):
        connection.execute(SPREAD, (table, beside))
    each("insert into {table} select * from {aside}.{table}")
    each("drop table {aside}.{table}")
    connection.execute(SQL("drop schema {}").format(Identifier(_ASIDE)))
    connection.execute("select create_reference_table('versions')")


def main(arguments: list[str]) -> None:
    """Distribute the tables, and say so."""
    if len(arguments) != 1:
        sys.exit("usage: python -m adminduk_postgresql.distribute URL")
    try:
        done = distribute(*arguments)
    except AdmindukError as error:
        sys.exit(str(error))
    sys.stdout.write("distributed\n" if done else "distributed already\n")


if __name__ == "__main__":
    main(sys.argv[1:])
