"""Tracking codes: read aloud, copied by hand, and wrong ones noticed."""

from __future__ import annotations

import re
from typing import Final

from adminduk.language import N_
from adminduk.values.base import Value

__all__ = ["ALPHABET", "TrackingCode"]

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_PRIME: Final = len(ALPHABET)
_LENGTH: Final = 10
_PLACES: Final = {character: place for place, character in enumerate(ALPHABET)}
_FORM: Final = re.compile(rf"([{ALPHABET}]{{{_LENGTH}}})-?([{ALPHABET}])", re.IGNORECASE | re.ASCII)
_CHECK_WEIGHT: Final = 13
_FROM_SUM: Final = -pow(_CHECK_WEIGHT, -1, _PRIME)


class TrackingCode(Value):
    """Ten random characters and a check character, as `K7M2Q9XD4H-T`.

    The alphabet is without 0, O, 1, I and L. There are 31 characters, a prime, and the check
    character weighs every place differently: any single wrong character and any swap of two
    characters, neighbours or not, is noticed. Lower case and a missing hyphen are accepted.

    >>> TrackingCode.parse("k7m2q9xd4ht")
    TrackingCode('K7M2Q9XD4H-T')
    """

    __slots__ = ()

    @classmethod
    def _canonical(cls, text: str) -> str:
        form = _FORM.fullmatch(text)
        if form is None:
            raise cls._refuse("tracking_code", N_("That is not a tracking code."))
        plain, check = form[1].upper(), form[2].upper()
        if _check(plain) != check:
            raise cls._refuse("tracking_check", N_("A character of the tracking code is wrong."))
        return f"{plain}-{check}"

    @classmethod
    def _accepted(cls) -> str:
        return N_("ten characters and a check character, as K7M2Q9XD4H-T, without 0, O, 1, I and L")

    @classmethod
    def from_int(cls, number: int) -> TrackingCode:
        """Make the code of a (random) whole number; the same for the same, modulo 31**10.

        >>> TrackingCode.from_int(0)
        TrackingCode('2222222222-2')
        """
        characters = []
        for _ in range(_LENGTH):
            number, place = divmod(number, _PRIME)
            characters.append(ALPHABET[place])
        plain = "".join(characters)
        return cls.trusted(f"{plain}-{_check(plain)}")


def _check(plain: str) -> str:
    """Give the character that makes the weighted sum of all eleven a multiple of 31.

    The ten weigh 1 to 10, the check character 13. No weight is a multiple of 31, so one wrong
    character changes the sum; all weights differ, so swapping two different ones does too.
    """
    total = sum(weight * _PLACES[one] for weight, one in enumerate(plain, start=1))
    return ALPHABET[total * _FROM_SUM % _PRIME]
