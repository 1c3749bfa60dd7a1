"""A delegation: a person acts in a post for some days, besides their own."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from attrs import frozen

from adminduk.records.post import Post
from adminduk.values import RegionCode

__all__ = ["Delegation"]


@frozen(kw_only=True, slots=False)
class Delegation:
    """A post that the head of office lends to a person.

    Attributes:
        id: Chosen by the head, as `LOKET-JULI`.
        region: The office's regency.
        state: Where it stands in its lifecycle.
        begun: When it was given.
        to: The id of the actor to whom it was given.
        post: The post in which they may act.
        since: The first day.
        until: The last day; nobody acts by it afterwards, whether it was ended or not.
        reason: Why.
        due: When it is ended by itself: the midnight after its last day.
    """

    KIND: ClassVar = "delegation"

    id: str
    region: RegionCode
    state: str
    begun: datetime
    to: str
    post: Post
    since: date
    until: date
    reason: str
    due: datetime | None = None
    version: int = 0

    @property
    def key(self) -> str:
        """Its id within its kind."""
        return self.id

    def holds(self, on: date) -> bool:
        """Whether somebody may act by it on a day."""
        return self.state == "in_force" and self.since <= on <= self.until
