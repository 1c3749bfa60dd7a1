"""Whether the messages of a day of the country leave: `python -m benchmarks.outbox`, from the root.

All offices of the country, on one PostgreSQL, have as many cases submitted as each is given; what
that has to tell is delivered by some processes, each for its share of the offices: leased, read,
found to be still so, given to a notifier, and settled. Every lease and settlement is durable.

Floor: as many processes and connections of psycopg, on a copy of the same rows, lease and settle
each message by a statement of their own, prepared in the server, and read and tell nothing; nobody
who is to lose none can do with less. Both sides take turns, and are given the same rows anew each
time. Where the notifier takes its time, as one over the network does, the floor is that time,
divided by the messages in hand.

A row `…-day` sets what a day of the country needs beside what was reached, as its ratio: in the
busiest minute, three times the mean of eight hours, of as many documents as `docs/sizing.md` takes.
How many messages each has is counted by letting an office work a day in memory (`country/day.py`).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import uuid4

from attrs import evolve, frozen

from adminduk import Office, Role
from adminduk.codec import to_json
from adminduk.envelope import OpenKeyring
from adminduk.office import Delivered
from adminduk.plugins import open_storage
from adminduk.ports import Storage
from adminduk.storage.memory import MemoryStorage
from adminduk.values import RegionCode
from benchmarks.country.day import before, today
from benchmarks.country.offices import Staff, offices
from benchmarks.machine import described, settle
from benchmarks.postgresql.server import connect, missing, place, served
from benchmarks.row import Row, per_operation
from benchmarks.table import HEAD, machine_line, row_lines
from benchmarks.timing import Times
from benchmarks.town import order

_DOCUMENTS: Final = 514 * 1000
_SECONDS: Final = 8 * 3600
_BUSIEST: Final = 3
_NETWORK: Final = 0.05
_MANY: Final = 1_000_000
_WARM: Final = 1
"""Rounds that are done and not counted: modules are loaded, statements prepared."""

_NOW: Final = "2998-01-01T00:00:00.000000Z"
_LATER: Final = "2999-01-01T00:00:00.000000Z"

_LEASE: Final = """
update messages set attempts = attempts + 1, token = %b, lent_until = %b
where office = %b and key = (
    select key from messages where office = %b and not parked and due <= %b
        and (token = '' or lent_until <= %b)
    order by due, key limit 1 for update skip locked
)
returning key, due, body, attempts
"""
_SETTLE: Final = "delete from messages where office = %b and key = %b and token = %b"


@frozen
class Plan:
    """One way to deliver.

    Attributes:
        name: Of its row.
        offices: How many offices there are.
        each: How many messages an office has.
        processes: How many deliver.
        at_once: How many messages each has in hand.
        takes: Seconds that the notifier takes.
    """

    name: str
    offices: int
    each: int
    processes: int
    at_once: int
    takes: float = 0.0

    @property
    def messages(self) -> int:
        """How many messages there are."""
        return self.offices * self.each


@frozen
class Gateway:
    """A notifier that takes everything, in its time."""

    takes: float

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message."""
        del key, to, text
        if self.takes:
            time.sleep(self.takes)


def _plans(quick: bool) -> list[Plan]:
    country, each, few, many = (100, 1, 8, 25) if quick else (514, 2, 16, 100)
    return [
        Plan("message", country, each, 1, 1),
        Plan("messages-2-processes", country, each, 2, 1),
        Plan("messages-8-at-once", few, many, 2, 8),
        Plan("messages-network", 1, few * many, 1, 32, _NETWORK),
    ]


def _office(storage: Storage, staff: Staff, takes: float = 0.0) -> Office:
    storage.add_office(staff.code, to_json({"format": 1, "secret": "00" * 32}))
    code = RegionCode.parse(staff.code)
    return Office(storage, code, keyring=OpenKeyring(bytes(32)), notifier=Gateway(takes))


def _messages_of_a_case() -> float:
    """Count what people and couriers are told of a case, its part of a bag included."""
    (staff,), cases, storage = offices(1), 50, MemoryStorage()
    office = _office(storage, staff)
    for orders, by in before(staff, cases):
        office.do_all(orders, by=by)
    old = len(storage.messages(staff.code, parked=False, limit=_MANY))
    for step in today(staff, cases):
        office.do(step.command, by=step.by)
    return (len(storage.messages(staff.code, parked=False, limit=_MANY)) - old) / cases


def _prepare(url: str, plan: Plan) -> None:
    """Have cases submitted at every office."""
    storage = open_storage(url)
    for staff in offices(plan.offices):
        office, siti = _office(storage, staff), staff.actor(Role.VILLAGE_OPERATOR)
        cases = (
            evolve(order(one), application=staff.tracking(one), region=staff.village)
            for one in range(plan.each)
        )
        office.do_all(cases, by=siti)
    storage.close()


