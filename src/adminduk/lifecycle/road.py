"""The part of a paper's life that copies and originals share: the road.

It is added to the namespace of each chart by a function. Were it a base class, what a chart
adds would show in the other one too.
"""

from __future__ import annotations

from typing import Any

from statemachine import State

__all__ = ["road"]


def road() -> dict[str, Any]:
    """Give fresh states of the road, and what happens in and between them."""
    at_office, at_district, at_village, at_counter = State(), State(), State(), State()
    bagged, missing, lost = State(), State(), State()
    void = State("void", value="void")  # its name is that of what happens
    destroyed, handed_over = State(final=True), State(final=True)
    held = (at_office, at_district, at_village, at_counter)

    condemn = at_counter.to(at_office, cond="not_condemned")
    for place in (at_office, at_district, at_village, bagged, missing):
        condemn |= place.to.itself(cond="not_condemned")

    extra = at_office.to(at_district, cond="bag_goes_out")
    for place in (at_district, bagged, missing):
        if place is not at_district:
            extra |= place.to(at_district, cond="bag_goes_out")
        extra |= place.to(at_office, cond="bag_goes_home")

    report_missing = at_office.to(missing)
    for place in held[1:]:
        report_missing |= place.to(missing)

    found = missing.to(at_office, cond="finder_at_office")
    for source in (missing, lost):
        for place, guard in zip(
            held,
            ("finder_at_office", "finder_at_district", "finder_at_village", "finder_at_counter"),
            strict=True,
        ):
            if (source, place) != (missing, at_office):
                found |= source.to(place, cond=guard)

    return {
        "at_office": at_office,
        "at_district": at_district,
        "at_village": at_village,
        "at_counter": at_counter,
        "bagged": bagged,
        "missing": missing,
        "lost": lost,
        "void_": void,
        "destroyed": destroyed,
        "handed_over": handed_over,
        "seal": at_office.to(bagged, cond=["heading_out", "not_condemned"])
        | at_district.to(bagged, cond="heading_home"),
        "unseal": bagged.to(at_office, cond="bag_goes_out")
        | bagged.to(at_district, cond="bag_goes_home"),
        "arrive": bagged.to(at_district, cond="bag_goes_out")
        | bagged.to(at_office, cond="bag_goes_home"),
        "extra": extra,
        "finish": bagged.to(missing),
        "collect": at_district.to(at_village, cond="heading_out"),
        "hand_in": at_village.to(at_district, cond="heading_home"),
        "to_counter": at_office.to(at_counter, cond=["heading_out", "for_counter"]),
        "hand_over": at_village.to(handed_over, cond=["heading_out", "due_originals_in"])
        | at_district.to(handed_over, cond=["heading_out", "due_originals_in"])
        | at_counter.to(handed_over, cond=["heading_out", "due_originals_in"]),
        "record_handover": at_village.to(handed_over, cond="condemned")
        | at_district.to(handed_over, cond="condemned"),
        "turn_home": at_village.to.itself(cond="heading_out")
        | at_district.to.itself(cond="heading_out")
        | at_counter.to(at_office),
        "turn_out": at_village.to.itself(cond=["heading_home", "may_turn_out", "case_open"])
        | at_district.to.itself(cond=["heading_home", "may_turn_out", "case_open"])
        | at_office.to.itself(cond=["heading_home", "may_turn_out", "case_open"]),
        "condemn": condemn,
        "report_missing": report_missing,
        "found": found,
        "declare_lost": missing.to(lost),
        "void": at_office.to(void, cond="may_be_void"),
        "destroy": void.to(destroyed),
    }
