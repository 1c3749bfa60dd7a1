"""Delivering messages after the commit: at least once, never in a transaction."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial
from queue import Empty, SimpleQueue
from typing import Final

import orjson
from attrs import frozen

from adminduk.envelope import KeyDestroyed
from adminduk.errors import Undeliverable
from adminduk.office.carriage import Carriage
from adminduk.office.execution import Shelf
from adminduk.office.outbox import content_of
from adminduk.office.sentences import sentence
from adminduk.ports import Courier, Lease, Message, Notifier
from adminduk.records.index import stamp

__all__ = ["Delivered", "Deliverer"]

_log = logging.getLogger(__name__)

_LEASE: Final = timedelta(minutes=5)
_FIRST_PAUSE: Final = timedelta(minutes=1)
_LONGEST_PAUSE: Final = timedelta(hours=6)
_MOST_ATTEMPTS: Final = 10


@frozen
class Delivered:
    """What a round of delivery did.

    Attributes:
        sent: Messages to people that the notifier took.
        bags: Messages of bags that the courier took.
        again: Messages that will be tried again later.
        parked: Messages that wait for a person now.
    """

    sent: int = 0
    bags: int = 0
    again: int = 0
    parked: int = 0


class _End(Enum):
    """How an attempt to send ended."""

    TAKEN = auto()
    FAILED = auto()
    IN_VAIN = auto()


def _never() -> bool:
    return False


def _never_quiet(_: datetime) -> None:
    return None


@frozen
class Deliverer:
    """Takes due messages to the notifier or the courier, each under a lease.

    Attributes:
        patience: Seconds after which a notifier or courier that does not answer has failed.
        quiet_end: Gives when messages to people go out again, where they do not at a moment.
    """

    shelf: Shelf
    notifier: Notifier
    courier: Courier
    clock: Callable[[], datetime]
    language: str
    patience: float = 30.0
    quiet_end: Callable[[datetime], datetime | None] = _never_quiet

    def round(self, limit: int = 100, stop: Callable[[], bool] = _never) -> Delivered:
        """Deliver what is due now, at most `limit` messages, until `stop` says so."""
        done: Counter[str] = Counter()
        while done.total() < limit and not stop() and (lease := self._lease()):
            done[self._deliver(lease)] += 1
        return Delivered(**done)

    def _lease(self) -> Lease | None:
        """Have one message lent: whoever ends, however it ends, keeps no other one waiting."""
        now = self.clock()
        until = now + _LEASE + timedelta(seconds=self.patience)
        leases = self.shelf.storage.lease(
            self.shelf.office, now=stamp(now), until=stamp(until), limit=1
        )
        return next(iter(leases), None)

    def _deliver(self, lease: Lease) -> str:
        done, send = self._sending(lease.message)
        if done == "sent" and (morning := self.quiet_end(self.clock())):
            self._settle(lease, again=stamp(morning), parked=False)
            return "again"
        end = self._end_of(lease.message.key, send)
        if end is _End.TAKEN:
            self._settle(lease, again=None, parked=False)
            return done
        pause = min(_FIRST_PAUSE * 2 ** (lease.attempts - 1), _LONGEST_PAUSE)
        parked = end is _End.IN_VAIN or lease.attempts >= _MOST_ATTEMPTS
        self._settle(lease, again=stamp(self.clock() + pause), parked=parked)
        return "parked" if parked else "again"

    def _sending(self, message: Message) -> tuple[str, Callable[[], None]]:
        """Say what a message counts as once it is sent, and how it is."""
        body = orjson.loads(message.body)
        if "bag" in body:
            return "bags", partial(Carriage(self.shelf, self.courier).bring_in_line, body["bag"])
        try:
            content = content_of(self.shelf, body)
        except KeyDestroyed:
            return "sent", _tell_nobody
        text = sentence(content["template"], content["facts"], self.language)
        return "sent", partial(self.notifier.send, message.key, content["to"], text)

    def _settle(self, lease: Lease, *, again: str | None, parked: bool) -> None:
        self.shelf.storage.settle(
            self.shelf.office, lease.message.key, lease.token, again=again, parked=parked
        )

    def _end_of(self, key: str, send: Callable[[], None]) -> _End:
        """Send in a thread of its own, so that a plugin that hangs holds nobody up."""
        ends: SimpleQueue[_End] = SimpleQueue()

        def try_it() -> None:
            try:
                send()
            except BaseException as error:  # noqa: BLE001 - however a plugin fails, it is retried
                _log.warning("message %s was not sent: %s", key, type(error).__name__)
                ends.put(_End.IN_VAIN if isinstance(error, Undeliverable) else _End.FAILED)
            else:
                ends.put(_End.TAKEN)

        threading.Thread(target=try_it, name=f"send {key}", daemon=True).start()
        try:
            return ends.get(timeout=self.patience)
        except Empty:
            _log.warning("message %s: no answer yet", key)
            return _End.FAILED


def _tell_nobody() -> None:
    """The person was erased."""
