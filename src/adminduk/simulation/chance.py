"""What comes in: documents with all that chance decides of them, drawn before anything is done.

Each document is drawn by the same chance whoever works on it, so that two offices that differ in
one thing are compared on the same work.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    verify: float
    print: float
    state: str = BEFORE
    left: float = 0.0
    promise: Promise | None = None
    made: int = -1
    reached: int = -1

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
    draw = _Draw(scenario, kind, Random(f"{seed}/{kind.service.id}"))
    days = [one for one in range(hours.days) if hours.working[one]]
    days = [one for one in days if hours.date_of(one) <= scenario.until]
    gap, place = hours.length / kind.a_day, 0
    at = draw.spread(scenario.arrivals, gap) if scenario.arrivals is Spread.RANDOM else 0.0
    while at < hours.length * len(days):
        passed, within = divmod(at, hours.length)
        day = days[int(passed)]
        yield hours.opening(day) + within, draw.document(day)
        place += 1
        even = scenario.arrivals is Spread.EVEN
        at = place * hours.length / kind.a_day if even else at + draw.spread(Spread.RANDOM, gap)


@define(eq=False)
class _Draw:
    """Draws the documents of a kind."""

    scenario: Scenario
    kind: Kind
    chance: Random
    districts: tuple[str, ...] = field(init=False)
    """One for each village: all villages apply as much."""

    @districts.default
    def _districts(self) -> tuple[str, ...]:
        below = regions.children(self.scenario.region)
        return tuple(one.code.full() for one in below for _ in regions.children(one.code))

    def document(self, day: int) -> Document:
        """Draw the next one."""
        scenario = self.scenario
        at_counter = self._happens(scenario.counter_percent)
        waits = self._happens(scenario.patient_percent)
        way = self._way()
        returns = 0
        while self._happens(scenario.returned_percent):
            returns += 1
        return Document(
            self.kind,
            day,
            Channel.COUNTER if at_counter else Channel.VILLAGE,
            waits,
            way,
            self.districts[self.chance.randrange(len(self.districts))],
            returns,
            self.spread(scenario.work, scenario.verify_seconds / _SECONDS),
            self.spread(scenario.work, scenario.print_seconds / _SECONDS),
        )

    def _way(self) -> DeliveryWay:
        is_digital = self._happens(self.scenario.digital_percent)
        is_urgent = self._happens(self.scenario.urgent_percent)
        if is_digital and self.kind.product.digital:
            return DeliveryWay.DIGITAL
        return DeliveryWay.COUNTER if is_urgent else DeliveryWay.COURIER

    def _happens(self, percent: int) -> bool:
        return 100 * self.chance.random() < percent

    def spread(self, spread: Spread, mean: float) -> float:
        """Give how long something takes."""
        return mean if spread is Spread.EVEN else self.chance.expovariate(1 / mean)
