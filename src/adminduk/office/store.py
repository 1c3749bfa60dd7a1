"""The office's store: what of it is over, what is void, and the minutes of what was destroyed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, TypeVar

from attrs import frozen

from adminduk import commands as c
from adminduk.decide import Look, paper_ref
from adminduk.errors import NotFound
from adminduk.office.shelf import Shelf
from adminduk.records import Application, Copy, Fate, Heading, HomeReason, Minutes, Original, Paper
from adminduk.records.manifest import check_code

__all__ = ["MinutesSheet", "Pile", "minutes_sheet", "piles_of", "to_clear", "void_papers"]

T = TypeVar("T")

_AT_ONCE: Final = 500


def _some_at_once(things: Iterable[T]) -> Iterator[list[T]]:
    """Give things some at a time: as many as are looked up together."""
    left = iter(things)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def to_clear(shelf: Shelf, now: datetime) -> Iterator[c.Command]:
    """Give the commands that make void, or file, what came home and is not waited for any more."""
    yield from (
        c.Void(item=one.id)
        for one in shelf.records(kind=Copy.KIND, state="at_office")
        if isinstance(one, Copy) and _is_over(one, now)
    )
    home = (
        one
        for one in shelf.records(kind=Original.KIND, state="at_office")
        if isinstance(one, Original) and one.heading is Heading.HOME and one.surrendered
    )
    for some in _some_at_once(home):
        cases = shelf.look(Look({(Application.KIND, one.application.full()) for one in some}))
        for one in some:
            if cases[Application.KIND, one.application.full()].record.state == "completed":
                is_kept = one.fate is Fate.KEPT
                yield c.File(original=one.id) if is_kept else c.Void(item=one.id)


def _is_over(copy: Copy, now: datetime) -> bool:
    """Whether a copy in the store may be made void: it is condemned, or past its term."""
    if copy.heading is not Heading.HOME:
        return False
    past = copy.why is HomeReason.UNCLAIMED and copy.due is not None and copy.due <= now
    return copy.condemned or past


def void_papers(shelf: Shelf) -> Iterator[Paper]:
    """Give what is void and waits to be destroyed: copies, then originals."""
    for kind in (Copy.KIND, Original.KIND):
        for one in shelf.records(kind=kind, state="void"):
            assert isinstance(one, Copy | Original)
            yield one


@frozen
class Pile:
    """Papers of one sort.

    Attributes:
        kind: `copy`: a document of the office; `original`: an old one that was withdrawn.
        what: The product, or the item of the checklist.
        count: How many.
    """

    kind: str
    what: str
    count: int

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {"kind": self.kind, "what": self.what, "count": self.count}


def piles_of(papers: Iterator[Paper]) -> tuple[Pile, ...]:
    """Count papers by their sort."""
    sorts = Counter(
        (one.KIND, one.product if isinstance(one, Copy) else one.item) for one in papers
    )
    return tuple(Pile(kind, what, count) for (kind, what), count in sorted(sorts.items()))


@frozen(kw_only=True)
class MinutesSheet:
    """What stands on minutes (berita acara).

    Attributes:
        minutes: The record.
        day: The office's local day on which it was destroyed.
        piles: What was destroyed, by its sort.
        check: The check code over the ids of the papers, as that of a bag.
    """

    minutes: Minutes
    day: date
    piles: tuple[Pile, ...]
    check: str

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "number": self.minutes.id,
            "day": self.day.isoformat(),
            "place": self.minutes.place or None,
            "reason": self.minutes.reason or None,
            "by": self.minutes.by,
            "approved_by": self.minutes.approved_by or None,
            "witnesses": [
                {"name": one.name, "position": one.position} for one in self.minutes.witnesses
            ],
            "piles": [one.as_dict() for one in self.piles],
            "count": len(self.minutes.papers),
            "check": self.check,
            "papers": list(self.minutes.papers),
            "blanks": [
                {
                    "blanks": one.blanks,
                    "first": str(one.first),
                    "last": str(one.last or one.first),
                }
                for one in self.minutes.blanks
            ],
        }


def minutes_sheet(shelf: Shelf, number: str) -> MinutesSheet:
    """Give what stands on minutes.

    Raises:
        NotFound: There are none of that number.
    """
    found = list(shelf.look(Look([(Minutes.KIND, number.upper())])).values())
    if not found:
        raise NotFound(kind=Minutes.KIND, id=number)
    minutes = found[0].record
    assert isinstance(minutes, Minutes)
    return MinutesSheet(
        minutes=minutes,
        day=minutes.begun.date(),
        piles=piles_of(_papers(shelf, minutes)),
        check=check_code(minutes.papers),
    )


def _papers(shelf: Shelf, minutes: Minutes) -> Iterator[Paper]:
    for some in _some_at_once(minutes.papers):
        for one in shelf.look(Look([paper_ref(item) for item in some])).values():
            assert isinstance(one.record, Copy | Original)
            yield one.record
