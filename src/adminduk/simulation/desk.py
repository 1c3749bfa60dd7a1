"""A desk of the office: what waits there, and those who work it off while the office is open."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import count
from typing import Any

from attrs import define, field
from simpy import Environment, Event

from adminduk.simulation.chance import Document
from adminduk.simulation.hours import DAY, Hours

__all__ = ["Queue", "staff"]

_NOTHING = 1e-9
"""Minutes that are left of a work by rounding alone."""


@define(eq=False)
class Queue:
    """What waits at a desk, what is due first before the rest; what was begun before all.

    Attributes:
        env: The clock.
        stock: Blanks by product; what is not named is never short.
        ran_out: Told which blanks have run out.
    """

    env: Environment
    stock: dict[str, int] = field(factory=dict)
    ran_out: Callable[[str], None] = lambda _: None
    _waiting: dict[str, list[tuple[float, int, Document]]] = field(factory=dict, init=False)
    _begun: list[tuple[float, int, Document]] = field(factory=list, init=False)
    _number: Iterator[int] = field(factory=count, init=False)
    _idle: deque[Event] = field(factory=deque, init=False)

    def put(self, document: Document, due: float, sort: str = "") -> None:
        """Lay something there, which needs a blank of this sort."""
        heappush(self._waiting.setdefault(sort, []), (due, next(self._number), document))
        self.call()

    def put_back(self, place: tuple[float, int, Document]) -> None:
        """Leave something there that was begun."""
        heappush(self._begun, place)
        self.call()

    def call(self) -> None:
        """Call whoever has waited longest for work; who cannot come calls the next one."""
        if self._idle:
            self._idle.popleft().succeed()

    def call_all(self) -> None:
        """Call all who wait for work."""
        for _ in range(len(self._idle)):
            self.call()

    def called(self) -> Event:
        """Wait for work: give what happens when one is called."""
        self._idle.append(self.env.event())
        return self._idle[-1]

    def take(self) -> tuple[float, int, Document] | None:
        """Take what is next; None: nothing is, or there are no blanks for it."""
        if self._begun:
            return heappop(self._begun)
        sorts = [one for one, heap in self._waiting.items() if heap and self.stock.get(one) != 0]
        if not sorts:
            return None
        sort = min(sorts, key=lambda one: self._waiting[one][0])
        if sort in self.stock:
            self.stock[sort] -= 1
        taken = heappop(self._waiting[sort])
        if self.stock.get(sort) == 0:
            self.ran_out(sort)
        return taken

    def of(self, sort: str) -> list[Document]:
        """Give what waits for a sort of blanks, in no order."""
        return [document for _, _, document in self._waiting.get(sort, ())]


@define(eq=False)
class _Desk:
    queue: Queue
    hours: Hours
    at_work: list[int]
    """How many people are there, day by day; none after the last."""
    done: Callable[[Document], None]

    def person(self, place: int) -> Iterator[Event]:
        """Take one after the other, while the office is open and this one is at work."""
        env, queue = self.queue.env, self.queue
        while True:
            opening = self._next_opening(place, env.now)
            if opening != env.now:
                queue.call()
            if opening is None:
                return
            if opening > env.now:
                yield env.timeout(opening - env.now)
                continue
            taken = queue.take()
            if taken is None:
                yield queue.called()
                continue
            document = taken[-1]
            work = min(document.left, self.hours.closing(int(env.now // DAY)) - env.now)
            yield env.timeout(work)
            document.left -= work
            if document.left > _NOTHING:  # whoever is there tomorrow goes on with it
                queue.put_back(taken)
            else:
                self.done(document)

    def _next_opening(self, place: int, now: float) -> float | None:
        """Give when this person is next at work, which may be now; None: never again."""
        day, minute = divmod(now, DAY)
        day = int(day)
        if minute >= self.hours.closes:
            day += 1
        while day < len(self.at_work) and self.at_work[day] <= place:
            day += 1
        return max(now, self.hours.opening(day)) if day < len(self.at_work) else None


def staff(queue: Queue, hours: Hours, at_work: list[int], done: Callable[[Document], None]) -> None:
    """Set people to work at a desk.

    Args:
        queue: What they work off.
        hours: When the office is open.
        at_work: How many are at work, day by day.
        done: What becomes of what is done.
    """
    desk = _Desk(queue, hours, at_work, done)
    for place in range(max(at_work, default=0)):
        generator: Any = desk.person(place)
        queue.env.process(generator)
