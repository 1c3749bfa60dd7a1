"""From a command to a decision, purely: who may, whether it can happen now, what it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from adminduk import commands as c
from adminduk.authority import (
    IN_PERSON,
    Standing,
    approve,
    in_person,
    may,
    permit,
    standing_of,
)
from adminduk.decide import (
    adoption,
    bags,
    blanks,
    closing,
    custody,
    delivery,
    destruction,
    differences,
    erasing,
    inquiries,
    intake,
    lending,
    practice,
    reading,
    road,
    sealing,
    verification,
)
from adminduk.decide.docket import Besides, Decision, Docket, Moment, Notification, Rules
from adminduk.decide.guards import holds
from adminduk.decide.lending import acting, by_which
from adminduk.decide.promising import follow_promises
from adminduk.decide.settling import follow_copies
from adminduk.decide.still_so import is_still_so
from adminduk.decide.world import (
    SETTINGS,
    Look,
    World,
    look_around,
    needs,
    paper_ref,
    subject_of,
)
from adminduk.errors import InvalidInput, NotFound
from adminduk.language import N_
from adminduk.lifecycle import table_of
from adminduk.records import Actor, Post, Record, Role
from adminduk.values import Level

__all__ = [
    "SETTINGS",
    "Decision",
    "Docket",
    "Look",
    "Moment",
    "Notification",
    "Rules",
    "World",
    "acting",
    "allowed",
    "decide",
    "is_still_so",
    "look_around",
    "needs",
    "paper_ref",
    "subject_of",
]

_HANDLERS: Final[dict[type[c.Command], Callable[[Docket, Any], None]]] = {
    c.Draft: intake.draft,
    c.Submit: intake.submit,
    c.Amend: intake.amend,
    c.Answer: intake.answer,
    c.SetContact: intake.set_contact,
    c.Withdraw: intake.withdraw,
    c.Expire: intake.expire,
    c.Adopt: adoption.adopt,
    c.MoveRules: verification.move_rules,
    c.Attend: verification.attend,
    c.Correct: verification.correct,
    c.Take: verification.take,
    c.Return: verification.send_back,
    c.Reject: verification.reject,
    c.Verify: verification.verify,
    c.Reopen: verification.reopen,
    c.Replace: delivery.replace,
    c.GiveUp: delivery.give_up,
    c.ChooseDelivery: delivery.choose_delivery,
    c.Print: delivery.print_copy,
    c.Misprint: delivery.misprint,
    c.FollowBlanks: delivery.follow_blanks,
    c.Issue: delivery.issue,
    c.Confirm: delivery.confirm,
    c.Revoke: delivery.revoke,
    c.Remind: road.remind,
    c.Collect: road.collect,
    c.HandIn: road.hand_in,
    c.ToCounter: road.to_counter,
    c.HandOver: road.hand_over,
    c.RecordHandover: road.record_handover,
    c.TurnHome: road.turn_home,
    c.TurnOut: road.turn_out,
    c.Condemn: road.condemn,
    c.ReportMissing: road.report_missing,
    c.Found: road.found,
    c.DeclareLost: road.declare_lost,
    c.Void: road.void,
    c.Destroy: destruction.destroy,
    c.TakeIn: custody.take_in,
    c.Waive: custody.waive,
    c.GiveBack: custody.give_back,
    c.File: custody.file,
    c.Plan: bags.plan,
    c.Cancel: bags.cancel,
    c.Seal: bags.seal,
    c.Unseal: bags.unseal,
    c.Depart: bags.depart,
    c.ComeBack: bags.come_back,
    c.Stray: bags.stray,
    c.Report: inquiries.report,
    c.AskAfter: inquiries.ask_after,
    c.Arrive: bags.arrive,
    c.Count: bags.count,
    c.Finish: bags.finish,
    c.WriteOff: bags.write_off,
    c.Resolve: differences.resolve,
    c.Close: bags.close,
    c.Announce: closing.announce,
    c.Lift: closing.lift,
    c.ChangeSettings: practice.change_settings,
    c.SetSchedule: practice.set_schedule,
    c.Delegate: lending.delegate,
    c.EndDelegation: lending.end_delegation,
    c.Read: reading.read,
    c.SealJournal: sealing.seal_journal,
    c.Erase: erasing.erase,
    c.ConfirmErasure: erasing.confirm_erasure,
    c.ReceiveBlanks: blanks.receive_blanks,
    c.CorrectBlanks: blanks.correct_blanks,
    c.WithdrawBlanks: blanks.withdraw_blanks,
    c.ReserveBlanks: blanks.reserve_blanks,
    c.ReleaseBlanks: blanks.release_blanks,
    c.TransferBlanks: blanks.transfer_blanks,
    c.ReportBlanksMissing: blanks.report_blanks_missing,
    c.BlanksFound: blanks.blanks_found,
    c.RecordBlanksUsed: blanks.record_blanks_used,
}


def decide(
    command: c.Command, actor: Actor, world: World, moment: Moment, rules: Rules
) -> Decision:
    """Decide a command on what was loaded; nothing is changed but by the decision that comes back.

    The order of the checks: the record exists, the role, the area, the approval, the state,
    the guards. (Whether the command was sent before is asked first of all, by the shell; the
    version at which the sender saw the record is compared last.)

    Raises:
        InvalidInput: The command does not make sense for this record.
        NotFound: A record that it names does not exist.
        Refused: Somebody else may, or it cannot happen now; the error says why and what instead.
    """
    if moment.at > moment.recorded:
        raise InvalidInput.at(
            "at",
            "in_the_future",
            N_("That has not happened yet."),
            N_("a time up to {now}, the time here"),
            now=rules.local(moment.recorded).isoformat(timespec="seconds"),
        )
    docket = Docket(command, _acting(actor, world, moment, rules), world, moment, rules)
    _authorise(docket, actor)
    record = docket.find(subject_of(command))
    if record is not None and type(command) not in _BEGINNING:
        if command.at is not None:  # the clock of another process may be behind
            _check_begun(record, moment)
        docket.arrows(record, command.NAME)
    _HANDLERS[type(command)](docket, command)
    follow_copies(docket)
    follow_promises(docket)
    return docket.decision()


def _acting(actor: Actor, world: World, moment: Moment, rules: Rules) -> Actor:
    """Give an actor with the posts that are lent to them on the day on which this is recorded."""
    lent = world.lent_to(actor)
    return acting(actor, lent, rules.local(moment.recorded).date()) if lent else actor


def _authorise(docket: Docket, actor: Actor) -> None:
    """Check that the actor may give the command, and that who must approve it did.

    What was done before, and is recorded now, goes by who may now: a post that is lent no more
    would else be used for ever, of days gone by.
    """
    command, standing = docket.command, _standing(docket)
    docket.post, role = permit(command, docket.actor, standing, docket.settings)
    through = _through(docket, actor, docket.post)
    if through and type(command) in IN_PERSON:
        raise in_person(command.NAME)
    if role is not None:
        approver = command.approved_by
        acts = approver and _acting(approver, docket.world, docket.moment, docket.rules)
        post = approve(command, actor, acts, role, standing.region)
        assert approver is not None, "somebody approved it"
        docket.besides = Besides(through, approver.id, _through(docket, approver, post))
    elif through:
        docket.besides = Besides(through)


def _through(docket: Docket, actor: Actor, post: Post) -> str:
    """Name the delegation by which an actor acts in a post; empty where it is their own."""
    if post in actor.posts:
        return ""
    today = docket.rules.local(docket.moment.recorded).date()
    return by_which(post, docket.world.lent_to(actor), today)


_BEGINNING: Final = frozenset(
    {c.Draft, c.Adopt, c.Announce, c.Destroy, c.Delegate, c.Read, c.ReceiveBlanks}
)
"""Commands that begin a record: of an id that is taken they say so themselves."""

_ABOUT_THE_OFFICE: Final = (
    c.Announce,
    c.ChangeSettings,
    c.Delegate,
    c.Destroy,
    c.ReceiveBlanks,
    c.SealJournal,
)
"""Commands of which a new record stands as the office does."""


def _check_begun(record: Record, moment: Moment) -> None:
    """Check that a record was there when the thing happened to it."""
    if moment.at < record.begun:
        raise InvalidInput.at(
            "at",
            "before_it_began",
            N_("{id} did not exist then."),
            N_("a time from {begun} on"),
            id=record.key,
            begun=record.begun.isoformat(),
        )


def _standing(docket: Docket) -> Standing:
    """Say how the command's record stands to whoever acts; a reading stands as its case does."""
    command = docket.command
    if isinstance(command, c.Read):
        application = docket.application(command.application.full())
        return Standing(application.region, owner=application.submitted_by)
    record = docket.find(subject_of(command))
    return _standing_of_new(docket) if record is None else standing_of(record)


