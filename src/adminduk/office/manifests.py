"""What is in a bag, or is to go in: paper by paper, with a check code."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import frozen

from adminduk.decide import Look, paper_ref
from adminduk.errors import NotFound
from adminduk.office.history import last_sealing, sealed_in
from adminduk.office.shelf import Shelf
from adminduk.records import Bag, Copy, Original, Paper
from adminduk.records.manifest import check_code

__all__ = ["Line", "Manifest", "manifest_of"]


@frozen
class Line:
    """A paper of a manifest.

    Attributes:
        id: Its id.
        what: What it is.
        village: The village it goes to or comes from.
        counted: Whether it was counted where the bag arrived, or is somewhere else by now.
    """

    id: str
    what: str
    village: str
    counted: bool = False


@frozen
class Manifest:
    """What is to go into a bag, or was last sealed into it.

    Attributes:
        bag: The bag.
        state: Where it stands.
        sender: The post that packs it.
        receiver: The post that counts it.
        day: The courier's day.
        check: The check code over the papers, to compare without a network.
        lines: The papers, by village and id.
    """

    bag: str
    state: str
    sender: str
    receiver: str
    day: date | None
    check: str
    lines: tuple[Line, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "bag": self.bag,
            "state": self.state,
            "sender": self.sender,
            "receiver": self.receiver,
            "day": None if self.day is None else self.day.isoformat(),
            "check": self.check,
            "count": len(self.lines),
            "papers": [
                {"id": one.id, "what": one.what, "village": one.village, "counted": one.counted}
                for one in self.lines
            ],
        }


def manifest_of(shelf: Shelf, bag: str) -> Manifest:
    """Say what is in a bag, or is to go in.

    Raises:
        NotFound: There is no such bag.
    """
    ref = (Bag.KIND, bag)
    loaded = shelf.look(Look([ref])).get(ref)
    if loaded is None or not isinstance(loaded.record, Bag):
        raise NotFound(kind=Bag.KIND, id=bag)
    found = loaded.record
    sealing = None if found.state == "planned" else last_sealing(shelf, found)
    planned = [paper_ref(item) for item in found.plan]
    refs = planned if sealing is None else sealed_in(shelf, sealing)
    papers = [one.record for one in shelf.look(Look(refs)).values()]
    lines = [_line(found, one) for one in papers if isinstance(one, Copy | Original)]
    return Manifest(
        bag=found.id,
        state=found.state,
        sender=str(found.sender),
        receiver=str(found.receiver),
        day=found.day,
        check=check_code(one.id for one in lines),
        lines=tuple(sorted(lines, key=lambda one: (one.village, one.id))),
    )


def _line(bag: Bag, paper: Paper) -> Line:
    what = paper.product if isinstance(paper, Copy) else paper.item
    gone = bag.state != "planned" and paper.bag != bag.id
    return Line(paper.id, what, paper.region.full(), gone)
