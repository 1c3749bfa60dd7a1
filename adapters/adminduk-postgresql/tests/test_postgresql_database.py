"""The database: its settings and tables, what is said when they cannot be used, forks, NUL."""

from __future__ import annotations

import itertools
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from adminduk import Office
from adminduk.errors import StorageFailure
from adminduk.plugins import lacking, listing, open_storage
from adminduk.ports import Storage
from adminduk.storage.question import Question
from adminduk.testing.kits.finding import FILTERS, all_pages, ids
from adminduk.testing.rows import NEVER, OFFICE, batch, claim, entry, time, write
from adminduk_postgresql import address as address_module
from adminduk_postgresql import committing as committing_module
from adminduk_postgresql import connection as connection_module
from adminduk_postgresql import schema as schema_module
from adminduk_postgresql import storage as storage_module
from adminduk_postgresql.address import Address
from adminduk_postgresql.finding import statement
from adminduk_postgresql.privileges import privileges

LOCKED = "select 1 from offices where office = %s for update"


def ask(storage: Storage, sql: str, values: Any = None) -> list[Any]:
    """Ask the database itself."""
    with storage._database.connection() as connection:  # type: ignore[attr-defined] # ours
        rows: list[Any] = connection.execute(sql, values).fetchall()
        return rows


def fails(url: str) -> str:
    """Open a storage that cannot be opened; give the reason."""
    with pytest.raises(StorageFailure) as caught:
        open_storage(url)
    assert caught.value.facts["url"] == Address.read(url).shown
    return str(caught.value.facts["reason"])


def test_it_is_found_by_its_scheme_and_lacks_nothing():
    """It is a plugin as any other."""
    assert "adminduk-postgresql" in {one.distribution for one in listing()}
    assert lacking("postgresql://db/tuban") == frozenset()


def test_every_session_is_durable_and_ends_what_takes_too_long(storage: Storage):
    """Whatever the server's own settings are."""
    names = (
        "synchronous_commit",
        "statement_timeout",
        "lock_timeout",
        "idle_in_transaction_session_timeout",
        "default_transaction_isolation",
        "enable_sort",
    )
    told = [ask(storage, "select current_setting(%s)", (name,))[0][0] for name in names]
    assert told == ["on", "1min", "10s", "1min", "read committed", "off"]


def test_texts_are_compared_by_code_point_in_every_column(storage: Storage):
    """Whatever the language of the database."""
    columns = ask(
        storage,
        "select table_name, column_name, collation_name from information_schema.columns"
        " where table_schema = current_schema and data_type in ('text', 'ARRAY')",
    )
    assert len(columns) > 30
    assert {collation for _, _, collation in columns} == {"C"}


@pytest.mark.usefixtures("one_node")
def test_what_waits_too_long_for_others_is_said_to_be_busy(
    url: str, storage: Storage, monkeypatch: pytest.MonkeyPatch
):
    """Waiting ends, nothing was written, and reading does not wait at all."""
    monkeypatch.setattr(address_module, "LOCK_SECONDS", 0.2)
    other = open_storage(url)
    with storage._database.connection() as connection, connection.transaction():  # type: ignore[attr-defined] # ours
        connection.execute(LOCKED, (OFFICE,))
        with pytest.raises(StorageFailure) as caught:
            other.commit(OFFICE, batch(write()))
        assert caught.value.facts["reason"] == "busy"
        assert other.find(OFFICE) == ([], None)
    assert other.commit(OFFICE, batch(write(), entries=(entry(),))) == 1
    other.close()


@pytest.mark.usefixtures("one_node")
def test_a_transaction_that_the_server_ends_is_said_to_be_busy(url: str, storage: Storage):
    """As whoever administers it may tell it to do with those that take long."""
    other = open_storage(f"{url}&options=-c%20transaction_timeout%3D200")
    with storage._database.connection() as connection, connection.transaction():  # type: ignore[attr-defined] # ours
        connection.execute(LOCKED, (OFFICE,))
        with pytest.raises(StorageFailure) as caught:
            other.commit(OFFICE, batch(write()))
        assert caught.value.facts["reason"] == "busy"
    assert other.commit(OFFICE, batch(write(), entries=(entry(),))) == 1
    other.close()


@pytest.mark.parametrize("part", ["id", "key", "claim", "queue"])
def test_what_no_index_takes_is_said_to_be_too_large(storage: Storage, part: str):
    """Nothing is written of it, and it is no fault of the driver's that comes out."""
    long = "".join(chr(0x4E00 + 7919 * place % 20000) for place in range(1500))
    parts = {
        "id": batch(write(long)),
        "key": batch(write(keys=(long,))),
        "claim": batch(write(), take=(claim(long),)),
        "queue": batch(write(queue=long)),
    }
    with pytest.raises(StorageFailure) as caught:
        storage.commit(OFFICE, parts[part])
    assert caught.value.facts["reason"] == "too_large"
    assert storage.find(OFFICE) == ([], None)
    assert storage.commit(OFFICE, batch(write(), entries=(entry(),))) == 1


