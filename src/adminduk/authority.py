"""Who may do what, and where: one table, walked by `permit`.

The host application says who the actor is; this table says what that actor may do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final

from attrs import frozen

from adminduk import commands as c
from adminduk.errors import ApprovalNeeded, NotPermitted
from adminduk.language import N_
from adminduk.records import OFFICE_ROLES, Actor, Application, Bag, Post, Record, Role, Settings
from adminduk.values import RegionCode

__all__ = [
    "DISCLOSERS",
    "FINDERS",
    "INFORMERS",
    "IN_PERSON",
    "NAMES_ONLY",
    "REPORTERS",
    "SEES_READINGS",
    "TABLE",
    "Permission",
    "Standing",
    "Where",
    "approve",
    "can_find",
    "check_role",
    "in_person",
    "may",
    "may_find",
    "may_need_approval",
    "may_see_readings",
    "permit",
    "standing_of",
]


class Where(StrEnum):
    """How the actor's post must stand to the record."""

    AREA = "area"
    """The record belongs to a region in the post's area."""
    HOLDER = "holder"
    """The post holds it: it answers for the paper, or drafted or submitted the application."""
    ABOVE_HOLDER = "above_holder"
    """The post's area contains that of the holder."""
    OWN = "own"
    """The actor made it."""
    SENDER = "sender"
    """The post sends the bag."""
    RECEIVER = "receiver"
    """The post receives the bag."""
    OFFICE = "office"
    """Anywhere in the office's regency: what is found is found where it is."""


@frozen
class Permission:
    """A row of the table.

    Attributes:
        role: Who.
        where: How their post must stand to the record.
        approval: The role of somebody else who must approve, where the office sets no other.
        only_if: A flag of the command that must be set.
    """

    role: Role
    where: Where
    approval: Role | None = None
    only_if: str = ""


@frozen
class Standing:
    """What of a record matters for who may touch it."""

    region: RegionCode
    holder: Post | None = None
    owner: str = ""
    sender: Post | None = None
    receiver: Post | None = None


def standing_of(record: Record) -> Standing:
    """Say what of a record matters for who may touch it."""
    if isinstance(record, Application):
        return Standing(record.region, record.holder, record.submitted_by)
    if isinstance(record, Bag):
        return Standing(record.region, sender=record.sender, receiver=record.receiver)
    return Standing(record.region, getattr(record, "custodian", None))


def _rows(*rows: Permission | tuple[Permission, ...]) -> tuple[Permission, ...]:
    flat: list[Permission] = []
    for row in rows:
        flat.extend(row if isinstance(row, tuple) else (row,))
    return tuple(flat)


def _in(where: Where, *roles: Role, only_if: str = "") -> tuple[Permission, ...]:
    return tuple(Permission(role, where, only_if=only_if) for role in roles)


def _registry(approval: Role | None = None) -> tuple[Permission, ...]:
    """The registry operator, and the head of office, who may do what the operator may."""
    return tuple(Permission(role, Where.AREA, approval) for role in (_RO, _HO))


_AP, _VO, _DO = Role.APPLICANT, Role.VILLAGE_OPERATOR, Role.DISTRICT_OPERATOR
_RO, _PO, _CO = Role.REGISTRY_OPERATOR, Role.PRINT_OPERATOR, Role.COURIER
_FD, _HO, _SY = Role.FRONT_DESK, Role.HEAD_OF_OFFICE, Role.SYSTEM
_AREA, _HOLDER = Where.AREA, Where.HOLDER

