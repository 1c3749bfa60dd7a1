"""Whether what a message says is still so when it is sent: a gateway may have been away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from adminduk.decide.inquiries import is_known
from adminduk.decide.promising import days_promised, said_days
from adminduk.records import (
    Application,
    Bag,
    Copy,
    CourierSays,
    Heading,
    HomeReason,
    Paper,
    Record,
)

__all__ = ["is_still_so"]

_Facts = Mapping[str, str]

_PLACES: Final = ("at_village", "at_district", "at_counter")
_WITH_US: Final = frozenset({"submitted", "verified"})


def _waits_at(place: str, paper: Paper, _: _Facts) -> bool:
    return paper.state == place and paper.heading is Heading.OUT


def _cannot_be_fetched(paper: Paper, _: _Facts) -> bool:
    return paper.state != "handed_over" and not any(_waits_at(one, paper, {}) for one in _PLACES)


def _is_with_us(case: Application, _: _Facts) -> bool:
    return case.state in _WITH_US


def _must_attend(case: Application, _: _Facts) -> bool:
    return case.state in _WITH_US and not set(case.attend) <= set(case.attended)


def _is_promised(case: Application, facts: _Facts) -> bool:
    return case.state in _WITH_US and said_days(days_promised(case)).items() <= facts.items()


def _is_returned(case: Application, facts: _Facts) -> bool:
    return case.state == "returned" and set(facts["items"].split(", ")) == set(case.case.faults)


def _can_be_opened(copy: Copy, _: _Facts) -> bool:
    return copy.state in {"issued", "handed_over"}


def _goes_home_unclaimed(copy: Copy, _: _Facts) -> bool:
    is_there = copy.state in {*_PLACES, "bagged", "at_office"}
    return is_there and copy.heading is Heading.HOME and copy.why is HomeReason.UNCLAIMED


def _is_lost(paper: Paper, _: _Facts) -> bool:
    return paper.state == "lost"


def _is_late(bag: Bag, _: _Facts) -> bool:
    return bag.asked > 0  # asked after, and not a step further since


def _is_news(said: CourierSays, bag: Bag, _: _Facts) -> bool:
    return said in {one.what for one in bag.said} and not is_known(said, bag)


def _is_written_off(bag: Bag, _: _Facts) -> bool:
    return bag.state == "written_off"


_HOLDS: Final[dict[str, Callable[[Any, _Facts], bool]]] = {
    "submitted": _is_with_us,
    "submitted_to_attend": _must_attend,
    **dict.fromkeys(
        ("promised_district", "promised_made", "promised_counter", "promised_digital"),
        _is_promised,
    ),
    "returned": _is_returned,
    "issued": _can_be_opened,
    **{
        template: partial(_waits_at, place)
        for place, templates in {
            "at_village": ("ready_village", "remind_at_village"),
            "at_district": ("ready_district", "remind_at_district", "remind_collect"),
            "at_counter": (
                "ready_counter",
                "ready_counter_own",
                "remind_at_counter",
                "remind_at_counter_own",
            ),
        }.items()
        for template in templates
    },
    "not_ready": _cannot_be_fetched,
    "unclaimed": _goes_home_unclaimed,
    "original_lost": _is_lost,
    "bag_is_late": _is_late,
    "bag_has_not_left": _is_late,
    **{f"courier_says_{said}": partial(_is_news, said) for said in CourierSays},
    "bag_written_off": _is_written_off,
}
"""What must hold of the record that a message is of; what is not named here stays as it was."""


def is_still_so(template: str, facts: Mapping[str, str], record: Record) -> bool:
    """Whether a message says what is so of the record that it is of."""
    return template not in _HOLDS or _HOLDS[template](record, facts)
