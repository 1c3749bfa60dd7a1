"""Reading what has no parts, strictly: text, numbers, days, times, choices, values."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID

from adminduk.codec.faults import wrong
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.values.base import Value

__all__ = ["scalar"]

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_LONGEST_TEXT: Final = 2000
_LARGEST_NUMBER: Final = 10**12


def scalar(data: object, kind: Any) -> Any:
    """Read a number, a word, a day and the like.

    Raises:
        InvalidInput: It is not one; the path of the fault is empty.
    """
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
        raise InvalidInput((wrong("", N_("text")),))
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
        raise InvalidInput((wrong("", N_("a whole number")),))
    if abs(data) > _LARGEST_NUMBER:
        raise InvalidInput.at("", "too_large", N_("The number is too large."), N_("at most 10^12"))
    return data


def _flag(data: object) -> bool:
    if not isinstance(data, bool):
        raise InvalidInput((wrong("", N_("true or false")),))
    return data


def _day(data: object) -> date:
    if isinstance(data, str) and _DAY.fullmatch(data):
        try:
            return date.fromisoformat(data)
        except ValueError:
            raise InvalidInput.at(
                "", "no_such_day", N_("There is no such day."), N_("a day as 2021-07-12")
            ) from None
    raise InvalidInput((wrong("", N_("a day as 2021-07-12")),))


def _time(data: object) -> datetime:
    expected = N_("a time as 2021-07-12T08:15:00+07:00")
    if not isinstance(data, str) or not _TIME.fullmatch(data):
        code = "naive_time" if isinstance(data, str) and _DAY.match(data) else "wrong_type"
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
