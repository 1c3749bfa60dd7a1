"""Messages that were not delivered: seen, and sent again: messages."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

import click

from adminduk.cli.app import App
from adminduk.cli.day import limit_option
from adminduk.cli.declaring import command, option
from adminduk.cli.printing import as_json, show
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office.outbox import Waiting

__all__ = ["messages"]


@command
@option("--parked", is_flag=True, help=N_("Only those that are not tried any more."))
@option(
    "--resend",
    "keys",
    multiple=True,
    metavar="KEY",
    help=N_("Have this parked message sent again; may be given several times."),
)
@option("--all", "every", is_flag=True, help=N_("Have every parked message sent again."))
@limit_option(50)
def messages(
    app: App, *, parked: bool, keys: tuple[str, ...], every: bool, limit: int, json_: bool
) -> None:
    """List what waits, parked messages first; or have parked ones sent again."""
    if [parked, bool(keys), every].count(True) > 1:
        raise click.UsageError(app.say(N_("Say one: --parked, --resend KEY or --all.")))
    with app.office() as office:
        if keys or every:
            resent = [one.key for one in office.messages(parked=True)] if every else list(keys)
            for key in resent:
                office.resend(key)
            _tell_resent(app, resent, json_=json_)
            return
        kinds = [True] if parked else [True, False]
        waiting = chain.from_iterable(office.messages(parked=kind) for kind in kinds)
        found = list(islice(waiting, limit + 1))
    if json_:
        as_json([one.as_dict() for one in found[:limit]])
    else:
        _print(app, found, limit)


def _print_of_bag(app: App, one: Waiting) -> None:
    """Print what the courier is to be told, and what to do where it did not take that."""
    text = app.say(N_("whether bag {bag} is to be carried"), bag=one.text)
    show(f"{app.name('courier')}: {text}", indent="  ")
    if one.parked:
        app.tell(
            N_("Ask why it did not take that; then resend it, or let the bag go another way."),
            indent="  ",
        )


def _tell_resent(app: App, keys: list[str], *, json_: bool) -> None:
    if json_:
        as_json({"resent": keys})
    else:
        app.tell(N_("Messages to be sent again: {count}. `deliver` sends them."), count=len(keys))


def _print(app: App, found: list[Waiting], limit: int) -> None:
    for one in found[:limit]:
        when = app.say(N_("parked")) if one.parked else one.due.isoformat()
        show(f"{one.key}  {when}")
        if one.damaged:
            app.tell(N_("It cannot be read: `adminduk verify` says what is damaged."), indent="  ")
            continue
        if one.text and not one.to:
            _print_of_bag(app, one)
            continue
        to = one.to or app.name("applicant")
        text = one.text or app.say(N_("nobody is told: the person was erased"))
        show(f"{to}: {text}", indent="  ")
    if len(found) > limit:
        app.tell(N_("There is more: --limit says how much is shown."))
    elif not found:
        app.tell(N_("No message waits."))
    elif found[0].parked:
        app.tell(N_("Parked messages are sent again by: adminduk messages --resend KEY, or --all"))
