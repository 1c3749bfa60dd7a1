"""Minutes (berita acara): what was destroyed, when and where, before whom."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from adminduk.records.blanks import BlankRow
from adminduk.records.checks import line
from adminduk.records.spans import size
from adminduk.values import RegionCode

__all__ = ["Minutes", "Witness"]


@frozen(kw_only=True, slots=False)
class Witness:
    """An official who saw it and signs; named as on the minutes, for that is public business.

    Attributes:
        name: Their name.
        position: In which position they were there.
    """

    name: str = field(validator=line)
    position: str = field(validator=line)


@frozen(kw_only=True, slots=False)
class Minutes:
    """The minutes of one destruction.

    Attributes:
        id: Their number, as the office numbers its letters.
        region: The office's regency.
        state: Where they stand in their lifecycle.
        begun: When it was destroyed.
        papers: The ids of the copies and originals that were destroyed.
        blanks: The numbered blanks that were destroyed.
        place: Where; empty: at the office.
        witnesses: Who saw it and signs.
        reason: Why, in words; may be empty.
        by: The actor who destroyed it.
        approved_by: The actor who approved it; empty where the office has nobody approve it.
    """

    KIND: ClassVar = "minutes"

    id: str
    region: RegionCode
    state: str
    begun: datetime
    papers: tuple[str, ...] = ()
    blanks: tuple[BlankRow, ...] = ()
    place: str = ""
    witnesses: tuple[Witness, ...] = ()
    reason: str = ""
    by: str
    approved_by: str = ""
    version: int = 0

    @property
    def key(self) -> str:
        """Its id within its kind."""
        return self.id

    @property
    def blank_count(self) -> int:
        """How many blanks were destroyed."""
        return sum(size(row.numbers) for row in self.blanks)

    @property
    def due(self) -> None:
        """Nothing is due."""
        return
