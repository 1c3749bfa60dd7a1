"""Phone numbers."""

from __future__ import annotations

import re
from typing import Final

from adminduk.language import N_
from adminduk.values.base import Value

__all__ = ["Phone"]

_LONGEST: Final = 30
_BETWEEN: Final = re.compile(r"[ .()-]")
# ITU-T E.164: at most 15 digits, no country begins with 0; no number within Indonesia does.
_FORM: Final = re.compile(r"\+(?!620)[1-9][0-9]{7,14}")


class Phone(Value):
    """A phone number in international form.

    It is given as it is dialled in Indonesia, with a 0 before it, or with + and the country.

    >>> Phone.parse("0812-3456-7890").full()
    '+6281234567890'
    >>> print(Phone.parse("+62 (0)812 3456 7890"))
    +62********890
    """

    __slots__ = ()

    @classmethod
    def _canonical(cls, text: str) -> str:
        dialled = _BETWEEN.sub("", text) if len(text) <= _LONGEST else ""
        if dialled.startswith("0"):
            dialled = "+62" + dialled[1:]
        elif dialled.startswith("+620"):  # "+62 (0)812": the 0 is dialled inside the country only
            dialled = "+62" + dialled[4:]
        if not _FORM.fullmatch(dialled):
            raise cls._refuse("phone", N_("That is not a phone number."))
        return dialled

    @classmethod
    def _accepted(cls) -> str:
        return N_("a number as 0812-3456-7890 or +62 812 3456 7890")

    def masked(self) -> str:
        """Show the country and the last three digits."""
        return self._text[:3] + "*" * (len(self._text) - 6) + self._text[-3:]
