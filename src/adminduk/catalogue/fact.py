"""Facts of a case: what requirements depend on."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Literal

import attrs
from attrs import frozen

from adminduk.catalogue.condition import FactValue
from adminduk.catalogue.law import Id, Text
from adminduk.catalogue.party import PersonPath
from adminduk.errors import InvalidInput
from adminduk.language import N_

__all__ = ["Derivation", "Fact"]


@frozen
class Derivation:
    """How a fact follows from a person of the case.

    Attributes:
        source: From which field of whom.
        measure: `years` or `days` that have passed since that date, or `present`: yes, if it is
            known at all (if it is not, nothing follows).
        party: The person.
        field: What of the person.
    """

    source: PersonPath
    measure: Literal["years", "days", "present"]
    party: str = attrs.field(init=False)
    field: str = attrs.field(init=False)

    @party.default
    def _party(self) -> str:
        return self.source.partition(".")[0]

    @field.default
    def _field(self) -> str:
        return self.source.partition(".")[2]

    def __attrs_post_init__(self) -> None:
        if self.measure != "present" and self.field != "birth_date":
            text = N_("Only since a date do years or days pass.")
            raise InvalidInput.at("measure", "derivation", text)


@frozen(kw_only=True)
class Fact:
    """Something about a case on which requirements depend; it has finitely many values.

    Attributes:
        id: Its name.
        kind: `yes_no`, `choice` or `number`.
        ask: The question, as a villager can answer it.
        values: Of a choice: each value with its text.
        cuts: Of a number: where conditions cut it; only the part between two cuts matters.
        derived: From whom it follows, if it does.
    """

    id: Id
    kind: Literal["yes_no", "choice", "number"]
    ask: Text
    values: Mapping[Id, Text] = {}
    cuts: tuple[int, ...] = ()
    derived: Derivation | None = None

    def __attrs_post_init__(self) -> None:
        rightly = {
            "yes_no": not self.values and not self.cuts,
            "choice": len(self.values) > 1 and not self.cuts,
            "number": not self.values and bool(self.cuts) and _rises((0, *self.cuts)),
        }
        if not rightly[self.kind]:
            text = N_("A choice has `values`, a number has rising `cuts`, a yes/no has neither.")
            raise InvalidInput.at("kind", "fact_kind", text)
        follows = self.derived and ("yes_no" if self.derived.measure == "present" else "number")
        if follows and follows != self.kind:
            text = N_("A fact of this kind does not follow like that.")
            raise InvalidInput.at("derived", "derivation", text)

    @property
    def domain(self) -> tuple[FactValue, ...]:
        """Every value that conditions can tell apart; of a number the least of each part."""
        if self.kind == "number":
            return (0, *self.cuts)
        return (True, False) if self.kind == "yes_no" else tuple(self.values)

    def canonical(self, value: object) -> FactValue | None:
        """Give the value of the domain that a value stands for, or None if it is none.

        Examples:
            >>> ask = Text("Berapa umur anak?", "How old is the child?")
            >>> age = Fact(id=Id("child_age"), kind="number", ask=ask, cuts=(5, 17))
            >>> age.domain
            (0, 5, 17)
            >>> age.canonical(4), age.canonical(11), age.canonical(-1)
            (0, 5, None)
        """
        if self.kind == "number":
            if type(value) is not int or value < 0:
                return None
            return max(one for one in (0, *self.cuts) if one <= value)
        if self.kind == "yes_no":
            return value if isinstance(value, bool) else None
        return value if isinstance(value, str) and value in self.values else None


def _rises(numbers: tuple[int, ...]) -> bool:
    return all(low < high for low, high in pairwise(numbers))
