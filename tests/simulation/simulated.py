"""Small offices without chance, of which everything can be worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from adminduk.simulation import Result, Scenario, Spread, simulate

__all__ = ["AN_HOUR", "MONDAY", "at_desks", "even", "simulated"]

MONDAY: Final = date(2021, 9, 6)
"""The first of four weeks without a holiday."""
AN_HOUR: Final = 3600


def even(**said: Any) -> Scenario:
    """Give an office in which nothing is left to chance, and nobody ever waits for a desk."""
    usual: dict[str, Any] = {
        "since": MONDAY,
        "until": date(2021, 9, 10),
        "documents": {"kk-hilang": 8},
        "arrivals": Spread.EVEN,
        "work": Spread.EVEN,
        "verifiers": 20,
        "printers": 20,
        "verify_seconds": 1,
        "print_seconds": 1,
        "counter_percent": 0,
        "urgent_percent": 0,
        "digital_percent": 0,
        "returned_percent": 0,
    }
    return Scenario(**{**usual, **said})


def simulated(**said: Any) -> Result:
    """Simulate such an office."""
    return simulate(even(**said))


def at_desks(result: Result, days: int) -> list[int]:
    """Give what waited at the desks on the first evenings of working days."""
    calendar = result.scenario.calendar
    return [one.backlog for one in result.evenings if calendar.is_working(one.day)][:days]