def _ours(url: str, plan: Plan, share: Sequence[Staff]) -> Iterator[None]:
    storage = open_storage(url)
    every = [_office(storage, one, plan.takes) for one in share]
    while True:
        yield
        for office in every:
            done = office.deliver(_MANY, at_once=plan.at_once)
            assert done == Delivered(sent=done.sent), "none was overtaken, none refused"


def _floor(url: str, plan: Plan, share: Sequence[Staff]) -> Iterator[None]:
    connections = [connect(url) for _ in range(plan.at_once)]
    shares = [share[hand :: plan.at_once] for hand in range(plan.at_once)]
    with ThreadPoolExecutor(plan.at_once) as pool:
        while True:
            yield
            list(pool.map(_by_hand, connections, shares))


def _by_hand(connection: Any, share: Sequence[Staff]) -> None:
    do = partial(connection.execute, prepare=True, binary=True)
    for office in (one.code for one in share):
        token = str(uuid4())
        asked = token, _LATER, office, office, _NOW, _NOW
        while lent := do(_LEASE, asked).fetchall():
            do(_SETTLE, (office, lent[0][0], token))


def _work(urls: Sequence[str], plan: Plan, worker: int, rounds: int, barrier: Barrier) -> None:
    """Do the rounds of a process: each begins and ends with those of the others."""
    share = offices(plan.offices)[worker :: plan.processes]
    sides = [side(url, plan, share) for side, url in zip((_ours, _floor), urls, strict=False)]
    try:
        for side in sides:
            next(side)
        for side in sides * rounds:
            barrier.wait()
            next(side)
            barrier.wait()
    except BaseException:
        barrier.abort()  # nobody waits for it in vain
        raise


def measured(database: str, plan: Plan, rounds: int, needed: float) -> list[Row]:
    """Measure one way, side by side where the notifier costs nothing."""
    urls = [place(database) for _ in range(1 if plan.takes else 2)]
    _prepare(urls[0], plan)
    with connect(urls[0]) as kept:
        kept.execute("create table kept as select * from messages")
        kept.execute("delete from messages")
        schema = kept.execute("select current_schema()").fetchall()[0][0]
    for url in urls[1:]:
        open_storage(url).close()
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(plan.processes + 1)
    workers = [
        spawn.Process(target=_work, args=(urls, plan, one, rounds, barrier), daemon=True)
        for one in range(plan.processes)
    ]
    for one in workers:
        one.start()
    sides: list[list[float]] = [[] for _ in urls]
    for _ in range(rounds):
        for url, side in zip(urls, sides, strict=True):
            side.append(_round(url, schema, barrier) / plan.messages)
    for one in workers:
        one.join()
    waited = 1e9 * plan.takes / plan.processes / plan.at_once
    ours, floor = (one[_WARM:] for one in (sides[0], sides[-1]))
    times = Times(ours, [waited] if plan.takes else floor)
    at_work = (
        f"{plan.messages} messages of {plan.offices} offices, {plan.processes} at work, each with"
        f" {plan.at_once} in hand"
    )
    reached = 1e9 / median(times.ours)
    day = f"needed and reached; in the mean of the day {needed / _BUSIEST:,.0f} are needed"
    return [
        per_operation(plan.name, None, times, at_work),
        Row(f"{plan.name}-day", needed / reached, 1.0, needed, reached, "/s", day),
    ]


def _round(url: str, kept: str, barrier: Barrier) -> float:
    """Give one side its rows and let it deliver them; give the nanoseconds."""
    with connect(url) as connection:
        connection.execute(f"insert into messages select * from {kept}.kept")  # noqa: S608 - a name of ours
        connection.execute("vacuum analyze messages")
        settle()
        barrier.wait()
        began = time.perf_counter_ns()
        barrier.wait()
        took = time.perf_counter_ns() - began
        left = connection.execute("select count(*) from messages").fetchall()
        assert left == [(0,)], "all of them were delivered"
    return took


def main() -> None:
    """Measure every way, and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.outbox", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few messages, rough figures")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    asked = parser.parse_args()
    if why := missing():
        sys.exit(why)
    with TemporaryDirectory() as folder:
        machine = described(Path(folder))
    each = _messages_of_a_case()
    machine["messages_of_a_case"] = each
    needed = _BUSIEST * each * _DOCUMENTS / _SECONDS
    rows: list[Row] = []
    if not asked.json:
        print(machine_line(machine), HEAD, sep="\n", flush=True)
    with served() as database:
        for plan in _plans(asked.quick):
            found = measured(database, plan, _WARM + (1 if asked.quick else 3), needed)
            rows += found
            if not asked.json:
                print(*chain.from_iterable(map(row_lines, found)), sep="\n", flush=True)
    if asked.json:
        print(json.dumps({"machine": machine, "rows": [one.figures() for one in rows]}, indent=2))


if __name__ == "__main__":
    main()
