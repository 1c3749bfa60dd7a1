"""What can be asked about a case to be read."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from attrs import field, frozen

from adminduk.commands import fields
from adminduk.commands.base import Command
from adminduk.values import TrackingCode

__all__ = ["Read"]


_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The id of a command, which may have as many digits in a row as a person's number."""


def _names_a_reading(instance: object, attribute: object, value: str) -> None:
    if not _UUID.fullmatch(value):
        fields.maybe_name(instance, attribute, value)


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

    reading: str = field(default="", validator=_names_a_reading)
    application: TrackingCode = field(converter=fields.its_code)
    reason: str = field(default="", validator=fields.maybe_text)
