"""Papers on the road: collected, handed in, handed over, turned, condemned, missed and found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from adminduk import commands as c
from adminduk.catalogue import Way
from adminduk.decide.closing import check_open, is_closed
from adminduk.decide.docket import Docket
from adminduk.decide.guards import is_at_wrong_district
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records import (
    Act,
    Application,
    Collector,
    Copy,
    Heading,
    HomeReason,
    Original,
    Paper,
    Post,
    Relation,
    Role,
)
from adminduk.records.changed import changed
from adminduk.values import Level, RegionCode

__all__ = [
    "collect",
    "condemn",
    "condemn_paper",
    "declare_lost",
    "due_back",
    "found",
    "hand_in",
    "hand_over",
    "is_closed_to",
    "is_own_report",
    "is_reminded_of",
    "print_post",
    "record_handover",
    "remind",
    "report_missing",
    "to_counter",
    "turn_home",
    "turn_out",
    "void",
    "waits_anew",
    "waits_until",
]


def print_post(region: RegionCode) -> Post:
    """Give the post that keeps the office's store."""
    return Post(Role.PRINT_OPERATOR, region.ancestor(Level.REGENCY))


def collect(docket: Docket, command: c.Collect) -> None:
    """The village operator takes a paper over at the district."""
    paper = docket.paper(command.item)
    application = docket.application(paper.application.full())
    _check_originals(docket, application, paper, command.originals)
    waits = waits_anew(docket, paper, "at_village")
    if isinstance(paper, Copy):
        waits["originals"] = command.originals
    paper = docket.move(paper, "collect", custodian=docket.post, **waits)
    docket.notify("ready_village", application)


def _check_originals(
    docket: Docket, application: Application, paper: Paper, shown: tuple[str, ...]
) -> None:
    """Check that what is shown belongs to the case, and is all that the office asks to see.

    That is the original of each paper of which it has seen a scan only.
    """
    brought = [one.item for one in application.evidence]
    for place, item in enumerate(shown):
        if item not in brought:
            raise InvalidInput.at(
                f"with.originals[{place}]",
                "unknown_item",
                N_("The case has shown no such paper."),
                ", ".join(brought) or "–",
            )
    if not (docket.settings.collect_against_originals and isinstance(paper, Copy)):
        return
    scanned = [one.item for one in application.evidence if one.shown.way is Way.SCAN]
    if missing := [item for item in scanned if item not in shown]:
        raise docket.refuse(
            "originals_not_shown",
            N_(
                "This office gives documents out at the district only against the originals of the"
                " application. Not shown for {id}: {missing}."
            ),
            id=paper.id,
            missing=missing,
        )


def hand_in(docket: Docket, command: c.HandIn) -> None:
    """The district takes a paper over that goes home."""
    paper = docket.paper(command.item)
    docket.move(paper, "hand_in", custodian=docket.post, due=due_back(paper))


def to_counter(docket: Docket, command: c.ToCounter) -> None:
    """The front desk takes a paper over that is fetched at the counter."""
    paper = docket.paper(command.item)
    waits = waits_anew(docket, paper, "at_counter")
    paper = docket.move(paper, "to_counter", custodian=docket.post, **waits)
    docket.notify("ready_counter", docket.application(paper.application.full()))


def hand_over(docket: Docket, command: c.HandOver) -> None:
    """The post that holds a paper hands it to who collects it."""
    _may_collect(command.to)
    paper = docket.paper(command.item)
    check_open(docket, Act.COLLECT, docket.application(paper.application.full()))
    docket.move(paper, "hand_over", custodian=None, due=None, personal=command.to)


def is_closed_to(docket: Docket, paper: Paper) -> bool:
    """Whether a paper is not given out at the door of who acts."""
    return is_closed(docket, Act.COLLECT, docket.application(paper.application.full()))


def _may_collect(collector: Collector) -> None:
    if collector.relation is Relation.OTHER and collector.authorisation is None:
        raise InvalidInput.at(
            "with.to.authorisation",
            "missing",
            N_("Somebody else collects only with a power of attorney."),
            N_("a scan of form F-1.07"),
        )


def record_handover(docket: Docket, command: c.RecordHandover) -> None:
    """Write down that a condemned paper was handed over: it happened, though it should not."""
    docket.move(
        docket.paper(command.item),
        "record_handover",
        custodian=None,
        due=None,
        irregular=True,
        note=command.reason,
        personal=command.to,
    )


def turn_home(docket: Docket, command: c.TurnHome) -> None:
    """Send a paper home that nobody claims; the system does it once its term is past."""
    paper = docket.paper(command.item)
    if docket.waits_for_its_time(paper):
        raise docket.refuse("not_due", N_("The time of {id} is not past."), id=paper.id)
    at_counter = paper.state == "at_counter"
    unclaimed = paper.heading is Heading.OUT  # what is found at the counter may go home already
    days = docket.settings.lapse_days
    due = due_back(paper)
    if at_counter and unclaimed and isinstance(paper, Copy):
        due = docket.in_days(days)
    docket.move(
        paper,
        "turn_home",
        heading=Heading.HOME,
        why=HomeReason.UNCLAIMED if unclaimed else paper.why,
        custodian=print_post(paper.region) if at_counter else paper.custodian,
        due=due,
    )
    if unclaimed and isinstance(paper, Copy):
        application = docket.application(paper.application.full())
        docket.notify("unclaimed", application, days=str(days))


def turn_out(docket: Docket, command: c.TurnOut) -> None:
    """Send a paper that was going home towards the applicant again."""
    paper = docket.paper(command.item)
    waits = waits_anew(docket, paper, paper.state)
    docket.move(paper, "turn_out", heading=Heading.OUT, why=None, **waits)


