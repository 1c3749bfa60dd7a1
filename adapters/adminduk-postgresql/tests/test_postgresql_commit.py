"""What a command costs the server: its ways there and back, and what it looks at."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from functools import partial
from typing import Any

from adminduk.plugins import open_storage
from adminduk.ports import Storage
from adminduk.testing.rows import OFFICE, batch, claim, command, entry, time, write

_BLOCKS = """
select sum(heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read)
from pg_statio_user_tables where schemaname = current_schema()
"""


def ask(storage: Storage, sql: str) -> list[Any]:
    """Ask the database itself, by the connection that the storage has used last."""
    with storage._database.connection() as connection:  # type: ignore[attr-defined] # ours
        rows: list[Any] = connection.execute(sql).fetchall()
        return rows


def test_a_commit_is_two_ways_to_the_server_however_much_it_holds(storage: Storage):
    """It asks for everything, then writes everything; each time it waits once."""
    for number in range(10):  # from then on its statements are prepared
        storage.commit(OFFICE, _case(number))
    for number, more in ((10, 1), (11, 50)):
        assert _waits(storage, partial(storage.commit, OFFICE, _case(number, more))) == 2


def _waits(storage: Storage, act: Callable[[], object]) -> int:
    """Count how often something is sent and then waited for, by the trace of the driver."""
    with tempfile.TemporaryFile() as trace:
        with storage._database.connection() as connection:  # type: ignore[attr-defined] # ours
            connection.pgconn.trace(trace.fileno())
        act()
        with storage._database.connection() as connection:  # type: ignore[attr-defined] # ours
            connection.pgconn.untrace()
        trace.seek(0)
        return len(re.findall(rb"\tF\t.*\n.*\tB\t", trace.read()))


def test_a_command_costs_the_same_however_many_records_there_are(new_url: Callable[[], str]):
    """Where the planner knows nothing of the tables, and planned when they were empty."""
    storage = open_storage(new_url())
    storage.add_office(OFFICE, b"profile")
    with storage._database.connection() as connection:  # type: ignore[attr-defined] # ours
        for table in ("records", "record_keys", "claims", "commands"):
            connection.execute(f"alter table {table} set (autovacuum_enabled = off)")
    costs = []
    for start, many in ((0, 30), (1000, 3000)):
        for number in range(start, start + 10):
            storage.commit(OFFICE, _case(number))
        storage.commit(OFFICE, _case(start + 10, many))
        before = _blocks(storage)
        _command(storage, start + 5)
        costs.append(_blocks(storage) - before)
    storage.close()
    assert costs[1] <= costs[0] + 25, costs  # trees are deeper


def _blocks(storage: Storage) -> int:
    """Give how many pages were looked at so far."""
    ask(storage, "select pg_stat_force_next_flush()")
    return int(ask(storage, _BLOCKS)[0][0])


def _case(number: int, many: int = 1) -> Any:
    """Give a commit that begins cases."""
    names = [f"{number:05}-{one:05}" for one in range(many)]
    return batch(
        *(write(one, keys=(f"name {one}", f"nik {one}"), due=time(number % 60)) for one in names),
        entries=tuple(map(entry, names)),
        take=tuple(claim(one, one) for one in names),
        commands=tuple(map(command, names)),
    )


def _command(storage: Storage, number: int) -> None:
    """Look for a case and what is below it, change it, and look whether that was done."""
    name = f"{number:05}-00000"
    assert storage.load(OFFICE, [("application", name)], below=[("copy", name)])
    again = f"again {name}"
    storage.commit(
        OFFICE,
        batch(
            write(name, version=2, keys=(f"name {name}",), due=time(60)),
            entries=(entry(name, 2),),
            release=(claim(name, name),),
            take=(claim(again, name),),
            commands=(command(again),),
        ),
    )
    assert storage.executed(OFFICE, [again])
