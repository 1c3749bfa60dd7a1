"""What differs between two catalogues, rule by rule, and of services from which day on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from attrs import evolve, frozen

from adminduk.catalogue.days import after, parts
from adminduk.catalogue.model import Catalogue
from adminduk.catalogue.outline import Tree, condition_words, outline
from adminduk.catalogue.service import Service

__all__ = ["Difference", "differences"]


_Change = tuple[tuple[str, ...], Tree | None, Tree | None]
"""A path, and what stands there before and after."""


@frozen(kw_only=True)
class Difference:
    """One thing that one catalogue says otherwise than another.

    Attributes:
        path: Where, as (`service`, `ktp-hilang`, `item`, `kk`, `show`, `counter`).
        before: What the one says; None: nothing.
        after: What the other says; None: nothing.
        since: Of a service, the first day on which they differ so.
        until: Of a service, the last day (included); None while no end is known.
    """

    path: tuple[str, ...]
    before: Tree | None
    after: Tree | None
    since: date | None = None
    until: date | None = None

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """What happened to it, from the one to the other."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


def differences(one: Catalogue, other: Catalogue) -> Iterator[Difference]:
    """Give everything that another catalogue says otherwise."""
    for path, before, later in _between(_tables(one), _tables(other)):
        yield Difference(path=path, before=before, after=later)
    for name in sorted({*one.periods, *other.periods}):
        yield from _of_service(name, one, other)


def _tables(catalogue: Catalogue) -> Tree:
    """Give all that holds on every day."""
    facts = catalogue.facts
    kinds = {
        "instrument": catalogue.instruments,
        "fact": facts,
        "paper": catalogue.papers,
        "showing": catalogue.showings,
        "product": catalogue.products,
    }
    tree: dict[str, Tree] = {kind: outline(tables, facts) for kind, tables in kinds.items()}
    tree["constraint"] = {
        condition_words(one.never, facts): "never" for one in catalogue.constraints
    }
    return tree


def _between(one: Tree, other: Tree, path: tuple[str, ...] = ()) -> Iterator[_Change]:
    """Compare two trees: what stands in one only is told as a whole."""
    if isinstance(one, str) or isinstance(other, str):
        if one != other:
            yield path, one, other
        return
    for name in dict.fromkeys([*one, *other]):
        if name in one and name in other:
            yield from _between(one[name], other[name], (*path, name))
        else:
            yield (*path, name), one.get(name), other.get(name)


def _of_service(name: str, one: Catalogue, other: Catalogue) -> list[Difference]:
    """Compare a service on all days; what differs alike on days that follow is told once."""
    bounds = [day for catalogue in (one, other) for day in _bounds(catalogue.periods.get(name, ()))]
    told: list[Difference] = []
    running: list[Difference] = []
    for since, until in parts(bounds):
        changes = list(_changes(_said(one, name, since), _said(other, name, since)))
        going_on = [it for it in running if (it.path[2:], it.before, it.after) in changes]
        told += [it for it in running if it not in going_on]
        known = [(it.path[2:], it.before, it.after) for it in going_on]
        running = [evolve(it, until=until) for it in going_on] + [
            Difference(
                path=("service", name, *path), before=before, after=later, since=since, until=until
            )
            for path, before, later in changes
            if (path, before, later) not in known
        ]
    return sorted([*told, *running], key=lambda it: (it.since, it.until or date.max))


def _bounds(services: Iterable[Service]) -> Iterator[date]:
    for service in services:
        yield service.since
        following = after(service.until)
        if following is not None:
            yield following


def _said(catalogue: Catalogue, name: str, on: date) -> Tree | None:
    """Give what a catalogue says of a service on a day; None: it has no rules for it."""
    for one in catalogue.periods.get(name, ()):
        if one.in_force(on):
            said = outline(evolve(one, until=None), catalogue.facts)
            assert isinstance(said, dict), "a service has parts"
            del said["from"]
            return said
    return None


def _changes(before: Tree | None, later: Tree | None) -> Iterator[_Change]:
    if before is not None and later is not None:
        yield from _between(before, later)
    elif before is not later:
        yield (), before, later
