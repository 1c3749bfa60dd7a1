"""The office itself: made, its messages delivered, its time let pass: init, deliver, tick."""

from __future__ import annotations

import shlex

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import command, option
from adminduk.cli.printing import as_json, show_command
from adminduk.language import N_

__all__ = ["deliver", "init", "tick"]


@command
@click.argument("url")
@option("--region", required=True, metavar="CODE", help=N_("The regency, as 35.23."))
def init(app: App, url: str, region: str, json_: bool) -> None:
    """Make an office; one that exists is left as it is."""
    from adminduk.office import Office

    with Office.init(url, region) as office:
        code = office.region.full()
    if json_:
        as_json({"office": code, "url": url})
        return
    app.tell(N_("Office {region} is ready. Name it with --office, or once for all:"), region=code)
    show_command(f"export ADMINDUK_OFFICE={shlex.quote(url)}")


@command
@option(
    "--notifier",
    default="console:",
    show_default=True,
    metavar="URL",
    help=N_("What carries the messages; console: prints them on standard error."),
)
def deliver(app: App, notifier: str, json_: bool) -> None:
    """Deliver what is due, each message once; what fails is tried again at a later call."""
    from adminduk.office import Delivered

    sent = again = parked = 0
    with app.office(notifier=notifier) as office:
        while (one := office.deliver()) != Delivered():
            sent, again, parked = sent + one.sent, again + one.again, parked + one.parked
    if json_:
        as_json({"sent": sent, "again": again, "parked": parked})
    elif sent or again or parked:
        app.tell(
            N_("Sent {sent}; to be tried again {again}; parked for a person {parked}."),
            sent=sent,
            again=again,
            parked=parked,
        )
    else:
        app.tell(N_("No message is due. What is submitted, returned or ready causes one."))


@command
def tick(app: App, json_: bool) -> None:
    """Let happen what is due."""
    with app.office() as office:
        receipts = office.tick()
    if json_:
        as_json([one.as_dict() for one in receipts])
    elif receipts:
        for receipt in receipts:
            first = receipt.records[0]
            app.tell(
                N_("{kind} {id}: {state}"),
                kind=app.name(first.kind),
                id=first.id,
                state=app.name(first.state),
            )
    else:
        app.tell(N_("Nothing is due: no term of a draft, a return or an unclaimed paper is past."))
