"""A record, or a part of one, with some of its fields changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import attrs

__all__ = ["changed"]

T = TypeVar("T")
Write = Callable[[Any, Any], None]


def changed(thing: T, **changes: Any) -> T:
    """Give a copy with other values in some fields.

    As `attrs.evolve`, but no converter or validator runs: what is changed was checked when it was
    made, and the library makes the new values. A command does it a dozen times.

    Raises:
        TypeError: There is no such field.
    """
    kind: Any = type(thing)
    read, slots = _slots(kind)
    copy: T = object.__new__(kind)
    for write, value in zip(slots.values(), read(thing), strict=True):
        write(copy, value)
    for name, value in changes.items():
        if name not in slots:
            raise TypeError(f"{kind.__name__} has no {name}")
        slots[name](copy, value)
    return copy


@cache
def _slots(kind: type) -> tuple[Callable[[Any], tuple[Any, ...]], dict[str, Write]]:
    """Give what reads all fields at once, and what writes each."""
    names = [one.name for one in attrs.fields(kind)]
    first, *_ = names
    read = attrgetter(*names) if len(names) > 1 else lambda thing: (getattr(thing, first),)
    return read, {name: getattr(kind, name).__set__ for name in names}
