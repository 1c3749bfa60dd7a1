"""A server whose disk is full."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from adminduk.errors import StorageFailure
from adminduk.plugins import open_storage
from adminduk.ports import Batch, Storage
from adminduk.testing.rows import OFFICE, batch, command, entry, write
from postgresql_server import Server

_LEFT = 3_000_000


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Give a disk of its own that is soon full."""
    with tempfile.TemporaryDirectory(prefix="adminduk-disk-", dir="/tmp") as folder:
        mount = ("/usr/bin/mount", "-t", "tmpfs", "-o", "size=500m,mode=755", "none", folder)
        if subprocess.run(mount, check=False, stderr=subprocess.DEVNULL).returncode:
            pytest.skip("this system lets nobody mount a disk of their own")
        try:
            yield Path(folder)
        finally:
            subprocess.run(("/usr/bin/umount", folder), check=True)


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
    ballast = small_disk / "ballast"
    free = os.statvfs(small_disk)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - _LEFT)
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
