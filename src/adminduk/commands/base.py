"""What every command has: its id, its time, the version that its sender has seen."""

from __future__ import annotations

import re
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from attrs import field, frozen

from adminduk.commands import fields
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records import Actor

__all__ = ["Command"]

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2999


@frozen(kw_only=True, slots=False)
class Command:
    """What every command has.

    Attributes:
        id: Identifies the command for ever; the office gives one where it is left out.
        at: When the thing happened, with its offset from UTC.
        if_version: The version of the record that the sender has seen.
        approved_by: Who approved it, where somebody else must; never who sends it.
    """

    NAME: ClassVar[str]
    """Its name on the wire, and in the lifecycle of its record."""
    SUBJECT: ClassVar[str]
    """The field that names its record."""
    KINDS: ClassVar[tuple[str, ...]]
    """The kinds of record it can be about."""

    id: UUID | None = None
    at: datetime | None = None
    if_version: int | None = field(default=None, validator=fields.version)
    approved_by: Actor | None = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.NAME = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __attrs_post_init__(self) -> None:
        if self.at is not None and self.at.utcoffset() is None:
            raise InvalidInput.at(
                "at",
                "naive_time",
                N_("The time has no offset from UTC."),
                N_("a time as 2021-07-12T08:15:00+07:00"),
            )
        if self.at is not None and not _FIRST_YEAR <= self.at.year <= _LAST_YEAR:
            raise InvalidInput.at(
                "at", "no_such_time", N_("There is no such time."), N_("a year from 1900 to 2999")
            )
