"""What an office sets for itself: terms in days, and what it asks for."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from attrs import frozen

__all__ = ["Settings"]


@frozen(kw_only=True)
class Settings:
    """The terms of an office. They are its own practice, not law.

    Attributes:
        draft_days: A draft ends after so many days.
        returned_days: A returned application ends after so many days without an answer.
        verify_hours: A submitted application should be verified within so many hours.
        unclaimed_days: A document that nobody has claimed for so many days goes home.
        lapse_days: One that has lain unclaimed at the office so long may be made void.
        applicants_submit: Whether applicants may submit without an operator.
        collect_against_originals: Whether the village operator must show the originals
            of the application to collect at the district.
        utc_offset_hours: The office's local time (7: WIB, 8: WITA, 9: WIT).
    """

    draft_days: int = 30
    returned_days: int = 30
    verify_hours: int = 24
    unclaimed_days: int = 30
    lapse_days: int = 60
    applicants_submit: bool = False
    collect_against_originals: bool = False
    utc_offset_hours: int = 7

    def local(self, moment: datetime) -> datetime:
        """Give a moment as the clock of the office shows it."""
        return moment.astimezone(timezone(timedelta(hours=self.utc_offset_hours)))

    def local_day(self, moment: datetime) -> date:
        """Give the day that a moment falls on at the office."""
        return self.local(moment).date()
