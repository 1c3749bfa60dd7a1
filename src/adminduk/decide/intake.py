"""From the village hall to the office: draft, submit, amend, answer, withdraw, expire."""

from __future__ import annotations

from adminduk import commands as c
from adminduk.decide.closing import check_open, is_closed
from adminduk.decide.docket import Docket
from adminduk.decide.promising import promise
from adminduk.decide.requirements import (
    CHANNEL_OF,
    attach_originals,
    check_named,
    check_people,
    check_shown,
    checklist_of,
    facts_of,
    lines_of,
    parties_of,
    refresh_keys,
    services_of,
    village,
    with_acts,
    with_evidence,
)
from adminduk.decide.settling import end_case
from adminduk.decide.verification import verify_by
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records import Act, Application, Case, Channel, DeliveryWay, Person, Role
from adminduk.records.changed import changed

__all__ = [
    "amend",
    "answer",
    "draft",
    "expire",
    "is_closed_to",
    "set_contact",
    "submit",
    "withdraw",
]


def draft(docket: Docket, command: c.Draft) -> None:
    """Begin an application that is not complete yet."""
    application = _begun(docket, command)
    docket.add(changed(application, due=docket.in_days(docket.settings.draft_days)), "draft")


def _begun(docket: Docket, command: c.Draft) -> Application:
    """Make the application that the command describes; it has no state yet."""
    if command.region is None or command.applicant is None:
        name = "region" if command.region is None else "applicant"
        raise InvalidInput.at(f"with.{name}", "missing", N_("{need} is needed here."), need=name)
    assert command.application is not None, "the office gives a code before it asks"
    application = Application(
        id=command.application,
        region=village(command.region),
        state="new",
        begun=docket.begun,
        services=(),
        channel=CHANNEL_OF[docket.post.role],
        holder=docket.post,
        submitted_by=docket.actor.id,
        prepared_by=(docket.actor.id,),
        personal=Case(command.applicant, command.people, command.facts),
    )
    application = _asking_for(docket, application, command.services)
    check_named(docket, application, command.evidence)
    facts_of(docket, application, docket.day)
    return refresh_keys(docket, with_evidence(docket, application, command.evidence))


def _asking_for(docket: Docket, application: Application, services: tuple[str, ...]) -> Application:
    """Give the application with what it asks for, each product going its usual way."""
    rules = services_of(docket, services, docket.day)
    return changed(
        application,
        services=services,
        lines=lines_of(rules, _usual_way(application.channel)),
    )


def _usual_way(channel: Channel) -> DeliveryWay:
    return DeliveryWay.COUNTER if channel is Channel.COUNTER else DeliveryWay.COURIER


def is_closed_to(docket: Docket, draft: Application) -> bool:
    """Whether the office does not take a draft from who acts."""
    return _takes_none(docket) or is_closed(docket, Act.SUBMIT, draft)


def _takes_none(docket: Docket) -> bool:
    return docket.post.role is Role.APPLICANT and not docket.settings.applicants_submit


def submit(docket: Docket, command: c.Submit) -> None:
    """Apply: the list is final, everything on it is shown, nobody else has applied for it."""
    assert command.application is not None, "the office gives a code before it asks"
    if _takes_none(docket):
        raise docket.refuse(
            "applicants_do_not_submit",
            N_("This office takes applications through the village operator."),
            may=["village_operator", "district_operator", "front_desk"],
            instead=["draft"],
        )
    stored = docket.find(("application", command.application.full()))
    if isinstance(stored, Application):
        application = _taken_over(docket, stored, command)
    else:
        application = _begun(docket, command)
    check_open(docket, Act.SUBMIT, application)
    check_people(docket, application, docket.day)
    todo = checklist_of(docket, application, docket.day)
    check_shown(docket, application, todo)
    application = attach_originals(docket, with_acts(application, todo), todo)
    application = changed(application, rules=docket.day, due=verify_by(docket, application))
    application = docket.move(promise(docket, application), "submit")
    if not application.lines:
        docket.notify("submitted", application)


