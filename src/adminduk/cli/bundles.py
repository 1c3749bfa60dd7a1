"""Bundles: what a village without a network brings to the office in one file: bundle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import closing, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import randbits
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, ClassVar

import click
from attrs import evolve

from adminduk.cli.app import App, parse_actor
from adminduk.cli.applying import lines
from adminduk.cli.declaring import Group, app_of, command, option
from adminduk.cli.keys import KEY_FILE, new_key, read_key
from adminduk.cli.printing import as_json, show
from adminduk.cli.progress import progress
from adminduk.cli.writing import STANDARD_OUTPUT, written
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_
from adminduk.regions.zones import zone_of

if TYPE_CHECKING:
    from adminduk.bundles import Bundle, Outcome
    from adminduk.codec import Order
    from adminduk.records import Actor

__all__ = ["bundle"]


class _Bundles(Group):
    texts: ClassVar = {
        "key": N_("Make a key to sign with; print the line by which the office knows it."),
        "code": N_("Give tracking codes for new cases."),
        "make": N_("Make a bundle of commands and scans, if nothing in it is known to be wrong."),
        "show": N_("Say what is in a bundle, and who signed it."),
        "check": N_("Check that a bundle is whole, as it was signed, and that its scans open."),
        "import": N_("Give the commands of a bundle; may be done again at any time."),
    }


@click.group(cls=_Bundles)
def bundle() -> None:
    """Work on bundles."""


_signers_option = option(
    "--signers",
    type=click.File("rb"),
    envvar="ADMINDUK_SIGNERS",
    show_envvar=True,
    metavar="FILE",
    help=N_("Who may sign with which key: lines as `bundle key` prints them."),
)


@command
@click.argument("file", type=KEY_FILE)
def key(app: App, file: Path, json_: bool) -> None:
    """Make a key; the file is the village's own, the line is for the office."""
    who, made = app.who(), new_key(file)
    if json_:
        as_json({"by": str(who), "key": made.public})
    else:
        click.echo(f"{who} {made.public}")


@command
@click.argument("number", type=click.IntRange(1, 1000), default=1)
def code(app: App, number: int, json_: bool) -> None:  # noqa: ARG001 - they are the same in all languages
    """Give codes that nobody else makes."""
    from adminduk.values import TrackingCode

    codes = [TrackingCode.from_int(randbits(128)).full() for _ in range(number)]
    if json_:
        as_json(codes)
    else:
        click.echo("\n".join(codes))


def _read_difference(
    ctx: click.Context, param: click.Parameter, value: tuple[str, str] | None
) -> timedelta:
    """Read what a clock showed and what was right then; give the difference."""
    if value is None:
        return timedelta()
    form = "%Y-%m-%dT%H:%M"
    try:
        showed, was = (datetime.strptime(one, form).replace(tzinfo=UTC) for one in value)
    except ValueError:
        text = app_of(ctx).say(N_("A time is written as 2026-01-05T08:10."))
        raise click.BadParameter(text, ctx, param) from None
    return was - showed


@command
@click.argument("commands", type=click.File("rb"))
@option("--key", "key_file", required=True, type=KEY_FILE, metavar="FILE", help=N_("Your key."))
@option(
    "--output",
    "-o",
    required=True,
    type=KEY_FILE,
    metavar="FILE",
    help=N_("The new file; - for standard output."),
)
@option(
    "--clock",
    "moved",
    nargs=2,
    metavar="TIME TIME",
    callback=_read_difference,
    help=N_(
        "The clock was wrong: what it showed when it was what. All times are moved by that, as"
        " --clock 2027-01-05T08:00 2026-01-05T08:10."
    ),
)
def make(  # noqa: PLR0917 - given by name
    app: App,
    commands: IO[bytes],
    key_file: Path,
    output: Path,
    moved: timedelta,
    json_: bool,
) -> None:
    """Make a bundle by --as, of lines as `apply` reads them."""
    from adminduk.bundles import make_bundle
    from adminduk.values import Level

    who, signing, orders = app.who(), read_key(key_file), _orders(commands, moved)
    with (
        nullcontext(None) if app.scans is None else closing(app.scan_store()) as scans,
        written(output) as file,
    ):
        head = make_bundle(
            file,
            orders,
            office=who.region.ancestor(Level.REGENCY).full(),
            by=who,
            key=signing,
            scans=scans,
            rules=app.rules,
            clock=lambda: datetime.now(UTC),
        )
    if output == STANDARD_OUTPUT:
        return
    size = output.stat().st_size
    if json_:
        told = {"file": str(output), "size": size, "commands": len(orders)}
        as_json({**told, "scans": len(head.scans)})
    else:
        app.tell(
            N_("{file}: {commands} commands, {scans} scans, {size} bytes."),
            file=output,
            commands=len(orders),
            scans=len(head.scans),
            size=size,
        )


