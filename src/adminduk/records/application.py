"""An application: what a family asks for, what it has shown, and what it will be given."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final

from attrs import field, frozen
from attrs.validators import optional

from adminduk.catalogue import Way
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records.checks import day
from adminduk.records.choice import choice
from adminduk.records.person import Person
from adminduk.records.post import Post, Role
from adminduk.records.promise import DeliveryWay, Promise
from adminduk.values import RegionCode, TrackingCode

__all__ = [
    "Application",
    "Case",
    "Channel",
    "Evidence",
    "LastCopy",
    "Letter",
    "ProductLine",
    "ProductOutcome",
    "Scan",
    "Shown",
    "Taken",
    "Verdict",
]

Fact = bool | int | str

SCAN_TYPES: Final = ("application/pdf", "image/jpeg", "image/png")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_LARGEST_SCAN: Final = 20 * 1024 * 1024


class Channel(StrEnum):
    """The door by which an application came in."""

    VILLAGE = "village"
    DISTRICT = "district"
    COUNTER = "counter"
    ONLINE = "online"


class ProductOutcome(StrEnum):
    """How the delivery of a product ended, or that it has not."""

    OPEN = "open"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class LastCopy(StrEnum):
    """What has become of the newest copy of a product.

    `DEAD` is no longer deliverable but the paper is still somewhere; `GONE` leaves none.
    """

    NONE = "none"
    ALIVE = "alive"
    DEAD = "dead"
    GONE = "gone"


@frozen(slots=False)
class Scan:
    """A scan that is kept elsewhere, known by its content.

    Attributes:
        digest: SHA-256 of the file, 64 lower-case hexadecimal digits.
        type: Media type: PDF, JPEG or PNG.
        size: Bytes, at most 20 MiB.
    """

    digest: str
    type: str
    size: int

    def __attrs_post_init__(self) -> None:
        if not _DIGEST.fullmatch(self.digest):
            raise InvalidInput.at(
                "digest",
                "digest",
                N_("That is not the SHA-256 of a file."),
                N_("64 lower-case hexadecimal digits"),
            )
        if self.type not in SCAN_TYPES:
            raise InvalidInput.at(
                "type",
                "scan_type",
                N_("Files of this type are not taken."),
                ", ".join(SCAN_TYPES),
            )
        if not 1 <= self.size <= _LARGEST_SCAN:
            raise InvalidInput.at(
                "size",
                "scan_size",
                N_("The file has a size that is not taken."),
                N_("1 B to 20 MiB"),
            )


def _way(value: Way | str) -> Way:
    return choice(Way, value, "way")


@frozen(slots=False)
class Shown:
    """How one item of the checklist was shown: scanned, seen at the desk, or handed in.

    Attributes:
        way: Which of them.
        scans: The scans, where it was scanned.
        dated: The day that stands on it, where it matters how old it is.
    """

    way: Way = field(converter=_way)
    scans: tuple[Scan, ...] = ()
    dated: date | None = field(default=None, validator=optional(day))

    def __attrs_post_init__(self) -> None:
        if (self.way is Way.SCAN) != bool(self.scans):
            raise InvalidInput.at(
                "scans",
                "scans",
                N_("Scans go with the way `scan`, and only with it."),
                N_("at least one scan, or another way"),
            )


@frozen(slots=False)
class Verdict:
    """What the verifier found: accepted, or refused (the reason is with the case)."""

    accepted: bool
    by: str


@frozen(slots=False)
class Evidence:
    """An item as it was shown, by whom, when, and what the verifier found."""

    item: str
    shown: Shown
    by: str
    at: datetime
    verdict: Verdict | None = None


@frozen(slots=False)
class Taken:
    """A verifier has a case before them, until a moment; then it is anybody's again."""

    by: str
    until: datetime


@frozen(slots=False)
class Letter:
    """The village operator's letter with which an urgent document is fetched at the counter."""

    number: str
    on: date = field(validator=day)


