"""Delivering messages after the commit: at least once, never in a transaction."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import orjson
from attrs import frozen

from adminduk.envelope import KeyDestroyed, Keyring
from adminduk.office.sentences import sentence
from adminduk.ports import Lease, Notifier, Storage
from adminduk.records.index import stamp

__all__ = ["Delivered", "Deliverer"]

_log = logging.getLogger(__name__)

_SHORTEST_LEASE: Final = timedelta(minutes=5)
_FIRST_PAUSE: Final = timedelta(minutes=1)
_LONGEST_PAUSE: Final = timedelta(hours=6)
_MOST_ATTEMPTS: Final = 10


@frozen
class Delivered:
    """What a round of delivery did.

    Attributes:
        sent: Messages that the notifier took.
        again: Messages that will be tried again later.
        parked: Messages that wait for a person now.
    """

    sent: int = 0
    again: int = 0
    parked: int = 0


@frozen
class Deliverer:
    """Takes due messages to the notifier, each under a lease.

    Attributes:
        patience: Seconds after which a notifier that does not answer has failed.
    """

    storage: Storage
    office: str
    keyring: Keyring
    notifier: Notifier
    clock: Callable[[], datetime]
    language: str
    patience: float = 30.0

    def round(self, limit: int = 100) -> Delivered:
        """Deliver what is due now, at most `limit` messages."""
        now = self.clock()
        until = now + max(_SHORTEST_LEASE, timedelta(seconds=self.patience) * limit)
        leases = self.storage.lease(self.office, now=stamp(now), until=stamp(until), limit=limit)
        results = [self._deliver(lease) for lease in leases]
        return Delivered(results.count("sent"), results.count("again"), results.count("parked"))

    def _deliver(self, lease: Lease) -> str:
        body = orjson.loads(lease.message.body)
        try:
            content = orjson.loads(self.keyring.open(body["owner"], body["sealed"]))
        except KeyDestroyed:  # there is nobody left to tell
            self._settle(lease, again=None, parked=False)
            return "sent"
        text = sentence(content["template"], content["facts"], self.language)
        if self._send(lease.message.key, content["to"], text):
            self._settle(lease, again=None, parked=False)
            return "sent"
        pause = min(_FIRST_PAUSE * 2 ** (lease.attempts - 1), _LONGEST_PAUSE)
        parked = lease.attempts >= _MOST_ATTEMPTS
        self._settle(lease, again=stamp(self.clock() + pause), parked=parked)
        return "parked" if parked else "again"

    def _settle(self, lease: Lease, *, again: str | None, parked: bool) -> None:
        self.storage.settle(self.office, lease.message.key, lease.token, again=again, parked=parked)

    def _send(self, key: str, to: str, text: str) -> bool:
        """Ask the notifier, in a thread of its own, so that one that hangs holds nobody up."""
        answered = threading.Event()

        def send() -> None:
            try:
                self.notifier.send(key, to, text)
            except Exception as error:  # noqa: BLE001 - a plugin may fail in any way; it is retried
                _log.warning("message %s was not sent: %s", key, type(error).__name__)
            else:
                answered.set()
            finally:
                done.set()

        done = threading.Event()
        threading.Thread(target=send, name=f"send {key}", daemon=True).start()
        if not done.wait(self.patience):
            _log.warning("message %s: the notifier does not answer", key)
        return answered.is_set()
