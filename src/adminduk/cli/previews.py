"""What a scan looks like: its number of pages, and a small picture of each."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import command, option
from adminduk.cli.printing import as_json, show
from adminduk.cli.writing import overwrite
from adminduk.language import N_

__all__ = ["preview"]


@command
@click.argument("scan", metavar="DIGEST|FILE")
@option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help=N_("Write a JPEG of each page into this folder, named by its number."),
)
@option(
    "--side",
    type=click.IntRange(16, 2000),
    default=400,
    show_default=True,
    metavar="PIXELS",
    help=N_("How long the longer side of each is."),
)
def preview(app: App, scan: str, output: Path | None, side: int, json_: bool) -> None:
    """Count the pages, and draw them."""
    from adminduk.scans.previews import previews

    drawn = previews(_content(app, scan), side=side)
    files = []
    for number, picture in enumerate(drawn.pictures if output else (), 1):
        assert output is not None
        files.append(str(output / f"{number:03}.jpg"))
        try:
            overwrite(Path(files[-1]), picture)
        except OSError as error:
            raise click.FileError(files[-1], error.strerror) from None
    if json_:
        as_json({"pages": drawn.pages, "files": files})
    else:
        app.tell(N_("Pages: {pages}."), pages=drawn.pages)
        for file in files:
            show(file)


def _content(app: App, scan: str) -> bytes:
    """Read a scan by its digest, else a file of that name."""
    from adminduk.scans.content import is_digest
    from adminduk.scans.refusing import LARGEST

    if is_digest(scan):
        with closing(app.scan_store()) as store:
            return b"".join(store.read(scan))
    try:
        with Path(scan).open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise click.FileError(scan, getattr(error, "strerror", None)) from None
