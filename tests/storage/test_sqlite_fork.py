"""A process that forks while it has the file open."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from adminduk.ports import Storage
from adminduk.testing.rows import OFFICE, batch, write


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_has_a_connection_of_its_own(sqlite: Storage):
    """Parent and child go on writing; the fork waits until no thread is inside a transaction."""
    stop = threading.Event()

    def keep_writing() -> int:
        number = 0
        while not stop.wait(0.001):  # a lock goes to whoever asks while it is free
            number += 1
            sqlite.commit(OFFICE, batch(write(f"parent {number}")))
        return number

    with ThreadPoolExecutor(1) as pool:
        parent = pool.submit(keep_writing)
        codes = []
        for child in range(5):
            pid = os.fork()
            if pid == 0:
                try:
                    for number in range(5):
                        sqlite.commit(OFFICE, batch(write(f"child {child} {number}")))
                    sqlite.close()
                    os._exit(0)
                finally:
                    os._exit(1)
            codes.append(os.waitpid(pid, 0)[1])
        stop.set()
        written = parent.result(timeout=30)
    assert codes == [0] * 5
    rows, _ = sqlite.find(OFFICE, limit=100_000)
    assert len(rows) == written + 25
