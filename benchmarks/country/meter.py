"""What a day costs the server: processor time, log and disk, read before and after."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from psycopg import Connection

__all__ = ["Reading", "read"]

_PROCESSES: Final = Path("/proc")
_TICK: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@frozen
class Reading:
    """What a server has spent so far.

    Attributes:
        processor: Seconds of processor time of all its processes; None if it is elsewhere.
        log: Bytes of its write-ahead log.
        pages: Whole pages in the log: the first change of each after a checkpoint.
        disk: Bytes of the database.
    """

    processor: float | None
    log: int
    pages: int
    disk: int

    def since(self, before: Reading) -> Reading:
        """Give what was spent since another reading."""
        both = None not in (self.processor, before.processor)
        return Reading(
            (self.processor or 0) - (before.processor or 0) if both else None,
            self.log - before.log,
            self.pages - before.pages,
            self.disk - before.disk,
        )


def read(connection: Connection[Any]) -> Reading:
    """Read them."""
    connection.execute("select pg_stat_force_next_flush()")
    found = connection.execute(
        "select pg_backend_pid(), pg_current_wal_insert_lsn() - '0/0'::pg_lsn, wal_fpi,"
        " pg_database_size(current_database()) from pg_stat_wal"
    ).fetchone()
    assert found is not None
    process, log, pages, disk = found
    return Reading(_processor(process), int(log), int(pages), int(disk))


def _processor(process: int) -> float | None:
    """Give the processor time of a server by one of its processes; those that ended included."""
    if not (_PROCESSES / str(process) / "stat").exists():
        return None
    server = _stat(process)[1]
    ticks = sum(_stat(server)[11:15])  # its own, and that of its children that ended
    for one in _PROCESSES.glob("[0-9]*"):
        try:
            stat = _stat(int(one.name))
        except (OSError, ValueError):  # it has just ended
            continue
        if stat[1] == server:
            ticks += sum(stat[11:13])
    return ticks / _TICK


def _stat(process: int) -> list[int]:
    """Give the numbers of a process after its name; the first one is the letter of its state."""
    text = (_PROCESSES / str(process) / "stat").read_text(encoding="ascii", errors="replace")
    return [0, *map(int, text.rpartition(")")[2].split()[1:])]
