"""What was promised, and what became of it: late, promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import click

from adminduk.cli.app import App
from adminduk.cli.day import limit_option, post_in_words
from adminduk.cli.declaring import command, option
from adminduk.cli.law import read_day
from adminduk.cli.printing import as_json, show, table
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office.promises import Account, Month

__all__ = ["late", "promises"]


@command
@option(
    "--soon",
    type=click.IntRange(0, 30),
    default=2,
    show_default=True,
    metavar="DAYS",
    help=N_("Also what is promised for the next working days, so many."),
)
@limit_option(50)
def late(app: App, soon: int, limit: int, json_: bool) -> None:
    """List what is overdue, and what soon will be."""
    with app.office() as office:
        accounts = office.late(soon)
    if json_:
        as_json({"late": [one.as_dict() for one in accounts]})
    elif accounts:
        _print_late(app, accounts, limit)
    else:
        app.tell(N_("Nothing is overdue, and all that is promised for these days is there."))


def _print_late(app: App, accounts: list[Account], limit: int) -> None:
    """Print whose turn it is and how much lies there, then each of the most urgent."""
    overdue = Counter((one.stage, one.owner) for one in accounts if one.late)
    every = Counter((one.stage, one.owner) for one in accounts)
    heads = (N_("Overdue"), N_("Soon"), N_("Waits for"), N_("Whose turn it is"))
    rows = [
        (
            str(overdue[stage, owner]),
            str(count - overdue[stage, owner]),
            app.name(stage),
            post_in_words(app, owner) if owner else "–",
        )
        for (stage, owner), count in every.most_common()
    ]
    table([app.say(head) for head in heads], rows)
    show()
    _print_each(app, accounts[:limit])
    if len(accounts) > limit:
        app.tell(N_("There are {count} more: --limit"), count=len(accounts) - limit)


def _print_each(app: App, accounts: Iterable[Account]) -> None:
    heads = (N_("Promised"), N_("Days late"), N_("Document"), N_("What became of it, and why"))
    rows = [
        (
            one.day.isoformat(),
            str(one.late) if one.late else "–",
            f"{one.code} {one.product}",
            _why(app, one),
        )
        for one in accounts
    ]
    table([app.say(head) for head in heads], rows)


def _why(app: App, account: Account) -> str:
    """Say what became of a promise, where the time went, and who answered for that."""
    cause = app.name(account.cause) if account.cause else ""
    who = post_in_words(app, account.at_fault) if account.at_fault else ""
    return ", ".join(one for one in (app.name(account.outcome.value), cause, who) if one)


def _read_month(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    return read_day(ctx, param, None if value is None else f"{value}-01")


@command
@option(
    "--month",
    metavar="MONTH",
    callback=_read_month,
    help=N_("The month, as 2021-07; this one if left out."),
)
@option("--each", is_flag=True, help=N_("Also list each that was not kept."))
def promises(app: App, month: date | None, each: bool, json_: bool) -> None:
    """Give account of each promise for a month."""
    with app.office() as office:
        found = office.promises(month)
    if json_:
        as_json(found.as_dict(each=each))
    elif found.accounts:
        _print_month(app, found, each=each)
    else:
        app.tell(N_("Nothing was promised for {month}."), month=f"{found.month:%Y-%m}")


def _print_month(app: App, found: Month, *, each: bool) -> None:
    told = found.as_dict(each=False)
    app.tell(N_("Promised for {month}: {promised}"), **told)
    _print_counts(app, N_("What became of it"), told["outcomes"])
    _print_counts(app, N_("Where the time went"), told["causes"])
    _print_counts(app, N_("How it ended without a document"), told["ended"])
    days = told["broken_by_days"]
    if days:
        show()
        heads = (N_("Count"), N_("Working days late"))
        table([app.say(head) for head in heads], [(str(n), days_) for days_, n in days.items()])
    not_kept = [one for one in found.accounts if one.late]
    if each and not_kept:
        show()
        _print_each(app, not_kept)


def _print_counts(app: App, head: str, counts: Mapping[str, int]) -> None:
    rows = [(str(count), app.name(name)) for name, count in counts.items() if count]
    if rows:
        show()
        table([app.say(N_("Count")), app.say(head)], rows)