def _orders(file: IO[bytes], moved: timedelta) -> list[Order]:
    """Read lines of work, and move their times; whatever is wrong with any is named at once."""
    from adminduk.codec import parse_json, read_order

    orders: list[Order] = []
    faults: list[Fault] = []
    for number, line in enumerate(filter(bytes.strip, lines(file)), start=1):
        try:
            orders.append(_moved(read_order(parse_json(line)), moved))
        except InvalidInput as error:
            faults += [one.under(f"lines.{number}") for one in error.faults]
    if faults:
        raise InvalidInput(tuple(faults))
    return orders


def _moved(order: Order, by: timedelta) -> Order:
    at = order.command.at
    if at is None:
        return order
    try:
        return evolve(order, command=evolve(order.command, at=at + by))
    except OverflowError:
        text = N_("There is no such time.")
        raise InvalidInput.at("at", "no_such_time", text, N_("a year from 1900 to 2999")) from None


@command
@click.argument("file", type=click.File("rb"))
def show_(app: App, file: IO[bytes], json_: bool) -> None:
    """Say what is in a bundle, so far as it has come."""
    from adminduk.codec import dump

    found = _read(app, file)
    if json_:
        as_json({**dump(found.head), "size": found.size, "come": found.come})
        return
    _show_head(app, found)
    found.check()
    for number, one in enumerate(found.orders(), start=1):
        show(f"{number}. {_ours(app, one)}")


def _read(app: App, file: IO[bytes]) -> Bundle:
    """Read the beginning of a bundle; hours are shown from then on as where it was made.

    It is read at several places: what comes through a pipe is therefore written to a file first.
    """
    from adminduk.bundles import Bundle

    if not file.seekable():
        stream = file
        try:
            file = click.get_current_context().with_resource(TemporaryFile())  # noqa: SIM115 - it is closed there
            copyfileobj(stream, file)
        except OSError as error:
            raise click.FileError(stream.name, error.strerror) from None
    found = Bundle.read(file)
    app.zone = zone_of(found.head.by.region)
    return found


def _show_head(app: App, found: Bundle) -> None:
    head, now = found.head, datetime.now(app.zone)
    app.tell(
        N_("For office {office}, by {who} ({role}, {region}), made {made:%Y-%m-%d %H:%M}."),
        office=head.office,
        who=head.by.id,
        role=app.name(head.by.role),
        region=head.by.region.full(),
        made=head.made.astimezone(app.zone),
    )
    if head.made > now:
        app.tell(
            N_(
                "That has not come yet: here it is {now:%Y-%m-%d %H:%M}. If the clock was wrong"
                " there, it is to be made anew, with --clock."
            ),
            now=now,
        )
    app.tell(N_("Signed with {key}."), key=head.key)
    app.tell(
        N_("Scans: {scans}. Of {size} bytes {come} have come."),
        scans=len(head.scans),
        size=found.size,
        come=found.come,
    )


def _ours(app: App, order: Order) -> str:
    """Say in a line what a command of a bundle wants."""
    given = order.command
    names = ("application", "copy", "item", "bag", "original")
    about = next((str(one) for name in names if (one := getattr(given, name, None))), "")
    services = ", ".join(getattr(given, "services", None) or ())
    when = "" if given.at is None else f"{given.at.astimezone(app.zone):%Y-%m-%d %H:%M}"
    return "  ".join(filter(None, (app.name(given.NAME), about, services, when)))


