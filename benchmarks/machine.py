"""What the figures were measured on; ratios travel, raw figures do not."""

from __future__ import annotations

import os
import platform
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import apsw

from benchmarks.raw import Statement, open_raw, write
from benchmarks.timing import Step, interleave

__all__ = ["described", "settle"]

_ROUNDS = 100


def described(folder: Path) -> dict[str, Any]:
    """Describe the machine, with what one small durable commit costs on the disk in use."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "architecture": platform.machine(),
        "cpus": os.cpu_count(),
        "sqlite": apsw.sqlite_lib_version(),
        "commit_us": round(_commit(folder, "full")),
        "commit_no_wait_us": round(_commit(folder, "off")),
    }


def settle() -> None:
    """Wait until the disk is done with what was written before: it would slow whoever is next."""
    if hasattr(os, "sync"):  # not on Windows
        os.sync()


def _commit(folder: Path, synchronous: str) -> float:
    """Time one small commit, in microseconds."""
    path = folder / f"{synchronous}.db"
    raw = open_raw(path)
    raw.pragma("synchronous", synchronous)
    raw.execute("create table small (id integer primary key) strict")
    sql = "insert into small values (?)"
    steps = (
        Step(partial(write, raw, [Statement(sql, [(place,)])]), lambda: None)
        for place in range(_ROUNDS)
    )
    times = interleave(steps, warm=_ROUNDS // 10)
    raw.close()
    return median(times.ours) / 1000
