"""Drive a day of the country's offices: `python -m benchmarks.country`, from the root.

Every step is offered at its time, whether or not those before it are done; what is told is how long
each took from then. A rate is held if nothing failed, nothing was left over at the end of the day,
and one command in a hundred took longer than a quarter of a second at most.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.country.meter import read
from benchmarks.country.report import Result, lines
from benchmarks.country.worker import Plan, Told, work
from benchmarks.machine import described, settle
from benchmarks.postgresql.server import connect, missing, place, served
from benchmarks.table import machine_line

_MOST_DAYS: Final = 20
"""How many days one may last; a worker that fails does not tell."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.country", description=__doc__)
    parser.add_argument(
        "--rate",
        type=float,
        action="append",
        help="commands a second in the mean of eight hours (may be repeated); the country's is 125",
    )
    parser.add_argument(
        "--cases",
        type=float,
        default=6,
        help="how many cases an office begins, in the mean; the day is as long as they take at the"
        " rate",
    )
    parser.add_argument("--workers", type=int, default=6, help="how many processes drive it")
    parser.add_argument("--offices", type=int, default=514, help="how many offices there are")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.add_argument("--plot", type=Path, metavar="FOLDER", help="also draw it, as SVG")
    return parser.parse_args()


def measured(plan: Plan) -> Result:
    """Let a day pass."""
    spawn = multiprocessing.get_context("spawn")
    barrier, told = spawn.Barrier(plan.workers + 1), spawn.Queue()
    processes = [
        spawn.Process(target=work, args=(plan, worker, barrier, told), daemon=True)
        for worker in range(plan.workers)
    ]
    for one in processes:
        one.start()
    assert plan.seconds  # known before the day begins
    barrier.wait()  # all have prepared
    with connect(plan.url) as connection:
        connection.execute("vacuum analyze")
        connection.execute("checkpoint")
        settle()
        before = read(connection)
        barrier.wait()  # it begins
        heard: list[Told] = [told.get(timeout=_MOST_DAYS * plan.seconds) for _ in processes]
        cost = read(connection).since(before)
    barrier.wait()
    for one in processes:
        one.join()
    return Result(
        plan,
        [step for one in heard for step in one.done],
        sum(one.processor for one in heard),
        cost,
    )


def main() -> None:
    """Measure each rate that was asked for."""
    asked = _arguments()
    if why := missing():
        sys.exit(why)
    with TemporaryDirectory() as folder:
        machine: dict[str, Any] = described(Path(folder))
    if not asked.json:
        print(machine_line(machine), flush=True)
    results = []
    for rate in asked.rate or [125]:
        with served() as database:
            plan = Plan(place(database), rate, asked.cases, asked.workers, asked.offices)
            results.append(measured(plan))
        if not asked.json:
            print("", *lines(results[-1]), sep="\n", flush=True)
    if asked.json:
        days = [one.figures() for one in results]
        json.dump({"machine": machine, "days": days}, sys.stdout, indent=2)
        print()
    if asked.plot:
        from benchmarks.picture_country import draw  # matplotlib may not be installed

        asked.plot.mkdir(parents=True, exist_ok=True)
        draw(results, f"measured on {machine_line(machine)}".replace("\n", " "), asked.plot)


if __name__ == "__main__":
    main()
