"""The office itself: made, its messages delivered, its time let pass: init, deliver, tick."""

from __future__ import annotations

import shlex
from functools import partial
from typing import TYPE_CHECKING

import click
from attrs import asdict, fields_dict

from adminduk.cli.app import App
from adminduk.cli.declaring import command, option, show_error
from adminduk.cli.printing import as_json, show_command
from adminduk.cli.stopping import stopping
from adminduk.errors import StorageFailure
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office import Delivered, Office

__all__ = ["deliver", "init", "tick"]


@command
@click.argument("url")
@option("--region", required=True, metavar="CODE", help=N_("The regency, as 35.23."))
@option(
    "--master",
    metavar="URL",
    help=N_("Its master key, as file:///etc/adminduk/master.key: what is personal is encrypted."),
)
def init(app: App, *, url: str, region: str, master: str | None, json_: bool) -> None:
    """Make an office; one that exists is left as it is."""
    from adminduk.office import Office

    master = master or app.master
    with Office.init(url, region, master=master) as office:
        code = office.region.full()
    if json_:
        as_json({"office": code, "url": url, "encrypted": bool(master)})
        return
    app.tell(N_("Office {region} is ready. Name it with --office, or once for all:"), region=code)
    show_command(f"export ADMINDUK_OFFICE={shlex.quote(url)}")
    if master:
        show_command(f"export ADMINDUK_MASTER={shlex.quote(master)}")


@command
@option(
    "--notifier",
    default="console:",
    show_default=True,
    metavar="URL",
    help=N_(
        "What carries the messages; console: prints them on standard error. #at-most=10/s, or"
        " 30/min, at its end: no more than so many."
    ),
)
@option(
    "--posts",
    metavar="URL",
    help=N_("What carries the messages to operators, as to mailboxes; else --notifier does."),
)
@option(
    "--courier",
    default="weekly:",
    show_default=True,
    metavar="URL",
    help=N_("Who is told of the bags to carry; weekly: goes by the schedule and is told nothing."),
)
@option(
    "--follow",
    is_flag=True,
    help=N_("Go on with what comes, until SIGINT (Ctrl-C) or SIGTERM; several may do so at once."),
)
@option(
    "--at-once",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    metavar="NUMBER",
    help=N_("How many messages are in hand at a time, for a gateway that answers slowly."),
)
def deliver(
    app: App,
    *,
    notifier: str,
    posts: str | None,
    courier: str,
    follow: bool,
    at_once: int,
    json_: bool,
) -> None:
    """Deliver what is due, each message once; what fails is tried again at a later call."""
    from adminduk.office import Delivered

    with app.office(notifier=notifier, posts=posts, courier=courier) as office:
        if follow:
            _follow(app, office, at_once, json_=json_)
            return
        rounds = list(iter(partial(office.deliver, at_once=at_once), Delivered()))
    names = fields_dict(Delivered)
    done = Delivered(**{name: sum(getattr(one, name) for one in rounds) for name in names})
    if json_ or rounds:
        _show_delivered(app, done, json_=json_)
    else:
        app.tell(N_("No message is due. What is submitted, returned, ready or sealed causes one."))


def _follow(app: App, office: Office, at_once: int, *, json_: bool) -> None:
    """Tell of each round that did something, and when the store is away."""

    def away(failure: StorageFailure) -> None:
        show_error(app, failure, json_=json_)
        if not json_:
            app.tell(N_("It is tried again until it is back."), err=True)

    with stopping() as stop:
        if not json_:
            app.tell(N_("Messages are delivered as they come. Ctrl-C ends it."))
        for done in office.follow(stop, away=away, at_once=at_once):
            _show_delivered(app, done, json_=json_)


def _show_delivered(app: App, done: Delivered, *, json_: bool) -> None:
    if json_:
        as_json(asdict(done))
        return
    app.tell(
        N_(
            "Sent {sent}; bags told to the courier {bags}; again later {again}; parked {parked};"
            " no longer so {past}."
        ),
        **asdict(done),
    )


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
