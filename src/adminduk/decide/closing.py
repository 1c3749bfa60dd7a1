"""Notices: announced and lifted by the head of office; what they close is refused at the door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from adminduk import commands as c
from adminduk.authority import TABLE
from adminduk.catalogue import FactValue
from adminduk.decide.docket import Docket
from adminduk.decide.requirements import CHANNEL_OF, facts_of
from adminduk.errors import Fault, InvalidInput
from adminduk.language import LANGUAGES, N_, translate
from adminduk.records import Act, Application, Channel, Notice, Role, StaysOpen
from adminduk.records.changed import changed

__all__ = ["announce", "check_open", "is_closed", "lift"]


def announce(docket: Docket, command: c.Announce) -> None:
    """Close acts at doors, from a day until another or until it is lifted."""
    since = command.since or docket.day
    if command.until is not None and command.until < since:
        raise InvalidInput.at(
            "with.until",
            "ends_before_it_begins",
            N_("It would end before it begins."),
            N_("a day from {since} on"),
            since=since.isoformat(),
        )
    faults = [
        fault
        for place, one in enumerate(command.stays_open)
        for fault in _faults(docket, one, f"with.stays_open[{place}]")
    ]
    if faults:
        raise InvalidInput(tuple(faults))
    notice = Notice(
        id=command.notice,
        region=docket.rules.office,
        state="new",
        begun=docket.begun,
        acts=command.acts,
        channels=command.channels,
        since=since,
        until=command.until,
        stays_open=command.stays_open,
        reason=command.reason,
    )
    docket.add(changed(notice, due=_end(docket, notice)), "announce")


def _faults(docket: Docket, case: StaysOpen, path: str) -> Iterator[Fault]:
    """Find services and facts that no rule knows."""
    catalogue = docket.rules.catalogue
    for place, service in enumerate(case.services):
        if service not in catalogue.periods:
            text, accepted = N_("There is no such service."), ", ".join(catalogue.periods)
            yield Fault(f"{path}.services[{place}]", "unknown_service", text, accepted)
    for name, values in case.facts.items():
        fact = catalogue.facts.get(name)
        if fact is None:
            text, accepted = N_("No rule asks for that."), ", ".join(catalogue.facts)
            yield Fault(f"{path}.facts.{name}", "unknown_fact", text, accepted)
        elif not values or any(fact.canonical(value) != value for value in values):
            accepted = ", ".join(str(value).lower() for value in fact.domain)
            yield Fault(
                f"{path}.facts.{name}", "unknown_value", N_("That is no answer to it."), accepted
            )


def _end(docket: Docket, notice: Notice) -> datetime | None:
    """Give the midnight after its last day, at the office."""
    if notice.until is None or notice.until == date.max:
        return None
    midnight = datetime.combine(notice.until + timedelta(days=1), time())
    return midnight.replace(tzinfo=docket.begun.tzinfo)


def lift(docket: Docket, command: c.Lift) -> None:
    """Open again what a notice closed; the system does it after its last day."""
    notice = docket.find((Notice.KIND, command.notice))
    assert isinstance(notice, Notice), "it was found when it was asked who may lift it"
    if docket.waits_for_its_time(notice):
        raise docket.refuse("not_due", N_("The time of {id} is not past."), id=notice.key)
    docket.move(notice, "lift", due=None)


def check_open(docket: Docket, act: Act, application: Application) -> None:
    """Check that no notice closes an act of a case at the door of who acts.

    Raises:
        Refused: One does; it says until when, why, and for which cases it is open all the same.
    """
    channel = CHANNEL_OF[docket.post.role]
    notice = _closing(docket, act, channel, application)
    if notice is None:
        return
    text = N_("Closed by notice {notice} until {end}: {act}, at this door: {channel} ({reason}).")
    if notice.stays_open:
        text = N_(
            "Closed by notice {notice} until {end}: {act}, at this door: {channel} ({reason})."
            " Open all the same: {stays_open}."
        )
    raise docket.refuse(
        "closed",
        text,
        notice=notice.id,
        act=act.value,
        channel=channel.value,
        until=None if notice.until is None else notice.until.isoformat(),
        end=_said_end(notice),
        reason=notice.reason,
        stays_open=[str(one) for one in notice.stays_open],
        may=_open_doors(docket, act, application),
        instead=["choose_delivery"] if act is Act.COLLECT else [],
    )


def _said_end(notice: Notice) -> str | dict[str, str]:
    if notice.until is not None:
        return notice.until.isoformat()
    return {language: translate(N_("it is lifted"), language) for language in LANGUAGES}


def is_closed(docket: Docket, act: Act, application: Application) -> bool:
    """Whether a notice closes an act of a case at the door of who acts."""
    return _closing(docket, act, CHANNEL_OF[docket.post.role], application) is not None


def _closing(docket: Docket, act: Act, channel: Channel, application: Application) -> Notice | None:
    """Give a notice that closes an act of a case at a door, if there is one."""
    notices = [one for one in docket.world.notices() if one.covers(act, channel, docket.day)]
    facts: dict[str, FactValue] = {}
    if notices and application.personal is not None:
        facts = facts_of(docket, application, application.rules or docket.day)
    for notice in notices:
        if not notice.spares(application.services, facts):
            return notice
    return None


_GIVEN_AT_A_DOOR: Final[dict[Act, type[c.Command]]] = {Act.SUBMIT: c.Submit, Act.ATTEND: c.Attend}
"""The command of an act that is free to go to another door; a paper is handed over where it is."""


def _open_doors(docket: Docket, act: Act, application: Application) -> list[str]:
    """Name the roles at whose door an act of a case is open."""
    kind = _GIVEN_AT_A_DOOR.get(act)
    roles = set() if kind is None else {row.role for row in TABLE[kind]}
    return [
        role.value
        for role in CHANNEL_OF
        if role in roles
        and (role is not Role.APPLICANT or docket.settings.applicants_submit)
        and _closing(docket, act, CHANNEL_OF[role], application) is None
    ]
