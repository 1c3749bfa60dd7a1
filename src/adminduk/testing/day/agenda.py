"""What goes on side by side: each process waits, then people give commands, and waits again."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any, Final, TypeVar
from uuid import UUID

from attrs import define, field

from adminduk.codec import Order
from adminduk.commands import Command
from adminduk.records import Actor

__all__ = ["Agenda", "Process", "Steps"]

T = TypeVar("T")
Steps = Generator[datetime, None, T]
"""A part of a process: it gives the moments at which it goes on, and comes to a result."""
Process = Steps[None]

_APART: Final = timedelta(milliseconds=1)
"""Between two commands, at least; what is given at the same second still has its order."""


@define
class Agenda:
    """Lets processes go on in the order of time, and keeps what they command.

    Attributes:
        now: The moment of what goes on.
        chance: From which commands get their ids.
    """

    now: datetime
    chance: Random
    _waiting: list[tuple[datetime, int, Process]] = field(factory=list, init=False)
    _numbers: Iterator[int] = field(factory=count, init=False)
    _given: list[Order] = field(factory=list, init=False)

    def start(self, process: Process) -> None:
        """Let a process begin now."""
        heappush(self._waiting, (self.now, next(self._numbers), process))

    def give(self, by: Actor, kind: type[Command], **fields: Any) -> None:
        """Let somebody give a command now."""
        id_ = UUID(int=self.chance.getrandbits(128), version=4)
        self._given.append(Order(kind(id=id_, at=self.now, **fields), by))
        self.now += _APART

    def orders(self) -> Iterator[Order]:
        """Let everything go on until nothing waits; give the commands as they are given."""
        while self._waiting:
            when, _, process = heappop(self._waiting)
            self.now = max(self.now, when)
            again = next(process, None)
            yield from self._given
            self._given.clear()
            if again is not None:
                heappush(self._waiting, (again, next(self._numbers), process))
