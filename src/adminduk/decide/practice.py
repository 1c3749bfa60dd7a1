"""What an office sets for itself: its settings, and the courier's schedules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import takewhile

import attrs

from adminduk import commands as c
from adminduk import regions
from adminduk.authority import in_person, may_need_approval
from adminduk.decide.docket import Docket
from adminduk.errors import Fault, InvalidInput, NotFound
from adminduk.language import N_
from adminduk.records import DeliveryWay, Role, Schedule, Settings
from adminduk.records.schedule import Run, runs
from adminduk.records.settings import NOBODY
from adminduk.values import Level, RegionCode

__all__ = ["change_settings", "district", "next_run", "runs_until", "set_schedule"]

_APPROVERS = (
    Role.REGISTRY_OPERATOR.value,
    Role.PRINT_OPERATOR.value,
    Role.FRONT_DESK.value,
    Role.HEAD_OF_OFFICE.value,
    NOBODY,
)
"""Those of the office itself, whose area is all of it."""


def change_settings(docket: Docket, command: c.ChangeSettings) -> None:
    """Change terms of the office; what is left out stays.

    Who must approve what, and after how long people are erased, is set by the head in person.
    """
    if (command.approvals or command.retention is not None) and docket.besides.through:
        raise in_person(command.NAME)
    if faults := [
        *_odd_approvals(command.approvals),
        *_odd_order(docket, command),
        *_odd_retention(docket, command),
    ]:
        raise InvalidInput(tuple(faults))
    before = docket.settings
    terms = {one.name for one in attrs.fields(Settings)} - {"approvals"}
    said = {name: getattr(command, name, None) for name in terms}
    changes = {name: value for name, value in said.items() if value is not None}
    approvals = {**before.approvals, **command.approvals}
    docket.move(before, "change_settings", **changes, approvals=approvals)


def _odd_approvals(approvals: dict[str, str]) -> list[Fault]:
    """Find commands that nobody approves, and those who cannot approve one."""
    adjustable = [kind.NAME for kind in c.BY_NAME.values() if may_need_approval(kind)]
    odd = []
    for name, role in approvals.items():
        path = f"with.approvals.{name}"
        if name not in adjustable:
            text = N_("Nobody else is asked to approve that.")
            odd.append(Fault(path, "unknown_command", text, ", ".join(adjustable)))
        elif role not in _APPROVERS:
            text = N_("That is none of the choices.")
            odd.append(Fault(path, "choice", text, ", ".join(_APPROVERS)))
    return odd


def _odd_order(docket: Docket, command: c.ChangeSettings) -> list[Fault]:
    """Find what nobody can be preferred by when blanks are short."""
    text = N_("By that no copy is preferred; name a service, or `{counter}`.")
    known = {DeliveryWay.COUNTER.value, *docket.rules.catalogue.periods}
    return [
        Fault(f"with.print_order[{place}]", "unknown_service", text, "", {"counter": "counter"})
        for place, one in enumerate(command.print_order or ())
        if one not in known
    ]


def _odd_retention(docket: Docket, command: c.ChangeSettings) -> list[Fault]:
    """Find services of which there are no cases, and a service or the rest told twice."""
    faults, told = [], set[str]()
    for place, rule in enumerate(command.retention or ()):
        path = f"with.retention[{place}].services"
        for service in rule.services or ("",):
            if service and service not in docket.rules.catalogue.periods:
                text = N_("There is no such service; how long are its cases kept?")
                faults.append(Fault(path, "unknown_service", text))
            elif service in told:
                faults.append(Fault(path, "twice", N_("How long that is kept is said twice.")))
            told.add(service)
    return faults


def district(region: RegionCode) -> RegionCode:
    """Check that a region is a district that exists."""
    if region.level is not Level.DISTRICT:
        text = N_("That is not a district.")
        raise InvalidInput.at("with.schedule", "not_a_district", text, N_("a district's code"))
    if not regions.exists(region):
        raise NotFound(kind="region", id=region.full())
    return region


def set_schedule(docket: Docket, command: c.SetSchedule) -> None:
    """Set anew when the courier goes to a district."""
    stored = docket.find((Schedule.KIND, command.schedule.full()))
    schedule = stored or Schedule(
        id=command.schedule.full(),
        region=command.schedule,
        state="new",
        begun=docket.begun,
        timetable=command.timetable,
    )
    assert isinstance(schedule, Schedule)
    docket.move(schedule, "set_schedule", timetable=command.timetable)


def runs_until(docket: Docket, schedule: Schedule, last: date) -> Iterator[Run]:
    """Give the runs from today to a day."""
    found = runs(schedule.timetable, docket.rules.calendar, docket.day)
    return takewhile(lambda run: run.day <= last, found)


def next_run(docket: Docket, schedule: Schedule) -> Run | None:
    """Give the next run for which a bag can still be planned."""
    now = docket.begun.replace(tzinfo=None)
    found = runs(schedule.timetable, docket.rules.calendar, docket.day)
    return next((run for run in found if run.cut_off > now), None)
