"""What an office owes to people: their own data, its erasure, and the notice of a breach."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from adminduk.cli.app import App, parse_actor
from adminduk.cli.day import post_in_words
from adminduk.cli.declaring import command, option
from adminduk.cli.printing import as_json, show, table
from adminduk.cli.writing import written
from adminduk.language import N_
from adminduk.office.placing import check_free

if TYPE_CHECKING:
    from adminduk.office.breach import Breach
    from adminduk.office.erasing import DueErasure

__all__ = ["breach", "erase", "person", "retention"]

_ONE_LINE = 200


def _write_private(file: Path, data: Any) -> None:
    """Write what names people into a new file that only its owner may read.

    Raises:
        Refused: There is something at that place.
        click.FileError: It cannot be written.
    """
    check_free(file)
    with written(file) as new:
        new.write(json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n")


@command
@click.argument("nik", default="-")
@option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path),
    help=N_("The new file to write; only you may read it."),
)
@option(
    "--reason", required=True, help=N_("Which request this answers, as the number of its letter.")
)
def person(app: App, nik: str, output: Path, reason: str, json_: bool) -> None:
    """Write all that the office holds of a person; the number is read where it is left out."""
    number = sys.stdin.readline(_ONE_LINE).strip() if nik == "-" else nik
    check_free(output)
    with app.office() as office:
        found = office.personal_data(number, app.who(), reason=reason)
    _write_private(output, found.as_dict())
    if json_:
        as_json({"file": str(output), "cases": len(found.cases)})
        return
    text = N_("Cases with that person: {count}. All that is held of them is in {file}.")
    app.tell(text, count=len(found.cases), file=output)
    if not found.cases:
        app.tell(
            N_("A case that names them without their NIK is not found so, nor one that was erased.")
        )


@command
@click.argument("code")
@option(
    "--ground",
    type=click.Choice(["purpose", "request"]),
    required=True,
    help=N_("Why: its purpose is reached, or the person asked for it."),
)
@option("--reason", default="", help=N_("In words, as the number of a letter; name nobody."))
@option(
    "--approver",
    metavar="ROLE:ID@REGION",
    help=N_("Who agrees, as registry_operator:rini@35.23."),
)
def erase(  # noqa: PLR0917 - given by name
    app: App, code: str, ground: str, reason: str, approver: str | None, json_: bool
) -> None:
    """Forget the people of a case for good."""
    from adminduk import commands as c

    approved_by = None if approver is None else parse_actor(approver)
    wanted = c.Erase(application=code, ground=ground, reason=reason, approved_by=approved_by)
    with app.office() as office:
        receipt = office.do(wanted, by=app.who())
    if json_:
        as_json(receipt.as_dict())
        return
    app.tell(N_("The people of {code} are erased: the key of the case is destroyed."), code=code)
    app.tell(
        N_(
            "What happened to the case stays, without them. Still to do: `adminduk scans collect`,"
            " backups that are older, and papers in the archive."
        )
    )


@command
@option(
    "--within",
    type=click.IntRange(0, 40_000),
    default=0,
    metavar="DAYS",
    help=N_("Also what will be due within so many days."),
)
@option("--erase", "now", is_flag=True, help=N_("Erase what is due now."))
def retention(app: App, within: int, now: bool, json_: bool) -> None:
    """List the cases that were kept long enough, and erase them."""
    with app.office() as office:
        rules = office.settings().retention
        found = office.due_for_erasure(timedelta(days=within))
        done, refused = office.erase_due() if now else ([], {})
    if json_:
        as_json(
            {
                "due": [one.as_dict() for one in found],
                "erased": [one.records[0].id for one in done],
                "refused": {code: one.as_dict(app.language) for code, one in refused.items()},
            }
        )
    else:
        _print_due(app, found, has_rules=bool(rules))
        if now:
            app.tell(N_("Erased: {count}."), count=len(done))
        for code, error in refused.items():
            show(f"{code}: {error.message(app.language)}", err=True)
    if refused:
        click.get_current_context().exit(1)


def _print_due(app: App, found: list[DueErasure], *, has_rules: bool) -> None:
    if not has_rules:
        app.tell(
            N_(
                "The office has not set how long cases are kept, so all are: the law names no"
                " number of years. Set what the schedule of your archive says by"
                " `change_settings`, retention."
            )
        )
    elif not found:
        app.tell(N_("No case has been kept long enough. Look ahead with --within DAYS."))
    else:
        heads = (N_("Until"), N_("Code"), N_("Ended"), N_("Services and basis"))
        rows = [
            (
                f"{one.until.astimezone(app.zone):%Y-%m-%d}",
                one.code,
                f"{one.ended.astimezone(app.zone):%Y-%m-%d}",
                f"{', '.join(one.services)}: {'; '.join(one.basis)}",
            )
            for one in found
        ]
        table([app.say(head) for head in heads], rows)


def _moment(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> datetime | date | None:
    """Read a day, or a time with its offset from UTC."""
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except ValueError:
        text = ctx.obj.say(N_("a day as 2021-07-12, or a time as 2021-07-12T08:15:00+07:00"))
        raise click.BadParameter(text, ctx, param) from None


def _time_of(app: App, said: datetime | date, hour: time) -> datetime:
    """Give a time as the clock of the office shows it, of a day its beginning or end."""
    if isinstance(said, datetime):
        return said if said.tzinfo else said.replace(tzinfo=app.zone)
    return datetime.combine(said, hour, app.zone)


def _codes(file: IO[str]) -> Iterable[str]:
    """Read tracking codes, one a line."""
    return [line.strip() for line in file if line.strip()]


@command
@option("--since", required=True, callback=_moment, metavar="TIME", help=N_("When it began."))
@option("--until", callback=_moment, metavar="TIME", help=N_("When it ended; now if left out."))
@option(
    "--found", callback=_moment, metavar="TIME", help=N_("When it was found out; now if left out.")
)
@option("--region", metavar="CODE", help=N_("Only cases of this region."))
@option(
    "--cases",
    type=click.File("r", encoding="utf-8", errors="replace"),
    metavar="FILE",
    help=N_("Only these cases: their tracking codes, one a line."),
)
@option(
    "--contacts",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("Write whom to tell, in full, into this new file, which only you may read."),
)
def breach(  # noqa: PLR0917 - given by name
    app: App,
    since: datetime | date,
    until: datetime | date | None,
    found: datetime | date | None,
    region: str | None,
    cases: IO[str] | None,
    contacts: Path | None,
    json_: bool,
) -> None:
    """Say whose data was laid open, and draft the notice."""
    if contacts is not None:
        check_free(contacts)
    with app.office() as office:
        told = office.breach(
            _time_of(app, since, time()),
            None if until is None else _time_of(app, until, time(23, 59, 59)),
            by=app.who(),
            found=None if found is None else _time_of(app, found, time()),
            region=region,
            cases=None if cases is None else _codes(cases),
            contacts=contacts is not None,
        )
    if contacts is not None:
        _write_private(contacts, [one.as_dict() for one in told.affected])
        told = told.masked()
    if json_:
        as_json(told.as_dict())
        return
    _print_breach(app, told)
    if contacts is not None:
        app.tell(N_("Whom to tell is in {file}."), file=contacts)


def _print_breach(app: App, told: Breach) -> None:
    if not told.affected:
        text = N_("Nobody's data was there: no case began before {until}, or all were erased.")
        app.tell(text, until=f"{told.until:%Y-%m-%d %H:%M}")
        return
    for line in told.notice(app.language):
        show(line)
    for (by, post), count in told.readers.items():
        text = N_("Read then by {by} ({post}): {count} cases.")
        app.tell(text, by=by, post=post_in_words(app, post), count=count)
    show()
    heads = (N_("Code"), N_("Who"), N_("Since"), N_("Which data"))
    rows = [
        (
            one.code,
            one.name or "–",
            f"{one.since.astimezone(app.zone):%Y-%m-%d}",
            ", ".join(one.fields) + (" (" + app.say(N_("child")) + ")" if one.is_child else ""),
        )
        for one in told.affected
    ]
    table([app.say(head) for head in heads], rows)
