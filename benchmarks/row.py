"""One figure of the table: what it came to, beside which floor, and whether that is enough."""

from __future__ import annotations

from statistics import median
from typing import Any, Final

from attrs import asdict, field, filters, frozen

from benchmarks.timing import Times

__all__ = ["Row", "per_operation"]

_UNITS: Final = ((1e9, "s"), (1e6, "ms"), (1e3, "us"))


@frozen
class Row:
    """A figure.

    Attributes:
        name: What `--only` calls it.
        ratio: Ours over the floor; None where it was not measured.
        limit: The most that the ratio may be; None where there is no limit.
        ours: Our raw figure.
        floor: The raw figure of the floor.
        unit: Of both raw figures.
        note: What else there is to say.
        times: What was timed, round by round, where times were measured; of each size of store
            where there are several.
        sizes: Of how many applications those stores were.
    """

    name: str
    ratio: float | None
    limit: float | None
    ours: float | None
    floor: float | None
    unit: str
    note: str = ""
    times: tuple[Times, ...] = field(default=(), repr=False)
    sizes: tuple[int, ...] = ()

    @classmethod
    def skipped(cls, name: str, limit: float | None, why: str) -> Row:
        """Give the row of what could not be measured here."""
        return cls(name, None, limit, None, None, "", f"skipped: {why}")

    def figures(self) -> dict[str, Any]:
        """Give what it came to, without what that was made of."""
        return asdict(self, filter=filters.exclude("times", "sizes"))

    @property
    def verdict(self) -> str:
        """Say in a word or two whether the limit is met."""
        if self.ratio is None:
            return "skipped"
        if self.limit is None:
            return "-"
        return "met" if self.ratio <= self.limit else "NOT MET"


def per_operation(name: str, limit: float | None, times: Times, note: str = "") -> Row:
    """Make a row of the median time of one operation on each side."""
    ours, floor = median(times.ours), median(times.floor)
    nanoseconds, unit = next(one for one in (*_UNITS, (1.0, "ns")) if max(ours, floor) >= one[0])
    counted = f"{len(times.ours)} rounds"
    return Row(
        name,
        ours / floor,
        limit,
        ours / nanoseconds,
        floor / nanoseconds,
        unit,
        f"{counted}; {note}" if note else counted,
        times=(times,),
    )
