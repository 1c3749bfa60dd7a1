"""The number of a family card (Kartu Keluarga)."""

from __future__ import annotations

from adminduk.language import N_
from adminduk.values.base import Value
from adminduk.values.numbers import SIXTEEN_DIGITS, days_of, mask
from adminduk.values.region import RegionCode

__all__ = ["KKNumber"]


class KKNumber(Value):
    """The number of a family card: region of issue, date of recording, serial.

    >>> print(KKNumber.parse("3523081203150007"))
    3523**********07
    """

    __slots__ = ()

    @classmethod
    def _canonical(cls, text: str) -> str:
        if not SIXTEEN_DIGITS.fullmatch(text):
            raise cls._refuse("kk_digits", N_("A KK number has sixteen digits."))
        if not days_of(int(text[6:8]), int(text[8:10]), int(text[10:12])):
            raise cls._refuse("kk_date", N_("The date in the KK number is none in any century."))
        if text[12:] == "0000":
            raise cls._refuse("kk_serial", N_("The serial number of a KK begins at 0001."))
        return text

    @classmethod
    def _accepted(cls) -> str:
        return N_("the sixteen digits at the head of the KK, as text")

    def masked(self) -> str:
        """Show the first four and last two digits."""
        return mask(self._text)

    @property
    def region(self) -> RegionCode:
        """The district in which it was issued."""
        return RegionCode.parse(f"{self._text[:2]}.{self._text[2:4]}.{self._text[4:6]}")
