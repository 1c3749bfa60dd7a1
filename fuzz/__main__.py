"""Run the targets one after the other: `python -m fuzz [--seconds N] [--only TARGET]`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from fuzz.targets import TARGETS

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Give each target its time; 1 where an input was found that breaks a promise."""
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--only", choices=TARGETS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    failed = []
    for name in [asked.only] if asked.only else TARGETS:
        options = [f"-max_total_time={asked.seconds}", f"-seed={asked.seed}", "-max_len=8192"]
        command = [sys.executable, "-m", "fuzz.one", name, *options, "-verbosity=0"]
        done = subprocess.run(
            [*command, "-print_final_stats=1", "-rss_limit_mb=2048"], cwd=ROOT, check=False
        )
        if done.returncode or any((ROOT / "fuzz" / "found").glob(f"{name}-*")):
            failed.append(name)
    print("Broken: " + ", ".join(failed) if failed else "Nothing found.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
