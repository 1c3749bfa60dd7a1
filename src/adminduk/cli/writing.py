"""Files that a command writes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import click

from adminduk.private import private

__all__ = ["PrivateFile", "overwrite", "written"]


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
    """Give where to write: a new file, which is not left if it was not written to its end."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with open(output, "xb", opener=private) as file:
            try:
                yield file
                file.flush()
            except BaseException:
                output.unlink()
                raise
    except OSError as error:
        raise click.FileError(str(output), error.strerror) from None
