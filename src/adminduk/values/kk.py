"""The number of a family card (Kartu Keluarga)."""

from __future__ import annotations

from datetime import date

from adminduk.language import N_
from adminduk.values.numbers import SIXTEEN_DIGITS, DatedNumber, days_of

__all__ = ["KKNumber"]


class KKNumber(DatedNumber):
    """The number of a family card: district of issue, day of recording, serial.

    A family gets another number when it moves away, divides or gets another head.

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

    def recording_dates(self) -> tuple[date, ...]:
        """Give the days that the date of recording in it can mean, the latest first."""
        return days_of(self.day, self.month, self.year)
