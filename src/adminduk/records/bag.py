"""A bag: what travels sealed from one post to one other."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from attrs import frozen

from adminduk.records.changed import changed
from adminduk.records.post import Post, Role
from adminduk.values import RegionCode

__all__ = ["Bag", "CourierSays", "Difference", "DifferenceKind", "DifferenceOutcome", "Said"]


class DifferenceKind(StrEnum):
    """How what arrived differs from what was sealed."""

    MISSING = "missing"
    DAMAGED = "damaged"
    EXTRA = "extra"
    MISROUTED = "misrouted"


class DifferenceOutcome(StrEnum):
    """What became of a difference."""

    FOUND = "found"
    LOST = "lost"
    REPLACED = "replaced"
    SENT_ON = "sent_on"
    NOTED = "noted"


class CourierSays(StrEnum):
    """What a courier says became of a bag."""

    COLLECTED = "collected"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    RETURNED = "returned"
    DAMAGED = "damaged"
    LOST = "lost"


@frozen(slots=False)
class Said:
    """What a courier has said of a bag, which others have not: it moves nothing.

    Attributes:
        what: What became of it.
        at: When.
        note: In the words of the courier.
    """

    what: CourierSays
    at: datetime
    note: str = ""


@frozen(slots=False)
class Difference:
    """A paper that did not arrive as it was sealed.

    Attributes:
        item: Id of the copy or original.
        kind: What is different.
        answerable: The post that answers for it until it is resolved.
        outcome: What became of it; None while it is open.
        owner: The post that answers for the outcome.
    """

    item: str
    kind: DifferenceKind
    answerable: Post
    outcome: DifferenceOutcome | None = None
    owner: Post | None = None


@frozen(kw_only=True, slots=False)
class Bag:
    """What travels sealed from one post to one other; its contents are the papers that name it.

    Attributes:
        id: Chosen by the sender, written on its label.
        region: The district it goes to or comes from.
        state: Where it stands in its lifecycle.
        begun: When it was first planned.
        sender: Who packs and seals it.
        receiver: Who opens and counts it.
        custodian: Who answers for it and all that is in it.
        since: Since when that post answers for it.
        day: The courier's day.
        trip: The label of the trip it is part of; may be empty.
        own_van: Whether the office's own people carry it, and no other courier is told of it.
        plan: Papers that are to go in, while it is planned.
        count: How many papers were sealed in.
        check: Check code over the papers that were sealed in.
        seal: Number of the seal.
        seal_whole: Whether the seal was whole on arrival; None before.
        asked: How many times it was asked after, because it had not left or arrived in its time.
        said: What the courier says of it on this way, of each kind the latest, in their order.
        differences: What did not arrive as sealed.
        note: Why, in words.
        due: When something should have happened by.
    """

    KIND: ClassVar = "bag"

    id: str
    region: RegionCode
    state: str
    begun: datetime
    sender: Post
    receiver: Post
    custodian: Post | None = None
    since: datetime | None = None
    day: date | None = None
    trip: str = ""
    own_van: bool = False
    plan: tuple[str, ...] = ()
    count: int = 0
    check: str = ""
    seal: str = ""
    seal_whole: bool | None = None
    asked: int = 0
    said: tuple[Said, ...] = ()
    differences: tuple[Difference, ...] = ()
    note: str = ""
    due: datetime | None = None
    version: int = 0

    @property
    def key(self) -> str:
        """Its id within its kind."""
        return self.id

    @property
    def goes_out(self) -> bool:
        """Whether it goes out to a district; otherwise home to the office."""
        return self.sender.role is Role.PRINT_OPERATOR

    @property
    def trip_name(self) -> str:
        """The name of the trip it is part of: its label, else its day; empty where it has none."""
        return self.trip or ("" if self.day is None else self.day.isoformat())

    def is_late(self, now: datetime) -> bool:
        """Whether it should have been further by now."""
        return self.state not in {"counted", "closed"} and self.due is not None and self.due <= now

    @property
    def open_differences(self) -> tuple[Difference, ...]:
        """Differences without an outcome."""
        return tuple(one for one in self.differences if one.outcome is None)

    def with_difference(self, difference: Difference) -> Bag:
        """Give the bag with one more difference; what was open of the same kind it replaces."""
        same = (difference.item, difference.kind, None)
        others = (one for one in self.differences if (one.item, one.kind, one.outcome) != same)
        return changed(self, differences=(*others, difference))

    def resolved(
        self,
        item: str,
        kinds: Collection[DifferenceKind],
        outcome: DifferenceOutcome,
        owner: Post,
    ) -> Bag:
        """Give the bag with an outcome and owner of what is open of these kinds about a paper."""
        differences = (
            changed(one, outcome=outcome, owner=owner)
            if one.item == item and one.kind in kinds and one.outcome is None
            else one
            for one in self.differences
        )
        return changed(self, differences=tuple(differences))
