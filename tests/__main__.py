"""Everything that decides whether a change is good: `python -m tests` from the root of a clone.

The tests wait for servers and processes now and then, so the other checks are made beside them.
Each runs even if another failed, so that one run tells all that is wrong.
"""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
# Three processes for two cores: there is always one that does not wait.
# By files: the examples of a page go on from each other. In their order: a file of few tests
# that take long would else come last, and one process wait for the other.
TESTS: Final = (
    "pytest",
    "-n",
    "3",
    "--dist=loadfile",
    "--no-loadscope-reorder",
    "--cov",
    "--cov-report=term",
    "--cov-fail-under=90",
)
BESIDE: Final = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-cache"),
)


def main() -> int:
    """Run every check; give the number of those that failed."""
    with ThreadPoolExecutor(1) as pool:
        beside = [pool.submit(failed, *line, output=subprocess.PIPE) for line in BESIDE]
        found = [failed(*TESTS), *(one.result() for one in beside)]
    every = [program for program in found if program]
    print(f"\n{'Failed: ' + ', '.join(every) if every else 'All good.'}", flush=True)
    return len(every)


def failed(program: str, *arguments: str, output: int | None = None) -> str | None:
    """Run a check, and give its name if it failed; what is taken of it is shown in the end."""
    started = time.monotonic()
    done = subprocess.run(
        [Path(sys.executable).parent / program, *arguments],
        cwd=ROOT,
        check=False,
        stdout=output,
        text=True,
    )
    seconds = time.monotonic() - started
    told = f"\n{done.stdout or ''}== {program} {' '.join(arguments)}: {seconds:.0f} s"
    print(told, flush=True)
    return program if done.returncode else None


if __name__ == "__main__":
    sys.exit(main())
