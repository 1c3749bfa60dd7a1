"""At the registry: attend, correct, return, reject, verify, reopen, move to newer rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from adminduk import commands as c
from adminduk.catalogue import Way
from adminduk.checklist import Checklist
from adminduk.decide.closing import check_open, is_closed
from adminduk.decide.docket import Docket
from adminduk.decide.requirements import (
    check_people,
    check_shown,
    checklist_of,
    refresh_keys,
    with_acts,
)
from adminduk.decide.road import condemn_paper
from adminduk.decide.settling import end_case, let_lent_go, order_copy
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_
from adminduk.records import (
    Act,
    Application,
    Evidence,
    LastCopy,
    Person,
    ProductOutcome,
    Taken,
    Verdict,
)
from adminduk.records.changed import changed

__all__ = [
    "attend",
    "correct",
    "corrected",
    "has_newest_rules",
    "is_closed_to",
    "is_own_work",
    "is_taken",
    "move_rules",
    "reject",
    "reopen",
    "send_back",
    "shows_no_scan",
    "take",
    "verify",
    "verify_by",
    "waits_for_applicant",
]


def move_rules(docket: Docket, command: c.MoveRules) -> None:
    """Move an application to the rules of a later day, and say what changes for the applicant."""
    application = docket.application(command.application.full())
    old_day = application.rules
    if old_day is not None and command.to <= old_day:
        raise docket.refuse(
            "rules_not_newer", N_("It keeps the rules of {day} already."), day=old_day.isoformat()
        )
    if command.to > docket.day:
        raise InvalidInput.at(
            "with.to", "in_the_future", N_("That day has not come yet."), N_("a day up to today")
        )
    check_people(docket, application, command.to)
    todo = checklist_of(docket, application, command.to)
    new = {one.id for one in todo.needed}
    old: set[str] = set()
    if old_day is not None:
        old = {one.id for one in checklist_of(docket, application, old_day).needed}
    docket.notes["added"] = sorted(new - old)
    docket.notes["removed"] = sorted(old - new)
    docket.move(with_acts(application, todo), "move_rules", rules=command.to)


def has_newest_rules(docket: Docket, application: Application) -> bool:
    """Whether an application keeps the rules of today already."""
    return application.rules is not None and application.rules >= docket.day


def attend(docket: Docket, command: c.Attend) -> None:
    """Write down that the person came for an act that needs them."""
    application = docket.application(command.application.full())
    if command.act not in application.attend:
        raise InvalidInput.at(
            "with.act",
            "unknown_act",
            N_("The case does not need the person for that."),
            ", ".join(application.attend) or "–",
        )
    check_open(docket, Act.ATTEND, application)
    application = changed(
        application, attended=tuple(dict.fromkeys((*application.attended, command.act)))
    )
    due = verify_by(docket, application) if application.state == "submitted" else application.due
    docket.move(application, "attend", due=due)


def is_closed_to(docket: Docket, application: Application) -> bool:
    """Whether nobody may come for an act at the door of who acts."""
    return is_closed(docket, Act.ATTEND, application)


def verify_by(docket: Docket, application: Application) -> datetime | None:
    """Say by when an application should be verified; not while it waits for the person to come."""
    if acts_to_come(application):
        return None
    return docket.moment.recorded + timedelta(hours=docket.settings.verify_hours)


def correct(docket: Docket, command: c.Correct) -> None:
    """Correct a person's data by an accepted scan; who does it may not verify the case."""
    application = docket.application(command.application.full())
    evidence = application.shown(command.item)
    if evidence is None or evidence.shown.way is not Way.SCAN:
        raise docket.refuse(
            "not_visible",
            N_("A correction must be visible in a scan that was handed in with the case: {item}."),
            item=command.item,
            instead=["return"],
        )
    application = _judged(application, {command.item: True}, docket.actor.id)
    application = changed(
        corrected(docket, application, command.people),
        corrected_by=tuple(dict.fromkeys((*application.corrected_by, docket.actor.id))),
    )
    docket.move(application, "correct")


