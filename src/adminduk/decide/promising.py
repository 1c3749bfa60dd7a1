"""What an application's submission promises, and how what happens afterwards tells on it.

Promises go by when things are recorded, as order and seals do: nobody keeps one by a date they
wrote themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Final

from adminduk.catalogue import Service
from adminduk.decide.counting import Counting
from adminduk.decide.docket import Docket
from adminduk.decide.world import district_of
from adminduk.records import (
    Application,
    Channel,
    Copy,
    DeliveryWay,
    Goal,
    Heading,
    HomeReason,
    LastCopy,
    Pause,
    ProductLine,
    ProductOutcome,
    Promise,
    Schedule,
    Settings,
)
from adminduk.records.changed import changed

__all__ = [
    "days_promised",
    "follow_promises",
    "promise",
    "promise_anew",
    "run_on",
    "said_days",
    "stand_still",
    "was_to_be_had",
    "working_days_allowed",
]

_DAY_OF_STANDARD: Final = 24
"""A service standard says hours; so many are one working day, and so are fewer."""
_AT_HAND: Final = frozenset({"at_district", "at_village", "at_counter", "handed_over", "issued"})
"""States in which a document can be had, or was."""


def promise(docket: Docket, application: Application) -> Application:
    """Promise an application's products as it is submitted."""
    if not application.lines:
        return application
    counting, now = _counting(docket, to=application), _now(docket)
    made = counting.promise(now, _term(docket, application))
    lines = tuple(changed(line, promise=made) for line in application.lines)
    return changed(application, lines=lines)


def _term(docket: Docket, application: Application) -> int:
    services = (docket.rules.catalogue.service(one, docket.day) for one in application.services)
    return working_days_allowed(docket.settings, application.channel, services)


def working_days_allowed(settings: Settings, channel: Channel, services: Iterable[Service]) -> int:
    """Give the working days that making it may take: as the office has set, or by the standard."""
    by_counter = channel is Channel.COUNTER
    set_by_office = settings.counter_days if by_counter else settings.operator_days
    return set_by_office or max(ceil(one.standard_hours / _DAY_OF_STANDARD) for one in services)


def _now(docket: Docket) -> datetime:
    return docket.rules.local(docket.moment.recorded)


def _counting(docket: Docket, *, to: Application | Copy | None) -> Counting:
    """Give what days are counted by; the courier's are only looked at to promise a day."""
    schedule = None if to is None else docket.find((Schedule.KIND, district_of(to)))
    return Counting(
        docket.rules.calendar,
        time.fromisoformat(docket.settings.closes),
        schedule.timetable if isinstance(schedule, Schedule) else None,
    )


def promise_anew(docket: Docket, application: Application, line: ProductLine) -> ProductLine:
    """Give a line that goes another way from now on, promised for no day that is past."""
    if line.promise is None:
        return line
    counting = _counting(docket, to=application)
    return changed(line, promise=counting.chosen_anew(line.promise, _now(docket)))


def stand_still(docket: Docket, copy: Copy) -> Copy:
    """Let the promise of a copy stand still, as there is no blank to print it on."""
    if copy.promise is None:
        return copy
    counting = _counting(docket, to=None)
    return changed(copy, promise=counting.paused(copy.promise, Pause.BLANKS, _now(docket)))


def run_on(docket: Docket, copy: Copy) -> Copy:
    """Let the promise of a copy run on, if it stood still for want of blanks."""
    if copy.promise is None or copy.promise.pause is not Pause.BLANKS:
        return copy
    return changed(copy, promise=_counting(docket, to=copy).resumed(copy.promise, _now(docket)))


def follow_promises(docket: Docket) -> None:
    """Let the days stand still or run on, write down what was reached, and set what is due."""
    for record in docket.touched():
        if isinstance(record, Copy):
            _follow_copy(docket, record)
        elif isinstance(record, Application) and record.state in {"submitted", "returned"}:
            _follow_pause(docket, record)
    for record in docket.touched():
        if isinstance(record, Application) and record.state in {"submitted", "verified"}:
            _set_due(docket, record)


def _follow_pause(docket: Docket, application: Application) -> None:
    """Pause the promises of a case while it waits for the applicant, and tell the new days."""
    pauses = {line.promise.pause for line in application.lines if line.promise is not None}
    pause = _pause_of(application)
    if not pauses:
        return
    if pauses != {pause}:
        counting = _counting(docket, to=application if pause is None else None)
        now = _now(docket)
        lines = tuple(_line_with(counting, line, pause, now) for line in application.lines)
        application = docket.put(changed(application, lines=lines))
    elif docket.command.NAME != "submit" and not _goes_another_way(docket, application):
        return
    if docket.command.NAME == "submit" or pause is None:
        _tell(docket, application, pause)


