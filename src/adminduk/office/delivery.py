"""Delivering messages after the commit: at least once, never in a transaction."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial
from queue import Empty, SimpleQueue
from typing import Final

import orjson
from attrs import field, frozen

from adminduk.errors import AdmindukError, StorageFailure, Undeliverable
from adminduk.office.carriage import Carriage
from adminduk.office.channels import Channels
from adminduk.office.outbox import telling_of
from adminduk.office.shelf import Shelf
from adminduk.ports import Courier, Lease
from adminduk.records.index import stamp

__all__ = ["Delivered", "Deliverer", "Settled"]

_log = logging.getLogger(__name__)

_LEASE: Final = timedelta(minutes=5)
_FIRST_PAUSE: Final = timedelta(minutes=1)
_MOST_ATTEMPTS: Final = 10
_SLOW: Final = 5.0
"""Seconds after which a courier that failed is not asked of other bags as well."""


@frozen
class Delivered:
    """What a round of delivery did.

    Attributes:
        sent: Messages to people that the notifier took.
        bags: Messages of bags that the courier took.
        again: Messages that will be tried again later.
        parked: Messages that wait for a person now.
        past: Messages that were told to nobody: what they say is not so any more, or the person
            was erased.
    """

    sent: int = 0
    bags: int = 0
    again: int = 0
    parked: int = 0
    past: int = 0


@frozen
class Settled:
    """How a lease is to end; one under which nothing was tried is no attempt."""

    lease: Lease
    again: str | None = None
    parked: bool = False
    tried: bool = True


class _End(Enum):
    """How an attempt to send ended."""

    TAKEN = auto()
    FAILED = auto()
    IN_VAIN = auto()


def _never() -> bool:
    return False


def _never_quiet(_: datetime) -> None:
    return None


def _words(error: BaseException) -> str:
    """Say what went wrong; another's words may hold a number, a link or a password."""
    return str(error) if isinstance(error, AdmindukError) else type(error).__name__


@frozen
class _Round:
    """What all hands of a round share.

    Attributes:
        places: One for each message that may still be delivered.
        stop: Whether to stop.
        silent: Set when the courier took its time and did not answer.
    """

    places: Iterator[int]
    stop: Callable[[], bool]
    silent: threading.Event = field(factory=threading.Event)

    def goes_on(self) -> bool:
        """Take a place, if there is one and nobody says stop."""
        return not self.stop() and next(self.places, None) is not None


