"""Loading the national rules, against parsing their files.

Measured: reading the folder of rules into a catalogue, every rule checked.

Floor: `tomllib` parses the same files, and nothing is made of what it read.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

import adminduk.catalogue
from adminduk.catalogue import load_directory
from benchmarks.row import Row, per_operation
from benchmarks.run import Run
from benchmarks.timing import Step, interleave

__all__ = ["measure"]

NAME: Final = "catalogue-load"
LIMIT: Final = 3.0

_ROUNDS: Final = 30
_FOLDER: Final = Path(adminduk.catalogue.__file__).parent / "data"


def measure(run: Run) -> Row:
    """Load and parse in turns."""
    steps = (Step(_load, _parse) for _ in range(run.rounds(_ROUNDS) + 3))
    times = interleave(steps, warm=3)
    return per_operation(NAME, LIMIT, times, f"{len(_files())} files")


def _files() -> list[Path]:
    return sorted(_FOLDER.glob("*.toml"))


def _load() -> None:
    load_directory(_FOLDER)


def _parse() -> None:
    for file in _files():
        tomllib.loads(file.read_text(encoding="utf-8"))
