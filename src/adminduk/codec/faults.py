"""What can be wrong with the shape of input, said with the path to its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_
from adminduk.masking import shown

__all__ = ["below", "missing", "short", "unknown", "wrong"]


def below(path: str, error: InvalidInput) -> Iterator[Fault]:
    """Give the faults of a part of the input with their paths in the whole of it."""
    return (fault.under(path) if path else fault for fault in error.faults)


def short(name: object) -> str:
    """Give a name that was sent, cut where it is too long to be repeated."""
    return shown(shown(str(name)[:160])[:80])


def wrong(path: str, accepted: str) -> Fault:
    """Say that what is there is of another kind."""
    return Fault(path, "wrong_type", N_("Something else belongs here."), accepted)


def unknown(path: str, fields: Iterable[str]) -> Fault:
    """Say that there is no such field, and which there are."""
    return Fault(path, "unknown_key", N_("There is no such field."), ", ".join(fields))


def missing(path: str) -> Fault:
    """Say that a field was left out."""
    return Fault(path, "missing", N_("This field is missing."))
