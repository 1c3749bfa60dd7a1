"""Connections that take no commit for done which the standby has not confirmed, nor wait forever.

A commit that waits for its standby is written already. Whoever cancels the waiting, as an
administrator may, lets it succeed with a warning, and it is lost with this server. And no limit of
the server ends the waiting, while the standby is away.
"""

from __future__ import annotations

import time
from functools import partial
from typing import Any, Final, TypeVar

import psycopg
from psycopg import Connection
from psycopg.abc import PQGen
from psycopg.errors import Diagnostic

from adminduk_postgresql.address import STATEMENT_SECONDS

__all__ = ["ANSWER_SECONDS", "PatientConnection", "Unconfirmed"]

ANSWER_SECONDS: Final = STATEMENT_SECONDS + 10
"""How long an answer is waited for at all: the server itself ends every statement before."""

_WAITING: Final = "SyncRepWaitForLSN"
"""Where in the server a commit waits for its standby: said whatever the server's language."""

T = TypeVar("T")


class Unconfirmed(psycopg.OperationalError):
    """A commit may have taken effect, but whoever must confirm it has not."""


class PatientConnection(Connection[Any]):
    """A connection for commits that are to outlive the server."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._warnings: list[str | None] = []
        self.add_notice_handler(partial(_hear, self._warnings))

    def check_confirmed(self) -> None:
        """See whether all that was committed since the last look is on the standby, if it must be.

        Raises:
            Unconfirmed: The waiting for it was cancelled.
        """
        if self._warnings:
            self._warnings.clear()
            raise Unconfirmed

    def wait(self, gen: PQGen[T], *arguments: Any, **named: Any) -> T:
        """Wait for an answer, but not longer than any may take; the connection is over then."""
        try:
            return super().wait(_in_time(gen), *arguments, **named)
        except Unconfirmed:
            # The server is not told: a commit that it lets go of would be seen by all.
            self.close()
            raise


def _hear(warnings: list[str | None], told: Diagnostic) -> None:
    if told.source_function == _WAITING:
        warnings.append(told.sqlstate)


def _in_time(gen: PQGen[T]) -> PQGen[T]:
    """Do as a generator of the driver does, as long as there is time; now and then it is asked."""
    deadline = time.monotonic() + ANSWER_SECONDS
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if not ready and time.monotonic() > deadline:
                raise Unconfirmed
            wanted = gen.send(ready)
    except StopIteration as ended:
        answer: T = ended.value
        return answer
