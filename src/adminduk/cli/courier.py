"""The courier's days, and what is in a bag: schedule, manifest."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import click

from adminduk import regions
from adminduk.cli.app import App
from adminduk.cli.day import post_in_words
from adminduk.cli.declaring import command, option
from adminduk.cli.law import read_day
from adminduk.cli.printing import as_json, show, table
from adminduk.commands.fields import paper_id
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records.manifest import check_code
from adminduk.values import RegionCode

if TYPE_CHECKING:
    from adminduk.office import Office, Receipt
    from adminduk.office.manifests import Line, Manifest
    from adminduk.office.runs import ComingRun

__all__ = ["count", "label", "manifest", "print_manifest", "schedule"]


@command
@option("--from", "first", metavar="DATE", callback=read_day, help=N_("The first day; today."))
@option("--until", "last", metavar="DATE", callback=read_day, help=N_("The last day; two weeks."))
@option(
    "--plan",
    is_flag=True,
    help=N_("Plan the bags of the courier's next day: all that is ready for each district."),
)
@option("--trip", default="", metavar="LABEL", help=N_("With --plan: the trip that they make."))
@option(
    "--own-van",
    is_flag=True,
    help=N_("With --plan: the office's own people carry them, and no carrier is told."),
)
@option(
    "--extra",
    nargs=2,
    metavar="DISTRICT DATE",
    help=N_("Let the courier go there on one more day, once."),
)
@option(
    "--ical",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    metavar="FILE",
    help=N_("Write the runs of half a year into a file for calendar programs (iCalendar)."),
)
@option(
    "--district",
    "districts",
    multiple=True,
    metavar="CODE",
    help=N_("Only this district in that file; may be repeated."),
)
def schedule(
    app: App,
    *,
    first: date | None,
    last: date | None,
    plan: bool,
    trip: str,
    own_van: bool,
    extra: tuple[str, str] | None,
    ical: Path | None,
    districts: tuple[str, ...],
    json_: bool,
) -> None:
    """Show when the courier goes where, and what is ready."""
    if (trip or own_van) and not plan:
        raise click.UsageError(app.say(N_("--trip and --own-van belong to --plan.")))
    if ical is not None:
        _write_calendar(app, ical, first, last, districts, json_=json_)
        return
    with app.office() as office:
        added = None if extra is None else _add_run(app, office, *extra)
        planned = office.plan_bags(app.who(), trip=trip, own_van=own_van) if plan else []
        runs = office.schedule(first, last)
    if json_:
        as_json(
            {
                "extra": None if added is None else added.as_dict(),
                "planned": [one.as_dict() for one in planned],
                "runs": [one.as_dict() for one in runs],
            }
        )
        return
    if extra is not None:
        app.tell(N_("The courier goes to {to} on {day}, too."), to=extra[0], day=extra[1])
    for receipt in planned:
        app.tell(N_("Planned: bag {bag}"), bag=receipt.records[0].id)
    if plan and not planned:
        app.tell(N_("Nothing is ready that is not planned already."))
    _print_runs(app, runs)


def _print_runs(app: App, runs: Sequence[ComingRun]) -> None:
    if not runs:
        app.tell(N_("The courier goes nowhere in those days. Give districts a schedule first:"))
        app.tell(N_("the command set_schedule of `apply`."), indent="  ")
        return
    heads = (N_("Day"), N_("District"), N_("Until"), N_("Ready"), N_("Bags"))
    rows = [
        (
            one.day.isoformat(),
            f"{one.district} {regions.get(RegionCode.parse(one.district)).name}",
            f"{one.cut_off:%m-%d %H:%M}",
            str(one.ready),
            ", ".join(f"{bag} ({app.name(state)})" for bag, state in one.bags) or "–",
        )
        for one in runs
    ]
    table([app.say(head) for head in heads], rows)


def _add_run(app: App, office: Office, district: str, day: str) -> Receipt:
    from adminduk.codec import structure

    return office.add_run(district, structure(day, date), app.who())


def _write_calendar(
    app: App,
    file: Path,
    first: date | None,
    last: date | None,
    districts: tuple[str, ...],
    *,
    json_: bool,
) -> None:
    with app.office() as office:
        written = office.courier_calendar(first, last, districts=districts)
    try:
        file.write_bytes(written)
    except OSError as error:
        raise click.FileError(str(file), error.strerror or "") from None
    events = written.count(b"BEGIN:VEVENT")
    if json_:
        as_json({"file": str(file), "events": events})
    else:
        app.tell(N_("Written: {file}, with {count} runs."), file=file, count=events)


_MOST_COUNTED: Final = 20_000
_LONGEST_LINE: Final = 80


@command
@click.argument("papers", nargs=-1)
def count(app: App, papers: tuple[str, ...], json_: bool) -> None:
    """Count papers that are named, or that are read one a line, as a scanner types them."""
    named = list(papers) or _lines(sys.stdin)
    ids = [paper_id(f"papers[{place}]", one) for place, one in enumerate(named)]
    if repeated := [one for one, times in Counter(ids).items() if times > 1]:
        text = N_("A paper is named twice.")
        raise InvalidInput.at("papers", "repeated", text, N_("each paper once"), id=repeated[0])
    if json_:
        as_json({"count": len(ids), "check": check_code(ids)})
    elif ids:
        app.tell(N_("Papers: {count}; check code {check}"), count=len(ids), check=check_code(ids))
    else:
        app.tell(N_("Nothing was named. Give the ids of papers, or scan them, one a line."))


def _lines(file: TextIO) -> list[str]:
    """Read lines, of a file that may have no end; one that is longer than an id is none."""
    read: Callable[[], str] = partial(file.readline, _LONGEST_LINE)
    return [line.strip() for line in islice(iter(read, ""), _MOST_COUNTED) if line.strip()]


@command
@click.argument("bag")
def manifest(app: App, bag: str, json_: bool) -> None:
    """List what is in a bag."""
    with app.office() as office:
        found = office.manifest(bag)
    if json_:
        as_json(found.as_dict())
    else:
        print_manifest(app, found)


@command
@click.argument("bag")
@option("--courier", required=True, metavar="URL", help=N_("Who carries it, as for `deliver`."))
@option(
    "--pdf",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    metavar="FILE",
    help=N_("Write it to this file."),
)
def label(app: App, bag: str, *, courier: str, file: Path, json_: bool) -> None:
    """Fetch the courier's label for a sealed bag."""
    with app.office(courier=courier) as office:
        content = office.label(bag)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise click.FileError(str(file), error.strerror or "") from None
    if json_:
        as_json({"bag": bag, "pdf": str(file)})
    else:
        app.tell(N_("Written: {file}"), file=file)


def print_manifest(app: App, found: Manifest) -> None:
    """Print the list that goes with a bag, for people."""
    show(f"{found.bag}: {app.name(found.state)}")
    sender, receiver = (post_in_words(app, one) for one in (found.sender, found.receiver))
    app.tell(N_("From {sender} to {receiver}"), sender=sender, receiver=receiver)
    if found.day is not None:
        app.tell(N_("Courier of {day}"), day=found.day)
    if not found.lines:
        app.tell(N_("Nothing is in it."))
        return
    app.tell(N_("Papers: {count}; check code {check}"), count=len(found.lines), check=found.check)
    show()
    heads = (N_("No."), N_("Paper"), N_("What"), N_("Village"))
    rows = [
        (str(number), one.id, _what(app, one), f"{one.village} {_name(one.village)}")
        for number, one in enumerate(found.lines, start=1)
    ]
    table([app.say(head) for head in heads], rows)


def _what(app: App, line: Line) -> str:
    is_copy = line.id.rpartition("/")[2].isdigit()
    what = line.what if is_copy else app.name("original")
    return app.say(N_("{what}, counted"), what=what) if line.counted else what


def _name(village: str) -> str:
    return regions.get(RegionCode.parse(village)).name
