"""What came of a month, as a table to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from adminduk.testing.month.reckoning import Reckoning

__all__ = ["table"]

_PARTS: Final[dict[str, tuple[str, ...]]] = {
    "People": (
        "days",
        "applications",
        "counter letters",
        "returned",
        "cases completed",
        "cases rejected",
        "cases withdrawn",
        "cases expired",
        "cases lapsed",
        "weeks of a village operator ill",
    ),
    "Papers": (
        "documents",
        "papers",
        "replaced",
        "handed over",
        "never came",
        "originals given back",
        "filed or void",
        "minutes",
    ),
    "Blanks": ("blanks spent", "misprinted", "days without blanks"),
    "Bags": (
        "bags sealed",
        "sent out",
        "vans that came back",
        "bags left elsewhere",
        "bags that vanished",
        "bags that turned up",
        "bags written off",
        "broken seals",
    ),
    "Mishaps": (
        "in the wrong bag",
        "fell beside the bag",
        "extra papers",
        "damaged",
        "mislaid",
        "found",
        "lost",
    ),
    "Promises": (
        "promises",
        "promises kept",
        "promises broken",
        "promises ended",
        "promises open",
        "promises paused",
        "promises overdue",
    ),
    "Scans": (
        "scans",
        "scans refused",
        "scans thrown away",
        "scans removed",
        "scans named at the end",
    ),
    "Told": ("messages", "commands"),
}


def table(came: Reckoning) -> str:
    """Give the table, and below it what does not fit."""
    return "\n".join(_lines(came))


def _lines(came: Reckoning) -> Iterator[str]:
    for part, names in _PARTS.items():
        yield f"{part}"
        yield from (f"  {name:<34}{came.counts.get(name, 0):>10,}" for name in names)
        if part == "Promises":
            late = {one: n for one, n in came.counts.items() if one.startswith("late: ")}
            for name, number in sorted(late.items(), key=lambda pair: -pair[1]):
                yield f"    {name:<32}{number:>10,}"
    yield f"{len(came.faults)} faults"
    yield from came.faults
