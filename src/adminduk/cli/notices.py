"""What the head of office has closed: notices."""

from __future__ import annotations

from adminduk.cli.app import App
from adminduk.cli.declaring import command
from adminduk.cli.printing import as_json, show
from adminduk.codec import dump
from adminduk.language import N_

__all__ = ["notices"]


@command
def notices(app: App, json_: bool) -> None:
    """List the notices in force."""
    with app.office() as office:
        found = office.notices()
    if json_:
        as_json([dump(one) for one in found])
        return
    for one in found:
        acts = ", ".join(app.name(act) for act in one.acts)
        doors = ", ".join(app.name(channel) for channel in one.channels)
        until = one.until or app.say(N_("it is lifted"))
        show(f"{one.id}: {one.reason}")
        text = N_("Closed from {since} until {until}: {acts}; at: {doors}")
        app.tell(text, indent="  ", since=one.since, until=until, acts=acts, doors=doors)
        if one.stays_open:
            cases = "; ".join(map(str, one.stays_open))
            app.tell(N_("Open all the same: {cases}"), indent="  ", cases=cases)
    if not found:
        app.tell(N_("Nothing is closed. The head of office closes doors by the command announce."))
