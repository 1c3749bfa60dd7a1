"""A whole case of six commands, against the Django ORM on SQLite.

Measured: submit, verify, choose the counter, print, bring to the counter, hand over: six calls of
`office.do`, each durable.

Floor: the same six commands with Django models (see `peer` for what it does and what it is spared):
each in one `transaction.atomic`, with `get`, `save` and `create` as they come. Django is set to
WAL, synchronous=FULL and transactions that begin by writing, as we do.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from benchmarks.peer import beside
from benchmarks.row import Row
from benchmarks.run import Run
from benchmarks.town import sqlite

__all__ = ["measure"]

NAME: Final = "case-django"
LIMIT: Final = 0.3


def measure(run: Run) -> Row:
    """Carry cases out in turns."""
    if find_spec("django") is None:
        return Row.skipped(NAME, LIMIT, "django is not installed")
    from benchmarks.peer_django import open_cases

    folder = run.place()
    return beside(run, NAME, LIMIT, (sqlite(folder / "ours.db"), open_cases(folder / "peer.db")))
