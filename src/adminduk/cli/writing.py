"""Files that a command writes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

import click

from adminduk.private import private

__all__ = ["STANDARD_OUTPUT", "PrivateFile", "overwrite", "written"]

STANDARD_OUTPUT: Final = Path("-")


def overwrite(file: Path, content: bytes) -> None:
    """Write a file over one of that name, which keeps whom it is open to."""
    with open(file, "wb", opener=private) as opened:
        opened.write(content)


class PrivateFile(click.File):
    """A file to write text to; a new one only its owner may read, and `-` is standard output."""

    def __init__(self) -> None:
        super().__init__("w", encoding="utf-8")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Have the file there before it is opened."""
        if value != "-":
            with suppress(OSError):  # it is there, or to open it says better why not
                open(value, "xb", opener=private).close()
        return super().convert(value, param, ctx)


@contextmanager
def written(output: Path | None) -> Iterator[IO[bytes]]:
    """Give where to write: a new file; `-` is standard output, as nothing is.

    A file that was not written to its end is not left. One that was is on the medium then: memory
    sticks are pulled out as soon as a command says that it is done.
    """
    if output is None or output == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from adminduk.scans.disk import sync

    try:
        with open(output, "xb", opener=private) as file:
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
