"""A reading: who looked into a case, in which post, and why."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from adminduk.records.post import Post
from adminduk.values import RegionCode, TrackingCode

__all__ = ["Reading"]


@frozen(kw_only=True, slots=False)
class Reading:
    """That somebody looked into a case; nothing of what stands in it.

    Attributes:
        id: The id of the command by which it was read, where its sender chose none.
        region: The village of the case.
        state: Where it stands in its lifecycle.
        begun: When the case was read.
        application: The tracking code of the case.
        by: The id of the actor who read it.
        post: The post in which they did; what of the case they saw goes by its role.
        reason: Why, where they had to say or did.
    """

    KIND: ClassVar = "reading"

    id: str
    region: RegionCode
    state: str
    begun: datetime
    application: TrackingCode
    by: str
    post: Post
    reason: str = ""
    version: int = 0

    @property
    def key(self) -> str:
        """Its id within its kind."""
        return self.id

    @property
    def due(self) -> None:
        """Nothing is due."""
        return
