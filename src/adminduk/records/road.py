"""Papers on the road: copies of products, and originals that the office takes in."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final

from attrs import field, frozen

from adminduk.records.application import Letter, Scan
from adminduk.records.choice import choice
from adminduk.records.post import Post
from adminduk.records.promise import DeliveryWay, Promise
from adminduk.values import PersonName, RegionCode, TrackingCode

__all__ = [
    "GONE",
    "Collector",
    "Copy",
    "Fate",
    "Heading",
    "HomeReason",
    "Original",
    "Paper",
    "Relation",
]


class Heading(StrEnum):
    """Where a paper is going: out to the applicant, or home to the office."""

    OUT = "out"
    HOME = "home"


class HomeReason(StrEnum):
    """Why a paper goes home."""

    UNCLAIMED = "unclaimed"
    MISROUTED = "misrouted"
    CONDEMNED = "condemned"
    SURRENDERED = "surrendered"


class Fate(StrEnum):
    """What becomes of an original that the office takes in."""

    DESTROYED = "destroyed"
    """It is withdrawn: a new document takes its place."""
    KEPT = "kept"
    """It is filed with the case."""
    RETURNED = "returned"
    """It is lent, and given back."""


class Relation(StrEnum):
    """Who somebody is to the applicant."""

    SELF = "self"
    FAMILY = "family"
    OTHER = "other"


def _name(value: PersonName | str) -> PersonName:
    return PersonName.parse(value) if isinstance(value, str) else value


def _relation(value: Relation | str) -> Relation:
    return choice(Relation, value, "relation")


@frozen(kw_only=True, slots=False)
class Collector:
    """Who received a paper; the personal part of a copy or original.

    Attributes:
        name: Their name.
        relation: Who they are to the applicant; anyone else needs a power of attorney.
        authorisation: Scan of the power of attorney (form F-1.07).
    """

    name: PersonName = field(converter=_name)
    relation: Relation = field(converter=_relation)
    authorisation: Scan | None = None


@frozen(kw_only=True, slots=False)
class _OnTheRoad:
    """What copies and originals share.

    Attributes:
        id: The tracking code, a slash, and what tells it apart within the case.
        application: The case.
        region: The village of the family.
        state: Where it stands in its lifecycle.
        begun: When it was ordered (a copy) or first expected (an original).
        heading: Out or home.
        why: Why it goes home; None while it goes out.
        custodian: The post that answers for it; None before print and after its end,
            and in a bag, whose holder answers.
        since: Since when that post answers for it.
        bag: The bag it is in.
        condemned: It may no longer be delivered.
        irregular: Something happened that should not have.
        reported_by: The actor who reported it missing.
        missed: Since when it is missing or lost.
        answered: The post that answered for it until it was declared lost.
        minutes: Number of the minutes (berita acara) of its destruction.
        note: Why, in words.
        due: When something should have happened by.
        personal: Who received it.
    """

    id: str
    application: TrackingCode
    region: RegionCode
    state: str
    begun: datetime
    heading: Heading = Heading.OUT
    why: HomeReason | None = None
    custodian: Post | None = None
    since: datetime | None = None
    bag: str = ""
    condemned: bool = False
    irregular: bool = False
    reported_by: str = ""
    missed: datetime | None = None
    answered: Post | None = None
    minutes: str = ""
    note: str = ""
    due: datetime | None = None
    personal: Collector | None = None
    version: int = 0

    @property
    def key(self) -> str:
        """Its id within its kind."""
        return self.id


@frozen(kw_only=True, slots=False)
class Copy(_OnTheRoad):
    """One making, on paper or digital, of a product.

    Attributes:
        product: What it is a copy of.
        document: Which document that is, where several products are one; empty: its product.
        number: Its running number in the case, printed on its label.
        replaces: The number of the copy it replaces; 0 for none.
        way: How it reaches the applicant.
        letter: The letter with which it is fetched at the counter.
        blank: The number of the security blank it is printed on.
        spoiled: Numbers of blanks that were misprinted for it.
        signature: Whose signature it bears.
        link: Where a digital copy is opened.
        adopted: It was there before the library, and was not printed here.
        promise: As that of its product, so that on the road the day is known without the case.
        reached: The day on which it was first to be had as was promised; None: not yet.
        originals: Items of the case whose originals were shown when it was collected.
        reminded: How many times the applicant was reminded of it while it waits.
    """

    KIND: ClassVar = "copy"

    product: str
    document: str = ""
    number: int
    replaces: int = 0
    way: DeliveryWay
    letter: Letter | None = None
    blank: str = ""
    spoiled: tuple[str, ...] = ()
    signature: str = ""
    link: str = field(default="", repr=False)
    adopted: bool = False
    promise: Promise | None = None
    reached: date | None = None
    originals: tuple[str, ...] = ()
    reminded: int = 0

    @property
    def kind(self) -> str:
        """Which document it is; the KTP of two spouses are two products, on blanks of one kind."""
        return self.document or self.product

    @property
    def alive(self) -> bool:
        """Whether it can still be delivered, or was delivered as it should."""
        return not self.condemned and self.state not in _NEVER_DELIVERABLE


_NEVER_DELIVERABLE = frozenset({"void", "destroyed", "lost", "cancelled", "revoked"})


@frozen(kw_only=True, slots=False)
class Original(_OnTheRoad):
    """A paper of the applicant's that the office takes in.

    Attributes:
        item: The item of the checklist that it is.
        due_before: The step before which it must be taken in: `handover` or `verification`;
            empty for one that nobody asked for.
        fate: What becomes of it.
        products: Documents of the case for which it is handed in.
        post: The post that is expected to take it in.
        taken_in: When the office took it in; None before.
    """

    KIND: ClassVar = "original"

    item: str
    due_before: str
    fate: Fate
    products: tuple[str, ...] = ()
    post: Post
    taken_in: datetime | None = None

    @property
    def surrendered(self) -> bool:
        """Whether it stays with the office; otherwise it is lent."""
        return self.fate is not Fate.RETURNED


Paper = Copy | Original

GONE: Final = frozenset({"missing", "lost"})
"""States of a paper that nobody has in hand."""
