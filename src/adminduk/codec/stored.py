"""What the library itself stored: written in one way, and trusted when it is read.

A field that has its default is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from enum import Enum
from functools import lru_cache, partial
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, get_args, get_origin
from uuid import UUID

import attrs
import cattrs
import orjson

from adminduk import commands
from adminduk.records import Post, Role
from adminduk.values import RegionCode
from adminduk.values.base import Value

__all__ = ["dump", "dump_fields", "load", "to_json"]

T = TypeVar("T")


def _stored_converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=False, omit_if_default=True)
    converter.register_unstructure_hook_func(_is_value, lambda value: value.full())
    converter.register_structure_hook_func(_is_value, lambda text, kind: kind.trusted(text))
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(datetime, lambda time: time.isoformat())
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_structure_hook(Post, lambda data, _: _post(data["role"], data["region"]))
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


@lru_cache(maxsize=10_000)  # nearly every record names one, and an office has a few hundred
def _post(role: str, region: str) -> Post:
    return Post(Role(role), RegionCode.trusted(region))


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
    return (
        get_origin(kind) is UnionType
        and len(get_args(kind)) == len((Any, None))
        and (NoneType in get_args(kind))
    )


def _optional_hook(kind: Any, converter: cattrs.BaseConverter) -> Hook:
    inner = next(one for one in get_args(kind) if one is not NoneType)
    hook = converter.get_structure_hook(inner)
    return lambda value, _: None if value is None else hook(value, inner)


_stored = lru_cache(_stored_converter)


def dump(thing: Any) -> Any:
    """Give plain JSON data of an object of the library."""
    return _stored().unstructure(thing)


def dump_fields(
    thing: Any, before: tuple[Any, dict[str, Any]] | None, *, without: Collection[str]
) -> dict[str, Any]:
    """Give plain JSON data of an object's fields, those apart that are left out.

    Args:
        thing: The object.
        before: What it was made of by changing some fields, and the data of that: what is the
            same object in both is not written anew.
        without: Fields that are left as they are in the data before.
    """
    old, data = (None, {}) if before is None else before
    fields = dict(data)
    kind: Any = type(thing)
    for name, read, default, write in _fields(kind):
        value = read(thing)
        if name in without or (old is not None and value is read(old)):
            continue
        if value == default:
            fields.pop(name, None)
        else:
            fields[name] = write(value)
    return fields


_NO_DEFAULT: Final = object()


@lru_cache
def _fields(kind: type) -> list[tuple[str, Callable[[Any], Any], Any, Callable[[Any], Any]]]:
    """Give each field: its name, what reads it, its default, what makes JSON data of it."""
    found: list[tuple[str, Callable[[Any], Any], Any, Callable[[Any], Any]]] = []
    for one in attrs.fields(attrs.resolve_types(kind)):
        default: Any = _NO_DEFAULT if one.default is attrs.NOTHING else one.default
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type] # it is a class
            default = default.factory()
        write = partial(_stored().unstructure, unstructure_as=one.type)
        found.append((one.name, attrgetter(one.name), default, write))
    return found


def load(data: Any, kind: type[T]) -> T:
    """Make an object of data that `dump` gave."""
    return _stored().structure(data, kind)


def to_json(data: Any) -> bytes:
    """Write plain data as canonical JSON: sorted keys, no spaces."""
    return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
