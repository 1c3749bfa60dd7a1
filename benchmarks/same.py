"""The proof that the floor did our work: both files hold the same rows, table by table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import apsw

__all__ = ["DifferentRows", "check_same"]


class DifferentRows(Exception):
    """The two files differ: whatever was measured compares different work."""


def check_same(ours: Path, floor: Path) -> None:
    """Compare two files, each row of each table.

    Raises:
        DifferentRows: They are not the same.
    """
    left, right = apsw.Connection(str(ours)), apsw.Connection(str(floor))
    try:
        tables = _tables(left)
        if not tables or tables != _tables(right):
            raise DifferentRows(f"other tables: {sorted(tables)}")
        for name in tables:
            for pair in zip_longest(_rows(left, name), _rows(right, name)):
                if pair[0] != pair[1]:
                    raise DifferentRows(f"table {name}: {pair[0]} is not {pair[1]}")
    finally:
        left.close()
        right.close()


def _tables(connection: apsw.Connection) -> dict[str, str]:
    sql = "select name, sql from sqlite_schema where type = 'table' order by name"
    return dict(connection.execute(sql))


def _rows(connection: apsw.Connection, table: str) -> Iterator[tuple[object, ...]]:
    """Give the rows of a table in the order of its key."""
    sql = "select name from pragma_table_info(?) where pk > 0 order by pk"
    key = ", ".join(name for (name,) in connection.execute(sql, (table,)))
    yield from connection.execute(f"select * from {table} order by {key}")  # noqa: S608 - names of the schema
