"""Finding every fault of what was read, each with the path to its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cattrs import (
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
)

from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_

__all__ = ["FILE_NAMES", "READING_ERRORS", "SaidElsewhereError", "faults_of"]

FILE_NAMES: Final = {
    "since": "from",
    "source": "from",
    "items": "item",
    "parties": "party",
    "substitutes": "substitute",
    "objections": "objection",
    "warnings": "warning",
}
"""How the files call what the classes call otherwise."""


class SaidElsewhereError(Exception):
    """A part names another that is wrong itself, which is told where that one stands."""


READING_ERRORS: Final = (BaseValidationError, InvalidInput, SaidElsewhereError)
"""What a converter raises for a table that is not as it must be."""


def faults_of(error: Exception, path: str) -> Iterator[Fault]:
    """Give every fault inside an error of a converter."""
    if isinstance(error, ClassValidationError):
        inside, whole = error.group_exceptions()
        for one, note in inside:
            yield from faults_of(one, f"{path}.{FILE_NAMES.get(note.name, note.name)}")
        for other in whole:
            yield from faults_of(other, path)
    elif isinstance(error, IterableValidationError):
        for one, place in error.group_exceptions()[0]:
            step = f".{place.index}" if isinstance(place.index, str) else f"[{place.index}]"
            yield from faults_of(one, path + step)
    else:
        yield from _single(error, path)


def _single(error: Exception, path: str) -> Iterator[Fault]:
    match error:
        case InvalidInput():
            for fault in error.faults:
                joint = "." if fault.path and not fault.path.startswith("[") else ""
                inner = f"{path}{joint}{fault.path}"
                yield Fault(inner, fault.code, fault.text, fault.accepted, fault.facts)
        case ForbiddenExtraKeysError():
            for key in sorted(error.extra_fields):
                yield Fault(f"{path}.{key}", "unknown_key", N_("There is no such key."))
        case KeyError():
            yield Fault(path, "missing", N_("This must be said."))
        case SaidElsewhereError():
            return
        case _:
            raise error