def waits_until(docket: Docket, state: str) -> datetime | None:
    """Say until when a paper on its way out waits to be claimed; in the store nobody claims it."""
    if state == "at_office":
        return None
    return docket.in_days(docket.settings.unclaimed_days)


def due_back(paper: Paper) -> datetime | None:
    """Say by when an original should be with its owner again, on whatever way it is."""
    return paper.due if isinstance(paper, Original) else None


def waits_anew(docket: Docket, paper: Paper, state: str) -> dict[str, Any]:
    """Give what changes when a paper begins to wait: its time, and nobody was reminded yet."""
    waits: dict[str, Any] = {"due": waits_until(docket, state) or due_back(paper)}
    return {**waits, "reminded": 0} if isinstance(paper, Copy) else waits


def is_reminded_of(docket: Docket, copy: Copy) -> bool:
    """Whether it is time to remind somebody of a copy."""
    now = docket.moment.recorded
    return copy.due is not None and copy.reminded < docket.settings.reminders(copy.due, now)


def remind(docket: Docket, command: c.Remind) -> None:
    """Remind the applicant of a copy; while it is at the district, who is to collect it there."""
    copy = docket.copy(command.copy)
    if copy.due is None or not is_reminded_of(docket, copy):
        raise docket.refuse("not_due", N_("The time of {id} is not past."), id=copy.id)
    times = docket.settings.reminders(copy.due, docket.moment.recorded)
    copy = docket.move(copy, "remind", reminded=times)
    application = docket.application(copy.application.full())
    until = f"{docket.rules.local(copy.due or copy.begun):%Y-%m-%d}"
    collects = Post(Role.VILLAGE_OPERATOR, copy.region)
    if copy.state == "at_district" and application.holder.role is not Role.DISTRICT_OPERATOR:
        docket.tell("remind_collect", collects, code=application.key, until=until)
    else:
        docket.notify(f"remind_{copy.state}", application, until=until)


def condemn(docket: Docket, command: c.Condemn) -> None:
    """Declare that a paper may no longer be delivered; where it can, it turns home.

    An original that is damaged is its owner's all the same: its way does not change.
    """
    paper = docket.paper(command.item)
    if isinstance(paper, Copy):
        condemn_paper(docket, paper, command.reason)
        return
    at_counter = paper.state == "at_counter"
    holder = print_post(paper.region) if at_counter else paper.custodian
    docket.move(paper, "condemn", condemned=True, note=command.reason, custodian=holder)


def condemn_paper(docket: Docket, paper: Copy, reason: str) -> None:
    """Condemn a copy; in a bag it turns home on arrival."""
    if paper.state == "bagged":
        docket.move(paper, "condemn", condemned=True, note=reason)
        return
    at_counter = paper.state == "at_counter"
    docket.move(
        paper,
        "condemn",
        condemned=True,
        heading=Heading.HOME,
        why=HomeReason.CONDEMNED,
        note=reason,
        custodian=print_post(paper.region) if at_counter else paper.custodian,
        due=None,
    )


def report_missing(docket: Docket, command: c.ReportMissing) -> None:
    """The post that answers for a paper cannot find it, and goes on answering for it."""
    paper = docket.paper(command.item)
    docket.move(
        paper,
        "report_missing",
        reported_by=docket.actor.id,
        note=command.reason,
        due=due_back(paper),
    )


def found(docket: Docket, command: c.Found) -> None:
    """A missing or lost paper is with the finder, who answers for it now.

    What was found at a district that is not its own goes home: no village collects it there.
    """
    paper = docket.paper(command.item)
    heading, why = paper.heading, paper.why
    if heading is Heading.OUT and is_at_wrong_district(docket.post, paper):
        heading, why = Heading.HOME, HomeReason.MISROUTED
    if isinstance(paper, Original):
        docket.move(
            paper,
            "found",
            custodian=docket.post,
            heading=heading,
            why=why,
            reported_by="",
        )
        return
    condemned = paper.condemned or paper.state == "lost"
    if condemned:
        heading, why = Heading.HOME, HomeReason.CONDEMNED
    paper = docket.move(
        paper,
        "found",
        custodian=docket.post,
        condemned=condemned,
        heading=heading,
        why=why,
        reported_by="",
    )
    waits = {**waits_anew(docket, paper, paper.state), "due": _waits_again(docket, paper)}
    docket.put(changed(paper, **waits))


def _waits_again(docket: Docket, paper: Paper) -> datetime | None:
    """Say until when a paper that was found waits: to be claimed, or unclaimed to be made void."""
    if paper.heading is Heading.OUT:
        return waits_until(docket, paper.state)
    unclaimed = paper.state == "at_office" and paper.why is HomeReason.UNCLAIMED
    return docket.in_days(docket.settings.lapse_days) if unclaimed else None


def is_own_report(docket: Docket, paper: Paper) -> bool:
    """Whether it was this actor who reported a paper missing."""
    return docket.actor.id == paper.reported_by


def declare_lost(docket: Docket, command: c.DeclareLost) -> None:
    """Stop looking for a missing paper; who reported it missing does not decide that."""
    paper = docket.paper(command.item)
    approver = command.approved_by
    by_approver = approver is not None and approver.id == paper.reported_by
    if by_approver or is_own_report(docket, paper):
        raise docket.refuse(
            "own_report",
            N_("Who reported {id} missing does not declare it lost; a colleague does."),
            id=paper.id,
        )
    docket.move(paper, "declare_lost", custodian=None, note=command.reason)
    if isinstance(paper, Original) and not paper.surrendered:
        application = docket.application(paper.application.full())
        docket.notify("original_lost", application, item=paper.item)


def void(docket: Docket, command: c.Void) -> None:
    """Make a paper that came home unusable."""
    docket.move(docket.paper(command.item), "void", due=None)
