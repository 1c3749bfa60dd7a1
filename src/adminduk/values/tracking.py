"""Tracking codes: read aloud, copied by hand, and wrong ones noticed."""

from __future__ import annotations

from typing import Final

from adminduk.language import N_
from adminduk.values.base import Value

__all__ = ["ALPHABET", "TrackingCode"]

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_PRIME: Final = len(ALPHABET)
_LENGTH: Final = 10
_PLACES: Final = {character: place for place, character in enumerate(ALPHABET)}


class TrackingCode(Value):
    """Ten random characters and a check character, as `K7M2Q9XD4H-T`.

    The alphabet is without 0, O, 1, I and L. There are 31 characters, a prime, and the check
    character weighs every place differently: any single wrong character and any swap of
    neighbours is noticed.
    """

    __slots__ = ()

    @classmethod
    def _canonical(cls, text: str) -> str:
        plain = text.upper().replace("-", "") if len(text) <= _LENGTH + 2 else ""
        if len(plain) != _LENGTH + 1 or any(one not in _PLACES for one in plain):
            raise cls._refuse("tracking_code", N_("That is not a tracking code."))
        if _check(plain[:_LENGTH]) != plain[_LENGTH]:
            raise cls._refuse("tracking_check", N_("A character of the tracking code is wrong."))
        return f"{plain[:_LENGTH]}-{plain[_LENGTH]}"

    @classmethod
    def _accepted(cls) -> str:
        return N_("eleven characters as K7M2Q9XD4H-T, without 0, O, 1, I and L")

    @classmethod
    def from_int(cls, number: int) -> TrackingCode:
        """Make the code of a (random) whole number."""
        characters = []
        for _ in range(_LENGTH):
            number, place = divmod(number, _PRIME)
            characters.append(ALPHABET[place])
        plain = "".join(characters)
        return cls._made(f"{plain}-{_check(plain)}")


def _check(plain: str) -> str:
    """Give the character that makes the weighted sum of all eleven a multiple of 31.

    Weights 2 to 11 for the ten and 1 for the check character: none is a multiple of 31, and
    neighbours' weights differ (by 1, or by 10 at the end).
    """
    total = sum((place + 2) * _PLACES[one] for place, one in enumerate(plain))
    return ALPHABET[-total % _PRIME]
