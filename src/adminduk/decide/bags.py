"""Bags: planned, sealed, on the road, astray or late, counted against what was sealed in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from adminduk import commands as c
from adminduk import regions
from adminduk.decide.differences import courier_of
from adminduk.decide.docket import Docket
from adminduk.decide.guards import is_at_wrong_district
from adminduk.decide.practice import next_run, runs_until
from adminduk.decide.road import due_back, tell_ready, waits_anew
from adminduk.errors import InvalidInput, NotFound
from adminduk.language import N_
from adminduk.records import (
    GONE,
    Bag,
    Copy,
    DeliveryWay,
    Difference,
    DifferenceKind,
    DifferenceOutcome,
    Heading,
    HomeReason,
    Paper,
    Post,
    Role,
    Schedule,
)
from adminduk.records.changed import changed
from adminduk.records.manifest import check_code
from adminduk.values import Level

__all__ = [
    "arrive",
    "cancel",
    "close",
    "come_back",
    "count",
    "courier_of",
    "depart",
    "finish",
    "is_ready",
    "new_bag",
    "plan",
    "seal",
    "stray",
    "unseal",
    "write_off",
]


def new_bag(docket: Docket, command: c.Plan) -> Bag:
    """Describe the bag that a plan begins: out to a district, or from the district home."""
    post = docket.post
    if not regions.exists(command.to):
        raise NotFound(kind="region", id=command.to.full())
    if post.role is Role.PRINT_OPERATOR and command.to.level is Level.DISTRICT:
        region, receiver = command.to, Post(Role.DISTRICT_OPERATOR, command.to)
    elif post.role is Role.DISTRICT_OPERATOR and command.to.level is Level.REGENCY:
        region, receiver = post.region, Post(Role.PRINT_OPERATOR, command.to)
    else:
        raise InvalidInput.at(
            "with.to",
            "destination",
            N_("A bag goes from the office to a district, or from a district to the office."),
            N_("the code of a district, or of the office's regency"),
        )
    return Bag(
        id=command.bag,
        region=region,
        state="new",
        begun=docket.begun,
        sender=post,
        receiver=receiver,
        custodian=post,
        since=docket.begun,
    )


def plan(docket: Docket, command: c.Plan) -> None:
    """Plan what goes into a bag; planned again, the new list holds."""
    stored = docket.find(("bag", command.bag))
    bag = stored if isinstance(stored, Bag) else new_bag(docket, command)
    if command.to != bag.receiver.region:
        raise InvalidInput.at(
            "with.to",
            "destination",
            N_("{bag} goes somewhere else; another bag is needed."),
            bag.receiver.region.full(),
            bag=bag.id,
        )
    items = tuple(docket.paper(item).id for item in command.items)
    not_ready = [
        item for item in items if not is_ready(bag.sender, bag.receiver, docket.paper(item))
    ]
    if not_ready:
        raise docket.refuse(
            "not_ready",
            N_("Not ready for {bag}: {missing}. In it go papers at hand that are bound there."),
            bag=bag.id,
            missing=not_ready,
        )
    day = _day_of_run(docket, bag, command.day)
    van = command.own_van
    docket.move(bag, "plan", plan=items, day=day, trip=command.trip, own_van=van)


def _day_of_run(docket: Docket, bag: Bag, asked: date | None) -> date | None:
    """Give the courier's day of a bag: that which was asked for, or else the next.

    Raises:
        Refused: By the district's schedule the courier does not go then, or it is too late.
    """
    schedule = docket.find((Schedule.KIND, bag.region.full())) if bag.goes_out else None
    if not isinstance(schedule, Schedule) or not schedule.timetable.goes_at_all:
        return asked
    coming = next_run(docket, schedule)
    if coming is None or asked is None:
        return asked if coming is None else coming.day
    runs_then = any(run.day == asked for run in runs_until(docket, schedule, asked))
    if runs_then and asked >= coming.day:
        return asked
    facts = {
        "to": bag.region.full(),
        "day": asked.isoformat(),
        "next": coming.day.isoformat(),
        "instead": ["plan"],
    }
    if runs_then:
        text = N_("It is too late for the courier to {to} of {day}; the next goes on {next}.")
        raise docket.refuse("cut_off_past", text, **facts)
    text = N_("No courier goes to {to} on {day}; the next goes on {next}.")
    raise docket.refuse("no_run", text, **facts)


def is_ready(sender: Post, receiver: Post, paper: Paper) -> bool:
    """Whether a paper is at hand with the sender and bound for the receiver."""
    if paper.custodian != sender:
        return False
    if sender.role is not Role.PRINT_OPERATOR:
        return paper.state == "at_district" and paper.heading is Heading.HOME
    stays = isinstance(paper, Copy) and (paper.condemned or paper.way is DeliveryWay.COUNTER)
    return (
        paper.state == "at_office"
        and paper.heading is Heading.OUT
        and not stays
        and receiver.region.contains(paper.region)
    )


def cancel(docket: Docket, command: c.Cancel) -> None:
    """Give up a planned bag."""
    docket.move(docket.bag(command.bag), "cancel", custodian=None, plan=())


def seal(docket: Docket, command: c.Seal) -> None:
    """Seal a bag over what was planned and is still there; the packer's count must agree."""
    bag = docket.bag(command.bag)
    papers = [docket.paper(item) for item in bag.plan]
    ready = [paper for paper in papers if is_ready(bag.sender, bag.receiver, paper)]
    check = check_code(paper.id for paper in ready)
    if command.count != len(ready) or command.check.upper() not in {"", check}:
        gone = [paper.id for paper in papers if paper not in ready]
        raise docket.refuse(
            "count_differs",
            N_(
                "The bag should hold {count} papers with check code {check}. No longer to go in:"
                " {missing}."
            ),
            count=len(ready),
            check=check,
            missing=gone,
            instead=["plan"],
        )
    if bag.plan and not ready:
        raise docket.refuse(
            "plan_empty",
            N_("Of what is planned for {bag} nothing is left."),
            bag=bag.id,
            instead=["plan", "cancel"],
        )
    due = _leaves_by(docket, bag)
    sealed = {"count": len(ready), "check": check, "seal": command.seal}
    docket.move(bag, "seal", plan=(), due=due, said=(), **sealed)
    for paper in ready:
        docket.move(paper, "seal", bag=bag.id, custodian=None)
    docket.carriage.append(bag.id)


