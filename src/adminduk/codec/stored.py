"""What the library itself stored: written in one way, and trusted when it is read.

A field that has its default is left out. For each type the way to read and the way to write it
is worked out once, from its annotation; None stands for a type that JSON has itself. No check
runs when something is read, for it was checked when it was made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache, lru_cache
from types import NoneType
from typing import Any, Final, TypeVar, get_args, get_origin
from uuid import UUID

import attrs
import orjson

from adminduk.records import Post, Role
from adminduk.values import RegionCode
from adminduk.values.base import Value

__all__ = ["dump", "dump_changed", "load", "to_json"]

T = TypeVar("T")
Conversion = Callable[[Any], Any]


def dump(thing: Any, *, without: Collection[str] = ()) -> dict[str, Any]:
    """Give plain JSON data of a record, a command, or a part of one.

    Args:
        thing: The object.
        without: Fields that are left out.
    """
    values = thing.__dict__
    kind: Any = type(thing)
    return {
        name: value if write is None else write(value)
        for name, (default, write) in _writers(kind).items()
        if (value := values[name]) != default and name not in without
    }


def dump_changed(
    thing: Any, before: Any, data: Mapping[str, Any], *, without: Collection[str]
) -> dict[str, Any]:
    """Give plain JSON data of an object that was made of another by changing some fields.

    What is the same object in both is not written anew.

    Args:
        thing: The object.
        before: What it was made of.
        data: The data of that.
        without: Fields that stay as they are in the data.
    """
    fields = dict(data)
    old = before.__dict__
    kind: Any = type(thing)
    for name, value in thing.__dict__.items():
        if value is old[name] or name in without:
            continue
        default, write = _writers(kind)[name]
        if value == default:
            fields.pop(name, None)
        else:
            fields[name] = value if write is None else write(value)
    return fields


def load(data: Mapping[str, Any], kind: Callable[..., T]) -> T:
    """Make an object of data that `dump` gave."""
    made: T = _maker(kind)(data)
    return made


def to_json(data: Any) -> bytes:
    """Write plain data as canonical JSON: sorted keys, no spaces."""
    return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)


_REQUIRED: Final = object()
"""Stands for the default of a field that has none."""


@cache
def _writers(kind: type) -> dict[str, tuple[Any, Conversion | None]]:
    """Give each field's default, and what makes JSON data of it."""
    return {
        one.name: (_default(one), _writer(one.type))
        for one in attrs.fields(attrs.resolve_types(kind))
    }


def _default(field: Any) -> Any:
    if _is_made(field):
        return field.default.factory()
    return _REQUIRED if field.default is attrs.NOTHING else field.default


def _is_made(field: Any) -> bool:
    """Whether each object has a default of its own, as a dictionary."""
    return isinstance(field.default, attrs.Factory)  # type: ignore[arg-type] # it is a class


def _writer(kind: Any) -> Conversion | None:
    """Give what makes JSON data of a value of a type."""
    if get_args(kind):
        return _around(kind, _writer, list)
    if kind in _WRITERS:
        return _WRITERS[kind]
    if issubclass(kind, Enum):
        return {one: one.value for one in kind}.__getitem__
    return kind.full if issubclass(kind, Value) else dump


@cache
def _reader(kind: Any) -> Conversion | None:
    """Give what makes a value of a type of JSON data."""
    if get_args(kind):
        return _around(kind, _reader, tuple)
    if kind in _READERS:
        return _READERS[kind]
    if issubclass(kind, Enum):
        return {one.value: one for one in kind}.__getitem__
    return kind.trusted if issubclass(kind, Value) else _maker(kind)


def _around(
    kind: Any,
    conversion: Callable[[Any], Conversion | None],
    sequence: type[list[Any] | tuple[Any, ...]],
) -> Conversion | None:
    """Give the conversion of what holds values of other types: dictionary, tuple or union."""
    outer, inner = get_origin(kind), get_args(kind)
    convert = conversion(inner[1 if outer is dict else 0])
    if convert is None:
        return {dict: dict, tuple: sequence}.get(outer)
    if outer is dict:
        return lambda values: {key: convert(one) for key, one in values.items()}
    if outer is tuple:
        return lambda values: sequence(map(convert, values))
    assert NoneType in inner, f"{kind} is no type of a field"
    return lambda value: None if value is None else convert(value)


@cache
def _maker(kind: Any) -> Callable[[Mapping[str, Any]], Any]:
    """Give what makes an object of its fields.

    It raises a TypeError where one is missing, and a KeyError where there is no such field.
    """
    fields: Any = attrs.fields(attrs.resolve_types(kind))
    readers = {one.name: _reader(one.type) for one in fields}
    made_anew = {one.name: one.default.factory for one in fields if _is_made(one)}
    defaults = {one.name: _default(one) for one in fields if one.name not in made_anew}
    required = {name for name, default in defaults.items() if default is _REQUIRED}

    def make(data: Mapping[str, Any]) -> Any:
        if not required <= data.keys():
            raise TypeError(f"{kind.__name__} without {', '.join(required - data.keys())}")
        made = object.__new__(kind)
        values = made.__dict__
        values.update(defaults)
        for name, new in made_anew.items():
            values[name] = new()
        for name, value in data.items():
            read = readers[name]
            values[name] = value if read is None else read(value)
        return made

    return make


@lru_cache(maxsize=10_000)  # nearly every record names one, and an office has a few hundred
def _post_of(role: str, region: str) -> Post:
    return Post(Role(role), RegionCode.trusted(region))


def _post(data: Mapping[str, str]) -> Post:
    return _post_of(data["role"], data["region"])


_PLAIN: Final = dict.fromkeys((str, int, bool))
_WRITERS: Final[dict[type, Conversion | None]] = {
    **_PLAIN,
    UUID: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
}
_READERS: Final[dict[type, Conversion | None]] = {
    **_PLAIN,
    UUID: UUID,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Post: _post,
}
