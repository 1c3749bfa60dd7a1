"""What the medium may do to us, in our words: by the code of the server, else by the driver's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from psycopg_pool import PoolClosed, PoolTimeout

from adminduk.errors import StorageFailure
from adminduk_postgresql.patient import Unconfirmed

__all__ = ["AWAY", "READ_ONLY", "STARTING", "failure_of", "naming"]

AWAY: Final = ("unreachable", "its server cannot be reached, or ended the connection")
STARTING: Final = ("starting", "its server is starting, or stopping")
READ_ONLY: Final = ("read_only", "it cannot be written")
_BUSY: Final = ("busy", "others have kept it locked for too long")
_UNCONFIRMED: Final = (
    "unconfirmed",
    "its server did not confirm in time, as when its standby is away: send the command again",
)
_DAMAGED: Final = ("corrupt", "it is damaged; restore the last good copy")
_FOREIGN: Final = ("foreign", "its tables are missing, hidden from this user, or another program's")

_WHY: Final = {
    "08": AWAY,
    "57P01": AWAY,
    "57P02": AWAY,
    "57P03": STARTING,
    "57P04": AWAY,
    "57P05": AWAY,
    "25P03": AWAY,
    "25P04": _BUSY,
    "42501": ("not_allowed", "this user may not do that there"),
    "25006": READ_ONLY,
    "55P03": _BUSY,
    "57014": _BUSY,
    "40": _BUSY,
    "53100": ("full", "there is no space left"),
    "53200": ("memory", "its server has no memory left"),
    "58": ("io", "its medium failed to read or write"),
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
    "54": ("too_large", "it takes no key of more than 2,700 bytes"),
    "42P01": _FOREIGN,
    "42P07": _FOREIGN,
    "42703": _FOREIGN,
    "3F000": _FOREIGN,
}
"""By SQLSTATE, or its first letters; any other error of a statement is a fault of ours."""


def failure_of(url: str, error: psycopg.Error) -> StorageFailure | None:
    """Give a failure of the medium in our words; None for what is a fault of ours."""
    if isinstance(error, PoolTimeout):
        known: tuple[str, str] | None = ("busy", "all connections of this process are in use")
    elif isinstance(error, PoolClosed):
        known = ("closed", "it was closed while it was waited for")
    elif isinstance(error, Unconfirmed):
        known = _UNCONFIRMED
    elif error.sqlstate is None:  # the server was lost
        known = AWAY if isinstance(error, psycopg.OperationalError) else None
    else:
        state = error.sqlstate
        known = next((_WHY[one] for one in (state, state[:2]) if one in _WHY), None)
    return known and StorageFailure(url=url, why=known[1], reason=known[0])


@contextmanager
def naming(url: str) -> Iterator[None]:
    """Say what the medium does in our words, as a failure of this URL."""
    try:
        yield
    except psycopg.Error as error:
        failure = failure_of(url, error)
        if failure is None:
            raise
        raise failure from error
