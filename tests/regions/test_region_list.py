"""The list of regions: complete, consistent, quick, read when first asked."""

from __future__ import annotations

import gzip
import importlib.util
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk import regions
from adminduk.errors import NotFound
from adminduk.testing.strategies import known_region_codes, region_codes
from adminduk.values import Level, RegionCode

R = RegionCode.parse
UNKNOWN = R("99.99")
LEVELS = st.sampled_from(Level).flatmap(lambda level: known_region_codes(level=level))


class TestTheList:
    """All regions of Kepmendagri 300.2.2-2138/2025, as changed by 300.2.2-2430/2025."""

    def test_complete(self):
        """38 provinces, 514 regencies and cities, 7,285 districts, 83,762 villages."""
        codes = [R(code) for code in regions._table().names]
        assert Counter(code.level for code in codes) == {
            Level.PROVINCE: 38,
            Level.REGENCY: 514,
            Level.DISTRICT: 7285,
            Level.VILLAGE: 83762,
        }

    def test_every_region_is_reached_from_the_provinces(self):
        """Going down by children meets every region once: nothing hangs in the air."""
        met, above = 0, list(regions.children())
        while above:
            one = above.pop()
            met += 1
            if one.level is not Level.VILLAGE:
                above.extend(regions.children(one.code))
        assert met == 91_599

    def test_names(self):
        """Every name is there, without blanks around it."""
        names = regions._table().names.values()
        assert [name for name in names if not name or name != name.strip()] == []

    @pytest.mark.parametrize(
        ("code", "name"),
        [
            ("35", "Jawa Timur"),
            ("35.23", "Kabupaten Tuban"),
            ("35.23.08", "Kerek"),
            ("35.23.08.2001", "Gemulung"),
            ("31.71", "Kota Administrasi Jakarta Pusat"),
        ],
    )
    def test_examples(self, code: str, name: str):
        """Some that are easily looked up."""
        assert regions.get(R(code)) == regions.Region(R(code), name)

    def test_tuban(self):
        """Tuban has 20 districts, with 311 villages and 17 urban villages."""
        districts = regions.children(R("35.23"))
        assert len(districts) == 20
        assert sum(len(regions.children(one.code)) for one in districts) == 328


class TestLookUp:
    """By its code a region, what it is part of, and what is part of it."""

    @given(LEVELS)
    def test_known(self, code: RegionCode):
        """A known code gives its region, whose level is the code's."""
        region = regions.get(code)
        assert regions.exists(code)
        assert region.code == code
        assert region.level is code.level

    @given(region_codes())
    def test_get_and_exists_agree(self, code: RegionCode):
        """There is a region exactly where `exists` says so; else the error names the code."""
        if regions.exists(code):
            assert regions.get(code).code == code
        else:
            with pytest.raises(NotFound) as caught:
                regions.get(code)
            assert caught.value.facts == {"kind": "region", "id": code.full()}

    @given(LEVELS)
    def test_parent_and_children_are_inverse(self, code: RegionCode):
        """A region is among its parent's children, which are sorted and one level lower."""
        above = regions.parent(code)
        assert (above is None) == (code.level is Level.PROVINCE)
        siblings = regions.children(None if above is None else above.code)
        assert regions.get(code) in siblings
        assert {one.level for one in siblings} == {code.level}
        assert {one.code.parent for one in siblings} == {code.parent}
        assert list(siblings) == sorted(siblings, key=lambda one: one.code)

    def test_a_village_has_no_children(self):
        """Below a village there is nothing."""
        assert regions.children(R("35.23.08.2001")) == ()

    @pytest.mark.parametrize("look_up", [regions.get, regions.parent, regions.children])
    @pytest.mark.parametrize("code", ["99", "99.99", "35.99", "35.23.08.9999"])
    def test_unknown(self, look_up: Callable[[RegionCode], Any], code: str):
        """An unknown code is an error everywhere, never an empty answer."""
        with pytest.raises(NotFound) as caught:
            look_up(R(code))
        assert caught.value.facts == {"kind": "region", "id": code}

    def test_microseconds(self):
        """Ten thousand look-ups take well under a second."""
        codes = [R(f"35.23.08.{number}") for number in range(2001, 2012)]
        regions.exists(codes[0])
        started = time.thread_time()
        for _ in range(1000):
            for code in codes[:10]:
                regions.get(code)
        assert time.thread_time() - started < 0.5


class TestReading:
    """The list is read once, when it is first asked."""

    def test_not_at_import(self, monkeypatch: pytest.MonkeyPatch):
        """Executing the module reads nothing; the first question does."""

        def unpack(_: bytes) -> bytes:
            raise OSError("read")

        monkeypatch.setattr(gzip, "decompress", unpack)
        spec = importlib.util.spec_from_file_location(
            "adminduk.regions", Path(str(regions.__file__))
        )
        assert spec is not None
        assert spec.loader is not None
        fresh = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(fresh)
        with pytest.raises(OSError, match="read"):
            fresh.exists(UNKNOWN)

    def test_by_many_threads_at_once(self):
        """Threads that ask first at the same time all get the right answer."""
        regions._table.cache_clear()
        with ThreadPoolExecutor(4) as pool:
            names = list(pool.map(lambda _: regions.get(R("35.23")).name, range(16)))
        assert names == ["Kabupaten Tuban"] * 16
