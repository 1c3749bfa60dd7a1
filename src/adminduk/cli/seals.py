"""The seals of the journal, and what is proven by them: seals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ClassVar

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import Decorator, Group, command, option
from adminduk.cli.keys import KEY_FILE, new_key, read_key
from adminduk.cli.printing import as_json, show
from adminduk.cli.writing import written
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.office.proving import Proof
    from adminduk.records import Seal

__all__ = ["read_seals", "seals", "seals_option", "signers_option"]


class _Seals(Group):
    texts: ClassVar = {
        "key": N_("Make a key to sign seals with; print its public half."),
        "make": N_("Seal what was written since the last seal; once a day."),
        "list": N_("List the seals; with --json a line of each, to be kept elsewhere."),
        "prove": N_("Write the proof of what is sealed about a case, a paper or a bag."),
        "check": N_("Check such a proof, with no office."),
    }


@click.group(cls=_Seals)
def seals() -> None:
    """Work on seals."""


seals_option: Decorator = option(
    "--seals",
    "kept",
    type=click.File("rb"),
    metavar="FILE",
    help=N_("Seals that were kept elsewhere: lines as `seals list --json` prints them."),
)
signers_option: Decorator = option(
    "--signer",
    "signers",
    multiple=True,
    metavar="KEY",
    help=N_("A key with which seals must be signed, as `seals key` prints it; may be repeated."),
)


def read_seals(file: IO[bytes] | None) -> list[Seal]:
    """Read seals that were kept elsewhere, in the order of their numbers.

    Raises:
        InvalidInput: A line is none, two are of the same number, or there is none at all.
    """
    from adminduk.codec import parse_json, structure
    from adminduk.records import Seal

    found: dict[int, Seal] = {}
    faults: list[Fault] = []
    for number, line in enumerate(file or (), start=1):
        try:
            seal = structure(parse_json(line), Seal)
        except InvalidInput as error:
            faults += [one.under(f"lines.{number}") for one in error.faults]
            continue
        if found.setdefault(seal.number, seal) != seal:
            text = N_("Two seals have this number.")
            faults.append(Fault(f"lines.{number}", "two_seals", text, N_("one of them")))
    if file is not None and not found and not faults:
        text, accepted = N_("There is no seal in it."), N_("lines of `adminduk seals list --json`")
        faults.append(Fault("seals", "no_seals", text, accepted))
    if faults:
        raise InvalidInput(tuple(faults))
    return [found[number] for number in sorted(found)]


@command
@click.argument("file", type=KEY_FILE)
def key(app: App, file: Path, json_: bool) -> None:  # noqa: ARG001 - it is the same in all languages
    """Make a key; the file is the head of office's own, the public half is for everybody."""
    public = new_key(file).public
    if json_:
        as_json({"key": public})
    else:
        click.echo(public)


@command
@option(
    "--key",
    "key_file",
    type=KEY_FILE,
    envvar="ADMINDUK_SEAL_KEY",
    show_envvar=True,
    metavar="FILE",
    help=N_("The key to sign with; without one the seal is good for who keeps it elsewhere."),
)
def make(app: App, key_file: Path | None, json_: bool) -> None:
    """Seal what is under no seal yet, by --as or the system."""
    from adminduk.records import Actor, Role

    signing = None if key_file is None else read_key(key_file)
    with app.office() as office:
        system = Actor("system", Role.SYSTEM, office.region)
        made = office.seal(app.who() if app.actor else system, signing)
    if json_:
        as_json(None if made is None else made.as_dict())
    elif made is None:
        app.tell(N_("There is nothing new to seal."))
    else:
        _show(app, made)
        app.tell(
            N_("Keep it elsewhere, too: `adminduk seals list --json --since {number}`."),
            number=made.number,
        )


def _show(app: App, seal: Seal) -> None:
    app.tell(
        N_("Seal {number} of {at:%Y-%m-%d %H:%M}: entries {first} to {last}, root {root}, {by}."),
        number=seal.number,
        at=seal.at,
        first=seal.first,
        last=seal.last,
        root=seal.root,
        by=seal.signer or app.say(N_("not signed")),
    )


@command
@option("--since", type=click.IntRange(1), default=1, metavar="NUMBER", help=N_("From this one."))
def list_(app: App, since: int, json_: bool) -> None:
    """List the seals, the oldest first."""
    with app.office() as office:
        found = [one for one in office.seals() if one.number >= since]
    for one in found:
        if json_:
            as_json(one.as_dict())
        else:
            _show(app, one)
    if not found and not json_:
        app.tell(N_("There is no seal. `adminduk seals make` makes one."))


@command
@click.argument("code")
@option("--output", "-o", type=KEY_FILE, metavar="FILE", help=N_("The new file."))
def prove(app: App, code: str, output: Path | None, json_: bool) -> None:  # noqa: ARG001 - it is for programs
    """Write a proof, as JSON; it says what the journal says."""
    from adminduk.codec import to_json

    with app.office() as office:
        found = office.prove(code)
    with written(output) as file:
        file.write(to_json(found.as_dict()) + b"\n")


@command
@click.argument("proof", type=click.File("rb"))
@seals_option
@signers_option
def check(
    app: App, proof: IO[bytes], kept: IO[bytes] | None, signers: Sequence[str], json_: bool
) -> None:
    """Check a proof; what does not hold ends the program with 1."""
    from adminduk.codec import parse_json
    from adminduk.office.proving import Proof

    found = Proof.read(parse_json(proof.read()))
    faults = list(found.faults(read_seals(kept), signers))
    if json_:
        as_json({"ok": not faults, "about": found.about, "faults": faults, **_counts(found)})
    else:
        for seal in found.seals:
            _show(app, seal)
        for fault in faults:
            show(fault, indent="  ", hang="    ")
        text = N_("{about}: {entries} entries are under these seals, {unsealed} under none yet.")
        app.tell(text, about=found.about, **_counts(found))
        if kept is None and not signers:
            app.tell(N_("Who made the proof vouches for its seals: name --seals or --signer."))
        app.tell(N_("It does not hold.") if faults else N_("It holds."))
    if faults:
        click.get_current_context().exit(1)


def _counts(proof: Proof) -> dict[str, Any]:
    return {"entries": len(proof.entries), "unsealed": len(proof.unsealed)}


for _name, _command in zip(_Seals.texts, (key, make, list_, prove, check), strict=True):
    seals.add_command(_command, _name)
