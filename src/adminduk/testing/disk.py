"""A disk of its own, for tests of what happens when it is full."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pytest

__all__ = ["filled", "small_disk"]

_CHUNK: Final = bytes(1 << 16)


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """Lend a disk of a size, as `4m`; the test is skipped where nobody may mount one."""
    with tempfile.TemporaryDirectory(prefix="adminduk-disk-", dir="/tmp") as folder:
        mount = ("/usr/bin/mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "none", folder)
        try:
            subprocess.run(mount, check=True, stderr=subprocess.DEVNULL)  # noqa: S603 - as written
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("this system lets nobody mount a disk of their own")
        try:
            yield Path(folder)
        finally:
            subprocess.run(("/usr/bin/umount", folder), check=True)  # noqa: S603 - as written


def filled(disk: Path, *, but: int = 0) -> Path:
    """Fill a disk but for some bytes, while others write; give the file that takes all the room."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while shutil.disk_usage(disk).free > but or not but:
            file.write(_CHUNK)
    return ballast
