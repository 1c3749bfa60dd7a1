"""All pictures of what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import picture_cases, picture_growth, picture_ratios
from benchmarks.row import Row
from benchmarks.table import machine_line

__all__ = ["draw_all"]


def draw_all(rows: Sequence[Row], machine: dict[str, Any], folder: Path) -> list[Path]:
    """Draw into a folder what the rows are enough for; give the files."""
    caption = f"measured on {machine_line(machine)}".replace("\n", " ")
    return [
        path
        for picture in (picture_cases, picture_growth, picture_ratios)
        for path in picture.draw(rows, caption, folder)
    ]