TABLE: Final[dict[type[c.Command], tuple[Permission, ...]]] = {
    # The application.
    c.Draft: _in(_AREA, _AP, _VO, _DO, _FD),
    c.Submit: _rows(_in(_AREA, _VO, _DO, _FD), _in(Where.OWN, _AP)),
    c.Amend: _rows(_in(_HOLDER, _VO, _DO, _FD), _in(Where.OWN, _AP)),
    c.Answer: _rows(_in(_HOLDER, _VO, _FD), _in(Where.OWN, _AP), _in(_AREA, _DO)),
    c.MoveRules: _registry(),
    c.Attend: _in(_AREA, _FD, _DO),
    c.Correct: _registry(),
    c.Take: _in(_AREA, _RO),
    c.Return: _registry(),
    c.Reject: _registry(_HO),
    c.Verify: _in(_AREA, _RO),
    c.Reopen: _registry(_HO),
    c.Replace: _registry(_HO),
    c.GiveUp: _registry(),
    c.ChooseDelivery: _in(_AREA, _VO, _DO, _FD),
    c.Withdraw: _rows(_in(Where.OWN, _AP), _in(_AREA, _VO, _DO, _FD)),
    c.SetContact: _rows(_in(_AREA, _VO, _DO, _FD, _RO), _in(Where.OWN, _AP)),
    c.Expire: _in(_AREA, _SY),
    c.Adopt: _registry(_HO),
    # The making of copies.
    c.Print: _in(_AREA, _PO),
    c.Misprint: _in(_AREA, _PO),
    c.FollowBlanks: _in(_AREA, _SY),
    c.Issue: _registry(),
    c.Confirm: _in(_AREA, _VO, _DO, _FD),
    c.Revoke: _registry(_HO),
    c.Remind: _in(_AREA, _SY),
    # The road.
    c.Collect: _in(_AREA, _VO),
    c.HandIn: _in(Where.ABOVE_HOLDER, _DO),
    c.ToCounter: _in(_AREA, _FD),
    c.HandOver: _in(_HOLDER, _VO, _DO, _FD),
    c.RecordHandover: tuple(Permission(role, _HOLDER, _RO) for role in (_VO, _DO)),
    c.TurnHome: _rows(_in(_HOLDER, _VO, _DO, _FD), _in(_AREA, _SY)),
    c.TurnOut: _in(_HOLDER, _VO, _DO, _PO),
    c.Condemn: _rows(_registry(_HO), _in(_HOLDER, _VO, _DO, _FD, _PO, only_if="damaged")),
    c.ReportMissing: _in(_HOLDER, _VO, _DO, _FD, _PO),
    c.Found: _in(Where.OFFICE, _VO, _DO, _FD, _PO),
    c.DeclareLost: _registry(_HO),
    c.Void: _in(_AREA, _PO),
    c.Destroy: (Permission(_PO, _AREA, _HO),),
    c.TakeIn: _in(_AREA, _VO, _DO, _FD),
    c.Waive: _registry(),
    c.GiveBack: _registry(),
    c.File: _in(_AREA, _PO),
    # Bags.
    c.Plan: _in(Where.SENDER, _PO, _DO),
    c.Cancel: _in(Where.SENDER, _PO, _DO),
    c.Seal: _in(Where.SENDER, _PO, _DO),
    c.Unseal: _in(Where.SENDER, _PO, _DO),
    c.Depart: _in(_AREA, _CO),
    c.ComeBack: _in(Where.SENDER, _PO, _DO),
    c.Stray: _in(Where.OFFICE, _DO, _PO),
    c.Report: _in(_AREA, _CO),
    c.AskAfter: _in(_AREA, _SY),
    c.Arrive: _in(Where.RECEIVER, _DO, _PO),
    c.Count: _in(Where.RECEIVER, _DO, _PO),
    c.Finish: _in(Where.RECEIVER, _DO, _PO),
    c.WriteOff: _registry(_HO),
    c.Resolve: _registry(),
    c.Close: _rows(_registry(), _in(_AREA, _SY)),
    # The office itself.
    c.Announce: _in(_AREA, _HO),
    c.Lift: _in(_AREA, _HO, _SY),
    c.ChangeSettings: _in(_AREA, _HO),
    c.SetSchedule: _registry(),
    c.Delegate: _in(_AREA, _HO),
    c.EndDelegation: _in(_AREA, _HO, _SY),
    c.Read: _rows(_in(_AREA, _VO, _DO, _FD, _RO, _HO, _PO, Role.AUDITOR), _in(Where.OWN, _AP)),
    c.SealJournal: _in(_AREA, _HO, _SY),
    c.Erase: _rows(Permission(_HO, _AREA, _RO), _in(_AREA, _SY)),
    c.ConfirmErasure: _in(_AREA, _SY),
    # Blanks.
    c.ReceiveBlanks: _in(_AREA, _PO),
    c.CorrectBlanks: (Permission(_PO, _AREA, _HO),),
    c.WithdrawBlanks: (Permission(_PO, _AREA, _HO),),
    c.ReserveBlanks: _in(_AREA, _PO),
    c.ReleaseBlanks: _in(_AREA, _PO),
    c.TransferBlanks: (Permission(_PO, _AREA, _HO),),
    c.ReportBlanksMissing: _in(_AREA, _PO),
    c.BlanksFound: _in(_AREA, _PO),
    c.RecordBlanksUsed: (Permission(_PO, _AREA, _HO),),
}
"""Every command and who may give it. What is not listed nobody may do."""

