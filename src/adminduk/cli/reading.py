"""Reading a case, and who read what."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from adminduk.cli.app import App
from adminduk.cli.day import post_in_words
from adminduk.cli.declaring import command, option
from adminduk.cli.law import read_day
from adminduk.cli.printing import as_json, show, table
from adminduk.codec import dump
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.records import Reading

__all__ = ["case", "readings"]


@command
@click.argument("code")
@option("--reason", default="", help=N_("Why it is read; of some it is asked."))
def case(app: App, code: str, reason: str, json_: bool) -> None:
    """Read a case; numbers of people are masked."""
    with app.office() as office:
        told = office.read(code, by=app.who(), reason=reason).as_dict()
    if json_:
        as_json(told)
        return
    show(f"{told['code']}: {app.name(told['state'])}, {told['region']}")
    show(", ".join(told["services"]), indent="  ")
    people = {"applicant": told["applicant"] or {}, **told["people"]}
    for party, person in people.items():
        said = ", ".join(str(value) for value in person.values()) or "–"
        show(f"{app.name(party)}: {said}", indent="  ", hang="    ")
    for title, told_of in (
        (N_("Answers:"), _said(told["facts"])),
        (N_("Shown:"), _said(told["evidence"])),
        (N_("To be put right:"), _said(told["faults"])),
        (N_("Papers:"), [f"{key}: {app.name(state)}" for key, state in told["papers"].items()]),
    ):
        if told_of:
            app.tell(title, indent="  ")
            for line in told_of:
                show(line, indent="    ", hang="      ")
    app.tell(N_("That you read it is written down: {reading}."), reading=told["reading"])


def _said(told: dict[str, Any]) -> list[str]:
    return [
        f"{name}: {str(value).lower() if isinstance(value, bool) else value}"
        for name, value in told.items()
    ]


@command
@click.argument("code", required=False)
@option("--reader", metavar="ID", help=N_("What this person read, in place of a case."))
@option("--first", callback=read_day, metavar="DATE", help=N_("With --reader: the first day."))
@option("--last", callback=read_day, metavar="DATE", help=N_("With --reader: the last day."))
def readings(  # noqa: PLR0917 - given by name
    app: App,
    code: str | None,
    reader: str | None,
    first: date | None,
    last: date | None,
    json_: bool,
) -> None:
    """Say who read a case, when, in which post and why; or what somebody read."""
    if (code is None) == (reader is None):
        raise click.UsageError(
            app.say(N_("Either the code of a case, or --reader and a person's id."))
        )
    with app.office() as office:
        by = app.who()
        found = (
            office.readings(code, by=by)
            if code is not None
            else office.readings_by(reader or "", by=by, first=first, last=last)
        )
    if json_:
        as_json([dump(one) for one in found])
    elif found:
        _print(app, found)
    else:
        app.tell(N_("Nobody has read it. Only what is read with its command is written down here."))


def _print(app: App, found: list[Reading]) -> None:
    heads = (N_("When"), N_("Case"), N_("Who"), N_("In which post"), N_("Why"))
    rows = [
        (
            f"{one.begun.astimezone(app.zone):%Y-%m-%d %H:%M}",
            str(one.application),
            one.by,
            post_in_words(app, str(one.post)),
            one.reason or "–",
        )
        for one in found
    ]
    table([app.say(head) for head in heads], rows)
