"""An erasure: that the people of a case are forgotten, on which ground, and who decided it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from attrs import frozen

from adminduk.values import RegionCode, TrackingCode

__all__ = ["Erasure", "Ground"]


class Ground(StrEnum):
    """Why personal data is erased; its law is in `adminduk.privacy`."""

    RETENTION = "retention"
    """It was kept as long as the office has set."""
    PURPOSE = "purpose"
    """What it was collected for is reached."""
    REQUEST = "request"
    """The person asked for it."""


@frozen(kw_only=True, slots=False)
class Erasure:
    """That the people of a case are erased; nothing of who they were.

    While it is `erasing` the key of the case is still to be destroyed; `erased` says that it was.

    Attributes:
        id: The tracking code of the case.
        region: The village of the case.
        state: Where it stands in its lifecycle.
        begun: When it was decided.
        ground: On which ground.
        reason: Why, in words; nobody's personal data belongs in it.
        by: The actor who decided it.
        approved_by: The actor who approved it; empty where it was due.
    """

    KIND: ClassVar = "erasure"

    id: TrackingCode
    region: RegionCode
    state: str
    begun: datetime
    ground: Ground
    reason: str = ""
    by: str
    approved_by: str = ""
    version: int = 0

    @property
    def key(self) -> str:
        """Its id within its kind."""
        return self.id.full()

    @property
    def due(self) -> None:
        """Nothing is due."""
        return
