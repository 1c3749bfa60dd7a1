"""A document that was there before the library, as it is found on a shelf."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from attrs import field, frozen

from adminduk.records.checks import maybe_label
from adminduk.records.choice import choice

__all__ = ["Place", "Shelved"]


class Place(StrEnum):
    """Where a document is; at each but the last a post answers for it."""

    OFFICE = "office"
    COUNTER = "counter"
    DISTRICT = "district"
    VILLAGE = "village"
    HANDED_OVER = "handed_over"


def _place(value: Place | str) -> Place:
    return choice(Place, value, "place")


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


@frozen(kw_only=True, slots=False)
class Shelved:
    """A document and where it is.

    Attributes:
        product: What it is.
        place: Where it is.
        blank: The number of the security blank it is printed on (KTP, KIA).
    """

    product: str
    place: Place = field(converter=_place)
    blank: str = field(default="", converter=_upper, validator=maybe_label)
