"""Who owes what: the papers and bags of each post, and what went missing with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from adminduk.cli.app import App
from adminduk.cli.day import post_in_words
from adminduk.cli.declaring import command, option
from adminduk.cli.law import read_day
from adminduk.cli.printing import as_json, show, table
from adminduk.errors import InvalidInput
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office.owing import Differing, Held, Owed
    from adminduk.records import Post

__all__ = ["owed"]


def _read_post(ctx: click.Context, param: click.Parameter, value: str | None) -> Post | None:
    """Read `ROLE@REGION`."""
    from adminduk.records import Post

    if value is None:
        return None
    role, _, region = value.partition("@")
    try:
        return Post(role, region)
    except InvalidInput as error:
        raise click.BadParameter(error.message(ctx.obj.language), ctx, param) from None


@command
@option(
    "--post",
    metavar="ROLE@REGION",
    callback=_read_post,
    help=N_("Only this post, thing by thing, as courier@35.23."),
)
@option(
    "--from",
    "first",
    metavar="DATE",
    callback=read_day,
    help=N_("The first day for what was lost or settled; 30 days before."),
)
@option("--until", "last", metavar="DATE", callback=read_day, help=N_("The last day; today."))
def owed(app: App, post: Post | None, first: date | None, last: date | None, json_: bool) -> None:
    """Say what posts answer for, since when, and whether it is past its time."""
    with app.office() as office:
        found = office.owed(post, first, last)
    if json_:
        as_json([one.as_dict() for one in found])
    elif not found and post is not None:
        app.tell(N_("{post} answers for nothing."), post=post_in_words(app, str(post)))
    elif not found:
        app.tell(N_("Nobody answers for anything. What is printed, sealed or sent shows up here."))
    elif post is None:
        _print_all(app, found)
    else:
        _print_one(app, found[0])


def _print_all(app: App, found: Sequence[Owed]) -> None:
    heads = [
        *(N_("Papers"), N_("Bags"), N_("Late"), N_("Open"), N_("Gone"), N_("Since")),
        N_("Post"),
    ]
    rows = [
        (
            *map(str, (len(one.papers), len(one.bags), one.late, len(one.open), len(one.gone))),
            _day(app, one.oldest),
            post_in_words(app, one.post),
        )
        for one in found
    ]
    table([app.say(head) for head in heads], rows)
    show()
    app.tell(N_("Open: differences without an outcome. Gone: missing, or lost in the period."))


def _print_one(app: App, one: Owed) -> None:
    show(post_in_words(app, one.post))
    held = [
        (N_("Papers"), one.papers),
        (N_("Bags"), one.bags),
        (N_("Missing or lost in the period"), one.gone),
    ]
    for title, things in held:
        if things:
            show()
            app.tell(title)
            _print_held(app, things)
    for title, differences in (
        (N_("Differences without an outcome"), one.open),
        (N_("Differences that were settled"), one.settled),
    ):
        if differences:
            show()
            app.tell(title)
            _print_differing(app, differences)


def _print_held(app: App, things: Sequence[Held]) -> None:
    heads = (N_("Since"), N_("Due"), N_("Id"), N_("What"))
    late = app.say(N_("late"))
    rows = [
        (
            _day(app, one.since),
            _day(app, one.due),
            one.id,
            f"{app.name(one.kind)}: {app.name(one.state)}{f', {late}' if one.late else ''}"
            + (app.say(N_("; the courier says: {said}"), said=app.name(one.said)) * bool(one.said)),
        )
        for one in sorted(things, key=lambda one: str(one.since))
    ]
    table([app.say(head) for head in heads], rows)


def _print_differing(app: App, differences: Sequence[Differing]) -> None:
    heads = (N_("Bag"), N_("Paper"), N_("What"))
    rows = [
        (
            one.bag,
            one.item,
            app.name(one.kind) + (f" → {app.name(one.outcome)}" if one.outcome else ""),
        )
        for one in differences
    ]
    table([app.say(head) for head in heads], rows)


def _day(app: App, moment: datetime | None) -> str:
    return "–" if moment is None else f"{moment.astimezone(app.zone):%Y-%m-%d}"
