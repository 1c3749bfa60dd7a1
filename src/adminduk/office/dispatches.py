"""What the office has sent out, paper by paper: the lines of the Buku Ekspedisi.

Each departure of a bag is entered once, in the order in which departures were recorded, and the
lines of a year are numbered from 1: what was entered keeps its number for good. A bag that came
back and departs again is entered again; one that was left at the wrong place and is taken on from
there is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from attrs import evolve, frozen

from adminduk.decide import Look, Rules
from adminduk.journal import Change
from adminduk.office.finding import Period
from adminduk.office.history import history, sealed_in
from adminduk.office.shelf import Shelf
from adminduk.records import Bag, Copy, Original, Paper

__all__ = ["Dispatch", "dispatches"]


@frozen
class Dispatch:
    """A paper that left the office.

    Attributes:
        number: Its running number in the year.
        sent: When, by the clock of the office.
        bag: The bag it was in.
        paper: The paper, as it is now.
        made: The day on which it was printed; of what was not printed here, on which it began.
        came_back: Whether the bag came back without having arrived.
    """

    number: int
    sent: datetime
    bag: Bag
    paper: Paper
    made: date
    came_back: bool


@frozen
class _Departure:
    """A bag that left: when, how it had been sealed, and its place in the journal."""

    bag: Bag
    sent: datetime
    sealing: Change
    seq: int
    came_back: bool = False


def dispatches(shelf: Shelf, rules: Rules, days: Period) -> Iterator[Dispatch]:
    """Give what was sent out in a period, in the order of its numbers."""
    last: dict[int, int] = {}
    for one in sorted(_departures(shelf, rules), key=lambda one: one.seq):
        first = last.get(one.sent.year, 0) + 1
        last[one.sent.year] = first - 1 + one.sealing.set["count"]
        if one.sent.date() in days:
            yield from _lines(shelf, rules, one, first)


def _departures(shelf: Shelf, rules: Rules) -> Iterator[_Departure]:
    for bag in shelf.records(kind=Bag.KIND):
        if isinstance(bag, Bag) and bag.goes_out:
            yield from _departures_of(shelf, rules, bag)


def _departures_of(shelf: Shelf, rules: Rules, bag: Bag) -> list[_Departure]:
    found: list[_Departure] = []
    is_here = True
    for change in history(shelf, (Bag.KIND, bag.id)):
        if change.do == "seal":
            sealing = change
        elif change.do == "depart" and is_here:
            found.append(_Departure(bag, rules.local(change.at), sealing, change.seq))
            is_here = False  # from where it was left by mistake it departs, too
        elif change.do == "come_back":
            found[-1] = evolve(found[-1], came_back=True)
            is_here = True
    return found


def _lines(shelf: Shelf, rules: Rules, one: _Departure, first: int) -> Iterator[Dispatch]:
    found = shelf.look(Look(sealed_in(shelf, one.sealing)))
    papers = [loaded.record for _, loaded in sorted(found.items())]
    for number, paper in enumerate(papers, start=first):
        assert isinstance(paper, Copy | Original), "in bags are papers"
        made = _made(shelf, rules, paper)
        yield Dispatch(number, one.sent, one.bag, paper, made, one.came_back)


def _made(shelf: Shelf, rules: Rules, paper: Paper) -> date:
    steps = history(shelf, (paper.KIND, paper.id))
    printed = next((one.at for one in steps if one.do == "print"), paper.begun)
    return rules.local(printed).date()
