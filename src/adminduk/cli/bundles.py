"""Bundles: what a village without a network brings to the office in one file: bundle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from secrets import randbits
from typing import IO, TYPE_CHECKING, ClassVar

import click

from adminduk.cli.app import App, parse_actor
from adminduk.cli.applying import lines
from adminduk.cli.declaring import Group, command, option
from adminduk.cli.keys import KEY_FILE, new_key, read_key
from adminduk.cli.printing import as_json, show
from adminduk.cli.progress import progress
from adminduk.cli.writing import written
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_

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


@command
@click.argument("commands", type=click.File("rb"))
@option("--key", "key_file", required=True, type=KEY_FILE, metavar="FILE", help=N_("Your key."))
@option("--output", "-o", required=True, type=KEY_FILE, metavar="FILE", help=N_("The new file."))
def make(app: App, commands: IO[bytes], key_file: Path, output: Path, json_: bool) -> None:
    """Make a bundle by --as, of lines as `apply` reads them."""
    from adminduk.bundles import make_bundle
    from adminduk.values import Level

    who, signing, orders = app.who(), read_key(key_file), _orders(commands)
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


def _orders(file: IO[bytes]) -> list[Order]:
    """Read lines of work; whatever is wrong with any of them is named at once."""
    from adminduk.codec import parse_json, read_order

    orders: list[Order] = []
    faults: list[Fault] = []
    for number, line in enumerate(filter(bytes.strip, lines(file)), start=1):
        try:
            orders.append(read_order(parse_json(line)))
        except InvalidInput as error:
            faults += [one.under(f"lines.{number}") for one in error.faults]
    if faults:
        raise InvalidInput(tuple(faults))
    return orders


@command
@click.argument("file", type=click.File("rb"))
def show_(app: App, file: IO[bytes], json_: bool) -> None:
    """Say what is in a bundle, so far as it has come."""
    from adminduk.bundles import Bundle
    from adminduk.codec import dump

    found = Bundle.read(file)
    if json_:
        as_json({**dump(found.head), "size": found.size, "come": found.come})
        return
    _show_head(app, found)
    found.check()
    for number, one in enumerate(found.orders(), start=1):
        show(f"{number}. {_ours(app, one)}")


def _show_head(app: App, found: Bundle) -> None:
    head = found.head
    app.tell(
        N_("For office {office}, by {who} ({role}, {region}), made {made:%Y-%m-%d %H:%M}."),
        office=head.office,
        who=head.by.id,
        role=app.name(head.by.role),
        region=head.by.region.full(),
        made=head.made,
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
    from adminduk.bundles import Bundle
    from adminduk.scans import check as open_scan

    found = Bundle.read(file)
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
    from adminduk.bundles import Bundle, import_bundle

    if signers is None:
        text = N_("Who may sign? --signers FILE, or ADMINDUK_SIGNERS.")
        raise click.UsageError(app.say(text))
    known, found = _signers(app, signers), Bundle.read(file)
    counts: Counter[str] = Counter()
    with app.office() as office:
        with progress(app.say(N_("Keeping scans")), len(found.head.scans)) as tell:
            outcomes = import_bundle(office, found, known, tell)
        for number, one in enumerate(outcomes, start=1):
            counts[_kind(one)] += 1
            if json_:
                as_json(one.as_dict(app.language))
            else:
                _show_outcome(app, number, one)
    app.tell(
        N_("Commands done: {done}; done before: {repeated}; refused: {refused}."),
        done=counts["done"],
        repeated=counts["repeated"],
        refused=counts["refused"],
        err=True,
    )
    if counts["refused"]:
        click.get_current_context().exit(1)


def _kind(outcome: Outcome) -> str:
    if outcome.receipt is None:
        return "refused"
    return "repeated" if outcome.receipt.repeated else "done"


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
