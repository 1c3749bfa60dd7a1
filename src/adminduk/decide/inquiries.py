"""Bags that are not where they should be: the office asks, and the courier says."""

from __future__ import annotations

from typing import Final

from adminduk import commands as c
from adminduk.decide.bags import courier_of
from adminduk.decide.docket import Docket
from adminduk.language import N_
from adminduk.records import Bag, CourierSays, Post, Role, Said
from adminduk.values import Level

__all__ = ["AGREES", "ask_after", "is_asked_after", "is_known", "report"]


def is_asked_after(docket: Docket, bag: Bag) -> bool:
    """Whether it is time to ask after a bag: each time that it should have been further."""
    now = docket.moment.recorded
    return bag.due is not None and bag.asked < docket.settings.inquiries(bag.due, now)


def ask_after(docket: Docket, command: c.AskAfter) -> None:
    """Ask everybody who has to do with a bag where it is, or why it has not left."""
    bag = docket.bag(command.bag)
    if bag.due is None or not is_asked_after(docket, bag):
        raise docket.refuse("not_due", N_("The time of {id} is not past."), id=bag.id)
    times = docket.settings.inquiries(bag.due, docket.moment.recorded)
    bag = docket.move(bag, "ask_after", asked=times)
    holder = bag.custodian or courier_of(bag)
    docket.tell(
        "bag_has_not_left" if bag.state == "sealed" else "bag_is_late",
        bag,
        *(holder, bag.sender, bag.receiver, _registry(bag)),
        bag=bag.id,
        holder=str(holder),
        since=f"{bag.since or docket.begun:%Y-%m-%d}",
    )


AGREES: Final[dict[CourierSays, frozenset[str]]] = {
    CourierSays.COLLECTED: frozenset({"departed", "astray", "arrived", "written_off", "counted"}),
    CourierSays.LOST: frozenset({"arrived", "written_off", "counted"}),
    **dict.fromkeys(
        (
            CourierSays.DELIVERED,
            CourierSays.NOT_DELIVERED,
            CourierSays.RETURNED,
            CourierSays.DAMAGED,
        ),
        frozenset({"arrived", "counted"}),
    ),
}
"""States in which the books of the office know as much as what the courier says, or more."""


def is_known(said: CourierSays, bag: Bag) -> bool:
    """Whether the books know as much as what the courier says of a bag, or more.

    That another has collected what the office's own van has, only its receiver knows better.
    """
    strange = bag.own_van and said is CourierSays.COLLECTED
    return bag.state in AGREES[CourierSays.DELIVERED if strange else said]


def report(docket: Docket, command: c.Report) -> None:
    """The courier says what became of a bag; who can look is told, where the books say otherwise.

    In whatever order it is said, of each kind the latest stays.
    """
    bag = docket.bag(command.bag)
    before = {one.what: one for one in bag.said}
    said = Said(command.said, docket.begun, command.note)
    latest = max(before.get(said.what, said), said, key=lambda one: one.at)
    every = sorted({**before, said.what: latest}.values(), key=lambda one: one.at)
    bag = docket.move(bag, "report", said=tuple(every))
    if said.what not in before and not is_known(said.what, bag):
        docket.tell(
            f"courier_says_{said.what}",
            bag,
            *(bag.sender, bag.receiver, _registry(bag)),
            bag=bag.id,
            day=f"{docket.day:%Y-%m-%d}",
        )


def _registry(bag: Bag) -> Post:
    return Post(Role.REGISTRY_OPERATOR, bag.region.ancestor(Level.REGENCY))
