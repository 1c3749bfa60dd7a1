"""The courier's trips, stop by stop; to take a whole one along, or to take in what it brings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from adminduk import regions
from adminduk.cli.app import App
from adminduk.cli.day import post_in_words
from adminduk.cli.declaring import command, option
from adminduk.cli.law import read_day
from adminduk.cli.printing import as_json, show, table
from adminduk.language import N_
from adminduk.values import RegionCode

if TYPE_CHECKING:
    from adminduk.office.receipt import Receipt
    from adminduk.office.trips import Load, Stop, Trip

__all__ = ["trip", "trips"]


@command
@option("--from", "first", metavar="DATE", callback=read_day, help=N_("The first day; last week."))
@option("--until", "last", metavar="DATE", callback=read_day, help=N_("The last day; two weeks."))
def trips(app: App, first: date | None, last: date | None, json_: bool) -> None:
    """List the trips for which bags are planned or were."""
    with app.office() as office:
        found = office.trips(first, last)
    if json_:
        as_json([one.as_dict() for one in found])
        return
    if not found:
        app.tell(N_("No trip in those days. A bag that is planned for a day makes one:"))
        app.tell(N_("`schedule --plan`, or the command plan of `apply`."), indent="  ")
        return
    heads = (N_("Trip"), N_("Day"), N_("Bags"), N_("Papers"), N_("Late"), N_("Stops"))
    rows = [
        (
            one.name,
            "–" if one.day is None else one.day.isoformat(),
            str(len(one.loads)),
            str(sum(load.count for load in one.loads)),
            str(sum(load.late for load in one.loads)),
            ", ".join(_name(stop.district) for stop in one.stops),
        )
        for one in found
    ]
    table([app.say(head) for head in heads], rows)


@command
@click.argument("name")
@option("--depart", is_flag=True, help=N_("Take along what waits at the office, or at --stop."))
@option("--stop", metavar="CODE", help=N_("The district at which the courier is."))
@option(
    "--own-van",
    is_flag=True,
    help=N_("With --depart: the office's own people do, and the carrier is told not to come."),
)
@option("--arrive", is_flag=True, help=N_("Take in what the courier brings to the posts of --as."))
@option("--broken", multiple=True, metavar="BAG", help=N_("Its seal is broken."))
def trip(  # noqa: PLR0917 - given by name
    app: App,
    name: str,
    depart: bool,
    stop: str | None,
    own_van: bool,
    arrive: bool,
    broken: tuple[str, ...],
    json_: bool,
) -> None:
    """Show a trip stop by stop, and what was just done with its bags."""
    if ((stop or own_van) and not depart) or (broken and not arrive):
        text = N_("--stop and --own-van belong to --depart, --broken to --arrive.")
        raise click.UsageError(app.say(text))
    done: list[Receipt] = []
    with app.office() as office:
        if depart:
            done += office.depart(name, app.who(), stop=stop, own_van=own_van)
        if arrive:
            done += office.arrive(name, app.who(), broken=broken)
        found = office.trip(name)
    if json_:
        as_json({"done": [one.as_dict() for one in done], **found.as_dict()})
        return
    for receipt in done:
        app.tell("{bag}: {state}", bag=receipt.records[0].id, state=app.name(_state(receipt)))
    if (depart or arrive) and not done:
        app.tell(N_("No bag of this trip waits here."))
    _print_trip(app, found)


def _state(receipt: Receipt) -> str:
    return receipt.records[0].state


def _print_trip(app: App, one: Trip) -> None:
    day = "–" if one.day is None else one.day.isoformat()
    papers = sum(load.count for load in one.loads)
    text = N_("Trip {trip}, {day}. Bags: {bags}; papers: {papers}")
    app.tell(text, trip=one.name, day=day, bags=len(one.loads), papers=papers)
    for number, stop in enumerate(one.stops, start=1):
        show()
        show(f"{number}. {stop.district} {_name(stop.district)}")
        _print_stop(app, stop)


def _print_stop(app: App, stop: Stop) -> None:
    drop, pick_up = app.say(N_("drop")), app.say(N_("pick up"))
    loads = [(drop, one) for one in stop.drop] + [(pick_up, one) for one in stop.pick_up]
    heads = (N_("To do"), N_("Bag"), N_("Papers"), N_("Check"), N_("Seal"), N_("Where"))
    rows = [
        (what, one.bag, str(one.count), one.check, one.seal or "–", _where(app, one))
        for what, one in loads
    ]
    table([app.say(head) for head in heads], rows)
    if stop.waiting:
        app.tell(N_("Besides, there go home and are in no bag: {count}"), count=stop.waiting)


def _where(app: App, load: Load) -> str:
    said = [app.name(load.state)]
    if load.holder:
        said.append(post_in_words(app, load.holder))
    if load.own_van:
        said.append(app.say(N_("own van")))
    if load.late:
        said.append(app.say(N_("late")))
    return ", ".join(said)


def _name(district: str) -> str:
    return regions.get(RegionCode.parse(district)).name
