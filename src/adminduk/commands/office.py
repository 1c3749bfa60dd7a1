"""What can be asked about the office itself: notices, settings, schedules, who acts for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, Final

from attrs import field, frozen
from attrs.validators import optional

from adminduk.commands import fields
from adminduk.commands.base import Command
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records import (
    Act,
    Channel,
    JournalSeal,
    Post,
    Retention,
    Role,
    Seal,
    Settings,
    StaysOpen,
    Timetable,
)
from adminduk.records.checks import hour
from adminduk.records.post import actor_id
from adminduk.values import RegionCode

__all__ = [
    "Announce",
    "ChangeSettings",
    "Delegate",
    "EndDelegation",
    "Lift",
    "SealJournal",
    "SetSchedule",
]


@frozen(kw_only=True, slots=False)
class _OnNotice(Command):
    """A command about one notice."""

    SUBJECT: ClassVar = "notice"
    KINDS: ClassVar = ("notice",)

    notice: str = field(validator=fields.bag_name)


@frozen(kw_only=True, slots=False)
class Announce(_OnNotice):
    """Close acts at doors of the office.

    Attributes:
        acts: What is closed: `submit`, `attend`, `collect`.
        channels: At which doors.
        since: The first day; today where it is left out.
        until: The last day; left out: until it is lifted.
        stays_open: Cases for which it is open all the same.
        reason: Why; people read it.
    """

    acts: tuple[Act, ...] = field(converter=fields.acts, validator=fields.some)
    channels: tuple[Channel, ...] = field(converter=fields.channels, validator=fields.some)
    since: date | None = field(default=None, validator=fields.day)
    until: date | None = field(default=None, validator=fields.day)
    stays_open: tuple[StaysOpen, ...] = ()
    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class Lift(_OnNotice):
    """Open again what a notice closed."""


_LONGEST_TERM: Final = 3650


def _term(_: object, attribute: object, value: int | None, least: int = 1) -> None:
    if value is not None and (type(value) is not int or not least <= value <= _LONGEST_TERM):
        name = attribute.name  # type: ignore[attr-defined]
        accepted = N_("1 to 3650") if least else N_("0 to 3650; 0: by the standard")
        raise InvalidInput.at(name, "term", N_("That is no term."), accepted)


def _term_or_standard(instance: object, attribute: object, value: int | None) -> None:
    _term(instance, attribute, value, least=0)


def _terms(instance: object, attribute: object, value: tuple[int, ...] | None) -> None:
    for one in value or ():
        _term(instance, attribute, one)


def _yes_or_no(_: object, attribute: object, value: Any) -> None:
    if value is not None and not isinstance(value, bool):
        name = attribute.name  # type: ignore[attr-defined]
        text = N_("That is neither yes nor no.")
        raise InvalidInput.at(name, "wrong_type", text, N_("true or false"))


def _only(there_is: str) -> Callable[[object, object, str], None]:
    """Accept the id of the one record that there is of a kind."""

    def check(_: object, attribute: object, value: str) -> None:
        if value != there_is:
            name = attribute.name  # type: ignore[attr-defined]
            text = N_("That is none of the choices.")
            raise InvalidInput.at(name, "choice", text, f"“{there_is}”")

    return check


@frozen(kw_only=True, slots=False)
class ChangeSettings(Command):
    """Change what the office sets for itself; what is left out stays.

    The attributes are those of `adminduk.records.Settings`; of `approvals` those that are named
    change.
    """

    SUBJECT: ClassVar = "settings"
    KINDS: ClassVar = ("settings",)
    settings: str = field(default=Settings.ID, validator=_only(Settings.ID))
    draft_days: int | None = field(default=None, validator=_term)
    returned_days: int | None = field(default=None, validator=_term)
    verify_hours: int | None = field(default=None, validator=_term)
    take_minutes: int | None = field(default=None, validator=_term)
    print_hours: int | None = field(default=None, validator=_term)
    unclaimed_days: int | None = field(default=None, validator=_term)
    remind_days: tuple[int, ...] | None = field(default=None, validator=_terms)
    lapse_days: int | None = field(default=None, validator=_term)
    operator_days: int | None = field(default=None, validator=_term_or_standard)
    counter_days: int | None = field(default=None, validator=_term_or_standard)
    closes: str | None = field(default=None, validator=optional(hour))
    quiet_from: str | None = field(default=None, validator=optional(hour))
    quiet_until: str | None = field(default=None, validator=optional(hour))
    return_days: int | None = field(default=None, validator=_term)
    bag_days: int | None = field(default=None, validator=_term)
    route: tuple[RegionCode, ...] | None = field(default=None, converter=fields.maybe_regions)
    applicants_submit: bool | None = field(default=None, validator=_yes_or_no)
    collect_against_originals: bool | None = field(default=None, validator=_yes_or_no)
    print_order: tuple[str, ...] | None = None
    blanks_days: int | None = field(default=None, validator=_term)
    retention: tuple[Retention, ...] | None = None
    reading_reasons: tuple[Role, ...] | None = field(default=None, converter=fields.maybe_roles)
    approvals: dict[str, str] = field(factory=dict)


@frozen(kw_only=True, slots=False)
class SetSchedule(Command):
    """Set anew when the courier goes to a district.

    Attributes:
        schedule: The code of the district.
        timetable: When the courier goes.
    """

    SUBJECT: ClassVar = "schedule"
    KINDS: ClassVar = ("schedule",)

    schedule: RegionCode = field(converter=fields.region)
    timetable: Timetable


@frozen(kw_only=True, slots=False)
class _OnDelegation(Command):
    """A command about one delegation."""

    SUBJECT: ClassVar = "delegation"
    KINDS: ClassVar = ("delegation",)

    delegation: str = field(validator=fields.bag_name)


@frozen(kw_only=True, slots=False)
class Delegate(_OnDelegation):
    """Let a person act in a post for some days, besides their own.

    Attributes:
        to: The id of that person.
        post: The post: a role of the office, and its area.
        since: The first day; today where it is left out.
        until: The last day.
        reason: Why.
    """

    to: str = field(validator=actor_id)
    post: Post
    since: date | None = field(default=None, validator=fields.day)
    until: date = field(validator=fields.day)
    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class EndDelegation(_OnDelegation):
    """Take back a post that was lent."""


@frozen(kw_only=True, slots=False)
class SealJournal(Command):
    """Seal the entries of the journal since the last seal; `Office.seal` works the seal out.

    Attributes:
        of: `journal`: there is one chain of seals.
        next: The seal.
    """

    SUBJECT: ClassVar = "of"
    KINDS: ClassVar = ("seal",)

    of: str = field(default=JournalSeal.ID, validator=_only(JournalSeal.ID))
    next: Seal
