"""`python -m adminduk.testing.day`: write a day of an office as lines for `adminduk apply`."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from adminduk.errors import AdmindukError
from adminduk.testing.day import DAY, lines


def main() -> None:
    """Write the lines to a file, or where the output goes."""
    parser = argparse.ArgumentParser(prog="python -m adminduk.testing.day", description=__doc__)
    parser.add_argument("--applications", type=int, default=1000, metavar="NUMBER")
    parser.add_argument("--seed", type=int, default=1, metavar="NUMBER")
    parser.add_argument("--day", type=date.fromisoformat, default=DAY, metavar="YYYY-MM-DD")
    parser.add_argument("--region", default="35.23", metavar="CODE", help="of a regency or city")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where else than to the output")
    asked = parser.parse_args()
    try:
        day = lines(asked.applications, asked.seed, asked.day, asked.region)
    except AdmindukError as error:
        parser.error(str(error))
    with nullcontext(sys.stdout.buffer) if asked.out is None else asked.out.open("wb") as file:
        file.writelines(day)


if __name__ == "__main__":
    main()
