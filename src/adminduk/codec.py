"""Between JSON and the library's types.

At the door the codec is strict: unknown keys, numbers where text belongs, naive times and the
like are errors with the path to the field, all of them at once. Bytes that the library stored
itself it trusts.

* values (NIK, tracking codes, …) are text in full
* days are `2021-07-12`, times have an offset: `2021-07-12T08:15:00+07:00`
* enumerations are their values, tuples are arrays
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin
from uuid import UUID

import attrs
import cattrs
import orjson

from adminduk import commands
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_
from adminduk.records import Actor
from adminduk.values.base import Value

__all__ = ["Order", "dump", "load", "parse_json", "read_order", "structure", "to_json"]

T = TypeVar("T")

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_LARGEST_LINE: Final = 4 * 1024 * 1024
_MOST_KEYS: Final = 1000
_MOST_FAULTS: Final = 100
_LONGEST_TEXT: Final = 2000
_LONGEST_TIME: Final = 40
_LARGEST_NUMBER: Final = 10**12


@attrs.frozen
class Order:
    """A command as it was sent, with who sent it; `by` is None where the line named nobody."""

    command: commands.Command
    by: Actor | None


# --- at the door -------------------------------------------------------------------------------


def parse_json(data: bytes | str) -> Any:
    """Read JSON.

    Raises:
        InvalidInput: It is not JSON, or too large.
    """
    if len(data) > _LARGEST_LINE:
        raise InvalidInput.at(
            "", "too_large", N_("The input is too large."), N_("at most 4 MiB a command")
        )
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        raise InvalidInput.at(
            "", "not_json", N_("That is not JSON."), N_("one JSON object a line, in UTF-8")
        ) from None


def read_order(data: object) -> Order:
    """Read one line of work: `{"id", "by", "at", "do", "with"}`.

    Raises:
        InvalidInput: All faults of the line, each with its path.
    """
    if not isinstance(data, dict):
        raise InvalidInput((_wrong("", N_("an object")),))
    faults = [_unknown(_short(name)) for name in data if name not in _LINE]
    faults += [_missing(name) for name in ("id", "do", "with") if name not in data]
    by = _read(data["by"], Actor, "by", faults) if "by" in data else None
    command = None
    kind = commands.BY_NAME.get(data["do"]) if isinstance(data.get("do"), str) else None
    if kind is not None:
        command = _read_command(data, kind, faults)
    elif "do" in data:
        text = N_("There is no such command.")
        faults.append(Fault("do", "unknown_command", text, ", ".join(commands.BY_NAME)))
    if faults:
        raise InvalidInput(tuple(faults))
    assert command is not None, "what could not be read is a fault"
    return Order(command, by)


_HEAD: Final = {"id": UUID, "at": datetime, "if_version": int}
_LINE: Final = (*_HEAD, "by", "do", "with")


def _read_command(
    line: dict[str, Any], kind: type[commands.Command], faults: list[Fault]
) -> commands.Command | None:
    """Read the command of a line: its fields are in `with`, what all commands have beside it."""
    head = {
        name: _read(line[name], type_, name, faults)
        for name, type_ in _HEAD.items()
        if name in line
    }
    if "with" not in line:
        return None
    command: commands.Command | None = _read_class(
        line["with"], kind, "with", faults, without=frozenset(_HEAD)
    )
    return None if command is None or faults else attrs.evolve(command, **head)


def structure(data: object, kind: type[T]) -> T:
    """Make an object of the library of plain JSON data, strictly.

    Raises:
        InvalidInput: All faults, each with its path.
    """
    faults: list[Fault] = []
    made = _read(data, kind, "", faults)
    if faults:
        raise InvalidInput(tuple(faults))
    return made  # type: ignore[no-any-return] # `_read` makes what `kind` says, or adds a fault


def _read(data: object, kind: Any, path: str, faults: list[Fault]) -> Any:
    """Read `data` as `kind`; what is wrong is added to `faults`, and None comes back."""
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _read_union(data, kind, path, faults)
    if origin is tuple:
        return _read_tuple(data, get_args(kind)[0], path, faults)
    if origin is dict:
        return _read_dict(data, get_args(kind)[1], path, faults)
    if attrs.has(kind):
        return _read_class(data, kind, path, faults)
    try:
        return _scalar(data, kind)
    except InvalidInput as error:
        faults.extend(_below(path, error))
        return None


def _read_union(data: object, kind: Any, path: str, faults: list[Fault]) -> Any:
    options = get_args(kind)
    if NoneType in options:
        if data is None:
            return None
        rest = [one for one in options if one is not NoneType]
        return _read(data, rest[0], path, faults) if len(rest) == 1 else None
    if type(data) in options:  # a fact: yes or no, a number, or a word
        return _read(data, type(data), path, faults)
    faults.append(_wrong(path, N_("yes or no (true, false), a number, or a word")))
    return None


def _read_tuple(data: object, kind: Any, path: str, faults: list[Fault]) -> Any:
    if not isinstance(data, list):
        faults.append(_wrong(path, N_("a list")))
        return None
    before = len(faults)
    made = tuple(_read(one, kind, f"{path}[{place}]", faults) for place, one in enumerate(data))
    del faults[before + _MOST_FAULTS :]  # a list that is wrong throughout is told by its beginning
    return made


def _read_dict(data: object, kind: Any, path: str, faults: list[Fault]) -> Any:
    if not isinstance(data, dict) or len(data) > _MOST_KEYS:
        faults.append(_wrong(path, N_("an object")))
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
    return {
        key: _read(one, kind, f"{path}.{key}" if path else key, faults)
        for key, one in data.items()
        if _KEY.fullmatch(key)
    }


_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


def _read_class(
    data: object,
    kind: Any,
    path: str,
    faults: list[Fault],
    without: frozenset[str] = frozenset(),
) -> Any:
    if not isinstance(data, dict):
        faults.append(_wrong(path, N_("an object")))
        return None
    fields = {name: one for name, one in _fields(kind).items() if name not in without}
    before = len(faults)
    below = f"{path}." if path else ""
    faults.extend(_unknown(below + _short(name)) for name in data if name not in fields)
    values = {}
    for name, one in fields.items():
        if name in data:
            values[name] = _read_field(data[name], one, path, faults)
        elif one.default is attrs.NOTHING:
            faults.append(_missing(below + name))
    if len(faults) > before:
        return None
    try:
        return kind(**values)
    except InvalidInput as error:
        faults.extend(_below(path, error))
        return None


def _read_field(data: object, field: attrs.Attribute[Any], path: str, faults: list[Fault]) -> Any:
    """Read a field and ask its own rule, so that one field's fault hides no other's."""
    before = len(faults)
    value = _read(data, field.type, f"{path}.{field.name}" if path else field.name, faults)
    if field.validator is not None and len(faults) == before:
        try:
            field.validator(None, field, value)
        except InvalidInput as error:
            faults.extend(_below(path, error))
    return value


def _below(path: str, error: InvalidInput) -> Iterator[Fault]:
    """Give the faults of a part of the input with their paths in the whole of it."""
    return (fault.under(path) if path else fault for fault in error.faults)


def _short(name: object) -> str:
    return str(name)[:80]


@lru_cache
def _fields(kind: type) -> Mapping[str, attrs.Attribute[Any]]:
    """Give the fields of a class that input may set, by name."""
    attrs.resolve_types(kind)
    return {one.name: one for one in attrs.fields(kind) if one.init}


def _scalar(data: object, kind: Any) -> Any:
    if issubclass(kind, Value):
        return kind.parse(data)
    if issubclass(kind, Enum):
        return _enum(data, kind)
    reader = _SCALARS.get(kind)
    assert reader is not None, kind
    return reader(data)


def _enum(data: object, kind: type[Enum]) -> Enum:
    members = {member.value: member for member in kind}
    if isinstance(data, str) and data in members:
        return members[data]
    accepted = ", ".join(members)
    raise InvalidInput.at("", "choice", N_("That is none of the choices."), accepted)


def _text(data: object) -> str:
    if not isinstance(data, str):
        raise InvalidInput((_wrong("", N_("text")),))
    if len(data) > _LONGEST_TEXT:
        raise InvalidInput.at("", "too_long", N_("The text is too long."), N_("2,000 characters"))
    if not data.isprintable():
        raise InvalidInput.at(
            "",
            "control_characters",
            N_("The text holds characters that cannot be printed."),
            N_("one line of printable text"),
        )
    return data


def _whole_number(data: object) -> int:
    if type(data) is not int:
        raise InvalidInput((_wrong("", N_("a whole number")),))
    if abs(data) > _LARGEST_NUMBER:
        raise InvalidInput.at("", "too_large", N_("The number is too large."), N_("at most 10^12"))
    return data


def _flag(data: object) -> bool:
    if not isinstance(data, bool):
        raise InvalidInput((_wrong("", N_("true or false")),))
    return data


def _day(data: object) -> date:
    if isinstance(data, str) and len(data) == len("2021-07-12") and _DAY.fullmatch(data):
        try:
            return date.fromisoformat(data)
        except ValueError:
            raise InvalidInput.at(
                "", "no_such_day", N_("There is no such day."), N_("a day as 2021-07-12")
            ) from None
    raise InvalidInput((_wrong("", N_("a day as 2021-07-12")),))


def _time(data: object) -> datetime:
    expected = N_("a time as 2021-07-12T08:15:00+07:00")
    if not isinstance(data, str) or len(data) > _LONGEST_TIME or not _TIME.fullmatch(data):
        code = "naive_time" if isinstance(data, str) and _DAY.match(data[:10]) else "wrong_type"
        raise InvalidInput.at("", code, N_("That is not a time with its offset."), expected)
    try:
        made = datetime.fromisoformat(data)
        made.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidInput.at("", "no_such_time", N_("There is no such time."), expected) from None
    return made


def _uuid(data: object) -> UUID:
    if isinstance(data, str) and _UUID.fullmatch(data):
        return UUID(data)
    raise InvalidInput.at(
        "",
        "uuid",
        N_("That is not the id of a command."),
        N_("a UUID as 7b0f4c1e-2f5d-4c9a-8a55-0d6d3f0c1b2a"),
    )


_SCALARS: Final[dict[Any, Callable[[object], Any]]] = {
    str: _text,
    int: _whole_number,
    bool: _flag,
    date: _day,
    datetime: _time,
    UUID: _uuid,
}


def _wrong(path: str, accepted: str) -> Fault:
    return Fault(path, "wrong_type", N_("Something else belongs here."), accepted)


def _unknown(path: str) -> Fault:
    return Fault(path, "unknown_key", N_("There is no such field."))


def _missing(path: str) -> Fault:
    return Fault(path, "missing", N_("This field is missing."))


# --- what the library stored itself -------------------------------------------------------------


def _stored_converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=False)
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
