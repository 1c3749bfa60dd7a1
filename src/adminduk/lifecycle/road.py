"""The part of a paper's life that copies and originals share: the road.

It is added to the namespace of each chart by a function. Were it a base class, what a chart
adds would show in the other one too.
"""

# mypy: allow-untyped-calls
# (python-statemachine leaves `to.itself` untyped)

from __future__ import annotations

from attrs import asdict, define, field
from statemachine import Event, State
from statemachine.transition_list import TransitionList

__all__ = ["Places", "any_of", "road"]

Guards = tuple[str, ...]
Events = dict[str, TransitionList | Event]


def _state() -> State:
    return State()


def _end() -> State:
    return State(final=True)


@define(eq=False)
class Places:
    """Fresh states of the road, for one chart.

    Until a chart names them, all states are equal to each other: tell them apart by `is` only.
    """

    at_office: State = field(init=False, factory=_state)
    at_district: State = field(init=False, factory=_state)
    at_village: State = field(init=False, factory=_state)
    at_counter: State = field(init=False, factory=_state)
    bagged: State = field(init=False, factory=_state)
    missing: State = field(init=False, factory=_state)
    lost: State = field(init=False, factory=_state)
    void: State = field(init=False, factory=_state)
    destroyed: State = field(init=False, factory=_end)
    handed_over: State = field(init=False, factory=_end)


def road(
    on: Places, *, seal: Guards = (), hand_over: Guards = ()
) -> dict[str, State | TransitionList | Event]:
    """Give the states of the road and what happens in and between them, by name.

    Args:
        on: The states; each chart needs its own.
        seal: What the chart asks besides of what is sealed into a bag at the office.
        hand_over: What it asks besides of what is handed over.
    """
    return {
        **asdict(on, recurse=False),
        **_in_bags(on, seal),
        **_towards_the_applicant(on, hand_over),
        **_back(on),
        **_mishaps(on),
    }


def any_of(*ways: TransitionList) -> TransitionList:
    """Give many ways on as one event."""
    return TransitionList(one for way in ways for one in way)


def _in_bags(on: Places, seal: Guards) -> Events:
    out, home = "bag_goes_out", "bag_goes_home"
    countable = (on.at_office, on.at_district, on.bagged, on.missing)
    return {
        "seal": any_of(
            on.at_office.to(on.bagged, cond=["heading_out", *seal]),
            on.at_district.to(on.bagged, cond="heading_home"),
        ),
        "unseal": any_of(
            on.bagged.to(on.at_office, cond=out), on.bagged.to(on.at_district, cond=home)
        ),
        "arrive": any_of(
            on.bagged.to(on.at_district, cond=out), on.bagged.to(on.at_office, cond=home)
        ),
        # It lies before the receiver, wherever it was thought to be.
        "extra": any_of(
            *(place.to(on.at_district, cond=out) for place in countable),
            *(place.to(on.at_office, cond=home) for place in countable),
        ),
        "finish": on.bagged.to(on.missing),
        "turn_up": any_of(on.missing.to(on.bagged), on.lost.to(on.bagged)),
    }


def _towards_the_applicant(on: Places, hand_over: Guards) -> Events:
    with_giver = (on.at_village, on.at_district, on.at_counter)
    turnable = (on.at_village, on.at_district, on.at_office)
    given = ["heading_out", *hand_over]
    again = ["heading_home", "may_turn_out"]
    return {
        "collect": on.at_district.to(on.at_village, cond="heading_out"),
        "to_counter": on.at_office.to(on.at_counter, cond=["heading_out", "for_counter"]),
        "hand_over": any_of(*(place.to(on.handed_over, cond=given) for place in with_giver)),
        "record_handover": any_of(
            on.at_village.to(on.handed_over, cond="condemned"),
            on.at_district.to(on.handed_over, cond="condemned"),
        ),
        "turn_out": any_of(*(place.to.itself(cond=again) for place in turnable)),
    }


def _back(on: Places) -> Events:
    return {
        "hand_in": on.at_village.to(on.at_district, cond="heading_home"),
        "turn_home": any_of(
            on.at_village.to.itself(cond="heading_out"),
            on.at_district.to.itself(cond="heading_out"),
            on.at_counter.to(on.at_office),  # also what was found or taken in there, heading home
        ),
        "condemn": any_of(
            *(
                place.to.itself(cond="not_condemned")
                for place in (on.at_office, on.at_district, on.at_village, on.bagged, on.missing)
            ),
            on.at_counter.to(on.at_office, cond="not_condemned"),
        ),
        # A name in a class is either a state or an event.
        "make_void": Event(on.at_office.to(on.void, cond="may_be_void"), id="void"),
        "destroy": on.void.to(on.destroyed),
    }


def _mishaps(on: Places) -> Events:
    held = (on.at_office, on.at_district, on.at_village, on.at_counter)
    finders = ("finder_at_office", "finder_at_district", "finder_at_village", "finder_at_counter")
    return {
        "report_missing": any_of(*(place.to(on.missing) for place in held)),
        "declare_lost": on.missing.to(on.lost),
        "found": any_of(
            *(
                gone.to(place, cond=finder)
                for gone in (on.missing, on.lost)
                for place, finder in zip(held, finders, strict=True)
            )
        ),
    }
