"""Memory while paging through a long inbox.

Measured: the most memory that a fresh process ever held after paging through a whole inbox
(100,000 tasks; with `--million` a million), 100 at a time, letting go of each page.

Floor: the same of the same process after the first 1,000 tasks: whoever shows a page must hold it
and the program. If a page costs its page and nothing else, both are the same.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Final

from benchmarks.clones import submitted
from benchmarks.row import Row
from benchmarks.run import Run

__all__ = ["measure"]

NAME: Final = "inbox-memory"
LIMIT: Final = 1.1


def measure(run: Run) -> Row:
    """Let a child page, and compare what it held early with what it held at the end."""
    path = submitted(run, run.many)
    command = [sys.executable, "-m", "benchmarks.paging", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    first, last, tasks = done.stdout.split()
    if int(tasks) != run.many:
        raise RuntimeError(f"{tasks} tasks were paged, not {run.many}")
    early, late = (int(one) / 1024**2 for one in (first, last))
    note = f"peak memory; grew {late - early:.2f} MiB from 1,000 tasks to {run.many:,}"
    return Row(NAME, late / early, LIMIT, late, early, "MiB", note)
