"""Tables that are spread over the nodes of Citus: their move, and what is said without it."""

from __future__ import annotations

import subprocess
import sys

import psycopg
import pytest

from adminduk.errors import Refused
from adminduk.plugins import open_storage
from adminduk.testing.kits.base import everything
from adminduk.testing.rows import OFFICE, batch, claim, command, entry, message, write
from adminduk_postgresql.address import Address
from adminduk_postgresql.distribute import distribute, lay_anew
from adminduk_postgresql.schema import GROWING, PARTS, is_distributed

OTHER = "33.16"

WHOLE = batch(
    write("A", keys=("k", "l")),
    write("B", group="g"),
    entries=(entry(), entry("B")),
    take=(claim(),),
    commands=(command(),),
    messages=(message(),),
)

TABLES = """
select table_name, column_name, data_type, is_nullable, collation_name
from information_schema.columns
where table_schema = current_schema and table_name = any (%s)
order by table_name, ordinal_position
"""
INDEXES = """
select replace(indexdef, ' ONLY', '') from pg_indexes
where schemaname = current_schema and tablename = any (%s) order by indexname
"""
PARTITIONS = """
select count(*) from pg_inherits where inhparent = 'records'::regclass
"""


def fill(url: str) -> list[tuple[object, ...]]:
    """Put something of every kind into two offices; give all of it."""
    storage = open_storage(url)
    for office in (OFFICE, OTHER):
        storage.add_office(office, office.encode())
        storage.commit(office, WHOLE)
    found = [everything(storage, office) for office in (OFFICE, OTHER)]
    storage.close()
    return [*found, tuple(storage.offices().items())]


def look(url: str) -> list[tuple[object, ...]]:
    """Give all of it again."""
    storage = open_storage(url)
    found = [everything(storage, office) for office in (OFFICE, OTHER)]
    offices = tuple(storage.offices().items())
    storage.close()
    return [*found, offices]


@pytest.mark.usefixtures("one_node")
def test_what_is_stored_moves_along(bare_url: str):
    """Tables without parts take its place, the same otherwise, and are worked with as before.

    Citus itself is not here: in its place are functions that leave a table where it is.
    """
    before = fill(bare_url)
    parameters = Address.read(bare_url).parameters
    with psycopg.connect(**parameters) as one:
        tables = (["offices", *GROWING],)
        shape = [one.execute(sql, tables).fetchall() for sql in (TABLES, INDEXES)]
        assert one.execute(PARTITIONS).fetchall() == [(PARTS,)]
        one.execute(
            "create function create_distributed_table(regclass, text, colocate_with text)"
            " returns void language sql as ''; "
            "create function create_reference_table(regclass) returns void language sql as ''"
        )
        lay_anew(one)
        assert [one.execute(sql, tables).fetchall() for sql in (TABLES, INDEXES)] == shape
        assert one.execute(PARTITIONS).fetchall() == [(0,)]
        assert one.execute("select to_regnamespace('adminduk_aside')").fetchall() == [(None,)]
    assert look(bare_url) == before


@pytest.mark.usefixtures("one_node")
def test_nothing_changes_where_there_is_no_citus(bare_url: str):
    """That is said, and no table is made."""
    with pytest.raises(Refused) as caught:
        distribute(bare_url)
    assert caught.value.code == "citus_missing"
    with psycopg.connect(**Address.read(bare_url).parameters) as one:
        assert one.execute("select to_regclass('offices')").fetchall() == [(None,)]


@pytest.mark.usefixtures("one_node")
def test_the_command_says_why_not(bare_url: str):
    """It ends with 1, as it does without a URL."""
    command = [sys.executable, "-m", "adminduk_postgresql.distribute"]
    told = subprocess.run([*command, bare_url], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "create extension citus" in told.stderr
    wrong = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stderr[:6]) == (1, "usage:")


def test_offices_are_spread_over_the_nodes(bare_url: str, has_citus: bool):
    """What was stored is still there, once; rows of an office are beside its own."""
    if not has_citus:
        pytest.skip("needs Citus")
    before = fill(bare_url)
    assert distribute(bare_url)
    assert not distribute(bare_url)
    with psycopg.connect(**Address.read(bare_url).parameters) as one:
        assert is_distributed(one)
        together = one.execute(
            "select count(distinct colocationid), count(*) from pg_dist_partition"
            " where logicalrelid = any (%s::regclass[])",
            (["offices", *GROWING],),
        )
        assert together.fetchall() == [(1, 1 + len(GROWING))]
    assert look(bare_url) == before
