"""Whom a service is about, and what it may need to know of them."""

from __future__ import annotations

from typing import Final, Literal, NewType, get_args

from attrs import frozen

from adminduk.catalogue.condition import ALWAYS, Condition
from adminduk.catalogue.law import Id

__all__ = ["PERSON_FIELDS", "Party", "PersonField", "PersonPath"]

PersonField = Literal["name", "nik", "kk", "birth_date", "sex", "phone", "birth_order"]

PERSON_FIELDS: Final[tuple[str, ...]] = get_args(PersonField)
"""What may be known of a person."""

PersonPath = NewType("PersonPath", str)
"""A field of a party, as `child.birth_date`."""


@frozen
class Party:
    """Somebody a service is about.

    Attributes:
        id: Who, as `child`.
        needs: What must be known of them; of whom nothing is needed is told where it is known.
        first_recording: Whether their name is recorded for the first time, by which it must keep
            to the rules of names.
        when: The condition under which there is such a person at all.
    """

    id: Id
    needs: tuple[PersonField, ...] = ()
    when: Condition = ALWAYS
    first_recording: bool = False
