"""`python -m adminduk.testing.month`: play a month of an office, and say what came of it."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from datetime import date

from adminduk.codec import to_json
from adminduk.errors import AdmindukError
from adminduk.testing.month.playing import play
from adminduk.testing.month.reckoning import reckon
from adminduk.testing.month.summary import table

_MANY = 100
"""From so many documents a day on, what takes long is left out of the reckoning."""


def main() -> int:
    """Play it, print the summary; give 1 if something does not fit."""
    parser = argparse.ArgumentParser(prog="python -m adminduk.testing.month", description=__doc__)
    parser.add_argument("--documents", type=int, default=20, metavar="NUMBER", help="a working day")
    parser.add_argument("--seed", type=int, default=1, metavar="NUMBER")
    parser.add_argument("--storage", default="memory:", metavar="URL", help="of a fresh store")
    parser.add_argument("--scans", metavar="URL", help="of a fresh store of scans")
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args()
    started = time.monotonic()

    def progress(day: date, met: Counter[str]) -> None:
        done = f"{met['applications']:7,} applications, {met['handed over']:7,} handed over"
        sys.stderr.write(f"{day} {time.monotonic() - started:6.0f} s {done}\n")
        sys.stderr.flush()

    try:
        month = play(
            asked.documents, asked.seed, storage=asked.storage, scans=asked.scans, progress=progress
        )
        came = reckon(month, promises_too=asked.documents < _MANY)
    except AdmindukError as error:
        parser.error(str(error))
    came.counts["seconds"] = round(time.monotonic() - started)
    told = {"counts": came.counts, "faults": came.faults}
    sys.stdout.write(to_json(told).decode() if asked.json else table(came))
    sys.stdout.write("\n")
    return bool(came.faults)


if __name__ == "__main__":
    sys.exit(main())
