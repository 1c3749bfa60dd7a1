"""Posts that are lent: who acts in one besides their own, how it is given, and how it ends."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Final

from adminduk import commands as c
from adminduk import regions
from adminduk.decide.docket import Docket
from adminduk.errors import InvalidInput, NotFound
from adminduk.language import N_
from adminduk.records import OFFICE_ROLES, Actor, Delegation, Post
from adminduk.records.changed import changed

__all__ = ["LONGEST", "acting", "by_which", "delegate", "end_delegation"]

LONGEST: Final = timedelta(days=90)
"""From the first day of a delegation to its last; who is away for longer needs a successor."""


def acting(actor: Actor, delegations: Collection[Delegation], on: date) -> Actor:
    """Give an actor with the posts that are lent to them on a day, after their own.

    Who applies, audits or is the clock of the office does nothing else meanwhile.
    """
    own = actor.posts
    if not OFFICE_ROLES.issuperset(post.role for post in own):
        return actor
    lent = dict.fromkeys(one.post for one in delegations if one.holds(on) and one.post not in own)
    return changed(actor, also=(*actor.also, *lent)) if lent else actor


def by_which(post: Post, delegations: Collection[Delegation], on: date) -> str:
    """Name the delegation by which somebody acts in a post on a day."""
    return next(one.id for one in delegations if one.holds(on) and one.post == post)


def delegate(docket: Docket, command: c.Delegate) -> None:
    """Let a person act in a post of the office for some days."""
    today = docket.rules.local(docket.moment.recorded).date()
    since = command.since or today
    _check_days(since, command.until, today)
    _check_post(docket, command.post)
    if command.to == docket.actor.id:
        raise docket.refuse(
            "own_delegation", N_("Nobody lends a post to themself; name somebody else.")
        )
    midnight = datetime.combine(command.until + timedelta(days=1), time())
    delegation = Delegation(
        id=command.delegation,
        region=docket.rules.office,
        state="new",
        begun=docket.begun,
        to=command.to,
        post=command.post,
        since=since,
        until=command.until,
        reason=command.reason,
        due=midnight.replace(tzinfo=docket.begun.tzinfo),
    )
    docket.add(delegation, "delegate")


def _check_days(since: date, until: date, today: date) -> None:
    if since < today:
        text, accepted = N_("That day is past."), N_("today or a later day")
        raise InvalidInput.at("with.since", "past", text, accepted)
    if not timedelta() <= until - since < LONGEST:
        raise InvalidInput.at(
            "with.until",
            "delegation_days",
            N_("A delegation is for some days."),
            N_("a day from {since} on, at most {days} days with the first"),
            since=since.isoformat(),
            days=LONGEST.days,
        )


def _check_post(docket: Docket, post: Post) -> None:
    if post.role not in OFFICE_ROLES:
        text = N_("A post of {role} is not lent.")
        accepted = ", ".join(sorted(role.value for role in OFFICE_ROLES))
        raise InvalidInput.at("with.post.role", "not_lent", text, accepted, role=post.role.value)
    if not docket.rules.office.contains(post.region):
        text, accepted = N_("That post is not of this office."), N_("a post within {office}")
        office = docket.rules.office.full()
        raise InvalidInput.at("with.post.region", "other_office", text, accepted, office=office)
    if not regions.exists(post.region):
        raise NotFound(kind="region", id=post.region.full())


def end_delegation(docket: Docket, command: c.EndDelegation) -> None:
    """Take a post back; the system does it after the last day, when nobody acts by it any more."""
    delegation = docket.find((Delegation.KIND, command.delegation))
    assert isinstance(delegation, Delegation), "it was found when it was asked who may end it"
    if docket.waits_for_its_time(delegation):
        raise docket.refuse("not_due", N_("The time of {id} is not past."), id=delegation.key)
    docket.move(delegation, "end_delegation", due=None)
