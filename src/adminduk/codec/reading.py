"""Reading plain data as an object of the library, strictly: every fault, each with its path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin

import attrs

from adminduk.codec.faults import below, missing, short, unknown, wrong
from adminduk.codec.scalars import scalar
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_

__all__ = ["MOST_FAULTS", "read", "read_class", "structure"]

T = TypeVar("T")

_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_MOST_KEYS: Final = 1000
MOST_FAULTS: Final = 100
"""What is wrong throughout is told by its beginning."""


def structure(data: object, kind: type[T]) -> T:
    """Make an object of the library of plain JSON data, strictly.

    Raises:
        InvalidInput: All faults, each with its path.
    """
    faults: list[Fault] = []
    made = read(data, kind, "", faults)
    if faults:
        raise InvalidInput(tuple(faults))
    return made  # type: ignore[no-any-return] # `read` makes what `kind` says, or adds a fault


def read(data: object, kind: Any, path: str, faults: list[Fault]) -> Any:
    """Read `data` as `kind`; what is wrong is added to `faults`, and None comes back."""
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _read_union(data, kind, path, faults)
    if origin is tuple:
        return _read_tuple(data, get_args(kind)[0], path, faults)
    if origin is dict:
        return _read_dict(data, get_args(kind)[1], path, faults)
    if attrs.has(kind):
        return read_class(data, kind, path, faults)
    try:
        return scalar(data, kind)
    except InvalidInput as error:
        faults.extend(below(path, error))
        return None


def _read_union(data: object, kind: Any, path: str, faults: list[Fault]) -> Any:
    options = get_args(kind)
    if NoneType in options:
        if data is None:
            return None
        rest = [one for one in options if one is not NoneType]
        return read(data, rest[0], path, faults) if len(rest) == 1 else None
    if type(data) in options:  # a fact: yes or no, a number, or a word
        return read(data, type(data), path, faults)
    faults.append(wrong(path, N_("yes or no (true, false), a number, or a word")))
    return None


def _read_tuple(data: object, kind: Any, path: str, faults: list[Fault]) -> Any:
    if not isinstance(data, list):
        faults.append(wrong(path, N_("a list")))
        return None
    most = len(faults) + MOST_FAULTS
    made = []
    for place, one in enumerate(data):
        made.append(read(one, kind, f"{path}[{place}]", faults))
        if len(faults) >= most:
            break
    del faults[most:]
    return tuple(made)


def _read_dict(data: object, kind: Any, path: str, faults: list[Fault]) -> Any:
    if not isinstance(data, dict) or len(data) > _MOST_KEYS:
        faults.append(wrong(path, N_("an object")))
        return None
    if not all(map(_KEY.fullmatch, data)):
        faults.append(
            Fault(
                path,
                "key",
                N_("A name in it is not one that can be."),
                N_("names of small letters, digits, - and _"),
            )
        )
    most = len(faults) + MOST_FAULTS
    made = {}
    for key, one in data.items():
        if _KEY.fullmatch(key):
            made[key] = read(one, kind, f"{path}.{key}" if path else key, faults)
        if len(faults) >= most:
            break
    del faults[most:]
    return made


def read_class(
    data: object,
    kind: Any,
    path: str,
    faults: list[Fault],
    without: frozenset[str] = frozenset(),
) -> Any:
    """Read `data` as an object of the class `kind`, but for the fields in `without`."""
    if not isinstance(data, dict):
        faults.append(wrong(path, N_("an object")))
        return None
    fields = {name: one for name, one in _fields(kind).items() if name not in without}
    before = len(faults)
    inside = f"{path}." if path else ""
    others = (name for name in data if name not in fields)
    faults.extend(unknown(inside + short(name), fields) for name in islice(others, MOST_FAULTS))
    values = {}
    for name, one in fields.items():
        if name in data:
            values[name] = _read_field(data[name], one, path, faults)
        elif one.default is attrs.NOTHING:
            faults.append(missing(inside + name))
    if len(faults) > before:
        return None
    try:
        return kind(**values)
    except InvalidInput as error:
        faults.extend(below(path, error))
        return None


def _read_field(data: object, field: attrs.Attribute[Any], path: str, faults: list[Fault]) -> Any:
    """Read a field and ask its own rule, so that one field's fault hides no other's."""
    before = len(faults)
    value = read(data, field.type, f"{path}.{field.name}" if path else field.name, faults)
    if field.validator is not None and len(faults) == before:
        try:
            field.validator(None, field, value)
        except InvalidInput as error:
            faults.extend(below(path, error))
    return value


@lru_cache
def _fields(kind: type) -> Mapping[str, attrs.Attribute[Any]]:
    """Give the fields of a class that input may set, by name."""
    attrs.resolve_types(kind)
    return {one.name: one for one in attrs.fields(kind) if one.init}
