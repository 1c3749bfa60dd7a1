"""Measure and print: `python -m benchmarks`, from the root of the repository.

It exits 0 whether or not a limit is met: figures are read, not tested.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.machine import described, settle
from benchmarks.row import Row
from benchmarks.run import Run
from benchmarks.table import HEAD, machine_line, row_lines

_MODULES: Final = {
    "one-command": "one_command",
    "one-command-no-wait": "one_command_no_wait",
    "one-command-encrypted": "one_command_encrypted",
    "one-command-postgresql": "postgresql.one_command",
    "weekly-seal": "weekly_seal",
    "case-eventsourcing": "whole_case_eventsourcing",
    "case-eventsourcing-postgresql": "postgresql.whole_case_eventsourcing",
    "case-django": "whole_case_django",
    "case-sqlalchemy": "whole_case_sqlalchemy",
    "deciding": "deciding",
    "checklist-warm": "checklist_warm",
    "catalogue-load": "catalogue_load",
    "interview": "interview",
    "import": "importing",
    "growth": "growth",
    "growth-postgresql": "postgresql.growth",
    "inbox-memory": "inbox_memory",
    "verify": "verifying",
}
"""The module of each row, in the order in which they are measured."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--only",
        action="append",
        choices=_MODULES,
        metavar="NAME",
        help=f"measure this row only (may be repeated): {', '.join(_MODULES)}",
    )
    parser.add_argument("--quick", action="store_true", help="smaller counts, rougher figures")
    parser.add_argument("--million", action="store_true", help="the largest stores hold a million")
    parser.add_argument(
        "--ten-million",
        dest="most",
        action="store_const",
        const=10_000_000,
        help="the largest store of PostgreSQL holds ten million",
    )
    parser.add_argument(
        "--most", type=int, metavar="COUNT", help="the largest store of PostgreSQL holds so many"
    )
    parser.add_argument(
        "--folder", type=Path, help="where files are made and removed again: the disk to measure"
    )
    parser.add_argument(
        "--plot", type=Path, metavar="FOLDER", help="also draw what was measured, as SVG"
    )
    asked = parser.parse_args()
    if asked.plot:
        if find_spec("matplotlib") is None:
            parser.error("--plot needs matplotlib: python -m pip install --group bench")
        asked.plot.mkdir(parents=True, exist_ok=True)
    return asked


def _measured(name: str, run: Run) -> list[Row]:
    settle()
    found: Row | list[Row] = import_module(f"benchmarks.{_MODULES[name]}").measure(run)
    return found if isinstance(found, list) else [found]


def main() -> None:
    """Measure what was asked for."""
    asked = _arguments()
    rows: list[Row] = []
    with TemporaryDirectory(dir=asked.folder) as folder:
        run = Run(Path(folder), quick=asked.quick, million=asked.million, most=asked.most)
        machine = described(run.place())
        if not asked.json:
            print(machine_line(machine), "", HEAD, sep="\n", flush=True)
        for name in _MODULES:
            if asked.only and name not in asked.only:
                continue
            for row in _measured(name, run):
                rows.append(row)
                if not asked.json:
                    print(*row_lines(row), sep="\n", flush=True)
    if asked.json:
        figures = [one.figures() for one in rows]
        json.dump({"machine": machine, "rows": figures}, sys.stdout, indent=2)
        print()
    if asked.plot:
        from benchmarks.pictures import draw_all  # matplotlib may not be installed

        drawn = draw_all(rows, machine, asked.plot)
        if not asked.json:
            print("", *(f"drawn: {path}" for path in drawn), sep="\n")


if __name__ == "__main__":
    main()
