"""A server whose disk is full."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from adminduk.errors import StorageFailure
from adminduk.plugins import open_storage
from adminduk.ports import Batch, Storage
from adminduk.testing import disk
from adminduk.testing.rows import OFFICE, batch, command, entry, write
from postgresql_server import Server

_LEFT = 3_000_000


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Give a disk of its own that is soon full."""
    with disk.small_disk("500m") as folder:
        yield folder


@pytest.fixture
def server(small_disk: Path) -> Iterator[Server]:
    """Give a server on that disk."""
    server = Server(disk=str(small_disk))
    yield server
    server.remove()


def test_a_full_disk_undoes_the_commit(small_disk: Path, server: Server):
    """What does not fit is said, and is not there; when there is room again the office goes on."""
    storage = open_storage(server.url())
    storage.add_office(OFFICE, b"")
    ballast = disk.filled(small_disk, but=_LEFT)
    for number in count(1):
        name = str(number)
        large = write(name, body=os.urandom(100_000))
        one = batch(large, entries=(entry(name),), commands=(command(name),))
        if (reason := _reason(storage, one)) is not None:
            break
    assert reason == "full"
    assert number > 1
    assert len(storage.find(OFFICE, limit=1000)[0]) == number - 1
    assert storage.executed(OFFICE, [name]) == {}
    ballast.unlink()
    assert storage.commit(OFFICE, one) == number
    storage.close()


def _reason(storage: Storage, one: Batch) -> str | None:
    """Commit; give the reason if that fails."""
    try:
        storage.commit(OFFICE, one)
    except StorageFailure as failure:
        return str(failure.facts["reason"])
    return None