def corrected(docket: Docket, application: Application, people: dict[str, Person]) -> Application:
    """Give the application with data of its people replaced."""
    unknown = set(people) - set(application.case.people)
    if unknown:
        raise InvalidInput(
            tuple(
                Fault(
                    f"with.people.{party}",
                    "unknown_party",
                    N_("None of the services is about a {party}."),
                    ", ".join(application.case.people),
                    {"party": party},
                )
                for party in sorted(unknown)
            )
        )
    case = changed(application.case, people={**application.case.people, **people})
    application = changed(application, personal=case)
    assert application.rules is not None, "what is corrected was submitted, and keeps its rules"
    check_people(docket, application, application.rules)
    return refresh_keys(docket, application)


def take(docket: Docket, command: c.Take) -> None:
    """Take a case to read it, so that no other verifier does; it ends by itself."""
    application = docket.application(command.application.full())
    _refuse_own_work(docket, application)
    if is_taken(docket, application):
        assert application.taken is not None
        raise docket.refuse(
            "taken",
            N_("{by} is reading {id} until {time}. Take another one."),
            by=application.taken.by,
            id=application.key,
            time=f"{docket.rules.local(application.taken.until):%H:%M}",
            until=docket.rules.local(application.taken.until).isoformat(timespec="minutes"),
        )
    until = docket.moment.recorded + timedelta(minutes=docket.settings.take_minutes)
    docket.move(application, "take", taken=Taken(docket.actor.id, until))


def is_taken(docket: Docket, application: Application) -> bool:
    """Whether another verifier reads a case now."""
    taken = application.taken
    return (
        taken is not None and taken.by != docket.actor.id and taken.until > docket.moment.recorded
    )


def send_back(docket: Docket, command: c.Return) -> None:
    """Return an application with all its faults at once: no item is left without a verdict."""
    application = docket.application(command.application.full())
    if not command.faults:
        raise InvalidInput.at(
            "with.faults", "missing", N_("Nothing is named."), N_("at least one item, with why")
        )
    needed = _items_of(docket, application)
    _must_know(needed, command.faults, "with.faults")
    _must_know(needed, command.accepted, "with.accepted")
    for item, reason in command.faults.items():
        if not reason.strip():
            raise InvalidInput.at(f"with.faults.{item}", "missing", N_("Say why in words."))
    verdicts = dict.fromkeys(command.accepted, True) | dict.fromkeys(command.faults, False)
    judged = _judged(application, verdicts, docket.actor.id)
    open_items = [
        item for item in needed if item not in command.faults and not _accepted(judged, item)
    ]
    if open_items:
        raise docket.refuse(
            "not_all_judged",
            N_("Return everything at once: accept or refuse also {missing}."),
            missing=open_items,
        )
    judged = changed(
        judged,
        personal=changed(judged.case, faults=dict(command.faults)),
        due=docket.in_days(docket.settings.returned_days),
    )
    application = docket.move(judged, "return")
    docket.notify("returned", application, items=", ".join(command.faults))


def _items_of(docket: Docket, application: Application) -> list[str]:
    """Give the items on the list of a submitted application."""
    assert application.rules is not None, "what is judged was submitted, and keeps its rules"
    return [one.id for one in checklist_of(docket, application, application.rules).needed]


def _must_know(needed: list[str], items: Iterable[str], path: str) -> None:
    unknown = [item for item in items if item not in needed]
    if unknown and needed:
        faults = (
            Fault(
                f"{path}.{item}",
                "unknown_item",
                N_("The list of this case has no such item."),
                ", ".join(needed),
            )
            for item in unknown
        )
        raise InvalidInput(tuple(faults))


def _judged(application: Application, verdicts: dict[str, bool], by: str) -> Application:
    def judge(one: Evidence) -> Evidence:
        if one.item not in verdicts:
            return one
        return changed(one, verdict=Verdict(verdicts[one.item], by))

    return changed(application, evidence=tuple(map(judge, application.evidence)))


def _accepted(application: Application, item: str) -> bool:
    shown = application.shown(item)
    return shown is not None and shown.verdict is not None and shown.verdict.accepted


