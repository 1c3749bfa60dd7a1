"""Just enough of JSON Schema to hold the schema of the commands against lines of work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

Schema = dict[str, Any]

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SAYS_NOTHING = {"$defs", "$schema", "description", "title"}


def is_valid(value: Any, root: Schema) -> bool:
    """Say whether a value is as a schema says; formats count."""
    return not list(problems(value, root, root))


def problems(value: Any, schema: Schema, root: Schema, path: str = "$") -> Iterator[str]:
    """Give everything in which a value differs from a schema that is part of another one.

    Raises:
        KeyError: The schema says something that is not known here.
    """
    if not _is_of_type(value, schema.get("type")):
        yield f"{path}: not of type {schema['type']}"
        return
    for keyword, said in schema.items():
        if keyword not in _SAYS_NOTHING:
            yield from _KEYWORDS[keyword](value, said, schema, root, path)


def _is_of_type(value: Any, name: str | None) -> bool:
    return name is None or _TYPES[name](value)


_TYPES: dict[str, Callable[[Any], bool]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: type(value) is int,
    "null": lambda value: value is None,
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}

Check = Callable[[Any, Any, Schema, Schema, str], Iterator[str]]


def _simply(holds: Callable[[Any, Any], object]) -> Check:
    """Make the check of a keyword that looks at nothing but the value."""

    def check(value: Any, said: Any, _schema: Schema, _root: Schema, path: str) -> Iterator[str]:
        if not holds(value, said):
            yield f"{path}: not {said}"

    return check


def _reference(value: Any, said: str, _schema: Schema, root: Schema, path: str) -> Iterator[str]:
    target = root
    for step in said.removeprefix("#/").split("/"):
        target = target[step]
    return problems(value, target, root, path)


def _fits(counts: Callable[[int], bool]) -> Check:
    def check(
        value: Any, said: list[Schema], _schema: Schema, root: Schema, path: str
    ) -> Iterator[str]:
        fits = sum(not list(problems(value, one, root, path)) for one in said)
        if not counts(fits):
            yield f"{path}: fits {fits} alternatives"

    return check


def _items(value: Any, said: Schema, _schema: Schema, root: Schema, path: str) -> Iterator[str]:
    for place, one in enumerate(value):
        yield from problems(one, said, root, f"{path}[{place}]")


def _properties(
    value: Any, said: dict[str, Schema], _schema: Schema, root: Schema, path: str
) -> Iterator[str]:
    for name in value.keys() & said.keys():
        yield from problems(value[name], said[name], root, f"{path}.{name}")


def _others(
    value: Any, said: bool | Schema, schema: Schema, root: Schema, path: str
) -> Iterator[str]:
    for name in value.keys() - schema.get("properties", {}).keys():
        if said is False:
            yield f"{path}: {name} is not known"
        elif isinstance(said, dict):
            yield from problems(value[name], said, root, f"{path}.{name}")


def _is_in_format(value: str, name: str) -> bool:
    forms: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
        "uuid": (_UUID, str),
        "date": (_DAY, date.fromisoformat),
        "date-time": (_RFC_3339, datetime.fromisoformat),
    }
    form, read = forms[name]
    try:
        read(value)
    except ValueError:
        return False
    return form.fullmatch(value) is not None


_KEYWORDS: dict[str, Check] = {
    "$ref": _reference,
    "additionalProperties": _others,
    "anyOf": _fits(lambda count: count > 0),
    "const": _simply(lambda value, said: value == said),
    "enum": _simply(lambda value, said: value in said),
    "format": _simply(_is_in_format),
    "items": _items,
    "minimum": _simply(lambda value, said: value >= said),
    "oneOf": _fits(lambda count: count == 1),
    "pattern": _simply(lambda value, said: re.search(said, value)),
    "properties": _properties,
    "required": _simply(lambda value, said: set(said) <= set(value)),
    "type": _simply(_is_of_type),
}