def _standing_of_new(docket: Docket) -> Standing:
    """Say how what a command begins stands to whoever acts: as it is asked for."""
    command = docket.command
    kind, key = subject_of(command)
    if isinstance(command, c.Draft | c.Adopt) and command.region is not None:
        return Standing(command.region, owner=docket.actor.id)
    if isinstance(command, c.Draft) and (type(command) is c.Draft or command.services):
        raise InvalidInput.at("with.region", "missing", N_("{need} is needed here."), need="region")
    if isinstance(command, c.Plan):
        return _standing_of_new_bag(docket, command)
    if isinstance(command, _ABOUT_THE_OFFICE):
        return Standing(docket.rules.office)
    if isinstance(command, c.SetSchedule):
        return Standing(practice.district(command.schedule))
    if isinstance(command, c.Erase) or (isinstance(command, c.TakeIn) and command.unexpected):
        return standing_of(docket.application(key.partition("/")[0]))
    raise NotFound(kind=kind, id=key)


def _standing_of_new_bag(docket: Docket, command: c.Plan) -> Standing:
    """Let who plans it be its sender, in the post from which a bag goes there if there is one.

    Of several such posts it is the one that holds what goes into it.
    """
    usual = Role.DISTRICT_OPERATOR
    if command.to.level is Level.DISTRICT:
        usual = Role.PRINT_OPERATOR
    posts = [
        post
        for post in docket.actor.posts
        if post.role in {Role.PRINT_OPERATOR, Role.DISTRICT_OPERATOR}
        and (post.region.contains(command.to) or command.to.contains(post.region))
    ]
    if not posts:
        return Standing(command.to)
    papers = map(docket.find, map(paper_ref, command.items))
    holders = {getattr(paper, "custodian", None) for paper in papers}
    sender = min(posts, key=lambda post: (post.role is not usual, post not in holders))
    return Standing(sender.region, sender=sender)


