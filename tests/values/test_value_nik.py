"""NIK and KK number: which sixteen digits can be one, and what they say."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.errors import InvalidInput
from adminduk.testing.strategies import kk_numbers, niks, region_codes, sexes
from adminduk.values import NIK, KKNumber, Level, RegionCode, Sex

LENGTHS = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
BOTH = pytest.mark.parametrize("kind", [NIK, KKNumber])


def code_of(kind: type[NIK | KKNumber], text: str) -> str:
    """Give the code with which a text is refused, or "" where it is not."""
    try:
        kind.parse(text)
    except InvalidInput as error:
        return error.faults[0].code
    return ""


def can_be_a_day(day: int, month: int, year: int) -> bool:
    """Say whether there is such a day in any century, by the calendar's own rule."""
    longest = LENGTHS.get(month, 0) + (month == 2 and year % 4 == 0)
    return 1 <= day <= longest


class TestSixteenAsciiDigits:
    """A NIK and a KK number have sixteen ASCII digits and nothing else."""

    @BOTH
    @given(st.text("0123456789", max_size=30).filter(lambda text: len(text) != 16))
    def test_another_length(self, kind: type[NIK | KKNumber], text: str):
        """More or fewer digits are refused."""
        assert code_of(kind, text).endswith("_digits")

    @BOTH
    @pytest.mark.parametrize("zero", "\u0660\u0966\uff10\U0001d7ce", ids=ascii)
    def test_digits_of_other_scripts(self, kind: type[NIK | KKNumber], zero: str):
        """Digits that only look or count like ours are refused, one of them or all."""
        text = "3523081203150007"
        other = "".join(chr(ord(zero) + int(one)) for one in text)
        assert code_of(kind, other).endswith("_digits")
        assert code_of(kind, text[:15] + other[15]).endswith("_digits")

    @BOTH
    @pytest.mark.parametrize("form", ["{} ", " {}", "{}\n", "+{}", "-{}", "{}.0", "3523.{}"])
    def test_nothing_around_them(self, kind: type[NIK | KKNumber], form: str):
        """Blanks, line ends and signs around the digits are not cut off silently."""
        assert code_of(kind, form.format("3523081203150007")).endswith("_digits")

    def test_grouped_digits(self):
        """Blanks and points between the digits are refused too."""
        assert code_of(NIK, "3523 0841 0790 01") == "nik_digits"
        assert code_of(NIK, "352308.410790.01") == "nik_digits"


class TestDayInAnyCentury:
    """Day, month and year must be a date in some century; for a woman 40 is added to the day."""

    def test_every_day_month_and_year_of_a_nik(self):
        """Every day and month with leap and other years: refused where there is no such day."""
        wrong = []
        for day, month, year in product(range(100), range(100), (0, 1, 23, 24, 98, 99)):
            text = f"352308{day:02}{month:02}{year:02}0001"
            real = day - 40 if day > 40 else day
            expected = "" if can_be_a_day(real, month, year) else "nik_date"
            if code_of(NIK, text) != expected:
                wrong.append(text[6:12])
        assert wrong == []

    @BOTH
    def test_29_february(self, kind: type[NIK | KKNumber]):
        """29 February holds in each year that is leap in some century: 00, too, for 2000 was."""
        allowed = [year for year in range(100) if not code_of(kind, f"3523082902{year:02}0001")]
        assert allowed == list(range(0, 100, 4))


class TestSerialNumber:
    """Serial numbers begin at 0001."""

    @BOTH
    def test_zero(self, kind: type[NIK | KKNumber]):
        """0000 is refused, its neighbours are not."""
        assert code_of(kind, "3523081203150000").endswith("_serial")
        assert code_of(kind, "3523081203150001") == ""
        assert code_of(kind, "3523081203159999") == ""


class TestWhatANikIsNotRefusedFor:
    """A NIK never changes (UU 23/2006 art. 13): no region and no future day makes it an error."""

    @pytest.mark.parametrize("text", ["0000001203150001", "9999991203990001"])
    def test_unknown_region_and_late_year(self, text: str):
        """Districts that do not exist and years still to come are accepted."""
        assert NIK.parse(text).full() == text


class TestWhatItSays:
    """District, day, month, year, sex and serial are read from their places."""

    @given(
        region_codes(level=Level.DISTRICT),
        st.dates(date(1800, 1, 1), date(2099, 12, 31)),
        sexes(),
        st.data(),
    )
    def test_parts_of_a_nik(self, district: RegionCode, born: date, sex: Sex, data: st.DataObject):
        """A NIK made for a person says that person's district, day and sex."""
        nik = data.draw(
            niks(birth_dates=st.just(born), sex=st.just(sex), districts=st.just(district))
        )
        assert nik.region == district
        assert (nik.day, nik.month, nik.year) == (born.day, born.month, born.year % 100)
        assert nik.sex is sex
        assert nik.serial == int(nik.full()[-4:])
        assert born in nik.birth_dates()

    @given(niks())
    def test_birth_dates_are_all_days_it_can_mean(self, nik: NIK):
        """The candidates are the days of 1800 to 2099 with that day, month and two-digit year."""
        days = nik.birth_dates()
        assert days
        assert list(days) == sorted(days, reverse=True)
        assert {(one.day, one.month, one.year % 100) for one in days} == {
            (nik.day, nik.month, nik.year)
        }
        leap_only = (nik.day, nik.month) == (29, 2)
        assert len(days) == (1 if leap_only and nik.year == 0 else 3)

    def test_an_example(self):
        """Day 41 of July 1990 is 1 July 1990, a woman's; it may have been in three centuries."""
        nik = NIK.parse("3523084107900001")
        assert (nik.sex, nik.day, nik.serial) == (Sex.FEMALE, 1, 1)
        assert nik.birth_dates() == (date(2090, 7, 1), date(1990, 7, 1), date(1890, 7, 1))
        assert nik.region == RegionCode.parse("35.23.08")


class TestFamilyCardNumber:
    """A KK number is the district of issue, the day of recording and a serial number."""

    def test_a_kk_number_adds_nothing_to_the_day(self):
        """The day of recording is 1 to 31 whoever heads the family."""
        allowed = [day for day in range(100) if not code_of(KKNumber, f"352308{day:02}01200001")]
        assert allowed == list(range(1, 32))

    @given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.data())
    def test_parts_of_a_kk_number(self, recorded: date, data: st.DataObject):
        """A KK number says its district and the day on which it was recorded."""
        kk = data.draw(kk_numbers(recorded=st.just(recorded)))
        assert kk.region.full().replace(".", "") == kk.full()[:6]
        assert (kk.day, kk.month, kk.year) == (recorded.day, recorded.month, recorded.year % 100)
        assert kk.serial == int(kk.full()[-4:])
        assert recorded in kk.recording_dates()

    def test_an_example(self):
        """12 March 2015 is one of three days that the number can mean."""
        kk = KKNumber.parse("3523081203150007")
        assert kk.recording_dates() == (date(2015, 3, 12), date(1915, 3, 12), date(1815, 3, 12))
