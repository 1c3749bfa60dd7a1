"""A process that ends between two statements of a commit."""

from __future__ import annotations

import os
from pathlib import Path

import apsw
import pytest

from adminduk.commands import Verify
from adminduk.plugins import open_storage
from adminduk.ports import Storage
from adminduk.storage.sqlite import SQLiteStorage
from adminduk.testing.ending import Notes, office_on, small_day
from adminduk.testing.kits.base import everything
from adminduk.testing.rows import OFFICE

STATUS = 42
VERIFIED = next(number for number, one in enumerate(small_day()) if isinstance(one.command, Verify))
"""Which order of the day verifies the case: it writes to every table but that of messages."""


def work(storage: Storage, first: int, last: int) -> None:
    """Carry some orders of the day out."""
    office = office_on(storage, Notes(print))
    for one in small_day()[first : last + 1]:
        assert one.by is not None
        office.do(one.command, by=one.by)


def end_at(url: str, statement: int) -> None:
    """Carry one order out, and end before a statement of its commit."""
    storage = SQLiteStorage(url)
    with storage._database.reading() as cursor:
        connection = cursor.connection
    seen = 0

    def trace(_: apsw.Cursor, sql: str, __: object) -> bool:
        nonlocal seen
        seen += bool(seen) or sql.startswith("begin immediate")
        if seen == statement:
            os._exit(STATUS)
        return True

    connection.exec_trace = trace
    work(storage, VERIFIED, VERIFIED)


def ended(url: str, statement: int) -> bool:
    """Have a process end at a statement; whether it came so far."""
    child = os.fork()
    if child == 0:
        try:
            end_at(url, statement)
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, STATUS}
    return status == STATUS


def held(url: str) -> tuple[object, ...]:
    """Give all that the office holds; it must be sound."""
    storage = open_storage(url)
    assert office_on(storage, Notes(print)).verify().faults == ()
    ids = [str(one.command.id) for one in small_day()]
    everything_ = (*everything(storage), storage.executed(OFFICE, ids))
    storage.close()
    return everything_


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_process_that_ends_at_any_statement_leaves_all_or_nothing(tmp_path: Path):
    """Nothing is there of the commit until it is whole; the next process is not kept from it."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    work(open_storage(url), 0, VERIFIED - 1)
    before = held(url)
    statement = 1
    while ended(url, statement):
        assert held(url) == before
        statement += 1
    assert statement > 10, "begin, what is checked, what is written, commit"
    assert held(url) != before
