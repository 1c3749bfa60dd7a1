"""Everything that decides whether a change is good: `python -m tests` from the root of a clone.

Each check runs even if one before it failed, so that one run tells all that is wrong.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
CHECKS: Final = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-cache"),
    # By files: the examples of a page go on from each other. In their order: a file of few tests
    # that take long would else come last, and one process wait for the other.
    (
        "pytest",
        "-n",
        "2",
        "--dist=loadfile",
        "--no-loadscope-reorder",
        "--cov",
        "--cov-report=term",
    ),
)


def main() -> int:
    """Run every check; give the number of those that failed."""
    bin_folder = Path(sys.executable).parent
    failed = []
    for program, *arguments in CHECKS:
        print(f"\n== {program} {' '.join(arguments)}", flush=True)
        started = time.monotonic()
        done = subprocess.run([bin_folder / program, *arguments], cwd=ROOT, check=False)
        print(f"== {time.monotonic() - started:.0f} s", flush=True)
        if done.returncode:
            failed.append(program)
    print(f"\n{'Failed: ' + ', '.join(failed) if failed else 'All good.'}", flush=True)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
