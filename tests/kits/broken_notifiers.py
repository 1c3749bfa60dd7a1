"""Notifiers with a fault each, which the kit must find, and a sound one."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, Final

import pytest

from adminduk import plugins
from adminduk.errors import Undeliverable
from adminduk.plugins import hookimpl
from adminduk.ports import Notifier
from adminduk.testing.kits import NotifierKit, Taken

__all__ = ["FAULTS", "TestBroken", "adminduk_notifier"]

NOBODY: Final = "+6280000000000"

_log = logging.getLogger("gateway")


class Sound:
    """Keeps what it takes as long as the class lives, each key once; its gateway may be away."""

    inbox: ClassVar[dict[str, Taken]] = {}

    def __init__(self, *, away: bool) -> None:
        self.away = away

    def send(self, key: str, to: str, text: str) -> None:
        if self.away:
            raise ConnectionError("the gateway is away")
        if to == NOBODY:
            raise Undeliverable(why="no such number")
        self.take(key, to, text)

    def take(self, key: str, to: str, text: str) -> None:
        self.inbox.setdefault(key, Taken(to, text, key))


class Swallows(Sound):
    """What cannot be sent is lost in silence."""

    def send(self, key: str, to: str, text: str) -> None:
        if not self.away:
            super().send(key, to, text)


class GivesUp(Sound):
    """A gateway that is away is taken for a number that there is not."""

    def send(self, key: str, to: str, text: str) -> None:
        if self.away:
            raise Undeliverable(why="no answer")
        super().send(key, to, text)


class Insists(Sound):
    """A number that there is not is tried again and again."""

    def send(self, key: str, to: str, text: str) -> None:
        try:
            super().send(key, to, text)
        except Undeliverable:
            raise ConnectionError("try again") from None


class Names(Sound):
    """Of a number that there is not it says which."""

    def send(self, key: str, to: str, text: str) -> None:
        if to == NOBODY:
            raise Undeliverable(why=f"there is no {to}")
        super().send(key, to, text)


class Ends(Sound):
    """What cannot be sent ends the process."""

    def send(self, key: str, to: str, text: str) -> None:
        if self.away:
            raise SystemExit(1)
        super().send(key, to, text)


class Tells(Sound):
    """An error repeats what was to be sent, and to whom."""

    def send(self, key: str, to: str, text: str) -> None:
        if self.away:
            raise ConnectionError(to, text)
        super().send(key, to, text)


class Logs(Sound):
    """It logs what it sends."""

    def take(self, key: str, to: str, text: str) -> None:
        _log.debug("sending %s to %s", text, to)
        super().take(key, to, text)


class Cuts(Sound):
    """No more than 160 characters arrive."""

    def take(self, key: str, to: str, text: str) -> None:
        super().take(key, to, text[:160])


class Plain(Sound):
    """Only plain letters arrive."""

    def take(self, key: str, to: str, text: str) -> None:
        super().take(key, to, text.encode("ascii", "replace").decode())


class Formats(Sound):
    """What looks like a place in a template is filled."""

    def take(self, key: str, to: str, text: str) -> None:
        super().take(key, to, text.replace("{x}", key))


class OneRecipient(Sound):
    """All messages go to whom the first went."""

    def take(self, key: str, to: str, text: str) -> None:
        first = next(iter(self.inbox.values()), None)
        super().take(key, to if first is None else first.to, text)


class PhonesOnly(Sound):
    """A post is no recipient."""

    def take(self, key: str, to: str, text: str) -> None:
        if "@" in to:
            raise ValueError("that is no number")
        super().take(key, to, text)


class Mixes(Sound):
    """Two threads at once write over each other."""

    def take(self, key: str, to: str, text: str) -> None:
        self.now = text
        time.sleep(0.001)
        super().take(key, to, self.now)


class Repeats(Sound):
    """Every repeat is shown."""

    def take(self, key: str, to: str, text: str) -> None:
        super().take(f"{key} {len(self.inbox)}", to, text)


class RefusesRepeats(Sound):
    """A key that is known is an error."""

    def take(self, key: str, to: str, text: str) -> None:
        if key in self.inbox:
            raise ValueError("known")
        super().take(key, to, text)


class SameText(Sound):
    """The same text is shown once, whatever its key."""

    def take(self, key: str, to: str, text: str) -> None:  # noqa: ARG002 - that is the fault
        super().take(text, to, text)


class OneAtATime(Sound):
    """A second one ends the first."""

    last: ClassVar[Any] = None

    def __init__(self, *, away: bool) -> None:
        super().__init__(away=away)
        type(self).last = self

    def take(self, key: str, to: str, text: str) -> None:
        if self.last is not self:
            raise ConnectionError("somebody else is connected")
        super().take(key, to, text)


class OneThread(Sound):
    """Only the thread that opened it may send."""

    def __init__(self, *, away: bool) -> None:
        super().__init__(away=away)
        self.thread = threading.get_ident()

    def take(self, key: str, to: str, text: str) -> None:
        if threading.get_ident() != self.thread:
            raise RuntimeError("opened by another thread")
        super().take(key, to, text)


FAULTS: Final = {
    one.__name__: one
    for one in list(globals().values())
    if isinstance(one, type) and issubclass(one, Sound)
}


@hookimpl
def adminduk_notifier(url: str) -> Notifier | None:
    """Give the notifier `lost:NAME`, or `lost:NAME/away` whose gateway is away."""
    scheme, _, name = url.partition(":")
    name, _, away = name.partition("/")
    return FAULTS[name](away=bool(away)) if scheme == "lost" else None


class TestBroken(NotifierKit):
    """The kit on the notifier that `tried` names."""

    @pytest.fixture
    def notifier_url(self, tried: str) -> str:
        """Give the URL of it, with nothing taken yet."""
        Sound.inbox.clear()
        plugins.manager().unregister(name="lost")
        plugins.manager().register(_This(), name="lost")
        return f"lost:{tried}"

    @pytest.fixture
    def taken(self) -> Callable[[], list[Taken]]:
        """Look into the inbox."""
        return lambda: list(Sound.inbox.values())

    @pytest.fixture
    def failing_url(self, notifier_url: str) -> str:
        """Give the URL of the same with its gateway away."""
        return f"{notifier_url}/away"

    @pytest.fixture
    def unreachable(self) -> str:
        """Give the number that there is not."""
        return NOBODY


class _This:
    adminduk_notifier = staticmethod(adminduk_notifier)
