"""`import adminduk` against importing what it stands on.

Measured: the import, timed inside a fresh interpreter.

Floor: importing attrs, cattrs, pluggy and orjson in another fresh interpreter: what every program
pays that uses them. Both take turns, and each has been imported once before, so that compiled
files are there.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from typing import Final

from benchmarks.row import Row, per_operation
from benchmarks.run import Run
from benchmarks.timing import Step, Times, interleave

__all__ = ["measure"]

NAME: Final = "import"
LIMIT: Final = 2.0

_ROUNDS: Final = 30
_FLOOR: Final = "attrs, cattrs, pluggy, orjson"
_WATCHED: Final = ("statemachine", "click", "hypothesis", "tomllib", "apsw", "icalendar")
_TIME: Final = (
    "import sys, time; start = time.perf_counter_ns(); import {modules};"
    " print(time.perf_counter_ns() - start, *({watched} & sys.modules.keys()))"
)


def measure(run: Run) -> Row:
    """Import both in turns; what a child prints is its time, so the median of those counts."""
    told: tuple[list[str], list[str]] = ([], [])
    interleave(_steps(run.rounds(_ROUNDS) + 1, told))
    ours, floor = ([float(line.split()[0]) for line in lines[1:]] for lines in told)
    brought = sorted(told[0][-1].split()[1:])
    others = [one for one in _WATCHED if one not in brought]
    note = f"brings in {', '.join(brought) or 'nothing'} of the watched; not {', '.join(others)}"
    return per_operation(NAME, LIMIT, Times(ours, floor), note)


def _steps(rounds: int, told: tuple[list[str], list[str]]) -> Iterator[Step]:
    for _ in range(rounds):
        yield Step(partial(_child, "adminduk", told[0]), partial(_child, _FLOOR, told[1]))


def _child(modules: str, told: list[str]) -> None:
    code = _TIME.format(modules=modules, watched=set(_WATCHED))
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    told.append(done.stdout)
