"""A notifier and a courier that fail, hang or die after they did it, as they are told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from attrs import define, field

from adminduk.ports import Consignment

__all__ = ["Line", "Lost", "UnreliableCourier", "UnreliableNotifier"]


class Lost(Exception):
    """The answer got lost after all was done."""


@define
class Line:
    """The line to both of them: well, or it fails, hangs, or dies after what was asked is done."""

    mood: str = "well"
    released: threading.Event = field(factory=threading.Event)

    @contextmanager
    def reached(self) -> Iterator[None]:
        """Do something at the other end."""
        if self.mood == "fails":
            raise ConnectionError
        if self.mood == "hangs":
            self.released.wait()
        yield
        if self.mood == "dies":
            raise Lost


@define
class UnreliableNotifier:
    """Takes messages to nobody."""

    line: Line
    received: set[str] = field(factory=set)

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message, or not."""
        assert to, "a message is to somebody"
        assert text, "a message says something"
        with self.line.reached():
            self.received.add(key)


@define
class UnreliableCourier:
    """Carries nothing, but knows what is to be carried."""

    line: Line
    carried: dict[str, Consignment] = field(factory=dict)

    def book(self, consignment: Consignment) -> None:
        """Have a bag carried, or not."""
        with self.line.reached():
            self.carried[consignment.bag] = consignment

    def cancel(self, bag: str) -> None:
        """Have a bag not carried, or fail to."""
        with self.line.reached():
            self.carried.pop(bag, None)
