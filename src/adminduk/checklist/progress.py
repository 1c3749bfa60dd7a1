"""How far a case is with its list: what is accepted, missing, shown otherwise, or too old."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from attrs import frozen

from adminduk.catalogue import Way
from adminduk.checklist.answer import Checklist, ChecklistItem

__all__ = ["Brought", "Progress", "Stage", "progress"]


class Stage(StrEnum):
    """Where a paper stands that must be brought."""

    ACCEPTED = "accepted"
    MISSING = "missing"
    WRONG_WAY = "wrong_way"
    EXPIRED = "expired"


@frozen
class Brought:
    """How a paper was brought.

    Attributes:
        way: Scanned, seen or handed in.
        dated: The day that stands on it, if that is known.
    """

    way: Way
    dated: date | None = None


@frozen(kw_only=True)
class Progress:
    """Where a case stands.

    Attributes:
        stages: Of each paper that must be brought where it stands, in the order of the list.
        undecided: Papers of which it is open whether they are needed.
        spare: Papers that were brought and are not needed.
    """

    stages: Mapping[str, Stage]
    undecided: tuple[str, ...]
    spare: tuple[str, ...]

    def at(self, *stages: Stage) -> tuple[str, ...]:
        """Give the papers that stand so."""
        return tuple(paper for paper, stage in self.stages.items() if stage in stages)

    @property
    def complete(self) -> bool:
        """Whether all is there that the list asks for, and nothing is open."""
        return not self.undecided and set(self.stages.values()) <= {Stage.ACCEPTED}


def progress(todo: Checklist, brought: Mapping[str, Brought], on: date) -> Progress:
    """Hold what was brought against a list.

    Args:
        todo: The list.
        brought: What was brought, by paper.
        on: The day on which papers must not be too old.
    """
    open_items = tuple(one.id for one in todo.items if one.status == "undecided")
    stages = {one.id: _stage(one, brought.get(one.id), on) for one in todo.needed}
    spare = tuple(paper for paper in brought if paper not in {*stages, *open_items})
    return Progress(stages=stages, undecided=open_items, spare=spare)


def _stage(item: ChecklistItem, brought: Brought | None, on: date) -> Stage:
    if brought is None:
        return Stage.MISSING
    if brought.way not in item.ways:
        return Stage.WRONG_WAY
    if item.valid is not None and brought.dated is not None:
        age = (on - brought.dated).days
        return Stage.EXPIRED if age > item.valid.days else Stage.ACCEPTED
    return Stage.ACCEPTED