def test_a_process_has_some_connections_and_waits_for_one_of_them(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
):
    """However many threads it has; when none becomes free, that is said."""
    monkeypatch.setattr(connection_module, "WAIT_SECONDS", 0.3)
    with ExitStack() as held:
        for _ in range(connection_module.CONNECTIONS):
            held.enter_context(storage._database.connection())  # type: ignore[attr-defined] # ours
        with pytest.raises(StorageFailure) as caught:
            storage.find(OFFICE)
        assert caught.value.facts["reason"] == "busy"
    assert storage.find(OFFICE) == ([], None)


def test_who_opens_a_store_waits_for_commits_that_are_on_their_way(storage: Storage, url: str):
    """The server may still be at that of a process that is dead already."""
    with ThreadPoolExecutor(1) as pool:
        with storage._database.connection() as connection, connection.transaction():  # type: ignore[attr-defined] # ours
            connection.execute("update offices set seq = 7 where office = %s", (OFFICE,))
            connection.execute(LOCKED, (OFFICE,))
            opening = pool.submit(open_storage, url)
            with pytest.raises(TimeoutError):
                opening.result(0.3)
        other = opening.result(10)
    assert other.commit(OFFICE, batch()) == 7
    other.close()


def test_who_waits_for_a_storage_that_is_closed_is_told(storage: Storage):
    """It may go on: a later call opens it again."""
    pool = storage._database._opened()  # type: ignore[attr-defined] # ours
    pool.close()
    with pytest.raises(StorageFailure) as caught:
        storage.find(OFFICE)
    assert caught.value.facts["reason"] == "closed"
    storage.close()
    assert storage.find(OFFICE) == ([], None)


def test_nothing_asked_is_nothing_found(storage: Storage):
    """The server is not even asked."""
    assert storage.load(OFFICE, []) == {}
    assert storage.executed(OFFICE, []) == {}


def test_a_fault_of_ours_is_not_taken_for_one_of_the_medium(storage: Storage):
    """A text where a number belongs is a programming error, and is undone too."""
    with pytest.raises(psycopg.Error):
        storage.commit(OFFICE, batch(write("A"), write("B", due=None)))
    assert storage.find(OFFICE) == ([], None)


def test_every_text_can_be_stored(storage: Storage):
    """Also U+0000, which PostgreSQL has no place for; what comes before it stays before it."""
    names = ["a", "a\0", "a\0\0", "a\0\1", "a\0b", "a\1", "a\1\0", "a\1\2", "a\2", '"', "\\", "{},"]
    writes = [write(one, keys=(one, "k"), queue=one, group=one, state=one) for one in names]
    storage.commit(OFFICE, batch(*writes, take=tuple(claim(one, one) for one in names)))
    assert ids(storage.find(OFFICE)) == sorted(names)
    assert all_pages(storage, 1, key="k") == sorted(names)
    assert [one.key for one in storage.claims(OFFICE)] == sorted(names)
    loaded = storage.load(OFFICE, [("application", one) for one in names])
    assert loaded == {one.row.ref: one.row for one in writes}
    for one in names:
        assert ids(storage.find(OFFICE, key=one)) == [one]
        assert ids(storage.find(OFFICE, state=one)) == [one]
        assert ids(storage.find(OFFICE, group=one)) == [one]
        assert ids(storage.find(OFFICE, queue=one)) == [one]


@pytest.mark.usefixtures("one_node")
def test_an_office_that_is_named_is_opened_while_another_cannot_be_read(
    url: str, database_url: str
):
    """As when the other's machine is away; whoever names none has all of them looked at."""
    Office.init(url, OFFICE).close()
    Office.init(url, "35.24").close()
    schema, role = Address.read(url).schema, f"loket_{uuid4().hex[:12]}"
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(SQL("create role {} login").format(Identifier(role)))
        owner.execute(privileges(role, schema))
        owner.execute(SQL(_HALF_AWAY).format(offices=Identifier(schema, "offices")))
        there = f"{url}&options=-c%20role%3D{role}"
        with Office.open(there, OFFICE) as office:
            assert office.verify().clean
        for region in (None, "35.24"):
            with pytest.raises(psycopg.errors.DivisionByZero):
                Office.open(there, region)
        owner.execute(SQL("drop owned by {0}; drop role {0}").format(Identifier(role)))


_HALF_AWAY = """
alter table {offices} enable row level security;
create policy half_away on {offices} using (1 / (case office when '35.24' then 0 else 1 end) = 1)
"""
"""To look at the row of one office fails."""


