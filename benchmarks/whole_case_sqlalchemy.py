"""A whole case of six commands, against python-statemachine with the SQLAlchemy ORM on SQLite.

Measured: submit, verify, choose the counter, print, bring to the counter, hand over: six calls of
`office.do`, each durable.

Floor: the same six commands (see `peer` for what they do and what they are spared) as a team would
build them from parts: the states are classes of python-statemachine, which move typed models of
SQLAlchemy, each command in a session of its own. SQLAlchemy is set to WAL, synchronous=FULL and
transactions that begin by writing, as we do. There is no limit: it is what else one would pick.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from benchmarks.peer import beside
from benchmarks.row import Row
from benchmarks.run import Run
from benchmarks.town import sqlite

__all__ = ["measure"]

NAME: Final = "case-sqlalchemy"
LIMIT: Final = None


def measure(run: Run) -> Row:
    """Carry cases out in turns."""
    if find_spec("sqlalchemy") is None:
        return Row.skipped(NAME, LIMIT, "sqlalchemy is not installed")
    from benchmarks.peer_sqlalchemy import Cases

    folder = run.place()
    return beside(run, NAME, LIMIT, (sqlite(folder / "ours.db"), Cases(folder / "peer.db")))