_POINTLESS: Final[dict[type[c.Command], Callable[[Docket, Any], bool]]] = {
    c.Submit: intake.is_closed_to,
    c.HandOver: road.is_closed_to,
    c.Take: lambda docket, application: (
        verification.is_own_work(docket, application) or verification.is_taken(docket, application)
    ),
    c.Expire: Docket.waits_for_its_time,
    c.TurnHome: Docket.waits_for_its_time,
    c.Lift: Docket.waits_for_its_time,
    c.EndDelegation: Docket.waits_for_its_time,
    c.MoveRules: verification.has_newest_rules,
    c.Attend: lambda docket, application: (
        not application.attend or verification.is_closed_to(docket, application)
    ),
    c.Correct: lambda _, application: verification.shows_no_scan(application),
    c.Verify: lambda docket, application: (
        verification.is_own_work(docket, application)
        or verification.waits_for_applicant(docket, application)
    ),
    c.Replace: lambda _, application: not any(map(delivery.is_replaced_now, application.lines)),
    c.GiveUp: lambda docket, application: (
        not any(delivery.is_given_up_now(docket, application, line) for line in application.lines)
    ),
    c.ChooseDelivery: lambda docket, application: (
        not any(delivery.is_redirected_now(docket, application, line) for line in application.lines)
    ),
    c.Print: delivery.lacks_blank,
    c.FollowBlanks: lambda docket, copy: not delivery.is_to_follow(docket, copy),
    c.Misprint: lambda docket, copy: (
        not delivery.is_on_blank(docket, copy) or delivery.lacks_blank(docket, copy)
    ),
    c.ReleaseBlanks: lambda _, range_: not range_.reserved,
    c.BlanksFound: lambda _, range_: not range_.missing,
    **dict.fromkeys(
        (c.ReserveBlanks, c.TransferBlanks, c.RecordBlanksUsed),
        lambda _, range_: not range_.left,
    ),
    c.ReportBlanksMissing: lambda _, range_: not range_.in_stock,
    c.DeclareLost: road.is_own_report,
    c.Remind: lambda docket, copy: not road.is_reminded_of(docket, copy),
    c.AskAfter: lambda docket, bag: not inquiries.is_asked_after(docket, bag),
    c.Resolve: lambda docket, bag: not differences.can_be_resolved(docket, bag),
}
"""When a command that the lifecycle allows is refused by its handler, whatever it says."""


def allowed(actor: Actor, record: Record, world: World, moment: Moment, rules: Rules) -> list[str]:
    """List the commands that the actor may give about a record now.

    Each is one that can be decided if what it says is right and who must approve it does.
    """
    standing = standing_of(record)
    table = table_of(record.KIND)
    acts = _acting(actor, world, moment, rules)
    names = []
    for kind in c.BY_NAME.values():
        who = actor if kind in IN_PERSON else acts
        post = may(kind, who, standing) if record.KIND in kind.KINDS else None
        if post is None:
            continue
        docket = Docket(c.Command(), who, world, moment, rules)
        docket.post = post
        arrows = table.arrows(record.state, kind.NAME)
        if not any(all(holds(guard, docket, record) for guard in one.guards) for one in arrows):
            continue
        if kind not in _POINTLESS or not _POINTLESS[kind](docket, record):
            names.append(kind.NAME)
    return names
