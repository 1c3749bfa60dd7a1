"""A record, or a part of one, with some of its fields changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import attrs

__all__ = ["changed"]

T = TypeVar("T")


def changed(thing: T, **changes: Any) -> T:
    """Give a copy with other values in some fields.

    As `attrs.evolve`, but no converter or validator runs: what is changed was checked when it was
    made, and the library makes the new values. A command does it a dozen times.

    Raises:
        TypeError: There is no such field.
    """
    kind: Any = type(thing)
    copy: T = object.__new__(kind)
    for name, read, write in _slots(kind):
        write(copy, changes.pop(name) if name in changes else read(thing))
    if changes:
        raise TypeError(f"{kind.__name__} has no {', '.join(changes)}")
    return copy


@cache
def _slots(kind: type) -> list[tuple[str, Callable[[Any], Any], Callable[[Any, Any], None]]]:
    """Give each field with what reads and writes its slot."""
    slots = [(one.name, getattr(kind, one.name)) for one in attrs.fields(kind)]
    return [(name, slot.__get__, slot.__set__) for name, slot in slots]
