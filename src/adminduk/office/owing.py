"""Who owes what: the papers and bags that each post answers for, and what went missing with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any, Final

from attrs import define, evolve, field, frozen

from adminduk.decide import Look
from adminduk.office.finding import Period
from adminduk.office.shelf import Shelf
from adminduk.records import GONE, Bag, Copy, Difference, Original, Paper, Post, Role
from adminduk.records.index import day_group

__all__ = ["Differing", "Held", "Owed", "owed"]


@frozen
class Held:
    """Something that a post answers for.

    Attributes:
        kind: `copy`, `original` or `bag`.
        id: Its id.
        state: Where it stands.
        since: Since when the post answers for it, or since when it is missing.
        due: When it should be further; None where nothing is set for it.
        late: That is past.
        said: What the courier said of it last, so far as it moved nothing; else empty.
    """

    kind: str
    id: str
    state: str
    since: datetime | None
    due: datetime | None
    late: bool
    said: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "kind": self.kind,
            "id": self.id,
            "state": self.state,
            "since": None if self.since is None else self.since.isoformat(),
            "due": None if self.due is None else self.due.isoformat(),
            "late": self.late,
            "said": self.said or None,
        }


@frozen
class Differing:
    """A difference of a bag for which a post is answerable, or whose outcome it owns."""

    bag: str
    item: str
    kind: str
    outcome: str

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "bag": self.bag,
            "item": self.item,
            "kind": self.kind,
            "outcome": self.outcome or None,
        }


@define
class Owed:
    """What a post owes.

    Attributes:
        post: The post.
        papers: The papers it has.
        bags: The bags it has, with all that is in them.
        open: Differences that it answers for and that have no outcome yet.
        gone: What is missing; and what was missed in the period and was declared lost: it
            answered for that.
        settled: Differences in bags of the period whose outcome it owns.
    """

    post: str
    papers: list[Held] = field(factory=list)
    bags: list[Held] = field(factory=list)
    open: list[Differing] = field(factory=list)
    gone: list[Held] = field(factory=list)
    settled: list[Differing] = field(factory=list)

    @property
    def late(self) -> int:
        """How many papers and bags should have been further by now."""
        return sum(one.late for one in (*self.papers, *self.bags))

    @property
    def oldest(self) -> datetime | None:
        """Since when it has what it has had longest."""
        since = (one.since for one in (*self.papers, *self.bags))
        return min((one for one in since if one is not None), default=None)

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        several = ("papers", "bags", "open", "gone", "settled")
        listed = {name: [one.as_dict() for one in getattr(self, name)] for name in several}
        return {"post": self.post, "late": self.late, **listed}


_PAPERS: Final = (Copy.KIND, Original.KIND)
_PLACES: Final = {
    Role.PRINT_OPERATOR: ("at_office", "void"),
    Role.DISTRICT_OPERATOR: ("at_district",),
    Role.VILLAGE_OPERATOR: ("at_village",),
    Role.FRONT_DESK: ("at_counter",),
}
"""Where a role has papers."""
_ON_THE_ROAD: Final = ("sealed", "departed", "astray", "arrived")
_WITH_DIFFERENCES: Final = ("arrived", "counted", "written_off")


def owed(
    shelf: Shelf,
    now: datetime,
    days: Period,
    post: Post | None = None,
) -> list[Owed]:
    """Say what posts owe, in the order of their names; one that owes nothing is left out.

    Args:
        shelf: Where to look.
        now: Now.
        days: The period, for what was lost and what was settled.
        post: Only this one.
    """
    books = _Books(post)
    for paper in _papers(shelf, post):
        books.of(paper.custodian).papers.append(_held(paper, paper.since, now))
    for paper in _gone(shelf):
        if paper.missed and (paper.state == "missing" or paper.missed.date() in days):
            answers = books.of(paper.custodian or paper.answered)
            answers.gone.append(_held(paper, paper.missed, now))
    for bag in _bags(shelf, _ON_THE_ROAD):
        said = bag.said[-1].what.value if bag.said else ""
        books.of(bag.custodian).bags.append(evolve(_held(bag, bag.since, now), said=said))
    for bag, one in _differences(_bags(shelf, _WITH_DIFFERENCES)):
        if one.outcome is None:
            books.of(one.answerable).open.append(_differing(bag, one))
    for bag, one in _differences(_bags_of(shelf, days)):
        books.of(one.owner).settled.append(_differing(bag, one))
    return books.all()


@define
class _Books:
    """An entry for each post that is asked for."""

    post: Post | None
    entries: dict[str, Owed] = field(factory=dict)

    def of(self, post: Post | None) -> Owed:
        """Give the entry of a post; what is of none, or is not asked for, counts nowhere."""
        if post is None or self.post not in {None, post}:
            return Owed("")
        return self.entries.setdefault(str(post), Owed(str(post)))

    def all(self) -> list[Owed]:
        """Give all entries in the order of their posts."""
        return [self.entries[name] for name in sorted(self.entries)]


def _papers(shelf: Shelf, post: Post | None) -> Iterator[Paper]:
    """Give the papers that a post has, or all that anybody has, and that are not missing."""
    roles = _PLACES if post is None else [post.role]
    area = {} if post is None else {"region": post.region.full()}
    places = [state for role in roles for state in _PLACES.get(role, ())]
    there = _all(shelf, _PAPERS, places, **area)
    elsewhere = () if post is None else shelf.records(queue=str(post))  # what belongs elsewhere
    seen = set()
    for one in chain(there, elsewhere):
        if isinstance(one, Copy | Original) and one.state in places and one.key not in seen:
            seen.add(one.key)
            yield one


def _gone(shelf: Shelf) -> Iterator[Paper]:
    return (one for one in _all(shelf, _PAPERS, sorted(GONE)) if isinstance(one, Copy | Original))


def _all(
    shelf: Shelf, kinds: Iterable[str], states: Iterable[str], **wanted: str
) -> Iterator[object]:
    for kind in kinds:
        for state in states:
            yield from shelf.records(kind=kind, state=state, **wanted)


def _bags(shelf: Shelf, states: Iterable[str]) -> Iterator[Bag]:
    return (one for one in _all(shelf, [Bag.KIND], states) if isinstance(one, Bag))


def _bags_of(shelf: Shelf, days: Period) -> Iterator[Bag]:
    found = shelf.look(Look(groups=[*map(day_group, days)])).values()
    return (one.record for one in found if isinstance(one.record, Bag))


def _differences(bags: Iterable[Bag]) -> Iterator[tuple[Bag, Difference]]:
    return ((bag, one) for bag in bags for one in bag.differences)


def _held(thing: Paper | Bag, since: datetime | None, now: datetime) -> Held:
    late = thing.due is not None and thing.due <= now
    return Held(thing.KIND, thing.key, thing.state, since, thing.due, late)


def _differing(bag: Bag, one: Difference) -> Differing:
    outcome = "" if one.outcome is None else one.outcome.value
    return Differing(bag.id, one.item, one.kind.value, outcome)