def _taken_over(docket: Docket, draft: Application, command: c.Submit) -> Application:
    """Give a draft as it is submitted: what the command says holds, the rest as it was drafted.

    Who submits it holds it from now on. Through another door it goes another way, unless a
    way was chosen with a letter or is digital.
    """
    if command.region not in {None, draft.region}:
        raise InvalidInput.at(
            "with.region",
            "other_village",
            N_("It was drafted for another village."),
            draft.region.full(),
        )
    channel = CHANNEL_OF[docket.post.role]
    lines = draft.lines
    if channel is not draft.channel:
        lines = tuple(
            line
            if line.letter is not None or line.way is DeliveryWay.DIGITAL
            else changed(line, way=_usual_way(channel))
            for line in draft.lines
        )
    application = changed(
        draft,
        channel=channel,
        lines=lines,
        holder=docket.post,
        submitted_by=docket.actor.id,
    )
    if command.services:
        application = _asking_for(docket, application, command.services)
    return _changed(docket, application, command)


def _changed(docket: Docket, application: Application, command: c.Draft | c.Amend) -> Application:
    """Give the application with what the command says put in; what it leaves out stays."""
    case = application.case
    # Who was drafted for another service is not asked for any more.
    known = parties_of(docket, application, application.rules or docket.day)
    kept = {party: person for party, person in case.people.items() if party in known}
    people: dict[str, Person] = {**kept, **command.people}
    case = changed(
        case,
        applicant=command.applicant or case.applicant,
        people=people,
        facts={**case.facts, **command.facts},
    )
    prepared_by = tuple(dict.fromkeys((*application.prepared_by, docket.actor.id)))
    application = changed(application, personal=case, prepared_by=prepared_by)
    check_named(docket, application, command.evidence)
    facts_of(docket, application, application.rules or docket.day)
    return refresh_keys(docket, with_evidence(docket, application, command.evidence))


def amend(docket: Docket, command: c.Amend) -> None:
    """Change what a draft or a returned application says or shows."""
    application = docket.application(command.application.full())
    docket.move(_changed(docket, application, command), "amend")


def answer(docket: Docket, command: c.Answer) -> None:
    """Answer a return: every item that was named must be shown anew."""
    before = docket.application(command.application.full())
    application = _changed(docket, before, command)
    open_items = [item for item in before.case.faults if not _shown_since_return(application, item)]
    if open_items:
        raise docket.refuse(
            "not_answered",
            N_("Named in the return and not shown anew: {missing}."),
            missing=open_items,
        )
    application = changed(
        application,
        personal=changed(application.case, faults={}),
        due=verify_by(docket, before),
    )
    application = docket.move(application, "answer")
    assert application.rules is not None, "what was returned was submitted, and keeps its rules"
    check_people(docket, application, application.rules)
    todo = checklist_of(docket, application, application.rules)
    check_shown(docket, application, todo)
    docket.put(attach_originals(docket, with_acts(application, todo), todo))


def _shown_since_return(application: Application, item: str) -> bool:
    """Whether an item that was named has been amended already: what is new has no verdict."""
    shown = application.shown(item)
    return shown is not None and shown.verdict is None


def set_contact(docket: Docket, command: c.SetContact) -> None:
    """Change where messages reach the applicant; what waits to be sent goes there, too."""
    application = docket.application(command.application.full())
    applicant = changed(application.case.applicant, phone=command.phone)
    case = changed(application.case, applicant=applicant)
    docket.move(changed(application, personal=case), "set_contact")


def withdraw(docket: Docket, command: c.Withdraw) -> None:
    """Take an application back; an operator needs the applicant's power of attorney."""
    application = docket.application(command.application.full())
    if docket.post.role is not Role.APPLICANT and command.authorisation is None:
        raise InvalidInput.at(
            "with.authorisation",
            "missing",
            N_("An operator withdraws only with the applicant's power of attorney."),
            N_("form F-1.07, scanned, seen or handed in"),
        )
    if command.authorisation is not None:
        application = with_evidence(docket, application, {"f-1-07": command.authorisation})
    case = changed(application.case, reason=command.reason)
    end_case(docket, docket.move(changed(application, personal=case), "withdraw"))


def expire(docket: Docket, command: c.Expire) -> None:
    """Let a draft or returned application end whose time is past."""
    application = docket.application(command.application.full())
    if docket.waits_for_its_time(application):
        raise docket.refuse("not_due", N_("The time of {id} is not past."), id=application.key)
    end_case(docket, docket.move(application, "expire"))
