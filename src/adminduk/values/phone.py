"""Phone numbers."""

from __future__ import annotations

import re
from typing import Final

from adminduk.language import N_
from adminduk.values.base import Value

__all__ = ["Phone"]

_FORM: Final = re.compile(r"(?:\+|0)[0-9]{7,14}")
_BETWEEN: Final = re.compile(r"[ .()-]")


class Phone(Value):
    """A phone number in international form.

    >>> Phone.parse("0812-3456-7890").full()
    '+6281234567890'
    """

    __slots__ = ()

    @classmethod
    def _canonical(cls, text: str) -> str:
        digits = _BETWEEN.sub("", text) if len(text) <= 30 else ""  # noqa: PLR2004 - long enough
        if not _FORM.fullmatch(digits):
            raise cls._refuse("phone", N_("That is not a phone number."))
        return "+62" + digits[1:] if digits.startswith("0") else digits

    @classmethod
    def _accepted(cls) -> str:
        return N_("a number as 0812-3456-7890 or +62 812 3456 7890")

    def masked(self) -> str:
        """Show the country and the last three digits."""
        return self._text[:3] + "*" * (len(self._text) - 6) + self._text[-3:]