class TestTables:
    """Those of an older version become newer; those that are not ours are left alone."""

    def test_tables_of_another_program_are_left_as_they_are(self, bare_url: str, database_url: str):
        """As is what is of a newer version."""
        schema = Address.read(bare_url).schema
        with psycopg.connect(database_url, autocommit=True) as raw:
            raw.execute(SQL("create schema {}").format(Identifier(schema)))
            raw.execute(SQL("create table {}.records (x integer)").format(Identifier(schema)))
        assert fails(bare_url) == "foreign"

    def test_tables_that_are_called_like_ours_are_left_as_they_are(
        self, bare_url: str, database_url: str
    ):
        """With other columns, or with nothing that says whose they are."""
        schema = Identifier(Address.read(bare_url).schema)
        with psycopg.connect(database_url, autocommit=True) as raw:
            raw.execute(SQL("create schema {}").format(schema))
            raw.execute(SQL("create table {}.versions (number integer)").format(schema))
            assert fails(bare_url) == "foreign"
            raw.execute(SQL("alter table {}.versions rename number to version").format(schema))
            raw.execute(SQL("create table {}.records (x integer)").format(schema))
            assert fails(bare_url) == "foreign"
            found = raw.execute(
                "select count(*) from pg_class where relnamespace = %s::regnamespace",
                (schema.as_string(),),
            )
            assert found.fetchall() == [(2,)]

    def test_tables_of_a_newer_version_are_left_as_they_are(self, url: str, storage: Storage):
        """Only a newer adapter knows what is in them."""
        ask(storage, "insert into versions values (99) returning 1")
        assert fails(url) == "newer"

    def test_only_the_scripts_that_are_missing_are_run(
        self, url: str, storage: Storage, monkeypatch: pytest.MonkeyPatch
    ):
        """In order, once, keeping what is stored."""
        more = ("create table a (x integer)", "insert into a values (1)")
        monkeypatch.setattr(schema_module, "MIGRATIONS", (*schema_module.MIGRATIONS, *more))
        for _ in range(2):
            again = open_storage(url)
            assert list(again.offices()) == [OFFICE]
            again.close()
        assert ask(storage, "select x from a") == [(1,)]
        last = len(schema_module.MIGRATIONS)
        assert ask(storage, "select max(version) from versions") == [(last,)]

    def test_a_migration_that_fails_changes_nothing(
        self, url: str, storage: Storage, monkeypatch: pytest.MonkeyPatch
    ):
        """The tables are still of the older version, for an older adapter."""
        broken = ("create table a (x integer)", "insert into nowhere values (1)")
        with monkeypatch.context() as patch:
            patch.setattr(schema_module, "MIGRATIONS", (*schema_module.MIGRATIONS, *broken))
            assert fails(url) == "foreign"
        assert ask(storage, "select to_regclass('a')") == [(None,)]
        open_storage(url).close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_has_connections_of_its_own(storage: Storage):
    """Parent and child go on writing, whatever other threads are doing when it forks."""
    stop = threading.Event()

    def keep_writing() -> int:
        number = 0
        while not stop.wait(0.001):
            number += 1
            storage.commit(OFFICE, batch(write(f"parent {number}")))
        return number

    with ThreadPoolExecutor(1) as pool:
        parent = pool.submit(keep_writing)
        codes = []
        for child in range(3):
            pid = os.fork()
            if pid == 0:
                try:
                    for number in range(5):
                        storage.commit(OFFICE, batch(write(f"child {child} {number}")))
                    storage.close()
                    os._exit(0)
                finally:
                    os._exit(1)
            codes.append(os.waitpid(pid, 0)[1])
        stop.set()
        written = parent.result(timeout=30)
    assert codes == [0] * 3
    rows, _ = storage.find(OFFICE, limit=100_000)
    assert len(rows) == written + 15


@pytest.mark.parametrize("regions", [64, 65, 66])
def test_a_wide_region_is_read_by_state(storage: Storage, regions: int):
    """However many regions there are below, the same rows are found."""
    rows = [write(f"{one:03}", region=f"35.{one:03}", due=time(one % 5)) for one in range(regions)]
    storage.commit(OFFICE, batch(*rows, write("other", region="36")))
    found = ids(storage.find(OFFICE, region="35", limit=100))
    assert found == [one.row.id for one in sorted(rows, key=lambda one: (one.row.due, one.row.id))]
    assert all_pages(storage, 7, region="35") == found


@pytest.mark.usefixtures("one_node")
def test_a_page_costs_the_same_however_many_rows_there_are(storage: Storage):
    """With any filters, of the first page and of a later one: read along an index, never sorted."""
    searches = [
        (chosen, after)
        for size in range(len(FILTERS) + 1)
        for chosen in itertools.combinations(FILTERS, size)
        for after in (None, (time(1), "bag", "00100"))
    ]
    costs: list[dict[Any, int]] = []
    for start, end in ((0, 400), (400, 4000)):
        storage.commit(OFFICE, batch(*(_row(number) for number in range(start, end))))
        costs.append({one: _rows_read(storage, *one) for one in searches})
    dearer = {one: (cost, costs[1][one]) for one, cost in costs[0].items()}
    assert {one: pair for one, pair in dearer.items() if pair[1] > 2 * pair[0] + 20} == {}