IN_PERSON: Final = frozenset({c.Delegate, c.EndDelegation})
"""Commands that nobody gives by delegation: power that was lent is not lent on."""


def in_person(command: str) -> NotPermitted:
    """Make the refusal of what is not done by delegation."""
    text = N_("{command} is for {may} in person: a post that is lent gives no right to it.")
    return NotPermitted("in_person", text, command=command, may=[Role.HEAD_OF_OFFICE.value])


def permit(
    command: c.Command, actor: Actor, standing: Standing, settings: Settings
) -> tuple[Post, Role | None]:
    """Find the post in which the actor may give the command, and the role that must approve.

    Of several it is one in which nobody else has to, if there is one.

    Raises:
        NotPermitted: None of the actor's posts may, in words, with those who may.
    """
    rows = [row for row in TABLE[type(command)] if not row.only_if or getattr(command, row.only_if)]
    approved: tuple[Post, Role] | None = None
    for row in rows:
        for post in actor.posts:
            if post.role is row.role and _STANDS[row.where](post, actor, standing):
                role = _approver(command, row, settings)
                if role is None:
                    return post, None
                approved = approved or (post, role)
    if approved is None:
        may = [_said(row.role, _approver(command, row, settings)) for row in rows]
        known_role = any(post.role is row.role for row in rows for post in actor.posts)
        raise _refusal(command, actor, standing, list(dict.fromkeys(may)), known_role=known_role)
    return approved


def _refusal(
    command: c.Command, actor: Actor, standing: Standing, may: list[str], *, known_role: bool
) -> NotPermitted:
    """Make the refusal of a command to an actor in none of whose posts it may be given."""
    if not known_role:
        return NotPermitted("wrong_role", command=command.NAME, role=actor.role.value, may=may)
    holder = standing.holder or standing.sender
    text = N_(
        "{role}: {command} is not for your post, as the record is elsewhere. Region: {region}."
        " Who has it: {holder}."
    )
    return NotPermitted(
        "wrong_area",
        text,
        command=command.NAME,
        role=actor.role.value,
        may=may,
        region=standing.region.full(),
        holder=None if holder is None else str(holder),
    )


def _approver(command: c.Command, row: Permission, settings: Settings) -> Role | None:
    """Say who must approve what a row permits, as the office sets it."""
    role = settings.approver_of(command.NAME, row.approval)
    return None if role is None or row.only_if or row.role not in OFFICE_ROLES else role


def _said(role: Role, approver: Role | None) -> str:
    return role.value if approver is None else f"{role} + {approver}"


def may(kind: type[c.Command], actor: Actor, standing: Standing) -> Post | None:
    """Give the actor's post that may give commands of this kind, flags and approval aside."""
    for row in TABLE[kind]:
        for post in actor.posts:
            if post.role is row.role and _STANDS[row.where](post, actor, standing):
                return post
    return None


