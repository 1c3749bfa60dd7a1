"""The number of a security blank (blangko), as it is printed on the card."""

from __future__ import annotations

import re
from typing import Final

from adminduk.language import N_
from adminduk.values.base import Value

__all__ = ["BlankNumber"]

_LONGEST: Final = 40
_MOST_DIGITS: Final = 15
_FORM: Final = re.compile(r"((?:[A-Z0-9][A-Z0-9._-]*)?(?<![0-9]))([0-9]+)")


class BlankNumber(Value):
    """A prefix, which may be empty, and a running number of fixed width.

    >>> one = BlankNumber.parse("a12-000099")
    >>> one.prefix, one.number, str(one.at(100))
    ('A12-', 99, 'A12-000100')
    """

    __slots__ = ()

    @classmethod
    def _canonical(cls, text: str) -> str:
        text = text.upper()
        found = _FORM.fullmatch(text) if text.isascii() and len(text) <= _LONGEST else None
        if found is None or len(found[2]) > _MOST_DIGITS:
            raise cls._refuse("blank_number", N_("That is not the number of a blank."))
        return text

    @classmethod
    def _accepted(cls) -> str:
        return N_("letters and digits as printed, ending in a running number of 1 to 15 digits")

    @property
    def prefix(self) -> str:
        """What stands before the running number."""
        return self._text.rstrip("0123456789")

    @property
    def width(self) -> int:
        """How many digits the running number has."""
        return len(self._text) - len(self.prefix)

    @property
    def number(self) -> int:
        """The running number."""
        return int(self._text[len(self.prefix) :])

    def at(self, number: int) -> BlankNumber:
        """Give the blank of the same prefix and width with another running number."""
        return BlankNumber.trusted(f"{self.prefix}{number:0{self.width}}")

    def like(self, other: BlankNumber) -> bool:
        """Whether both are of one row: of the same prefix and width."""
        return self.prefix == other.prefix and self.width == other.width
