"""Region codes of the Ministry of Home Affairs, as `35.23.08.2001`."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final

from adminduk.language import N_
from adminduk.values.base import Value

__all__ = ["Level", "RegionCode"]

_FORM: Final = re.compile(r"[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?)?")


class Level(IntEnum):
    """How many parts a code has: province, regency (or city), district, village."""

    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4


class RegionCode(Value):
    """The code of a province, regency, district or village; only its form is checked.

    >>> RegionCode.parse("35.23.08.2001").parent
    RegionCode('35.23.08')
    """

    __slots__ = ()

    @classmethod
    def _canonical(cls, text: str) -> str:
        if len(text) > len("35.23.08.2001") or not _FORM.fullmatch(text):
            raise cls._refuse("region_code", N_("That is not the code of a region."))
        return text

    @classmethod
    def _accepted(cls) -> str:
        return N_("a dotted code as 35, 35.23, 35.23.08 or 35.23.08.2001")

    @property
    def level(self) -> Level:
        """The level it is a code of."""
        return Level(self._text.count(".") + 1)

    @property
    def parent(self) -> RegionCode | None:
        """The code of the region it is part of; a province has none."""
        above, dot, _ = self._text.rpartition(".")
        return RegionCode.trusted(above) if dot else None

    def ancestor(self, level: Level) -> RegionCode:
        """Give the code it is part of at a level, or itself at its own.

        Raises:
            ValueError: The level is below its own.
        """
        if level > self.level:
            raise ValueError(f"a {self.level.name.lower()} is no part of a {level.name.lower()}")
        return RegionCode.trusted(".".join(self._text.split(".")[:level]))

    def contains(self, other: RegionCode) -> bool:
        """Whether the other is this region or part of it."""
        return other._text.startswith(self._text)  # each part has its fixed width
