"""All provinces, regencies, districts and villages, by code and by name.

The list is read when it is first asked; from then on a look-up takes microseconds.
"""

from __future__ import annotations

import csv
import gzip
import io
from bisect import bisect_left
from functools import lru_cache
from importlib.resources import files

from attrs import frozen

from adminduk.errors import NotFound
from adminduk.values import Level, RegionCode

__all__ = ["Region", "children", "exists", "get", "parent", "search"]


@frozen
class Region:
    """A region: its code, its name, its level."""

    code: RegionCode
    name: str

    @property
    def level(self) -> Level:
        """Province, regency, district or village."""
        return self.code.level


@frozen
class _Table:
    names: dict[str, str]
    codes: list[str]
    folded: list[tuple[str, str]]


@lru_cache(maxsize=1)
def _table() -> _Table:
    packed = files(__name__).joinpath("data", "wilayah.csv.gz").read_bytes()
    rows = csv.reader(io.StringIO(gzip.decompress(packed).decode()))
    next(rows)  # the heads of the columns
    names = {code: name for code, name in rows}
    return _Table(names, sorted(names), [(name.casefold(), code) for code, name in names.items()])


def exists(code: RegionCode) -> bool:
    """Whether there is a region of that code."""
    return code.full() in _table().names


def get(code: RegionCode) -> Region:
    """Give the region of a code.

    Raises:
        NotFound: There is none.
    """
    name = _table().names.get(code.full())
    if name is None:
        raise NotFound(kind="region", id=code.full())
    return Region(code, name)


def parent(code: RegionCode) -> Region | None:
    """Give the region that a region is part of; a province has none."""
    above = code.parent
    return None if above is None else get(above)


def children(code: RegionCode | None = None) -> tuple[Region, ...]:
    """Give the regions directly below a region, by code; without a code the provinces."""
    table = _table()
    prefix = "" if code is None else code.full() + "."
    depth = 0 if code is None else code.level.value
    start = bisect_left(table.codes, prefix)
    end = bisect_left(table.codes, prefix + "\x7f") if prefix else len(table.codes)
    return tuple(
        Region(RegionCode.parse(one), table.names[one])
        for one in table.codes[start:end]
        if one.count(".") == depth
    )


def search(
    text: str, *, within: RegionCode | None = None, level: Level | None = None, limit: int = 20
) -> tuple[Region, ...]:
    """Find regions by name: equal first, then those that begin so, then those that hold it."""
    wanted = " ".join(text.casefold().split())
    if not wanted:
        return ()
    found = [
        ((name != wanted, not name.startswith(wanted), code.count("."), code), code)
        for name, code in _table().folded
        if wanted in name
        and (within is None or code == within.full() or code.startswith(within.full() + "."))
        and (level is None or code.count(".") + 1 == level)
    ]
    best = [code for _, code in sorted(found)[:limit]]
    return tuple(Region(RegionCode.parse(code), _table().names[code]) for code in best)
