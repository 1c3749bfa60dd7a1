"""A process that does its part of the day: each step at its time, however late the one before was.

An office's steps are all done by the same process, one after the other. A time is counted from when
a step was to begin: whoever waits because the process is still busy with the step before, waits.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import Any, Final

from attrs import field, frozen

from adminduk import Office, commands
from adminduk.codec import to_json
from adminduk.envelope import OpenKeyring
from adminduk.errors import AdmindukError
from adminduk.values import RegionCode
from adminduk_postgresql.storage import PostgreSQLStorage
from benchmarks.country.day import HOURS, OPEN, Step, before, today
from benchmarks.country.offices import Staff, offices
from benchmarks.town import chance

__all__ = ["LOOK", "Done", "Plan", "Told", "work"]

LOOK: Final = "inbox"
"""What a look at the inbox is called among the commands; one goes before each verification."""

_MORNING: Final = datetime(2021, 10, 11, 23, 0, tzinfo=UTC)
_PAGE: Final = 20


@frozen(slots=False)
class Plan:
    """What is asked for.

    Attributes:
        url: The place of the store.
        rate: Commands a second, in the mean of the hours that an office is open.
        cases: How many cases an office begins on a day, in the mean.
        workers: How many processes there are.
        offices: How many offices there are.
    """

    url: str
    rate: float
    cases: float
    workers: int
    offices: int

    @cached_property
    def begun(self) -> int:
        """How many cases are begun on the day."""
        return sum(cases for worker in range(self.workers) for _, cases in self.share(worker))

    @cached_property
    def commands(self) -> int:
        """How many commands are given on the day."""
        return sum(len(today(*one)) for worker in range(self.workers) for one in self.share(worker))

    @cached_property
    def seconds(self) -> float:
        """How long the day lasts, so that the rate is what was asked for."""
        return self.commands / self.rate * HOURS / OPEN

    def share(self, worker: int) -> list[tuple[Staff, int]]:
        """Give the offices of a worker, and how many cases each begins on a day."""
        every = offices(self.offices)
        return [
            (one, int(one.share * len(every) * self.cases + chance(one.code).random()))
            for one in every[worker :: self.workers]
        ]


@frozen
class Done:
    """A step that was done: what, and when in seconds since the day began; `error` if it failed."""

    name: str
    meant: float
    begun: float
    ended: float
    error: str = ""

    @property
    def took(self) -> float:
        """How long whoever wanted it had to wait, in seconds."""
        return self.ended - self.meant


@frozen
class Told:
    """What a worker tells in the end: all that it did, and the processor time it took."""

    done: list[Done] = field(factory=list)
    processor: float = 0.0


def work(plan: Plan, worker: int, barrier: Barrier, told: Queue[Told]) -> None:
    """Do the day of some offices; where that fails, nobody waits for it in vain."""
    try:
        _work(plan, plan.share(worker), barrier, told)
    except BaseException:
        barrier.abort()
        raise


def _work(plan: Plan, share: list[tuple[Staff, int]], barrier: Barrier, told: Queue[Told]) -> None:
    """Prepare, wait until all have and the day begins; do it, tell, wait until all were heard."""
    storage = PostgreSQLStorage(plan.url)
    rooms = {staff.code: _office(storage, staff.code) for staff, _ in share}
    for staff, cases in share:
        for orders, by in before(staff, cases):
            rooms[staff.code].do_all(orders, by=by)
    steps = sorted((step for one in share for step in today(*one)), key=lambda step: step.at)
    barrier.wait()  # all are ready
    barrier.wait()  # it begins
    begun = time.monotonic()
    used = _processor()
    done = [one for step in steps for one in _do(plan, rooms[step.office], step, begun)]
    told.put(Told(done, _processor() - used))
    barrier.wait()  # all were heard: until now the server knows what this connection cost
    storage.close()


def _office(storage: PostgreSQLStorage, code: str) -> Office:
    storage.add_office(code, to_json({"format": 1, "secret": "00" * 32}))
    begun = time.monotonic()
    return Office(
        storage,
        RegionCode.parse(code),
        keyring=OpenKeyring(bytes(32)),
        clock=lambda: _MORNING + timedelta(seconds=time.monotonic() - begun),
    )


def _do(plan: Plan, office: Office, step: Step, begun: float) -> Iterator[Done]:
    meant = step.at / HOURS * plan.seconds
    early = meant - (time.monotonic() - begun)
    if early > 0:
        time.sleep(early)
    if isinstance(step.command, commands.Verify):
        yield _timed(LOOK, meant, begun, office.inbox, step.by, limit=_PAGE)
    yield _timed(step.command.NAME, meant, begun, office.do, step.command, by=step.by)


def _timed(name: str, meant: float, begun: float, act: Any, *what: Any, **more: Any) -> Done:
    error = ""
    start = time.monotonic() - begun
    try:
        act(*what, **more)
    except AdmindukError as refused:
        error = refused.code
    return Done(name, meant, start, time.monotonic() - begun, error)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
