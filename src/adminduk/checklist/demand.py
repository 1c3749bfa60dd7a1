"""How services ask for a paper: itself or a substitute, and the strictest way of all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Final

from attrs import frozen

from adminduk.catalogue import Item, Service, Substitute, Surrender, Way
from adminduk.catalogue.showing import strictest
from adminduk.checklist.verdicts import Facts

__all__ = ["Asked", "Demand"]


@frozen(eq=False)
class Demand:
    """An item that a service asks for, or one of its substitutes in its place."""

    service: Service
    item: Item

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers that may be brought: the item itself, and its substitutes."""
        return (self.item.id, *(one.id for one in self.item.substitutes))

    def chosen(self, facts: Facts) -> Item | Substitute | None:
        """Say which paper is to be brought where all its facts are known; None: none is."""
        if not self.item.when.holds(facts):
            return None
        return next((one for one in self.item.substitutes if one.when.holds(facts)), self.item)


@frozen
class Asked:
    """How a paper is asked for in one completion: by whom, and so how it is shown."""

    sources: tuple[tuple[Demand, Item | Substitute], ...]

    def outcome(self, channel: str) -> tuple[frozenset[Way], Surrender | None] | None:
        """Give what tells on who brings it: None if it need not be brought."""
        if not self.sources:
            return None
        papers = [paper for _, paper in self.sources]
        ways = reduce(strictest, (paper.show[channel] for paper in papers))
        return ways, _taken([paper.surrender for paper in papers if paper.surrender])


def _taken(surrenders: Sequence[Surrender]) -> Surrender | None:
    """Give the strictest: due before verification rather than handover, taken rather than lent."""
    if not surrenders:
        return None
    due = min((one.due for one in surrenders), key=("verification", "handover").index)
    return Surrender(due, min((one.fate for one in surrenders), key=_FATES.index))


_FATES: Final = ("destroyed", "kept", "returned")
