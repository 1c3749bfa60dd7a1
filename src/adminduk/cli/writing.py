"""Files that a command writes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

__all__ = ["written"]


@contextmanager
def written(output: Path | None) -> Iterator[IO[bytes]]:
    """Give where to write; a file that was not written to its end is not left."""
    if output is None:
        yield sys.stdout.buffer
        return
    try:
        with output.open("xb") as file:
            try:
                yield file
                file.flush()
            except BaseException:
                output.unlink()
                raise
    except OSError as error:
        raise click.FileError(str(output), error.strerror) from None
