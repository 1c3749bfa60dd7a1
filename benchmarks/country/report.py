"""What came of a day: how long people waited, hour by hour, and what it cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any, Final

from attrs import frozen

from benchmarks.country.day import HOURS
from benchmarks.country.meter import Reading
from benchmarks.country.worker import LOOK, Done, Plan

__all__ = ["PATIENCE", "Result", "lines"]

PATIENCE: Final = 0.25
"""How long the slowest of a hundred may wait, in seconds."""

_LATE: Final = 0.02
"""How much longer than planned a day may last: all that was to be done was done in it."""


@frozen
class Result:
    """A day that was measured.

    Attributes:
        plan: What was asked for.
        done: All that was done.
        client: Processor time of all workers, in seconds.
        server: What it cost the server.
    """

    plan: Plan
    done: list[Done]
    client: float
    server: Reading

    @property
    def commands(self) -> list[Done]:
        """All that was done but looks at the inbox."""
        return [one for one in self.done if one.name != LOOK]

    @property
    def failed(self) -> Counter[str]:
        """How often something failed, by the code of the error."""
        return Counter(one.error for one in self.done if one.error)

    @property
    def lasted(self) -> float:
        """How long the day lasted, in seconds."""
        return max(self.plan.seconds, *(one.ended for one in self.done))

    @property
    def waits(self) -> list[float]:
        """How long each command took from when it was meant, in order."""
        return sorted(one.took for one in self.commands)

    @property
    def held(self) -> bool:
        """Whether the rate was held: nothing failed, nothing was left over, few waited long."""
        in_time = self.lasted <= self.plan.seconds * (1 + _LATE)
        return in_time and not self.failed and share(self.waits, 0.99) <= PATIENCE

    @property
    def busiest(self) -> float:
        """Commands a second that were meant in the busiest hour."""
        hours = Counter(self._hour(one) for one in self.commands)
        return max(hours.values()) / (self.plan.seconds / HOURS)

    def by_hour(self) -> Iterator[tuple[float, list[float]]]:
        """Give, of each hour, the rate that was meant, and how long commands took, in order."""
        for hour in range(HOURS):
            waits = sorted(one.took for one in self.commands if self._hour(one) == hour)
            if waits:
                yield len(waits) / (self.plan.seconds / HOURS), waits

    def figures(self) -> dict[str, Any]:
        """Give all figures, in milliseconds and bytes."""
        commands, waits = self.commands, self.waits
        looks = sorted(one.took for one in self.done if one.name == LOOK)
        served = sorted(one.ended - one.begun for one in commands)
        server, many = self.server, len(commands)
        return {
            "offered_mean": self.plan.rate,
            "offered_busiest_hour": round(self.busiest, 1),
            "held": self.held,
            "seconds": round(self.lasted, 1),
            "offices": self.plan.offices,
            "workers": self.plan.workers,
            "cases": self.plan.begun,
            "commands": many,
            "commands_per_case": round(many / self.plan.begun, 2),
            "failed": dict(self.failed),
            "wait_ms": _spread(waits),
            "of_it_served_ms": _spread(served),
            "inbox_ms": _spread(looks),
            "client_cpu_ms": round(1e3 * self.client / many, 3),
            "server_cpu_ms": server.processor and round(1e3 * server.processor / many, 3),
            "wal_bytes": round(server.log / many),
            "wal_full_pages": round(server.pages / many, 2),
            "disk_bytes_per_document": round(server.disk / self.plan.begun),
        }

    def _hour(self, one: Done) -> int:
        return min(int(one.meant / self.plan.seconds * HOURS), HOURS - 1)


def share(waits: Sequence[float], part: float) -> float:
    """Give how long such a part of them took at most; they are in order."""
    return waits[max(ceil(part * len(waits)) - 1, 0)] if waits else 0.0


def _spread(waits: Sequence[float]) -> dict[str, float]:
    parts = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {name: round(1e3 * share(waits, part), 2) for name, part in parts.items()}


def lines(result: Result) -> Iterator[str]:
    """Say it to people."""
    told = result.figures()
    word = "held" if result.held else "NOT HELD"
    yield (
        f"{told['offered_mean']:g} commands/s in the mean, {told['offered_busiest_hour']:g} in the"
        f" busiest hour: {word}"
    )
    for name, value in list(told.items())[3:]:
        yield f"    {name:<26} {value}"
    yield "    hour  rate/s   p50 ms   p99 ms   max ms"
    for hour, (rate, waits) in enumerate(result.by_hour()):
        parts = "".join(f"{1e3 * share(waits, part):>9.1f}" for part in (0.5, 0.99, 1.0))
        yield f"    {hour:>4} {rate:>7.1f}{parts}"
