"""In which order copies are printed when blanks are short: the order that the office sets."""

from __future__ import annotations

from collections.abc import Iterable

from adminduk.decide import Look, Rules
from adminduk.decide.world import SETTINGS
from adminduk.office.forecast import waiting_copies
from adminduk.office.shelf import Shelf
from adminduk.records import Application, Blanks, Copy, DeliveryWay, Settings
from adminduk.records.index import IN_STOCK, NEVER, stamp
from adminduk.records.ledger import Ledger

__all__ = ["served_first"]

_AT_ONCE = 500


def served_first(shelf: Shelf, rules: Rules) -> list[tuple[str, Copy]]:
    """Give the copies that wait for a kind of blank that is short, in the order of the office.

    Each comes with its place in the order, as text that sorts. Nothing is short where the office
    keeps no ledger, and without an order of its own all are served as they are due.
    """
    found = [one.record for one in shelf.look(Look([SETTINGS], [IN_STOCK])).values()]
    order = next((one.print_order for one in found if isinstance(one, Settings)), ())
    if not order:
        return []
    totals = Ledger(one for one in found if isinstance(one, Blanks)).totals()
    waiting = [one for one in waiting_copies(shelf, rules) if one.kind in totals]
    count = {kind: sum(one.kind == kind for one in waiting) for kind in totals}
    short = {kind for kind, total in totals.items() if _to_be_used(total) < count[kind]}
    copies = [one for one in waiting if one.kind in short]
    services = _services_of(shelf, copies)
    placed = ((_place(one, order, services[one.application.full()]), one) for one in copies)
    return sorted(placed, key=lambda pair: pair[0])


def _to_be_used(total: dict[str, int]) -> int:
    return total["left"] + total["reserved"]


def _services_of(shelf: Shelf, copies: list[Copy]) -> dict[str, tuple[str, ...]]:
    """Give what the cases of copies ask for."""
    codes = list(dict.fromkeys(one.application.full() for one in copies))
    services = {}
    for start in range(0, len(codes), _AT_ONCE):
        refs = [(Application.KIND, code) for code in codes[start : start + _AT_ONCE]]
        for one in shelf.look(Look(refs)).values():
            assert isinstance(one.record, Application)
            services[one.record.key] = one.record.services
    return services


def _place(copy: Copy, order: tuple[str, ...], services: Iterable[str]) -> str:
    """Give the place of a copy: what it is preferred by first, then by when it is due."""
    by = {*services, *(["counter"] if copy.way is DeliveryWay.COUNTER else [])}
    rank = next((place for place, one in enumerate(order) if one in by), len(order))
    due = NEVER if copy.due is None else stamp(copy.due)
    return f"{rank:04}:{due}:{copy.id}"
