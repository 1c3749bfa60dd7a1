"""JSON Schema of the commands, made of the same classes that the codec reads."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin
from uuid import UUID

import attrs

from adminduk import commands
from adminduk.records import Actor
from adminduk.values import NIK, KKNumber, RegionCode
from adminduk.values.base import Value

__all__ = ["command_schema"]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_SCALARS: Final[dict[Any, dict[str, Any]]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    UUID: {"type": "string", "format": "uuid"},
}

_PATTERNS: Final[dict[type[Value], str]] = {
    NIK: "^[0-9]{16}$",
    KKNumber: "^[0-9]{16}$",
    RegionCode: r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$",
}


def command_schema() -> dict[str, Any]:
    """Give the schema of a line of `apply`: one alternative a command."""
    definitions: dict[str, Any] = {}
    by = _of(Actor, definitions)
    orders = [_order(name, kind, by, definitions) for name, kind in commands.BY_NAME.items()]
    return {
        "$schema": _DIALECT,
        "title": "adminduk command",
        "oneOf": orders,
        "$defs": dict(sorted(definitions.items())),
    }


def _order(
    name: str, kind: type[commands.Command], by: dict[str, Any], definitions: dict[str, Any]
) -> dict[str, Any]:
    body = _object(kind, definitions, without={"id", "at", "if_version"})
    return {
        "title": name,
        "description": (kind.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": {
            "id": _SCALARS[UUID],
            "by": by,
            "at": _SCALARS[datetime],
            "if_version": {"type": "integer", "minimum": 0},
            "do": {"const": name},
            "with": body,
        },
        "required": ["id", "do", "with"],
        "additionalProperties": False,
    }


def _object(
    kind: type, definitions: dict[str, Any], without: frozenset[str] | set[str] = frozenset()
) -> dict[str, Any]:
    attrs.resolve_types(kind)
    fields = [one for one in attrs.fields(kind) if one.init and one.name not in without]
    return {
        "type": "object",
        "properties": {one.name: _of(one.type, definitions) for one in fields},
        "required": [one.name for one in fields if one.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        options = [_of(one, definitions) for one in arguments if one is not NoneType]
        return {"anyOf": [*options, *([{"type": "null"}] if NoneType in arguments else [])]}
    if origin is tuple:
        return {"type": "array", "items": _of(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(arguments[1], definitions)}
    return _reference(kind, definitions) if attrs.has(kind) else _scalar(kind)


def _scalar(kind: type) -> dict[str, Any]:
    if issubclass(kind, Value):
        pattern = _PATTERNS.get(kind)
        return {"type": "string", **({"pattern": pattern} if pattern else {})}
    if issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    return _SCALARS[kind]


def _reference(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _object(kind, definitions)
    return {"$ref": f"#/$defs/{name}"}
