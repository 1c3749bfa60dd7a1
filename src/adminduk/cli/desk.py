"""At the desks: the next case to read, a batch to print, a person without a code."""

from __future__ import annotations

import json
from datetime import date
from typing import IO, Final
from uuid import uuid4

import click

from adminduk.cli.app import App
from adminduk.cli.day import limit_option
from adminduk.cli.declaring import command, option
from adminduk.cli.law import read_day
from adminduk.cli.printing import as_json, show, show_command, table
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records import Application

__all__ = ["find", "print", "take"]


@command
def take(app: App, json_: bool) -> None:
    """Take the next case to verify."""
    with app.office() as office:
        receipt = office.take_next(app.who())
        application = None
        if receipt is not None:
            application = office.record("application", receipt.records[0].id)
    if json_:
        as_json(None if receipt is None else receipt.as_dict())
    elif not isinstance(application, Application):
        app.tell(N_("No case waits to be read. What is submitted will show up here."))
    else:
        _print_taken(app, application)


def _print_taken(app: App, application: Application) -> None:
    assert application.taken is not None, "it was just taken"
    text = N_("{code}: {services}. It is yours to read until {until}.")
    app.tell(
        text,
        code=application.key,
        services=", ".join(application.services),
        until=f"{application.taken.until.astimezone(app.zone):%H:%M}",
    )
    app.tell(N_("To verify it, or to return it with all its faults, send to `apply` as"))
    items = [one.item for one in application.evidence]
    with_ = {"application": application.key, "accepted": items}
    show_command(json.dumps({"id": str(uuid4()), "do": "verify", "with": with_}))


_LONGEST_SCAN: Final = 1_000_000


def _numbers(file: IO[str]) -> list[str]:
    """Read the numbers of blanks, of a file that may have no end."""
    text = file.read(_LONGEST_SCAN + 1)
    if len(text) > _LONGEST_SCAN:
        said = N_("The input is too large.")
        raise InvalidInput.at("blanks", "too_large", said, N_("at most 1,000,000 characters"))
    return [line.strip() for line in text.split("\n") if line.strip()]


@command
@click.argument("product")
@option(
    "--blanks",
    type=click.File("r", encoding="utf-8", errors="replace"),
    metavar="FILE",
    help=N_("For KTP and KIA: the numbers of the blanks as scanned, one a line; - reads them."),
)
@option("--signature", default="", help=N_("For plain paper: whose signature it bears."))
@limit_option(100, N_("The most copies to print."))
def print(  # noqa: A001, PLR0917 - the name of the command; given by name
    app: App, product: str, blanks: IO[str] | None, signature: str, limit: int, json_: bool
) -> None:
    """Print the copies that have waited longest: all of them or none."""
    numbers = [] if blanks is None else _numbers(blanks)
    with app.office() as office:
        receipts = office.print_batch(
            product, app.who(), blanks=numbers, signature=signature, limit=limit
        )
    if json_:
        as_json([one.as_dict() for one in receipts])
    elif receipts:
        heads = (N_("Copy"), N_("Blank"))
        printed = [one.records[0].id for one in receipts]
        pads = [*numbers, *["–"] * (len(printed) - len(numbers))]
        table([app.say(head) for head in heads], list(zip(printed, pads, strict=True)))
    else:
        app.tell(N_("No copy of that waits to be printed. Verifying a case orders them."))


@command
@click.argument("village")
@option("--service", metavar="SERVICE", help=N_("Only what asks for this service."))
@option("--from", "first", metavar="DATE", callback=read_day, help=N_("The first day."))
@option("--until", "last", metavar="DATE", callback=read_day, help=N_("The last day; today."))
@option("--after", metavar="PLACE", help=N_("Where the page before ended."))
@limit_option(50)
def find(  # noqa: PLR0917 - given by name
    app: App,
    village: str,
    service: str | None,
    first: date | None,
    last: date | None,
    after: str | None,
    limit: int,
    json_: bool,
) -> None:
    """Find the cases of a village, the newest day first."""
    with app.office() as office:
        page = office.find(
            village,
            app.who(),
            service=service,
            first=first,
            last=last,
            after=after,
            limit=limit,
        )
    if json_:
        cases = [
            {
                "code": one.code,
                "state": one.state,
                "region": one.region,
                "services": list(one.services),
                "day": one.day.isoformat(),
                "applicant": one.applicant,
            }
            for one in page.cases
        ]
        as_json({"cases": cases, "next": page.next})
    elif page.cases:
        heads = (N_("Day"), N_("Code"), N_("State"), N_("Applicant and services"))
        rows = [
            (
                one.day.isoformat(),
                one.code,
                app.name(one.state),
                f"{one.applicant or '–'}: {', '.join(one.services)}",
            )
            for one in page.cases
        ]
        table([app.say(head) for head in heads], rows)
        if page.next:
            app.tell(N_("There is more: --after '{place}'"), place=page.next)
    else:
        text = N_("No case of {village} began in those days. Ask for others with --from, --until.")
        show(app.say(text, village=village))
