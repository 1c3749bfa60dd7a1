"""The library in a schema, and psycopg in a copy of it that must end up the same."""

from __future__ import annotations

from functools import partial
from typing import Any, Final, Self

from psycopg import Connection
from psycopg.sql import SQL, Identifier

from adminduk import Actor, commands
from adminduk_postgresql.address import Address
from adminduk_postgresql.storage import PostgreSQLStorage
from benchmarks.pair import Recording, Written
from benchmarks.postgresql.raw import statements, write
from benchmarks.postgresql.server import connect, place
from benchmarks.raw import Statement
from benchmarks.same import DifferentRows
from benchmarks.timing import Step
from benchmarks.town import OFFICE, office_on

__all__ = ["Pair", "Recorder"]

_TABLES: Final = """
select relname from pg_class where relnamespace = to_regnamespace(%s) and relkind in ('r', 'p')
    and not relispartition and relname <> 'versions' order by relname
"""
_COPY: Final = SQL("insert into {}.{table} select * from {}.{table}")
_DIFFERENT: Final = SQL("""
    (select 'ours', t.* from (select * from {ours}.{table} except all
        select * from {floor}.{table}) t limit 1)
    union all
    (select 'floor', t.* from (select * from {floor}.{table} except all
        select * from {ours}.{table}) t limit 1)
""")


class Recorder(Recording, PostgreSQLStorage):
    """The library's own storage in a schema."""


class Pair:
    """Both sides, ours where the store was prepared, the other in a copy.

    Args:
        url: The store; nothing has it open.
        database: The database that it is in.
    """

    def __init__(self, url: str, database: str) -> None:
        self._ours, self._floor = url, place(database)
        PostgreSQLStorage(self._floor).close()
        self.raw = connect(self._floor)
        _copy(self.raw, self._ours, self._floor)
        self._recorder = Recorder(self._ours)
        self.office = office_on(self._recorder, seed=2)
        self._written: Written | None = None
        self._statements: list[Statement] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.office.close()
        if kind is None:
            _check_same(self.raw, self._ours, self._floor)
        self.raw.close()

    def step(self, command: commands.Command, by: Actor) -> Step:
        """Make a round: the command on one side, the rows that it wrote on the other."""
        return Step(partial(self.office.do, command, by=by), self._write, self._prepare)

    def _prepare(self) -> None:
        self._written = self._recorder.written()
        self._statements = statements(OFFICE, self._written)
        self._recorder.forget()

    def _write(self) -> None:
        assert self._written is not None
        write(self.raw, OFFICE, self._written, self._statements)


def _schema(url: str) -> Identifier:
    return Identifier(Address.read(url).schema)


def _tables(connection: Connection[Any], url: str) -> list[Identifier]:
    names = connection.execute(_TABLES, (Address.read(url).schema,))
    return [Identifier(name) for (name,) in names]


def _copy(connection: Connection[Any], ours: str, floor: str) -> None:
    """Copy what is stored, and let the planner know both."""
    for table in _tables(connection, floor):
        connection.execute(_COPY.format(_schema(floor), _schema(ours), table=table))
    connection.execute("analyze")


def _check_same(connection: Connection[Any], ours: str, floor: str) -> None:
    """Compare each row of each table.

    Raises:
        DifferentRows: They are not the same.
    """
    connection.execute("reset all")  # or the planner may not sort
    for name in ("sort", "hashagg", "seqscan"):
        connection.execute(SQL("set enable_{} = on").format(SQL(name)))
    tables = _tables(connection, ours)
    if not tables or tables != _tables(connection, floor):
        raise DifferentRows(f"other tables: {tables}")
    for table in tables:
        compared = _DIFFERENT.format(table=table, ours=_schema(ours), floor=_schema(floor))
        for found in connection.execute(compared):
            raise DifferentRows(f"table {table.as_string(None)}: {found}")
