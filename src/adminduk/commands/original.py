"""What can be asked about an original that the office takes in."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from adminduk.commands import fields
from adminduk.commands.base import Command

__all__ = ["File", "GiveBack", "TakeIn", "Waive"]


@frozen(kw_only=True, slots=False)
class _OnOriginal(Command):
    """A command about one original."""

    SUBJECT: ClassVar = "original"
    KINDS: ClassVar = ("original",)

    original: str = field(validator=fields.paper)


@frozen(kw_only=True, slots=False)
class TakeIn(_OnOriginal):
    """Take an original in from the applicant.

    Attributes:
        unexpected: Nobody asked for it, and it was left with the office all the same; it is lent.
    """

    unexpected: bool = False


@frozen(kw_only=True, slots=False)
class Waive(_OnOriginal):
    """Do without an original that was expected."""

    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class GiveBack(_OnOriginal):
    """Decide that an original that was to stay with the office is the applicant's to keep."""

    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class File(_OnOriginal):
    """Put an original that the office keeps into the file of its case."""
