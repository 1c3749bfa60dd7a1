"""The way of a document, step by step, read off the lifecycles that the office is held to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from attrs import frozen

from adminduk.lifecycle import table_of
from adminduk.records import Application, Copy, DeliveryWay

__all__ = ["BEFORE", "BESIDES", "Step", "states_on", "steps_of"]


@frozen
class Step:
    """What happens to a document, and from which state to which that brings it.

    A document is where its newest record is: the application until it is verified, then the copy.
    """

    event: str
    source: str
    target: str


BEFORE: Final = "new"
"""Where a document is that has not been applied for."""
BESIDES: Final = ("return", "answer", "misprint")
"""What happens besides to an application that is not complete, and to a copy that is spoiled."""

_APPLICATION: Final = ("submit", "return", "answer", "verify")
_COPY: Final[Mapping[DeliveryWay, tuple[str, ...]]] = {
    DeliveryWay.COURIER: ("order", "misprint", "print", "seal", "arrive", "collect", "hand_over"),
    DeliveryWay.COUNTER: ("order", "misprint", "print", "to_counter", "hand_over"),
    DeliveryWay.DIGITAL: ("order", "issue"),
}
_ALWAYS: Final = frozenset(
    {
        "has_products",
        "case_verified",
        "heading_out",
        "not_condemned",
        "bag_goes_out",
        "due_originals_in",
    }
)
_HOLDS: Final[Mapping[DeliveryWay, frozenset[str]]] = {
    DeliveryWay.COURIER: _ALWAYS | {"on_paper"},
    DeliveryWay.COUNTER: _ALWAYS | {"on_paper", "for_counter"},
    DeliveryWay.DIGITAL: _ALWAYS | {"digital_form"},
}
"""The guards that hold of a document with which nothing is wrong."""


@cache
def steps_of(way: DeliveryWay) -> Mapping[str, Step]:
    """Give the steps of a document that goes a way, by the event, in order.

    Raises:
        LookupError: By the lifecycles that way cannot be gone.
    """
    steps: dict[str, Step] = {}
    state = BEFORE
    for event in _APPLICATION:
        steps[event] = _step(Application.KIND, state, event, way)
        state = steps[event].target
    begun = _step(Copy.KIND, BEFORE, _COPY[way][0], way)
    steps[begun.event] = Step(begun.event, state, begun.target)  # in the commit that verifies it
    state = begun.target
    for event in _COPY[way][1:]:
        steps[event] = _step(Copy.KIND, state, event, way)
        state = steps[event].target
    return steps


def _step(kind: str, state: str, event: str, way: DeliveryWay) -> Step:
    arrows = table_of(kind).arrows(state, event)
    for arrow in arrows:
        if set(arrow.guards) <= _HOLDS[way]:
            return Step(event, arrow.source, arrow.target)
    raise LookupError(f"{kind}: no {event} from {state} for what goes by {way}")


@cache
def states_on() -> tuple[str, ...]:
    """Give every state that a document can be in, in the order of the way."""
    every = [step.target for way in DeliveryWay for step in steps_of(way).values()]
    ends = dict.fromkeys(list(steps_of(way).values())[-1].target for way in DeliveryWay)
    return (BEFORE, *dict.fromkeys(one for one in every if one not in ends), *ends)