@command
@click.argument("file", type=click.File("rb"))
@_signers_option
def check(app: App, file: IO[bytes], signers: IO[bytes] | None, json_: bool) -> None:
    """Check a bundle; that is no promise that the office takes what is in it."""
    from adminduk.scans import check as open_scan

    found = _read(app, file)
    found.check(None if signers is None else _signers(app, signers))
    with progress(app.say(N_("Opening scans")), len(found.head.scans)) as tell:
        for count, (_, content) in enumerate(found.scans(), start=1):
            open_scan(content)
            tell(count)
    if json_:
        commands = sum(1 for _ in found.orders())
        as_json({"ok": True, "commands": commands, "scans": len(found.head.scans)})
        return
    _show_head(app, found)
    if signers is None:
        app.tell(N_("It is as it was signed. Whose key that is was not asked: --signers FILE."))
    else:
        app.tell(N_("It is as it was signed, by who it says."))


@command
@click.argument("file", type=click.File("rb"))
@_signers_option
def import_(app: App, file: IO[bytes], signers: IO[bytes] | None, json_: bool) -> None:
    """Give the commands of a bundle, one after the other; what was done before stays done."""
    from adminduk.bundles import import_bundle

    if signers is None:
        text = N_("Who may sign? --signers FILE, or ADMINDUK_SIGNERS.")
        raise click.UsageError(app.say(text))
    known, found = _signers(app, signers), _read(app, file)
    counts: Counter[str] = Counter()
    with app.office() as office:
        if not json_:
            _show_head(app, found)
        with progress(app.say(N_("Keeping scans")), len(found.head.scans)) as tell:
            outcomes = import_bundle(office, found, known, tell)
        for number, one in enumerate(outcomes, start=1):
            counts.update(_kinds(one))
            if json_:
                as_json(one.as_dict(app.language))
            else:
                _show_outcome(app, number, one)
    _show_counts(app, counts)
    if counts["refused"]:
        click.get_current_context().exit(1)


def _show_counts(app: App, counts: Counter[str]) -> None:
    app.tell(
        N_("Commands done: {done}; done before: {repeated}; refused: {refused}."),
        done=counts["done"],
        repeated=counts["repeated"],
        refused=counts["refused"],
        err=True,
    )
    if counts["other rules"]:
        app.tell(
            N_(
                "By the rules of the village nothing was wrong with it: those of the office seem to"
                " be others. Give the village the same (--rules, and the version)."
            ),
            err=True,
        )


def _kinds(outcome: Outcome) -> tuple[str, ...]:
    """Say what became of a command, as it is counted."""
    if outcome.receipt is not None:
        return ("repeated" if outcome.receipt.repeated else "done",)
    return ("refused", "other rules") if outcome.by_other_rules else ("refused",)


def _show_outcome(app: App, number: int, outcome: Outcome) -> None:
    """Show what became of a command; where it was refused, both sides."""
    show(f"{number}. {_ours(app, outcome.order)}")
    if outcome.receipt is not None:
        first = outcome.receipt.records[0]
        said = N_("done before: {state}") if outcome.receipt.repeated else N_("done: {state}")
        app.tell(said, state=app.name(first.state), indent="   ")
        return
    assert outcome.refusal is not None, "there is one or the other"
    show(outcome.refusal.message(app.language), indent="   ")
    for one in outcome.theirs:
        app.tell(
            N_(
                "The office has {code}: {state}, {services}; last: {do} by {by} at {post},"
                " {at:%Y-%m-%d %H:%M}."
            ),
            code=one.case.code,
            state=app.name(one.case.state),
            services=", ".join(one.case.services),
            do=app.name(one.last.do),
            by=one.last.by,
            post=one.last.post,
            at=one.last.recorded.astimezone(app.zone),
            indent="   ",
        )


def _signers(app: App, file: IO[bytes]) -> Mapping[str, Actor]:
    """Read who may sign with which key; what follows # is not read."""
    from adminduk.signing import is_key

    found: dict[str, Actor] = {}
    for number, line in enumerate(lines(file), start=1):
        said = line.decode(errors="replace").partition("#")[0].split()
        if not said:
            continue
        try:
            who, key = said
            signer = parse_actor(who)
        except ValueError:
            key = ""
        if not is_key(key):
            text = N_("Line {number} of the signers names none: ROLE:ID@REGION KEY.")
            raise click.UsageError(app.say(text, number=number))
        if found.setdefault(key, signer) != signer:
            text = N_("Line {number} of the signers has a key that is already another's.")
            raise click.UsageError(app.say(text, number=number))
    return found


for _name, _command in zip(_Bundles.texts, (key, code, make, show_, check, import_), strict=True):
    bundle.add_command(_command, _name)
