"""One line of work: a command, and who sends it."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

import attrs
import orjson

from adminduk import commands
from adminduk.codec.faults import missing, short, unknown, wrong
from adminduk.codec.reading import MOST_FAULTS, read, read_class
from adminduk.codec.stored import dump, to_json
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_
from adminduk.records import Actor

__all__ = ["Order", "parse_json", "read_order", "write_order"]

_LARGEST_LINE: Final = 4 * 1024 * 1024
_HEAD: Final = {"id": UUID, "at": datetime, "if_version": int}
_LINE: Final = (*_HEAD, "by", "do", "with")


@attrs.frozen
class Order:
    """A command as it was sent, with who sent it; `by` is None where the line named nobody."""

    command: commands.Command
    by: Actor | None


def parse_json(data: bytes | str) -> Any:
    """Read JSON.

    Raises:
        InvalidInput: It is not JSON, or too large.
    """
    if len(data) > _LARGEST_LINE:
        raise InvalidInput.at(
            "", "too_large", N_("The input is too large."), N_("at most 4 MiB a command")
        )
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        raise InvalidInput.at(
            "", "not_json", N_("That is not JSON."), N_("one JSON object a line, in UTF-8")
        ) from None


def read_order(data: object) -> Order:
    """Read one line of work: `{"id", "by", "at", "do", "with"}`.

    Raises:
        InvalidInput: All faults of the line, each with its path.
    """
    if not isinstance(data, dict):
        raise InvalidInput((wrong("", N_("an object")),))
    others = (name for name in data if name not in _LINE)
    faults = [unknown(short(name), _LINE) for name in islice(others, MOST_FAULTS)]
    faults += [missing(name) for name in ("id", "do", "with") if name not in data]
    by = read(data["by"], Actor, "by", faults) if "by" in data else None
    command = None
    kind = commands.BY_NAME.get(data["do"]) if isinstance(data.get("do"), str) else None
    if kind is not None:
        command = _read_command(data, kind, faults)
    elif "do" in data:
        text = N_("There is no such command.")
        faults.append(Fault("do", "unknown_command", text, ", ".join(commands.BY_NAME)))
    if faults:
        raise InvalidInput(tuple(faults))
    assert command is not None, "what could not be read is a fault"
    return Order(command, by)


def write_order(order: Order) -> bytes:
    """Write a line of work as `read_order` reads it; what has its default is left out."""
    fields = dump(order.command)
    head = {name: fields.pop(name) for name in _HEAD if name in fields}
    by = {} if order.by is None else {"by": dump(order.by)}
    return to_json({**head, **by, "do": order.command.NAME, "with": fields})


def _read_command(
    line: dict[str, Any], kind: type[commands.Command], faults: list[Fault]
) -> commands.Command | None:
    """Read the command of a line: its fields are in `with`, what all commands have beside it."""
    head = {
        name: read(line[name], type_, name, faults) for name, type_ in _HEAD.items() if name in line
    }
    if "with" not in line:
        return None
    command: commands.Command | None = read_class(
        line["with"], kind, "with", faults, without=frozenset(_HEAD)
    )
    return None if command is None or faults else attrs.evolve(command, **head)
