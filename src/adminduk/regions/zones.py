"""The three time zones of the country, by province (Keppres 41/1987; newer provinces as before)."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Final

from adminduk.values import RegionCode

__all__ = ["WIB", "WIT", "WITA", "zone_of"]

WIB: Final = timezone(timedelta(hours=7), "WIB")
WITA: Final = timezone(timedelta(hours=8), "WITA")
WIT: Final = timezone(timedelta(hours=9), "WIT")

_CENTRAL: Final = frozenset(
    ["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"]
)
"""Bali, Nusa Tenggara, South, East and North Kalimantan, Sulawesi."""
_EASTERN: Final = frozenset(["81", "82", "91", "92", "93", "94", "95", "96"])
"""Maluku and Papua."""


def zone_of(region: RegionCode) -> timezone:
    """Give the zone of a region: that of its province.

    >>> zone_of(RegionCode.parse("35.23")).tzname(None)
    'WIB'
    """
    province = region.full()[:2]
    if province in _CENTRAL:
        return WITA
    return WIT if province in _EASTERN else WIB