def _leaves_by(docket: Docket, bag: Bag) -> datetime:
    """Say by when a sealed bag should have left: after the courier's day at the latest."""
    soon = docket.in_days(docket.settings.bag_days)
    if bag.day is None or bag.day == date.max:
        return soon
    midnight = datetime.combine(bag.day + timedelta(days=1), time())
    return max(soon, midnight.replace(tzinfo=docket.begun.tzinfo))


def unseal(docket: Docket, command: c.Unseal) -> None:
    """Open a bag again before it departs; its papers are where they were.

    What was condemned meanwhile turns home and is not planned any more.
    """
    bag = docket.bag(command.bag)
    papers = docket.world.in_bag(bag.id)
    items = tuple(paper.id for paper in papers if not paper.condemned)
    docket.move(
        bag,
        "unseal",
        plan=items,
        count=0,
        check="",
        seal="",
        note=command.reason,
        due=None,
        asked=0,
    )
    for paper in papers:
        heading, why = _turned(paper)
        docket.move(paper, "unseal", bag="", custodian=bag.sender, heading=heading, why=why)
    docket.carriage.append(bag.id)


def _turned(paper: Paper) -> tuple[Heading, HomeReason | None]:
    """Say where a paper heads when it leaves a bag: a copy that is condemned turns home."""
    if paper.condemned and isinstance(paper, Copy):
        return Heading.HOME, HomeReason.CONDEMNED
    return paper.heading, paper.why


def depart(docket: Docket, command: c.Depart) -> None:
    """The courier takes a sealed bag along and answers for it.

    If it is the office's own van, whoever else was to come for the bag is told not to.
    """
    bag = docket.bag(command.bag)
    due, van = docket.in_days(docket.settings.bag_days), bag.own_van or command.own_van
    docket.move(bag, "depart", custodian=docket.post, due=due, asked=0, own_van=van)
    if command.own_van and bag.state == "sealed":
        docket.carriage.append(bag.id)


def come_back(docket: Docket, command: c.ComeBack) -> None:
    """A departed bag is back with its sender, still sealed."""
    bag = docket.bag(command.bag)
    due = _leaves_by(docket, bag)
    anew = {"due": due, "asked": 0, "said": ()}
    docket.move(bag, "come_back", custodian=bag.sender, note=command.reason, **anew)
    docket.carriage.append(bag.id)


def stray(docket: Docket, command: c.Stray) -> None:
    """A bag was left at a post that is not its receiver's; that post answers for it now."""
    due = docket.in_days(docket.settings.bag_days)
    docket.move(docket.bag(command.bag), "stray", custodian=docket.post, due=due, asked=0)


def arrive(docket: Docket, command: c.Arrive) -> None:
    """The receiver has the bag, and says whether its seal is whole.

    With one that was written off comes what is missing of it; it is counted like any other.
    """
    bag = docket.bag(command.bag)
    for paper in _written_off(docket, bag) if bag.state == "written_off" else ():
        replaced = isinstance(paper, Copy) and paper.state == "lost"  # one is made in its place
        condemned = paper.condemned or replaced
        docket.move(paper, "turn_up", bag=bag.id, custodian=None, condemned=condemned)
    due = docket.in_days(docket.settings.bag_days)
    whole = command.seal_whole
    docket.move(bag, "arrive", custodian=bag.receiver, seal_whole=whole, due=due, asked=0)