@frozen
class Deliverer:
    """Takes due messages to the notifier or the courier, each under a lease.

    Attributes:
        chance: Gives a number from 0 to 1, by which pauses differ.
        at_once: How many messages are in hand at a time.
        patience: Seconds after which a notifier or courier that does not answer has failed.
        quiet_end: Gives when messages to people go out again, where they do not at a moment.
        owed: What could not be settled, as the store could not be written.
    """

    shelf: Shelf
    channels: Channels
    courier: Courier
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    language: str
    at_once: int = 1
    patience: float = 30.0
    quiet_end: Callable[[datetime], datetime | None] = _never_quiet
    owed: SimpleQueue[Settled] = field(factory=SimpleQueue)

    def round(self, limit: int = 100, stop: Callable[[], bool] = _never) -> Delivered:
        """Deliver what is due now, at most `limit` messages, until `stop` says so."""
        with suppress(Empty):
            while True:
                self._settle(self.owed.get_nowait())
        shared = _Round(iter(range(limit)), stop)
        if self.at_once == 1:
            return Delivered(**self._hand(shared))
        with ThreadPoolExecutor(self.at_once, "deliver") as pool:
            hands = [pool.submit(self._hand, shared) for _ in range(self.at_once)]
        return Delivered(**sum((one.result() for one in hands), Counter()))

    def _hand(self, shared: _Round) -> Counter[str]:
        """Deliver one message after the other, while there are places."""
        done: Counter[str] = Counter()
        while shared.goes_on() and (lease := self._lease()):
            done[self._deliver(lease, shared)] += 1
        return done

    def _lease(self) -> Lease | None:
        """Have one message lent: whoever ends, however it ends, keeps no other one waiting.

        It is lent for as long as it may wait for its turn, and for an answer.
        """
        now = self.clock()
        seconds = self.patience + self.at_once * self.channels.longest
        until = now + _LEASE + timedelta(seconds=seconds)
        leases = self.shelf.storage.lease(
            self.shelf.office, now=stamp(now), until=stamp(until), limit=1
        )
        return next(iter(leases), None)

    def _deliver(self, lease: Lease, shared: _Round) -> str:
        """Send a message, and say what it counts as.

        One that cannot be read fails as one that is not taken: another's goes its way. So it does
        where one ends whoever tries it.
        """
        if lease.attempts > _MOST_ATTEMPTS:
            _log.warning("message %s: nobody who sent it told how that ended", lease.message.key)
            return self._ended("parked", lease, _End.IN_VAIN)
        try:
            body = orjson.loads(lease.message.body)
            bag = body.get("bag")
            told = None if bag else telling_of(self.shelf, body)
            text = "" if told is None else told.text(self.language)
            morning = self.quiet_end(self.clock())
        except Exception as error:  # noqa: BLE001 - what is damaged can be wrong in any way
            _log.warning("message %s cannot be read: %s", lease.message.key, _words(error))
            return self._ended("again", lease, _End.FAILED)
        if bag:
            return self._have_carried(lease, bag, shared.silent)
        if told is None or not told.still_so:
            self._settle(Settled(lease))
            return "past"
        if morning:
            self._settle(Settled(lease, again=stamp(morning), tried=False))
            return "again"
        return self._tell(lease, told.to, text, shared.stop)

    def _have_carried(self, lease: Lease, bag: str, silent: threading.Event) -> str:
        """Tell the courier of a bag, unless it is silent: every bag would be waited for, in vain.

        People would wait for their messages as long; it is asked of one bag a round.
        """
        if silent.is_set():
            again = stamp(self.clock() + _FIRST_PAUSE)
            self._settle(Settled(lease, again=again, tried=False))
            return "again"
        begun = time.monotonic()
        carriage = Carriage(self.shelf, self.courier)
        done = self._send("bags", lease, partial(carriage.bring_in_line, bag))
        if done != "bags" and time.monotonic() - begun >= min(_SLOW, self.patience):
            silent.set()
        return done

    def _tell(self, lease: Lease, to: str, text: str, stop: Callable[[], bool]) -> str:
        """Send a message to people, when it is its turn."""
        channel = self.channels.of(to)
        if not channel.pace.wait(stop):
            self._settle(Settled(lease, again=lease.message.due, tried=False))
            return "again"
        send = partial(channel.notifier.send, lease.message.key, to, text)
        return self._send("sent", lease, send)

    def _send(self, done: str, lease: Lease, send: Callable[[], None]) -> str:
        return self._ended(done, lease, self._end_of(lease.message.key, send))

    def _ended(self, done: str, lease: Lease, end: _End) -> str:
        """End the lease of a message as its attempt ended, and say what that counts as."""
        if end is _End.TAKEN:
            self._settle(Settled(lease))
            return done
        if end is _End.IN_VAIN or lease.attempts >= _MOST_ATTEMPTS:
            self._settle(Settled(lease, parked=True))
            return "parked"
        self._settle(Settled(lease, again=stamp(self.clock() + self._pause(lease.attempts))))
        return "again"

    def _pause(self, attempts: int) -> timedelta:
        """Give a pause that grows; up to half as long again, so that not all come back at once."""
        pause: timedelta = _FIRST_PAUSE * 2 ** (attempts - 1)
        return pause * (1 + self.chance() / 2)

    def _settle(self, one: Settled) -> None:
        """End a lease; where the store is away, before anything else once it is back.

        Raises:
            StorageFailure: It cannot be written.
        """
        try:
            self.shelf.storage.settle(
                self.shelf.office,
                one.lease.message.key,
                one.lease.token,
                again=one.again,
                parked=one.parked,
                tried=one.tried,
            )
        except StorageFailure:
            self.owed.put(one)
            raise

    def _end_of(self, key: str, send: Callable[[], None]) -> _End:
        """Send in a thread of its own, so that a plugin that hangs holds nobody up."""
        ends: SimpleQueue[_End] = SimpleQueue()

        def try_it() -> None:
            try:
                send()
            except BaseException as error:  # noqa: BLE001 - however a plugin fails, it is retried
                _log.warning("message %s was not sent: %s", key, _words(error))
                ends.put(_End.IN_VAIN if isinstance(error, Undeliverable) else _End.FAILED)
            else:
                ends.put(_End.TAKEN)

        threading.Thread(target=try_it, name=f"send {key}", daemon=True).start()
        try:
            return ends.get(timeout=self.patience)
        except Empty:
            _log.warning("message %s: no answer yet", key)
            return _End.FAILED
