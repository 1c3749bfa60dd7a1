"""`adminduk deliver --follow` in a process of its own, for tests of what wakes and ends it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["followed"]

_PROGRAM: Final = "from adminduk.cli import main; main()"
_SECONDS: Final = 60


@contextmanager
def followed(url: str, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Give a process that follows an office; it is over when the block is left.

    Args:
        url: The office.
        options: Further options of `deliver`, as `--json`.
    """
    told = ("--lang=en", "--office", url, "deliver", "--follow", *options)
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _PROGRAM, *told],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    watch = threading.Timer(_SECONDS, process.kill)
    watch.start()
    with process:
        try:
            yield process
        finally:
            watch.cancel()
            process.kill()
