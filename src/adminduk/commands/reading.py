"""What can be asked about a case to be read."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from adminduk.commands import fields
from adminduk.commands.base import Command
from adminduk.values import TrackingCode

__all__ = ["Read"]


@frozen(kw_only=True, slots=False)
class Read(Command):
    """Look into a case: who did, in which post and why is written down, and the case is as it was.

    Attributes:
        reading: The id of the reading; that of the command where it is left out.
        application: The tracking code of the case.
        reason: Why, which some must say; nobody's personal data belongs in it.
    """

    SUBJECT: ClassVar = "reading"
    KINDS: ClassVar = ("reading",)

    reading: str = field(default="", validator=fields.maybe_name)
    application: TrackingCode = field(converter=fields.its_code)
    reason: str = field(default="", validator=fields.maybe_text)
