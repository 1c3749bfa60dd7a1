"""The office's own courier, who goes by the schedule of each district."""

from __future__ import annotations

from adminduk.ports import Consignment

__all__ = ["WeeklyCourier"]


class WeeklyCourier:
    """Takes along every bag that lies sealed on the day, as its manifest says; books nothing.

    When it goes where is in the schedules that the office sets, and who has a bag is recorded as it
    departs and arrives. So there is nobody to be told beforehand.
    """

    def book(self, consignment: Consignment) -> None:
        """Leave it to the day."""

    def cancel(self, bag: str) -> None:
        """Leave it to the day."""
