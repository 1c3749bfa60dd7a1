"""Judging every completion of what is not known, and finding what the outcome turns on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from adminduk.catalogue import Catalogue, Condition, FactValue
from adminduk.catalogue.completion import possible

__all__ = ["Completion", "Facts", "deciding", "verdicts"]

V = TypeVar("V")
Facts = Mapping[str, FactValue]
Completion = frozenset[tuple[str, FactValue]]


def verdicts(
    catalogue: Catalogue,
    conditions: Sequence[Condition],
    facts: Facts,
    judge: Callable[[Facts], V],
) -> dict[Completion, V]:
    """Judge every possible completion of the facts that the conditions ask for.

    A completion is known by the facts it adds to those that are known.
    """
    asked = sorted(set[str]().union(*(one.facts for one in conditions)) - set(facts))
    return {
        frozenset((name, completion[name]) for name in asked): judge(completion)
        for completion in possible(catalogue, asked, facts)
    }


def deciding(judged: Mapping[Completion, V], outcome: Callable[[V], object]) -> frozenset[str]:
    """Give the unknown facts of which a change alone gives another outcome.

    Where constraints tie facts so that none can change alone, all of them decide together.
    """
    outcomes = {completion: outcome(verdict) for completion, verdict in judged.items()}
    if len(set(outcomes.values())) <= 1:
        return frozenset()
    alone = set()
    for one, its in outcomes.items():
        for other, others in outcomes.items():
            changed = {name for name, _ in one ^ other}
            if its != others and len(changed) == 1:
                alone |= changed
    return frozenset(alone or {name for one in outcomes for name, _ in one})
