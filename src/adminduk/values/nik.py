"""The identity number NIK: region of first issue, birth date (day + 40 for women), serial."""

from __future__ import annotations

from datetime import date
from typing import Final

from adminduk.language import N_
from adminduk.values.base import Value
from adminduk.values.numbers import SIXTEEN_DIGITS, days_of, mask
from adminduk.values.region import RegionCode
from adminduk.values.sex import Sex

__all__ = ["NIK"]

_WOMEN: Final = 40


class NIK(Value):
    """An identity number, sixteen digits, that never changes (UU 23/2006 art. 13).

    It is an error only if it cannot be one. A region that is not known (any more), or a
    disagreement with the recorded birth date or sex, is a warning: records and regions change,
    the number does not.

    >>> print(NIK.parse("3523084107900001"))
    3523**********01
    """

    __slots__ = ()

    @classmethod
    def _canonical(cls, text: str) -> str:
        if not SIXTEEN_DIGITS.fullmatch(text):
            raise cls._refuse("nik_digits", N_("A NIK has sixteen digits."))
        day, month, year = int(text[6:8]), int(text[8:10]), int(text[10:12])
        if not days_of(day - _WOMEN if day > _WOMEN else day, month, year):
            raise cls._refuse("nik_date", N_("The date in the NIK is none in any century."))
        if text[12:] == "0000":
            raise cls._refuse("nik_serial", N_("The serial number of a NIK begins at 0001."))
        return text

    @classmethod
    def _accepted(cls) -> str:
        return N_("the sixteen digits as on the KTP or KK, as text")

    def masked(self) -> str:
        """Show the first four and last two digits."""
        return mask(self._text)

    @property
    def region(self) -> RegionCode:
        """The district in which it was first issued; the code may since have changed."""
        return RegionCode.parse(f"{self._text[:2]}.{self._text[2:4]}.{self._text[4:6]}")

    @property
    def sex(self) -> Sex:
        """Sex by the day, to which 40 is added for women."""
        return Sex.FEMALE if int(self._text[6:8]) > _WOMEN else Sex.MALE

    def birth_dates(self) -> tuple[date, ...]:
        """Give the days that the birth date in it can mean, the latest first."""
        day = int(self._text[6:8])
        day = day - _WOMEN if day > _WOMEN else day
        return days_of(day, int(self._text[8:10]), int(self._text[10:12]))
