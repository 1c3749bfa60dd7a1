"""Names of people as they are recorded."""

from __future__ import annotations

import unicodedata
from typing import Final

from adminduk.language import N_
from adminduk.masking import is_hidden
from adminduk.values.base import Value

__all__ = ["PersonName"]

_LONGEST: Final = 200


class PersonName(Value):
    """A name that is already recorded: one word, an apostrophe, a title, whatever it is.

    Whether it could be recorded for the first time is another question; see
    `first_recording_faults`.

    >>> print(PersonName.parse("  Siti   Aminah "))
    Siti Aminah
    >>> PersonName.parse("Siti Aminah")
    PersonName('S… A…')
    """

    __slots__ = ()

    @classmethod
    def _canonical(cls, text: str) -> str:
        # Before the length is known, nothing that takes time in proportion to it is done.
        if len(text) > _LONGEST:
            raise cls._too_long()
        if any(map(is_hidden, text)):
            raise cls._refuse("name_characters", N_("The name holds what cannot be printed."))
        name = " ".join(unicodedata.normalize("NFC", text).split())
        if len(name) > _LONGEST:  # a few letters become longer by normalising
            raise cls._too_long()
        if not any(one.isalpha() for one in name):
            raise cls._refuse("name_empty", N_("A name has letters."))
        return name

    @classmethod
    def _too_long(cls) -> Exception:
        return cls._refuse("name_long", N_("The name is too long."))

    @classmethod
    def _accepted(cls) -> str:
        return N_("a name of 1 to 200 characters")

    def masked(self) -> str:
        """Show the first letter of each word."""
        return " ".join(f"{word[0]}…" for word in self._text.split())

    def __str__(self) -> str:
        return self._text
