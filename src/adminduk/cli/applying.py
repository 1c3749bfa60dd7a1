"""Running commands from a file, one a line: apply."""

from __future__ import annotations

import codecs
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from typing import IO, TYPE_CHECKING, Any, Final

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import command, option
from adminduk.cli.printing import as_json
from adminduk.cli.progress import progress
from adminduk.cli.writing import PrivateFile
from adminduk.errors import AdmindukError, InvalidInput
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.codec import Order
    from adminduk.office import Office
    from adminduk.records import Actor

__all__ = ["apply", "lines"]

_LONGEST_LINE: Final = 5 * 1024 * 1024
"""More than a command may have, so that one that is cut here is refused."""
_LONGEST_ID: Final = 80


@command
@click.argument("file", type=click.File("rb"))
@option("--stop", is_flag=True, help=N_("Stop at the first refusal."))
@option(
    "--slips",
    type=PrivateFile(),
    metavar="FILE",
    help=N_("Write the receipts (tanda terima) for those whose applications came in to this file."),
)
def apply(app: App, file: IO[bytes], stop: bool, slips: IO[str] | None, json_: bool) -> None:  # noqa: ARG001 - programs are answered in any case
    """Run commands; each line that is not blank is answered by a line of JSON."""
    from adminduk.slips import receipt, text

    sender = app.who() if app.actor else None
    done = refused = 0
    with app.office() as office:
        for number, line in _read(app, file):
            answer, came_in = _answer(app, office, sender, number, line)
            as_json(answer)
            if came_in and slips is not None:
                slips.write(f"{text(receipt(office, came_in))}\n")
            done += 1
            refused += not answer["ok"]
            if refused and stop:
                break
    app.tell(N_("Commands: {done}; refused: {refused}."), done=done, refused=refused, err=True)
    if refused:
        click.get_current_context().exit(1)


def _read(app: App, file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Give the lines that are not blank with their numbers; show how far the file is read."""
    title = app.say(N_("Applying"))
    size = _size(file)
    # Answers that run over the same terminal show it well enough.
    showing = nullcontext(lambda _: None) if sys.stdout.isatty() else progress(title, size)
    read = 0
    with showing as tell:
        for number, line in enumerate(lines(file), start=1):
            read += len(line)
            tell(number if size is None else read)
            if line.strip():
                yield number, line


def _size(file: IO[bytes]) -> int | None:
    """Give the size of a file; None where it is a stream."""
    try:
        status = os.fstat(file.fileno())
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def lines(file: IO[bytes]) -> Iterator[bytes]:
    """Give the lines; of one that is longer than any command may be, its beginning."""
    mark = codecs.BOM_UTF8  # with which some editors begin a file
    while line := file.readline(_LONGEST_LINE):
        rest = line
        while len(rest) == _LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(_LONGEST_LINE)
        yield line.removeprefix(mark)
        mark = b""


def _answer(
    app: App, office: Office, sender: Actor | None, number: int, line: bytes
) -> tuple[dict[str, Any], str]:
    """Do what a line says; give what is answered, and the code of a case that came in by it."""
    from adminduk.codec import parse_json, read_order

    data: Any = None
    try:
        data = parse_json(line)
        order = read_order(data)
        receipt = office.do(order.command, by=_by(order, sender))
    except AdmindukError as error:
        refusal = error.as_dict(app.language)
        return {"id": _id(data), "ok": False, "line": number, "error": refusal}, ""
    submitted = order.command.NAME == "submit"
    return receipt.as_dict(), receipt.records[0].id if submitted else ""


def _by(order: Order, sender: Actor | None) -> Actor:
    by = order.by or sender
    if by is None:
        raise InvalidInput.at("by", "missing", N_("Nobody was named."), N_("`by`, or --as"))
    if sender is not None and by != sender:
        raise InvalidInput.at("by", "other_actor", N_("The line is by another than --as."))
    return by


def _id(data: object) -> str | None:
    """Give the id of a line that was not understood, if it could be one."""
    id_ = data.get("id") if isinstance(data, dict) else None
    proper = isinstance(id_, str) and len(id_) <= _LONGEST_ID and id_.isprintable()
    return id_ if proper else None
