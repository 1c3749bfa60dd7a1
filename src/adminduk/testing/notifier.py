"""A notifier that fails, hangs or dies after sending, as it is told to."""

from __future__ import annotations

import threading

from attrs import define, field

__all__ = ["LostAfterSending", "UnreliableNotifier"]


class LostAfterSending(Exception):
    """The notifier died after it had sent the message."""


@define
class UnreliableNotifier:
    """Takes messages to nobody, and fails, hangs or dies after sending as it is told to."""

    mood: str = "well"
    received: set[str] = field(factory=set)
    released: threading.Event = field(factory=threading.Event)

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message, or not."""
        assert to, "a message is to somebody"
        assert text, "a message says something"
        if self.mood == "fails":
            raise ConnectionError
        if self.mood == "hangs":
            self.released.wait()
        self.received.add(key)
        if self.mood == "dies":
            raise LostAfterSending
