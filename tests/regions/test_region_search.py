"""Searching regions by name: what is found, and in which order."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk import regions
from adminduk.errors import NotFound
from adminduk.testing.strategies import known_region_codes
from adminduk.values import Level, RegionCode

R = RegionCode.parse
ANY_REGION = st.sampled_from(Level).flatmap(lambda level: known_region_codes(level=level))


def codes(text: str, **options: Any) -> list[str]:
    """Give the codes that a search finds."""
    return [one.code.full() for one in regions.search(text, **options)]


def typed(name: str) -> str:
    """Give a name as it is typed: small letters, straight apostrophes."""
    return name.casefold().replace("\u2019", "'")


def fit(region: regions.Region, text: str) -> int:
    """Say how a region fits: 0 by its whole name, 1 by its beginning, 2 by a part of it."""
    names = [typed(region.name)]
    if region.level is Level.REGENCY:
        for kind in ("kabupaten administrasi ", "kota administrasi ", "kabupaten ", "kota "):
            if names[0].startswith(kind):
                names.append(names[0].removeprefix(kind))
    if text in names:
        return 0
    return 1 if any(name.startswith(text) for name in names) else 2


class TestBestFirst:
    """Equal names come first, then those that begin so, then those that hold the text."""

    def test_order(self):
        """The regency of the name first, for it is the widest; then district and villages."""
        assert codes("Tuban")[:4] == ["35.23", "35.23.16", "33.13.13.2012", "51.03.01.1001"]

    @given(ANY_REGION, st.data())
    def test_what_fits_worse_comes_later(self, code: RegionCode, data: st.DataObject):
        """For any part of any name: all that is found holds it, and the better fit is first."""
        name = typed(regions.get(code).name)
        start = data.draw(st.integers(0, len(name) - 1))
        part = name[start : data.draw(st.integers(start + 1, len(name)))].strip()
        found = regions.search(part, limit=50)
        assert all(part in typed(one.name) for one in found)
        fits = [fit(one, part) for one in found]
        assert fits == sorted(fits)

    @given(ANY_REGION)
    def test_each_is_found_by_its_own_name(self, code: RegionCode):
        """A region is found by its name among all, and before it only others that fit as well."""
        region = regions.get(code)
        found = regions.search(region.name, level=region.level, limit=91_599)
        before = found[: found.index(region)]
        assert {fit(one, typed(region.name)) for one in before} <= {0}

    def test_kota_is_the_kind_of_a_regency_only(self):
        """A village called Kota Baru is not called Baru."""
        found = regions.search("baru", level=Level.VILLAGE, limit=91_599)
        assert {fit(one, "baru") for one in found if one.name == "Kota Baru"} == {2}
        names = [one.name for one in found]
        assert names.index("Kota Baru") > len(names) - names[::-1].index("Baru") - 1


class TestWritten:
    """Case, blanks and the form of apostrophes make no difference."""

    @pytest.mark.parametrize("text", ["kabupaten tuban", "KABUPATEN TUBAN", "  Kabupaten   Tuban "])
    def test_case_and_blanks(self, text: str):
        """As people type it."""
        assert codes(text) == ["35.23"]

    @pytest.mark.parametrize("text", ["regapu'u", "Regapu\u2019u", "regapu`u", "Regapu\u2018u"])
    def test_apostrophes(self, text: str):
        """The straight one of a keyboard and the curved one of the list are the same."""
        assert codes(text) == ["53.07.01.2021"]

    @pytest.mark.parametrize("text", ["", "   ", "no region has such a name", "x" * 10_000_000])
    def test_nothing(self, text: str):
        """Nothing to look for, nothing of that name, and a huge text find nothing, quickly."""
        regions.exists(R("35"))
        started = time.thread_time()
        assert regions.search(text) == ()
        assert time.thread_time() - started < 0.2


class TestNarrowed:
    """A search may be kept to a region, to a level, to a number."""

    def test_within(self):
        """Only the region itself and what is in it."""
        assert codes("tuban", within=R("35.23")) == ["35.23", "35.23.16"]
        assert all(one.startswith("51") for one in codes("tuban", within=R("51")))
        assert codes("tuban", within=R("51.03.01.1001")) == ["51.03.01.1001"]
        assert codes("tuban", within=R("11")) == ["11.10.11.2006"]

    def test_level(self):
        """Only regions of the level."""
        assert codes("tuban", level=Level.REGENCY) == ["35.23"]
        assert {one.level for one in regions.search("tu", level=Level.DISTRICT)} == {Level.DISTRICT}

    @pytest.mark.parametrize(("limit", "count"), [(0, 0), (-1, 0), (1, 1), (7, 7)])
    def test_limit(self, limit: int, count: int):
        """At most so many, the best of them."""
        assert codes("su", limit=limit) == codes("su", limit=100)[:count]

    def test_an_unknown_region(self):
        """To search in a region that does not exist is an error, not an empty answer."""
        with pytest.raises(NotFound):
            regions.search("tuban", within=R("99"))
