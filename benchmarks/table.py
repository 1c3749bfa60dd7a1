"""The figures as a table for people, at most 100 columns wide."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any, Final

from benchmarks.row import Row

__all__ = ["HEAD", "machine_line", "row_lines"]

_WIDTH: Final = 100
_FORM: Final = "{:<20} {:>8} {:>7}  {:<8} {:>12} {:>12}  {}"

HEAD: Final = _FORM.format("name", "ratio", "limit", "", "ours", "floor", "unit")


def machine_line(machine: dict[str, Any]) -> str:
    """Say what was measured on."""
    told = ", ".join(f"{name} {value}" for name, value in machine.items())
    return "\n".join(wrap(told, _WIDTH))


def row_lines(row: Row) -> Iterator[str]:
    """Give the lines of a row: its figures, and below them what else there is to say."""
    yield _FORM.format(
        row.name,
        _number(row.ratio, 3),
        _number(row.limit, 2),
        row.verdict,
        _number(row.ours, 2),
        _number(row.floor, 2),
        row.unit,
    ).rstrip()
    yield from wrap(row.note, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def _number(value: float | None, places: int) -> str:
    return "-" if value is None else f"{value:,.{places}f}"
