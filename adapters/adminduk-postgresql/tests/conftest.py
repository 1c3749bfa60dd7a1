"""A PostgreSQL server, and an empty place in it for each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from adminduk.plugins import open_storage
from adminduk.ports import Storage
from adminduk.testing.rows import OFFICE
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


@pytest.fixture
def new_url(database_url: str) -> Callable[[], str]:
    """Give what gives a URL of an empty place, each time another one."""
    mark = "&" if "?" in database_url else "?"
    return lambda: f"{database_url}{mark}schema=test_{uuid4().hex}"


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    """Give the URL of an empty place."""
    return new_url()


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
