"""A PostgreSQL server, and an empty place in it for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from adminduk.plugins import open_storage
from adminduk.ports import Storage
from adminduk.testing.rows import OFFICE
from adminduk_postgresql.distribute import distribute
from postgresql_server import Server

NAMED = "ADMINDUK_TEST_POSTGRESQL"
"""The environment variable that names a database of another server to test with."""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give a server that is not killed; what it holds is lost with its machine."""
    server = Server("fsync=off", "max_connections=200")
    yield server
    server.remove()


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a database in which tests make schemas."""
    named = os.environ.get(NAMED)
    if named:
        return named
    server: Server = request.getfixturevalue("server")
    return server.url()


@pytest.fixture(scope="session")
def has_citus(database_url: str) -> bool:
    """Say whether the server is of a cluster of Citus, as only one that was named can be."""
    with psycopg.connect(database_url) as connection:
        found = connection.execute("select 1 from pg_extension where extname = 'citus'")
        return bool(found.fetchall())


@pytest.fixture
def one_node(has_citus: bool) -> None:
    """Skip what looks at the tables themselves, where they are on other nodes."""
    if has_citus:
        pytest.skip("the tables are on the nodes of Citus")


@pytest.fixture
def bare_url(database_url: str) -> str:
    """Give the URL of a place that is not there yet."""
    mark = "&" if "?" in database_url else "?"
    return f"{database_url}{mark}schema=test_{uuid4().hex}"


@pytest.fixture
def url(bare_url: str, has_citus: bool) -> str:
    """Give the URL of an empty place; where there is Citus, its tables are distributed."""
    if has_citus:
        distribute(bare_url)
    return bare_url


@pytest.fixture
def storage(url: str) -> Iterator[Storage]:
    """Give a storage with one office."""
    opened = open_storage(url)
    opened.add_office(OFFICE, b"profile")
    yield opened
    opened.close()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """Give a server that may be stopped and killed; it writes through, as a real one."""
    server = Server()
    yield server
    server.remove()
