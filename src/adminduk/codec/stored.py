"""What the library itself stored: written in one way, and trusted when it is read.

A field that has its default is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin
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
    for fits, factory in (
        (_is_enum, _enum_hook),
        (_is_tuple, _tuple_hook),
        (_is_optional, _optional_hook),
    ):
        converter.register_structure_hook_factory(fits, factory)
    return converter


Hook = Callable[[Any, Any], Any]


def _is_value(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Value)


# What cattrs has for these asks at every value what can be asked once.


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _enum_hook(kind: type[Enum]) -> Hook:
    members = {one.value: one for one in kind}
    return lambda value, _: members[value]


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[-1] is Ellipsis


def _tuple_hook(kind: Any, converter: cattrs.BaseConverter) -> Hook:
    inner = get_args(kind)[0]
    if inner is str:
        return lambda values, _: tuple(values)
    hook = converter.get_structure_hook(inner)
    return lambda values, _: tuple([hook(value, inner) for value in values])


def _is_optional(kind: Any) -> bool:
    return get_origin(kind) is UnionType and len(get_args(kind)) == len((Any, None)) and (
        NoneType in get_args(kind)
    )


def _optional_hook(kind: Any, converter: cattrs.BaseConverter) -> Hook:
    inner = next(one for one in get_args(kind) if one is not NoneType)
    hook = converter.get_structure_hook(inner)
    return lambda value, _: None if value is None else hook(value, inner)


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
