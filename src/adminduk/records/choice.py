"""Fields with a few choices: a program may name one by its value."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from adminduk.errors import InvalidInput
from adminduk.language import N_

__all__ = ["choice"]

E = TypeVar("E", bound=StrEnum)


def choice(kind: type[E], value: E | str, field: str) -> E:
    """Give the choice that a value names.

    Raises:
        InvalidInput: It is none of them; the field is the path.
    """
    try:
        return kind(value)
    except ValueError:
        text = N_("That is none of the choices.")
        raise InvalidInput.at(field, "choice", text, ", ".join(kind)) from None
