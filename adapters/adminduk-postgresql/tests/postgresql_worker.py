"""A process at work at an office, whatever becomes of its server.

`python postgresql_worker.py URL APPLICATIONS DAYS` sends every command of some days, each day by a
thread of its own, and sends again what failed; another thread delivers messages. It says what was
answered to each command, and what was sent, and ends when both are through.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import orjson

from adminduk.codec import Order
from adminduk.errors import StorageFailure
from adminduk.office import Office, Receipt
from adminduk.plugins import open_storage
from adminduk.testing.day import DAY, orders
from adminduk.testing.ending import Notes, office_on

__all__ = ["days_of"]

_PAUSE = 0.01
_lock = threading.Lock()


def days_of(applications: int, days: int) -> list[list[Order]]:
    """Give the commands of some days of one office, which do not depend on each other."""
    return [
        list(orders(applications, seed, DAY + timedelta(weeks=20 * seed))) for seed in range(days)
    ]


def main(url: str, applications: str, days: str) -> None:
    """Work until everything is answered."""
    office = office_on(open_storage(url), Notes(lambda key: _say("sent", key)))
    enough = threading.Event()
    with ThreadPoolExecutor() as pool:
        delivering = pool.submit(_deliver, office, enough)
        every = days_of(int(applications), int(days))
        for one in [pool.submit(_work, office, day) for day in every]:
            one.result()
        enough.set()
        delivering.result()


def _work(office: Office, day: list[Order]) -> None:
    for order in day:
        receipt = next(filter(None, _attempts(office, order)))
        touched = [(one.kind, one.id, one.version) for one in receipt.records]
        _say("done", str(order.command.id), touched)


def _attempts(office: Office, order: Order) -> Iterator[Receipt | None]:
    """Send a command, and send it again where that is in doubt."""
    assert order.by is not None
    while True:
        try:
            yield office.do(order.command, by=order.by)
        except StorageFailure as failure:
            _say("failed", failure.facts["reason"])
            yield None


def _deliver(office: Office, enough: threading.Event) -> None:
    while not enough.wait(_PAUSE):
        try:
            office.deliver()
        except StorageFailure as failure:
            _say("failed", failure.facts["reason"])


def _say(*what: object) -> None:
    with _lock:
        sys.stdout.buffer.write(orjson.dumps(what) + b"\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
