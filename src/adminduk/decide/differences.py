"""What did not arrive as it was sealed: each difference ends as what is true, and has an owner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from adminduk import commands as c
from adminduk.decide.docket import Docket
from adminduk.decide.world import paper_ref
from adminduk.errors import InvalidInput, Refused
from adminduk.language import N_
from adminduk.records import (
    GONE,
    Bag,
    Copy,
    Difference,
    DifferenceKind,
    DifferenceOutcome,
    Paper,
    Post,
    Role,
)
from adminduk.values import Level

__all__ = ["can_be_resolved", "courier_of", "resolve"]


def courier_of(bag: Bag) -> Post:
    """Give the post that carries a bag."""
    return Post(Role.COURIER, bag.region.ancestor(Level.REGENCY))


def _is_replaced(docket: Docket, _: Bag, paper: Paper) -> bool:
    if not isinstance(paper, Copy):
        return False
    line = docket.application(paper.application.full()).line(paper.product)
    return line is not None and line.numbers[-1] > paper.number


_Holds = Callable[[Docket, Bag, Paper], bool]

_ANY: Final = frozenset(DifferenceKind)
_OUTCOMES: Final[dict[DifferenceOutcome, tuple[frozenset[DifferenceKind], _Holds]]] = {
    DifferenceOutcome.FOUND: (
        frozenset({DifferenceKind.MISSING}),
        lambda _docket, _bag, paper: paper.state not in GONE,
    ),
    DifferenceOutcome.LOST: (_ANY, lambda _docket, _bag, paper: paper.state == "lost"),
    DifferenceOutcome.REPLACED: (_ANY, _is_replaced),
    DifferenceOutcome.SENT_ON: (
        frozenset({DifferenceKind.EXTRA, DifferenceKind.MISROUTED}),
        lambda _, bag, paper: paper.custodian != bag.receiver,
    ),
    DifferenceOutcome.NOTED: (
        frozenset({DifferenceKind.DAMAGED, DifferenceKind.EXTRA}),
        lambda *_: True,
    ),
}
"""Of which differences each can be the outcome, and whether it is true of a paper now."""


def _untrue(docket: Docket, outcome: DifferenceOutcome, paper: Paper) -> Refused:
    """Say why an outcome is not true, and what would make it so."""
    said = {"id": paper.id, "state": paper.state}
    if outcome is DifferenceOutcome.FOUND:
        text, instead = N_("{id} is {state}: nobody has found it."), ["found", "declare_lost"]
        return docket.refuse("still_missing", text, **said, instead=instead)
    if outcome is DifferenceOutcome.LOST:
        text = N_("{id} is {state}: it was not declared lost.")
        return docket.refuse("not_lost", text, **said, instead=["declare_lost"])
    if outcome is DifferenceOutcome.REPLACED:
        text = N_("No newer copy was ordered in place of {id}.")
        return docket.refuse("not_replaced", text, **said, instead=["replace"])
    text, holder = N_("{id} is still with {holder}."), str(paper.custodian)
    return docket.refuse("not_sent_on", text, **said, holder=holder, instead=["plan", "hand_over"])


def can_be_resolved(docket: Docket, bag: Bag) -> bool:
    """Whether there is an outcome that is true of an open difference."""
    return any(
        one.kind in kinds and holds(docket, bag, docket.paper(one.item))
        for one in bag.open_differences
        for kinds, holds in _OUTCOMES.values()
    )


def resolve(docket: Docket, command: c.Resolve) -> None:
    """Give what is open about a paper its outcome, which must be true, and an owner."""
    bag = docket.bag(command.bag)
    _, item = paper_ref(command.item)
    found = [one for one in bag.open_differences if one.item == item]
    if not found:
        raise docket.refuse(
            "no_difference", N_("{bag} has no open difference about {id}."), bag=bag.id, id=item
        )
    (fitting, holds), paper = _OUTCOMES[command.outcome], docket.paper(item)
    kinds = fitting & {one.kind for one in found}
    if not kinds:
        raise _other_outcome(docket, found[0])
    if not holds(docket, bag, paper):
        raise _untrue(docket, command.outcome, paper)
    _check_owner(bag, found, paper, command.owner)
    bag = bag.resolved(item, kinds, command.outcome, command.owner)
    docket.move(bag, "resolve")


def _other_outcome(docket: Docket, difference: Difference) -> Refused:
    fitting = [name.value for name, (kinds, _) in _OUTCOMES.items() if difference.kind in kinds]
    return docket.refuse(
        "other_outcome",
        N_("What became of {id}, which is {kind}, is one of these: {accepted}."),
        id=difference.item,
        kind=difference.kind.value,
        accepted=fitting,
    )


def _check_owner(bag: Bag, found: list[Difference], paper: Paper, owner: Post) -> None:
    """Check that an owner had the bag or the paper in hand, or is the registry.

    Raises:
        InvalidInput: It had nothing to do with either.
    """
    registry = Post(Role.REGISTRY_OPERATOR, bag.region.ancestor(Level.REGENCY))
    involved = [bag.sender, bag.receiver, courier_of(bag), registry]
    involved += [one.answerable for one in found]
    involved += [one for one in (paper.custodian, paper.answered) if one is not None]
    if owner not in involved:
        raise InvalidInput.at(
            "with.owner",
            "not_involved",
            N_("That post had neither the bag nor the paper."),
            ", ".join(dict.fromkeys(map(str, involved))),
        )
