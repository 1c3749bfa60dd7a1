"""What can be asked about blanks: numbered KTP and KIA cards on which nothing is printed yet."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from attrs import field, frozen

from adminduk.commands import fields
from adminduk.commands.base import Command
from adminduk.records.blanks import check_row
from adminduk.records.spans import Spans
from adminduk.values import BlankNumber

__all__ = [
    "BlanksFound",
    "CorrectBlanks",
    "OnNumbers",
    "ReceiveBlanks",
    "RecordBlanksUsed",
    "ReleaseBlanks",
    "ReportBlanksMissing",
    "ReserveBlanks",
    "TransferBlanks",
    "WithdrawBlanks",
]


@frozen(kw_only=True, slots=False)
class _OnBlanks(Command):
    """A command about a range of blanks."""

    SUBJECT: ClassVar = "blanks"
    KINDS: ClassVar = ("blanks",)

    blanks: str = field(validator=fields.blanks_id)


@frozen(kw_only=True, slots=False)
class OnNumbers(_OnBlanks):
    """A command about some numbers of a range.

    Attributes:
        first: The first number.
        last: The last number; left out: the first alone.
    """

    first: BlankNumber = field(converter=fields.blank)
    last: BlankNumber | None = field(default=None, converter=fields.maybe_blank)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        check_row(self.first, self.last or self.first)

    @property
    def numbers(self) -> Spans:
        """The running numbers it is about."""
        return ((self.first.number, (self.last or self.first).number),)


@frozen(kw_only=True, slots=False)
class ReceiveBlanks(OnNumbers):
    """Enter a range of blanks that was received; with the first of a product its ledger begins.

    Attributes:
        blanks: The product, a slash, and a name for the range.
        received_from: Who gave them: the ministry, a supplier, another office.
        delivery_note: The number of the paper that came with them.
    """

    received_from: str = field(validator=fields.text)
    delivery_note: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class CorrectBlanks(ReceiveBlanks):
    """Correct what was entered of a range, before any of it was used."""

    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class WithdrawBlanks(_OnBlanks):
    """Take back the receipt of a range that never came, before any of it was used."""

    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class ReserveBlanks(OnNumbers):
    """Keep numbers for a print operator, as for a day of printing in a village.

    Attributes:
        operator: The id of the print operator who alone may use them.
        purpose: What for.
        until: The last day on which they are kept from others; until they are released if left out.
    """

    operator: str = field(validator=fields.label)
    purpose: str = field(validator=fields.text)
    until: date | None = field(default=None, validator=fields.day)


@frozen(kw_only=True, slots=False)
class ReleaseBlanks(OnNumbers):
    """Let everybody use again what was reserved."""


@frozen(kw_only=True, slots=False)
class TransferBlanks(OnNumbers):
    """Give numbers to another office.

    Attributes:
        to: To whom.
        delivery_note: The number of the paper that goes with them.
    """

    to: str = field(validator=fields.text)
    delivery_note: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class ReportBlanksMissing(OnNumbers):
    """Numbers are not where they should be."""

    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class RecordBlanksUsed(OnNumbers):
    """Free numbers were used outside the ledger, as for a copy that was adopted; it happened."""

    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class BlanksFound(OnNumbers):
    """Missing numbers are there again."""
