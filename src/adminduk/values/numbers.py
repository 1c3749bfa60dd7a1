"""Days inside numbers: two digits each of day, month and year, of an unknown century."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

__all__ = ["SIXTEEN_DIGITS", "days_of", "mask"]

SIXTEEN_DIGITS: Final = re.compile(r"[0-9]{16}")
_CENTURIES: Final = (1800, 1900, 2000)


def days_of(day: int, month: int, year: int) -> tuple[date, ...]:
    """Give the days that day, month and two-digit year can mean, the latest first."""
    found = []
    for century in reversed(_CENTURIES):
        try:
            found.append(date(century + year, month, day))
        except ValueError:
            continue
    return tuple(found)


def mask(text: str) -> str:
    """Show the first four and the last two characters."""
    return text[:4] + "*" * (len(text) - 6) + text[-2:]
