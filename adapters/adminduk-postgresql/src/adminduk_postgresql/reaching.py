"""How a server is reached: which one is waited for, and why another one cannot be.

The driver has no code of a connection that failed, and the server says why in its own language. So
it is asked once more, by what is made for that: whether anybody answers there, and takes anybody.
"""

from __future__ import annotations

import time
from typing import Any, Final

import psycopg
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from adminduk.errors import StorageFailure
from adminduk_postgresql.address import Address
from adminduk_postgresql.failing import AWAY, READ_ONLY, STARTING
from adminduk_postgresql.patient import PatientConnection
from adminduk_postgresql.texts import ADAPTERS

__all__ = ["arguments", "reach"]

_STANDBY: Final = (READ_ONLY[0], "only a standby answers, which was not promoted")
_PAUSE: Final = 0.2
_PING_SECONDS: Final = 2


def arguments(address: Address) -> dict[str, Any]:
    """Give what a connection of ours is made with."""
    return {**address.parameters, "autocommit": True, "context": ADAPTERS}


def reach(address: Address, patience: float) -> PatientConnection:
    """Connect, and wait for a server that is there but takes no work yet.

    One that does not answer at all is waited for only if it has been seen meanwhile: its name may
    be a wrong one.

    Args:
        address: Where it is.
        patience: How many seconds are waited.

    Raises:
        StorageFailure: It could not be reached.
    """
    deadline = time.monotonic() + patience
    seen = False
    while True:
        try:
            return PatientConnection.connect(**arguments(address))
        except psycopg.OperationalError as error:
            reason, why = _why(address, error)
            seen = seen or reason in {STARTING[0], READ_ONLY[0]}
            refused = reason == "refused"
            if refused or not seen or time.monotonic() > deadline:
                raise StorageFailure(url=address.shown, why=why, reason=reason) from error
        time.sleep(_PAUSE)


def _why(address: Address, error: psycopg.OperationalError) -> tuple[str, str]:
    """Say what those who answer there are; of several, what one of them may become."""
    answers = {_answer(one) for one in address.servers()}
    if Ping.OK in answers and _lets_in(address):
        # To read only, if more is wanted; or it is one that has just started.
        return _STANDBY if "target_session_attrs" in address.parameters else STARTING
    if Ping.REJECT in answers:
        return STARTING
    if Ping.OK in answers:
        said = " ".join(str(error).split())
        return "refused", f"its server takes no connection of this user: {said}"
    return AWAY


def _answer(server: dict[str, Any]) -> Ping:
    """Ask whether anybody answers; of one that does not, enough time was taken already."""
    conninfo = make_conninfo("", **{**server, "connect_timeout": _PING_SECONDS})
    return Ping(PGconn.ping(conninfo.encode()))


def _lets_in(address: Address) -> bool:
    """Whether we are let in, be it where nothing can be written."""
    try:
        Connection.connect(**{**arguments(address), "target_session_attrs": "any"}).close()
    except psycopg.OperationalError:
        return False
    return True
