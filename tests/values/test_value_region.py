"""Region codes: their form, their levels, what contains what."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.errors import InvalidInput
from adminduk.testing.strategies import region_codes
from adminduk.values import Level, RegionCode

VILLAGE = RegionCode.parse("35.23.08.2001")


class TestForm:
    """Two, four, six or ten digits with points between the levels (Permendagri 58/2021)."""

    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("35", Level.PROVINCE),
            ("35.23", Level.REGENCY),
            ("35.23.08", Level.DISTRICT),
            ("35.23.08.2001", Level.VILLAGE),
            ("00.00", Level.REGENCY),
        ],
    )
    def test_levels(self, text: str, level: Level):
        """The number of parts is the level; whether there is such a region is not asked."""
        code = RegionCode.parse(text)
        assert code.level is level
        assert code.full() == text

    @given(st.text("0123456789.", max_size=16))
    def test_nothing_else(self, text: str):
        """Every other arrangement of digits and points is refused."""
        good = bool(re.fullmatch(r"\d\d|\d\d\.\d\d|\d\d\.\d\d\.\d\d|\d\d\.\d\d\.\d\d\.\d{4}", text))
        if good:
            assert RegionCode.parse(text).full() == text
        else:
            with pytest.raises(InvalidInput, match="region"):
                RegionCode.parse(text)

    @pytest.mark.parametrize(
        "text", ["\u0663\u0665", "\uff13\uff15", "35\n", " 35", "35-23", "3523", "35.23.08.2001.1"]
    )
    def test_lookalikes(self, text: str):
        """Other scripts' digits, blanks and other signs are refused."""
        with pytest.raises(InvalidInput):
            RegionCode.parse(text)


class TestParts:
    """A village is part of its district, this of its regency, this of its province."""

    def test_parent(self):
        """The parent has one part less; a province has none."""
        line = [VILLAGE]
        while (above := line[-1].parent) is not None:
            line.append(above)
        assert [code.full() for code in line] == ["35.23.08.2001", "35.23.08", "35.23", "35"]

    @given(region_codes(), st.sampled_from(Level))
    def test_ancestor(self, code: RegionCode, level: Level):
        """The ancestor at a level is of that level and contains the code; below there is none."""
        if level > code.level:
            with pytest.raises(ValueError, match="is no part of"):
                code.ancestor(level)
        else:
            assert code.ancestor(level).level is level
            assert code.ancestor(level).contains(code)
        assert code.ancestor(code.level) == code

    @given(region_codes(), st.data())
    def test_contains_itself_and_what_is_below(self, code: RegionCode, data: st.DataObject):
        """A region contains itself and each that begins with its parts; none contains it."""
        below = data.draw(region_codes(within=code))
        assert code.contains(below)
        assert below.contains(code) == (below == code)

    @given(region_codes(), region_codes())
    def test_contains_exactly_the_descendants(self, one: RegionCode, two: RegionCode):
        """Containing means: be the ancestor at one's own level."""
        expected = two.level >= one.level and two.ancestor(one.level) == one
        assert one.contains(two) == expected

    def test_parts_are_compared_whole(self):
        """Two codes with the same digits at the beginning are not thereby one in the other."""
        assert not RegionCode.parse("35.23").contains(RegionCode.parse("35.24"))
        assert not RegionCode.parse("35.23").contains(RegionCode.parse("35"))

    @given(st.lists(region_codes(), max_size=8))
    def test_order_keeps_regions_together(self, codes: list[RegionCode]):
        """Sorted, a region stands before what is in it, and nothing else stands between."""
        everything = sorted({*codes, *(one.ancestor(Level.PROVINCE) for one in codes)})
        for one in everything:
            inside = [place for place, two in enumerate(everything) if one.contains(two)]
            first = everything.index(one)
            assert inside == list(range(first, first + len(inside)))
