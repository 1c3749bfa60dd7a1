"""What a field of a record accepts, whoever makes the record."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from adminduk.errors import InvalidInput
from adminduk.language import N_

__all__ = ["blanks_id", "day", "hexadecimal", "hour", "label", "line", "maybe_label", "place"]

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LONGEST_LINE: Final = 1000
_BLANKS: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}/[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_HOUR: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_HEXADECIMAL: Final = re.compile(r"[0-9a-f]*")
_MOST_ENTRIES: Final = 2**63
_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def day(_: object, attribute: object, value: Any) -> None:
    """Accept a day, or nothing; a moment is not a day."""
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        name = attribute.name  # type: ignore[attr-defined]
        raise InvalidInput.at(name, "day", N_("A day belongs here."), N_("a day as 2021-07-12"))


def blanks_id(_: object, attribute: object, value: Any) -> None:
    """Accept the id of a range of blanks: a product, a slash and a name."""
    if not isinstance(value, str) or not _BLANKS.fullmatch(value):
        name = attribute.name  # type: ignore[attr-defined]
        text = N_("That is not the id of a range of blanks.")
        accepted = N_("a product, a slash and a name, as ktp/2021-07-A")
        raise InvalidInput.at(name, "blanks_id", text, accepted)


def line(_: object, attribute: object, value: Any) -> None:
    """Accept one line of words."""
    one_line = isinstance(value, str) and value.strip() and not _CONTROL.search(value)
    if not one_line or len(value) > _LONGEST_LINE:
        name = attribute.name  # type: ignore[attr-defined]
        raise InvalidInput.at(
            name, "text", N_("Say it in words."), N_("one line of 1 to 1,000 characters")
        )


def hour(_: object, attribute: object, value: Any) -> None:
    """Accept a time of the day."""
    if not isinstance(value, str) or not _HOUR.fullmatch(value):
        name = attribute.name  # type: ignore[attr-defined]
        raise InvalidInput.at(
            name, "hour", N_("That is no time of the day."), N_("hours and minutes, as 08:00")
        )


def label(_: object, attribute: object, value: Any) -> None:
    """Accept what names a thing: a blank, a seal, a trip."""
    if not isinstance(value, str) or not _LABEL.fullmatch(value):
        name = attribute.name  # type: ignore[attr-defined]
        text, accepted = N_("That is not a label."), N_("1 to 40 letters, digits and . _ -")
        raise InvalidInput.at(name, "label", text, accepted)


def maybe_label(instance: object, attribute: object, value: Any) -> None:
    """Accept what names a thing, or nothing."""
    if value != "":
        label(instance, attribute, value)


def hexadecimal(*sizes: int) -> Callable[[object, object, Any], None]:
    """Accept a digest or a signature of as many digits as one of the sizes."""

    def check(_: object, attribute: object, value: Any) -> None:
        if (
            not isinstance(value, str)
            or len(value) not in sizes
            or not _HEXADECIMAL.fullmatch(value)
        ):
            name = attribute.name  # type: ignore[attr-defined]
            text, accepted = N_("That is no digest or signature."), N_("{size} digits 0-9 and a-f")
            raise InvalidInput.at(name, "hexadecimal", text, accepted, size=max(sizes))

    return check


def place(_: object, attribute: object, value: Any) -> None:
    """Accept a number in a sequence."""
    if type(value) is not int or not 0 < value < _MOST_ENTRIES:
        name = attribute.name  # type: ignore[attr-defined]
        text, accepted = N_("That is no place in a sequence."), N_("a whole number from 1")
        raise InvalidInput.at(name, "place", text, accepted)
