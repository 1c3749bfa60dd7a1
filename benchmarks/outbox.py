"""How fast messages leave an outbox: `python -m benchmarks.outbox`, from the root.

An office of many submitted cases delivers what that has to tell, by a notifier that costs nothing
and by one that takes 50 ms, as one over the network does; on SQLite, and on PostgreSQL by one
process and by several, with one message in hand and with many. Every lease and every settlement is
durable. The floor is the storage itself: each message leased and settled, and nothing told.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from attrs import asdict, frozen

from adminduk.envelope import OpenKeyring
from adminduk.office import Delivered, Office
from adminduk.plugins import open_storage
from adminduk.values import RegionCode
from benchmarks.machine import described, settle
from benchmarks.postgresql.server import missing, place, served
from benchmarks.table import machine_line
from benchmarks.town import OFFICE, office_on, submit_many

_NETWORK: Final = 0.05
_NOW: Final = "2998-01-01T00:00:00.000000Z"
_LATER: Final = "2999-01-01T00:00:00.000000Z"
_A_DAY: Final = 514 * 7000
"""Messages of the country in a day: about three of each of its cases, and reminders."""


@frozen
class Plan:
    """One way to deliver.

    Attributes:
        store: Where: `sqlite` or `postgresql`.
        takes: Seconds that the notifier takes; None: only leased and settled, as the floor.
        processes: How many deliver.
        at_once: How many messages each has in hand.
        messages: How many there are.
    """

    store: str
    takes: float | None
    processes: int
    at_once: int
    messages: int


@frozen
class Slow:
    """A notifier that takes its time."""

    takes: float

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message."""
        del key, to, text
        if self.takes:
            time.sleep(self.takes)


def _plans(quick: bool) -> Iterator[Plan]:
    many, few = (200, 40) if quick else (2000, 200)
    for store, processes in (("sqlite", 1), ("postgresql", 1), ("postgresql", 2)):
        yield Plan(store, None, processes, 1, many)
        for at_once in (1, 8):
            yield Plan(store, 0.0, processes, at_once, many)
        for at_once in (1, 8, 32):
            yield Plan(store, _NETWORK, processes, at_once, few * at_once // 2)


def _deliver(url: str, plan: Plan, barrier: Any) -> None:
    """Deliver until nothing is left, from when all are ready."""
    storage = open_storage(url)
    if plan.takes is None:
        barrier.wait()
        while lent := storage.lease(OFFICE, now=_NOW, until=_LATER, limit=1):
            storage.settle(OFFICE, lent[0].message.key, lent[0].token, again=None, parked=False)
        return
    office = Office(
        storage, RegionCode.parse(OFFICE), keyring=OpenKeyring(bytes(32)), notifier=Slow(plan.takes)
    )
    barrier.wait()
    while office.deliver(10_000, at_once=plan.at_once) != Delivered():
        pass


def measured(url: str, plan: Plan) -> float:
    """Give the messages that leave in a second."""
    with office_on(open_storage(url)) as office:
        submit_many(office, range(plan.messages))
    settle()
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(plan.processes + 1)
    workers = [
        spawn.Process(target=_deliver, args=(url, plan, barrier)) for _ in range(plan.processes)
    ]
    for one in workers:
        one.start()
    barrier.wait()
    began = time.perf_counter()
    for one in workers:
        one.join()
    took = time.perf_counter() - began
    storage = open_storage(url)
    assert not storage.messages(OFFICE, parked=False), "all of them were delivered"
    storage.close()
    return plan.messages / took


def _url(plan: Plan, folder: Path, database: str) -> str:
    if plan.store == "postgresql":
        return place(database)
    return f"sqlite:///{folder / f'{time.monotonic_ns()}.db'}"


def main() -> None:
    """Measure every way, and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.outbox", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few messages, rough figures")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    asked = parser.parse_args()
    rows = []
    with TemporaryDirectory() as name:
        folder, why = Path(name), missing()
        machine = described(folder)
        plans = [one for one in _plans(asked.quick) if not why or one.store == "sqlite"]
        if not asked.json:
            print(machine_line(machine))
            print("store       processes  in hand  notifier      a second  a country's day")
        with nullcontext("") if why else served() as database:
            for plan in plans:
                speed = measured(_url(plan, folder, database), plan)
                rows.append({**asdict(plan), "messages_per_second": speed})
                if not asked.json:
                    print(_line(plan, speed), flush=True)
    if asked.json:
        print(json.dumps({"machine": machine, "rows": rows}, indent=2))


def _line(plan: Plan, speed: float) -> str:
    notifier = "none (floor)" if plan.takes is None else f"{1000 * plan.takes:.0f} ms"
    hours = _A_DAY / speed / 3600
    return (
        f"{plan.store:11} {plan.processes:9} {plan.at_once:8}  {notifier:12} {speed:9.0f}"
        f"  {hours:8.1f} hours"
    )


if __name__ == "__main__":
    main()
