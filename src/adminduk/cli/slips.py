"""Slips that go along with papers: on the screen, or as PDF to be printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import click
from attrs import asdict

from adminduk.cli.app import App
from adminduk.cli.declaring import Decorator, Group, command, option
from adminduk.cli.law import read_day
from adminduk.cli.printing import as_json
from adminduk.cli.writing import overwrite
from adminduk.errors import Refused
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office import Office
    from adminduk.slips import Slip

__all__ = ["slip"]


class _Slips(Group):
    texts: ClassVar = {
        "receipt": N_("Tanda terima: what the applicant of a case takes home."),
        "control-card": N_("Kartu kendali: what goes with the file, with every step so far."),
        "dispatch": N_("Ekspedisi keluar: what is in a bag, to be ticked where it arrives."),
        "handover": N_("Ekspedisi penyerahan: what lies at the posts of --as to be given out."),
        "minutes": N_("Berita acara: what was destroyed with minutes of a number, to be signed."),
        "book": N_("Buku Ekspedisi: what was sent out in some days, in six columns."),
    }


@click.group(cls=_Slips)
def slip() -> None:
    """Make slips."""


def _pdf_option() -> Decorator:
    return option(
        "--pdf",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help=N_("Write it to this file as PDF, with its QR code."),
    )


def _give(app: App, make: Callable[[Office], Slip], file: Path | None, *, json_: bool) -> None:
    """Make a slip; print it, or write it to a file."""
    from adminduk import slips

    with app.office() as office:
        made = make(office)
    if file is not None:
        _write(file, slips.pdf(made))
    if json_:
        as_json({**asdict(made), "pdf": None if file is None else str(file)})
    elif file is None:
        click.echo(slips.text(made), nl=False)
    else:
        app.tell(N_("Written: {file}"), file=file)


def _write(file: Path, content: bytes) -> None:
    try:
        overwrite(file, content)
    except OSError as error:
        raise Refused(
            "not_written",
            N_("{file} cannot be written: {why}. Name another place."),
            command="slip",
            file=str(file),
            why=error.strerror,
        ) from None


@command
@click.argument("code")
@_pdf_option()
def receipt(app: App, code: str, pdf: Path | None, json_: bool) -> None:
    """Make the receipt of a case."""
    from adminduk import slips

    _give(app, lambda office: slips.receipt(office, code), pdf, json_=json_)


@command
@click.argument("code")
@_pdf_option()
def control_card(app: App, code: str, pdf: Path | None, json_: bool) -> None:
    """Make the control card of a case."""
    from adminduk import slips

    _give(app, lambda office: slips.control_card(office, code), pdf, json_=json_)


@command
@click.argument("bag")
@_pdf_option()
def dispatch(app: App, bag: str, pdf: Path | None, json_: bool) -> None:
    """Make the dispatch note of a bag."""
    from adminduk import slips

    _give(app, lambda office: slips.dispatch(office, bag), pdf, json_=json_)


@command
@_pdf_option()
def handover(app: App, pdf: Path | None, json_: bool) -> None:
    """Make the list to be signed by who receives."""
    from adminduk import slips

    actor = app.who()
    _give(app, lambda office: slips.handover(office, actor), pdf, json_=json_)


@command
@option("--from", "first", metavar="DATE", callback=read_day, help=N_("The first day; today."))
@option("--until", "last", metavar="DATE", callback=read_day, help=N_("The last day; the first."))
@_pdf_option()
def book(app: App, first: date | None, last: date | None, pdf: Path | None, json_: bool) -> None:
    """Make pages of the dispatch book."""
    from adminduk import slips

    def make(office: Office) -> Slip:
        since = first or app.today()
        return slips.dispatch_book(office, since, last or since)

    _give(app, make, pdf, json_=json_)


@command
@click.argument("number")
@_pdf_option()
def minutes(app: App, number: str, pdf: Path | None, json_: bool) -> None:
    """Make the minutes of a destruction."""
    from adminduk import slips

    _give(app, lambda office: slips.minutes(office, number), pdf, json_=json_)


for _made in (receipt, control_card, dispatch, handover, minutes, book):
    slip.add_command(_made)
