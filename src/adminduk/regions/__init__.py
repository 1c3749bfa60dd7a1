"""All provinces, regencies, districts and villages, by code and by name.

The list (Kepmendagri 300.2.2-2138/2025, changed by 300.2.2-2430/2025) is read when it is first
asked; from then on a look-up takes microseconds. Threads may share it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from heapq import nsmallest
from typing import Final

from attrs import frozen

from adminduk.errors import InvalidInput, NotFound
from adminduk.language import N_
from adminduk.values import Level, RegionCode

__all__ = ["Region", "children", "exists", "get", "parent", "regency", "search"]

_LONGEST_SEARCH: Final = 100
_KIND: Final = re.compile(r"^(?:kabupaten|kota)(?: administrasi)? ")
_APOSTROPHES: Final = str.maketrans("\u2018\u2019\u02bc`", "''''")


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
    """The list: names by code, codes by the code above, and names as they are searched."""

    names: dict[str, str]
    below: dict[str, list[str]]
    folded: list[tuple[str, str]]


@lru_cache(maxsize=1)
def _table() -> _Table:
    import csv
    import gzip
    import io
    from importlib.resources import files

    packed = files(__name__).joinpath("data", "wilayah.csv.gz").read_bytes()
    rows = csv.reader(io.StringIO(gzip.decompress(packed).decode()))
    next(rows)  # the heads of the columns
    names = {code: name for code, name in rows}  # noqa: C416 - a row of three must not pass
    below: dict[str, list[str]] = {}
    for code in sorted(names):
        below.setdefault(code.rpartition(".")[0], []).append(code)
    return _Table(names, below, [(_fold(name), code) for code, name in names.items()])


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_APOSTROPHES).casefold().split())


def _made(code: str) -> Region:
    return Region(RegionCode.parse(code), _table().names[code])


def exists(code: RegionCode) -> bool:
    """Whether there is a region of that code."""
    return code.full() in _table().names


def regency(region: RegionCode | str, path: str = "") -> RegionCode:
    """Check that a region is one that has an office.

    Args:
        region: The region.
        path: Where it was said, for the error.

    Raises:
        InvalidInput: It is no regency or city that exists.
    """
    code = region if isinstance(region, RegionCode) else RegionCode.parse(region)
    if code.level is not Level.REGENCY or not exists(code):
        raise InvalidInput.at(
            path,
            "not_a_regency",
            N_("An office belongs to a regency or city that exists."),
            N_("a code as 35.23; look it up with `adminduk region NAME`"),
        )
    return code


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
    """Give the region that a region is part of; a province has none.

    Raises:
        NotFound: There is no region of that code.
    """
    above = get(code).code.parent
    return None if above is None else get(above)


def children(code: RegionCode | None = None) -> tuple[Region, ...]:
    """Give the regions directly below a region, by code; without a code the provinces.

    Raises:
        NotFound: There is no region of that code.
    """
    above = "" if code is None else get(code).code.full()
    return tuple(_made(one) for one in _table().below.get(above, ()))


def search(
    text: str, *, within: RegionCode | None = None, level: Level | None = None, limit: int = 20
) -> tuple[Region, ...]:
    """Find regions by name: equal first, then those that begin so, then those that hold it.

    Upper and lower case and the form of apostrophes make no difference, and the `Kabupaten` or
    `Kota` of a regency need not be said. Among equally good ones wider regions come first,
    then lower codes.

    Args:
        text: The name or a part of it; a text without a letter to look for finds nothing.
        within: Only this region and those in it.
        level: Only regions of this level.
        limit: At most so many.

    Raises:
        NotFound: There is no region `within`.
    """
    area = "" if within is None else get(within).code.full()
    wanted = _fold(text) if len(text) <= _LONGEST_SEARCH else ""
    if not wanted:
        return ()
    fitting = (
        (_rank(name, code, wanted), code.count("."), code)
        for name, code in _table().folded
        if wanted in name
        and code.startswith(area)
        and (level is None or code.count(".") + 1 == level)
    )
    return tuple(_made(code) for _, _, code in nsmallest(limit, fitting))


def _rank(name: str, code: str, wanted: str) -> int:
    """Say how well a name fits, best first: 0 equal, 1 begins so, 2 holds it."""
    bare = _KIND.sub("", name) if code.count(".") == 1 else name
    if wanted in (name, bare):
        return 0
    return 1 if name.startswith(wanted) or bare.startswith(wanted) else 2
