"""Judging every completion of what is not known, and finding what the outcome turns on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from adminduk.catalogue import Catalogue, Condition, FactValue
from adminduk.catalogue.completion import possible

__all__ = ["Completion", "Facts", "Weights", "verdicts", "weights"]

V = TypeVar("V")
Facts = Mapping[str, FactValue]
Completion = frozenset[tuple[str, FactValue]]
Weights = Mapping[str, float]
"""Unknown facts, each with how much turns on it: from 0 to 1."""


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


def weights(judged: Mapping[Completion, V], outcome: Callable[[V], object]) -> Weights:
    """Give the unknown facts of which a change alone gives another outcome.

    The weight of a fact is the part of all completions in which it does. Where constraints tie
    facts so that none can change alone, all of them decide together.
    """
    outcomes = {completion: outcome(verdict) for completion, verdict in judged.items()}
    if len(set(outcomes.values())) <= 1:
        return {}
    swayed = {
        name: count
        for name in sorted({name for one in outcomes for name, _ in one})
        if (count := _swayed_by(name, outcomes))
    }
    if not swayed:
        return {name: 1.0 for one in outcomes for name, _ in one}
    return {name: count / len(outcomes) for name, count in swayed.items()}


def _swayed_by(name: str, outcomes: Mapping[Completion, object]) -> int:
    """Count the completions to which another belongs that differs in this fact and the outcome."""
    alike: dict[Completion, list[object]] = {}
    for one, its in outcomes.items():
        others = frozenset(told for told in one if told[0] != name)
        alike.setdefault(others, []).append(its)
    return sum(len(those) for those in alike.values() if len(set(those)) > 1)
