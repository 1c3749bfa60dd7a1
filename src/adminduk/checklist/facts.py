"""Settling the facts of a case: checking what was given, adding what follows from the people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from adminduk.catalogue import Catalogue, FactValue
from adminduk.catalogue.completion import conflict
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_

__all__ = ["settle_facts"]


def settle_facts(
    catalogue: Catalogue, given: Mapping[str, object], people: Mapping[str, Any], on: date
) -> dict[str, FactValue]:
    """Check the facts that were given, and add those that follow from the people.

    Args:
        catalogue: The rules.
        given: What was said.
        people: The people of the case, by party.
        on: The day on which their ages are counted.

    Raises:
        InvalidInput: A fact or its value is unknown, or the facts contradict each other.
    """
    known: dict[str, FactValue] = {}
    faults = []
    for name, value in given.items():
        fact = catalogue.facts.get(name)
        canonical = None if fact is None else fact.canonical(value)
        if canonical is None:
            faults.append(_odd_fact(catalogue, name))
        else:
            known[name] = canonical
    if faults:
        raise InvalidInput(tuple(faults))
    odd = [
        name
        for name, value in _derived(catalogue, people, on)
        if known.setdefault(name, value) != value
    ]
    odd += conflict(catalogue, known)
    if odd:
        text = N_("The facts contradict each other, or what is said of the people.")
        raise InvalidInput(tuple(Fault(f"facts.{one}", "facts_contradict", text) for one in odd))
    return known


def _odd_fact(catalogue: Catalogue, name: str) -> Fault:
    fact = catalogue.facts.get(name)
    if fact is None:
        text = N_("No rule asks for that.")
        return Fault(f"facts.{name[:80]}", "unknown_fact", text, ", ".join(catalogue.facts))
    accepted = N_("a whole number from 0")
    if fact.kind != "number":
        accepted = ", ".join(str(value).lower() for value in fact.domain)
    return Fault(f"facts.{name}", "unknown_value", N_("That is no answer to it."), accepted)


def _derived(
    catalogue: Catalogue, people: Mapping[str, Any], on: date
) -> Iterator[tuple[str, FactValue]]:
    """Give the facts that follow from the people."""
    for fact, how in catalogue.derived:
        told = getattr(people.get(how.party), how.field, None)
        if told is None:
            continue
        if how.measure == "present":
            yield fact.id, True
            continue
        if told > on:
            path = f"people.{how.party}.{how.field}"
            text = N_("That day has not come yet.")
            raise InvalidInput.at(path, "in_the_future", text, N_("a day that is past"))
        passed = (on - told).days if how.measure == "days" else _years(told, on)
        value = fact.canonical(passed)
        assert value is not None, "a number of days or years is a number"
        yield fact.id, value


def _years(since: date, on: date) -> int:
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))
