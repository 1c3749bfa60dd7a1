"""What comes in: documents with all that chance decides of them, drawn before anything is done.

Each document is drawn by the same chance whoever works on it, so that two offices that differ in
one thing are compared on the same work.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count as counted
from math import log
from random import Random
from typing import Final

from attrs import define, field, frozen

from adminduk import regions
from adminduk.catalogue import Product, Service, load
from adminduk.records import Channel, DeliveryWay, Promise
from adminduk.simulation.hours import Hours
from adminduk.simulation.scenario import Scenario, Spread
from adminduk.simulation.way import BEFORE

__all__ = ["Document", "Kind", "coming", "kinds_of"]

_SECONDS: Final = 60
_STREAMS: Final = (
    "arrival",
    "counter",
    "patient",
    "digital",
    "urgent",
    "district",
    "return",
    "misprint",
    "verify",
    "print",
)


@frozen(eq=False)
class Kind:
    """What is applied for: a service, and the document that it makes."""

    service: Service
    product: Product
    a_day: int


@define(eq=False)
class Document:
    """A document on its way, from when somebody wants it.

    Attributes:
        kind: What it is.
        came: The day on which somebody wanted it.
        door: Where they first went.
        waits: Whether they would wait for a door that is closed.
        way: How it reaches them, if they apply in their village.
        district: The code of their district.
        returns: How often it is returned before it is complete.
        misprints: How often it is spoiled before it is well printed.
        verify: Minutes that it takes to read.
        print: Minutes that it takes to print.
        state: Where it is.
        left: Minutes that its desk has still to work on it.
        promise: What was promised, when it was applied for.
        made: The day on which it was printed or issued.
        reached: The day on which it was where it was promised.
    """

    kind: Kind
    came: int
    door: Channel
    waits: bool
    way: DeliveryWay
    district: str
    returns: int
    misprints: int
    verify: float
    print: float
    state: str = BEFORE
    left: float = 0.0
    promise: Promise | None = None
    made: int = -1
    reached: int = -1

    @property
    def promised(self) -> Promise:
        """What was promised; asked only of what was applied for."""
        assert self.promise is not None
        return self.promise

    @property
    def sort(self) -> str:
        """What blanks it is printed on; empty for plain paper."""
        return self.kind.product.kind if self.kind.product.form == "blank" else ""


def kinds_of(scenario: Scenario) -> Iterator[Kind]:
    """Give what is applied for.

    Raises:
        NoRuleInForce: A service has no rule on the first day.
    """
    catalogue = load()
    for name, count in scenario.documents.items():
        service = catalogue.service(name, scenario.since)
        yield Kind(service, catalogue.product(service.products[0]), count)


def coming(
    scenario: Scenario, kind: Kind, hours: Hours, seed: int
) -> Iterator[tuple[float, Document]]:
    """Give the documents of a kind, each with the minute at which somebody wants it, in order."""
    if not kind.a_day:
        return
    draw = _Draw(scenario, kind, seed)
    days = [one for one in range(hours.days) if hours.working[one]]
    days = [one for one in days if hours.date_of(one) <= scenario.until]
    for at in draw.moments(hours.length):
        passed, within = divmod(at, hours.length)
        if passed >= len(days):
            return
        day = days[int(passed)]
        yield hours.opening(day) + within, draw.document(day)


@define(eq=False)
class _Draw:
    """Draws the documents of a kind.

    Each thing that is decided has a stream of chance of its own, of which every document takes
    as much. So whatever else is said in a scenario, the same document is the same.
    """

    scenario: Scenario
    kind: Kind
    seed: int
    districts: tuple[str, ...] = field(init=False)
    """One for each village: all villages apply as much."""
    chances: dict[str, Random] = field(init=False)

    @districts.default
    def _districts(self) -> tuple[str, ...]:
        below = regions.children(self.scenario.region)
        return tuple(one.code.full() for one in below for _ in regions.children(one.code))

    @chances.default
    def _chances(self) -> dict[str, Random]:
        return {one: Random(f"{self.seed}/{self.kind.service.id}/{one}") for one in _STREAMS}

    def moments(self, length: int) -> Iterator[float]:
        """Give when one after the other comes, in minutes of days of such a length."""
        a_day, at = self.kind.a_day, 0.0
        if self.scenario.arrivals is Spread.EVEN:
            yield from (place * length / a_day for place in counted())
        while True:
            at += self._long("arrival", Spread.RANDOM, length / a_day)
            yield at

    def document(self, day: int) -> Document:
        """Draw the next one."""
        scenario = self.scenario
        at_counter = self._happens("counter", scenario.counter_percent)
        districts = self.districts
        return Document(
            self.kind,
            day,
            Channel.COUNTER if at_counter else Channel.VILLAGE,
            self._happens("patient", scenario.patient_percent),
            self._way(),
            districts[int(self.chances["district"].random() * len(districts))],
            self._often("return", scenario.returned_percent),
            self._often("misprint", scenario.misprint_percent),
            self._long("verify", scenario.work, scenario.verify_seconds / _SECONDS),
            self._long("print", scenario.work, scenario.print_seconds / _SECONDS),
        )

    def _way(self) -> DeliveryWay:
        is_digital = self._happens("digital", self.scenario.digital_percent)
        is_urgent = self._happens("urgent", self.scenario.urgent_percent)
        if is_digital and self.kind.product.digital:
            return DeliveryWay.DIGITAL
        return DeliveryWay.COUNTER if is_urgent else DeliveryWay.COURIER

    def _happens(self, what: str, percent: int) -> bool:
        return 100 * self.chances[what].random() < percent

    def _often(self, what: str, percent: int) -> int:
        """Give how often in a row something happens to which each time so many come."""
        drawn = 1 - self.chances[what].random()
        return int(log(drawn) / log(percent / 100)) if percent else 0

    def _long(self, what: str, spread: Spread, mean: float) -> float:
        """Give how long something takes."""
        drawn = self.chances[what].expovariate(1)
        return mean if spread is Spread.EVEN else mean * drawn