def _row(number: int) -> Any:
    """Give one of many rows; every filter finds a good part of them, whatever the others find."""
    return write(
        f"{number:05}",
        kind=("application", "bag", "copy")[number % 3],
        state=("printed", "s1", "s2", "s3")[number // 3 % 4],
        queue=f"courier@35.{number // 12 % 5}",
        region=f"35.23.08.{number // 12 % 5}",
        group="bag-1",
        keys=("k1",),
        due=time(number * 7 % 900) if number % 11 else NEVER,
    )


def _rows_read(storage: Storage, chosen: tuple[str, ...], after: Any) -> int:
    """Give how many rows of tables and indexes a search looks at."""
    wanted = dict.fromkeys(FILTERS) | {name: FILTERS[name] for name in chosen}
    sql, values = statement(OFFICE, Question(after=after, limit=5, **wanted))
    with storage._database.connection() as connection:  # type: ignore[attr-defined] # ours
        explained = connection.execute(f"explain (analyze, format json) {sql}", values)
        ((((plan,),),),) = ((explained.fetchall(),),)
    return _looked_at(plan[0]["Plan"])


@pytest.mark.usefixtures("one_node")
def test_what_is_asked_of_an_office_reads_one_part_of_the_tables(storage: Storage):
    """Also by a plan that was made before it was known which office is meant."""
    rows = [write(f"{one}/1", kind="copy", group=f"g{one}", keys=("k",)) for one in range(400)]
    storage.commit(OFFICE, batch(*rows))
    with storage._database.connection() as connection:  # type: ignore[attr-defined] # ours
        connection.execute(_MANY_OFFICES)
        connection.execute("analyze records")
    search, _ = statement(OFFICE, Question(after=None, limit=5, **_BY_KEY))
    asked = {
        storage_module._LOAD: {"kinds": ["copy"], "ids": ["7/1"]},
        storage_module._LOAD_BELOW: {"of": ["copy"], "first": ["7/"], "end": ["70"]},
        storage_module._LOAD_GROUPS: {"groups": ["g7", "g8"]},
        storage_module._EXECUTED: {"ids": ["7/1"]},
        committing_module._KNOWN: {"ids": ["7/1"]},
        committing_module._STORED: {"kinds": ["copy"], "ids": ["7/1"]},
        committing_module._HELD: {"keys": ["7/1"]},
        search: {"key": "k", "limit": 6},
    }
    for sql, values in asked.items():
        plan = _generic_plan(storage, sql, {"office": OFFICE, **values})
        assert _looked_at(plan) <= 20, sql
        parts = _relations(plan)
        assert len({one.rpartition("_")[2] for one in parts}) == 1, parts


_MANY_OFFICES = """
insert into records
select 'office ' || n, kind, id, version, state, region, queue, due, grp, keys, body
from records cross join generate_series(1, 500) n where length(id) < 4
"""
_BY_KEY: Any = dict.fromkeys(FILTERS) | {"key": "k"}


def _generic_plan(storage: Storage, sql: str, values: dict[str, Any]) -> dict[str, Any]:
    """Give the plan of a statement that a session has prepared, and what it read."""
    names = list(values)
    kinds = [{str: "text", int: "bigint", list: "text[]"}[type(one)] for one in values.values()]
    for number, name in enumerate(names, start=1):
        sql = sql.replace(f"%({name})b", f"${number}")
    with storage._database.connection() as connection, connection.transaction():  # type: ignore[attr-defined] # ours
        connection.execute(f"prepare asked ({', '.join(kinds)}) as {sql}")
        given = ", ".join(map(_quoted, values.values()))
        ((told,),) = connection.execute(f"explain (analyze, format json) execute asked ({given})")
        connection.execute("deallocate asked")
    plan: dict[str, Any] = told[0]["Plan"]
    return plan


def _quoted(value: Any) -> str:
    return f"'{{{','.join(value)}}}'" if isinstance(value, list) else f"'{value}'"


def _relations(node: dict[str, Any]) -> list[str]:
    below = [one for part in node.get("Plans", ()) for one in _relations(part)]
    return [node["Relation Name"], *below] if "Relation Name" in node else below


def _looked_at(node: dict[str, Any]) -> int:
    own = 0
    if "Relation Name" in node:
        assert node["Node Type"].startswith("Index"), node
        each = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        own = round(each * node["Actual Loops"])
    return own + sum(map(_looked_at, node.get("Plans", ())))