def may_need_approval(kind: type[c.Command]) -> bool:
    """Whether an office may have somebody else approve commands of a kind.

    Not what nobody of the office does; not the setting itself, which could never be undone where
    nobody is left to approve; not a seal, which `Office.seal` makes and does no harm; and not that
    people are erased, which nothing brings back: two decide it everywhere.
    """
    people = {row.role for row in TABLE[kind]} & OFFICE_ROLES
    return bool(people) and kind not in {c.ChangeSettings, c.Erase, c.SealJournal}


def approve(
    command: c.Command, actor: Actor, approver: Actor | None, role: Role, region: RegionCode
) -> Post:
    """Give the post in which somebody else approves the command.

    Raises:
        ApprovalNeeded: Nobody does, or not the right one, or the actor themself.
    """
    if approver is not None and approver.id != actor.id:
        for post in approver.posts:
            if post.role is role and post.region.contains(region):
                return post
    raise ApprovalNeeded(command=command.NAME, may=[role.value])


FINDERS: Final = (_VO, _DO, _FD, _RO, _HO, Role.AUDITOR)
"""Who looks a case up for a person without a code, each in their own area."""


def can_find(actor: Actor, region: RegionCode) -> bool:
    """Whether an actor may look for cases in a region."""
    return any(post.role in FINDERS and post.region.contains(region) for post in actor.posts)


def may_find(actor: Actor, region: RegionCode) -> None:
    """Check that an actor may look for cases in a region.

    Raises:
        NotPermitted: They are in no such role, or the region is in none of their areas.
    """
    if not can_find(actor, region):
        known_role = any(post.role in FINDERS for post in actor.posts)
        raise NotPermitted(
            "wrong_area" if known_role else "wrong_role",
            N_("{role}: cases of {region} are looked up by {may}, each in their own area."),
            role=actor.role.value,
            region=region.full(),
            may=sorted(role.value for role in FINDERS),
        )


DISCLOSERS: Final = (_RO, _HO)
"""Who carries out the request of a person for their own data."""

REPORTERS: Final = (_HO, Role.AUDITOR)
"""Who says whose data was laid open."""

INFORMERS: Final = (_HO,)
"""Who tells them, and has their names and phones in full for it."""

NAMES_ONLY: Final = frozenset({_PO})
"""Who of a case sees names alone: who prints compares them, and needs nothing else of it."""


def check_role(actor: Actor, roles: Sequence[Role]) -> None:
    """Check that an actor has one of some roles.

    Raises:
        NotPermitted: They have none.
    """
    if not any(post.role in roles for post in actor.posts):
        raise NotPermitted(
            "wrong_role",
            N_("{role}: what is said of people in full is for {may}."),
            role=actor.role.value,
            may=[role.value for role in roles],
        )


SEES_READINGS: Final = (_HO, Role.AUDITOR)
"""Who sees who read what; of their own case so does the applicant who made it."""


def may_see_readings(actor: Actor, application: Application | None = None) -> None:
    """Check that an actor may see who read a case, or what somebody read.

    Raises:
        NotPermitted: They may not, in words, with those who may.
    """
    in_office = any(post.role in SEES_READINGS for post in actor.posts)
    own = application is not None and application.submitted_by == actor.id
    if not in_office and not (own and any(post.role is _AP for post in actor.posts)):
        raise NotPermitted(
            "wrong_role",
            N_("{role}: who read what is seen by {may}, and of their own case by who applied."),
            role=actor.role.value,
            may=[role.value for role in SEES_READINGS],
        )


_STANDS: Final[dict[Where, Callable[[Post, Actor, Standing], bool]]] = {
    Where.AREA: lambda post, _, standing: post.region.contains(standing.region),
    Where.HOLDER: lambda post, _, standing: standing.holder == post,
    Where.ABOVE_HOLDER: lambda post, _, standing: (
        standing.holder is not None and post.region.contains(standing.holder.region)
    ),
    Where.OWN: lambda post, actor, standing: (
        standing.owner == actor.id and post.region.contains(standing.region)
    ),
    Where.SENDER: lambda post, _, standing: standing.sender == post,
    Where.RECEIVER: lambda post, _, standing: standing.receiver == post,
    Where.OFFICE: lambda _post, _actor, _standing: True,
}
