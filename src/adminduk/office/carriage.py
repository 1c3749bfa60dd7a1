"""The courier is told of each sealed bag, and of each that is opened again before it goes."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from adminduk.decide import Look
from adminduk.office.shelf import Loaded, Shelf
from adminduk.ports import Consignment, Courier
from adminduk.records import Bag

__all__ = ["Carriage"]

_NOT_ON_ITS_WAY: Final = frozenset({"planned", "cancelled", "sealed"})
"""States in which a bag is at hand, and nobody is to come for it but for one that is sealed."""


@frozen
class Carriage:
    """Keeps a courier in line with the bags of an office."""

    shelf: Shelf
    courier: Courier

    def bring_in_line(self, bag: str) -> None:
        """Tell the courier of a bag as it is now, and once more if it changed meanwhile.

        Whoever tells last has looked last: it does not matter in which order, how often, or by how
        many at once the courier is told of one bag.
        """
        told = 0
        while (now := self._look_at(bag)).version != told:
            self._tell(now.record)
            told = now.version

    def _look_at(self, bag: str) -> Loaded:
        return self.shelf.look(Look([(Bag.KIND, bag)]))[Bag.KIND, bag]

    def _tell(self, bag: object) -> None:
        """Tell of a bag that is not on its way yet, or with the own van; else it was fetched."""
        assert isinstance(bag, Bag)
        if bag.state == "sealed" and not bag.own_van:
            self.courier.book(_consignment(bag))
        elif bag.own_van or bag.state in _NOT_ON_ITS_WAY:
            self.courier.cancel(bag.id)


def _consignment(bag: Bag) -> Consignment:
    return Consignment(
        bag=bag.id,
        sender=bag.sender.region.full(),
        receiver=bag.receiver.region.full(),
        day="" if bag.day is None else bag.day.isoformat(),
        count=bag.count,
        seal=bag.seal,
    )
