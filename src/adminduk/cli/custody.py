"""What the office holds of its applicants, what it destroys, and with which minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final

import click

from adminduk.cli.app import App, parse_actor
from adminduk.cli.day import limit_option, post_in_words
from adminduk.cli.declaring import command, option
from adminduk.cli.law import read_day
from adminduk.cli.printing import as_json, show, table
from adminduk.errors import InvalidInput
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office.custody import HeldOriginal
    from adminduk.office.store import MinutesSheet, Pile
    from adminduk.records import Actor, Minutes, Witness

__all__ = ["destroy", "destroyable", "minutes", "originals"]

_FATES: Final = {
    "returned": N_("to be given back"),
    "kept": N_("to be filed"),
    "destroyed": N_("to be destroyed"),
}


@command
@click.argument("code", required=False)
@option("--late", is_flag=True, help=N_("Only what should be with its owner by now."))
@limit_option(50)
def originals(app: App, code: str | None, late: bool, limit: int, json_: bool) -> None:
    """List the originals that the office holds: of a case, or of the areas of the actor."""
    actor = app.who() if code is None else None
    with app.office() as office:
        held = office.originals_of(code) if actor is None else office.originals(actor)  # type: ignore[arg-type] # a code was named
        wanted = (one for one in held if one.late or not late)
        found = list(islice(wanted, limit + 1))
    shown, more = found[:limit], len(found) > limit
    if json_:
        as_json({"originals": [one.as_dict() for one in shown], "more": more})
    elif shown:
        _print_originals(app, shown)
        if more:
            app.tell(N_("There is more: --limit says how much is shown."))
    else:
        app.tell(N_("The office holds nothing of that. What is handed in will show up here."))


def _print_originals(app: App, held: Sequence[HeldOriginal]) -> None:
    heads = (N_("Since"), N_("Original"), N_("Back by"), N_("What becomes of it"))
    rows = [
        (
            f"{one.since.astimezone(app.zone):%Y-%m-%d}",
            one.id,
            "–" if one.due is None else f"{one.due.astimezone(app.zone):%Y-%m-%d}",
            "; ".join(_told(app, one)),
        )
        for one in held
    ]
    table([app.say(head) for head in heads], rows)


def _told(app: App, one: HeldOriginal) -> Iterator[str]:
    yield app.say(_FATES[one.fate])
    if one.late:
        yield app.say(N_("late"))
    if one.damaged:
        yield app.say(N_("damaged"))
    where = app.name(one.state) if not one.bag else f"{app.name(one.state)} ({one.bag})"
    yield f"{where}: {post_in_words(app, one.answers) if one.answers else '–'}"


@command
@option("--clear", is_flag=True, help=N_("First make void or file what came home and is over."))
def destroyable(app: App, clear: bool, json_: bool) -> None:
    """Show what is void and waits to be destroyed."""
    from adminduk.office.store import piles_of
    from adminduk.records.manifest import check_code

    with app.office() as office:
        cleared = office.clear_store(app.who()) if clear else []
        papers = list(office.void_papers())
    piles, check = piles_of(iter(papers)), check_code(one.id for one in papers)
    if json_:
        as_json(
            {
                "cleared": [one.as_dict() for one in cleared],
                "piles": [one.as_dict() for one in piles],
                "count": len(papers),
                "check": check if papers else None,
                "papers": [one.id for one in papers],
            }
        )
        return
    if clear:
        app.tell(N_("Made void or filed: {count}."), count=len(cleared))
    if papers:
        _print_piles(app, piles)
        app.tell(N_("Papers: {count}, check code {check}."), count=len(papers), check=check)
        app.tell(N_("They are destroyed, with minutes, by: adminduk destroy NUMBER"))
    else:
        app.tell(N_("Nothing is void. What comes home and is over is made so by --clear."))


def _print_piles(app: App, piles: Sequence[Pile]) -> None:
    heads = (N_("Count"), N_("Kind"), N_("What"))
    rows = [(str(one.count), app.name(one.kind), one.what) for one in piles]
    table([app.say(head) for head in heads], rows)


def _witnesses(
    context: click.Context, _: click.Parameter, values: tuple[str, ...]
) -> list[Witness]:
    """Read `POSITION: NAME`; a name may have commas in it, a position hardly a colon."""
    from adminduk.records import Witness

    found = []
    for value in values:
        position, colon, name = (part.strip() for part in value.partition(":"))
        try:
            if not colon:
                text = N_("That is no witness.")
                raise InvalidInput.at("witness", "witness", text, N_("POSITION: NAME"))
            found.append(Witness(name=name, position=position))
        except InvalidInput as error:
            app = context.find_object(App)
            assert app is not None, "the program makes it before it reads an option"
            raise click.UsageError(error.message(app.language)) from None
    return found


@command
@click.argument("number")
@option(
    "--witness",
    "witnesses",
    multiple=True,
    required=True,
    metavar="POSITION:NAME",
    callback=_witnesses,
    help=N_("Who sees it and signs; may be given several times."),
)
@option(
    "--approver",
    "approved_by",
    metavar="ROLE:ID@REGION",
    help=N_("The head of office, who agrees."),
)
@option("--place", default="", help=N_("Where; at the office where it is left out."))
@option("--reason", default="", help=N_("Why, in words."))
@limit_option(10_000, N_("The most papers to destroy."))
def destroy(  # noqa: PLR0917 - given by name
    app: App,
    number: str,
    witnesses: list[Witness],
    approved_by: str | None,
    place: str,
    reason: str,
    limit: int,
    json_: bool,
) -> None:
    """Destroy all that is void, in one act, with minutes of that number."""
    head = _approver(app, approved_by)
    with app.office() as office:
        receipt = office.destroy_void(
            number,
            app.who(),
            witnesses=witnesses,
            approved_by=head,
            place=place,
            reason=reason,
            limit=limit,
        )
        sheet = office.minutes_sheet(number)
    if json_:
        as_json({**receipt.as_dict(), "minutes": sheet.as_dict()})
    else:
        _print_sheet(app, sheet)


def _approver(app: App, text: str | None) -> Actor | None:
    if text is None:
        return None
    try:
        return parse_actor(text)
    except InvalidInput as error:
        raise click.UsageError(error.message(app.language)) from None


@command
@click.argument("number", required=False)
@option("--from", "first", metavar="DATE", callback=read_day, help=N_("The first day."))
@option("--until", "last", metavar="DATE", callback=read_day, help=N_("The last day; today."))
def minutes(
    app: App, number: str | None, first: date | None, last: date | None, json_: bool
) -> None:
    """Show minutes of a number, or list those of some days."""
    with app.office() as office:
        sheet = None if number is None else office.minutes_sheet(number)
        found = office.minutes(first, last) if number is None else []
    if json_:
        as_json({"minutes": list(map(_listed, found))} if sheet is None else sheet.as_dict())
    elif sheet is not None:
        _print_sheet(app, sheet)
    elif found:
        heads = (N_("Day"), N_("Number"), N_("Papers"), N_("Blanks"), N_("Reason"))
        rows = [
            (
                f"{one.begun:%Y-%m-%d}",
                one.id,
                str(len(one.papers)),
                str(one.blank_count),
                one.reason or "–",
            )
            for one in found
        ]
        table([app.say(head) for head in heads], rows)
    else:
        app.tell(N_("Nothing was destroyed in those days. Ask for others with --from, --until."))


def _listed(one: Minutes) -> dict[str, object]:
    return {
        "number": one.id,
        "day": f"{one.begun:%Y-%m-%d}",
        "count": len(one.papers),
        "blanks": one.blank_count,
        "reason": one.reason or None,
    }


def _print_sheet(app: App, sheet: MinutesSheet) -> None:
    minutes = sheet.minutes
    app.tell(N_("Minutes (berita acara) {number}"), number=minutes.id)
    place = minutes.place or app.say(N_("at the office"))
    app.tell(N_("Destroyed on {day}, {place}."), day=f"{minutes.begun:%Y-%m-%d}", place=place)
    if minutes.reason:
        app.tell(N_("Why: {reason}"), reason=minutes.reason)
    show()
    _print_piles(app, sheet.piles)
    count = len(minutes.papers)
    app.tell(N_("Papers: {count}, check code {check}."), count=count, check=sheet.check)
    for row in minutes.blanks:
        app.tell(
            N_("Blanks {blanks}: {first} to {last}"),
            blanks=row.blanks,
            first=row.first,
            last=row.last or row.first,
        )
    show()
    app.tell(N_("Done by {by}."), by=minutes.by)
    if minutes.approved_by:
        app.tell(N_("Approved by {by}."), by=minutes.approved_by)
    for one in minutes.witnesses:
        app.tell(N_("Witness: {name}, {position}"), name=one.name, position=one.position)
