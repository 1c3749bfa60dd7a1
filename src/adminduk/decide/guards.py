"""The conditions over records that the lifecycles name, and what a refusal says of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from adminduk.errors import Refused
from adminduk.language import N_
from adminduk.records import (
    Application,
    Copy,
    DeliveryWay,
    Fate,
    Heading,
    HomeReason,
    Original,
    Post,
    ProductOutcome,
    Record,
    Role,
)

if TYPE_CHECKING:
    from adminduk.decide.docket import Docket

__all__ = ["GUARDS", "holds", "is_at_wrong_district", "refusal_of"]

# A guard sees one kind of record; which one is certain from the chart that names it.
Guard = Callable[["Docket", Any], bool]


def _case(docket: Docket, record: Copy | Original) -> Application:
    return docket.application(record.application.full())


def _any_delivered(_: Docket, record: Application) -> bool:
    return any(line.outcome is ProductOutcome.DELIVERED for line in record.lines)


def _bag_goes_out(docket: Docket, _: Copy | Original) -> bool:
    """Asked of a bag's papers while a command about that bag is decided."""
    return docket.bag(docket.command.bag).goes_out  # type: ignore[attr-defined]


def _place(*roles: Role) -> Guard:
    return lambda docket, _: docket.post.role in roles


def _held(role: Role) -> Guard:
    return lambda _, record: record.custodian is not None and record.custodian.role is role


def _may_be_void(docket: Docket, record: Copy | Original) -> bool:
    if record.heading is not Heading.HOME:
        return False
    if isinstance(record, Original):
        return _is_replaced(docket, record, Fate.DESTROYED)
    past_term = (
        record.why is HomeReason.UNCLAIMED
        and record.due is not None
        and record.due <= docket.moment.recorded
    )
    return record.condemned or past_term


def _is_replaced(docket: Docket, original: Original, fate: Fate) -> bool:
    """Whether an original has a fate that waited for the document which takes its place.

    The end of its case without that document gives it another fate.
    """
    return original.fate is fate and _case(docket, original).state == "completed"


def is_at_wrong_district(holder: Post | None, paper: Copy | Original) -> bool:
    """Whether a paper is in the hands of a district that its village is not part of."""
    if holder is None or holder.role is not Role.DISTRICT_OPERATOR:
        return False
    return not holder.region.contains(paper.region)


def _may_turn_out(_: Docket, record: Copy | Original) -> bool:
    if is_at_wrong_district(record.custodian, record):
        return False  # no village collects it there
    if isinstance(record, Original):
        return not record.surrendered
    return record.why in {HomeReason.UNCLAIMED, HomeReason.MISROUTED} and not record.condemned


def _expected(docket: Docket, record: Copy) -> list[str]:
    """Name the originals that the case still waits for."""
    originals = docket.originals(_case(docket, record))
    return [one.item for one in originals if one.state == "expected"]


GUARDS: Final[dict[str, Guard]] = {
    "has_products": lambda _, record: bool(record.lines),
    "no_products": lambda _, record: not record.lines,
    "nothing_delivered": lambda docket, record: not _any_delivered(docket, record),
    "any_delivered": _any_delivered,
    "none_delivered": lambda docket, record: not _any_delivered(docket, record),
    "settled": lambda _, record: all(line.ended for line in record.lines),
    "heading_out": lambda _, record: record.heading is Heading.OUT,
    "heading_home": lambda _, record: record.heading is Heading.HOME,
    "condemned": lambda _, record: record.condemned,
    "not_condemned": lambda _, record: not record.condemned,
    "case_verified": lambda docket, record: _case(docket, record).state == "verified",
    "for_counter": lambda _, record: (
        isinstance(record, Original) or record.way is DeliveryWay.COUNTER
    ),
    "on_paper": lambda _, record: record.way is not DeliveryWay.DIGITAL,
    "digital_form": lambda _, record: record.way is DeliveryWay.DIGITAL,
    "bag_goes_out": _bag_goes_out,
    "bag_goes_home": lambda docket, record: not _bag_goes_out(docket, record),
    "finder_at_office": _place(Role.PRINT_OPERATOR),
    "finder_at_district": _place(Role.DISTRICT_OPERATOR),
    "finder_at_village": _place(Role.VILLAGE_OPERATOR),
    "finder_at_counter": _place(Role.FRONT_DESK),
    "taker_at_district": _place(Role.DISTRICT_OPERATOR),
    "taker_at_village": _place(Role.VILLAGE_OPERATOR),
    "taker_at_counter": _place(Role.FRONT_DESK),
    "held_at_office": _held(Role.PRINT_OPERATOR),
    "held_at_district": _held(Role.DISTRICT_OPERATOR),
    "held_at_village": _held(Role.VILLAGE_OPERATOR),
    "held_at_counter": _held(Role.FRONT_DESK),
    "held_by_nobody": lambda _, record: record.custodian is None,
    "may_be_void": _may_be_void,
    "may_turn_out": _may_turn_out,
    "may_be_filed": lambda docket, record: (
        record.heading is Heading.HOME and _is_replaced(docket, record, Fate.KEPT)
    ),
    "surrendered": lambda _, record: record.surrendered,
    "due_originals_in": lambda docket, record: not _expected(docket, record),
    "plan_not_empty": lambda _, record: bool(record.plan),
    "for_somebody_else": lambda docket, record: docket.post not in {record.sender, record.receiver},
    "none_open": lambda _, record: not record.open_differences,
    "untouched": lambda _, record: record.left == record.numbers,
}

