"""What a catalogue must be as a whole: no dead rule, no two rules on one day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import prod
from typing import Any, Final

from attrs import evolve

from adminduk.catalogue.completion import possible
from adminduk.catalogue.condition import Condition
from adminduk.catalogue.fact import Fact
from adminduk.catalogue.model import Catalogue
from adminduk.catalogue.paper import Item
from adminduk.catalogue.service import Attendance, Notice, Precedence, Service
from adminduk.errors import Fault
from adminduk.language import N_

__all__ = ["check", "check_derivation", "check_item"]

_MOST_CASES: Final = 20_000
"""More answers to the facts that depend on each other nobody tries in bounded time."""


def check(catalogue: Catalogue, placed: Mapping[str, Sequence[tuple[str, Any]]]) -> Iterator[Fault]:
    """Give everything wrong with a catalogue whose parts are each sound.

    Args:
        catalogue: The rules.
        placed: By kind its parts, each with the path where it stands.
    """
    for path, constraint in placed["constraint"]:
        if _cases(catalogue, constraint.never.facts) > _MOST_CASES:
            yield _too_many(path)
            return
    contradiction = _contradiction(catalogue)
    if contradiction is not None:
        path, _ = placed["constraint"][contradiction]
        yield Fault(path, "contradiction", N_("With this no case satisfies all constraints."))
        return
    services: Sequence[tuple[str, Service]] = placed["service"]
    parties = {party.id for _, service in services for party in service.parties}
    for path, fact in placed["fact"]:
        yield from check_derivation(fact, parties, path)
    for (_, one), (path, other) in combinations(services, 2):
        if one.id == other.id and _overlap(one, other):
            text = N_("Two rules for {id} hold on the same day.")
            yield Fault(path, "overlap", text, "", {"id": one.id})
    for path, service in services:
        try:
            yield from _check_service(catalogue, service, path)
        except _TooManyCasesError:
            yield _too_many(path)


def check_item(catalogue: Catalogue, service: Service, item: Item, path: str) -> Iterator[Fault]:
    """Give everything wrong with one item of a service."""
    try:
        yield from _check_item(catalogue, service, item, path)
    except _TooManyCasesError:
        yield _too_many(path)


class _TooManyCasesError(Exception):
    """What is asked depends on more facts than can be tried."""


def _cases(catalogue: Catalogue, names: Iterable[str]) -> int:
    """Count the answers to facts and to all that constraints tie to them."""
    tied = set[str]().union(*(catalogue.tied[name] for name in names))
    return prod(len(catalogue.facts[name].domain) for name in tied)


def _too_many(path: str) -> Fault:
    text = N_("This depends on too many facts at once.")
    return Fault(path, "too_many_cases", text, N_("facts with at most 20,000 answers together"))


def _contradiction(catalogue: Catalogue) -> int | None:
    """Give the place of the first constraint with which no case satisfies all so far."""
    for place in range(len(catalogue.constraints)):
        so_far = evolve(catalogue, constraints=catalogue.constraints[: place + 1])
        if next(possible(so_far, so_far.facts, {}), None) is None:
            return place
    return None


def check_derivation(fact: Fact, parties: Collection[str], path: str) -> Iterator[Fault]:
    """Find a fact that follows from somebody whom no service is about."""
    if fact.derived is not None and parties and fact.derived.party not in parties:
        text = N_("No service is about such a person.")
        yield Fault(f"{path}.derived.from", "unknown_name", text, ", ".join(sorted(parties)))


def _check_service(catalogue: Catalogue, service: Service, path: str) -> Iterator[Fault]:
    yield from _check_repeated(service, path)
    yield from _check_subjects(catalogue, service, path)
    for place, party in enumerate(service.parties):
        yield from _check_condition(catalogue, party.when, f"{path}.party[{place}].when")
    for place, item in enumerate(service.items):
        yield from _check_item(catalogue, service, item, f"{path}.item[{place}]")
    said_of: dict[str, Sequence[Notice | Attendance | Precedence]] = {
        "objection": service.objections,
        "warning": service.warnings,
        "attend": service.attend,
        "after": service.after,
    }
    for name, said in said_of.items():
        for place, one in enumerate(said):
            yield from _check_condition(catalogue, one.when, f"{path}.{name}[{place}].when")


def _check_repeated(service: Service, path: str) -> Iterator[Fault]:
    for name, parts in (
        ("party", service.parties),
        ("objection", service.objections),
        ("warning", service.warnings),
        ("attend", service.attend),
    ):
        ids = [one.id for one in parts]
        for place, it in enumerate(ids):
            if it in ids[:place]:
                text = N_("The id {id} is used twice.")
                yield Fault(f"{path}.{name}[{place}].id", "repeated", text, "", {"id": it})
    for (_, one), (place, other) in combinations(enumerate(service.items), 2):
        if one.id == other.id and _overlap(one, other):
            text = N_("Two items ask for the paper {id} on the same day.")
            yield Fault(f"{path}.item[{place}].paper", "repeated", text, "", {"id": one.id})


def _check_subjects(catalogue: Catalogue, service: Service, path: str) -> Iterator[Fault]:
    """Find products of which the service's people cannot tell for whom they are."""
    parties = {one.id for one in service.parties}
    for place, name in enumerate(service.products):
        told_by = [
            {field.partition(".")[0] for field in alternative}
            for alternative in catalogue.products[name].subject
        ]
        if not any(alternative <= parties for alternative in told_by):
            text = N_("The parties of the service do not tell for whom the product is.")
            yield Fault(f"{path}.products[{place}]", "no_subject", text)


