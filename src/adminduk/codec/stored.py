"""What the library itself stored: written in one way, and trusted when it is read.

A field that has its default is left out.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

import cattrs
import orjson

from adminduk import commands
from adminduk.values.base import Value

__all__ = ["dump", "load", "to_json"]

T = TypeVar("T")


def _stored_converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=False, omit_if_default=True)
    converter.register_unstructure_hook_func(_is_value, lambda value: value.full())
    converter.register_structure_hook_func(_is_value, lambda text, kind: kind.trusted(text))
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(datetime, lambda time: time.isoformat())
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(UUID, str)
    converter.register_structure_hook(UUID, lambda text, _: UUID(text))
    converter.register_unstructure_hook_func(
        lambda kind: kind == commands.Fact, lambda value: value
    )
    converter.register_structure_hook_func(
        lambda kind: kind == commands.Fact, lambda value, _: value
    )
    return converter


def _is_value(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Value)


_stored = lru_cache(_stored_converter)


def dump(thing: Any, kind: type | None = None) -> Any:
    """Give plain JSON data of an object of the library."""
    return _stored().unstructure(thing, unstructure_as=kind)


def load(data: Any, kind: type[T]) -> T:
    """Make an object of data that `dump` gave."""
    return _stored().structure(data, kind)


def to_json(data: Any) -> bytes:
    """Write plain data as canonical JSON: sorted keys, no spaces."""
    return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