def _goes_another_way(docket: Docket, application: Application) -> bool:
    """Whether a way was chosen by which the documents can be had on another day, or elsewhere."""
    if docket.command.NAME != "choose_delivery":
        return False
    before = docket.world.get((application.KIND, application.key))
    assert isinstance(before, Application), "a way is chosen of what is there"
    return days_promised(before) != days_promised(application)


def _pause_of(application: Application) -> Pause | None:
    if application.state == "returned":
        return Pause.RETURNED
    waits = set(application.attend) - set(application.attended)
    return Pause.ATTENDANCE if waits else None


def _line_with(
    counting: Counting, line: ProductLine, pause: Pause | None, now: datetime
) -> ProductLine:
    assert line.promise is not None, "all lines of a case are promised when it is submitted"
    if pause is None:
        return changed(line, promise=counting.resumed(line.promise, now))
    return changed(line, promise=counting.paused(line.promise, pause, now))


def _tell(docket: Docket, application: Application, pause: Pause | None) -> None:
    """Say the days in the answer to the command, and to the applicant."""
    if pause is not None:
        docket.notes["days_count_after"] = list(map(str, application.attend))
        docket.notify("submitted_to_attend", application)
        return
    days = days_promised(application)
    docket.notes |= {_NOTES[goal]: [day.isoformat()] for goal, day in sorted(days.items())}
    template = next(template for goal, template in _TOLD.items() if goal in days)
    docket.notify(template, application, **said_days(days))


def said_days(days: dict[Goal, date]) -> dict[str, str]:
    """Give days as a message says them."""
    return {goal.value: day.isoformat() for goal, day in days.items()}


def days_promised(application: Application) -> dict[Goal, date]:
    """Give the last day for each place; what the courier brings can be had at the counter, too."""
    days: dict[Goal, date] = {}
    for line in application.lines:
        assert line.promise is not None, "it was promised when the case was submitted"
        told = {line.promise.goal(line.way): line.promise.day(line.way)}
        if line.way is DeliveryWay.COURIER:
            told[Goal.COUNTER] = line.promise.made
        for goal, day in told.items():
            days[goal] = max(day, days.get(goal, day))
    return days


_NOTES: Final = {
    Goal.DISTRICT: "at_district_on",
    Goal.COUNTER: "at_counter_from",
    Goal.DIGITAL: "issued_by",
    Goal.MADE: "made_by",
}
_TOLD: Final = {
    Goal.DISTRICT: "promised_district",
    Goal.MADE: "promised_made",
    Goal.COUNTER: "promised_counter",
    Goal.DIGITAL: "promised_digital",
}
"""What the applicant is told: of where the documents go, the farthest."""


def _follow_copy(docket: Docket, copy: Copy) -> None:
    """Write down that a copy is where it was promised, or by when it should be."""
    if copy.promise is None or copy.reached is not None or not copy.alive:
        return
    if _is_where_promised(copy, copy.promise):
        docket.put(changed(copy, reached=_now(docket).date()))
        return
    due = _end_of(docket, copy.promise, copy.way)
    if copy.state == "ordered":  # an inner term comes first, so that there is time for the road
        due = min((one for one in (copy.due, due) if one is not None), default=None)
    if due != copy.due:
        docket.put(changed(copy, due=due))


def _is_where_promised(copy: Copy, promise: Promise) -> bool:
    if copy.heading is not Heading.OUT:
        return False
    is_made = copy.state == "at_office" and promise.goal(copy.way) is Goal.MADE
    return is_made or copy.state in _AT_HAND


def was_to_be_had(copy: Copy | None) -> bool:
    """Whether a copy was to be had as promised, and nothing was wrong with it.

    One that nobody fetched was to be had, whatever became of it afterwards.
    """
    if copy is None or copy.reached is None:
        return False
    return copy.alive or copy.why is HomeReason.UNCLAIMED


def _set_due(docket: Docket, application: Application) -> None:
    """Let a case be due, if it is for its own steps that a promise waits."""
    ends = [
        _end_of(docket, line.promise, line.way)
        for line in _without_copy(docket, application)
        if line.promise is not None
    ]
    inner = [application.due] if application.state == "submitted" else []
    due = min((one for one in (*inner, *ends) if one is not None), default=None)
    if due != application.due:
        docket.put(changed(application, due=due))


def _without_copy(docket: Docket, application: Application) -> Iterable[ProductLine]:
    """Give the lines that no copy is on its way for, and that nobody could have fetched."""
    for line in application.lines:
        is_open = line.outcome is ProductOutcome.OPEN and line.last is not LastCopy.ALIVE
        if is_open and not was_to_be_had(docket.last_copy(application, line.product)):
            yield line


def _end_of(docket: Docket, promise: Promise, way: DeliveryWay) -> datetime | None:
    """Give the midnight after the promised day, at the office; None while the days stand still."""
    if promise.pause is not None:
        return None
    midnight = datetime.combine(promise.day(way) + timedelta(days=1), time())
    return midnight.replace(tzinfo=docket.begun.tzinfo)
