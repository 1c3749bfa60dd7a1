"""What NIK and KK number share: a district, a day of an unknown century, a serial number."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from adminduk.values.base import Value
from adminduk.values.region import RegionCode

__all__ = ["SIXTEEN_DIGITS", "DatedNumber", "days_of"]

SIXTEEN_DIGITS: Final = re.compile(r"[0-9]{16}")
_CENTURIES: Final = (2000, 1900, 1800)


def days_of(day: int, month: int, year: int) -> tuple[date, ...]:
    """Give the days that day, month and two-digit year can mean, the latest first.

    The years 1800 to 2099 hold a leap year for every two digits that have one in any century.

    >>> [one.isoformat() for one in days_of(29, 2, 0)]
    ['2000-02-29']
    """
    found = []
    for century in _CENTURIES:
        try:
            found.append(date(century + year, month, day))
        except ValueError:
            continue
    return tuple(found)


class DatedNumber(Value):
    """Sixteen digits: six of a district, six of a day (DDMMYY), four of a serial number."""

    __slots__ = ()

    def masked(self) -> str:
        """Show the first four and the last two digits."""
        return f"{self._text[:4]}{'*' * 10}{self._text[-2:]}"

    @property
    def region(self) -> RegionCode:
        """The district in which it was first issued; the code may since have changed."""
        return RegionCode.parse(f"{self._text[:2]}.{self._text[2:4]}.{self._text[4:6]}")

    @property
    def day(self) -> int:
        """The day of the month, 1 to 31."""
        return int(self._text[6:8])

    @property
    def month(self) -> int:
        """The month, 1 to 12."""
        return int(self._text[8:10])

    @property
    def year(self) -> int:
        """The last two digits of the year; the century is not in the number."""
        return int(self._text[10:12])

    @property
    def serial(self) -> int:
        """The serial number within district and day, from 1."""
        return int(self._text[12:])
