"""What can be asked about an application."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from attrs import field, frozen

from adminduk.commands import fields
from adminduk.commands.base import Command
from adminduk.records import Channel, DeliveryWay, Letter, Person, Shelved, Shown
from adminduk.values import Phone, RegionCode, TrackingCode

__all__ = [
    "Adopt",
    "Amend",
    "Answer",
    "Attend",
    "ChooseDelivery",
    "Correct",
    "Draft",
    "Expire",
    "Fact",
    "GiveUp",
    "MoveRules",
    "Reject",
    "Reopen",
    "Replace",
    "Return",
    "SetContact",
    "Submit",
    "Take",
    "Verify",
    "Withdraw",
]

Fact = bool | int | str


@frozen(kw_only=True, slots=False)
class _OnApplication(Command):
    """A command about one application."""

    SUBJECT: ClassVar = "application"
    KINDS: ClassVar = ("application",)

    application: TrackingCode = field(converter=fields.its_code)


@frozen(kw_only=True, slots=False)
class Draft(Command):
    """Begin or save an application that is not complete yet.

    Attributes:
        application: Its tracking code; the office gives one where it is left out.
        region: The village of the family.
        services: What is applied for.
        applicant: Who applies.
        people: The people the services are about, by party.
        facts: Answers to the questions of the checklist.
        evidence: How each item is shown.
    """

    SUBJECT: ClassVar = "application"
    KINDS: ClassVar = ("application",)

    application: TrackingCode | None = field(default=None, converter=fields.code)
    region: RegionCode | None = field(default=None, converter=fields.maybe_region)
    services: tuple[str, ...] = ()
    applicant: Person | None = None
    people: dict[str, Person] = field(factory=dict)
    facts: dict[str, Fact] = field(factory=dict)
    evidence: dict[str, Shown] = field(factory=dict)


@frozen(kw_only=True, slots=False)
class Submit(Draft):
    """Apply: the list is final and everything on it is shown.

    A draft is submitted by its code; what is left out stays as it was drafted.
    """


@frozen(kw_only=True, slots=False)
class Adopt(Command):
    """Enter a case that was verified before the library was there, with its documents.

    What its services produce and is not among the documents is ordered, to be printed.

    Attributes:
        application: Its tracking code; the office gives one where it is left out.
        region: The village of the family.
        services: What was applied for.
        channel: The door by which it came in.
        applicant: Who applied.
        people: The people the services are about, by party.
        facts: What is known of the case.
        papers: Its documents, and where each is.
        source: Where that stands: a book and the number in it.
    """

    SUBJECT: ClassVar = "application"
    KINDS: ClassVar = ("application",)

    application: TrackingCode | None = field(default=None, converter=fields.code)
    region: RegionCode = field(converter=fields.region)
    services: tuple[str, ...]
    channel: Channel = field(default=Channel.VILLAGE, converter=fields.channel)
    applicant: Person
    people: dict[str, Person] = field(factory=dict)
    facts: dict[str, Fact] = field(factory=dict)
    papers: tuple[Shelved, ...] = ()
    source: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class Amend(_OnApplication):
    """Change what a draft or a returned application says or shows; what is left out stays."""

    applicant: Person | None = None
    people: dict[str, Person] = field(factory=dict)
    facts: dict[str, Fact] = field(factory=dict)
    evidence: dict[str, Shown] = field(factory=dict)


@frozen(kw_only=True, slots=False)
class Answer(Amend):
    """Answer a return: every item that was named is shown anew."""


@frozen(kw_only=True, slots=False)
class MoveRules(_OnApplication):
    """Move an application to the rules of a later day."""

    to: date = field(validator=fields.day)


@frozen(kw_only=True, slots=False)
class Attend(_OnApplication):
    """The person came for an act that needs them, as `biometrics`."""

    act: str


@frozen(kw_only=True, slots=False)
class SetContact(_OnApplication):
    """Say where messages about a case reach the applicant from now on.

    Attributes:
        phone: Their phone; left out: they want no messages, or have no phone, and the post that
            holds the case passes on what they must know.
    """

    phone: Phone | None = field(default=None, converter=fields.maybe_phone)


@frozen(kw_only=True, slots=False)
class Correct(_OnApplication):
    """Correct a person's data by what an item that was shown says."""

    item: str
    people: dict[str, Person] = field()
    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class Take(_OnApplication):
    """Take a submitted application to read it, so that no other verifier does.

    It ends by itself after the time that the office sets.
    """


@frozen(kw_only=True, slots=False)
class Return(_OnApplication):
    """Send an application back with everything that is missing or wrong, each with the reason.

    Attributes:
        faults: The reason for each item that is refused or missing.
        accepted: The other items, which the verifier has looked at.
    """

    faults: dict[str, str]
    accepted: tuple[str, ...] = ()


@frozen(kw_only=True, slots=False)
class Reject(_OnApplication):
    """Refuse an application for good, on a ground that the law gives."""

    ground: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class Verify(_OnApplication):
    """Find an application complete and right; its products are ordered in the same step.

    Attributes:
        accepted: Every item that was not accepted before; the verifier has looked at each.
    """

    accepted: tuple[str, ...] = ()


@frozen(kw_only=True, slots=False)
class Reopen(_OnApplication):
    """Take a verification back, while nothing has been delivered."""

    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class Replace(_OnApplication):
    """Order a new copy of a product whose last copy can no longer be delivered.

    Attributes:
        product: Which product.
        reason: Why.
        people: Corrections of data, if a mistake was the reason.
        item: The item that was shown and proves the corrections.
    """

    product: str
    reason: str = field(validator=fields.text)
    people: dict[str, Person] = field(factory=dict)
    item: str = ""


@frozen(kw_only=True, slots=False)
class GiveUp(_OnApplication):
    """End the delivery of a product that will not be delivered."""

    product: str
    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class ChooseDelivery(_OnApplication):
    """Choose how a product reaches the applicant.

    Attributes:
        product: Which product.
        way: By the courier, at the counter, or digitally.
        letter: The village operator's letter, for the counter.
    """

    product: str
    way: DeliveryWay = field(converter=fields.way)
    letter: Letter | None = None


@frozen(kw_only=True, slots=False)
class Withdraw(_OnApplication):
    """Take an application back on the applicant's behalf.

    Attributes:
        reason: Why.
        authorisation: The power of attorney (form F-1.07), where an operator does it.
    """

    reason: str = field(validator=fields.text)
    authorisation: Shown | None = None


@frozen(kw_only=True, slots=False)
class Expire(_OnApplication):
    """Let a draft or returned application end whose time is past."""
