"""The strategies for regions and values: they reach what they promise, and keep to it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from unicodedata import category

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from adminduk import regions
from adminduk.masking import is_hidden
from adminduk.testing import strategies as draw
from adminduk.testing.strategies.value import _UNPRINTABLE, _UNSEEN
from adminduk.values import NIK, Level, Phone, RegionCode, Sex, first_recording_faults

GENERATE = settings(phases=[Phase.generate], max_examples=1000, database=None)
BELOW_PROVINCES = st.sampled_from([Level.REGENCY, Level.DISTRICT, Level.VILLAGE])


class TestRegionCodes:
    """Codes are of the level and in the region that is asked for."""

    @given(BELOW_PROVINCES, draw.known_region_codes(level=Level.REGENCY), st.data())
    def test_level_and_region(self, level: Level, within: RegionCode, data: st.DataObject):
        """Invented and known codes alike."""
        invented = data.draw(draw.region_codes(level=level, within=within))
        known = data.draw(draw.known_region_codes(level=level, within=within))
        for code in (invented, known):
            assert code.level is level
            assert within.contains(code)
        assert regions.exists(known)

    @pytest.mark.parametrize("level", Level)
    def test_every_level(self, level: Level):
        """Without a level all four come up, in form and on the list."""
        assert find(draw.region_codes(), lambda code: code.level is level, settings=GENERATE)
        known = find(draw.known_region_codes(level=level), lambda _: True, settings=GENERATE)
        assert regions.get(known).level is level

    def test_tuban(self):
        """The regency that is meant where none is named."""
        assert regions.get(draw.TUBAN).name == "Kabupaten Tuban"


class TestNumbers:
    """Numbers belong to the people they are drawn for, and are as varied as real ones."""

    @pytest.mark.parametrize(
        "is_odd",
        [
            lambda nik: nik.sex is Sex.FEMALE,
            lambda nik: nik.sex is Sex.MALE,
            lambda nik: (nik.day, nik.month) == (1, 1),
            lambda nik: nik.year < 10,
            lambda nik: nik.serial < 10,
            lambda nik: not regions.exists(nik.region),
        ],
        ids=["woman", "man", "new year", "leading zero", "low serial", "unknown region"],
    )
    def test_what_is_reached(self, is_odd: Callable[[NIK], bool]):
        """Both sexes, first days, low years and serials, districts that do not exist."""
        assert is_odd(find(draw.niks(), is_odd, settings=GENERATE))

    @given(
        draw.niks(
            birth_dates=st.just(date(1990, 7, 1)),
            sex=st.just(Sex.FEMALE),
            districts=draw.known_region_codes(level=Level.DISTRICT, within=draw.TUBAN),
        )
    )
    def test_for_one_person(self, nik: NIK):
        """District, day and sex are those asked for."""
        assert regions.exists(nik.region)
        assert draw.TUBAN.contains(nik.region)
        assert nik.full()[6:12] == "410790"

    @pytest.mark.parametrize("beginning", ["+628", "+1", "+966"])
    def test_phones_of_several_countries(self, beginning: str):
        """Indonesian phones and those of other countries."""

        def is_it(phone: Phone) -> bool:
            return phone.full().startswith(beginning)

        assert is_it(find(draw.phones(), is_it, settings=GENERATE))


class TestNames:
    """Names are as odd as recorded ones, and as plain as the law wants first ones."""

    @pytest.mark.parametrize(
        "is_odd",
        [
            lambda text: " " not in text,
            lambda text: "'" in text,
            lambda text: not text.isascii(),
            lambda text: any(one.isdigit() for one in text),
        ],
        ids=["one word", "apostrophe", "not ascii", "digit"],
    )
    def test_odd_names(self, is_odd: Callable[[str], bool]):
        """One word, an apostrophe, letters beyond ASCII, a digit."""
        found = find(draw.person_names(), lambda name: is_odd(name.full()), settings=GENERATE)
        assert is_odd(found.full())

    def test_nothing_that_no_name_holds(self):
        """What is left out is all that nobody sees, and nothing else."""
        letters = (chr(one) for one in range(sys.maxunicode + 1))
        unseen = [one for one in letters if is_hidden(one) and category(one) not in _UNPRINTABLE]
        assert sorted(_UNSEEN) == unseen

    def test_names_that_may_not_be_recorded_anew(self):
        """Some names have grounds against them that bind first recordings only."""
        found = find(
            draw.person_names(),
            lambda name: bool(first_recording_faults(name).faults),
            settings=GENERATE,
        )
        assert first_recording_faults(found).faults
