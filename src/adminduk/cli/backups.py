"""The store as one file, and back: backup, restore."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import command
from adminduk.cli.printing import as_json
from adminduk.cli.progress import stages
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office import Report

__all__ = ["backup", "restore"]


@command
@click.argument("file", type=click.Path(path_type=Path))
def backup(app: App, file: Path, json_: bool) -> None:
    """Write a new file; one that is there is never overwritten."""
    from adminduk.office.backups import back_up

    url, master = app.store(), app.opened_master()
    with stages(_titles(app)) as tell:
        reports = back_up(url, file, master=master, progress=tell)
    if json_:
        as_json({"file": str(file), "size": file.stat().st_size, "offices": _counts(reports)})
    else:
        app.tell(N_("Backed up and verified, in {file}:"), file=file)
        _tell(app, reports)


@command
@click.argument("file", type=click.Path(path_type=Path))
def restore(app: App, file: Path, json_: bool) -> None:
    """Make the store that --office names; there must be nothing at its place."""
    from adminduk.office.backups import restore as bring_back

    url, master = app.store(), app.opened_master()
    with stages(_titles(app)) as tell:
        reports = bring_back(url, file, master=master, progress=tell)
    if json_:
        as_json({"url": url, "offices": _counts(reports)})
    else:
        app.tell(N_("Restored and verified, in {url}:"), url=url)
        _tell(app, reports)


def _titles(app: App) -> dict[str, tuple[str, int | None]]:
    from adminduk.office.backups import COPYING, VERIFYING

    return {COPYING: (app.say(N_("Copying")), 100), VERIFYING: (app.say(N_("Verifying")), None)}


def _counts(reports: Mapping[str, Report]) -> dict[str, Any]:
    return {
        office: {"records": one.records, "entries": one.entries, "claims": one.claims}
        for office, one in reports.items()
    }


def _tell(app: App, reports: Mapping[str, Report]) -> None:
    for office, one in reports.items():
        app.tell(
            N_("Office {region}: {records} records, {entries} journal entries, {claims} claims."),
            region=office,
            records=one.records,
            entries=one.entries,
            claims=one.claims,
            indent="  ",
        )
