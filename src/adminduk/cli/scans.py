"""Scans: kept, given out, held to the records, and collected: scans."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, ClassVar, Final

import click
from attrs import asdict

from adminduk.cli.app import App
from adminduk.cli.declaring import Group, command, option
from adminduk.cli.previews import preview
from adminduk.cli.printing import as_json, show
from adminduk.cli.progress import progress, stages
from adminduk.cli.writing import written
from adminduk.errors import AdmindukError
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office import Office
    from adminduk.office.collecting import Collected

__all__ = ["scans"]

_PIECE: Final = 64 * 1024


class _Scans(Group):
    texts: ClassVar = {
        "add": N_("Keep files; print of each what a command names it by."),
        "upload": N_("Keep a file that comes on standard input, from where it broke off."),
        "get": N_("Give a scan out, by its digest."),
        "preview": N_("Count the pages of a scan, and draw each small."),
        "verify": N_("Open every scan that a record names."),
        "collect": N_("Find the scans that no record names; --remove removes them."),
    }


@click.group(cls=_Scans)
def scans() -> None:
    """Work on scans."""


@command
@click.argument("files", nargs=-1, required=True, type=click.File("rb"))
def add(app: App, files: tuple[IO[bytes], ...], json_: bool) -> None:
    """Keep each file that is taken; if one is not, the program ends with 1."""
    from adminduk.scans import LARGEST, accept

    refused = False
    with closing(app.scan_store()) as store:
        for file in files:
            try:
                scan = asdict(accept(store, file.read(LARGEST + 1)))
            except AdmindukError as error:
                refused = True
                if json_:
                    as_json({"file": file.name, "error": error.as_dict(app.language)})
                else:
                    show(f"{file.name}: {error.message(app.language)}", err=True)
            else:
                as_json({"file": file.name, "scan": scan} if json_ else scan)
    if refused:
        click.get_current_context().exit(1)


@command
@click.argument("digest")
@click.argument("size", type=int)
@option(
    "--parts",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=N_("A folder for what has come of files that are on their way."),
)
def upload(app: App, digest: str, size: int, parts: Path, json_: bool) -> None:  # noqa: ARG001 - programs are answered in any case
    """Take what comes on; if it is not all, it is said from which byte to go on."""
    from adminduk.scans.uploads import Uploads

    upload = Uploads(parts).begin(digest, size)
    coming = sys.stdin.buffer
    with closing(app.scan_store()) as store:
        come = upload.come
        while come < size and (part := coming.read(min(_PIECE, size - come))):
            come = upload.append(part, at=come)
        as_json(asdict(upload.finish(store)))


@command
@click.argument("digest")
@option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=N_("Write a new file; without it the scan goes to standard output."),
)
def get(app: App, digest: str, output: Path | None, json_: bool) -> None:  # noqa: ARG001 - the scan is all that is given
    """Give a scan out, if it is as it was put."""
    with closing(app.scan_store()) as store:
        parts = store.read(digest)
        with written(output) as file:
            for part in parts:
                file.write(part)


@command
def verify(app: App, json_: bool) -> None:
    """Read each; a fault ends the program with 1."""
    from adminduk.scans.verifying import verify_scans

    with app.office() as office, progress(app.say(N_("Opening scans"))) as tell:
        report = verify_scans(office, tell)
    if json_:
        as_json({"ok": report.clean, "scans": report.scans, "faults": list(report.faults)})
    else:
        app.tell(N_("Opened {count} scans that records name."), count=report.scans)
        for fault in report.faults:
            show(fault, indent="  ", hang="    ")
    if not report.clean:
        click.get_current_context().exit(1)


@command
@option(
    "--days",
    type=int,
    default=30,
    show_default=True,
    help=N_("How long a scan may wait to be named."),
)
@option("--remove", is_flag=True, help=N_("Remove them; else they are only counted."))
def collect(app: App, days: int, remove: bool, json_: bool) -> None:
    """Go through the records of all offices of the store, then through its scans."""
    titles = {
        "reading": (app.say(N_("Reading records")), None),
        "collecting": (app.say(N_("Going through scans")), None),
    }
    with _offices(app) as (first, *others), stages(titles) as tell:
        found = first.collect_scans(
            *others, unnamed_for=timedelta(days=days), remove=remove, progress=tell
        )
    if json_:
        as_json(found.as_dict())
    else:
        _show(app, found, days)


@contextmanager
def _offices(app: App) -> Iterator[list[Office]]:
    """Open all offices of the store: the scans of all of them may be kept at one place."""
    from adminduk.office import Office

    with ExitStack() as opened:
        first = opened.enter_context(app.office())
        open_one = partial(Office.open, app.store(), language=app.language, scans=app.scans)
        others = [code for code in first.storage.offices() if code != first.region.full()]
        yield [first, *(opened.enter_context(open_one(code)) for code in others)]


def _show(app: App, found: Collected, days: int) -> None:
    app.tell(
        N_("{scans} scans: {named} are named by a record, {young} wait to be."), **found.as_dict()
    )
    said = (
        N_("Removed: {unnamed}, {size} bytes, that no record has named in {days} days.")
        if found.removed
        else N_(
            "No record has named {unnamed} in {days} days, {size} bytes; --remove removes them."
        )
    )
    app.tell(said, days=days, **found.as_dict())


for _command in (add, upload, get, preview, verify, collect):
    scans.add_command(_command)
