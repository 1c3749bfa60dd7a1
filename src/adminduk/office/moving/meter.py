"""How far bringing in has come."""

from __future__ import annotations

from typing import Final

from attrs import define, field

from adminduk.office.moving.contents import Contents, Counts
from adminduk.office.moving.stages import BRINGING, Progress

__all__ = ["Meter"]

_TOLD_EVERY: Final = 1000


@define
class Meter:
    """Tells how many percent of all things are there."""

    contents: Contents
    progress: Progress
    count: int = 0
    whole: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.whole = max(sum(map(_sum, self.contents.offices.values())), 1)

    def passed(self) -> None:
        """Count one."""
        self.count += 1
        if self.count % _TOLD_EVERY == 0:
            self.tell()

    def tell(self) -> None:
        """Tell it now."""
        self.progress(BRINGING, 100 * self.count // self.whole)


def _sum(counts: Counts) -> int:
    return sum(counts.as_dict().values())
