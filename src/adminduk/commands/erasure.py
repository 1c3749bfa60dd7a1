"""What can be asked about the erasure of a case's people."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from adminduk.commands import fields
from adminduk.commands.base import Command
from adminduk.records import Ground
from adminduk.values import TrackingCode

__all__ = ["ConfirmErasure", "Erase"]


@frozen(kw_only=True, slots=False)
class Erase(Command):
    """Forget the people of a case that has ended, for good: its key is destroyed.

    Attributes:
        application: The tracking code of the case.
        ground: `retention`, `purpose` or `request`.
        ended: When the case ended, where it is erased because it was kept long enough.
        reason: Why, in words; nobody's personal data belongs in it.
    """

    SUBJECT: ClassVar = "application"
    KINDS: ClassVar = ("erasure",)

    application: TrackingCode = field(converter=fields.its_code)
    ground: Ground = field(converter=fields.ground)
    ended: datetime | None = field(default=None, validator=fields.with_offset)
    reason: str = field(default="", validator=fields.maybe_text)


@frozen(kw_only=True, slots=False)
class ConfirmErasure(Command):
    """Write down that the key of an erased case was destroyed.

    Attributes:
        application: The tracking code of the case.
    """

    SUBJECT: ClassVar = "application"
    KINDS: ClassVar = ("erasure",)

    application: TrackingCode = field(converter=fields.its_code)
