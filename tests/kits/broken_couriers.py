"""Couriers with a fault each, which the kit must find, and a sound one."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, Final

import pytest
from attrs import evolve

from adminduk import plugins
from adminduk.errors import Undeliverable
from adminduk.plugins import hookimpl
from adminduk.ports import Consignment, Courier
from adminduk.testing.kits import CourierKit

__all__ = ["FAULTS", "TestBroken", "adminduk_courier"]

Carried = dict[Any, Consignment]


class Sound:
    """Keeps what is to be carried as long as the class lives; it may be away."""

    carried: ClassVar[Carried] = {}

    def __init__(self, *, away: bool) -> None:
        self.away = away

    def book(self, consignment: Consignment) -> None:
        self.reach()
        self.put(consignment)

    def cancel(self, bag: str) -> None:
        self.reach()
        self.drop(bag)

    def label(self, bag: str) -> bytes | None:
        self.reach()
        return f"%PDF-1.7 of {bag}".encode() if bag in self.carried else None

    def reach(self) -> None:
        if self.away:
            raise ConnectionError("the carrier is away")

    def put(self, consignment: Consignment) -> None:
        self.carried[consignment.bag] = consignment

    def drop(self, bag: str) -> None:
        self.carried.pop(bag, None)


class GivesUpAtOnce(Sound):
    """What cannot be reached now is said never to be reached."""

    def reach(self) -> None:
        if self.away:
            raise Undeliverable(why="the carrier is away")


class Hangs(Sound):
    """A carrier that is away is waited for."""

    def reach(self) -> None:
        if self.away:
            threading.Event().wait(5)
            super().reach()


class HasNoneWhenAway(Sound):
    """A label that cannot be had now is said to be none."""

    def label(self, bag: str) -> bytes | None:
        return None if self.away else super().label(bag)


class LabelsAll(Sound):
    """There is a label of what nobody has booked."""

    def label(self, bag: str) -> bytes | None:
        return super().label(bag) or b"%PDF-1.7 of nothing"


class LabelsForGood(Sound):
    """The label of a bag stays when it is cancelled."""

    made: ClassVar[set[str]] = set()

    def label(self, bag: str) -> bytes | None:
        if super().label(bag):
            self.made.add(bag)
        return b"%PDF-1.7 of before" if bag in self.made else None


class LabelsAreAPage(Sound):
    """What is given as a label is what its portal says."""

    def label(self, bag: str) -> bytes | None:
        return super().label(bag) and b"<html>Masuk dulu</html>"


class SwallowsBookings(Sound):
    """A booking that does not reach the carrier is lost in silence."""

    def book(self, consignment: Consignment) -> None:
        if not self.away:
            super().book(consignment)


class SwallowsCancellations(Sound):
    """So is a cancellation."""

    def cancel(self, bag: str) -> None:
        if not self.away:
            super().cancel(bag)


class Ends(Sound):
    """A carrier that is away ends the process."""

    def reach(self) -> None:
        if self.away:
            raise SystemExit(1)


class BooksTwice(Sound):
    """A repeat is one more consignment."""

    def put(self, consignment: Consignment) -> None:
        self.carried[consignment.bag, len(self.carried)] = consignment

    def drop(self, bag: str) -> None:
        for key in [key for key in self.carried if key[0] == bag]:
            del self.carried[key]


class BooksOncePerInstance(BooksTwice):
    """What another instance has booked it does not know."""

    def put(self, consignment: Consignment) -> None:
        self.carried[consignment.bag, id(self)] = consignment


class RefusesRepeats(Sound):
    """A bag that is booked is an error."""

    def put(self, consignment: Consignment) -> None:
        if self.carried.get(consignment.bag) == consignment:
            raise ValueError("booked already")
        super().put(consignment)


class RefusesChanges(Sound):
    """A bag that is booked otherwise is an error."""

    def put(self, consignment: Consignment) -> None:
        if self.carried.get(consignment.bag, consignment) != consignment:
            raise ValueError("booked otherwise")
        super().put(consignment)


class KeepsTheFirst(Sound):
    """What was booked first stays."""

    def put(self, consignment: Consignment) -> None:
        self.carried.setdefault(consignment.bag, consignment)


class KnowsEachOnce(Sound):
    """A booking just like one before is a repeat, whatever was said in between."""

    known: ClassVar[set[Consignment]] = set()

    def put(self, consignment: Consignment) -> None:
        if consignment not in self.known:
            super().put(consignment)
        self.known.add(consignment)


class CancelsForGood(Sound):
    """What was cancelled is never carried again."""

    gone: ClassVar[set[str]] = set()

    def put(self, consignment: Consignment) -> None:
        if consignment.bag not in self.gone:
            super().put(consignment)

    def drop(self, bag: str) -> None:
        self.gone.add(bag)
        super().drop(bag)


class RefusesUnknown(Sound):
    """To cancel what was never booked is an error."""

    def drop(self, bag: str) -> None:
        del self.carried[bag]


class CancelsItsOwn(Sound):
    """What another instance has booked it does not cancel."""

    def __init__(self, *, away: bool) -> None:
        super().__init__(away=away)
        self.own: set[str] = set()

    def put(self, consignment: Consignment) -> None:
        self.own.add(consignment.bag)
        super().put(consignment)

    def drop(self, bag: str) -> None:
        if bag in self.own:
            super().drop(bag)


class RemembersWhatItBooked(Sound):
    """What it has booked it does not book again, though another instance cancelled it."""

    def __init__(self, *, away: bool) -> None:
        super().__init__(away=away)
        self.own: Carried = {}

    def put(self, consignment: Consignment) -> None:
        if self.own.get(consignment.bag) != consignment:
            super().put(consignment)
        self.own[consignment.bag] = consignment

    def drop(self, bag: str) -> None:
        self.own.pop(bag, None)
        super().drop(bag)


class GoesBack(Sound):
    """A bag that was booked otherwise and is cancelled is carried as before."""

    before: ClassVar[Carried] = {}

    def put(self, consignment: Consignment) -> None:
        if consignment.bag in self.carried:
            self.before[consignment.bag] = self.carried[consignment.bag]
        super().put(consignment)

    def drop(self, bag: str) -> None:
        super().drop(bag)
        if bag in self.before:
            super().put(self.before.pop(bag))


class FoldsCase(Sound):
    """Names that differ in small and large letters are one."""

    def put(self, consignment: Consignment) -> None:
        self.drop(consignment.bag)
        super().put(consignment)

    def drop(self, bag: str) -> None:
        for one in [one for one in self.carried if one.lower() == bag.lower()]:
            del self.carried[one]


class CutsNames(Sound):
    """Names that are the same in their first 30 letters are one."""

    def put(self, consignment: Consignment) -> None:
        self.drop(consignment.bag)
        super().put(consignment)

    def drop(self, bag: str) -> None:
        for one in [one for one in self.carried if one[:30] == bag[:30]]:
            del self.carried[one]


class CancelsAll(Sound):
    """All bags of one beginning are cancelled together."""

    def drop(self, bag: str) -> None:
        for one in [one for one in self.carried if one.startswith(bag)]:
            del self.carried[one]


class CancelsNothing(Sound):
    """A cancelled bag is carried."""

    def drop(self, bag: str) -> None:
        """Do nothing."""


class OutOnly(Sound):
    """Bags are fetched at the office alone."""

    def put(self, consignment: Consignment) -> None:
        if len(consignment.sender) > len(consignment.receiver):
            raise ValueError("nobody goes there")
        super().put(consignment)


class NeedsDay(Sound):
    """A bag without a day is an error."""

    def put(self, consignment: Consignment) -> None:
        if not consignment.day:
            raise ValueError("no day")
        super().put(consignment)


class PlainNames(Sound):
    """Only letters, digits, points and dashes are a name."""

    def put(self, consignment: Consignment) -> None:
        if not re.fullmatch(r"[A-Za-z0-9.-]+", consignment.bag):
            raise ValueError("no name")
        super().put(consignment)


class ForgetsSeal(Sound):
    """The number of the seal is not passed on."""

    def put(self, consignment: Consignment) -> None:
        super().put(evolve(consignment, seal=""))


class Mixes(Sound):
    """Two threads at once write over each other."""

    def put(self, consignment: Consignment) -> None:
        self.now = consignment
        time.sleep(0.001)
        super().put(self.now)


class OneThread(Sound):
    """Only the thread that opened it may book."""

    def __init__(self, *, away: bool) -> None:
        super().__init__(away=away)
        self.thread = threading.get_ident()

    def put(self, consignment: Consignment) -> None:
        if threading.get_ident() != self.thread:
            raise RuntimeError("opened by another thread")
        super().put(consignment)


class OneAtATime(Sound):
    """A second one ends the first."""

    last: ClassVar[Any] = None

    def __init__(self, *, away: bool) -> None:
        super().__init__(away=away)
        type(self).last = self

    def put(self, consignment: Consignment) -> None:
        if self.last is not self:
            raise ConnectionError("somebody else is connected")
        super().put(consignment)


FAULTS: Final = {
    one.__name__: one
    for one in list(globals().values())
    if isinstance(one, type) and issubclass(one, Sound)
}


@hookimpl
def adminduk_courier(url: str) -> Courier | None:
    """Give the courier `lost:NAME`, or `lost:NAME/away` who cannot be reached."""
    scheme, _, name = url.partition(":")
    name, _, away = name.partition("/")
    return FAULTS[name](away=bool(away)) if scheme == "lost" else None


class TestBroken(CourierKit):
    """The kit on the courier that `tried` names."""

    patience = 1.0

    @pytest.fixture
    def courier_url(self, tried: str) -> str:
        """Give the URL of it, with nothing booked yet."""
        Sound.carried.clear()
        plugins.manager().unregister(name="lost")
        plugins.manager().register(_This(), name="lost")
        return f"lost:{tried}"

    @pytest.fixture
    def carried(self) -> Callable[[], list[Consignment]]:
        """Look at what is booked."""
        return lambda: list(Sound.carried.values())

    @pytest.fixture
    def failing_url(self, courier_url: str) -> str:
        """Give the URL of the same, who is away."""
        return f"{courier_url}/away"


class _This:
    adminduk_courier = staticmethod(adminduk_courier)
