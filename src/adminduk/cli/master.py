"""Master keys: made, and taken over by another one: master."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import Group, command
from adminduk.cli.printing import as_json
from adminduk.cli.progress import progress
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office.encryption.rotating import Standing

__all__ = ["master"]


class _Master(Group):
    texts: ClassVar = {
        "new": N_("Make a master key in a new file, which only you may read."),
        "status": N_("Say under which master keys the keys of the office are wrapped."),
        "rotate": N_("Wrap every key under the newest master key, while others go on working."),
    }


@click.group(cls=_Master)
def master() -> None:
    """Work on master keys."""


@command
@click.argument("file", type=click.Path(path_type=Path))
def new(app: App, file: Path, json_: bool) -> None:
    """Make one; what is there is never overwritten."""
    from adminduk.masters.local import make_master

    made = make_master(file)
    if json_:
        as_json({"file": str(file), "id": made})
        return
    app.tell(
        N_("Master key {id} is in {file}. Keep a copy where the store is not."), id=made, file=file
    )
    app.tell(
        N_("Without it nobody can read what is encrypted under it, and nothing brings it back.")
    )


@command
def status(app: App, json_: bool) -> None:
    """Count the keys under each master."""
    with app.office() as office:
        _tell(app, office.key_standing(), json_=json_)


@command
def rotate(app: App, json_: bool) -> None:
    """Wrap anew what is not under the newest master."""
    with app.office() as office, progress(app.say(N_("Wrapping keys"))) as tell:
        done = office.rotate_keys(tell)
    if not json_:
        app.tell(N_("Keys that were wrapped anew: {count}."), count=done.rewrapped)
    _tell(app, done, json_=json_)


def _tell(app: App, standing: Standing, *, json_: bool) -> None:
    if json_:
        as_json(standing.as_dict())
        return
    for id_, count in standing.masters.items():
        newest = id_ == standing.current
        text = N_("{id}: {count} keys; it is the newest.") if newest else N_("{id}: {count} keys.")
        app.tell(text, id=id_, count=count)
    app.tell(N_("Keys that were destroyed: {count}."), count=standing.destroyed)
    if standing.left:
        app.tell(N_("The others are still needed: adminduk master rotate"))
    else:
        app.tell(N_("No other master key is needed, but for backups from before."))


for one in (new, status, rotate):
    master.add_command(one)
