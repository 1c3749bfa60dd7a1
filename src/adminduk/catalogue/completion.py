"""In which ways the facts that nobody has told yet can be.

A small backtracking search: facts are given values one by one, and a branch ends as soon as a
constraint is broken. Only facts that a question depends on are given values; for those that
constraints tie to them, one possible completion is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from adminduk.catalogue.condition import FactValue, Known
from adminduk.catalogue.model import Catalogue

__all__ = ["conflict", "possible"]


def possible(catalogue: Catalogue, asked: Iterable[str], known: Known) -> Iterator[Known]:
    """Give what is known with each possible answer to the facts that are asked.

    An answer is possible if some completion of all other facts satisfies every constraint.

    Args:
        catalogue: The facts and the constraints between them.
        asked: The facts to be given values; those that are known keep theirs.
        known: What is known: canonical values, not in conflict with each other.
    """
    wanted = [name for name in asked if name not in known]
    tied = set[str]().union(*(catalogue.tied[name] for name in wanted)) - set(wanted) - set(known)
    rest = sorted(tied)
    for answer in _extensions(catalogue, wanted, dict(known)):
        if next(_extensions(catalogue, rest, dict(answer)), None) is not None:
            yield answer


def conflict(catalogue: Catalogue, known: Known) -> tuple[str, ...]:
    """Name facts that cannot be so together, none of them needlessly; none if all can be."""
    return _conflict(catalogue, frozenset(known.items()))


@lru_cache(maxsize=4096)  # most cases of a service have the same facts
def _conflict(catalogue: Catalogue, known: frozenset[tuple[str, FactValue]]) -> tuple[str, ...]:
    told = dict(known)
    if _can_be(catalogue, told):
        return ()
    for name in sorted(told):
        without = {other: value for other, value in told.items() if other != name}
        if not _can_be(catalogue, without):
            told = without
    return tuple(sorted(told))


def _can_be(catalogue: Catalogue, known: dict[str, FactValue]) -> bool:
    if any(one.never.holds(known) for one in catalogue.constraints):
        return False
    tied = set[str]().union(*(catalogue.tied[name] for name in known)) - set(known)
    return next(_extensions(catalogue, sorted(tied), known), None) is not None


def _extensions(
    catalogue: Catalogue, names: Sequence[str], known: dict[str, FactValue]
) -> Iterator[dict[str, FactValue]]:
    """Give every way to add values of the named facts that breaks no constraint."""
    if not names:
        yield known
        return
    name, *rest = names
    constraints = catalogue.constraints_of[name]
    for value in catalogue.facts[name].domain:
        longer = {**known, name: value}
        if not any(one.never.holds(longer) for one in constraints):
            yield from _extensions(catalogue, rest, longer)