_NOT_FOUND: Final = {None, DifferenceOutcome.LOST, DifferenceOutcome.REPLACED}


def _written_off(docket: Docket, bag: Bag) -> list[Paper]:
    """Give the papers that were given up with a bag, and were not found elsewhere since."""
    items = {one.item for one in bag.differences if one.outcome in _NOT_FOUND}
    papers = map(docket.paper, sorted(items))
    return [one for one in papers if one.state in GONE]


def count(docket: Docket, command: c.Count) -> None:
    """Tick what is there; damaged and extra papers are differences."""
    bag = docket.move(docket.bag(command.bag), "count")
    for item in (*command.arrived, *command.damaged):
        paper = docket.paper(item)
        if paper.bag != bag.id:
            raise docket.refuse(
                "not_in_bag",
                N_("{id} was not sealed into {bag}; name it as extra."),
                id=paper.id,
                bag=bag.id,
            )
        bag = _received(docket, bag, paper, "arrive")
        if item in command.damaged:
            bag = _differs(bag, paper, DifferenceKind.DAMAGED)
        else:
            tell_ready(docket, docket.paper(item))
    for item in command.extra:
        paper = docket.paper(item)
        if paper.bag == bag.id:
            raise docket.refuse(
                "in_this_bag",
                N_("{id} was sealed into {bag}; name it as arrived."),
                id=paper.id,
                bag=bag.id,
            )
        bag = _received(docket, bag, paper, "extra")
        bag = _differs(bag, paper, DifferenceKind.EXTRA)
        tell_ready(docket, docket.paper(item))
    docket.put(bag)


def _received(docket: Docket, bag: Bag, paper: Paper, event: str) -> Bag:
    """Put a paper into the receiver's hands; what does not belong there turns home."""
    heading, why = _turned(paper)
    misrouted = is_at_wrong_district(bag.receiver, paper)  # the office takes in all its own
    if misrouted and why is not HomeReason.CONDEMNED:
        heading, why = Heading.HOME, HomeReason.MISROUTED
    waits: dict[str, Any] = {"due": due_back(paper)}
    if bag.goes_out and heading is Heading.OUT:
        waits = waits_anew(docket, paper, "at_district")
    elif not bag.goes_out and why is HomeReason.UNCLAIMED and isinstance(paper, Copy):
        waits["due"] = docket.in_days(docket.settings.lapse_days)
    docket.move(paper, event, bag="", custodian=bag.receiver, heading=heading, why=why, **waits)
    for one in bag.open_differences:  # it was given up with the bag, and is there after all
        if one.item == paper.id and one.kind is DifferenceKind.MISSING:
            bag = bag.resolved(one.item, {one.kind}, DifferenceOutcome.FOUND, one.answerable)
    return _differs(bag, paper, DifferenceKind.MISROUTED) if misrouted else bag


def _differs(bag: Bag, paper: Paper, kind: DifferenceKind) -> Bag:
    answerable = bag.sender if bag.seal_whole else courier_of(bag)
    return bag.with_difference(Difference(paper.id, kind, answerable))


def finish(docket: Docket, command: c.Finish) -> None:
    """Say that counting is done: what was not ticked is missing.

    Its sender answers for it if the seal was whole, else the courier.
    """
    bag = docket.bag(command.bag)
    _missing(docket, bag, "finish", bag.sender if bag.seal_whole else courier_of(bag))


def write_off(docket: Docket, command: c.WriteOff) -> None:
    """A bag will not come: everything in it is missing, who had it last answers."""
    bag = changed(docket.bag(command.bag), note=command.reason)
    holder = bag.custodian or courier_of(bag)
    _missing(docket, bag, "write_off", holder)
    docket.tell(
        "bag_written_off",
        bag,
        *(holder, bag.sender, bag.receiver),
        bag=bag.id,
        holder=str(holder),
    )


def _missing(docket: Docket, bag: Bag, event: str, answerable: Post) -> None:
    for paper in docket.world.in_bag(bag.id):
        docket.move(paper, "finish", bag="", custodian=answerable, note=bag.id)
        bag = bag.with_difference(Difference(paper.id, DifferenceKind.MISSING, answerable))
    due = docket.moment.recorded if event == "finish" else None  # it closes itself when it can
    docket.move(bag, event, custodian=None, due=due)


def close(docket: Docket, command: c.Close) -> None:
    """Close a counted bag whose differences all have an outcome."""
    docket.move(docket.bag(command.bag), "close", due=None)
