"""What of the applicants' the office has in its hands, since when, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from attrs import frozen

from adminduk.decide import Look
from adminduk.office.shelf import Shelf
from adminduk.records import Actor, Bag, Original, Post

__all__ = ["HeldOriginal", "held", "held_of_case"]

_HELD: Final = (
    "at_village",
    "at_district",
    "at_counter",
    "at_office",
    "bagged",
    "missing",
    "lost",
    "void",
)


@frozen(kw_only=True)
class HeldOriginal:
    """An original that the office took in and still answers for.

    Attributes:
        id: Its id.
        what: The item of the checklist that it is.
        region: The village of its owner.
        state: Where it stands.
        fate: What becomes of it: `returned`, `kept` or `destroyed`.
        heading: `out` or `home`.
        answers: The post that answers for it; of what is lost, the one that lost it.
        bag: The bag it is in.
        since: When it was taken in.
        due: By when it should be with its owner again; None while that is open.
        late: Whether that is past.
        damaged: Whether it was damaged meanwhile.
    """

    id: str
    what: str
    region: str
    state: str
    fate: str
    heading: str
    answers: str
    bag: str
    since: datetime
    due: datetime | None
    late: bool
    damaged: bool

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "id": self.id,
            "what": self.what,
            "region": self.region,
            "state": self.state,
            "fate": self.fate,
            "heading": self.heading,
            "answers": self.answers,
            "bag": self.bag or None,
            "since": self.since.isoformat(),
            "due": None if self.due is None else self.due.isoformat(),
            "late": self.late,
            "damaged": self.damaged,
        }


def held(shelf: Shelf, by: Actor, now: datetime) -> Iterator[HeldOriginal]:
    """Give what the office holds of people in the areas of an actor, what is due first first.

    Where it lies at one kind of place comes together.
    """
    areas = [post.region for post in by.posts]
    for state in _HELD:
        there = (
            one
            for one in shelf.records(kind=Original.KIND, state=state)
            if isinstance(one, Original)
            and (one.custodian in by.posts or any(area.contains(one.region) for area in areas))
        )
        yield from _told(shelf, there, now)


def held_of_case(shelf: Shelf, code: str, now: datetime) -> Iterator[HeldOriginal]:
    """Give what the office holds of a case."""
    found = shelf.look(Look(cases=[code])).values()
    originals = (one.record for one in found if isinstance(one.record, Original))
    return _told(shelf, sorted(_still(originals), key=lambda one: one.id), now)


def _still(originals: Iterable[Original]) -> Iterator[Original]:
    return (one for one in originals if one.state in _HELD)


def _told(shelf: Shelf, originals: Iterable[Original], now: datetime) -> Iterator[HeldOriginal]:
    bags: dict[str, Post | None] = {}
    for one in originals:
        assert one.taken_in is not None, "what is held was taken in"
        if one.bag and one.bag not in bags:
            bags[one.bag] = _carrier(shelf, one.bag)
        answers = bags[one.bag] if one.bag else one.custodian or one.answered
        yield HeldOriginal(
            id=one.id,
            what=one.item,
            region=one.region.full(),
            state=one.state,
            fate=one.fate.value,
            heading=one.heading.value,
            answers="" if answers is None else str(answers),
            bag=one.bag,
            since=one.taken_in,
            due=one.due,
            late=one.due is not None and one.due < now,
            damaged=one.condemned,
        )


def _carrier(shelf: Shelf, bag: str) -> Post | None:
    (found,) = shelf.look(Look([(Bag.KIND, bag)])).values()
    assert isinstance(found.record, Bag)
    return found.record.custodian
