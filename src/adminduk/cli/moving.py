"""Offices as a file for any storage, and from it: export, import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import command
from adminduk.cli.printing import as_json
from adminduk.cli.progress import stages
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office.moving import Contents

__all__ = ["export", "import_"]


@command
@click.argument("file", type=click.Path(path_type=Path))
def export(app: App, file: Path, json_: bool) -> None:
    """Write a new file; one that is there is never overwritten."""
    from adminduk.office.moving import take_out

    (url, region), master = app.named(), app.opened_master()
    with stages(_titles(app)) as tell:
        contents = take_out(url, file, region=region, master=master, progress=tell)
    _tell(app, file, contents, N_("Exported and verified, in {file}:"), json_=json_)


@command
@click.argument("file", type=click.Path(path_type=Path))
def import_(app: App, file: Path, json_: bool) -> None:
    """Write into the store that --office names; it has no such office yet."""
    from adminduk.office.moving import bring_in

    (url, region), master = app.named(), app.opened_master()
    with stages(_titles(app)) as tell:
        contents = bring_in(url, file, region=region, master=master, progress=tell)
    _tell(app, file, contents, N_("Imported and verified, from {file}:"), json_=json_)


import_.name = "import"


def _titles(app: App) -> dict[str, tuple[str, int | None]]:
    from adminduk.office.moving import BRINGING, CHECKING, VERIFYING, WRITING

    return {
        VERIFYING: (app.say(N_("Verifying")), None),
        WRITING: (app.say(N_("Exporting")), None),
        CHECKING: (app.say(N_("Checking the file")), 100),
        BRINGING: (app.say(N_("Importing")), 100),
    }


def _tell(app: App, file: Path, contents: Contents, said: str, *, json_: bool) -> None:
    if json_:
        offices = {office: counts.as_dict() for office, counts in contents.offices.items()}
        as_json({"file": str(file), "digest": contents.digest, "offices": offices})
        return
    app.tell(said, file=file)
    for office, counts in contents.offices.items():
        app.tell(
            N_(
                "Office {region}: {records} records, {entries} journal entries, {claims} claims,"
                " {commands} commands, {messages} messages."
            ),
            region=office,
            indent="  ",
            records=counts.records,
            entries=counts.entries,
            claims=counts.claims,
            commands=counts.commands,
            messages=counts.messages,
        )
    app.tell(N_("Digest: {digest}"), digest=contents.digest)
