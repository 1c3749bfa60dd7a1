"""A record, a command, or a part of one, with some of its fields changed."""

from __future__ import annotations

from typing import Any, TypeVar

__all__ = ["changed"]

T = TypeVar("T")


def changed(thing: T, **changes: Any) -> T:
    """Give a copy with other values in some fields.

    As `attrs.evolve`, but no converter or validator runs: what is changed was checked when it was
    made, and the library makes the new values. A command does it a dozen times, which is why
    records and commands have no slots: their fields are copied all at once.

    Raises:
        TypeError: There is no such field.
    """
    fields = {**thing.__dict__, **changes}
    if len(fields) > len(thing.__dict__):
        unknown = ", ".join(sorted(fields.keys() - thing.__dict__.keys()))
        raise TypeError(f"{type(thing).__name__} has no {unknown}")
    copy: T = object.__new__(type(thing))
    copy.__dict__.update(fields)
    return copy
