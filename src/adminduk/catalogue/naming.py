"""Looking up what a table names (an instrument, a paper, a fact and its values) as it is read.

So a fault has the path of the name itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from math import inf
from typing import Any, Final

from attrs import frozen
from cattrs import Converter

from adminduk.catalogue.condition import Condition, FactValue
from adminduk.catalogue.fact import Fact
from adminduk.catalogue.law import InstrumentId
from adminduk.catalogue.paper import KnownPaper, ServiceId
from adminduk.catalogue.product import ProductId
from adminduk.catalogue.reading import Hook, converter, exactly, one_of
from adminduk.catalogue.service import Relation
from adminduk.catalogue.showing import ByChannel, Showing, Ways
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_

__all__ = ["Names"]

_BOUNDS: Final = {"from", "below"}


@frozen
class Names:
    """What there is to be named.

    Attributes:
        known: By kind and id what was read; None where that is wrong itself or not yet read.
    """

    known: Mapping[str, Mapping[str, Any]]

    def hooks(self) -> Mapping[Any, Hook]:
        """Give how names are read, by what they name."""
        return {
            InstrumentId: partial(self._id, "instrument"),
            ProductId: partial(self._id, "product"),
            ServiceId: partial(self._id, "service"),
            KnownPaper: partial(one_of, self.known["paper"]),
            Relation: self._relation,
            Condition: self._condition,
            Ways: self._ways,
        }

    def _id(self, kind: str, value: object) -> str:
        return one_of({one: one for one in self.known[kind]}, value)

    def _relation(self, value: object) -> str:
        fact: Fact = one_of(self.known["fact"], "applicant_relation")
        return one_of({one: one for one in fact.values}, value)

    def _ways(self, value: object) -> Ways:
        """Read a manner of showing: by its id, or said in full for every channel."""
        if isinstance(value, str):
            showing: Showing = one_of(self.known["showing"], value)
            return showing.ways
        return _in_full().structure(value, ByChannel).ways

    def _condition(self, value: object) -> Condition:
        tables = exactly(value, list)
        if not tables or not all(isinstance(one, dict) and one for one in tables):
            text = N_("A condition is a list of tables, and no table is empty.")
            accepted = N_("leave it out where it always holds")
            raise InvalidInput.at("", "no_condition", text, accepted)
        faults: list[Fault] = []
        read = tuple(
            {
                name: self._allowed(name, said, f"[{place}].{name}", faults)
                for name, said in table.items()
            }
            for place, table in enumerate(tables)
        )
        if faults:
            raise InvalidInput(tuple(faults))
        return Condition(read)

    def _allowed(
        self, name: str, said: object, path: str, faults: list[Fault]
    ) -> frozenset[FactValue]:
        """Read the values that a table allows a fact, or note what is wrong with them."""
        facts: Mapping[str, Fact | None] = self.known["fact"]
        if name not in facts:
            text = N_("There is no such fact.")
            faults.append(Fault(path, "unknown_fact", text, ", ".join(facts)))
            return frozenset()
        fact = facts[name]
        if fact is None:  # wrong itself, which is told where it stands
            return frozenset()
        allowed = _between(fact, said) if fact.kind == "number" else _among(fact, said)
        if not allowed or len(allowed) == len(fact.domain):
            text = N_("Some of its values, but not all, belong here, each said once.")
            faults.append(Fault(path, "unknown_value", text, _accepted(fact)))
        return allowed


@cache
def _in_full() -> Converter:
    """Give a converter for what names nothing."""
    return converter({})


def _among(fact: Fact, said: object) -> frozenset[FactValue]:
    """Give values of a fact, said alone or in a list; none if they are not said rightly."""
    told = said if isinstance(said, list) else [said]
    known = frozenset(one for one in map(fact.canonical, told) if one is not None)
    return known if len(known) == len(told) else frozenset()


def _between(fact: Fact, said: object) -> frozenset[FactValue]:
    """Give the parts of a number between two of its cuts; none if they are not said rightly."""
    if not isinstance(said, dict) or not set(said) <= _BOUNDS:
        return frozenset()
    if any(type(bound) is not int or bound not in fact.cuts for bound in said.values()):
        return frozenset()
    low, high = said.get("from", 0), said.get("below", inf)
    return frozenset(one for one in (0, *fact.cuts) if low <= one < high)


def _accepted(fact: Fact) -> str:
    if fact.kind == "number":
        return "from, below: " + ", ".join(map(str, fact.cuts))
    return ", ".join(str(one).lower() for one in fact.domain)
