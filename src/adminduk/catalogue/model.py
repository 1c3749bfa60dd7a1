"""The catalogue: all rules, by id and by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from attrs import frozen

from adminduk.catalogue.condition import Constraint
from adminduk.catalogue.fact import Derivation, Fact
from adminduk.catalogue.law import Instrument
from adminduk.catalogue.paper import Paper
from adminduk.catalogue.product import Product
from adminduk.catalogue.service import Service
from adminduk.catalogue.showing import Showing
from adminduk.errors import NoRuleInForce, NotFound, UnknownService

__all__ = ["Catalogue"]


@frozen(kw_only=True, eq=False)
class Catalogue:
    """All rules. Two catalogues are the same only if they are one object.

    Attributes:
        instruments: The laws that rules cite.
        facts: What requirements depend on.
        constraints: Facts that cannot be so together.
        papers: The papers that services ask for.
        showings: The manners of showing.
        products: The documents that the office makes.
        periods: The rules of each service, one for each period, the oldest first.
    """

    instruments: Mapping[str, Instrument]
    facts: Mapping[str, Fact]
    constraints: tuple[Constraint, ...]
    papers: Mapping[str, Paper]
    showings: Mapping[str, Showing]
    products: Mapping[str, Product]
    periods: Mapping[str, tuple[Service, ...]]

    def service(self, service: str, on: date) -> Service:
        """Give a service by the rules of a day.

        Raises:
            UnknownService: There is none of that id.
            NoRuleInForce: No rule of it is known to hold on that day.
        """
        periods = self.periods.get(service)
        if periods is None:
            raise UnknownService(service=service[:80], known=sorted(self.periods))
        for one in periods:
            if one.in_force(on):
                return one
        known = [f"{one.since} – {one.until or '…'}" for one in periods]
        raise NoRuleInForce(rule=service, on=on.isoformat(), known=known)

    def services(self, on: date) -> tuple[Service, ...]:
        """Give every service that has rules on a day, by id."""
        return tuple(
            one for name in sorted(self.periods) for one in self.periods[name] if one.in_force(on)
        )

    def product(self, product: str) -> Product:
        """Give a product.

        Raises:
            NotFound: There is none of that id.
        """
        if product not in self.products:
            raise NotFound(kind="product", id=product[:80])
        return self.products[product]

    @cached_property
    def derived(self) -> tuple[tuple[Fact, Derivation], ...]:
        """The facts that may follow from the people, each with how."""
        facts = self.facts.values()
        return tuple((one, one.derived) for one in facts if one.derived is not None)

    @cached_property
    def constraints_of(self) -> Mapping[str, tuple[Constraint, ...]]:
        """Of each fact, the constraints that name it."""
        return {
            name: tuple(one for one in self.constraints if name in one.never.facts)
            for name in self.facts
        }

    @cached_property
    def tied(self) -> Mapping[str, frozenset[str]]:
        """Of each fact, those that constraints tie to it, itself among them."""
        groups = {name: {name} for name in self.facts}
        for constraint in self.constraints:
            joined = set[str]().union(*(groups[name] for name in constraint.never.facts))
            groups.update(dict.fromkeys(joined, joined))
        return {name: frozenset(group) for name, group in groups.items()}
