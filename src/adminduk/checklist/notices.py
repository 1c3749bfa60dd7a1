"""What speaks against a case, and what should be said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from adminduk.catalogue import Attendance, Catalogue, Condition, Notice, Precedence, Service, Text
from adminduk.catalogue.law import Id
from adminduk.checklist.verdicts import Facts, Weights, verdicts, weights

__all__ = ["notices_that_hold", "objections_of"]

N = TypeVar("N", Notice, Attendance, Precedence)

_RELATION: Final = "applicant_relation"
"""The fact that says who applies."""


def objections_of(catalogue: Catalogue, service: Service) -> Iterator[Notice]:
    """Give when a service is not for a case, also because of who applies."""
    yield from service.objections
    relation = catalogue.facts.get(_RELATION)
    if relation is None or not service.applicants:
        return
    others = frozenset(relation.domain) - frozenset(service.applicants)
    if others:
        may = [relation.values[Id(one)] for one in service.applicants]
        yield Notice(
            id=Id("applicant"),
            when=Condition(({_RELATION: others},)),
            text=Text(
                f"Yang dapat mengajukan: {', '.join(one.id for one in may)}.",
                f"Those who can apply: {', '.join(one.en for one in may)}.",
            ),
            content=service.content,
            cite=service.cite,
        )


def notices_that_hold(
    catalogue: Catalogue, notices: Sequence[N], facts: Facts
) -> tuple[tuple[N, ...], list[Weights]]:
    """Give what certainly holds, and the facts on which each of the others depends."""
    certain, asked = [], []
    for one in notices:
        judged = verdicts(catalogue, [one.when], facts, one.when.holds)
        if all(judged.values()):
            certain.append(one)
        asked.append(weights(judged, lambda verdict: verdict))
    return tuple(certain), asked
