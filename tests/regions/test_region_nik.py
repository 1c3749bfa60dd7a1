"""Warnings of a NIK: what disagrees with records and regions, never an error."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk import regions
from adminduk.regions.nik import nik_warnings
from adminduk.testing.strategies import known_region_codes, niks, sexes
from adminduk.values import NIK, Level, RegionCode, Sex

R = RegionCode.parse
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
WOMAN = NIK.parse("3523084107900001")


def codes(nik: NIK, **recorded: Any) -> list[str]:
    """Give the codes of the warnings."""
    return [one.code for one in nik_warnings(nik, **recorded)]


class TestNoWarning:
    """What agrees, or is not known, gives no warning."""

    @given(
        DAYS,
        sexes(),
        known_region_codes(within=R("35.23")),
        st.data(),
    )
    def test_a_person_who_never_moved(
        self, born: date, sex: Sex, village: RegionCode, data: st.DataObject
    ):
        """Somebody who lives where the NIK was issued, with the right day and sex."""
        district = village.ancestor(Level.DISTRICT)
        nik = data.draw(
            niks(birth_dates=st.just(born), sex=st.just(sex), districts=st.just(district))
        )
        assert codes(nik, birth_date=born, sex=sex, region=village) == []
        assert codes(nik) == []


class TestDomicile:
    """PP 40/2019 art. 30(2): a NIK does not change, and does not follow the domicile."""

    @given(niks())
    def test_unknown_region(self, nik: NIK):
        """A district that is not on today's list is a warning."""
        assert (codes(nik) == ["nik_unknown_region"]) == (not regions.exists(nik.region))

    @given(
        niks(districts=known_region_codes(level=Level.DISTRICT)),
        known_region_codes(),
    )
    def test_a_person_who_moved(self, nik: NIK, today: RegionCode):
        """Wherever somebody lives now, it is a warning at most, and only where it is elsewhere."""
        elsewhere = not nik.region.full().startswith(today.full()[:8])
        assert codes(nik, region=today) == (["nik_other_region"] if elsewhere else [])

    @pytest.mark.parametrize(
        ("today", "warned"),
        [
            ("35.23.08.2001", False),
            ("35.23.08", False),
            ("35.23", False),
            ("35", False),
            ("35.23.09.2001", True),
            ("35.23.09", True),
            ("35.22", True),
            ("51", True),
        ],
    )
    def test_todays_region(self, today: str, warned: bool):
        """Living elsewhere is a warning; where only the regency is known, in another one."""
        assert codes(WOMAN, region=R(today)) == (["nik_other_region"] if warned else [])


class TestChangedSexOrBirthDate:
    """Permendagri 108/2019 art. 15(3): a change of sex or birth date leaves the NIK as it is."""

    @given(DAYS, sexes(), st.data())
    def test_of_any_person(self, born: date, sex: Sex, data: st.DataObject):
        """Each of the two that was changed is a warning, and nothing more comes of it."""
        district = st.just(R("35.23.08"))
        nik = data.draw(niks(birth_dates=st.just(born), sex=st.just(sex), districts=district))
        day, other = data.draw(st.just(born) | DAYS), data.draw(sexes())
        same_day = (day.day, day.month, day.year % 100) == (born.day, born.month, born.year % 100)
        expected = [] if same_day else ["nik_birth_date_differs"]
        expected += [] if other is sex else ["nik_sex_differs"]
        assert codes(nik, birth_date=day, sex=other) == expected

    @pytest.mark.parametrize("year", [1890, 1990, 2090])
    def test_birth_date_of_each_century(self, year: int):
        """The same day of any century agrees: the century is not in the number."""
        assert codes(WOMAN, birth_date=date(year, 7, 1)) == []
        assert codes(WOMAN, birth_date=date(year, 7, 2)) == ["nik_birth_date_differs"]

    def test_sex(self):
        """Another sex is a warning."""
        assert codes(WOMAN, sex=Sex.FEMALE) == []
        assert codes(WOMAN, sex=Sex.MALE) == ["nik_sex_differs"]


class TestValidForLife:
    """UU 23/2006 art. 13: a NIK is valid for life; no disagreement makes it invalid."""

    def test_all_at_once_and_without_the_number(self):
        """Every disagreement is named, for the caller to place, and none repeats the number."""
        nik = NIK.parse("9999994107900001")
        found = nik_warnings(nik, birth_date=date(1991, 7, 1), sex=Sex.MALE, region=R("35.23"))
        assert [one.code for one in found] == [
            "nik_unknown_region",
            "nik_birth_date_differs",
            "nik_sex_differs",
            "nik_other_region",
        ]
        assert {one.path for one in found} == {""}
        assert all(nik.full()[4:] not in f"{one!r} {one.message('en')}" for one in found)
