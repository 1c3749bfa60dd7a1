"""Whether what is stored, and what the library needs, is sound: verify, doctor."""

from __future__ import annotations

import gettext
import os
import platform
import stat
import sys
from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click
from attrs import frozen

from adminduk.cli.app import App
from adminduk.cli.declaring import command
from adminduk.cli.printing import as_json, show
from adminduk.cli.progress import progress
from adminduk.cli.seals import read_seals, seals_option, signers_option
from adminduk.errors import AdmindukError
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office import Report

__all__ = ["doctor", "verify"]

_MOST_CODES: Final = 20
_OLDEST_PYTHON: Final = (3, 11)
_OLDEST_SQLITE: Final = (3, 51, 3)


@command
@seals_option
@signers_option
def verify(app: App, kept: IO[bytes] | None, signers: Sequence[str], json_: bool) -> None:
    """Check everything stored; a fault ends the program with 1."""
    seals = read_seals(kept)
    with app.office() as office, progress(app.say(N_("Verifying"))) as tell:
        report = office.verify(tell, kept=seals, signers=signers)
    if json_:
        as_json(
            {
                "ok": report.clean,
                "records": report.records,
                "entries": report.entries,
                "claims": report.claims,
                "seals": report.seals,
                "sealed": report.sealed,
                "written": report.written,
                "lost": list(report.lost),
                "scans": report.scans,
                "faults": list(report.faults),
            }
        )
    else:
        app.tell(
            N_("Replayed {entries} journal entries of {records} records, with {claims} claims."),
            entries=report.entries,
            records=report.records,
            claims=report.claims,
        )
        _tell_sealed(app, report)
        if report.scans:
            app.tell(N_("Looked for {scans} scans that records name."), scans=report.scans)
        if report.lost:
            text = N_(
                "The people of {count} cases can be read no more, and no erasure says why: {codes}."
            )
            app.tell(text, count=len(report.lost), codes=", ".join(report.lost[:_MOST_CODES]))
        for fault in report.faults:
            show(fault, indent="  ", hang="    ")
        if report.clean:
            app.tell(N_("All is as it was written."))
        elif report.written:
            text = N_(
                "{count} faults, of which some may be none: {written} entries were written while it"
                " was read. Verify again while nobody writes, or verify a backup."
            )
            app.tell(text, count=len(report.faults), written=report.written)
        else:
            text = N_(
                "{count} faults: stop working on it, keep it, and restore the last good copy."
            )
            app.tell(text, count=len(report.faults))
    if not report.clean:
        click.get_current_context().exit(1)


def _tell_sealed(app: App, report: Report) -> None:
    """Say how far seals go: what follows can be altered by who can write the store."""
    if report.seals:
        app.tell(
            N_(
                "{seals} seals; {unsealed} entries since the last, number {sealed}, are under none."
            ),
            seals=report.seals,
            unsealed=report.entries - report.sealed,
            sealed=report.sealed,
        )
    elif report.entries:
        app.tell(N_("Nothing is sealed. `adminduk seals make` seals it."))


@frozen
class _Check:
    """One thing that was looked at.

    Attributes:
        name: What.
        sound: Whether it is as it must be.
        found: What was found.
        remedy: What to do if it is not sound; marked with `N_`.
    """

    name: str
    sound: bool
    found: str
    remedy: str


@command
def doctor(app: App, json_: bool) -> None:
    """Look at everything the library needs; what is not sound ends the program with 1."""
    from adminduk.plugins import ALLOWED

    checks = [_python(), _sqlite(), _texts(), _plugins()]
    checks += [_allowed(app)] if ALLOWED in os.environ else []
    checks += [_office(app)] if app.url else []
    if json_:
        as_json({one.name: {"ok": one.sound, "found": one.found} for one in checks})
    else:
        show(f"adminduk {version('adminduk')}")
        for one in checks:
            show(f"{one.name}: {one.found}", indent="ok  " if one.sound else "!!  ", hang="    ")
            if not one.sound:
                app.tell(one.remedy, indent="    ")
        if not app.url:
            app.tell(N_("No office was named; name one to have it looked at too."), indent="    ")
    if not all(one.sound for one in checks):
        click.get_current_context().exit(1)


def _python() -> _Check:
    remedy = N_("Install Python 3.11 or newer.")
    sound = sys.version_info[:2] >= _OLDEST_PYTHON
    return _Check("python", sound, platform.python_version(), remedy)


def _sqlite() -> _Check:
    import apsw

    found = apsw.sqlite_lib_version()
    remedy = N_(
        "Do not share a file between processes: this SQLite may corrupt it. Install apsw 3.51.3"
        " or newer."
    )
    return _Check("sqlite", tuple(map(int, found.split("."))) >= _OLDEST_SQLITE, found, remedy)


def _texts() -> _Check:
    with as_file(files("adminduk") / "locale") as folder:
        found = gettext.find("adminduk", str(folder), ["id"])
    remedy = N_("The Indonesian texts are not installed: install adminduk anew.")
    return _Check("texts", found is not None, "id, en" if found else "en", remedy)


def _plugins() -> _Check:
    from adminduk import plugins as hooks

    failed = hooks.failures()
    found = "; ".join(f"{name}: {why}" for name, why in failed.items())
    remedy = N_("Install these plugins anew, or remove them; the office runs without them.")
    names = ", ".join(one.name for one in hooks.listing())
    return _Check("plugins", not failed, found or names, remedy)


def _allowed(app: App) -> _Check:
    from adminduk import plugins as hooks

    absent, left_out = hooks.absent(), [one.name for one in hooks.left_out()]
    found = app.say(
        N_("not allowed: {plugins}; allowed and not here: {names}"),
        plugins=", ".join(left_out) or "–",
        names=", ".join(absent) or "–",
    )
    remedy = N_("Install what ADMINDUK_PLUGINS names, or take it from there.")
    return _Check(hooks.ALLOWED, not absent, found, remedy)


def _office(app: App) -> _Check:
    remedy = N_("Correct what --office or ADMINDUK_OFFICE says, or make it with `adminduk init`.")
    try:
        with app.office() as office:
            region = office.region.full()
    except AdmindukError as error:
        return _Check("office", False, error.message(app.language), remedy)
    if not _is_open_to_all(app.store()):
        return _Check("office", True, region, remedy)
    text = N_("{office}, in a file that everybody on this machine may read or write")
    remedy = N_("Take it from them: chmod o-rwx, as on what lies beside it.")
    return _Check("office", False, app.say(text, office=region), remedy)


def _is_open_to_all(url: str) -> bool:
    """Whether a store is a file that is everybody's; of other stores its server says who reads."""
    if not url.startswith("sqlite:") or os.name == "nt":  # where modes say nothing
        return False
    from adminduk.storage.sqlite import path_of

    return bool(stat.S_IMODE(Path(path_of(url)).stat().st_mode) & stat.S_IRWXO)
