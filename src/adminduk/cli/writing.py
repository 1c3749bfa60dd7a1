"""Files that a command writes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click

__all__ = ["STANDARD_OUTPUT", "written"]

STANDARD_OUTPUT: Final = Path("-")


@contextmanager
def written(output: Path | None) -> Iterator[IO[bytes]]:
    """Give where to write: `-` is standard output, as nothing is.

    A file that was not written to its end is not left. One that was is on the medium then: memory
    sticks are pulled out as soon as a command says that it is done.
    """
    if output is None or output == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        return
    from adminduk.scans.disk import sync

    try:
        with output.open("xb") as file:
            try:
                yield file
                file.flush()
                os.fsync(file.fileno())
                sync(output.parent)
            except BaseException:
                output.unlink()
                raise
    except OSError as error:
        raise click.FileError(str(output), error.strerror) from None