_REFUSALS: Final[dict[str, tuple[str, str, tuple[str, ...]]]] = {
    "nothing_delivered": (
        "already_delivered",
        N_("Something of {id} is already delivered; replace it instead."),
        ("replace",),
    ),
    "heading_out": (
        "heading_home",
        N_("{id} is on its way home; it may not be given out."),
        ("turn_out", "hand_in"),
    ),
    "heading_home": (
        "heading_out",
        N_("{id} is on its way to the applicant."),
        ("turn_home", "condemn"),
    ),
    "condemned": ("not_condemned", N_("{id} is not condemned."), ("hand_over", "condemn")),
    "not_condemned": ("condemned", N_("{id} is condemned already."), ("hand_in", "void")),
    "case_verified": (
        "case_not_verified",
        N_("The case of {id} is not verified."),
        ("verify",),
    ),
    "for_counter": (
        "not_for_counter",
        N_("{id} is not to be fetched at the counter; choose its delivery first."),
        ("choose_delivery",),
    ),
    "on_paper": ("not_on_paper", N_("{id} is to be issued digitally."), ("issue",)),
    "digital_form": (
        "not_digital",
        N_("{id} is to be printed; choose digital delivery first."),
        ("print", "choose_delivery"),
    ),
    "may_be_void": (
        "may_not_be_void",
        N_(
            "{id} may not be made void: it must be home, and condemned or unclaimed past its term;"
            " or withdrawn, its case completed."
        ),
        ("condemn",),
    ),
    "may_be_filed": (
        "may_not_be_filed",
        N_("{id} may not be filed: it must be home and to be kept, its case completed."),
        ("void", "turn_out"),
    ),
    "surrendered": ("lent", N_("{id} is given back in any case."), ("turn_out",)),
    "may_turn_out": (
        "may_not_turn_out",
        N_("{id} may not go out again."),
        ("hand_in", "void"),
    ),
    "due_originals_in": (
        "originals_due",
        N_("Before {id} is handed over, these originals are to be handed in: {missing}."),
        ("take_in", "waive"),
    ),
    "plan_not_empty": ("plan_empty", N_("Nothing is planned for {id}."), ("plan", "cancel")),
    "for_somebody_else": (
        "not_astray",
        N_("{id} was sent by this post, or to it: it has come back, or arrived."),
        ("come_back", "arrive"),
    ),
    "none_open": (
        "differences_open",
        N_("{id} has differences without an outcome: {missing}. Say first what became of each."),
        ("resolve",),
    ),
    "untouched": (
        "blanks_touched",
        N_("Something became of numbers of {id} already; what was entered stays."),
        ("report_blanks_missing", "transfer_blanks"),
    ),
}
"""Of each guard that can fail by itself: the code and sentence of the refusal, what instead."""


_MISSING: Final[dict[str, Callable[[Docket, Any], list[str]]]] = {
    "due_originals_in": _expected,
    "none_open": lambda _, bag: [one.item for one in bag.open_differences],
}
"""Of guards that wait for things: for which."""


def holds(guard: str, docket: Docket, record: Record) -> bool:
    """Whether a guard holds for a record now."""
    return GUARDS[guard](docket, record)


def refusal_of(guard: str, docket: Docket, record: Record) -> Refused:
    """Make the refusal that says why a guard does not hold."""
    code, text, instead = _REFUSALS[guard]
    facts: dict[str, Any] = {"id": record.key, "state": record.state, "instead": list(instead)}
    if guard in _MISSING:
        facts["missing"] = _MISSING[guard](docket, record)
    return Refused(code, text, **facts)