def reject(docket: Docket, command: c.Reject) -> None:
    """Refuse an application for good; its claims are free again."""
    application = docket.application(command.application.full())
    case = changed(application.case, reason=command.ground)
    end_case(docket, docket.move(changed(application, personal=case), "reject"))


def is_own_work(docket: Docket, application: Application) -> bool:
    """Whether this actor had a hand in an application: prepared, submitted or corrected it."""
    return docket.actor.id in _hands(application)


def _hands(application: Application) -> set[str]:
    return {application.submitted_by, *application.prepared_by, *application.corrected_by}


def _refuse_own_work(docket: Docket, application: Application) -> None:
    if is_own_work(docket, application) or docket.besides.approver in _hands(application):
        raise docket.refuse(
            "own_work",
            N_("Nobody verifies what they submitted or corrected; another {may} does."),
            may=["registry_operator"],
        )


def verify(docket: Docket, command: c.Verify) -> None:
    """Find an application complete and right, and order its products in the same step.

    Nobody verifies what they submitted or corrected.
    """
    before = docket.application(command.application.full())
    _refuse_own_work(docket, before)
    assert before.rules is not None, "what is verified was submitted, and keeps its rules"
    todo = checklist_of(docket, before, before.rules)
    _must_know([one.id for one in todo.needed], command.accepted, "with.accepted")
    application = _judged(before, dict.fromkeys(command.accepted, True), docket.actor.id)
    application = docket.move(application, "verify", due=None)
    _check_verified(docket, application, todo)
    if application.state != "verified":
        end_case(docket, application)
        return
    for line in application.lines:
        if line.outcome is ProductOutcome.OPEN and line.last is not LastCopy.ALIVE:
            application = order_copy(docket, application, line.product)
    docket.put(application)
    let_lent_go(docket, application)


def _check_verified(docket: Docket, application: Application, todo: Checklist) -> None:
    check_shown(docket, application, todo)
    open_items = [one.id for one in todo.needed if not _accepted(application, one.id)]
    if open_items:
        raise docket.refuse(
            "not_all_accepted",
            N_("Not accepted yet: {missing}. Accept each, or return the application."),
            missing=open_items,
            instead=["return"],
        )
    waits = acts_to_come(application)
    if waits:
        raise docket.refuse(
            "not_attended",
            N_("The person must come first for: {missing}."),
            missing=waits,
            instead=["attend"],
        )
    expected = originals_to_come(docket, application)
    if expected:
        raise docket.refuse(
            "originals_due",
            N_("Originals must be handed in before verification: {missing}."),
            missing=expected,
            instead=["take_in", "waive"],
        )


def acts_to_come(application: Application) -> list[str]:
    """Name the acts for which the person has not come yet."""
    return [act for act in application.attend if act not in application.attended]


def originals_to_come(docket: Docket, application: Application) -> list[str]:
    """Name the originals that are not in yet and must be before verification."""
    return [
        one.item
        for one in docket.originals(application)
        if one.due_before == "verification" and one.state == "expected"
    ]


def waits_for_applicant(docket: Docket, application: Application) -> bool:
    """Whether an application cannot be verified before its applicant has done something."""
    return bool(acts_to_come(application) or originals_to_come(docket, application))


def shows_no_scan(application: Application) -> bool:
    """Whether there is nothing that a correction could be visible in."""
    return not any(one.shown.way is Way.SCAN for one in application.evidence)


def reopen(docket: Docket, command: c.Reopen) -> None:
    """Take a verification back: ordered copies are cancelled, printed ones condemned."""
    application = docket.application(command.application.full())
    case = changed(application.case, reason=command.reason)
    due = docket.in_days(0)
    application = docket.move(changed(application, personal=case, due=due), "reopen")
    for line in application.lines:
        copy = docket.last_copy(application, line.product)
        if copy is None or not copy.alive:
            continue
        if copy.state == "ordered":
            docket.move(copy, "cancel", due=None)
        else:
            condemn_paper(docket, copy, command.reason)
