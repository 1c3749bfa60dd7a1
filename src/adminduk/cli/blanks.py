"""The blanks of the office: what is left, how long it lasts, and what became of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import command, option
from adminduk.cli.law import read_day
from adminduk.cli.printing import as_json, show, table
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office.forecast import Forecast
    from adminduk.office.stock import Stock, Trail

__all__ = ["blank", "blanks"]


@command
@option("--product", metavar="PRODUCT", help=N_("Only of this product, as ktp."))
@option(
    "--on", metavar="DATE", callback=read_day, help=N_("As it was known at the end of that day.")
)
def blanks(app: App, product: str | None, on: date | None, json_: bool) -> None:
    """Balance the blanks."""
    with app.office() as office:
        stock = office.blanks(product, on=on)
        coming = [] if on is not None else office.forecasts(product)
    if json_:
        as_json({**stock.as_dict(), "forecasts": [one.as_dict() for one in coming]})
    elif not stock.ranges:
        app.tell(N_("No blanks are in the ledger. What was received is entered by `apply`:"))
        app.tell(N_("the command receive_blanks."), indent="  ")
    else:
        _print_stock(app, stock, coming)


def _print_stock(app: App, stock: Stock, coming: list[Forecast]) -> None:
    for product, total in stock.totals.items():
        show(f"{product}: {_counts(app, total)}", hang="  ")
        for one in coming:
            if one.product == product:
                _print_forecast(app, one)
    show()
    heads = (N_("Range"), N_("Numbers"), N_("Left"), N_("The rest"))
    rows = [
        (
            one.id,
            f"{one.first}–{one.last}",
            str(one.counts()["left"]),
            _rest(app, one.counts()) or app.name(one.state),
        )
        for one in stock.ranges
    ]
    table([app.say(head) for head in heads], rows)
    for gap in stock.gaps:
        text = N_("Gap: {product} {first} to {last}: {why}.")
        why = app.name(gap.why)
        app.tell(text, product=gap.product, first=gap.first, last=gap.last, why=why)
    for double in stock.doubles:
        app.tell(
            N_("Double: {copy} is printed on {blank}, which is {fate} in {blanks}."),
            copy=double.copy,
            blank=double.blank,
            fate=app.name(double.fate),
            blanks=double.blanks,
        )


def _counts(app: App, counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {app.name(name)}" for name, count in counts.items() if count)


def _rest(app: App, counts: Mapping[str, int]) -> str:
    fates = {name: one for name, one in counts.items() if name not in {"received", "left"}}
    return _counts(app, fates)


def _print_forecast(app: App, one: Forecast) -> None:
    if one.until is not None:
        text = N_("At {pace} a working day they last until {until}; {waiting} copies wait.")
    elif one.days is None:
        text = N_("None was used of late; {waiting} copies wait.")
    elif one.days:
        text = N_("At {pace} a working day they last for a year; {waiting} copies wait.")
    else:
        text = N_("At {pace} a working day they do not last for a day; {waiting} copies wait.")
    app.tell(text, indent="  ", pace=one.per_day, until=one.until, waiting=one.waiting)
    if one.warns:
        app.tell(N_("Order blanks now: they do not last."), indent="  ")


@command
@click.argument("number")
def blank(app: App, number: str, json_: bool) -> None:
    """Say what became of a blank."""
    with app.office() as office:
        trails = office.blank(number)
    if json_:
        as_json([one.as_dict() for one in trails])
    elif not trails:
        app.tell(N_("No blank of that number was received, and no copy is printed on one."))
    for trail in () if json_ else trails:
        _print_trail(app, trail)


def _print_trail(app: App, trail: Trail) -> None:
    show(f"{trail.product} {trail.blank}: {app.name(trail.fate)}")
    app.tell(N_("Range: {blanks}"), indent="  ", blanks=trail.blanks or "–")
    app.tell(N_("Copy: {copy}"), indent="  ", copy=trail.copy or "–")
    heads = (N_("When"), N_("What"), N_("By"), N_("Then it was"))
    rows = [
        (
            f"{one.at.astimezone(app.zone):%Y-%m-%d %H:%M}",
            app.name(one.do),
            one.by,
            f"{app.name(one.fate)} {f'({one.note})' if one.note else ''}".rstrip(),
        )
        for one in trail.happened
    ]
    table([app.say(head) for head in heads], rows)
