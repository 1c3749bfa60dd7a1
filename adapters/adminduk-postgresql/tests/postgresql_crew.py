"""Processes at work at one office while its server fails, and what must be so afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import orjson

from adminduk.office import Delivered, Office
from adminduk.plugins import open_storage
from adminduk.ports import Storage
from adminduk.storage.memory import MemoryStorage
from adminduk.testing.ending import Notes, office_on
from adminduk.testing.rows import OFFICE
from postgresql_worker import days_of

_PROCESSES: Final = 2
_MANY: Final = 100_000
_SECONDS: Final = 60
"""How long nothing may be answered, whatever the server does."""


class Crew:
    """Processes that all send the commands of some days, each day by a thread of its own.

    So every command is sent by each of them, those of a day about at once, those of different days
    side by side.

    Args:
        url: Where the office is.
        applications: How many there are a day.
        days: How many days there are.
    """

    def __init__(self, url: str, applications: int, days: int = 2) -> None:
        self._storage = open_storage(url)
        self._days = days_of(applications, days)
        self._told: defaultdict[str, list[list[Any]]] = defaultdict(list)
        self._pool = ThreadPoolExecutor()
        worker = Path(__file__).with_name("postgresql_worker.py")
        self._processes = [
            subprocess.Popen(
                [sys.executable, worker, url, str(applications), str(days)],
                stdout=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            for _ in range(_PROCESSES)
        ]
        self._ended: list[Future[None]] = [
            self._pool.submit(self._listen, one) for one in self._processes
        ]

    @property
    def commands(self) -> int:
        """How many commands there are, counted as often as they are sent."""
        return _PROCESSES * sum(map(len, self._days))

    @property
    def failures(self) -> Counter[str]:
        """Give how often each reason was told."""
        return Counter(reason for (reason,) in list(self._told["failed"]))

    def await_answers(self, number: int) -> None:
        """Wait until so many commands were answered."""
        before, since = -1, 0.0
        while (answered := len(self._told["done"])) < number:
            if answered > before:
                before, since = answered, time.monotonic()
            assert time.monotonic() - since < _SECONDS, self.failures
            time.sleep(0.005)

    def finish(self) -> None:
        """Wait until all are through."""
        self.await_answers(self.commands)
        for one in self._ended:
            one.result(_SECONDS)
        assert [one.wait(_SECONDS) for one in self._processes] == [0] * _PROCESSES

    def check(self) -> None:
        """See that everything took effect once, as if nothing had ever failed."""
        answers: dict[str, Any] = {}
        for id_, touched in self._told["done"]:
            assert answers.setdefault(id_, touched) == touched, "each was told the first answer"
        assert self._storage.executed(OFFICE, answers).keys() == answers.keys()
        journal = self._storage.journal(OFFICE, limit=_MANY)
        assert [one.seq for one in journal] == list(range(1, len(journal) + 1))
        undisturbed = self._undisturbed()
        assert _versions(self._storage) == _versions(undisturbed)
        every = _people(undisturbed)
        still_so: set[str] = set()
        _deliver(undisturbed, still_so)
        assert still_so & every <= self._messages() <= every

    def close(self) -> None:
        """End what is still at work."""
        for one in self._processes:
            one.kill()
            one.wait()
        self._pool.shutdown()
        self._storage.close()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                what, *rest = orjson.loads(line)
                self._told[what].append(rest)

    def _messages(self) -> set[str]:
        """Verify the office, deliver what is left, when no lease holds any more; give the keys."""
        sent = {key for (key,) in self._told["sent"]}
        assert _deliver(self._storage, sent).verify().faults == ()
        for parked in (False, True):
            assert self._storage.messages(OFFICE, parked=parked) == []
        return {key for key in sent if "/" in key}

    def _undisturbed(self) -> Storage:
        """Do the same where nothing fails."""
        storage = MemoryStorage()
        office = office_on(storage, Notes(lambda _: None))
        for day in self._days:
            for one in day:
                assert one.by is not None
                office.do(one.command, by=one.by)
        return storage


def _tomorrow() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)


def _deliver(storage: Storage, sent: set[str]) -> Office:
    """Deliver all that waits, when no lease holds any more; add what is told of it to `sent`."""
    office = office_on(storage, Notes(sent.add), clock=_tomorrow)
    while office.deliver() != Delivered():
        pass
    return office


def _versions(storage: Storage) -> Counter[tuple[str, str, int]]:
    """Give what the journal tells, but for when and in which order.

    Which range of blanks is the latest depends on which of two days came first.
    """
    journal = storage.journal(OFFICE, limit=_MANY)
    return Counter((one.kind, one.id, one.version) for one in journal if one.kind != "blanks")


def _people(storage: Storage) -> set[str]:
    """Give the keys of the messages to people; bags are told by their ids."""
    messages = storage.messages(OFFICE, parked=False, limit=_MANY)
    return {one.key for one in messages if "bag" not in orjson.loads(one.body)}