def _check_item(catalogue: Catalogue, service: Service, item: Item, path: str) -> Iterator[Fault]:
    if not _overlap(service, item):
        text = N_("The item is never in force while its service is.")
        yield Fault(path, "period", text)
    if service.id in item.provided_by:
        text = N_("A service asks for what it makes.")
        yield Fault(f"{path}.provided_by", "unreachable", text)
    yield from _check_condition(catalogue, item.when, f"{path}.when")
    before: list[Condition] = []
    for place, one in enumerate(item.substitutes):
        where = f"{path}.substitute[{place}]"
        yield from _check_condition(catalogue, one.when, f"{where}.when")
        if not _some_case(catalogue, (item.when, one.when), before):
            yield Fault(where, "unreachable", N_("No case leads to this substitute."))
        before.append(one.when)
        if one.id in {item.id, *(other.id for other in item.substitutes[:place])}:
            yield Fault(f"{where}.paper", "repeated", N_("It takes its own place."))
    if before and not _some_case(catalogue, (item.when,), before):
        text = N_("No case leads to this item: it is always replaced.")
        yield Fault(path, "unreachable", text)


def _check_condition(catalogue: Catalogue, condition: Condition, path: str) -> Iterator[Fault]:
    """Find tables that hold in no case, and a condition that holds in every case."""
    for place, table in enumerate(condition.tables):
        if not _some_case(catalogue, (Condition((table,)),)):
            yield Fault(f"{path}[{place}]", "unreachable", N_("No case satisfies this."))
    if condition.tables and not _some_case(catalogue, (), (condition,)):
        text = N_("This holds in every case.")
        yield Fault(path, "always", text, N_("leave it out where it always holds"))


def _some_case(
    catalogue: Catalogue, holding: Sequence[Condition], not_holding: Sequence[Condition] = ()
) -> bool:
    """Say whether in some possible case all the one conditions hold and none of the others."""
    asked = {name for one in (*holding, *not_holding) for name in one.facts}
    if _cases(catalogue, asked) > _MOST_CASES:
        raise _TooManyCasesError
    return any(
        all(one.holds(case) for one in holding) and not any(one.holds(case) for one in not_holding)
        for case in possible(catalogue, sorted(asked), {})
    )


def _overlap(one: Service | Item, other: Service | Item) -> bool:
    """Say whether two periods, the last days included, have a day in common."""
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (
        one.until or date.max
    )
