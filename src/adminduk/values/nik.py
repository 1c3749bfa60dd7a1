"""The identity number NIK: region of first issue, birth date (day + 40 for women), serial."""

from __future__ import annotations

from datetime import date
from typing import Final

from adminduk.language import N_
from adminduk.values.numbers import SIXTEEN_DIGITS, DatedNumber, days_of
from adminduk.values.sex import Sex

__all__ = ["NIK"]

_WOMEN: Final = 40


class NIK(DatedNumber):
    """An identity number, sixteen digits, that never changes (UU 23/2006 art. 13).

    It is an error only if it cannot be one. A region that is not known (any more), or a
    disagreement with the recorded birth date or sex, is a warning of
    `adminduk.regions.nik.nik_warnings`: records and regions change, the number does not. It
    follows no change of domicile (PP 40/2019 art. 30(2)) and no change of sex or birth date
    (Permendagri 108/2019 art. 15(3)).

    >>> print(NIK.parse("3523084107900001"))
    3523**********01
    """

    __slots__ = ()

    @classmethod
    def _canonical(cls, text: str) -> str:
        if not SIXTEEN_DIGITS.fullmatch(text):
            raise cls._refuse("nik_digits", N_("A NIK has sixteen digits."))
        if not days_of(_day(text), int(text[8:10]), int(text[10:12])):
            raise cls._refuse("nik_date", N_("The date in the NIK is none in any century."))
        if text[12:] == "0000":
            raise cls._refuse("nik_serial", N_("The serial number of a NIK begins at 0001."))
        return text

    @classmethod
    def _accepted(cls) -> str:
        return N_("the sixteen digits as on the KTP or KK, as text")

    @property
    def day(self) -> int:
        """The day of birth, 1 to 31, without the 40 that is added for women."""
        return _day(self._text)

    @property
    def sex(self) -> Sex:
        """Sex by the day, to which 40 is added for women."""
        return Sex.FEMALE if int(self._text[6:8]) > _WOMEN else Sex.MALE

    def birth_dates(self) -> tuple[date, ...]:
        """Give the days that the birth date in it can mean, the latest first; at least one."""
        return days_of(self.day, self.month, self.year)


def _day(text: str) -> int:
    day = int(text[6:8])
    return day - _WOMEN if day > _WOMEN else day
