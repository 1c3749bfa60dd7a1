"""What F-2.01 asks of a birth or a death."""

from __future__ import annotations

from adminduk.forms.base import FormCode

__all__ = [
    "BirthAttendant",
    "BirthKind",
    "BirthPlace",
    "DeathCause",
    "DeathWitness",
]


class BirthPlace(FormCode):
    """The kind of place where a child was born."""

    HOSPITAL = 1
    HEALTH_CENTRE = 2
    VILLAGE_MATERNITY_POST = 3
    HOME = 4
    OTHER = 5


class BirthKind(FormCode):
    """How many were born together."""

    SINGLE = 1
    TWIN = 2
    TRIPLET = 3
    QUADRUPLET = 4
    OTHER = 5


class BirthAttendant(FormCode):
    """Who helped at the birth."""

    DOCTOR = 1
    MIDWIFE_OR_NURSE = 2
    TRADITIONAL = 3
    OTHER = 4


class DeathCause(FormCode):
    """Cause of death."""

    ILLNESS_OR_AGE = 1
    EPIDEMIC = 2
    ACCIDENT = 3
    CRIME = 4
    SUICIDE = 5
    OTHER = 6


class DeathWitness(FormCode):
    """Who certified the death."""

    DOCTOR = 1
    HEALTH_WORKER = 2
    POLICE = 3
    OTHER = 4