@frozen(slots=False)
class ProductLine:
    """A product that the case is to deliver.

    Attributes:
        product: Its id in the catalogue.
        way: How it reaches the applicant.
        letter: The letter for the counter, if there is one.
        copies: How many copies were ordered; the newest has this number.
        numbers: The numbers of its copies among all copies of the case.
        last: What has become of the newest copy.
        outcome: How its delivery ended, or that it has not.
        promise: The days on which it can be had; None for a draft, and for what was adopted.
    """

    product: str
    way: DeliveryWay
    letter: Letter | None = None
    numbers: tuple[int, ...] = ()
    last: LastCopy = LastCopy.NONE
    outcome: ProductOutcome = ProductOutcome.OPEN
    promise: Promise | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing of it is left to do: delivered, or given up with no paper about."""
        return self.outcome is ProductOutcome.DELIVERED or (
            self.outcome is ProductOutcome.GIVEN_UP and self.last in {LastCopy.NONE, LastCopy.GONE}
        )


@frozen(slots=False)
class Case:
    """The personal part of an application: stored in the envelope.

    Attributes:
        applicant: Who applies.
        people: The people the services are about, by the party each is (`child`, `head`, …).
        facts: Answers to the questions of the checklist.
        faults: Items that were returned, each with the reason.
        reason: Why the case ended, where it ended by a decision.
    """

    applicant: Person
    people: dict[str, Person]
    facts: dict[str, Fact]
    faults: dict[str, str] = field(factory=dict)
    reason: str = ""


@frozen(kw_only=True, slots=False)
class Application:
    """What a family applies for, in one case with one tracking code.

    Attributes:
        id: The tracking code.
        region: The village of the family.
        state: Where it stands in its lifecycle.
        begun: When it was drafted, or submitted without a draft.
        services: What is applied for.
        channel: The door it came in by; decides how items are shown.
        rules: The day whose rules it keeps; None while it is a draft.
        lines: The products to deliver.
        evidence: What was shown for which item.
        attend: Acts that need the person (`biometrics`).
        attended: Those that took place.
        holder: The post that drafted or submitted it, and answers a return.
        submitted_by: The actor who drafted or submitted it.
        prepared_by: Every actor who drafted, amended, submitted or answered it; none of them
            may verify.
        corrected_by: Actors who corrected it; none of them may verify.
        taken: The verifier who reads it.
        originals: Items whose originals the office takes in.
        copies: How many copies were ordered, over all products.
        adopted: Where it was entered from, if it was there before the library; then nobody
            verified it here.
        keys: Blind search keys of its people.
        subjects: Blind keys of subject and product; claimed while the case is open.
        due: When something should have happened by.
        personal: The case itself; None once its key was destroyed.
    """

    KIND: ClassVar = "application"

    id: TrackingCode
    region: RegionCode
    state: str
    begun: datetime
    services: tuple[str, ...]
    channel: Channel
    rules: date | None = None
    lines: tuple[ProductLine, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    attend: tuple[str, ...] = ()
    attended: tuple[str, ...] = ()
    holder: Post
    submitted_by: str = ""
    prepared_by: tuple[str, ...] = ()
    corrected_by: tuple[str, ...] = ()
    taken: Taken | None = None
    originals: tuple[str, ...] = ()
    copies: int = 0
    adopted: str = ""
    keys: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    due: datetime | None = None
    personal: Case | None = None
    version: int = 0

    @property
    def key(self) -> str:
        """Its id within its kind."""
        return self.id.full()

    @property
    def case(self) -> Case:
        """The personal part.

        Raises:
            Erased: Its key was destroyed.
        """
        if self.personal is None:
            from adminduk.errors import Erased

            raise Erased(kind="case", id=self.key)
        return self.personal

    @property
    def reached_at(self) -> str:
        """Where its applicant is told things: a phone number, or the post that passes them on.

        That is the post that holds the case; of who applied without one, the village operator's.
        """
        phone = self.personal.applicant.phone if self.personal else None
        if phone is not None:
            return phone.full()
        by_operator = self.holder.role is not Role.APPLICANT
        return str(self.holder if by_operator else Post(Role.VILLAGE_OPERATOR, self.region))

    def shown(self, item: str) -> Evidence | None:
        """What was shown for an item, if anything."""
        return next((one for one in self.evidence if one.item == item), None)

    def line(self, product: str) -> ProductLine | None:
        """The line of a product, if the case delivers it."""
        return next((one for one in self.lines if one.product == product), None)
