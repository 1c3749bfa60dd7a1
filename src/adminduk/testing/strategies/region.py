"""Strategies for region codes: invented ones, and those of regions that exist."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from hypothesis import strategies as st

from adminduk import regions
from adminduk.values import Level, RegionCode

__all__ = ["TUBAN", "known_region_codes", "region_codes"]

TUBAN: Final = RegionCode.parse("35.23")
"""The regency whose office, districts and villages are drawn unless others are asked for."""

_WIDTHS: Final = (2, 2, 2, 4)


def region_codes(
    *, level: Level | None = None, within: RegionCode | None = None
) -> st.SearchStrategy[RegionCode]:
    """Draw a code of the right form, of a region that need not exist.

    Args:
        level: Its level, not above that of `within`; any if left out.
        within: The code begins with this one, or is this one.
    """
    first = Level.PROVINCE if within is None else within.level
    levels = [one for one in Level if one >= first] if level is None else [level]
    return st.one_of(*(_codes(one, within) for one in levels))


def _codes(level: Level, within: RegionCode | None) -> st.SearchStrategy[RegionCode]:
    given = [] if within is None else within.full().split(".")
    drawn = [_digits(width) for width in _WIDTHS[len(given) : level]]
    return st.tuples(*drawn).map(lambda parts: RegionCode.parse(".".join([*given, *parts])))


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.integers(0, 10**count - 1).map(lambda number: f"{number:0{count}}")


def known_region_codes(
    *, level: Level = Level.VILLAGE, within: RegionCode | None = None
) -> st.SearchStrategy[RegionCode]:
    """Draw the code of a region that exists; the list of regions is read when drawing begins.

    Args:
        level: Its level, not above that of `within`.
        within: It is part of this region.
    """
    return st.deferred(lambda: st.sampled_from(_known(level, within)))


@lru_cache(maxsize=16)
def _known(level: Level, within: RegionCode | None) -> tuple[RegionCode, ...]:
    found = (regions.get(within),) if within else regions.children()
    while found[0].level < level:
        found = tuple(below for one in found for below in regions.children(one.code))
    return tuple(one.code for one in found)
