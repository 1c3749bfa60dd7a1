"""What an office sets for itself: terms, who must approve what, and what it asks for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import ClassVar, Final

from attrs import field, frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records.checks import line
from adminduk.records.post import Role
from adminduk.values import RegionCode

__all__ = ["BLANKS_DAYS", "NOBODY", "Retention", "Settings", "kept_until"]

BLANKS_DAYS: Final = 10
"""For so many working days blanks should last, where the office has not said."""

_MOST_YEARS: Final = 100


def _years(_: object, __: object, value: int) -> None:
    if type(value) is not int or not 1 <= value <= _MOST_YEARS:
        text, accepted = N_("That is no time to keep cases."), N_("1 to 100 years")
        raise InvalidInput.at("years", "term", text, accepted)


@frozen(slots=False)
class Retention:
    """How long the people of cases are known after their end, and by what.

    Attributes:
        years: So many, from the end of the case.
        basis: The instrument and article that says so, as the schedule of the office's archive.
        services: Cases of these services; none: of all that no other rule names.
    """

    years: int = field(validator=_years)
    basis: str = field(validator=line)
    services: tuple[str, ...] = ()


def kept_until(
    rules: Collection[Retention], services: Collection[str], ended: datetime
) -> datetime | None:
    """Say until when a case is kept that ended then; None: for one of its services nothing is set.

    Of several services the longest holds.
    """
    named = {service: one.years for one in rules for service in one.services}
    usual = next((one.years for one in rules if not one.services), None)
    years = [named.get(service, usual) for service in services]
    if not years or None in years:
        return None
    later = ended.year + max(one for one in years if one is not None)
    leap_day = ended.month == 2 and ended.day == 29  # noqa: PLR2004 - which not every year has
    return ended.replace(year=later, month=3, day=1) if leap_day else ended.replace(year=later)


NOBODY: Final = "nobody"
"""In `approvals`: the command needs no approval."""


@frozen(kw_only=True, slots=False)
class Settings:
    """The office's own practice; none of it is law.

    Attributes:
        region: The office's regency.
        state: Where it stands in its lifecycle.
        begun: When it was first set.
        draft_days: A draft ends after so many days.
        returned_days: A returned application ends after so many days without an answer.
        verify_hours: A submitted application should be verified within so many hours.
        take_minutes: A verifier who takes a case has it to themself for so long.
        print_hours: An ordered copy should be printed or issued within so many hours.
        unclaimed_days: A document that nobody has claimed for so many days goes home.
        remind_days: Whoever has not fetched a document is reminded so many days before it goes
            home.
        lapse_days: One that has lain unclaimed at the office so long may be made void.
        operator_days: What an operator sends in complete is made within so many working days; 0:
            within the time that the standard of its services gives.
        counter_days: The same of what is handed in at the counter.
        closes: The hour after which what comes in counts as of the next working day.
        quiet_from: From this hour nobody is sent a message;
        quiet_until: until this one, when those that waited go out. The same hour: there are none.
        return_days: An original that is lent should be back with its owner so many days after
            nothing keeps it any more.
        bag_days: A bag that was sealed, has departed or arrived should be further after so many
            days.
        route: Districts in the order in which the courier comes to them; others come after.
        applicants_submit: Whether applicants may submit without an operator.
        collect_against_originals: Whether the village operator must show the originals of what the
            application scanned, to collect at the district.
        print_order: When the blanks of a product are fewer than the copies that wait for one, whose
            are printed first: `counter` (to be fetched there), and services that a case asks for;
            otherwise, and among equals, those that are due first.
        blanks_days: The office is warned when blanks last for fewer working days.
        retention: How long cases are kept after their end; what no rule is for is kept.
        reading_reasons: Roles that say why they read a case, besides those who must in any case.
        approvals: By command, the role that must approve it in place of the usual one, or
            `nobody`.
    """

    KIND: ClassVar = "settings"
    ID: ClassVar = "office"
    """There is one record of them in an office."""

    region: RegionCode
    state: str
    begun: datetime
    draft_days: int = 30
    returned_days: int = 30
    verify_hours: int = 24
    take_minutes: int = 30
    print_hours: int = 24
    unclaimed_days: int = 30
    remind_days: tuple[int, ...] = (14, 3)
    lapse_days: int = 60
    operator_days: int = 0
    counter_days: int = 0
    closes: str = "16:00"
    quiet_from: str = "00:00"
    quiet_until: str = "00:00"
    return_days: int = 14
    bag_days: int = 2
    route: tuple[RegionCode, ...] = ()
    applicants_submit: bool = False
    collect_against_originals: bool = False
    print_order: tuple[str, ...] = ()
    blanks_days: int = BLANKS_DAYS
    retention: tuple[Retention, ...] = ()
    reading_reasons: tuple[Role, ...] = ()
    approvals: dict[str, str] = field(factory=dict)
    version: int = 0

    @property
    def key(self) -> str:
        """Its id within its kind."""
        return self.ID

    @property
    def due(self) -> None:
        """Nothing is due."""
        return

    def reminders(self, due: datetime, now: datetime) -> int:
        """Say how many reminders of a document should have been sent that goes home when due."""
        times = {days for days in self.remind_days if days < self.unclaimed_days}
        return sum(due - timedelta(days=days) <= now for days in times)

    def inquiries(self, due: datetime, now: datetime) -> int:
        """Say how many times a bag should have been asked after that was due."""
        return 0 if now < due else 1 + (now - due) // timedelta(days=self.bag_days)

    def quiet_end(self, now: datetime) -> datetime | None:
        """Give when messages go out again; None where it is not quiet at this local time."""
        first, last = map(time.fromisoformat, (self.quiet_from, self.quiet_until))
        hour = now.time()
        is_quiet = first <= hour < last if first <= last else not last <= hour < first
        if not is_quiet:
            return None
        day = now.date() + timedelta(days=hour >= last)
        return datetime.combine(day, last, now.tzinfo)

    def approver_of(self, command: str, usual: Role | None) -> Role | None:
        """Say who must approve a command, if anybody."""
        set_by_office = self.approvals.get(command)
        if set_by_office is None:
            return usual
        return None if set_by_office == NOBODY else Role(set_by_office)
