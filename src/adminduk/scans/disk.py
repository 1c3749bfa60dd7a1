"""Files and folders of this machine: locked across processes, on the medium when told."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from adminduk.errors import StorageFailure

__all__ = ["PRIVATE_FOLDER", "locked", "sync", "telling"]

PRIVATE_FOLDER: Final = 0o700


def sync(folder: Path) -> None:
    """Have the names in a folder on the medium."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, across threads and processes."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


@contextmanager
def telling(url: str) -> Iterator[None]:
    """Tell a failure of the disk as that of what is kept at a URL."""
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise StorageFailure(url=url, why=why) from error
